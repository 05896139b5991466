"""What a search for an employee looks in."""

from collections.abc import Mapping
from typing import Any

from app.socle.fiches import cle_de_recherche


def cle_salarie(valeurs: Mapping[str, Any]) -> str:
    """Return the search key of an employee: names, NIR, matricule."""
    noms = ("nom_naissance", "nom_usage", "prenoms", "nir", "matricule")
    return cle_de_recherche(*(str(valeurs.get(n) or "") for n in noms))

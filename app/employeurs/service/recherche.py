"""What a search for an employer looks in."""

from collections.abc import Mapping
from typing import Any

from app.socle.fiches import cle_de_recherche


def cle_employeur(valeurs: Mapping[str, Any]) -> str:
    """Return the search key of an employer: name, sigle, SIRET, commune, IDCC."""
    return cle_de_recherche(
        *(
            str(valeurs.get(n) or "")
            for n in ("raison_sociale", "sigle", "siret", "commune", "idcc")
        )
    )

"""Many months of entry at once: the demonstration dossier."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.paie.models import SaisieMois
from app.socle.fiches import inserer_en_masse
from app.socle.transaction import Transaction


def ajouter_saisies_en_masse(t: Transaction, lignes: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert months of entry whose values were checked (`contrat_id`, `annee`, `mois` in each).

    For months that were never computed: no bulletin is marked. Returns their numbers.
    """
    return inserer_en_masse(t, SaisieMois, lignes)

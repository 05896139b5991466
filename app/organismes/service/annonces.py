"""Announce a name that the journal brought back."""

from collections.abc import Mapping
from typing import Any

from app.organismes.models import Organisme, valeur
from app.organismes.signals import organisme_renomme
from app.socle.base import Base
from app.socle.journal import modification_annulee
from app.socle.transaction import Transaction


def _annoncer_le_retablissement(
    t: Transaction, *, fiche: Base, avant: Mapping[str, Any], **_: Any
) -> None:
    if isinstance(fiche, Organisme) and avant.get("nom", fiche.nom) != fiche.nom:
        organisme_renomme.send(t, organisme=valeur(fiche), avant=str(avant["nom"]))


def brancher() -> None:
    """Connect the answers; called once by the composition root."""
    modification_annulee.connect(_annoncer_le_retablissement)

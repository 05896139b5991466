"""Announce what changed of employers, whatever changed them: a form, a file, an undoing."""

from collections.abc import Mapping
from typing import Any

from app.employeurs.models import Employeur
from app.employeurs.service import caisses
from app.employeurs.signals import employeur_change
from app.socle.base import Base
from app.socle.fiches import valeurs_de
from app.socle.journal import modification_annulee
from app.socle.transaction import Transaction

Valeurs = Mapping[str, Any]


def annoncer_employeurs(t: Transaction, employeurs: Mapping[int, tuple[Valeurs, Valeurs]]) -> None:
    """Announce the employers that changed, by number: values before, values after."""
    changements = {
        numero: frozenset(n for n, v in apres.items() if n in avant and avant[n] != v)
        for numero, (avant, apres) in employeurs.items()
    }
    changements = {numero: champs for numero, champs in changements.items() if champs}
    if changements:
        employeur_change.send(t, changements=changements)


def _annoncer_le_retablissement(t: Transaction, *, fiche: Base, avant: Valeurs, **_: Any) -> None:
    """Announce an employer that the journal brought back to what it was."""
    if isinstance(fiche, Employeur):
        apres = valeurs_de(fiche)
        annoncer_employeurs(t, {fiche.id: (apres | dict(avant), apres)})


def brancher() -> None:
    """Connect the answers."""
    modification_annulee.connect(_annoncer_le_retablissement)
    caisses.brancher()

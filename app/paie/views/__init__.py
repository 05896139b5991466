"""Screens of the payroll: list of a month, entry grid, bulletin, calculations."""

from app.paie.views import (
    a_recalculer,
    baremes,
    bulletin,
    calculs,
    impression,
    liste,
    paiement,
    saisie,
    salarie,
    taxe_salaires,
)
from app.paie.views.racine import bp

__all__ = [
    "a_recalculer",
    "baremes",
    "bp",
    "bulletin",
    "calculs",
    "impression",
    "liste",
    "paiement",
    "saisie",
    "salarie",
    "taxe_salaires",
]

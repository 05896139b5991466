"""What prévoyance announces to the capabilities above it."""

from dataclasses import dataclass
from datetime import date

from blinker import Signal


@dataclass(frozen=True, slots=True)
class ChangementPrevoyance:
    """What changed for one contrat de travail: the first and the last day touched, and why.

    `jusqu_au` is 9999-12-31 when the days after have no known end; `motif` is French, shown
    beside the bulletins that have to be computed again.
    """

    contrat_id: int
    depuis: date
    jusqu_au: date
    motif: str


prevoyance_change = Signal("What is due to prévoyance has changed")
"""Sent with the transaction and `changements` (of `ChangementPrevoyance`), once written."""

contrat_prevoyance_va_disparaitre = Signal("A contract of prévoyance is about to be deleted")
"""Sent with the transaction and `contrat_prevoyance_id`; a receiver may refuse by raising."""

rattachement_va_disparaitre = Signal("An employee is about to be detached, as if never attached")
"""Sent with the transaction, `rattachement_id`, `contrat_prevoyance_id` and `contrat_id` (the
contrat de travail); a receiver may refuse by raising."""

bulletins_a_recalculer = Signal("How many bulletins of an employer wait to be computed again?")
"""Sent with the transaction and `employeur_id`; a receiver returns a number."""

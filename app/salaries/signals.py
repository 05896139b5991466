"""What employees announce to the capabilities above them."""

from dataclasses import dataclass
from datetime import date

from blinker import Signal


@dataclass(frozen=True, slots=True)
class ChangementContrat:
    """What changed of a contract: the names of its fields, the first day that is touched."""

    contrat_id: int
    champs: frozenset[str]
    depuis: date


contrat_change = Signal("Contracts have changed")
"""Sent with the transaction and `changements` (of `ChangementContrat`), once they are written."""

contrat_va_disparaitre = Signal("A contract is about to be deleted")
"""Sent with the transaction and `contrat_id`; a receiver may refuse by raising."""

"""Which backups of a script are kept.

Rules:
- The newest `garder` verified ones are kept (5 unless the script says otherwise).
- Nothing is deleted before the new backup has been verified: an unverified one neither counts
  nor lets an older one go.
- A safety copy taken before a restore is no backup of a script: it is not counted here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

GARDER = 5


@dataclass(frozen=True, slots=True)
class Rangee:
    """A backup as retention sees it: its number, its instant, whether it was read back."""

    id: int
    faite_a: datetime
    verifiee: bool


def a_supprimer(sauvegardes: Sequence[Rangee], garder: int = GARDER) -> tuple[int, ...]:
    """Return the numbers of the backups to delete, oldest first.

    Raises:
        ValueError: fewer than one is to be kept.
    """
    if garder < 1:
        raise ValueError(garder)
    bonnes = sorted((s for s in sauvegardes if s.verifiee), key=lambda s: (s.faite_a, s.id))
    if len(bonnes) <= garder:
        return ()
    seuil = bonnes[-garder]
    return tuple(
        s.id
        for s in sorted(sauvegardes, key=lambda s: (s.faite_a, s.id))
        if (s.faite_a, s.id) < (seuil.faite_a, seuil.id)
    )

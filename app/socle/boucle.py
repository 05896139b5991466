"""The loop that runs what is due while the program is open, missed runs at its start.

Rules:
- Each capability that plans something has a *regard*: a function that looks at the base and the
  clock and says the work that is due, if any (`app.assemblage.REGARDS` names them). Nothing is
  kept in memory that a sleep or a change of clock would falsify.
- `schedule` drives the loop; since it plans by the wall clock, a clock that was set back would
  put it to sleep: it is then planned again.
- What is due runs as a job like another: its progress is shown, it can be cancelled; one of the
  same kind that runs already is let finish, and the next look finds what remains.
- A regard that fails is logged and does not keep the others from their turn.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import schedule

from app.noyau.erreurs import ErreurMetier
from app.socle.contexte import ProgrammeOuvert
from app.socle.errors import TacheDejaEnCours
from app.socle.journalisation import noter_bogue
from app.socle.taches import Suivi, Travail

T = TypeVar("T")
PERIODE = 30
"""Seconds between two looks."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Du:
    """Work that is due: its kind and label (French) for the list of jobs, and how it is done."""

    genre: str
    libelle: str
    travail: Travail


Regard = Callable[[ProgrammeOuvert], Du | None]
"""Looks at the base and the clock; returns what is due, None when nothing is."""


def chacun(numeros: Iterable[int], executer: Callable[[int], T], suivi: Suivi) -> list[T]:
    """Run what is due one after the other; one that fails does not keep the next from its turn.

    Raises:
        ErreurMetier: the first that failed, once all had their turn; at once when cancelled.
    """
    faits: list[T] = []
    echecs: list[ErreurMetier] = []
    for numero in numeros:
        try:
            faits.append(executer(numero))
        except ErreurMetier as refus:
            if suivi.annule():
                raise
            echecs.append(refus)
    if echecs:
        raise echecs[0]
    return faits


class Boucle:
    """Looks for what is due in a thread of its own, until it is stopped."""

    def __init__(
        self, ouvert: ProgrammeOuvert, regards: Sequence[Regard], periode: int = PERIODE
    ) -> None:
        self._ouvert, self._regards, self._periode = ouvert, regards, periode
        self._plan = schedule.Scheduler()
        self._arret = threading.Event()
        self._fil: threading.Thread | None = None

    def demarrer(self) -> None:
        """Catch up what was missed, then look regularly; once."""
        if self._fil is None:
            self._fil = threading.Thread(target=self._mener, name="boucle", daemon=True)
            self._fil.start()

    def arreter(self) -> None:
        """Look no more; a run that goes on is stopped with the other jobs."""
        self._arret.set()
        if self._fil is not None:
            self._fil.join(5)

    def _mener(self) -> None:
        self._planifier()
        self.passer()
        while not self._arret.wait(1):
            attente = self._plan.idle_seconds
            if attente is None or attente > self._periode:  # the clock was set back
                self._planifier()
            self._plan.run_pending()

    def _planifier(self) -> None:
        self._plan.clear()
        self._plan.every(self._periode).seconds.do(self.passer)

    def passer(self) -> list[int]:
        """Start what is due, a job for each regard that owes; returns their numbers."""
        numeros = (self._regarder(regard) for regard in self._regards)
        return [numero for numero in numeros if numero is not None]

    def _regarder(self, regard: Regard) -> int | None:
        try:
            du = regard(self._ouvert)
            if du is None:
                return None
            return self._ouvert.taches.lancer(du.genre, du.libelle, du.travail, "système")
        except TacheDejaEnCours:
            return None
        except ErreurMetier as refus:
            _log.warning("loop.refused code=%s", refus.code)
        except Exception as erreur:  # noqa: BLE001 -- the edge of the thread: the loop goes on
            noter_bogue(_log, erreur)
        return None

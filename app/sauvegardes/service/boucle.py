"""The loop that runs due scripts while the program is open, missed ones at its start.

Rules:
- What is due is decided by the scripts in the base and the clock (`rules.planning`), looked at
  each half minute: nothing is kept in memory that a sleep or a change of clock would falsify.
- `schedule` drives the loop; since it plans by the wall clock, a clock that was set back would
  put it to sleep: it is then planned again.
- A run is a job like another: its progress is shown, it can be cancelled.
"""

import logging
import threading

import schedule

from app.noyau.erreurs import ErreurMetier
from app.sauvegardes.service.executer import executer_script
from app.sauvegardes.service.scripts import scripts_dus
from app.socle.contexte import ProgrammeOuvert
from app.socle.errors import TacheDejaEnCours
from app.socle.journalisation import noter_bogue
from app.socle.taches import Suivi

GENRE = "sauvegarde"
PERIODE = 30
"""Seconds between two looks."""
_log = logging.getLogger(__name__)


class Boucle:
    """Looks for due scripts in a thread of its own, until it is stopped."""

    def __init__(self, ouvert: ProgrammeOuvert, periode: int = PERIODE) -> None:
        self._ouvert, self._periode = ouvert, periode
        self._plan = schedule.Scheduler()
        self._arret = threading.Event()
        self._fil: threading.Thread | None = None

    def demarrer(self) -> None:
        """Catch up what was missed, then look regularly; once."""
        if self._fil is None:
            self._fil = threading.Thread(target=self._mener, name="sauvegardes", daemon=True)
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

    def passer(self) -> int | None:
        """Run what is due, as one job; returns its number, None when nothing is."""
        try:
            with self._ouvert.magasin.transaction("système") as t:
                dus = scripts_dus(t)
            if not dus:
                return None
            return self._ouvert.taches.lancer(
                GENRE, "Sauvegarde automatique", lambda suivi: self._executer(dus, suivi), "système"
            )
        except TacheDejaEnCours:
            return None
        except ErreurMetier as refus:
            _log.warning("backup.loop code=%s", refus.code)
        except Exception as erreur:  # noqa: BLE001 -- the edge of the thread: the loop goes on
            noter_bogue(_log, erreur)
        return None

    def _executer(self, dus: list[int], suivi: Suivi) -> dict[str, object]:
        """Run scripts one after the other; one that fails does not keep the next from its turn."""
        faites, echecs = [], []
        for numero in dus:
            try:
                faites.append(executer_script(self._ouvert, numero, suivi).en_donnees())
            except ErreurMetier as refus:
                if suivi.annule():
                    raise
                echecs.append(refus)
        if echecs:
            raise echecs[0]
        return {"faites": faites}

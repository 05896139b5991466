"""The unit of work: one object that carries the world through a use case.

Opened once, by the view, the command or the job; commits when the block ends, rolls back on
any error. Carries the session, who acts, now, and what to announce after the commit.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.socle import horloge, journal
from app.socle.base import fabrique_de_sessions, ouvrir_moteur, traduire
from app.socle.errors import ModifieEntreTemps


@dataclass(frozen=True, slots=True)
class Transaction:
    """What a use case may use: session, author, instant, France's date of today."""

    session: Session
    par: str
    maintenant: datetime
    aujourd_hui: date


class Magasin:
    """An open base: its file, its engine, its transactions."""

    def __init__(self, chemin: Path, url: str | None = None) -> None:
        self.chemin = chemin
        self.moteur: Engine = ouvrir_moteur(chemin, url)
        self._sessions = fabrique_de_sessions(self.moteur)
        journal.brancher(self._sessions)

    @contextmanager
    def transaction(self, par: str, session: Session | None = None) -> Iterator[Transaction]:
        """Open a transaction; commit at the end, roll back on error.

        `session`: one that somebody else keeps (the web floor's, one per request).

        Raises:
            ModifieEntreTemps: another transaction changed the same record; nothing was written.
            DisquePlein, BaseOccupee, BaseEnLectureSeule, BaseEndommagee, DisqueDefaillant,
                DossierIllisible: nothing was written.
        """
        maintenant = horloge.maintenant()
        with nullcontext(session) if session else self._sessions() as active:
            active.info.update(par=par, maintenant=maintenant.astimezone(UTC).replace(tzinfo=None))
            try:
                yield Transaction(active, par, maintenant, horloge.aujourd_hui())
                active.commit()
            except BaseException as erreur:
                with suppress(DatabaseError):  # what failed first is what is told
                    active.rollback()
                if isinstance(erreur, StaleDataError):
                    raise ModifieEntreTemps from erreur
                if isinstance(erreur, DatabaseError):
                    refus = traduire(erreur, self.chemin)
                    if refus is not None:
                        raise refus from erreur
                raise

    def fermer(self) -> None:
        """Close every connection."""
        self.moteur.dispose()

"""The last step of a restore: a base takes the place of the one in use, whole or not at all.

Rules:
- The pages are copied into the base in use as one transaction (SQLite's online backup): open
  connections, of this process or another, see the new content when it is whole. Killed at any
  moment, the old base or the new one is there: SQLite's own recovery answers for it.
- The file is never renamed over, though that would take an instant: a connection that opened the
  old file and has read nothing yet holds no lock that could be seen, and would then write the
  journal of the new file from the pages of the old one.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from app.sauvegardes.service import archive
from app.socle.base import traduire
from app.socle.taches import Suivi

_REPIT = 0.05
"""Seconds between two tries while somebody reads or writes."""


def prendre_la_place(nouvelle: Path, base: Path, suivi: Suivi) -> None:
    """Make a base the content of another that is in use.

    Raises:
        TacheAnnulee: until the last moment; the base is as it was.
        BaseOccupee, DisquePlein…: the same.
    """
    suivi.etape("Remplacement de la base")
    try:
        _copier_les_pages(nouvelle, base, suivi)
    except sqlite3.DatabaseError as erreur:
        raise traduire(erreur, base) or erreur from erreur


def _copier_les_pages(nouvelle: Path, base: Path, suivi: Suivi) -> None:
    def avancer(_etat: int, reste: int, total: int) -> None:
        if reste:  # with the last page, the transaction is made: too late to stop
            suivi.etape("Remplacement de la base", total - reste, total)

    with closing(sqlite3.connect(nouvelle)) as source, closing(sqlite3.connect(base)) as cible:
        cible.execute("PRAGMA synchronous = FULL")
        source.backup(cible, pages=archive.PAGES, progress=avancer, sleep=_REPIT)
        cible.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

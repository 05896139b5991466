"""The last step of a restore: a base takes the place of the one in use, whole or not at all.

Rules:
- Where nobody else holds the base open, its file is renamed over: instantly, whatever its size.
  To be alone is proved by SQLite: it leaves WAL only for the last connection, whose lock is then
  kept until the new file bears the name.
- Where somebody does (a long reading, another process; Windows when it is quicker than us), the
  pages are copied into the base in use as one transaction (online backup): open connections see
  the new content when it is whole.
- Killed at any moment, the old base or the new one is there: a rename is one step for the
  system, and SQLite's own recovery answers for the copy.
"""

import logging
import os
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from app.sauvegardes.service import archive
from app.socle.base import traduire
from app.socle.fichiers import graver
from app.socle.taches import Suivi
from app.socle.transaction import Magasin

_REPIT = 0.05
"""Seconds between two tries while somebody reads or writes."""
_ESSAIS = 10
_log = logging.getLogger(__name__)


def prendre_la_place(nouvelle: Path, magasin: Magasin, suivi: Suivi) -> None:
    """Make a base the content of another that is in use.

    Raises:
        TacheAnnulee: until the last moment; the base is as it was.
        BaseOccupee, DisquePlein…: the same.
    """
    base = magasin.chemin
    suivi.etape("Remplacement de la base")
    try:
        if not _renommer(nouvelle, magasin):
            _log.info("restore.copy reason=shared")
            _copier_les_pages(nouvelle, base, suivi)
    except sqlite3.DatabaseError as erreur:
        raise traduire(erreur, base) or erreur from erreur


def _renommer(nouvelle: Path, magasin: Magasin) -> bool:
    """Rename a base over the one in use, if nobody else holds it; false: nothing was changed."""
    base = magasin.chemin
    for _ in range(_ESSAIS):
        magasin.liberer()
        with closing(sqlite3.connect(base, timeout=0, isolation_level=None)) as seule:
            if not _est_seule(seule):
                time.sleep(_REPIT)
                continue
            if any(_a_cote(nouvelle)) or any(_a_cote(base)):
                return False  # a journal would be applied to the wrong base
            if os.name == "nt":
                seule.close()  # an open file cannot be renamed over; whoever opens it stops us
            try:
                shutil.copymode(base, nouvelle)
                nouvelle.replace(base)
            except PermissionError:
                return False
            graver(base.parent)
            return True
    return False


def _est_seule(connexion: sqlite3.Connection) -> bool:
    """Make a connection the only one of its base, if it is, until it closes.

    Out of WAL, the old file is also closed to whoever was waiting for it: SQLite sees that it was
    renamed over before it writes there (SQLITE_READONLY_DBMOVED).
    """
    try:
        connexion.execute("PRAGMA journal_mode = DELETE").fetchone()
        connexion.execute("BEGIN EXCLUSIVE")
        (mode,) = connexion.execute("PRAGMA journal_mode").fetchone()
    except sqlite3.OperationalError as erreur:
        if erreur.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            return False
        raise
    return bool(mode == "delete")


def _a_cote(base: Path) -> list[Path]:
    """List what SQLite left beside a base that holds something."""
    fichiers = (base.with_name(f"{base.name}-{suite}") for suite in ("wal", "journal"))
    return [f for f in fichiers if f.exists() and f.stat().st_size]


def _copier_les_pages(nouvelle: Path, base: Path, suivi: Suivi) -> None:
    def avancer(_etat: int, reste: int, total: int) -> None:
        if reste:  # with the last page, the transaction is made: too late to stop
            suivi.etape("Remplacement de la base", total - reste, total)

    with closing(sqlite3.connect(nouvelle)) as source, closing(sqlite3.connect(base)) as cible:
        cible.execute("PRAGMA synchronous = FULL")
        source.backup(cible, pages=archive.PAGES, progress=avancer, sleep=_REPIT)
        cible.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

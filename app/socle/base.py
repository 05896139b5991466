"""Database: metadata, engine, PRAGMAs, sessions.

SQLite in WAL with foreign keys on and a busy timeout; SQL stays portable where that costs
nothing, since a networked tiers will run on PostgreSQL (`CLAIRPAIE_DATABASE_URL`).
Models inherit this plain `Base`; Flask-SQLAlchemy is given the same one by the web floor.
"""

import sqlite3
import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import DateTime, Engine, MetaData, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    declared_attr,
    mapped_column,
    sessionmaker,
)
from sqlalchemy.pool import ConnectionPoolEntry

from app.noyau.erreurs import ErreurMetier
from app.noyau.typographie import sans_accents
from app.socle.errors import (
    BaseEndommagee,
    BaseEnLectureSeule,
    BaseOccupee,
    DisqueDefaillant,
    DisquePlein,
    DossierIllisible,
)
from app.socle.fichiers import est_plein

NOM_FICHIER = "clairpaie.sqlite3"
APPLICATION_ID = 0x436C5061
"""Written in the header of our SQLite files (« ClPa »), so that a foreign base is known."""
ATTENTE_MS = 5_000

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Root of all tables."""

    metadata = MetaData(naming_convention=CONVENTION)

    libelle_journal: ClassVar[str] = ""
    """French name of the record in the journal; empty: changes are not journalled."""
    journal_automatique: ClassVar[bool] = True
    """False: only acts that a service notes (`journal.noter_acte`) are journalled."""
    hors_journal: ClassVar[frozenset[str]] = frozenset()
    """Columns that the journal leaves out (derived values)."""


class Horodatage:
    """Columns of a record that people change: its version and instants (UTC).

    The version is in the condition of every UPDATE and DELETE: of two transactions that read
    the same version, the second to write is refused (`ModifieEntreTemps`).
    """

    version: Mapped[int] = mapped_column(default=1)
    cree_a: Mapped[datetime] = mapped_column(DateTime)
    modifie_a: Mapped[datetime] = mapped_column(DateTime)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 -- SQLAlchemy passes the class
        return {"version_id_col": cls.version, "version_id_generator": False}


def regler_connexion(dbapi: DBAPIConnection, _entree: ConnectionPoolEntry) -> None:
    """Set the PRAGMAs of a new SQLite connection, and `sans_accents` for searching."""
    if not isinstance(dbapi, sqlite3.Connection):
        return
    curseur = dbapi.cursor()
    for pragma in (
        f"busy_timeout = {ATTENTE_MS}",
        "foreign_keys = ON",
        "journal_mode = WAL",  # kept by the file, but for a copy made by VACUUM INTO
        "synchronous = FULL",
        "temp_store = MEMORY",
        "cache_size = -16000",
    ):
        curseur.execute(f"PRAGMA {pragma}")
    curseur.close()
    dbapi.create_function("sans_accents", 1, _sans_accents_sql, deterministic=True)


@lru_cache(maxsize=8192)
def _sans_accents_sql(valeur: object) -> str | None:
    return None if valeur is None else sans_accents(str(valeur))


def ouvrir_moteur(chemin: Path, url: str | None = None) -> Engine:
    """Return the engine of a base file (or of the URL of a networked tiers)."""
    moteur = create_engine(
        url or f"sqlite:///{chemin}", connect_args={"check_same_thread": False} if not url else {}
    )
    event.listen(moteur, "connect", regler_connexion)
    return moteur


def fabrique_de_sessions(moteur: Engine) -> sessionmaker[Session]:
    """Return the session factory of an engine; values stay readable after commit."""
    return sessionmaker(moteur, expire_on_commit=False)


def connexion_lecture(chemin: Path) -> sqlite3.Connection:
    """Open a base file read-only (extractions, checks); `sans_accents` is available.

    Raises:
        sqlite3.OperationalError: the file cannot be opened.
    """
    connexion = sqlite3.connect(
        f"{chemin.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False, timeout=5
    )
    connexion.execute("PRAGMA query_only = ON")
    connexion.create_function("sans_accents", 1, _sans_accents_sql, deterministic=True)
    return connexion


def traduire(
    erreur: DatabaseError | sqlite3.DatabaseError | OSError, chemin: Path
) -> ErreurMetier | None:
    """Name in French what the disk or SQLite refused; nothing when it is a bug of ours."""
    origine: Any = erreur.orig if isinstance(erreur, DatabaseError) else erreur
    if isinstance(origine, OSError):
        return DisquePlein(str(chemin)) if est_plein(origine) else None
    refus = _REFUS.get(getattr(origine, "sqlite_errorcode", 0) & 0xFF)
    return refus(chemin) if refus else None


def _panne(chemin: Path) -> ErreurMetier:
    """Tell why SQLite could not write: a quota looks to it like a broken disk."""
    if est_plein(_ecriture_refusee(chemin)):
        return DisquePlein(str(chemin))
    return DisqueDefaillant(str(chemin))


def _ecriture_refusee(chemin: Path) -> OSError | None:
    """Write beside the base, as far into a file as it is long: the system then says what is wrong.

    SQLite tells a full disk from a broken one, but not a quota or a greatest size of file.
    """
    fichiers = (chemin, chemin.with_name(f"{chemin.name}-wal"))
    try:
        longueur = max((f.stat().st_size for f in fichiers if f.exists()), default=0)
        with tempfile.TemporaryFile(dir=chemin.parent) as essai:
            essai.seek(longueur)
            essai.write(bytes(65_536))
            essai.flush()
    except OSError as erreur:
        return erreur
    return None


_REFUS: dict[int, Callable[[Path], ErreurMetier]] = {
    sqlite3.SQLITE_FULL: lambda c: DisquePlein(str(c)),
    sqlite3.SQLITE_READONLY: lambda c: BaseEnLectureSeule(str(c)),
    sqlite3.SQLITE_PERM: lambda c: BaseEnLectureSeule(str(c)),
    sqlite3.SQLITE_BUSY: lambda _: BaseOccupee(),
    sqlite3.SQLITE_LOCKED: lambda _: BaseOccupee(),
    sqlite3.SQLITE_CORRUPT: lambda c: BaseEndommagee(str(c), "sa structure interne est abîmée"),
    sqlite3.SQLITE_NOTADB: lambda c: BaseEndommagee(str(c), "ce n'est pas un fichier SQLite"),
    sqlite3.SQLITE_CANTOPEN: lambda c: DossierIllisible(
        str(c.parent), "la base ne peut pas y être ouverte"
    ),
    sqlite3.SQLITE_IOERR: _panne,
}
"""What is said of SQLite's primary result codes."""

__all__ = [
    "APPLICATION_ID",
    "NOM_FICHIER",
    "Base",
    "Horodatage",
    "OperationalError",
    "connexion_lecture",
    "fabrique_de_sessions",
    "ouvrir_moteur",
    "regler_connexion",
    "traduire",
]

"""Schema migrations (Alembic, batch mode); above the capabilities, since it sees all tables.

At start-up the version of the base is read with one SQL query; Alembic is imported only
when something has to be done, which keeps an ordinary start fast. There is no way back but
a backup: a downgrade would lose what the new columns held.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine

from app.socle.base import APPLICATION_ID, traduire
from app.socle.errors import BaseEndommagee, BaseEtrangere, BaseTropRecente, DossierIllisible

DERNIERE = "0013"
"""Revision that this version of the program wants (a test holds it to the files)."""
DOSSIER = Path(__file__).parent


VERIFIEE_JUSQU_A = 32 * 1024 * 1024
"""Size in bytes up to which the structure is checked at each start (50 ms)."""


def examiner(chemin: Path) -> str | None:
    """Look at a base file without changing it; returns its revision, None for a new one.

    The structure of a base that is small, or about to be migrated, is checked as a whole.

    Raises:
        BaseEndommagee: not SQLite, or fails `quick_check`.
        BaseEtrangere: another program's base.
        BaseTropRecente: written by a newer version.
        DossierIllisible, BaseOccupee, DisqueDefaillant: it cannot be read now.
    """
    if not chemin.exists() or (taille := chemin.stat().st_size) == 0:
        return None
    if not chemin.is_file():
        raise DossierIllisible(str(chemin.parent), "un dossier y porte le nom de la base")
    try:
        with closing(sqlite3.connect(_en_lecture(chemin), uri=True)) as connexion:
            revision = _revision(connexion, chemin)
            if revision is not None and revision > DERNIERE:
                raise BaseTropRecente(str(chemin), revision)
            if taille <= VERIFIEE_JUSQU_A or revision != DERNIERE:
                _verifier(connexion, chemin)
    except sqlite3.DatabaseError as erreur:
        raise traduire(erreur, chemin) or BaseEndommagee(str(chemin), str(erreur)) from erreur
    return revision


def _en_lecture(chemin: Path) -> str:
    """Return the address that opens a base without leaving anything beside it."""
    journal = chemin.with_name(f"{chemin.name}-wal")
    seule = not journal.exists() or journal.stat().st_size == 0
    return f"{chemin.resolve().as_uri()}?mode=ro" + ("&immutable=1" if seule else "")


def _verifier(connexion: sqlite3.Connection, chemin: Path) -> None:
    if connexion.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise BaseEndommagee(str(chemin), "sa structure interne est abîmée")


def _revision(connexion: sqlite3.Connection, chemin: Path) -> str | None:
    identite = connexion.execute("PRAGMA application_id").fetchone()[0]
    tables = {n for (n,) in connexion.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    if not tables and identite in {0, APPLICATION_ID}:
        return None
    if identite != APPLICATION_ID or "alembic_version" not in tables:
        raise BaseEtrangere(str(chemin))
    ligne = connexion.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(ligne[0]) if ligne else None


def mettre_a_jour(moteur: Engine) -> None:
    """Bring the schema to the last revision, in one transaction: all of it or nothing.

    Raises:
        RuntimeError: a migration leaves rows that hang on nothing; the old schema stays.
    """
    from alembic import command  # noqa: PLC0415 -- 100 ms that an ordinary start does without
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(DOSSIER).replace("%", "%%"))
    with moteur.connect() as connexion:
        est_sqlite = moteur.dialect.name == "sqlite"
        if est_sqlite:
            _preparer(connexion)
        config.attributes["connection"] = connexion
        command.upgrade(config, "head")
        if est_sqlite and connexion.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise RuntimeError("a migration leaves rows that hang on nothing")
        connexion.commit()


def _preparer(connexion: Connection) -> None:
    """Mark the file as ours and open the transaction that holds the whole upgrade.

    Foreign keys are off on this connection, which serves for nothing else: Alembic changes a
    table by making it again, and dropping the old one would refuse the rows that hang on it.
    """
    connexion.detach()
    connexion.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connexion.exec_driver_sql("PRAGMA foreign_keys = OFF")
    connexion.exec_driver_sql("BEGIN IMMEDIATE")  # sqlite3 opens none for DDL by itself

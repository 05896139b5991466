"""Schema migrations (Alembic, batch mode); above the capabilities, since it sees all tables.

At start-up the version of the base is read with one SQL query; Alembic is imported only
when something has to be done, which keeps an ordinary start fast.
"""

import sqlite3
from pathlib import Path

from sqlalchemy import Engine, text

from app.socle.base import APPLICATION_ID
from app.socle.errors import BaseEndommagee, BaseEtrangere, BaseTropRecente

DERNIERE = "0001"
"""Revision that this version of the program wants (a test holds it to the files)."""
DOSSIER = Path(__file__).parent


def examiner(chemin: Path) -> str | None:
    """Look at a base file without changing it; returns its revision, None for a new one.

    Raises:
        BaseEndommagee: not SQLite, or fails `quick_check`.
        BaseEtrangere: another program's base.
        BaseTropRecente: written by a newer version.
    """
    if not chemin.exists() or chemin.stat().st_size == 0:
        return None
    try:
        with sqlite3.connect(f"{chemin.resolve().as_uri()}?mode=ro", uri=True) as connexion:
            revision = _revision(connexion, chemin)
        connexion.close()
    except sqlite3.DatabaseError as erreur:
        raise BaseEndommagee(str(chemin), str(erreur)) from erreur
    if revision is not None and revision > DERNIERE:
        raise BaseTropRecente(str(chemin), revision)
    return revision


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
    """Bring the schema to the last revision; each step is one transaction."""
    from alembic import command  # noqa: PLC0415 -- 100 ms that an ordinary start does without
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(DOSSIER))
    if moteur.dialect.name == "sqlite":
        with moteur.connect() as connexion:
            connexion.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))
            connexion.execute(text("PRAGMA journal_mode = WAL"))
    with moteur.begin() as connexion:
        if moteur.dialect.name == "sqlite":
            connexion.exec_driver_sql("BEGIN IMMEDIATE")  # sqlite3 opens none for DDL by itself
        config.attributes["connection"] = connexion
        command.upgrade(config, "head")

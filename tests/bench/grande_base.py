"""A base of more than one gigabyte: the demonstration dossier, multiplied by SQL.

Each copy of an employee, of a contract, of a bulletin and of its lines has its own amounts, so
that a compressor finds there what it would find in a real base. It takes a minute, and is kept
in `.cache/` until the schema changes.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from app import migrations
from app.assemblage import ouvrir
from app.demonstration.service import remplir
from app.socle.base import NOM_FICHIER

CACHE = Path(__file__).resolve().parents[2] / ".cache"
TAILLE = 1 << 30
"""Bytes that the base has at least."""
_LIENS = {"salarie_id": "salarie", "contrat_id": "contrat", "bulletin_id": "bulletin"}
_TABLES = ("salarie", "contrat", "bulletin", "ligne_bulletin", "saisie_mois", "journal")
_MONTANTS = ("_centimes", "objet_id")


def grande_base() -> Path:
    """Return the base, made if need be: a file that nobody holds."""
    chemin = CACHE / f"grande-{migrations.DERNIERE}" / NOM_FICHIER
    if not chemin.exists():
        neuve = CACHE / "grande-en-cours"
        for reste in neuve.glob(f"{NOM_FICHIER}*"):
            reste.unlink()
        ouvert = ouvrir(neuve)
        with ouvert.transaction() as t:
            remplir(t, employeurs=40, salaries=400, aujourd_hui=t.aujourd_hui)
        ouvert.fermer()
        _multiplier(neuve / NOM_FICHIER)
        neuve.rename(chemin.parent)
    return chemin


def _multiplier(base: Path) -> None:
    fois = TAILLE // base.stat().st_size + 2
    with closing(sqlite3.connect(base, isolation_level=None)) as c:
        c.execute("PRAGMA journal_mode = OFF")
        c.execute("PRAGMA synchronous = OFF")
        c.execute("PRAGMA cache_size = -512000")
        index = c.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql > ''")
        for nom, _ in (faits := index.fetchall()):
            c.execute(f"DROP INDEX {nom}")
        pas = {t: c.execute(f"SELECT max(id) FROM {t}").fetchone()[0] for t in _TABLES}  # noqa: S608
        c.execute("BEGIN")
        for table in _TABLES:
            requete = _copier(c, table, pas)
            for numero in range(1, fois):
                c.execute(requete, {"n": numero, "jusque": pas[table]})
        for _, sql in faits:
            c.execute(sql)
        c.execute("COMMIT")
        c.execute("PRAGMA journal_mode = WAL")


def _copier(c: sqlite3.Connection, table: str, pas: dict[str, int]) -> str:
    """Return the statement that copies the rows of a table, shifted and with other amounts."""
    colonnes = [nom for _, nom, *_ in c.execute(f"PRAGMA table_info({table})")]
    valeurs = []
    for nom in colonnes:
        cible = table if nom == "id" else _LIENS.get(nom)
        if cible:
            valeurs.append(f"{nom} + :n * {pas[cible]}")
        elif nom.endswith(_MONTANTS):
            valeurs.append(f"iif({nom} = 0, 0, {nom} + abs(random()) % 20011)")
        elif nom == "nir":
            valeurs.append("''")
        else:
            valeurs.append(nom)
    return (
        f"INSERT INTO {table} ({', '.join(colonnes)}) SELECT {', '.join(valeurs)} "  # noqa: S608 -- our names
        f"FROM {table} WHERE id <= :jusque"
    )


def passer_un_mois(base: Path) -> None:
    """Add a month of bulletins after the last one, in a base that nobody writes."""
    with closing(sqlite3.connect(base, isolation_level=None)) as c:
        c.execute("BEGIN IMMEDIATE")
        (dernier,) = c.execute("SELECT max(annee * 12 + mois - 1) FROM bulletin").fetchone()
        (decalage,) = c.execute("SELECT max(id) FROM bulletin").fetchone()
        pas = {"bulletin": decalage, "salarie": 0, "contrat": 0}
        mois = f"annee * 12 + mois - 1 = {dernier} AND etat <> 'remplace'"
        suivant = {"annee": str((dernier + 1) // 12), "mois": str((dernier + 1) % 12 + 1)}
        colonnes = [nom for _, nom, *_ in c.execute("PRAGMA table_info(bulletin)")]
        valeurs = [suivant.get(n, f"id + {decalage}" if n == "id" else n) for n in colonnes]
        noms = ", ".join(colonnes)
        c.execute(
            f"INSERT INTO bulletin ({noms}) SELECT {', '.join(valeurs)} FROM bulletin WHERE {mois}"  # noqa: S608 -- our names
        )
        lignes = _copier(c, "ligne_bulletin", pas | {"ligne_bulletin": 0})
        lignes = lignes.replace("SELECT id + :n * 0", "SELECT NULL").partition(" WHERE ")[0]
        c.execute(
            f"{lignes} WHERE bulletin_id IN (SELECT id FROM bulletin WHERE {mois})",  # noqa: S608 -- our names
            {"n": 1},
        )
        c.execute("COMMIT")
        c.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

"""A very large base: by default 500 employers, five years, more than 600 000 bulletins.

`PYTHONPATH=. .venv/bin/python tests/bench/volumes.py [--employeurs N --salaries N --mois N
--dossier DIR --refaire]` makes it when it is not there, and prints where it lies and what it
holds. The demonstration is drawn, its present month computed as the screen does, then SQL alone
copies the bulletins and their lines over the months before: every contract left in the base has
one bulletin a month, validated but for the present one. Amounts are those of the present month,
cumuls included.

The base is kept in the system's temporary folder (some gigabytes), under its sizes and its month:
the next run of any bench finds it. What reads it may be given the very file; what writes in it
copies it first.
"""

# ruff: noqa: S608 -- our own names of tables and columns
import argparse
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.assemblage import ouvrir
from app.demonstration.service import remplir
from app.noyau.periodes import Mois
from app.paie.service.calculer import calculer_le_mois
from app.socle.base import NOM_FICHIER
from app.socle.horloge import aujourd_hui

CACHE = Path(tempfile.gettempdir()) / "clairpaie-volumes"


@dataclass(frozen=True, slots=True)
class Taille:
    """How large a base is wanted; employees who left are counted, two in five."""

    employeurs: int = 500
    salaries: int = 17_000
    mois: int = 60

    def nom(self, jour: date) -> str:
        """Return the name of the folder of the base whose last month is that of `jour`."""
        return f"{self.employeurs}-{self.salaries}-{self.mois}-{Mois.de(jour).debut:%Y-%m}"


def fabriquer(taille: Taille = Taille(), *, cache: Path = CACHE, jour: date | None = None) -> Path:
    """Return the data folder of the large base, made when it is not there yet.

    Args:
        taille: how large.
        cache: where large bases are kept.
        jour: its last month; nothing for the present one, which queries show by default.
    """
    jour = jour or aujourd_hui()
    dossier = cache / taille.nom(jour)
    if not dossier.is_dir():
        provisoire = dossier.with_name(f"{dossier.name}.provisoire")
        shutil.rmtree(provisoire, ignore_errors=True)
        _remplir(provisoire, taille, jour)
        with closing(sqlite3.connect(provisoire / NOM_FICHIER)) as base:
            multiplier(base, Mois.de(jour), taille.mois)
        provisoire.rename(dossier)
    return dossier


def _remplir(dossier: Path, taille: Taille, jour: date) -> None:
    """Draw the demonstration, and compute the bulletins of one month."""
    ouvert = ouvrir(dossier)
    try:
        with ouvert.transaction() as t:
            remplir(
                t,
                employeurs=taille.employeurs,
                salaries=taille.salaries,
                aujourd_hui=jour,
                bulletins=False,
            )
        with ouvert.transaction() as t:
            calculer_le_mois(t, Mois.de(jour))
    finally:
        ouvert.fermer()


def multiplier(base: sqlite3.Connection, courant: Mois, combien: int) -> None:
    """Copy the bulletins of the only month that has any over the months before it.

    Numbers follow the months, as in a base that a person filled: lines of a month lie together.

    Args:
        base: every bulletin in it is of the month `courant`.
        courant: the last month, left in draft.
        combien: months in all, that one comprised.
    """
    base.isolation_level = None
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -200000"):
        base.execute(f"PRAGMA {pragma}")
    base.execute("BEGIN")
    mois = [courant.suivant(rang) for rang in range(1 - combien, 1)]
    _allonger_les_contrats(base, mois[0])
    for table in ("bulletin", "ligne_bulletin"):
        base.execute(f"CREATE TEMP TABLE modele_{table} AS SELECT * FROM {table}")
        base.execute(f"DELETE FROM {table}")
    bulletins, lignes = (
        base.execute(f"SELECT max(id) FROM modele_{table}").fetchone()[0]
        for table in ("bulletin", "ligne_bulletin")
    )
    with _sans_index(base, "ligne_bulletin"), _sans_index(base, "bulletin"):
        for rang, m in enumerate(mois):
            decalage = rang * bulletins
            remplaces = {"id": f"id + {decalage}", "annee": str(m.annee), "mois": str(m.mois)}
            if m != courant:
                fin = f"{m.fin:%Y-%m-%d}"
                remplaces |= {
                    "etat": "'valide'",
                    "calcule_a": f"'{fin} 08:00:00.000000'",
                    "valide_a": f"'{fin} 09:00:00.000000'",
                    "valide_par": "'Mesure'",
                    "paye_le": f"'{fin}'",
                }
            _copier(base, "bulletin", remplaces)
            suite = {"id": f"id + {rang * lignes}", "bulletin_id": f"bulletin_id + {decalage}"}
            _copier(base, "ligne_bulletin", suite)
    base.execute("COMMIT")
    base.execute("PRAGMA journal_mode = WAL")


def _allonger_les_contrats(base: sqlite3.Connection, premier: Mois) -> None:
    """Keep the contracts that are paid alone, begun before the first month."""
    payes = "SELECT contrat_id FROM bulletin"
    base.execute(
        f"UPDATE contrat SET debut_le = min(debut_le, ?) WHERE id IN ({payes})",
        (premier.debut.isoformat(),),
    )
    for table in ("rattachement", "saisie_mois", "reprise_conges"):
        base.execute(f"DELETE FROM {table} WHERE contrat_id NOT IN ({payes})")
    base.execute(f"DELETE FROM contrat WHERE id NOT IN ({payes})")


def _copier(base: sqlite3.Connection, table: str, remplaces: Mapping[str, str]) -> None:
    noms = [c[1] for c in base.execute(f"PRAGMA table_info({table})")]
    valeurs = ", ".join(remplaces.get(n, n) for n in noms)
    base.execute(f"INSERT INTO {table} SELECT {valeurs} FROM modele_{table} ORDER BY id")


@contextmanager
def _sans_index(base: sqlite3.Connection, table: str) -> Iterator[None]:
    """Fill a table without its indexes, made again at the end: ten times faster."""
    index = base.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> '' AND tbl_name = ?",
        (table,),
    ).fetchall()
    for nom, _ in index:
        base.execute(f"DROP INDEX {nom}")
    yield
    for _, sql in index:
        base.execute(sql)


def main() -> None:
    """Make the base asked for, say where it is."""
    defaut = Taille()
    lecteur = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    lecteur.add_argument("--employeurs", type=int, default=defaut.employeurs)
    lecteur.add_argument("--salaries", type=int, default=defaut.salaries)
    lecteur.add_argument("--mois", type=int, default=defaut.mois)
    lecteur.add_argument("--dossier", type=Path, default=CACHE)
    lecteur.add_argument("--refaire", action="store_true")
    choix = lecteur.parse_args()
    taille = Taille(choix.employeurs, choix.salaries, choix.mois)
    if choix.refaire:
        shutil.rmtree(choix.dossier / taille.nom(aujourd_hui()), ignore_errors=True)
    depart, processeur = time.perf_counter(), time.process_time()
    dossier = fabriquer(taille, cache=choix.dossier)
    secondes, cpu = time.perf_counter() - depart, time.process_time() - processeur
    with closing(sqlite3.connect(dossier / NOM_FICHIER)) as base:
        bulletins, lignes = (
            base.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("bulletin", "ligne_bulletin")
        )
    octets = (dossier / NOM_FICHIER).stat().st_size
    print(f"{dossier}\n{bulletins} bulletins, {lignes} lignes, {octets / 1e9:.1f} Go", end="")
    print(f" ({secondes:.0f} s, processeur {cpu:.0f} s)")


if __name__ == "__main__":
    main()

"""Volumes: demonstration, spreadsheet import and lists, each beside what the machine can do.

Run by `build/bench`. Prints seconds and ratios; asserts nothing.
- Demonstration: 500 employers and 10 000 employees; peer: the same rows copied by SQL alone.
- Import: a workbook of 2 000 employees; peer: openpyxl reading that very workbook.
- Lists: first page, search and last page of 10 000 employees; peer: SQLite counting the table.
"""

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median

from openpyxl import Workbook, load_workbook

from app.assemblage import Programme, ouvrir
from app.demonstration.service import remplir
from app.importations.service import Demande, importer
from app.salaries.service import lister_salaries
from app.socle.listes import Vue

FOIS = 5
IMPORTES = 2_000
ENTETES = (
    *("SIRET employeur", "Civilité", "Nom", "Prénoms", "NIR", "Né le"),
    *("CP", "Ville", "Adresse", "Courriel"),
)


def chronometrer(travail: Callable[[], object], fois: int = 1) -> float:
    """Return the median duration of some work, in seconds."""
    durees = []
    for _ in range(fois):
        depart = time.perf_counter()
        travail()
        durees.append(time.perf_counter() - depart)
    return median(durees)


def dire(nom: str, secondes: float, pair: str, temoin: float) -> None:
    """Print a measure beside its peer's, and their ratio."""
    print(f"{nom:<34}{secondes:>9.3f} s   {pair} {temoin:.3f} s   × {secondes / temoin:.1f}")


@contextmanager
def programme(dossier: Path) -> Iterator[Programme]:
    """Open the program on a folder, and close it."""
    ouvert = ouvrir(dossier)
    yield ouvert
    ouvert.fermer()


def mesurer_demonstration(ouvert: Programme) -> None:
    """Fill the base, then copy the same rows by SQL alone."""

    def creer() -> None:
        with ouvert.transaction() as t:
            remplir(t, employeurs=500, salaries=10_000, aujourd_hui=t.aujourd_hui, bulletins=False)

    secondes = chronometrer(creer)
    with closing(sqlite3.connect(ouvert.magasin.chemin)) as source:
        tables = {
            nom: source.execute(f"SELECT * FROM {nom}").fetchall()  # noqa: S608 -- our names
            for nom in ("employeur", "organisme_employeur", "salarie", "contrat", "journal")
        }

    def copier() -> None:
        with (
            tempfile.TemporaryDirectory() as dossier,
            closing(sqlite3.connect(Path(dossier) / "copie.sqlite3")) as cible,
        ):
            for nom, lignes in tables.items():
                colonnes = ", ".join(f"c{i}" for i in range(len(lignes[0])))
                cible.execute(f"CREATE TABLE {nom} ({colonnes})")
                places = ", ".join("?" * len(lignes[0]))
                cible.executemany(f"INSERT INTO {nom} VALUES ({places})", lignes)  # noqa: S608
            cible.commit()

    dire("500 employeurs, 10 000 salariés", secondes, "SQL seul", chronometrer(copier))


def classeur(ouvert: Programme, fichier: Path) -> None:
    """Write a workbook of employees of the first employer, with valid NIR taken elsewhere."""
    with closing(sqlite3.connect(ouvert.magasin.chemin)) as base:
        (siret,) = base.execute("SELECT siret FROM employeur ORDER BY id LIMIT 1").fetchone()
        lignes = base.execute(
            "SELECT civilite, nom_naissance, prenoms, nir, ne_le, code_postal, commune, "
            "voie, courriel FROM salarie WHERE nir <> '' AND employeur_id > 1 LIMIT ?",
            (IMPORTES,),
        ).fetchall()
    livre = Workbook(write_only=True)
    feuille = livre.create_sheet()
    feuille.append(ENTETES)
    for ligne in lignes:
        feuille.append([siret, *ligne])
    livre.save(fichier)


def mesurer_importation(ouvert: Programme, fichier: Path) -> None:
    """Import the workbook; its peer only reads the cells."""
    bilan = []

    def faire() -> None:
        with ouvert.transaction() as t:
            bilan.append(importer(t, Demande("salaries", fichier, fichier.name)))

    def lire() -> None:
        livre = load_workbook(fichier, read_only=True)
        for _ in livre.worksheets[0].iter_rows(values_only=True):
            pass
        livre.close()

    secondes = chronometrer(faire)
    nom = f"Import de {bilan[0].creees} salariés"
    dire(nom, secondes, "lecture openpyxl", chronometrer(lire, FOIS))


def mesurer_listes(ouvert: Programme) -> None:
    """Ask pages of the list of employees; the peer counts the table."""
    with closing(sqlite3.connect(ouvert.magasin.chemin)) as base:
        compter = "SELECT count(*) FROM salarie WHERE recherche LIKE '%martin%'"
        temoin = chronometrer(lambda: base.execute(compter).fetchone(), 50)
    vues = {
        "Liste des salariés, page 1": Vue(),
        "Recherche « martin »": Vue(recherche="martin"),
        "Tri par emploi, dernière page": Vue(tri="emploi", page=9_999),
        "Présents aujourd'hui": Vue(filtres=(("presents", "1"),)),
    }
    for nom, vue in vues.items():

        def demander(vue: Vue = vue) -> None:
            with ouvert.transaction() as t:
                lister_salaries(t, vue)

        dire(nom, chronometrer(demander, FOIS), "comptage SQLite", temoin)


def main() -> None:
    """Run every measure on one base."""
    with tempfile.TemporaryDirectory() as temporaire:
        dossier = Path(temporaire)
        with programme(dossier / "donnees") as ouvert:
            mesurer_demonstration(ouvert)
            fichier = dossier / "salaries.xlsx"
            classeur(ouvert, fichier)
            mesurer_importation(ouvert, fichier)
            mesurer_listes(ouvert)


if __name__ == "__main__":
    main()

"""The correspondence applied to many employers, and undone.

Run by `build/bench`, or by hand: `PYTHONPATH=. .venv/bin/python tests/bench/bench_opco.py
[EMPLOYEURS]`. Prints seconds and ratios; asserts nothing.
Peer: the same rows changed by plain SQL updates, one per row, in one transaction: no decision,
no journal, no trace to undo by.
"""

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from app.assemblage import Programme, ouvrir
from app.employeurs import service as employeurs
from app.opco import service
from app.salaries import service as salaries

T = TypeVar("T")
EMPLOYEURS = 500
METIERS = (
    ("2511", "Uniformation"),
    ("1518", "Opcalia"),
    ("2941", "Agefos PME"),
    ("0413", "Unifaf"),
)


def chronometrer(travail: Callable[[], T]) -> tuple[float, T]:
    """Return how long some work took, in seconds, and what it gave."""
    depart = time.perf_counter()
    rendu = travail()
    return time.perf_counter() - depart, rendu


def dire(nom: str, secondes: float, temoin: float) -> None:
    """Print a measure beside its peer's, and their ratio."""
    ratio = secondes / temoin
    print(f"{nom:<44}{secondes:>9.3f} s   UPDATE seuls {temoin:.3f} s   × {ratio:.1f}")


def peupler(ouvert: Programme, combien: int) -> None:
    """Fill the base: employers to change, each with its line and an employee with a caisse."""
    fiches = [
        {"raison_sociale": f"Association {i}", "idcc": idcc, "opco": opco}
        for i in range(combien)
        for idcc, opco in [METIERS[i % len(METIERS)]]
    ]
    with ouvert.transaction() as t:
        dossier = employeurs.creer_dossier(t, {"nom": "Mesure"})
        numeros = employeurs.ajouter_en_masse(t, dossier, fiches)
        opco = [fiche["opco"] for fiche in fiches]
        lignes = [
            {"employeur_id": n, "nature": "formation", "nom": o}
            for n, o in zip(numeros, opco, strict=True)
        ]
        employeurs.ajouter_organismes_en_masse(t, lignes)
        identite = {"civilite": "m", "nom_naissance": "Durand", "prenoms": "Luc"}
        caisses = [
            identite | {"employeur_id": n, "opco": o} for n, o in zip(numeros, opco, strict=True)
        ]
        salaries.ajouter_en_masse(t, caisses)


def temoin(base: Path) -> float:
    """Return how long plain updates of the same rows take; they are rolled back."""
    tables = (("employeur", "opco"), ("organisme_employeur", "reference"), ("salarie", "opco"))
    with closing(sqlite3.connect(base)) as connexion:
        numeros = {
            table: connexion.execute(f"SELECT id FROM {table}").fetchall()  # noqa: S608 -- our names
            for table, _ in tables
        }

        def changer() -> None:
            for table, colonne in tables:
                ordre = f"UPDATE {table} SET {colonne} = 'AFDAS' WHERE id = ?"  # noqa: S608 -- our names
                for numero in numeros[table]:
                    connexion.execute(ordre, numero)

        duree, _ = chronometrer(changer)
        connexion.rollback()
    return duree


def mesurer(ouvert: Programme) -> None:
    """Preview, apply, apply again, undo; each beside the plain updates of the same run."""
    seuls = temoin(ouvert.magasin.chemin)

    def examiner() -> int:
        with ouvert.transaction() as t:
            return len(service.examiner(t).changees)

    def appliquer() -> int:
        with ouvert.transaction() as t:
            return service.appliquer(t).id or 0

    duree, combien = chronometrer(examiner)
    dire(f"Prévisualiser, {combien} employeurs à changer", duree, seuls)
    duree, numero = chronometrer(appliquer)
    dire("Appliquer", duree, seuls)
    duree, _ = chronometrer(appliquer)
    dire("Appliquer encore, rien à changer", duree, seuls)

    def annuler() -> int:
        with ouvert.transaction() as t:
            return service.annuler_application(t, numero).rendues

    duree, rendues = chronometrer(annuler)
    dire(f"Annuler, {rendues} lignes", duree, seuls)


def main() -> None:
    """Measure in a temporary folder."""
    combien = int(sys.argv[1]) if len(sys.argv) > 1 else EMPLOYEURS
    with tempfile.TemporaryDirectory() as temporaire:
        ouvert = ouvrir(Path(temporaire) / "donnees")
        try:
            peupler(ouvert, combien)
            mesurer(ouvert)
        finally:
            ouvert.fermer()


if __name__ == "__main__":
    main()

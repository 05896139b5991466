"""A very long result: run, looked at, sorted, filtered, exported.

Run by `build/bench`, or by hand: `PYTHONPATH=. .venv/bin/python tests/bench/bench_extractions.py
[LIGNES]`. Prints seconds and ratios; asserts nothing.
- Run and exports; peer: the same SELECT written by Python's csv module, nothing else.
- Windows, sorts and filters; peer: the same lines ordered by SQLite alone.
"""

import csv
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from app.assemblage import Programme, ouvrir
from app.extractions import service
from app.extractions.documents import FORMATS
from app.extractions.rules import Presentation, Requete, ValeurParametre, lire_presentation
from app.extractions.service import Resultat, catalogue

T = TypeVar("T")
LIGNES = 1_000_000
SQL = """/*---
numero: 900
titre: Mesure
theme: Mesures
description: Des lignes comme celles d'un livre de paie.
parametres:
  - {nom: combien, libelle: Combien, type: entier, defaut: 1}
---*/
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :combien)
SELECT
    'Association ' || (i * 7919 % 9973) AS raison_sociale,
    printf('%014d', i) AS siret,
    iif(i % 3, 'École de musique', 'Centre social') AS activite,
    date('2000-01-01', '+' || (i % 9000) || ' days') AS debut_le,
    i * 37 % 1000003 AS salaire_centimes,
    i % 99 AS nombre_bulletins
FROM n
ORDER BY i
"""


def chronometrer(travail: Callable[[], T]) -> tuple[float, T]:
    """Return how long some work took, in seconds, and what it gave."""
    depart = time.perf_counter()
    rendu = travail()
    return time.perf_counter() - depart, rendu


def dire(nom: str, secondes: float, pair: str, temoin: float) -> None:
    """Print a measure beside its peer's, and their ratio."""
    print(f"{nom:<34}{secondes:>9.3f} s   {pair} {temoin:.3f} s   × {secondes / temoin:.2f}")


def mesurer(ouvert: Programme, requete: Requete, combien: int, dossier: Path) -> None:
    """Run every measure on one base."""
    base = ouvert.magasin.chemin

    def copier() -> None:
        with (
            closing(service.ouvrir_base(base)) as connexion,
            (dossier / "temoin.csv").open("w", encoding="utf-8", newline="") as fichier,
        ):
            sortie = csv.writer(fichier, delimiter=";")
            sortie.writerows(connexion.execute(requete.sql, {"combien": combien}))

    temoin, _ = chronometrer(copier)
    valeurs = [ValeurParametre("combien", "Combien", combien, str(combien))]
    duree, resultat = chronometrer(lambda: service.executer_requete(base, requete, valeurs))
    dire(f"Exécuter, {combien} lignes", duree, "SELECT + csv", temoin)
    regarder(resultat)
    for genre in FORMATS:
        chemin = dossier / f"export.{genre.code}"
        duree, _ = chronometrer(lambda g=genre, c=chemin: service.exporter(resultat, g.code, c))  # type: ignore[misc]
        dire(f"Exporter en {genre.code.upper()}", duree, "SELECT + csv", temoin)


def regarder(resultat: Resultat) -> None:
    """Ask windows of the screen: as it is, sorted, filtered."""
    with closing(sqlite3.connect(resultat.dossier / "lignes.sqlite3")) as connexion:
        ordonner = "SELECT ligne FROM lignes ORDER BY c4"
        temoin, _ = chronometrer(lambda: connexion.execute(ordonner).fetchone())
    vues = {
        "Première fenêtre": ({}, 0),
        "Fenêtre du milieu": ({}, resultat.total // 2),
        "Tri d'un montant": ({"tri": "salaire_centimes"}, 0),
        "Le même, fenêtre du milieu": ({"tri": "salaire_centimes"}, resultat.total // 2),
        "Tri d'un texte": ({"tri": "raison_sociale"}, 0),
        "Filtre d'un texte accentué": ({"filtres": {"activite": "ecole"}}, 0),
        "Filtre d'une année": ({"filtres": {"debut_le": "2010"}}, 0),
    }
    for nom, (demande, debut) in vues.items():
        vue: Presentation = lire_presentation(resultat.colonnes, **demande)[0]  # type: ignore[arg-type]
        duree, _ = chronometrer(lambda v=vue, d=debut: service.montrer(resultat, v, d, 200))  # type: ignore[misc]
        dire(nom, duree, "ORDER BY seul", temoin)


def main() -> None:
    """Measure on an empty base, in a temporary folder."""
    combien = int(sys.argv[1]) if len(sys.argv) > 1 else LIGNES
    with tempfile.TemporaryDirectory() as temporaire:
        dossier = Path(temporaire)
        (dossier / "900_mesure.sql").write_text(SQL, encoding="utf-8")
        (requete,) = catalogue.lire_requetes(dossier)
        ouvert = ouvrir(dossier / "donnees")
        try:
            mesurer(ouvert, requete, combien, dossier)
        finally:
            ouvert.fermer()


if __name__ == "__main__":
    main()

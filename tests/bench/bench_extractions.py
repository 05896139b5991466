"""A very long result: run, looked at, sorted, filtered, exported.

Run by `build/bench`, or by hand: `PYTHONPATH=. .venv/bin/python tests/bench/bench_extractions.py
[LIGNES [PASSES [ECRIVAIN…]]]`. Prints seconds and ratios; asserts nothing. Each peer works in
the same run:
- Run: the same SELECT written by Python's csv module, nothing else.
- Windows, sorts and filters: the same lines ordered by SQLite alone.
- TXT, CSV and XML: the `sqlite3` command-line tool writing the same lines as CSV.
- XLSX: every writer of `ecrivains_xlsx.py` that is installed, one process each.
Passes are interleaved and the best of each is kept: other programs disturb all alike.
"""

import csv
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

from app.assemblage import Programme, ouvrir
from app.extractions import service
from app.extractions.rules import Presentation, Requete, ValeurParametre, lire_presentation
from app.extractions.service import Resultat, catalogue
from tests.bench import ecrivains_xlsx

T = TypeVar("T")
LIGNES = 1_000_000
PASSES = 2
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
    printf('%04d', i * 31 % 2700) AS idcc,
    iif(i % 3, 'École de musique', 'Centre social & culturel') AS activite,
    'Nom ' || (i * 104729 % 1000003) AS nom,
    date('2000-01-01', '+' || (i % 9000) || ' days') AS debut_le,
    iif(i % 4, NULL, date('2024-01-01', '+' || (i % 700) || ' days')) AS fin_le,
    i * 37 % 1000003 AS salaire_centimes,
    i * 41 % 1000003 AS net_centimes,
    i * 13 % 99991 AS taux_millioniemes,
    15167 - i % 5000 AS heures_centiemes,
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


def mesurer(ouvert: Programme, requete: Requete, combien: int, passes: int, dossier: Path) -> None:
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
    exporter_en_texte(resultat, passes, dossier)
    exporter_en_classeur(resultat, passes, dossier)


def regarder(resultat: Resultat) -> None:
    """Ask windows of the screen: as it is, sorted, filtered."""
    with closing(sqlite3.connect(resultat.dossier / "lignes.sqlite3")) as connexion:
        ordonner = "SELECT ligne FROM lignes ORDER BY c7"
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


def exporter_en_texte(resultat: Resultat, passes: int, dossier: Path) -> None:
    """Write TXT, CSV and XML beside the command-line tool of SQLite."""
    outil = shutil.which("sqlite3")
    if outil is None:
        print("sqlite3 (ligne de commande) n'est pas installé : TXT, CSV et XML sans témoin.")
        return
    champs = ", ".join(f"c{i}" for i in range(len(resultat.colonnes)))
    commande = [outil, "-csv", str(resultat.dossier / "lignes.sqlite3")]
    commande.append(f"SELECT {champs} FROM lignes ORDER BY ligne")  # noqa: S608 -- our own names

    def temoigner() -> None:
        with (dossier / "outil.csv").open("wb") as fichier:
            subprocess.run(commande, stdout=fichier, check=True)

    travaux: dict[str, Callable[[], object]] = {"sqlite3": temoigner}
    for code in ("txt", "csv", "xml"):
        travaux[code] = lambda c=code: service.exporter(resultat, c, dossier / f"export.{c}")  # type: ignore[misc]
    durees = _meilleures(travaux, passes)
    for code in ("txt", "csv", "xml"):
        dire(f"Exporter en {code.upper()}", durees[code], "sqlite3 -csv", durees["sqlite3"])


def _meilleures(travaux: dict[str, Callable[[], object]], passes: int) -> dict[str, float]:
    """Return the shortest time of each work, all of them done once in each pass."""
    durees: dict[str, list[float]] = {nom: [] for nom in travaux}
    for _ in range(passes):
        for nom, travail in travaux.items():
            durees[nom].append(chronometrer(travail)[0])
    return {nom: min(d) for nom, d in durees.items()}


def exporter_en_classeur(resultat: Resultat, passes: int, dossier: Path) -> None:
    """Write XLSX by every writer, each in a process of its own."""
    lues: dict[str, list[dict[str, Any]]] = {
        nom: [] for nom in sys.argv[3:] or ecrivains_xlsx.presents()
    }
    for _ in range(passes):
        for nom, mesures in lues.items():
            commande = [sys.executable, ecrivains_xlsx.__file__, nom, str(resultat.dossier)]
            sortie = subprocess.run(
                [*commande, str(dossier / f"{nom}.xlsx")],
                capture_output=True,
                check=True,
                text=True,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
            ).stdout
            mesures.append(json.loads(sortie.splitlines()[-1]))
            (dossier / f"{nom}.xlsx").unlink()
    meilleures = {nom: min(m, key=lambda x: float(x["secondes"])) for nom, m in lues.items()}
    plus_rapide = min(m["secondes"] for m in meilleures.values())
    for nom, m in meilleures.items():
        vitesse = resultat.total / m["secondes"]
        print(
            f"XLSX, {ecrivains_xlsx.ECRIVAINS[nom][0]:<34}{m['secondes']:>8.2f} s"
            f"   {vitesse:>8.0f} lignes/s   processeur {m['processeur']:.1f} s"
            f"   {m['octets'] / 1e6:.0f} Mo   mémoire +{m['memoire']:.0f} Mio"
            f" ({m['memoire_totale']:.0f} en tout)"
            f"   × {m['secondes'] / plus_rapide:.2f}"
        )


def main() -> None:
    """Measure on an empty base, in a temporary folder."""
    combien = int(sys.argv[1]) if len(sys.argv) > 1 else LIGNES
    passes = int(sys.argv[2]) if len(sys.argv) > 2 else PASSES
    with tempfile.TemporaryDirectory() as temporaire:
        dossier = Path(temporaire)
        (dossier / "900_mesure.sql").write_text(SQL, encoding="utf-8")
        (requete,) = catalogue.lire_requetes(dossier)
        ouvert = ouvrir(dossier / "donnees")
        try:
            mesurer(ouvert, requete, combien, passes, dossier)
        finally:
            ouvert.fermer()
    print(f"Charge de la machine : {os.getloadavg()[0]:.1f} pour {os.cpu_count()} cœurs.")


if __name__ == "__main__":
    main()

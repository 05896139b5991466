"""Payroll: one payslip beside the public model's, then a month of 10 000 employees.

Run by `build/bench`. Both engines compute the same cases (`tests/oracle/attendus.json`) in the
same run, on one core, warm, in time of processor, which other programs lengthen little:
modele-social with one engine reused, its totals and the lines that `tests/oracle` compares;
ours from the same facts to the whole bulletin. Skipped, with a word, when node or its registry
is absent. Then a month of at least 10 000 bulletins is computed and
written to the base, after another one whose figures it continues.
Fails when ours is less than 400 times as fast, or the month takes 15 s or more.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.assemblage import ouvrir
from app.demonstration.service import remplir
from app.noyau.periodes import Mois
from app.paie.rules.cas import lire_cas
from app.paie.service.baremes import moteur
from app.paie.service.calculer import calculer_le_mois

RACINE = Path(__file__).resolve().parents[2]
ORACLE = RACINE / "tests" / "oracle" / "attendus.json"
MODELE = Path(__file__).with_name("modele_social.mjs")
CACHE = RACINE / ".cache" / "bench-paie"
PAQUETS = ("modele-social@11.1.0", "publicodes@1.10.3")
RAPPORT_VOULU = 400
SECONDES_PERMISES = 15.0
FOIS = 5
FOIS_DU_MODELE = 2
PASSES = 40
EMPLOYEURS, SALARIES = 500, 17_000
"""Those who left are counted: over 10 000 are paid in the month."""
LE_JOUR = date(2026, 6, 15)
LIGNES = (
    *("maladie", "ATMP", "allocations familiales", "vieillesse", "retraite complémentaire"),
    *("CEG", "CET", "chômage", "AGS", "APEC", "CSA", "FNAL", "contribution au dialogue social"),
    *("formation professionnelle", "CPF CDD", "taxe d'apprentissage", "PEEC", "forfait social"),
    *("prévoyances", "CSG-CRDS", "exonérations . RGDU"),
    "exonérations . heures supplémentaires",
)
"""Lines of the model that a bulletin of ours bears too."""


def installer_le_modele() -> str:
    """Install the public model when it is missing; returns why not, "" when it is there."""
    if not shutil.which("node") or not shutil.which("npm"):
        return "node et npm ne sont pas installés"
    if all((CACHE / "node_modules" / p.partition("@")[0]).is_dir() for p in PAQUETS):
        return ""
    CACHE.mkdir(parents=True, exist_ok=True)
    commande = ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", *PAQUETS]
    fini = subprocess.run(
        [*commande, "--prefix", str(CACHE)],
        cwd=CACHE,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return "" if fini.returncode == 0 else "le registre de paquets de node ne répond pas"


def mesurer_le_modele() -> tuple[float, int]:
    """Return the seconds of one payslip of the public model, and how many names it evaluates."""
    copie = shutil.copy(MODELE, CACHE)  # node looks for packages from the script's own folder
    lignes = CACHE / "lignes.json"
    lignes.write_text(json.dumps(LIGNES, ensure_ascii=False), encoding="utf-8")
    commande = ["node", str(copie), str(ORACLE), str(lignes), str(FOIS_DU_MODELE)]
    fini = subprocess.run(
        commande, cwd=CACHE, stdout=subprocess.PIPE, text=True, timeout=600, check=True
    )
    mesure = json.loads(fini.stdout)
    return mesure["ms"] / 1_000, mesure["names"]


def mesurer_le_notre() -> tuple[float, float]:
    """Return the seconds of one payslip of ours: from its facts, and from the written case."""
    machine = moteur()
    ecrits: list[dict[str, Any]] = json.loads(ORACLE.read_text("utf-8"), parse_float=Decimal)
    cas = [{"id": c["id"], **c["cas"]} for c in ecrits if "statut" not in c["cas"]]
    dossiers = [lire_cas(c, machine.baremes) for c in cas]
    calculs, lectures = [], []
    for _ in range(FOIS):
        depart = time.process_time()
        for _ in range(PASSES):
            for dossier in dossiers:
                machine.calculer(dossier)
        milieu = time.process_time()
        for _ in range(PASSES):
            for c in cas:
                machine.calculer(lire_cas(c, machine.baremes))
        fin = time.process_time()
        calculs.append((milieu - depart) / PASSES / len(cas))
        lectures.append((fin - milieu) / PASSES / len(cas))
    return min(calculs), min(lectures)


def comparer() -> bool:
    """Measure both engines; tells whether ours is fast enough (or alone)."""
    calcul, lecture = mesurer_le_notre()
    print(f"{'Clairpaie, un bulletin':<34}{calcul * 1e6:>9.1f} µs")
    print(f"{'  avec la lecture du cas':<34}{lecture * 1e6:>9.1f} µs")
    manque = installer_le_modele()
    if manque:
        print(f"modele-social : non mesuré ({manque}).")
        return True
    modele, noms = mesurer_le_modele()
    print(f"{'modele-social 11.1.0, un bulletin':<34}{modele * 1e6:>9.1f} µs   ({noms} valeurs)")
    print(f"{'Rapport':<34}× {modele / calcul:.0f}   (au moins × {RAPPORT_VOULU})")
    print(f"{'  avec la lecture du cas':<34}× {modele / lecture:.0f}")
    return modele / calcul >= RAPPORT_VOULU


def calculer_deux_mois(dossier: Path) -> None:
    """Compute two months in a row in this process; prints the second one's figures as JSON."""
    ouvert = ouvrir(dossier)
    for mois in (Mois(2026, 1), Mois(2026, 2)):
        depart, depart_cpu = time.perf_counter(), time.process_time()
        with ouvert.transaction() as t:
            combien = calculer_le_mois(t, mois).calcules
        secondes, processeur = time.perf_counter() - depart, time.process_time() - depart_cpu
    ouvert.fermer()
    kio = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    mesure = {"bulletins": combien, "secondes": secondes, "processeur": processeur}
    print(json.dumps(mesure | {"memoire_mo": kio / 1_000}))


def mesurer_le_mois() -> bool:
    """Fill a base, compute a month of it in a process apart; tells whether it is fast enough."""
    with tempfile.TemporaryDirectory() as lieu:
        dossier = Path(lieu) / "donnees"
        ouvert = ouvrir(dossier)
        with ouvert.transaction() as t:
            remplir(
                t, employeurs=EMPLOYEURS, salaries=SALARIES, aujourd_hui=LE_JOUR, bulletins=False
            )
        ouvert.fermer()
        commande = [sys.executable, __file__, str(dossier)]
        fini = subprocess.run(commande, stdout=subprocess.PIPE, text=True, timeout=600, check=True)
    m = json.loads(fini.stdout)
    print(
        f"{'Un mois, ' + str(m['bulletins']) + ' bulletins écrits':<34}{m['secondes']:>9.2f} s"
        f"    ({m['bulletins'] / m['secondes']:.0f} par seconde ; "
        f"moins de {SECONDES_PERMISES:.0f} s)"
    )
    print(f"{'  dont temps de processeur':<34}{m['processeur']:>9.2f} s")
    print(f"{'Mémoire au plus haut':<34}{m['memoire_mo']:>9.0f} Mo")
    return bool(m["bulletins"] >= 10_000 and m["secondes"] < SECONDES_PERMISES)


def main() -> int:
    """Measure and print; returns 1 when something is too slow."""
    if len(sys.argv) > 1:
        calculer_deux_mois(Path(sys.argv[1]))
        return 0
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # node is held to it too
    return int(not all([comparer(), mesurer_le_mois()]))


if __name__ == "__main__":
    sys.exit(main())

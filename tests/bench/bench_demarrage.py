"""Start-up: from the launch of the process to the first painted page.

Run by `build/bench`, on a screen. Clairpaie on the demonstration dossier (400 employees) beside
the least that such a program can be: pywebview and Flask that say « Bonjour ». Both are started
in turn, several times; a page is painted when two frames have been drawn after its load.
Fails when the median of Clairpaie is over twice the other's.
"""

import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median

from app.assemblage import ouvrir
from app.demonstration.service import remplir

FOIS = 9
LIMITE = 2.0
LE_JOUR = date(2026, 6, 15)
LANCEUR = Path(__file__).with_name("lanceur.py")


def demarrer(programme: str, dossier: Path) -> float:
    """Start a program, wait for its first painted page; returns the seconds it took."""
    depart = time.monotonic()
    commande = [sys.executable, str(LANCEUR), programme, str(dossier)]
    fini = subprocess.run(
        commande,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        timeout=60,
        check=True,
    )
    return float(fini.stdout.split()[-1]) - depart


def main() -> int:
    """Measure and print; returns 1 when Clairpaie is too slow."""
    with tempfile.TemporaryDirectory() as lieu:
        dossier = Path(lieu) / "donnees"
        ouvert = ouvrir(dossier)
        with ouvert.transaction() as t:
            remplir(t, employeurs=40, salaries=400, aujourd_hui=LE_JOUR)
        ouvert.fermer()
        durees: dict[str, list[float]] = {"bonjour": [], "clairpaie": []}
        for _ in range(FOIS):
            for programme, mesures in durees.items():
                mesures.append(demarrer(programme, dossier))
    for programme, mesures in durees.items():
        etendue = f"{min(mesures):.2f} à {max(mesures):.2f}"
        print(f"{programme:<34}{median(mesures):>9.3f} s   ({FOIS} fois, {etendue} s)")
    rapport = median(durees["clairpaie"]) / median(durees["bonjour"])
    print(f"{'Démarrage':<34}× {rapport:.2f}   (au plus × {LIMITE:.1f})")
    return int(rapport > LIMITE)


if __name__ == "__main__":
    sys.exit(main())

"""Start-up of the frozen program beside the same program from source.

Both are watched in the same way, from outside: Chromium's own protocol says when the first page
is loaded and has drawn two frames (the port is asked every 20 ms). They start in turn, several
times, on the demonstration dossier. Fails when the frozen one is over 1.5 times the other.
Says so, and measures nothing, where `packaging/construire` made nothing.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from app.assemblage import ouvrir
from app.demonstration.service import remplir
from tests.bench.bench_demarrage import LE_JOUR
from tests.e2e.desktop.pilote import PageDeFenetre, jusqua, pages, port_libre

RACINE = Path(__file__).resolve().parents[2]
FOIS = 7
LIMITE = 1.5
PROGRAMME = RACINE / ".cache" / "bundle" / "sortie" / "clairpaie" / "clairpaie"
PEINT = "new Promise(fini => requestAnimationFrame(() => requestAnimationFrame(() => fini(1))))"


def demarrer(commande: list[str]) -> float:
    """Start a program, wait for its first painted page, stop it; returns the seconds it took."""
    port = port_libre()
    env = {**os.environ, "QTWEBENGINE_REMOTE_DEBUGGING": f"127.0.0.1:{port}"}
    depart = time.monotonic()
    with subprocess.Popen(
        commande, env=env, cwd=RACINE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as processus:
        try:
            adresse = jusqua(lambda: _notre_page(port), "aucune page", pas=0.02)
            with PageDeFenetre(adresse) as page:
                page.attendre("document.readyState === 'complete' && !!document.body?.innerText")
                page.attendre(PEINT)
            return time.monotonic() - depart
        finally:
            processus.terminate()


def _notre_page(port: int) -> str:
    return next((p["webSocketDebuggerUrl"] for p in pages(port) if "127.0.0.1" in p["url"]), "")


def main() -> int:
    """Measure and print; returns 1 when the frozen program is too slow."""
    if not PROGRAMME.is_file():
        print("Pas de programme autonome à mesurer : lancez packaging/construire.")
        return 0
    with tempfile.TemporaryDirectory() as lieu:
        dossier = Path(lieu) / "donnees"
        ouvert = ouvrir(dossier)
        with ouvert.transaction() as t:
            remplir(t, employeurs=40, salaries=400, aujourd_hui=LE_JOUR)
        ouvert.fermer()
        commandes = {
            "depuis les sources": [sys.executable, "-m", "app", "--donnees", str(dossier)],
            "programme autonome": [str(PROGRAMME), "--donnees", str(dossier)],
        }
        durees: dict[str, list[float]] = {nom: [] for nom in commandes}
        for tour in range(FOIS + 1):
            for nom, commande in commandes.items():
                duree = demarrer(commande)
                if tour:  # the first of each reads the disk
                    durees[nom].append(duree)
    for nom, mesures in durees.items():
        etendue = f"{min(mesures):.2f} à {max(mesures):.2f}"
        print(f"{nom:<34}{median(mesures):>9.3f} s   ({FOIS} fois, {etendue} s)")
    rapport = median(durees["programme autonome"]) / median(durees["depuis les sources"])
    print(f"{'Démarrage du paquet':<34}× {rapport:.2f}   (au plus × {LIMITE:.1f})")
    return int(rapport > LIMITE)


if __name__ == "__main__":
    sys.exit(main())

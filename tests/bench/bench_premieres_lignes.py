"""First lines of every query of the catalogue on 600 000 bulletins, in a real Chromium.

Run by `build/bench premieres_lignes`. For each query with its default values: from the click on
the eye to the first line painted (the grid, or the first lines while the others come), beside
what SQLite alone takes to give the same first lines, in the same run. Prints the slowest, and how
many are later than 300 ms; asserts nothing.
"""

import os
import shutil
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from app.assemblage import Programme, ouvrir
from app.desktop.serveur import Serveur
from app.extractions import service
from app.extractions.rules import Requete, sans_saisie
from tests.bench.volumes import fabriquer
from tests.e2e.conftest import CHROMIUM, OPTIONS

LIMITE = 300
"""Milliseconds."""
FOIS = 3
MONTREES = 15
GUETTER = """
document.addEventListener("click", (e) => {
  if (!e.target.closest("[data-visualiser]")) return;
  sessionStorage.clear();
  sessionStorage.depart = Date.now();
}, true);
const vue = () => document.querySelector(".premieres-lignes td")
  || [...document.querySelectorAll("[role=gridcell]")].some((c) => c.textContent.trim())
  || (document.querySelector(".grille") && document.body.textContent.includes("0 ligne"));
new MutationObserver(() => {
  if (!sessionStorage.depart || sessionStorage.arrivee || !vue()) return;
  requestAnimationFrame(() => requestAnimationFrame(() => {
    sessionStorage.arrivee ||= Date.now();
  }));
}).observe(document, { subtree: true, childList: true, characterData: true });
"""
"""Notes when the eye is clicked, and when a first line was painted (two frames later)."""


def par_sqlite(ouvert: Programme, requete: Requete) -> float:
    """Return how long SQLite takes to give the first lines, in milliseconds."""
    with ouvert.transaction() as t:
        valeurs = service.lire_demande(t, requete, {})
    durees = []
    for _ in range(FOIS):
        with closing(service.ouvrir_base(ouvert.magasin.chemin)) as base:
            depart = time.perf_counter()
            base.execute(requete.sql, {v.nom: v.valeur for v in valeurs}).fetchmany(200)
            durees.append(time.perf_counter() - depart)
    return 1_000 * min(durees)


def a_l_ecran(page: Any, adresse: str, requete: Requete) -> float:
    """Return how long a person waits for the first line, in milliseconds."""
    durees = []
    for _ in range(FOIS):
        page.goto(f"{adresse}/extractions/?requete={requete.numero}")
        page.wait_for_load_state("networkidle")
        page.locator("[data-visualiser]").click()
        page.wait_for_url("**/resultats/**", timeout=60_000)
        while (arrivee := page.evaluate("sessionStorage.arrivee || ''")) == "":
            page.wait_for_timeout(20)
        durees.append(int(arrivee) - int(page.evaluate("sessionStorage.depart")))
    return float(min(durees))


def mesurer(ouvert: Programme, serveur: Serveur) -> list[tuple[float, float, Requete]]:
    """Return for each query what a person waits, what SQLite takes, in milliseconds."""
    mesures = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
        contexte = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="fr-FR")
        contexte.add_init_script(GUETTER)
        page = contexte.new_page()
        page.goto(serveur.ouverture)
        for requete in service.lister_requetes():
            if sans_saisie(requete.parametres):
                ecran = a_l_ecran(page, serveur.adresse, requete)
                mesures.append((ecran, par_sqlite(ouvert, requete), requete))
        chromium.close()
    return sorted(mesures, key=lambda m: -m[0])


def main() -> None:
    """Measure on a copy of the large base: runs are noted in it."""
    source = fabriquer()
    with tempfile.TemporaryDirectory() as temporaire:
        dossier = Path(temporaire) / "donnees"
        shutil.copytree(source, dossier)
        ouvert = ouvrir(dossier)
        serveur = Serveur(ouvert)
        serveur.demarrer()
        mesures = mesurer(ouvert, serveur)
        serveur.arreter()
        ouvert.fermer()
    for ecran, sqlite, requete in mesures[:MONTREES]:
        print(f"{requete.designation:<60.60}{ecran:>6.0f} ms   SQLite seul {sqlite:>5.0f} ms")
    tardives = sum(ecran > LIMITE for ecran, _, _ in mesures)
    median = mesures[len(mesures) // 2][0]
    print(f"{len(mesures)} requêtes, médiane {median:.0f} ms ; {tardives} au-delà de {LIMITE} ms.")
    print(f"Charge de la machine : {os.getloadavg()[0]:.1f} pour {os.cpu_count()} cœurs.")


if __name__ == "__main__":
    main()

"""Extractions in a real Chromium: by the mouse, by the keyboard alone, on a very long result."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook

from app.extractions import service
from app.extractions.service import catalogue
from app.noyau.typographie import sans_accents

pytestmark = pytest.mark.e2e

LIGNES = 400_000
LONGUE = """/*---
numero: 900
titre: Très longue
theme: Essais
description: Assez de lignes pour que la barre de défilement soit à l'échelle.
parametres:
  - {nom: combien, libelle: Nombre de lignes, type: entier, defaut: 1}
---*/
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :combien)
SELECT 'Ligne ' || i AS nom, i AS nombre_rang, (i * 7919) % 1000003 AS salaire_centimes
FROM n ORDER BY nombre_rang
"""


@pytest.fixture
def longue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a query of 400 000 lines in the catalogue, under number 900."""
    (tmp_path / "900_longue.sql").write_text(LONGUE, encoding="utf-8")
    toutes = (*service.lister_requetes(), *catalogue.lire_requetes(tmp_path))
    monkeypatch.setattr(catalogue, "lister_requetes", lambda: toutes)
    monkeypatch.setattr(service, "lister_requetes", lambda: toutes)


def attendre(condition: Callable[[], bool], secondes: int = 20) -> None:
    """Look again until it is so: the pages' CSP forbids Playwright's own waiting."""
    fin = time.monotonic() + secondes
    while not condition():
        assert time.monotonic() < fin
        time.sleep(0.02)


def cellule(page: Any, rang: int, colonne: int) -> Any:
    """Return a cell of the grid, by rank from 0."""
    return page.locator(f".grille-corps [data-rang='{rang}'][data-colonne='{colonne}']")


def dernier_employeur(page: Any) -> str:
    """Return the last employer of the result by name, read apart from the grid."""
    adresse = page.url.partition("?")[0] + "/lignes"
    noms = [ligne[1] for ligne in page.request.get(adresse).json()["lignes"]]
    return str(max(noms, key=sans_accents))


def telecharger(page: Any, libelle: str, vers: Path) -> Path:
    """Export by the arrow, and keep the file under its name."""
    page.get_by_role("button", name="Exporter").click()
    with page.expect_download() as attendu:
        page.get_by_role("menuitem", name=re.compile(libelle)).click()
    chemin: Path = vers / attendu.value.suggested_filename
    attendu.value.save_as(chemin)
    page.get_by_role("button", name="Fermer").click()
    return chemin


@pytest.mark.exigence("E1", "E2", "E3", "E4", "E5", "E6", "E7", "O3")
def test_query_35_from_the_list_to_the_three_files(
    page: Any, photographier: Any, sans_obstacle: Any, tmp_path: Path
) -> None:
    """Choose, validate, run, dossier, validate, look, sort, filter, export by the arrow."""
    page.get_by_role("link", name="Extractions de données").click()
    executer = page.get_by_role("button", name="Exécuter une requête")
    assert executer.get_attribute("aria-disabled") == "true"
    page.get_by_role("combobox", name="Requête").fill("caisse opco")
    page.get_by_role("option", name=re.compile("Employeurs-caisse OPCO")).wait_for()
    photographier("extractions-liste")
    photographier("extractions-liste-sombre", theme="dark")
    sans_obstacle()
    page.get_by_role("option", name=re.compile("Employeurs-caisse OPCO")).click()
    assert executer.get_attribute("aria-disabled") == "true"
    page.get_by_role("button", name="Valider").click()
    page.get_by_text("Requête validée").wait_for()
    executer.click()

    fenetre = page.get_by_role("dialog", name="Paramètres de la requête")
    fenetre.get_by_role("button", name="Valider").click()
    fenetre.get_by_text("1 valeur est à corriger").wait_for()
    photographier("extractions-parametres")
    photographier("extractions-parametres-sombre", theme="dark")
    sans_obstacle()
    fenetre.get_by_label("Dossier de travail").select_option(label="Démonstration")
    fenetre.get_by_label("Situation au").fill("15/06/2026")
    fenetre.get_by_role("button", name="Valider").click()

    page.get_by_role("heading", name="Visualisation du résultat de la requête").wait_for()
    cellule(page, 0, 0).wait_for()
    assert page.locator("[data-compte]").inner_text() == "40 lignes"
    photographier("extractions-resultat")
    photographier("extractions-resultat-sombre", theme="dark")
    sans_obstacle()
    page.get_by_role("columnheader", name="Employeur").get_by_role("button").click()
    page.get_by_role("columnheader", name="Employeur").get_by_role("button").click()
    dernier = dernier_employeur(page)
    attendre(lambda: cellule(page, 0, 1).inner_text() == dernier)
    page.get_by_role("textbox", name="Filtrer la colonne IDCC").fill("=2511")
    attendre(lambda: "sur 40" in page.locator("[data-compte]").inner_text())
    combien = int(page.locator("[data-compte]").inner_text().split()[0])

    fichiers = [telecharger(page, f, tmp_path) for f in ("XLSX", "^Document XML$", "TXT")]
    tableur, document, texte = fichiers
    assert tableur.name.startswith("35. Employeurs-caisse OPCO - Démonstration - ")
    lignes = list(load_workbook(tableur).worksheets[0].iter_rows(min_row=2, values_only=True))
    assert [len(lignes), {x[3] for x in lignes}, {x[6] for x in lignes}] == [
        combien,
        {"2511"},
        {"AFDAS"},
    ]
    espace = "{urn:clairpaie:extraction:35}"
    noms = [e.text or "" for e in ET.parse(document).iter(f"{espace}raison_sociale")]  # noqa: S314
    assert noms == [x[1] for x in lignes] == sorted(noms, key=sans_accents, reverse=True)
    assert len(texte.read_text(encoding="utf-8-sig").splitlines()) == combien + 1


def ouvrir_au_clavier(page: Any) -> Any:
    """Run query 35 on the demonstration dossier by the keyboard; the grid has the focus."""
    clavier = page.keyboard
    clavier.press("Alt+6")
    page.get_by_role("combobox", name="Requête").wait_for()
    attendre(lambda: page.evaluate("document.activeElement.id") == "champ-requete")
    clavier.type("35")
    page.get_by_role("option", name=re.compile("Employeurs-caisse OPCO")).wait_for()
    clavier.press("Enter")
    clavier.press("Enter")
    attendre(lambda: "Exécuter une requête" in page.evaluate("document.activeElement.innerText"))
    clavier.press("Enter")
    page.get_by_role("dialog", name="Paramètres de la requête").wait_for()
    attendre(lambda: page.evaluate("document.activeElement.id") == "champ-dossier")
    clavier.type("Dém")
    clavier.press("Tab")
    clavier.press("Enter")
    cellule(page, 0, 0).wait_for()
    attendre(lambda: page.evaluate("document.activeElement.getAttribute('role')") == "grid")
    return clavier


@pytest.mark.exigence("E3", "E4", "E5", "E6", "G4")
def test_the_keyboard_alone_is_enough(page: Any, photographier: Any) -> None:
    """From the module to the clipboard and to a file, without the mouse."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    clavier = ouvrir_au_clavier(page)
    clavier.press("Control+End")
    attendre(lambda: cellule(page, 39, 9).count() == 1)
    active = page.locator("#grille-active")
    assert (active.get_attribute("data-rang"), active.get_attribute("data-colonne")) == ("39", "9")
    clavier.press("Control+Home")
    clavier.press("ArrowRight")
    clavier.press("Shift+ArrowDown")
    clavier.press("Shift+ArrowRight")
    attendu = [[cellule(page, r, c).inner_text() for c in (1, 2)] for r in (0, 1)]
    clavier.press("Control+c")
    page.get_by_text("2 lignes dans le presse-papiers").wait_for()
    copie = page.evaluate("navigator.clipboard.readText()")
    assert [ligne.split("\t") for ligne in copie.split("\n")] == attendu

    clavier.press("Control+Home")
    clavier.press("ArrowUp")
    clavier.type("zzz")
    clavier.press("Enter")
    page.get_by_text("Aucune ligne ne répond aux filtres").wait_for()
    photographier("extractions-vide")
    clavier.press("Escape")
    attendre(lambda: page.locator("[data-compte]").inner_text() == "40 lignes")
    clavier.press("ArrowUp")
    clavier.press("ArrowRight")
    largeur = page.get_by_role("columnheader", name="Employeur").bounding_box()["width"]
    clavier.press("Alt+ArrowRight")
    assert page.get_by_role("columnheader", name="Employeur").bounding_box()["width"] > largeur
    clavier.press("Enter")
    clavier.press("Enter")
    dernier = dernier_employeur(page)
    attendre(lambda: cellule(page, 0, 1).inner_text() == dernier)
    page.get_by_role("button", name="Exporter").focus()
    clavier.press("Enter")
    clavier.press("ArrowDown")
    clavier.press("ArrowDown")
    with page.expect_download() as attendu_fichier:
        clavier.press("Enter")
    assert attendu_fichier.value.suggested_filename.endswith(".txt")


@pytest.mark.exigence("E5", "E8")
@pytest.mark.usefixtures("longue")
def test_a_very_long_result_stays_light(page: Any, serveur: Any, photographier: Any) -> None:
    """A run is cancelled, then made; any line is a gesture away, the page stays small."""
    page.goto(f"{serveur.adresse}/extractions/900/parametres")
    fenetre = page.get_by_role("dialog")
    fenetre.get_by_label("Nombre de lignes").fill("90000000")
    fenetre.get_by_role("button", name="Valider").click()
    page.get_by_role("button", name="Annuler l’opération").wait_for()
    photographier("extractions-progression")
    page.get_by_role("button", name="Annuler l’opération").click()
    page.get_by_role("button", name="Revenir aux paramètres").click()
    assert fenetre.get_by_label("Nombre de lignes").input_value() == "90000000"
    fenetre.get_by_label("Nombre de lignes").fill(str(LIGNES))
    fenetre.get_by_role("button", name="Valider").click()

    cellule(page, 0, 0).wait_for(timeout=60_000)
    cadre = page.locator(".grille-cadre")
    assert cadre.get_attribute("aria-rowcount") == str(LIGNES + 3)
    hauteur = page.evaluate("document.querySelector('.grille-cadre').scrollHeight")
    assert hauteur < 10_000_000
    milieu = f"document.querySelector('.grille-cadre').scrollTop = {hauteur // 2}"
    page.evaluate(milieu)
    premiere = page.locator(".grille-corps [data-colonne='1']").first
    attendre(lambda: premiere.inner_text() != "…" and _nombre(premiere) > LIGNES // 3)
    assert abs(_nombre(premiere) - LIGNES // 2) < LIGNES // 20
    avant = _visibles(page)[0]
    cadre.hover()
    page.mouse.wheel(0, 300)
    attendre(lambda: _visibles(page)[0] == avant + 10)
    assert _visibles(page) == list(range(avant + 10, avant + 10 + len(_visibles(page))))

    cadre.focus()
    page.keyboard.press("Control+End")
    attendre(lambda: cellule(page, LIGNES - 1, 0).count() == 1)
    attendre(lambda: cellule(page, LIGNES - 1, 0).inner_text() == f"Ligne {LIGNES}")
    page.get_by_role("columnheader", name="Salaire").get_by_role("button").click()
    attendre(lambda: cellule(page, 0, 2).count() == 1 and _nombre(cellule(page, 0, 2)) <= 2)
    page.get_by_role("button", name="Colonnes").click()
    page.get_by_role("checkbox", name="Nombre rang").uncheck()
    assert page.get_by_role("columnheader").count() == 2
    assert page.evaluate("document.querySelectorAll('*').length") < 600
    assert "colonnes=nom%2Csalaire_centimes" in page.url


def _nombre(element: Any) -> int:
    """Return the digits of a cell."""
    return int(re.sub(r"\D", "", element.inner_text()) or 0)


def _visibles(page: Any) -> list[int]:
    """Return the ranks of the rows in the page, in order."""
    rangs = page.locator(".grille-corps [data-colonne='0']").evaluate_all(
        "cellules => cellules.map((c) => Number(c.dataset.rang))"
    )
    return sorted(rangs)

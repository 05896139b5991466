"""In a real Chromium: columns moved and found again, sets of parameters, pins, charts."""

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook

from tests.e2e.extractions.test_extractions import attendre, cellule, telecharger

pytestmark = pytest.mark.e2e


def titres(page: Any) -> list[str]:
    """Return the headings in sight, from left to right."""
    visibles = page.locator("[role='columnheader']:not([hidden]) button")
    return [str(t).strip() for t in visibles.all_inner_texts()]


def executer(page: Any, serveur: Any, adresse: str) -> None:
    """Run a query from its window."""
    page.goto(f"{serveur.adresse}{adresse}")
    fenetre = page.get_by_role("dialog")
    fenetre.get_by_role("button", name="Valider").click()
    cellule(page, 0, 0).wait_for()


@pytest.mark.exigence("E5", "E6", "G4")
def test_columns_are_moved_hidden_and_found_again(
    page: Any, serveur: Any, photographier: Any, sans_obstacle: Any, tmp_path: Path
) -> None:
    """By the keyboard and by the panel; the export and the next result follow."""
    executer(page, serveur, "/extractions/35/parametres?dossier=tous")
    avant = titres(page)
    page.get_by_role("columnheader").nth(0).get_by_role("button").focus()
    with page.expect_response(re.compile("/disposition")):
        page.keyboard.press("Alt+Shift+ArrowRight")
    assert titres(page) == [avant[1], avant[0], *avant[2:]]
    with page.expect_response(re.compile("/disposition")):
        page.keyboard.press("Alt+ArrowRight")
    largeur = page.get_by_role("columnheader", name=avant[0]).bounding_box()["width"]
    page.get_by_role("button", name="Colonnes").click()
    page.get_by_role("button", name=f"Avancer la colonne {avant[3]}").click()
    page.get_by_role("checkbox", name=avant[2], exact=True).uncheck()
    photographier("extractions-colonnes")
    sans_obstacle()
    page.keyboard.press("Escape")
    attendu = [avant[1], avant[0], avant[3], *avant[4:]]
    assert titres(page) == attendu
    premiere = [cellule(page, 0, i).inner_text() for i in range(3)]
    attendre(lambda: "colonnes=" in page.url)
    classeur = load_workbook(telecharger(page, "XLSX", tmp_path)).worksheets[0]
    assert [c.value for c in classeur[1]] == attendu
    assert [c.value for c in classeur[2]][:3] == premiere

    page.wait_for_timeout(700)
    executer(page, serveur, "/extractions/35/parametres?dossier=tous")
    assert titres(page) == attendu
    assert page.get_by_role("columnheader", name=avant[0]).bounding_box()["width"] == largeur
    page.get_by_role("button", name="Colonnes").click()
    with page.expect_response(re.compile("/disposition")):
        page.get_by_role("button", name="Disposition d’origine").click()
    assert titres(page) == avant


@pytest.mark.exigence("E9", "G4")
def test_a_set_of_parameters_is_kept_and_taken_again(
    page: Any, serveur: Any, photographier: Any, sans_obstacle: Any
) -> None:
    """Named, taken, deleted; the query is pinned; its last run is one click away."""
    page.goto(f"{serveur.adresse}/extractions/?requete=35")
    page.get_by_role("button", name="Épingler cette requête").click()
    page.get_by_role("button", name="Détacher cette requête").wait_for()
    page.get_by_role("button", name="Exécuter une requête").click()
    fenetre = page.get_by_role("dialog", name="Paramètres de la requête")
    fenetre.get_by_label("Dossier de travail").select_option(label="Tous les dossiers")
    fenetre.get_by_label("Situation au").fill("15/06/2026")
    fenetre.get_by_role("button", name="Enregistrer ces valeurs").click()
    fenetre.get_by_text("à remplir", exact=False).first.wait_for()
    fenetre.get_by_label("Nom du jeu").fill("Mi-juin")
    fenetre.get_by_role("button", name="Enregistrer ces valeurs").click()
    fenetre.get_by_role("button", name="Mi-juin", exact=True).wait_for()
    photographier("extractions-jeux")
    photographier("extractions-jeux-sombre", theme="dark")
    sans_obstacle()
    fenetre.get_by_label("Situation au").fill("01/01/2020")
    fenetre.get_by_role("button", name="Mi-juin", exact=True).click()
    attendre(lambda: fenetre.get_by_label("Situation au").input_value() == "15/06/2026")
    fenetre.get_by_role("button", name="Valider").click()
    cellule(page, 0, 0).wait_for()

    page.goto(f"{serveur.adresse}/extractions/")
    photographier("extractions-accueil")
    sans_obstacle()
    dernieres = page.get_by_role("region", name="Dernières exécutions")
    assert "15/06/2026" in dernieres.inner_text()
    dernieres.get_by_role("link", name=re.compile("Employeurs-caisse OPCO")).click()
    fenetre.get_by_role("button", name="Supprimer le jeu Mi-juin").click()
    fenetre.get_by_text("Gardez ces valeurs sous un nom").wait_for()
    assert fenetre.get_by_label("Situation au").input_value() == "15/06/2026"


@pytest.mark.exigence("E11")
def test_a_chart_is_drawn_and_kept_in_both_formats(
    page: Any, serveur: Any, photographier: Any, sans_obstacle: Any, tmp_path: Path
) -> None:
    """Over time, then by words; SVG is well-formed, PNG is twice as large."""
    executer(page, serveur, "/extractions/20/parametres")
    page.get_by_role("link", name="Graphique").click()
    image = page.locator(".graphique img")
    attendre(lambda: image.evaluate("i => i.naturalWidth") == 960)
    photographier("extractions-graphique")
    photographier("extractions-graphique-sombre", theme="dark")
    sans_obstacle()
    with page.expect_download() as svg:
        page.get_by_role("link", name="Enregistrer en SVG").click()
    svg.value.save_as(tmp_path / "a.svg")
    assert ET.parse(tmp_path / "a.svg").getroot().tag.endswith("svg")  # noqa: S314 -- ours
    with page.expect_download() as png:
        page.get_by_role("button", name="Enregistrer en PNG").click()
    png.value.save_as(tmp_path / "a.png")
    octets = (tmp_path / "a.png").read_bytes()
    assert octets[:8] == b"\x89PNG\r\n\x1a\n"
    assert [int.from_bytes(octets[i : i + 4]) for i in (16, 20)] == [1920, 1040]

    page.get_by_label("Réparti selon").select_option(label="Nom")
    page.get_by_role("button", name="Dessiner").click()
    attendre(lambda: image.evaluate("i => i.naturalWidth") == 960)
    photographier("extractions-graphique-mots")
    assert page.get_by_label("Pas").count() == 0


@pytest.mark.exigence("E9", "G4")
def test_a_query_is_planned_by_keyboard_and_run_at_once(
    page: Any, serveur: Any, photographier: Any, sans_obstacle: Any, tmp_path: Path
) -> None:
    """From the query to its file; on hold, deleted, brought back."""
    page.goto(f"{serveur.adresse}/extractions/?requete=20")
    page.get_by_role("link", name="Programmer").press("Enter")
    page.get_by_label("Nom").fill("Contrats du mois")
    page.get_by_label("En cours au").select_option("le dernier jour du mois précédent")
    page.get_by_label("Dossier où écrire").fill(str(tmp_path))
    sans_obstacle()
    photographier("extraction-programmee")
    page.keyboard.press("Control+s")
    page.get_by_role("heading", name="Extractions programmées").wait_for()
    page.get_by_role("button", name="Exécuter maintenant").press("Enter")
    page.get_by_role("cell", name="lignes").wait_for()
    assert len(list(tmp_path.glob("Contrats du mois - *.xlsx"))) == 1
    sans_obstacle()
    photographier("extractions-programmees")
    page.get_by_role("button", name="Suspendre").press("Enter")
    page.get_by_text("suspendue", exact=True).wait_for()
    page.get_by_role("button", name="Supprimer").press("Enter")
    page.get_by_text("Aucune extraction programmée").wait_for()
    page.get_by_role("button", name="Annuler").last.press("Enter")
    page.get_by_role("link", name="Contrats du mois").wait_for()

"""In a real Chromium: one's own query, refused, mended, run, kept, exported."""

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.extractions.test_extractions import cellule, telecharger

pytestmark = pytest.mark.e2e


@pytest.mark.exigence("E6", "E10", "G4")
def test_a_query_of_one_s_own(
    page: Any, serveur: Any, photographier: Any, sans_obstacle: Any, tmp_path: Path
) -> None:
    """By the keyboard; what was refused is selected, the dictionary gives the right name."""
    page.goto(f"{serveur.adresse}/extractions/")
    page.get_by_role("link", name="Requête libre").click()
    editeur = page.get_by_role("textbox", name="Requête", exact=True)
    editeur.fill("SELECT raison_sociale,  FROM vue_employeurs ORDER BY 1")
    page.keyboard.press("Control+Enter")
    page.get_by_role("alert").wait_for()
    assert "colonne" in page.get_by_role("alert").inner_text()
    page.get_by_role("searchbox").fill("siret")
    photographier("requete-libre")
    sans_obstacle()

    editeur.evaluate("zone => zone.setSelectionRange(23, 23)")
    page.locator("details", has_text="vue_employeurs").locator("[data-inserer='siret']").click()
    assert "raison_sociale, siret FROM" in editeur.input_value()
    page.get_by_role("textbox", name="Nom de la requête").fill("SIRET des employeurs")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("heading", name="SIRET des employeurs").wait_for()
    page.get_by_role("button", name="Fermer ce message").click()
    editeur.focus()
    page.keyboard.press("Control+Enter")
    cellule(page, 0, 0).wait_for()

    fichier = telecharger(page, "CSV", tmp_path)
    lignes = list(csv.reader(fichier.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert [t.casefold() for t in lignes[0]] == ["employeur", "siret"]
    assert lignes[1][0] == cellule(page, 0, 0).inner_text()

"""Printing a month by hand: from the list to the file."""

from typing import Any

import pytest
from pypdf import PdfReader

from app.assemblage import Programme
from app.noyau.periodes import Mois
from app.paie.service.calculer import calculer_le_mois

pytestmark = pytest.mark.e2e

MOIS = Mois(2026, 6)


@pytest.mark.exigence("B4", "G4")
def test_a_month_is_printed_from_the_list_with_the_keyboard(
    page: Any,
    serveur: Any,
    programme_demo: Programme,
    photographier: Any,
    sans_obstacle: Any,
) -> None:
    """Choose, print, follow, save: as many pages as the screen says; one bulletin likewise."""
    with programme_demo.transaction() as t:
        calculer_le_mois(t, MOIS)
    page.goto(f"{serveur.adresse}/bulletins/?mois={MOIS}")
    page.get_by_role("link", name="Imprimer…").press("Enter")
    bouton = page.get_by_role("button", name="Imprimer")
    combien = int("".join(c for c in bouton.inner_text() if c.isdecimal()))
    for theme in ("light", "dark"):
        photographier(f"paie-impression-{theme}", theme=theme)
    sans_obstacle()
    bouton.press("Enter")
    lien = page.get_by_role("link", name="Enregistrer le PDF")
    lien.wait_for()
    photographier("paie-impression-finie")
    sans_obstacle()
    with page.expect_download() as attendu:
        lien.press("Enter")
    lu = PdfReader(attendu.value.path())
    assert len(lu.pages) == combien
    lu.close()
    page.goto(f"{serveur.adresse}/bulletins/?mois={MOIS}&etat=brouillon")
    page.locator('table.bulletins a.principal[href^="/bulletins/"]').first.press("Enter")
    with page.expect_download() as attendu:
        page.get_by_role("link", name="Enregistrer le PDF").press("Enter")
    assert attendu.value.suggested_filename.endswith(" - 2026-06.pdf")
    photographier("paie-bulletin-pdf")

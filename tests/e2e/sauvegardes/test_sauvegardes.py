"""« Sauvegarder / Restaurer » in a real browser, at the keyboard."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.desktop.serveur import Serveur

pytestmark = pytest.mark.e2e


@pytest.mark.exigence("S1", "S2", "S3", "S5", "S7", "S11", "A1", "A2", "G4")
def test_a_script_is_made_run_and_its_backup_restored(
    page: Page, serveur: Serveur, tmp_path: Path, photographier: Any, sans_obstacle: Any
) -> None:
    """Nouveau, Exécuter, Restaurer; then the folder is gone, and another one is given."""
    temoin = page.locator("#temoin-sauvegardes")
    expect(temoin).to_contain_text("Pas de sauvegarde", timeout=20_000)
    photographier("sauvegardes-temoin")
    coffre = tmp_path / "coffre"
    page.goto(f"{serveur.lancement.adresse}/maintenance/")
    page.get_by_role("link", name="Sauvegarder / Restaurer").click()
    page.get_by_role("link", name="Nouveau").click()
    expect(page.locator("#champ-nom")).to_be_focused()
    page.keyboard.type("Chaque nuit")
    page.get_by_label("Dossier").fill(str(coffre))
    photographier("sauvegardes-nouveau")
    sans_obstacle()
    page.keyboard.press("Control+s")

    carte = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Chaque nuit"))
    expect(carte).to_contain_text("Prochaine exécution")
    carte.get_by_role("button", name="Exécuter").press("Enter")
    expect(page.get_by_text("Sauvegarde faite et vérifiée")).to_be_visible()
    assert len(list(coffre.iterdir())) == 1
    page.get_by_role("link", name="Revenir aux sauvegardes").press("Enter")
    expect(carte).to_contain_text("faite et vérifiée")
    photographier("sauvegardes-module")
    photographier("sauvegardes-module-sombre", theme="dark")
    sans_obstacle()

    page.get_by_role("link", name="Restaurer une sauvegarde").first.click()
    expect(page.get_by_role("cell", name="vérifiée")).to_be_visible()
    photographier("sauvegardes-restaurer")
    sans_obstacle()
    page.get_by_role("button", name="Restaurer", exact=True).press("Enter")
    dialogue = page.get_by_role("dialog")
    expect(dialogue).to_contain_text("Restaurer cette sauvegarde ?")
    dialogue.get_by_role("button", name="Restaurer").press("Enter")
    expect(page.get_by_text("La base a été restaurée.")).to_be_visible()
    photographier("sauvegardes-restauree")

    coffre.rename(tmp_path / "ailleurs")
    page.get_by_role("link", name="Revenir aux sauvegardes").press("Enter")
    expect(page.get_by_role("heading", name="Emplacement indisponible")).to_be_visible()
    photographier("sauvegardes-anomalie")
    sans_obstacle()
    page.get_by_label("Parcourir").fill(str(tmp_path / "ailleurs"))
    page.get_by_label("Parcourir").press("Enter")
    expect(page.get_by_role("heading", name="Emplacement indisponible")).to_have_count(0)

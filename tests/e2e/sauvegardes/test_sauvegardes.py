"""« Sauvegarder / Restaurer » in a real browser, at the keyboard."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.desktop.serveur import Serveur
from tests.integration.sauvegardes import sites

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
    page.get_by_label("Dossier", exact=True).fill(str(coffre))
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
    page.get_by_label("Parcourir : autre dossier").fill(str(tmp_path / "ailleurs"))
    page.get_by_label("Parcourir : autre dossier").press("Enter")
    expect(page.get_by_role("heading", name="Emplacement indisponible")).to_have_count(0)


@pytest.mark.exigence("S6", "S7", "A4", "G4")
def test_a_script_to_a_site_is_tested_run_and_restored_then_copied_on_a_stick(
    page: Page,
    serveur: Serveur,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    photographier: Any,
    sans_obstacle: Any,
) -> None:
    """« Sur site distant » with « Tester », Exécuter, Restaurer, « Copier sur une clé USB »."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "configuration"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    monkeypatch.setenv("CLAIRPAIE_SUPPORTS", str(tmp_path / "supports"))
    (tmp_path / "supports" / "CLE PAIE").mkdir(parents=True)
    with sites.ftp(tmp_path) as site:
        page.goto(f"{serveur.lancement.adresse}/sauvegardes/nouveau")
        page.get_by_label("Nom", exact=False).first.fill("Au loin")
        page.get_by_role("radio", name="Sur unités locales").focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.get_by_label("Protocole").select_option("ftp")
        page.get_by_label("Nom du site").fill("127.0.0.1")
        page.get_by_role("textbox", name="Port").fill(str(site.port))
        page.get_by_role("textbox", name="Utilisateur").fill(sites.NOM)
        page.get_by_label("Mot de passe").fill("faux")
        page.get_by_role("button", name="Tester").press("Enter")
        expect(page.locator("#essai")).to_contain_text("refuse cet utilisateur")
        page.get_by_label("Mot de passe").fill(sites.SECRET)
        page.get_by_role("button", name="Tester").press("Enter")
        expect(page.locator("#essai")).to_contain_text("Destination prête")
        photographier("sauvegardes-site")
        sans_obstacle()
        page.keyboard.press("Control+s")
        carte = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Au loin"))
        carte.get_by_role("button", name="Exécuter").press("Enter")
        expect(page.get_by_text("Sauvegarde faite et vérifiée")).to_be_visible()
        assert len(list(site.racine.glob("*.clairpaie"))) == 1

        page.get_by_role("link", name="Revenir aux sauvegardes").press("Enter")
        page.get_by_role("button", name="Copier sur une clé USB").press("Enter")
        expect(page.get_by_text("sauvegarde copiée et relue sur « CLE PAIE »")).to_be_visible()
        photographier("sauvegardes-copiees")
        assert len(list((tmp_path / "supports").rglob("*.clairpaie"))) == 1

        page.goto(f"{serveur.lancement.adresse}/sauvegardes/restaurer")
        expect(page.get_by_role("heading", name="CLE PAIE")).to_be_visible()
        photographier("sauvegardes-restaurer-site")
        sans_obstacle()
        page.get_by_role("button", name="Restaurer", exact=True).first.press("Enter")
        page.get_by_role("dialog").get_by_role("button", name="Restaurer").press("Enter")
        expect(page.get_by_text("La base a été restaurée.")).to_be_visible()

    page.goto(f"{serveur.lancement.adresse}/sauvegardes/nouveau")
    page.get_by_role("button", name="Parcourir").press("Enter")
    expect(page.get_by_role("button", name="Choisir ce dossier")).to_be_visible()
    photographier("parcourir")
    sans_obstacle()
    page.get_by_role("button", name="Choisir ce dossier").press("Enter")
    expect(page.get_by_label("Dossier", exact=True)).to_have_value(str(Path.home()))

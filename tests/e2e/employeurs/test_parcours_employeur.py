"""An employer through the screens, in a real Chromium."""

import re
from typing import Any

import pytest

pytestmark = pytest.mark.e2e

ECRANS = (
    ("dossiers", "dossiers"),
    ("dossier", "dossiers/1"),
    ("liste", ""),
    ("nouveau", "nouveau"),
    ("identite", "1"),
    ("convention", "3/convention"),
    ("organismes", "1/organismes/nouveau?nature=prevoyance"),
    ("formation", "3/formation"),
    ("prevoyance", "1/prevoyance"),
    ("banque", "1/banque"),
    ("salaries", "1/salaries"),
    ("journal", "1/journal"),
)
"""Name of the picture, address of the screen."""


def creer(page: Any, serveur: Any, nom: str, naf: str = "") -> None:
    """Create an employer; its tab « Convention collective » opens."""
    page.goto(f"{serveur.adresse}/employeurs/nouveau?dossier=1")
    page.get_by_label("Raison sociale").fill(nom)
    page.get_by_label("Code NAF").fill(naf)
    page.get_by_role("button", name="Créer l’employeur").click()
    page.get_by_text("Employeur créé").wait_for()


@pytest.mark.exigence("B1", "O5", "O6")
def test_choosing_a_convention_proposes_its_opco(
    page: Any, serveur: Any, photographier: Any, sans_obstacle: Any
) -> None:
    """A club is created, « sport » is typed, 2511 chosen, AFDAS applied with one click."""
    creer(page, serveur, "Club <i>nautique</i>", "93.12Z")
    page.get_by_role("heading", name="Club <i>nautique</i>").wait_for()
    page.get_by_text("Aucun organisme de formation").wait_for()
    page.get_by_text("le plus souvent").wait_for()

    champ = page.get_by_role("combobox", name="Convention collective")
    champ.press_sequentially("sport")
    page.get_by_role("option").first.wait_for()
    champ.press("ArrowDown")
    sans_obstacle()
    photographier("employeurs-suggestions")
    champ.press("Enter")
    assert champ.input_value() == "2511"
    page.locator("#convention-choisie").get_by_text("AFDAS").wait_for()
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("Enregistré.").wait_for()

    page.get_by_role("button", name="Appliquer l’OPCO AFDAS").click()
    page.get_by_text("OPCO AFDAS inscrit").wait_for()
    page.get_by_text("Aucun organisme de formation").wait_for(state="detached")
    page.get_by_role("link", name="Formation professionnelle").click()
    assert page.get_by_label("OPCO", exact=True).input_value() == "AFDAS"
    page.get_by_role("link", name="Identification des organismes").click()
    page.get_by_role("link", name="AFDAS", exact=True).wait_for()


@pytest.mark.exigence("P4", "G5")
def test_an_organisme_is_added_taken_away_and_brought_back(page: Any, serveur: Any) -> None:
    """« Ajouter » after the last line; the deletion asks first, its toast undoes it."""
    creer(page, serveur, "Amicale")
    page.get_by_role("link", name="Identification des organismes").click()
    page.get_by_role("link", name="Ajouter").click()
    page.get_by_label("Nature").select_option("Prévoyance")
    page.get_by_label("Type de régime").select_option("Général")
    page.locator("#champ-organisme_id option", has_text="Mutex").wait_for(state="attached")
    page.locator("#champ-organisme_id").select_option("Mutex")
    page.get_by_label("Référence").fill("CT-42")
    page.keyboard.press("Control+s")
    page.get_by_text("Enregistré.").wait_for()
    page.get_by_role("cell", name="CT-42").wait_for()

    page.get_by_role("button", name="Retirer : Mutex").click()
    page.get_by_role("dialog").get_by_role("button", name="Retirer l’organisme").click()
    page.get_by_text("Aucun organisme", exact=True).wait_for()
    page.locator(".message").get_by_role("button", name="Annuler").click()
    page.get_by_role("cell", name="CT-42").wait_for()

    page.get_by_role("link", name="Journal", exact=True).click()
    page.get_by_text("Suppression").wait_for()
    page.get_by_role("link", name="Prévoyance/Retraite").click()
    page.get_by_role("link", name="Organismes", exact=True).click()
    page.get_by_role("link", name="Mutex").wait_for()


@pytest.mark.exigence("B1", "G4", "G5")
def test_the_keyboard_alone_opens_changes_and_saves_a_record(page: Any, serveur: Any) -> None:
    """« / » searches, ↓ enters the list, Enter opens, → goes from tab to tab, Ctrl+S saves."""
    page.goto(f"{serveur.adresse}/employeurs/")
    page.keyboard.press("/")
    page.keyboard.type("club")
    page.wait_for_url("**/employeurs/?*q=club*")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    choisi = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=choisi, level=1).wait_for()

    page.get_by_role("link", name="Identité").focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.get_by_label("Titulaire du compte").wait_for()
    page.get_by_label("Titulaire du compte").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("Trésorier")
    page.keyboard.press("Control+s")
    page.get_by_text("Enregistré.").wait_for()
    page.reload()
    assert page.get_by_label("Titulaire du compte").input_value() == "Trésorier"


@pytest.mark.exigence("G5")
def test_leaving_with_unsaved_changes_asks_first(page: Any, serveur: Any) -> None:
    """One may stay and save, or leave without."""
    page.goto(f"{serveur.adresse}/employeurs/1/banque", wait_until="networkidle")
    page.get_by_label("Titulaire du compte").fill("Brouillon")
    page.get_by_role("link", name="Salariés").last.click()
    page.get_by_role("button", name="Continuer la saisie").click()
    assert page.get_by_label("Titulaire du compte").input_value() == "Brouillon"

    page.get_by_role("link", name="Salariés").last.click()
    page.get_by_role("button", name="Quitter sans enregistrer").click()
    page.wait_for_url("**/salaries")
    page.goto(f"{serveur.adresse}/employeurs/1/banque")
    assert page.get_by_label("Titulaire du compte").input_value() != "Brouillon"


@pytest.mark.exigence("B1", "G5")
def test_an_employer_and_a_dossier_are_archived_and_brought_back(page: Any, serveur: Any) -> None:
    """From the menu « Actions »; the toast undoes it; a dossier takes its employers along."""
    page.goto(f"{serveur.adresse}/employeurs/1")
    nom = page.locator("h1").inner_text()
    page.get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Archiver").click()
    page.get_by_role("dialog").get_by_role("button", name="Archiver l’employeur").click()
    page.get_by_text("Archivé le").wait_for()
    page.locator(".message").get_by_role("button", name="Annuler").click()
    page.get_by_text("Archivé le").wait_for(state="detached")

    page.goto(f"{serveur.adresse}/employeurs/dossiers")
    page.get_by_role("button", name=re.compile("^Archiver")).first.click()
    page.get_by_role("dialog").get_by_role("button", name="Archiver le dossier").click()
    page.get_by_text("Dossiers archivés (1)").click()
    page.get_by_role("cell", name="Démonstration", exact=True).get_by_role("link").click()
    page.get_by_role("searchbox").fill(nom)
    page.get_by_role("link", name=nom, exact=True).click()
    page.get_by_text("Archivé avec son dossier").wait_for()


@pytest.mark.exigence("G4")
def test_screens_have_no_obstacle(
    page: Any, serveur: Any, photographier: Any, sans_obstacle: Any
) -> None:
    """Each screen passes axe in both themes, without horizontal scrolling."""
    for nom, chemin in ECRANS:
        page.goto(f"{serveur.adresse}/employeurs/{chemin}")
        sans_obstacle()
        trop_larges = page.evaluate(
            "[...document.querySelectorAll('main, .cadre-tableau')]"
            ".filter((e) => e.scrollWidth > e.clientWidth).length"
        )
        assert trop_larges == 0, nom
        photographier(f"employeurs-{nom}")
        photographier(f"employeurs-{nom}-sombre", theme="dark")

"""Organismes collecteurs through the screens, by keyboard, in a real Chromium."""

import re
from typing import Any

import pytest

pytestmark = pytest.mark.e2e

ECRANS = (
    ("familles", ""),
    ("liste", "prevoyance/"),
    ("nouveau", "prevoyance/nouveau"),
    ("modeles", "prevoyance/modeles"),
    ("fusion", "prevoyance/fusion?garde=1&absorbe=1"),
)
"""Name of the picture, address of the screen."""


def viser(page: Any, cible: Any, touche: str = "Tab", limite: int = 60) -> None:
    """Press a key until an element has the focus, as a person without a mouse does."""
    for _ in range(limite):
        if cible.evaluate("(e) => e === document.activeElement"):
            return
        page.keyboard.press(touche)
    raise AssertionError("the keyboard does not reach it")


def creer(page: Any, serveur: Any, nom: str) -> None:
    """Open the family with Enter, « Nouveau », type, Ctrl+S."""
    page.goto(f"{serveur.adresse}/organismes/")
    viser(page, page.get_by_role("link", name="Caisses de prévoyance"))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Caisses de prévoyance", level=1).wait_for()
    viser(page, page.get_by_role("link", name="Nouveau", exact=True))
    page.keyboard.press("Enter")
    champ = page.get_by_label("Nom", exact=False).first
    champ.wait_for()
    viser(page, champ)
    page.keyboard.type(nom)
    page.keyboard.press("Control+s")
    page.get_by_text("figure maintenant parmi les organismes").first.wait_for()
    page.get_by_role("link", name=nom, exact=True).wait_for()


@pytest.mark.exigence("P3", "P4", "G4")
def test_a_caisse_is_created_attached_kept_and_merged_by_keyboard(
    page: Any, serveur: Any, photographier: Any
) -> None:
    """Created, given to an employer, not deleted while in use, merged with its duplicate."""
    creer(page, serveur, "Caisse du Ponant")
    creer(page, serveur, "Caisse du Ponant Prévoyance")

    page.goto(f"{serveur.adresse}/employeurs/1/organismes/nouveau")
    viser(page, page.locator("#champ-nature"))
    page.keyboard.type("Prév")
    page.keyboard.press("Tab")
    caisse = page.locator("#champ-organisme_id")
    page.locator("#champ-organisme_id option", has_text="Ponant Prévoyance").wait_for(
        state="attached"
    )
    viser(page, caisse)
    page.keyboard.type("Caisse du Ponant P")
    viser(page, page.locator("#champ-reference"))
    page.keyboard.type("CT-42")
    photographier("employeurs-ligne-prevoyance")
    page.keyboard.press("Control+s")
    page.get_by_text("Enregistré.").wait_for()
    page.get_by_role("cell", name="CT-42").wait_for()
    page.get_by_role("link", name="Caisse du Ponant Prévoyance", exact=True).wait_for()

    page.goto(f"{serveur.adresse}/organismes/prevoyance/")
    page.keyboard.press("/")
    page.keyboard.type("ponant prev")
    page.wait_for_url("**/organismes/prevoyance/?*q=ponant*")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Caisse du Ponant Prévoyance", level=1).wait_for()
    viser(page, page.get_by_role("button", name="Supprimer…"))
    page.keyboard.press("Enter")
    supprimer = page.get_by_role("button", name="Supprimer l’organisme")
    supprimer.wait_for()
    viser(page, supprimer)
    page.keyboard.press("Enter")
    page.get_by_text("est encore utilisé").wait_for()
    page.get_by_text("1 employeur (").wait_for()
    photographier("organismes-utilise")

    page.goto(f"{serveur.adresse}/organismes/prevoyance/fusion")
    conserver = page.get_by_role("link", name="Conserver le premier : Caisse du Ponant", exact=True)
    viser(page, conserver)
    page.keyboard.press("Enter")
    page.get_by_text("À rattacher").wait_for()
    photographier("organismes-apercu-fusion")
    viser(page, page.get_by_role("button", name="Fusionner", exact=True))
    page.keyboard.press("Enter")
    page.get_by_text("a été fusionné avec").wait_for()
    page.goto(f"{serveur.adresse}/employeurs/1/organismes")
    page.get_by_role("row", name=re.compile("CT-42")).get_by_role(
        "link", name="Caisse du Ponant", exact=True
    ).wait_for()


@pytest.mark.exigence("P3")
def test_a_double_click_opens_a_family(page: Any, serveur: Any) -> None:
    """On the line, beside the name."""
    page.goto(f"{serveur.adresse}/organismes/")
    page.get_by_role("row", name=re.compile("Caisses de prévoyance")).locator("td").last.dblclick()
    page.get_by_role("heading", name="Caisses de prévoyance", level=1).wait_for()


@pytest.mark.exigence("P4")
def test_a_caisse_is_created_on_the_way(page: Any, serveur: Any) -> None:
    """« Nouvel organisme… » comes back to the line with what was typed and the new caisse."""
    page.goto(f"{serveur.adresse}/employeurs/1/organismes/nouveau")
    page.get_by_label("Nature").select_option("Mutuelle")
    page.get_by_label("Référence").fill("MUT-7")
    page.get_by_role("button", name="Nouvel organisme…").click()
    page.get_by_role("heading", name="Nouvel organisme", level=1).wait_for()
    page.get_by_label("Nom", exact=False).first.fill("Mutuelle du Levant")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("heading", name="Ajouter un organisme").wait_for()
    assert page.get_by_label("Référence").input_value() == "MUT-7"
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("Enregistré.").wait_for()
    page.get_by_role("link", name="Mutuelle du Levant", exact=True).wait_for()


@pytest.mark.exigence("G4")
def test_screens_have_no_obstacle(
    page: Any, serveur: Any, photographier: Any, sans_obstacle: Any
) -> None:
    """Each screen passes axe in both themes, without horizontal scrolling."""
    page.goto(f"{serveur.adresse}/organismes/prevoyance/")
    fiche = page.locator("tbody a.principal").first.get_attribute("href")
    for nom, chemin in (*ECRANS, ("fiche", fiche.removeprefix("/organismes/"))):
        page.goto(f"{serveur.adresse}/organismes/{chemin}")
        sans_obstacle()
        photographier(f"organismes-{nom}")
        photographier(f"organismes-{nom}-sombre", theme="dark")

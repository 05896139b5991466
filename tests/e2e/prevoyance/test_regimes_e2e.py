"""Paramétrage (Taux) › Prévoyances paramétrées in a real Chromium, by the keyboard."""

from typing import Any

import pytest

pytestmark = pytest.mark.e2e


@pytest.mark.exigence("P1", "G4")
def test_a_regime_is_read_by_the_keyboard(page: Any, serveur: Any) -> None:
    """From the list of a past day to the page of a regime, without the mouse."""
    page.goto(f"{serveur.adresse}/prevoyance/regimes")
    page.get_by_label("Situation au").fill("31/12/2024")
    page.keyboard.press("Enter")
    page.wait_for_url("**au=31*")
    assert page.get_by_role("row").filter(has_text="0,42").count() == 1
    page.get_by_role("link", name="Sport", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/prevoyance/regimes/sport")
    assert page.get_by_role("heading", level=1).inner_text() == "Sport"
    assert page.get_by_role("rowgroup").filter(has_text="en vigueur").count() == 1


@pytest.mark.exigence("G4")
def test_the_screens_of_the_regimes_have_no_obstacle(
    page: Any, serveur: Any, photographier: Any, sans_obstacle: Any
) -> None:
    """Each passes axe in both themes, without horizontal scrolling."""
    ecrans = {
        "regimes": "",
        "regime-sport": "/sport",
        "regime-artiste": "/artiste-ccn-1285",
        "regime-inconnu": "/familles-rurales",
        "regimes-refus": "?au=31/02/2026",
    }
    for nom, chemin in ecrans.items():
        page.goto(f"{serveur.adresse}/prevoyance/regimes{chemin}")
        sans_obstacle()
        deborde = page.evaluate(
            "[...document.querySelectorAll('main, .cadre-tableau')]"
            ".filter((e) => e.scrollWidth > e.clientWidth).length"
        )
        photographier(f"prevoyance-{nom}")
        photographier(f"prevoyance-{nom}-sombre", theme="dark")
        assert deborde == 0, nom

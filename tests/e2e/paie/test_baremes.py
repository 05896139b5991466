"""The barèmes in a real browser: choose a day, open an entry, read its history."""

from typing import Any

import pytest

pytestmark = pytest.mark.e2e


@pytest.mark.exigence("B2", "G4")
def test_the_figures_of_a_day_are_found_with_the_keyboard(page: Any) -> None:
    """From the volet to the cotisations of 2025, then to the history of the SMIC."""
    page.get_by_role("link", name="Paramétrage (Taux)").press("Enter")
    page.get_by_role("table", name="Cotisations en vigueur").wait_for()
    champ = page.get_by_label("Situation au")
    champ.fill("31/12/2025")
    champ.press("Enter")
    page.get_by_role("table", name="Cotisations en vigueur au 31/12/2025").wait_for()
    page.get_by_role("link", name="Sécurité sociale déplafonnée").press("Enter")
    page.get_by_role("heading", name="Historique").wait_for()
    page.get_by_role("link", name="Paramètres", exact=True).press("Enter")
    page.get_by_role("link", name="SMIC horaire brut").press("Enter")
    page.get_by_role("img", name="Évolution depuis 2019").wait_for()
    assert page.get_by_role("row").filter(has_text="01/01/2019").count() == 1


def test_the_screens_of_the_baremes_have_no_obstacle(
    page: Any, serveur: Any, photographier: Any, sans_obstacle: Any
) -> None:
    """Each passes axe in both themes, without horizontal scrolling."""
    ecrans = {
        "cotisations": "cotisations",
        "cotisation": "cotisations/vieillesse_deplafonnee",
        "formule": "cotisations/reduction_generale",
        "parametres": "parametres",
        "parametre": "parametres/smic_horaire",
        "neutres": "neutres",
        "refus": "cotisations?au=31/02/2026",
    }
    for nom, chemin in ecrans.items():
        page.goto(f"{serveur.adresse}/bulletins/baremes/{chemin}")
        sans_obstacle()
        deborde = page.evaluate(
            "[...document.querySelectorAll('main, .cadre-tableau')]"
            ".filter((e) => e.scrollWidth > e.clientWidth).length"
        )
        photographier(f"baremes-{nom}")
        photographier(f"baremes-{nom}-sombre", theme="dark")
        assert deborde == 0, nom

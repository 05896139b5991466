"""« Bulletins à recalculer » in a real browser, by keyboard."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.assemblage import Programme
from app.noyau.periodes import Mois
from app.paie.service.calculer import calculer_le_mois
from app.paie.service.exercices import clore_exercice
from app.paie.service.raisons import marquer_a_recalculer
from app.paie.service.valider import valider_le_mois
from app.salaries import service as salaries
from app.salaries.service.mois import contrats_a_payer

pytestmark = pytest.mark.e2e


@pytest.fixture
def marques(programme_demo: Programme) -> int:
    """Two employers whose salaries were raised after validation; one has a closed year too."""
    with programme_demo.transaction() as t:
        annee = t.aujourd_hui.year
    for mois in (Mois(annee - 1, 12), Mois(annee, 1), Mois(annee, 2)):
        with programme_demo.transaction() as t:
            calculer_le_mois(t, mois, [1, 2])
            valider_le_mois(t, mois)
    with programme_demo.transaction() as t:
        contrats = contrats_a_payer(t, Mois(annee, 2), [1, 2])
        clore_exercice(t, contrats[0].employeur_id, annee - 1)
        for c in contrats[:4]:
            valeurs: dict[str, Any] = {"salaire_centimes": c.salaire_centimes + 10_000}
            salaries.modifier_contrats_en_masse(t, {c.contrat_id: valeurs})
        premier = [contrats[0].contrat_id]
        dernier = Mois(annee - 1, 12)
        marquer_a_recalculer(t, contrats=premier, depuis=dernier, motif="Prévoyance : taux modifié")
    return len(contrats[:4]) * 2


@pytest.mark.exigence("P12")
@pytest.mark.usefixtures("marques")
def test_the_work_list_by_keyboard(page: Page, photographier: Any) -> None:
    """Unfold, untick, recalculate, read the report: no mouse."""
    page.goto(page.url.split("?")[0].rstrip("/") + "/bulletins/a-recalculer")
    detail = page.locator("details.avant-et-apres").first
    detail.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(detail.locator("table.totaux-compares")).to_be_visible()
    photographier("bulletins-a-recalculer")
    expect(page.get_by_role("heading", name="Exercice clos")).to_be_visible()
    page.get_by_role("heading", name="Exercice clos").scroll_into_view_if_needed()
    photographier("bulletins-a-regulariser")
    page.locator("input[name='bulletin']").first.focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-selection]")).to_contain_text("(")
    page.keyboard.press("Alt+r")
    expect(page.get_by_text("Terminé.")).to_be_visible()
    expect(page.get_by_role("heading", name="Avant et après")).to_be_visible()
    photographier("bulletins-recalcules")

"""A month of one employer by keyboard alone: enter, compute, explain, validate, cancel."""

from typing import Any

import pytest

from app.assemblage import Programme
from app.noyau.periodes import Mois
from app.paie.service.calculer import calculer_le_mois
from app.salaries.service.mois import contrats_a_payer

pytestmark = pytest.mark.e2e

JUIN = Mois(2026, 6)


def a_le_focus(page: Any) -> str:
    """Return the name of what has the focus."""
    return str(
        page.evaluate(
            "(document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"
            " || '').trim()"
        )
    )


def tabuler(page: Any, nom: str) -> None:
    """Press Tab until something whose name begins so has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if a_le_focus(page).startswith(nom):
            return
    raise AssertionError(nom)


def attendre_la_selection(page: Any) -> None:
    """Wait until the whole text of the cell that has the focus is selected."""
    page.wait_for_function(
        "document.activeElement.selectionEnd - document.activeElement.selectionStart > 0"
    )


def saisir_les_heures(page: Any, photographier: Any) -> tuple[str, str]:
    """Enter overtime for two employees, a wrong absence, mend it; returns their names."""
    page.locator(".saisie-mois").wait_for()
    assert "H. sup. 25" in a_le_focus(page)
    premier = a_le_focus(page)
    page.keyboard.type("10")
    page.keyboard.press("Enter")
    second = a_le_focus(page)
    assert second != premier
    page.keyboard.type("8")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    assert "Absence" in a_le_focus(page)
    page.keyboard.type("-5")
    page.keyboard.press("Control+Enter")
    page.locator("tr.erreurs").wait_for()
    assert "Absence" in a_le_focus(page)
    photographier("paie-saisie-refusee")
    attendre_la_selection(page)
    page.keyboard.type("7")
    page.keyboard.press("Control+Enter")
    page.get_by_text("bulletins calculés").wait_for()
    photographier("paie-saisie-calculee")
    return premier.split(",")[0], second.split(",")[0]


@pytest.mark.exigence("B4", "B5", "B6", "G5")
def test_a_clerk_runs_a_month_by_keyboard_alone(
    page: Any, serveur: Any, photographier: Any
) -> None:
    """From the list to a cancelled validation, no mouse."""
    page.goto(f"{serveur.adresse}/bulletins/?mois=2026-06")
    page.locator("#liste").wait_for()
    page.keyboard.press("Alt+s")
    page.get_by_text("dont la paie reste à faire").first.wait_for()
    tabuler(page, "Centre socioculturel de S")
    page.keyboard.press("Enter")
    premier, second = saisir_les_heures(page, photographier)

    page.keyboard.press("Alt+b")
    page.locator("table.bulletins").wait_for()
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    assert a_le_focus(page) == premier
    page.keyboard.press("Enter")

    page.locator("table.lignes").wait_for()
    tabuler(page, "Salaire de base")
    page.keyboard.press("ArrowDown")
    assert "Heures supplémentaires" in a_le_focus(page)
    page.keyboard.press("Enter")
    page.get_by_text("L3121-36").wait_for()
    page.keyboard.press("ArrowDown")
    assert "Salaire brut" in a_le_focus(page)
    photographier("paie-bulletin-explique")

    page.keyboard.press("Alt+v")
    page.get_by_text("Bulletin validé.").wait_for()
    page.locator("[accesskey='a'][data-installe]").wait_for()
    page.keyboard.press("Alt+a")
    page.get_by_role("dialog").wait_for()
    assert page.evaluate("document.activeElement.name") == "motif"
    page.keyboard.type("Heures à revoir")
    photographier("paie-annulation")
    page.keyboard.press("Enter")
    page.get_by_text("de nouveau un brouillon").wait_for()
    page.get_by_text("Heures à revoir").wait_for()
    page.keyboard.press("Alt+n")
    page.get_by_role("heading", level=1, name=second).wait_for()


@pytest.mark.exigence("B4", "P12")
def test_a_month_is_computed_with_progress_then_validated(
    page: Any, serveur: Any, programme_demo: Programme, photographier: Any, sans_obstacle: Any
) -> None:
    """« Calculer le mois » shows its result with what to check; the validation asks first."""
    page.goto(f"{serveur.adresse}/bulletins/?mois=2026-06")
    page.get_by_role("button", name="Calculer le mois").click()
    page.get_by_text("Terminé.").wait_for()
    sans_obstacle()
    photographier("paie-operation")
    photographier("paie-operation-sombre", theme="dark")
    page.get_by_role("link", name="Voir les bulletins").click()
    page.get_by_role("button", name="Valider les brouillons…").click()
    photographier("paie-validation")
    page.get_by_role("dialog").get_by_role("button", name="Valider").click()
    page.get_by_text("bulletins validés.").wait_for()

    with programme_demo.transaction() as t:
        contrat = contrats_a_payer(t, JUIN)[0]
        t.session.connection().exec_driver_sql(
            "UPDATE contrat SET salaire_centimes = salaire_centimes + 10000 WHERE id = ?",
            (contrat.contrat_id,),
        )
        t.session.connection().exec_driver_sql(
            "UPDATE bulletin SET etat = 'a_recalculer' WHERE contrat_id = ?",
            (contrat.contrat_id,),
        )
    page.reload()
    page.get_by_role("button", name="Recalculer…").click()
    page.get_by_role("dialog").get_by_role("button", name="Recalculer", exact=True).click()
    page.get_by_role("heading", name="Avant et après").wait_for()
    sans_obstacle()
    photographier("paie-recalcul")
    with programme_demo.transaction() as t:
        assert calculer_le_mois(t, JUIN).laisses > 0

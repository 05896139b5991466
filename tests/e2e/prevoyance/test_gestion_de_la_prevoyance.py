"""« Gestion de la prévoyance », statement after statement, in a real Chromium."""

from typing import Any

import pytest

from app.assemblage import Programme
from app.employeurs import service as employeurs
from app.salaries.service import Emploi
from app.salaries.service.emplois import emplois_de_l_employeur
from app.socle.listes import Vue

pytestmark = pytest.mark.e2e

CAISSE = "Prévoyance du Test"
DEBUT = "01/01/2026"


@pytest.fixture
def club(programme_demo: Programme) -> int:
    """An employer under the convention of sport, with three employees at work in 2026."""
    with programme_demo.transaction() as t:
        for e in employeurs.lister_employeurs(t, Vue()).lignes:
            presents = [x for x in emplois_de_l_employeur(t, e.id) if _present(x)]
            if len({x.salarie_id for x in presents}) >= 3:
                employeurs.modifier_employeur(t, e.id, {"idcc": "2511"})
                return e.id
    raise AssertionError


def _present(emploi: Emploi) -> bool:
    return (
        emploi.periode.est_ouverte
        and emploi.periode.debut.year < 2026
        and emploi.categorie == "non_cadre"
        and not emploi.est_archive
    )


def message(page: Any, texte: str) -> None:
    """Wait for the toast that says so, and close it."""
    boite = page.locator(".message").filter(has_text=texte)
    boite.wait_for()
    boite.get_by_role("button", name="Fermer ce message").click()


def cocher(page: Any, nom: str) -> None:
    """Tick the case 1 or 2 of a list of employees."""
    page.get_by_role("checkbox", name=nom, exact=True).check()


def creer_la_caisse(page: Any, adresse: str) -> None:
    """P3: « Organismes collecteurs » › « Caisses de prévoyance », « Nouveau », « Enregistrer »."""
    page.goto(f"{adresse}/organismes/")
    page.get_by_role("link", name="Caisses de prévoyance").dblclick()
    page.get_by_role("link", name="Nouveau").first.click()
    page.get_by_label("Nom").fill(CAISSE)
    page.get_by_label("Commune").fill("Nantes")
    page.keyboard.press("Control+s")
    page.get_by_role("link", name=CAISSE).first.wait_for()


def inscrire_la_caisse(page: Any, adresse: str, club: int) -> None:
    """P4: « Identification des organismes », « Ajouter » after the last line."""
    page.goto(f"{adresse}/employeurs/{club}/organismes")
    page.get_by_role("link", name="Ajouter", exact=True).click()
    page.get_by_label("Nature").select_option("Prévoyance")
    page.get_by_label("Type de régime").select_option("Général")
    page.get_by_label("Organisme", exact=False).last.select_option(label=CAISSE)
    page.get_by_label("Référence").fill("ADH-77")
    page.keyboard.press("Control+s")
    page.get_by_role("cell", name="ADH-77").wait_for()


def creer_la_parametree(page: Any, photographier: Any) -> None:
    """P1, P2, P5: the regime shows its rates and options, which nobody can type."""
    page.get_by_role("link", name="Prévoyance/Retraite").click()
    page.get_by_role("link", name="Prév. Paramétrées").click()
    page.get_by_text("Aucun contrat", exact=True).wait_for()
    page.get_by_role("link", name="Nouveau contrat", exact=True).click()
    page.get_by_label("Date de début").fill(DEBUT)
    page.get_by_label("Régime").select_option("Sport")
    regime = page.locator("#regime")
    regime.get_by_text("0,485").first.wait_for()
    regime.get_by_text("Forfait social : oui").wait_for()
    assert regime.locator("input, select").count() == 0
    page.get_by_label("Caisse").select_option(label=CAISSE)
    page.get_by_label("Référence du contrat").fill("SPORT-1")
    photographier("prevoyance-nouvelle-parametree")
    photographier("prevoyance-nouvelle-parametree-sombre", theme="dark")
    page.keyboard.press("Control+s")
    page.get_by_text("Désélectionner tous").wait_for()


def choisir_les_salaries(page: Any, photographier: Any, sans_obstacle: Any) -> None:
    """P5: case 1, case 2, double click and Espace one by one."""
    compte = page.locator("[data-compte]")
    libres = page.locator("tbody input[type=checkbox]:enabled")
    combien = libres.count()
    cocher(page, "Désélectionner tous")
    assert page.locator("tbody input:checked").count() == 0
    compte.get_by_text("employeur seulement").wait_for()
    cocher(page, "Sélectionner tous")
    assert page.locator("tbody input:checked").count() == combien
    cocher(page, "Désélectionner tous")
    page.locator("tbody tr:has(input:enabled)").first.dblclick()
    compte.get_by_text("1 salarié choisi sur").wait_for()
    libres.nth(0).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    compte.get_by_text("3 salariés choisis sur").wait_for()
    sans_obstacle()
    photographier("prevoyance-attacher")
    photographier("prevoyance-attacher-sombre", theme="dark")
    page.get_by_role("button", name="Valider").click()
    message(page, "3 salariés attachés")
    photographier("prevoyance-contrat-parametree")


@pytest.mark.exigence("P1", "P2", "P3", "P4", "P5")
def test_from_the_caisse_to_the_employees(
    page: Any, serveur: Any, club: int, photographier: Any, sans_obstacle: Any
) -> None:
    """A caisse, its line, a paramétrée, its employees."""
    creer_la_caisse(page, serveur.adresse)
    inscrire_la_caisse(page, serveur.adresse, club)
    creer_la_parametree(page, photographier)
    choisir_les_salaries(page, photographier, sans_obstacle)

"""An employee through the screens, in a real Chromium."""

import re
from typing import Any

import pytest

pytestmark = pytest.mark.e2e

ECRANS = (
    ("liste", ""),
    ("nouveau", "nouveau?employeur=1"),
    ("identite", "1"),
    ("coordonnees", "1/coordonnees"),
    ("banque", "1/banque"),
    ("contrats", "1/contrats"),
    ("contrat", "1/contrats/nouveau"),
    ("journal", "1/journal"),
)
"""Name of the picture, address of the screen."""

CORPS = "2850775116042"
NIR = f"{CORPS}{97 - int(CORPS) % 97:02d}"


def choisir_employeur(page: Any, debut: str) -> str:
    """Type the beginning of a name, choose the first suggestion; returns the name."""
    champ = page.get_by_role("combobox", name="Employeur")
    champ.press_sequentially(debut)
    page.get_by_role("option").first.wait_for()
    champ.press("ArrowDown")
    champ.press("Enter")
    return str(champ.input_value())


@pytest.mark.exigence("B1", "G5")
def test_an_employee_is_created_found_and_changed(page: Any, serveur: Any) -> None:
    """A wrong NIR is refused beside the field, then accepted; the contract follows."""
    page.goto(f"{serveur.adresse}/salaries/nouveau")
    employeur = choisir_employeur(page, "club")
    page.get_by_label("Civilité").select_option("Madame")
    page.get_by_label("Nom de naissance").fill("Quesnel")
    page.get_by_label("Prénoms").fill("Éva")
    page.get_by_label("Date de naissance").fill("14/07/1985")
    page.get_by_label("NIR").fill(NIR[:-2] + "00")
    page.get_by_role("button", name="Créer le salarié").click()

    nir = page.get_by_label("NIR")
    page.locator("#champ-nir-erreur").wait_for()
    assert nir.get_attribute("aria-invalid") == "true"
    page.wait_for_function("document.activeElement.id.includes('champ-nir')")
    assert page.get_by_label("Prénoms").input_value() == "Éva"
    assert page.get_by_role("combobox", name="Employeur").input_value() == employeur
    nir.fill(NIR)
    page.keyboard.press("Control+s")

    page.get_by_text("Saisissez maintenant son contrat").wait_for()
    page.get_by_label("Nature du contrat").select_option("CDD")
    page.get_by_label("Date de début").fill("01092025")
    page.get_by_label("Date de fin").fill("31/08/2025")
    page.get_by_label("Motif du CDD").select_option("Emploi saisonnier")
    page.get_by_label("Emploi", exact=False).last.fill("Monitrice")
    page.get_by_label("Heures par mois").fill("75,5")
    page.get_by_label("Salaire brut mensuel").fill("1 234,56")
    page.get_by_role("button", name="Enregistrer").click()
    page.locator("#champ-fin_le-erreur").wait_for()
    page.get_by_label("Date de fin").fill("31/08/2026")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("cell", name="1 234,56 €").wait_for()

    page.goto(f"{serveur.adresse}/salaries/")
    page.get_by_role("searchbox").fill("quesnel eva")
    page.get_by_role("link", name="Quesnel Éva").click()
    page.get_by_role("link", name="Coordonnées", exact=True).click()
    page.get_by_label("Commune").fill("Brest")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("Enregistré.").wait_for()
    page.get_by_role("link", name="Journal").click()
    page.get_by_text("Commune").wait_for()
    page.get_by_role("button", name="Annuler").first.click()
    page.get_by_text("modification annulée").wait_for()
    page.get_by_role("link", name="Coordonnées", exact=True).click()
    assert page.get_by_label("Commune").input_value() == ""


@pytest.mark.exigence("B1", "G5")
def test_an_overlap_is_confirmed_and_a_contract_comes_back(page: Any, serveur: Any) -> None:
    """« Confirmer et enregistrer » goes on; the deletion asks first, its toast undoes it."""
    page.goto(f"{serveur.adresse}/salaries/?presents=1")
    page.locator("#liste tbody a").first.click()
    page.get_by_role("link", name="Nouveau contrat").first.click()
    page.get_by_label("Nature du contrat").select_option("CDI")
    page.get_by_label("Date de début").fill("01/01/2020")
    page.get_by_label("Emploi", exact=False).last.fill("Double emploi")
    page.get_by_label("Heures par mois").fill("20")
    page.get_by_label("Salaire brut mensuel").fill("300")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("button", name="Confirmer et enregistrer").click()
    page.get_by_role("link", name="Double emploi", exact=True).wait_for()

    page.get_by_role("button", name="Supprimer : CDI Double emploi").click()
    page.get_by_role("dialog").get_by_role("button", name="Supprimer le contrat").click()
    page.get_by_role("link", name="Double emploi", exact=True).wait_for(state="detached")
    page.locator(".message").get_by_role("button", name="Annuler").click()
    page.get_by_role("link", name="Double emploi", exact=True).wait_for()


@pytest.mark.exigence("B1")
def test_the_list_follows_its_filters_without_leaving_the_page(page: Any, serveur: Any) -> None:
    """Employer by suggestion, presence, sort and pages; the address can be kept."""
    page.goto(f"{serveur.adresse}/salaries/")
    page.get_by_role("link", name="Suivante").click()
    page.get_by_text("page 2 sur").wait_for()
    nom = choisir_employeur(page, "a")
    page.wait_for_url(re.compile(r"employeur=\d"))
    chez = page.locator("#liste tbody td:nth-child(4)").all_inner_texts()
    assert set(chez) == {nom}
    page.get_by_label("Présents aujourd’hui").check()
    page.wait_for_url("**presents=1**")
    page.get_by_role("combobox", name="Employeur").fill("")
    page.get_by_text("page 1 sur").wait_for()
    page.get_by_role("link", name="Dernier emploi").click()
    page.locator("th[aria-sort='ascending']").get_by_text("Dernier emploi").wait_for()
    page.reload()
    page.locator("th[aria-sort='ascending']").get_by_text("Dernier emploi").wait_for()


@pytest.mark.exigence("G4")
def test_screens_have_no_obstacle(
    page: Any, serveur: Any, photographier: Any, sans_obstacle: Any
) -> None:
    """Each screen passes axe in both themes, without horizontal scrolling."""
    for nom, chemin in ECRANS:
        page.goto(f"{serveur.adresse}/salaries/{chemin}")
        sans_obstacle()
        trop_larges = page.evaluate(
            "[...document.querySelectorAll('main, .cadre-tableau')]"
            ".filter((e) => e.scrollWidth > e.clientWidth).length"
        )
        assert trop_larges == 0, nom
        photographier(f"salaries-{nom}")
        photographier(f"salaries-{nom}-sombre", theme="dark")

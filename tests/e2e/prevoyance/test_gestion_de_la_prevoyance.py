"""« Gestion de la prévoyance », statement after statement, in a real Chromium."""

from typing import Any

import pytest

from app.assemblage import Programme
from app.employeurs import service as employeurs
from app.noyau.periodes import Mois
from app.organismes.service import trouver_ou_creer
from app.paie.service.calculer import calculer_le_mois
from app.paie.service.portee import Portee
from app.paie.service.valider import valider_le_mois
from app.prevoyance.service import contrats_du_salarie, lister_contrats, supprimer_contrat
from app.salaries.service import Emploi
from app.salaries.service.emplois import emplois_de_l_employeur
from app.socle.listes import Vue

pytestmark = pytest.mark.e2e

CAISSE = "Prévoyance du Test"
AUTRE_CAISSE = "Retraite du Test"
DEBUT = "01/01/2026"


@pytest.fixture
def club(programme_demo: Programme) -> int:
    """An employer of the sport without a contract, with four employees at work in 2026."""
    with programme_demo.transaction() as t:
        for e in employeurs.lister_employeurs(t, Vue()).lignes:
            presents = [x for x in emplois_de_l_employeur(t, e.id) if _present(x)]
            if len({x.salarie_id for x in presents}) >= 4:
                employeurs.modifier_employeur(t, e.id, {"idcc": "2511"})
                for contrat in lister_contrats(t, e.id):
                    supprimer_contrat(t, contrat.id)
                caisse = trouver_ou_creer(t, "prevoyance", AUTRE_CAISSE)
                ligne = {"nature": "prevoyance", "organisme_id": str(caisse), "reference": "RS"}
                employeurs.ajouter_organisme(t, e.id, ligne)
                return e.id
    raise AssertionError


def _present(emploi: Emploi) -> bool:
    return (
        emploi.periode.est_ouverte
        and emploi.periode.debut.year < 2026
        and emploi.categorie == "non_cadre"
        and not emploi.est_archive
    )


def sans_parametree(programme: Programme, club: int) -> int:
    """Return an employee at work who is not attached to the paramétrée."""
    with programme.transaction() as t:
        for emploi in emplois_de_l_employeur(t, club):
            siens = contrats_du_salarie(t, emploi.salarie_id)
            if _present(emploi) and not any(c.contrat.est_parametree for c in siens):
                return emploi.salarie_id
    raise AssertionError


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
    page.get_by_label("Régime").select_option("Sport")
    page.get_by_label("Date de début").fill(DEBUT)
    page.get_by_label("Régime").focus()
    page.get_by_text(f"Taux et options fournis par le programme au {DEBUT}").wait_for()
    regime = page.locator("#regime")
    regime.get_by_text("0,485").first.wait_for()
    regime.get_by_text("Forfait social : oui").wait_for()
    assert regime.locator("input, textarea").count() == 0
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


def remplacer_la_parametree(page: Any, photographier: Any) -> None:
    """P6: one guided action; a first day within a month is refused, the nearest are offered."""
    page.get_by_role("link", name="Remplacer le contrat").click()
    page.get_by_label("Date de début").fill("15/03/2026")
    page.get_by_label("Référence du contrat").fill("SPORT-2")
    page.get_by_role("button", name="Oui, remplacer le contrat").click()
    proches = page.get_by_role("group", name="Dates possibles les plus proches")
    proches.wait_for()
    photographier("prevoyance-remplacer")
    assert proches.get_by_role("button").all_inner_texts() == ["01/03/2026", "01/04/2026"]
    proches.get_by_role("button", name="01/03/2026").click()
    message(page, "3 salariés repris")
    page.get_by_role("heading", name="SPORT-2").wait_for()
    page.get_by_role("link", name="Prév. Paramétrées").first.click()
    page.get_by_role("link", name="SPORT-1").get_by_text("Clôturé").wait_for()
    page.get_by_role("link", name="SPORT-2").get_by_text("En cours").wait_for()
    photographier("prevoyance-contrats")
    photographier("prevoyance-contrats-sombre", theme="dark")


def creer_une_autre(page: Any, photographier: Any, sans_obstacle: Any) -> None:
    """P1, P2, P5: the split of rates and the four options are typed; all employees chosen."""
    page.get_by_role("link", name="Autres prévoyances").click()
    page.get_by_role("link", name="Nouveau contrat", exact=True).click()
    page.get_by_label("Nature").select_option("Complémentaire santé")
    page.get_by_label("Caisse").select_option(label=CAISSE)
    page.get_by_label("Référence du contrat").fill("SANTE-1")
    page.get_by_label("Date de début").fill(DEBUT)
    page.get_by_label("T1 (jusqu’à 1 plafond), Tous les salariés, part salariale").fill("0,5")
    page.get_by_label("T1 (jusqu’à 1 plafond), Tous les salariés, part patronale").fill("30")
    for option in ("Forfait social", "Intégration CSG/CRDS", "Déduction du net imposable PO"):
        page.get_by_label(option).check()
    sans_obstacle()
    photographier("prevoyance-nouvelle-autre")
    page.keyboard.press("Control+s")
    page.locator("#erreurs-taux").wait_for()
    photographier("prevoyance-taux-refuses")
    photographier("prevoyance-taux-refuses-sombre", theme="dark")
    page.get_by_label("T1 (jusqu’à 1 plafond), Tous les salariés, part patronale").fill("0,7")
    page.keyboard.press("Control+s")
    page.get_by_text("Contrat enregistré").wait_for()
    cocher(page, "Sélectionner tous")
    page.get_by_role("button", name="Valider").click()
    message(page, "attachés au contrat")


def payer(programme: Programme, club: int) -> int:
    """Compute and validate May and June of the employer; returns how many bulletins."""
    combien = 0
    for mois in (Mois(2026, 5), Mois(2026, 6)):
        with programme.transaction() as t:
            calculer_le_mois(t, mois, [club])
            combien += valider_le_mois(t, mois, Portee(employeur=club)).valides
    return combien


def modifier_l_autre(page: Any, photographier: Any, sans_obstacle: Any) -> None:
    """P7: a date within a pay period is refused, one click takes the nearest; P12: the link."""
    page.get_by_role("link", name="Modifier le contrat").click()
    page.get_by_label("Date de fin").fill("20/05/2026")
    page.get_by_role("button", name="Continuer").click()
    proches = page.get_by_role("group", name="Dates possibles les plus proches")
    proches.wait_for()
    assert proches.get_by_role("button").all_inner_texts() == ["30/04/2026", "31/05/2026"]
    sans_obstacle()
    photographier("prevoyance-fin-refusee")
    photographier("prevoyance-fin-refusee-sombre", theme="dark")
    proches.get_by_role("button", name="31/05/2026").click()
    page.get_by_text("01/06/2026").first.wait_for()
    taux = page.get_by_label("T1 (jusqu’à 1 plafond), Tous les salariés, part patronale")
    assert taux.input_value() == "0,70"
    assert page.get_by_label("Forfait social").is_checked()
    taux.fill("0,9")
    photographier("prevoyance-nouvelle-periode")
    page.keyboard.press("Control+s")
    page.get_by_text("Du 01/01/2026 au 31/05/2026").first.wait_for()
    page.get_by_text("Depuis le 01/06/2026").first.wait_for()
    photographier("prevoyance-contrat-autre")
    photographier("prevoyance-contrat-autre-sombre", theme="dark")


def suivre_les_bulletins(page: Any) -> None:
    """P12: the message counts the bulletins of June, its link leads to them."""
    retour = page.url
    page.locator(".message").get_by_text("à recalculer").wait_for()
    page.locator(".message").get_by_role("link", name="Voir les bulletins").click()
    page.get_by_role("heading", name="Bulletins à recalculer").wait_for()
    assert page.get_by_text("juin 2026").count() > 0
    assert page.get_by_text("mai 2026").count() == 0
    page.goto(retour)


def refuser_la_suppression(page: Any, photographier: Any, sans_obstacle: Any) -> None:
    """P9: bulletins are tied to it: the message says so, and the button closes instead."""
    page.get_by_role("link", name="Supprimer", exact=True).click()
    page.get_by_text(
        "Des bulletins sont rattachés au contrat que vous souhaitez supprimer"
    ).wait_for()
    sans_obstacle()
    photographier("prevoyance-suppression-refusee")
    page.get_by_role("link", name="Clôturer le contrat", exact=True).click()


def cloturer_l_autre(page: Any, photographier: Any, sans_obstacle: Any) -> None:
    """P8: the date as in P7, the employees attached, « Oui »."""
    page.get_by_label("Date de fin").fill("15/09/2026")
    page.keyboard.press("Control+s")
    page.get_by_role("button", name="30/09/2026").click()
    page.get_by_role("button", name="Oui, clôturer le contrat").wait_for()
    sans_obstacle()
    photographier("prevoyance-cloturer")
    page.get_by_role("button", name="Oui, clôturer le contrat").click()
    message(page, "Contrat clôturé au 30/09/2026")
    page.get_by_text("Du 01/01/2026 au 30/09/2026").first.wait_for()


def supprimer_le_dernier_de_la_caisse(page: Any, photographier: Any, sans_obstacle: Any) -> None:
    """P9: « Oui » deletes, the toast undoes; the caisse that no contract names is taken away."""
    page.get_by_role("link", name="Autres prévoyances").first.click()
    page.get_by_role("link", name="Nouveau contrat", exact=True).click()
    page.get_by_label("Nature").select_option("Retraite supplémentaire")
    page.get_by_label("Caisse").select_option(label=AUTRE_CAISSE)
    page.get_by_label("Référence du contrat").fill("RS-9")
    page.get_by_label("Plafond du mois, Tous les salariés, part patronale").fill("1")
    page.keyboard.press("Control+s")
    page.get_by_text("Contrat enregistré").wait_for()
    cocher(page, "Désélectionner tous")
    page.get_by_role("button", name="Valider").click()
    message(page, "Contrat gardé sur l’employeur seulement")
    page.get_by_role("heading", name="Salariés rattachés").wait_for()
    contrat = page.url
    for _ in range(2):
        page.get_by_role("link", name="Supprimer", exact=True).click()
        photographier("prevoyance-supprimer")
        page.get_by_role("button", name="Oui, supprimer le contrat").click()
        page.get_by_text(f"C’était le dernier contrat de {AUTRE_CAISSE}").wait_for()
        if _ == 0:
            sans_obstacle()
            photographier("prevoyance-caisse-inutile")
            page.locator(".message").get_by_role("button", name="Annuler").click()
            page.locator(".message").filter(has_text="annulée").wait_for()
            page.goto(contrat)
    page.get_by_role("button", name="Retirer la caisse").click()
    page.get_by_text("retiré").first.wait_for()


def attacher_du_cote_du_salarie(page: Any, adresse: str, salarie: int, photographier: Any) -> None:
    """P10: the employer's contracts, « Valider », the date of adhesion, « Enregistrer »."""
    page.goto(f"{adresse}/salaries/{salarie}")
    page.get_by_role("link", name="Caisses sociales").click()
    page.get_by_role("heading", name="Prévoyance").wait_for()
    page.get_by_role("link", name="Prév. Paramétrées").click()
    page.get_by_text("Aucun contrat", exact=True).wait_for()
    page.get_by_role("link", name="Nouveau contrat", exact=True).click()
    contrats = page.get_by_label("Contrat de l’employeur")
    contrats.select_option(index=contrats.locator("option").count() - 1)
    page.get_by_role("button", name="Valider").click()
    assert page.get_by_label("Date d’adhésion").input_value() == "01/03/2026"
    assert page.get_by_label("Date de fin").input_value() == "31/12/9999"
    page.get_by_label("Date d’adhésion").fill("01/04/2026")
    photographier("prevoyance-salarie-nouveau")
    page.get_by_role("button", name="Enregistrer").click()
    page.locator(".contrats").get_by_text("Du 01/04/2026 au 31/12/9999").wait_for()
    photographier("prevoyance-salarie")
    photographier("prevoyance-salarie-sombre", theme="dark")


def changer_du_cote_du_salarie(page: Any, photographier: Any, sans_obstacle: Any) -> None:
    """P11: only the dates change; close; delete, « Oui »."""
    sans_obstacle()
    page.get_by_role("link", name="Modifier le contrat").click()
    assert page.locator("form input:not([type=hidden]):not([type=date])").count() == 2
    page.get_by_label("Date d’adhésion").fill("01/05/2026")
    page.keyboard.press("Control+s")
    page.locator(".contrats").get_by_text("Du 01/05/2026 au 31/12/9999").wait_for()
    page.get_by_role("link", name="Clôturer le contrat").click()
    page.get_by_label("Date de fin").fill("12/11/2026")
    page.get_by_role("button", name="Enregistrer").click()
    photographier("prevoyance-salarie-cloturer")
    page.get_by_role("button", name="30/11/2026").click()
    page.locator(".contrats").get_by_text("Du 01/05/2026 au 30/11/2026").wait_for()
    page.get_by_role("button", name="Supprimer le contrat").click()
    page.get_by_role("dialog").get_by_role("button", name="Oui, supprimer le contrat").click()
    page.get_by_text("Aucun contrat", exact=True).wait_for()


@pytest.mark.exigence("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10", "P11", "P12")
def test_the_whole_fiche_in_order(
    page: Any,
    serveur: Any,
    programme_demo: Programme,
    club: int,
    photographier: Any,
    sans_obstacle: Any,
) -> None:
    """From the caisse of the table to the contract deleted on the employee's side."""
    creer_la_caisse(page, serveur.adresse)
    inscrire_la_caisse(page, serveur.adresse, club)
    creer_la_parametree(page, photographier)
    choisir_les_salaries(page, photographier, sans_obstacle)
    remplacer_la_parametree(page, photographier)
    creer_une_autre(page, photographier, sans_obstacle)
    assert payer(programme_demo, club) > 0
    modifier_l_autre(page, photographier, sans_obstacle)
    suivre_les_bulletins(page)
    refuser_la_suppression(page, photographier, sans_obstacle)
    cloturer_l_autre(page, photographier, sans_obstacle)
    supprimer_le_dernier_de_la_caisse(page, photographier, sans_obstacle)
    salarie = sans_parametree(programme_demo, club)
    attacher_du_cote_du_salarie(page, serveur.adresse, salarie, photographier)
    changer_du_cote_du_salarie(page, photographier, sans_obstacle)

"""Contracts of prévoyance of an employer through its screens, by the test client."""

import html
import re
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.organismes import service as organismes
from app.prevoyance import service
from app.prevoyance.signals import bulletins_a_recalculer, contrat_prevoyance_va_disparaitre
from tests.conftest import client_de
from tests.integration.prevoyance.conftest import AUTRE, SPORT, Maison

HTMX = {"HX-Request": "true", "HX-Target": "page"}


@pytest.fixture
def navigateur(maison: Maison) -> FlaskClient:
    """A client on the base of the house."""
    return client_de(maison.programme)


def texte(reponse: Any) -> str:
    """Return the words of a page, spaces made plain."""
    brut = html.unescape(re.sub(r"<[^>]*>", " ", reponse.text))
    return " ".join(brut.replace("’", "'").split())


def chemin(reponse: Any) -> str:
    """Return where the page sends to."""
    trouve = re.search(r'"path": "([^"]*)"', reponse.headers["HX-Location"])
    assert trouve
    return trouve[1]


@pytest.mark.exigence("P1", "P2")
def test_a_regime_shows_rates_and_options_that_nobody_types(
    maison: Maison, navigateur: FlaskClient
) -> None:
    """At the date being typed; the fragment has neither a rate nor an option to fill in."""
    formulaire = navigateur.get(f"/prevoyance/employeurs/{maison.employeur}/parametrees/nouveau")
    assert "Choisissez un régime" in texte(formulaire)
    fragment = navigateur.get("/prevoyance/regime?regime=SPORT&debut_le=01/03/2024&population=tous")
    lu = texte(fragment)
    assert "fournis par le programme au 01/03/2024" in lu
    assert "0,42 %" in lu
    assert "Déduction du net imposable PO : oui" in lu
    assert "<input" not in fragment.text


@pytest.mark.exigence("P1")
def test_rates_that_nobody_knows_are_asked(navigateur: FlaskClient) -> None:
    """The grid opens, and says what is missing."""
    fragment = navigateur.get(
        "/prevoyance/regime",
        query_string={"regime": "ARTISTE CCN 1285", "debut_le": "01/01/2021", "population": "tous"},
    )
    assert "taux à saisir" in texte(fragment)
    assert 'name="tous_t1_salarial"' in fragment.text
    assert "Permanents non-cadres" in texte(fragment)
    permanents = navigateur.get(
        "/prevoyance/regime",
        query_string={
            "regime": "ARTISTE CCN 1285",
            "debut_le": "01/01/2021",
            "population": "permanent_non_cadre",
        },
    )
    assert "0,95 %" in texte(permanents)
    assert 'name="tous_t1_salarial"' not in permanents.text


@pytest.mark.exigence("P5")
def test_a_new_contract_opens_the_list_of_employees(
    maison: Maison, navigateur: FlaskClient
) -> None:
    """Those who can be are chosen; a cadre is shown with why not; none keeps it on the employer."""
    maison.embaucher("Alpha")
    maison.embaucher("Bravo", categorie="cadre")
    maison.embaucher("Parti", fin_le="31/12/2020", debut_le="01/01/2019")
    adresse = f"/prevoyance/employeurs/{maison.employeur}/parametrees/nouveau"
    saisie = SPORT | {"organisme_id": str(maison.caisse), "population": "non_cadre"}
    reponse = navigateur.post(adresse, data=saisie, headers=HTMX)
    assert reponse.status_code == 204
    liste = navigateur.get(chemin(reponse))
    lu = texte(liste)
    assert "Contrat enregistré" in lu
    assert "Contrat réservé aux non-cadres." in lu
    assert "Parti" not in lu
    assert len(re.findall(r'name="contrat"[^>]* checked>', liste.text)) == 1
    [contrat] = maison.faire(service.lister_contrats, maison.employeur)
    garde = navigateur.post(f"/prevoyance/contrats/{contrat.id}/salaries", headers=HTMX)
    assert "seulement" in garde.headers["HX-Trigger"]
    assert maison.rattaches(contrat.id) == []


def test_without_employees_the_contract_itself_opens(
    maison: Maison, navigateur: FlaskClient
) -> None:
    """There is nobody to choose."""
    adresse = f"/prevoyance/employeurs/{maison.employeur}/autres/nouveau"
    saisie = AUTRE | {"organisme_id": str(maison.caisse)}
    reponse = navigateur.post(adresse, data=saisie, headers=HTMX)
    assert re.fullmatch(r"/prevoyance/contrats/\d+", chemin(reponse))


@pytest.mark.exigence("P4")
def test_a_refused_form_keeps_what_was_typed(maison: Maison, navigateur: FlaskClient) -> None:
    """The caisse of another family, a rate out of bounds: each beside its field."""
    with maison.programme.transaction() as t:
        urssaf = organismes.creer_organisme(t, {"famille": "urssaf", "nom": "Urssaf d'essai"})
    saisie = AUTRE | {"organisme_id": str(urssaf), "tous_t1_patronal": "40", "csg_crds": "1"}
    adresse = f"/prevoyance/employeurs/{maison.employeur}/autres/nouveau"
    reponse = navigateur.post(adresse, data=saisie, headers=HTMX)
    assert reponse.status_code == 422
    assert re.search(r'id="champ-organisme_id"[^>]*aria-invalid="true"', reponse.text)
    assert re.search(r'name="tous_t1_salarial"[^>]*aria-invalid="true"', reponse.text)
    assert re.search(r'name="tous_t1_patronal" value="40"', reponse.text)
    assert re.search(r'name="csg_crds" value="1" checked', reponse.text)


@pytest.mark.exigence("P7")
def test_a_date_within_a_month_offers_the_nearest(maison: Maison, navigateur: FlaskClient) -> None:
    """31/05 and 30/04 as buttons; 31/05 opens the period of 01/06, as the last one was."""
    contrat = maison.autre()
    adresse = f"/prevoyance/contrats/{contrat}/modifier"
    refus = navigateur.post(adresse, data={"fin_le": "20/05/2024"}, headers=HTMX)
    assert refus.status_code == 422
    assert re.findall(r'name="fin_le" value="(\d\d/\d\d/\d{4})"><button', refus.text) == [
        "30/04/2024",
        "31/05/2024",
    ]
    suite = navigateur.post(adresse, data={"fin_le": "31/05/2024"}, headers=HTMX)
    assert chemin(suite) == f"{adresse}/2024-05-31"
    periode = navigateur.get(chemin(suite))
    assert "à partir du 01/06/2024" in texte(periode)
    assert re.search(r'name="tous_t1_patronal" value="0,60"', periode.text)
    champs = dict(re.findall(r'<input name="(\w+)" value="([^"]*)"', periode.text))
    version = re.search(r'name="_version" value="(\d+)"', periode.text)
    assert version
    fait = navigateur.post(
        chemin(suite),
        data=champs | {"tous_t1_patronal": "0,70", "_version": version[1]},
        headers=HTMX,
    )
    assert fait.status_code == 204
    assert [d for d, _ in maison.periodes(contrat)] == [date(2024, 1, 1), date(2024, 6, 1)]
    assert "Du 01/01/2024 au 31/05/2024" in texte(navigateur.get(f"/prevoyance/contrats/{contrat}"))


@pytest.mark.exigence("P6")
def test_a_parametree_is_replaced_in_one_action(maison: Maison, navigateur: FlaskClient) -> None:
    """The first day of a month is offered as a button; the employees go over."""
    travail = maison.embaucher("Alpha")
    ancien = maison.parametree()
    maison.faire(service.attacher, ancien, [travail])
    adresse = f"/prevoyance/contrats/{ancien}/remplacer"
    saisie = SPORT | {"organisme_id": str(maison.caisse), "reference": "S-2", "population": "tous"}
    refus = navigateur.post(adresse, data=saisie | {"debut_le": "15/03/2026"}, headers=HTMX)
    assert refus.status_code == 422
    assert re.search(r'name="debut_le" value="01/04/2026"', refus.text)
    fait = navigateur.post(adresse, data=saisie | {"debut_le": "01/04/2026"}, headers=HTMX)
    nouveau = int(chemin(fait).rpartition("/")[2])
    assert maison.rattaches(nouveau) == [(travail, date(2026, 4, 1), date(9999, 12, 31))]
    assert maison.rattaches(ancien)[0][2] == date(2026, 3, 31)


@pytest.mark.exigence("P8")
def test_a_closing_lists_the_employees_and_asks_for_those_left(
    maison: Maison, navigateur: FlaskClient
) -> None:
    """Nobody chosen: it is to be confirmed; everybody chosen: the contract ends."""
    travail = maison.embaucher("Alpha")
    contrat = maison.autre()
    maison.faire(service.attacher, contrat, [travail])
    adresse = f"/prevoyance/contrats/{contrat}/cloturer"
    suite = chemin(navigateur.post(adresse, data={"fin_le": "30/06/2026"}, headers=HTMX))
    liste = navigateur.get(suite)
    assert re.search(rf'name="contrat" value="{travail}"[^>]* checked', liste.text)
    a_confirmer = navigateur.post(suite, headers=HTMX)
    assert a_confirmer.status_code == 409
    assert 'name="_confirmer" value="PRV-205"' in a_confirmer.text
    fait = navigateur.post(suite, data={"contrat": str(travail)}, headers=HTMX)
    assert "30/06/2026" in fait.headers["HX-Trigger"]
    journal = navigateur.get(f"/prevoyance/contrats/{contrat}")
    assert "Journal des modifications" in texte(journal)
    assert re.search(r'action="/maintenance/journal/\d+/annuler"', journal.text)
    assert maison.rattaches(contrat)[0][2] == date(2026, 6, 30)
    deja = navigateur.post(adresse, data={"fin_le": "31/07/2026"}, headers=HTMX)
    assert deja.status_code == 409
    assert "déjà clos" in texte(deja)


@pytest.mark.exigence("P9")
def test_a_deletion_lists_the_employees_then_leads_to_the_caisse(
    maison: Maison, navigateur: FlaskClient
) -> None:
    """« Oui » deletes for all; the last contract of a caisse asks what to do with its line."""
    from app.employeurs.service import ajouter_organisme

    travail = maison.embaucher("Alpha")
    contrat = maison.autre()
    maison.faire(service.attacher, contrat, [travail])
    ligne = {"nature": "prevoyance", "organisme_id": str(maison.caisse), "reference": "R"}
    maison.faire(ajouter_organisme, maison.employeur, ligne)
    page = navigateur.get(f"/prevoyance/contrats/{contrat}/supprimer")
    assert "Alpha" in texte(page)
    assert "Oui, supprimer le contrat" in texte(page)
    fait = navigateur.post(f"/prevoyance/contrats/{contrat}/supprimer", headers=HTMX)
    assert '"annuler": ' in fait.headers["HX-Trigger"]
    suite = navigateur.get(chemin(fait))
    assert "C'était le dernier contrat de Caisse d'essai" in texte(suite)
    maison.autre()
    assert navigateur.get(chemin(fait)).status_code == 303
    assert navigateur.get(f"/prevoyance/contrats/{contrat}").status_code == 404


@pytest.mark.exigence("P9", "P12")
def test_what_the_payroll_answers_is_said(maison: Maison, navigateur: FlaskClient) -> None:
    """Bulletins tied: closing is offered, before and after « Oui »; bulletins wait: a link."""
    from app.prevoyance.errors import BulletinsRattaches

    travail = maison.embaucher("Alpha")
    contrat = maison.autre()

    def refuser(_t: Any, **_: Any) -> None:
        raise BulletinsRattaches

    def compter(_t: Any, *, employeur_id: int) -> int:
        return 2 if employeur_id == maison.employeur else 0

    with contrat_prevoyance_va_disparaitre.connected_to(refuser):
        for demande in (navigateur.get, navigateur.post):
            page = demande(f"/prevoyance/contrats/{contrat}/supprimer")
            assert page.status_code == 409
            assert "vos déclarations seraient erronées" in texte(page)
            assert f'href="/prevoyance/contrats/{contrat}/cloturer">Clôturer' in page.text
    with bulletins_a_recalculer.connected_to(compter):
        fait = navigateur.post(
            f"/prevoyance/contrats/{contrat}/salaries", data={"contrat": travail}, headers=HTMX
        )
    assert f"/bulletins/a-recalculer?employeur={maison.employeur}" in fait.headers["HX-Trigger"]
    assert "2 bulletins" in fait.headers["HX-Trigger"].replace("\\u00a0", " ")


def test_what_does_not_exist_is_not_found(maison: Maison, navigateur: FlaskClient) -> None:
    """404 for each screen of a contract that is gone, of an employer that is not."""
    for adresse in ("", "/salaries", "/modifier", "/cloturer", "/remplacer", "/supprimer"):
        assert navigateur.get(f"/prevoyance/contrats/999{adresse}").status_code == 404, adresse
    assert navigateur.get("/prevoyance/employeurs/999").status_code == 404
    assert (
        navigateur.get(f"/prevoyance/contrats/{maison.autre()}/modifier/demain").status_code == 422
    )


def test_names_are_escaped(maison: Maison, navigateur: FlaskClient) -> None:
    """A label of a contract is text, wherever it shows."""
    contrat = maison.autre(libelle="<b>Mutex</b>")
    for adresse in (
        f"/prevoyance/employeurs/{maison.employeur}",
        f"/prevoyance/contrats/{contrat}",
        f"/prevoyance/contrats/{contrat}/supprimer",
    ):
        assert "<b>Mutex" not in navigateur.get(adresse).text

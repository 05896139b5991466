"""« Caisses sociales » of an employee through its screens, by the test client."""

import re
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.prevoyance import service
from app.prevoyance.errors import BulletinsRattaches
from app.prevoyance.signals import rattachement_va_disparaitre
from app.salaries import service as salaries
from tests.conftest import client_de
from tests.integration.prevoyance.conftest import Maison
from tests.integration.prevoyance.test_ecrans_employeur import HTMX, chemin, texte


@pytest.fixture
def navigateur(maison: Maison) -> FlaskClient:
    """A client on the base of the house."""
    return client_de(maison.programme)


def salarie_de(maison: Maison, travail: int) -> int:
    """Return the employee of a contrat de travail."""
    return int(maison.faire(salaries.emplois_par_numero, [travail])[travail].salarie_id)


@pytest.mark.exigence("P10")
def test_an_employee_is_attached_from_the_drop_down(
    maison: Maison, navigateur: FlaskClient
) -> None:
    """« Valider » proposes the later of both beginnings and 31/12/9999; the icon appears."""
    travail = maison.embaucher("Alpha", debut_le="15/03/2025")
    salarie = salarie_de(maison, travail)
    ici = f"/prevoyance/salaries/{salarie}/autres"
    assert "n'a pas de contrat de ce genre" in texte(navigateur.get(f"{ici}/nouveau"))
    contrat = maison.autre()
    choix = navigateur.get(f"{ici}/nouveau")
    assert f'<option value="{contrat}"' in choix.text
    assert "Date d'adhésion" not in texte(choix)
    demande = {"contrat_prevoyance_id": str(contrat), "contrat_id": str(travail)}
    dates = navigateur.get(f"{ici}/nouveau", query_string=demande)
    assert re.search(r'name="debut_le" value="15/03/2025"', dates.text)
    assert re.search(r'name="fin_le" value="31/12/9999"', dates.text)
    saisie = demande | {"debut_le": "01/04/2025", "fin_le": "31/12/9999"}
    fait = navigateur.post(f"{ici}/nouveau", data=saisie, headers=HTMX)
    assert chemin(fait) == ici
    assert "Du 01/04/2025 au 31/12/9999" in texte(navigateur.get(ici))
    assert maison.rattaches(contrat) == [(travail, date(2025, 4, 1), date(9999, 12, 31))]
    assert "Du 01/04/2025" in texte(navigateur.get(f"/prevoyance/salaries/{salarie}"))


@pytest.mark.exigence("P10", "P13")
def test_dates_that_leave_a_contract_are_refused(maison: Maison, navigateur: FlaskClient) -> None:
    """Before the contrat de travail; an end within a month offers the nearest; none is typed."""
    travail = maison.embaucher("Alpha", debut_le="15/03/2025")
    contrat = maison.autre()
    adresse = f"/prevoyance/salaries/{salarie_de(maison, travail)}/autres/nouveau"
    demande = {"contrat_prevoyance_id": str(contrat), "contrat_id": str(travail)}
    tot = navigateur.post(adresse, data=demande | {"debut_le": "01/01/2025"}, headers=HTMX)
    assert tot.status_code == 422
    assert re.search(r'id="champ-debut_le"[^>]*aria-invalid="true"', tot.text)
    vide = navigateur.post(adresse, data=demande, headers=HTMX)
    assert re.search(r'id="champ-debut_le"[^>]*aria-invalid="true"', vide.text)
    dates = {"debut_le": "01/04/2025", "fin_le": "10/06/2025"}
    milieu = navigateur.post(adresse, data=demande | dates, headers=HTMX)
    assert re.search(r'name="fin_le" value="30/06/2025"', milieu.text)
    assert re.search(r'name="contrat_prevoyance_id" value="\d+"', milieu.text)
    inconnu = demande | {"contrat_prevoyance_id": "x", "debut_le": "01/04/2025"}
    assert navigateur.post(adresse, data=inconnu, headers=HTMX).status_code == 404


@pytest.mark.exigence("P11")
def test_only_the_dates_change(maison: Maison, navigateur: FlaskClient) -> None:
    """Changed, then closed with a nearest date in one click."""
    travail = maison.embaucher("Alpha")
    contrat = maison.autre()
    [numero] = maison.faire(service.attacher, contrat, [travail])
    adresse = f"/prevoyance/rattachements/{numero}"
    page = navigateur.get(adresse)
    champs = re.findall(r'<input id="champ-(\w+)"', page.text)
    assert champs == ["debut_le", "fin_le"]
    version = re.search(r'name="_version" value="(\d+)"', page.text)
    assert version
    saisie = {"debut_le": "01/02/2025", "fin_le": "31/12/9999", "_version": version[1]}
    assert navigateur.post(adresse, data=saisie, headers=HTMX).status_code == 204
    perdue = navigateur.post(adresse, data=saisie, headers=HTMX)
    assert perdue.status_code == 409
    refus = navigateur.post(f"{adresse}/cloturer", data={"fin_le": "12/09/2026"}, headers=HTMX)
    assert refus.status_code == 422
    assert re.search(r'name="fin_le" value="30/09/2026"', refus.text)
    fait = navigateur.post(f"{adresse}/cloturer", data={"fin_le": "30/09/2026"}, headers=HTMX)
    assert '"annuler": ' in fait.headers["HX-Trigger"]
    assert maison.rattaches(contrat) == [(travail, date(2025, 2, 1), date(2026, 9, 30))]


@pytest.mark.exigence("P11")
def test_a_deletion_is_refused_when_bulletins_are_tied(
    maison: Maison, navigateur: FlaskClient
) -> None:
    """The message, and the button that closes instead; else it goes, and can come back."""
    travail = maison.embaucher("Alpha")
    contrat = maison.parametree()
    [numero] = maison.faire(service.attacher, contrat, [travail])
    adresse = f"/prevoyance/rattachements/{numero}"

    def refuser(_t: Any, **_: Any) -> None:
        raise BulletinsRattaches

    with rattachement_va_disparaitre.connected_to(refuser):
        refus = navigateur.post(f"{adresse}/supprimer", headers=HTMX)
    assert refus.status_code == 409
    assert "vos déclarations seraient erronées" in texte(refus)
    assert f'href="{adresse}/cloturer"' in refus.text
    fait = navigateur.post(f"{adresse}/supprimer", headers=HTMX)
    assert chemin(fait).endswith("/parametrees")
    assert maison.rattaches(contrat) == []
    assert navigateur.get(adresse).status_code == 404
    assert navigateur.get("/prevoyance/salaries/999").status_code == 404


def test_without_a_contrat_de_travail_there_is_nothing_to_attach(
    maison: Maison, navigateur: FlaskClient
) -> None:
    """The way to the contrat de travail is shown."""
    identite = {"civilite": "m", "nom_naissance": "Seul", "prenoms": "Jean"}
    salarie = maison.faire(salaries.creer_salarie, maison.employeur, identite)
    maison.autre()
    page = navigateur.get(f"/prevoyance/salaries/{salarie}/autres/nouveau")
    assert "Ce salarié n'a pas de contrat de travail." in texte(page)
    assert f'href="/salaries/{salarie}/contrats/nouveau">Saisir son contrat de travail' in page.text

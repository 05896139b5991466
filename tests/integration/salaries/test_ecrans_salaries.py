"""The screens of employees, by the test client."""

import html
import re
from typing import Any

import pytest

from app.assemblage import Programme

HTMX = {"HX-Request": "true", "HX-Target": "page"}
ONGLETS = ("identite", "coordonnees", "banque", "contrats", "contrats/nouveau", "journal")
CDI = {
    "nature": "cdi",
    "debut_le": "01/09/2025",
    "emploi": "Éducatrice",
    "heures_centiemes": "151,67",
    "salaire_centimes": "1 850,00",
}


def toast(reponse: Any) -> str:
    """Return what the response announces."""
    return str(reponse.headers.get("HX-Trigger", ""))


def en_erreur(page: str) -> list[str]:
    """Return the fields that are marked as wrong."""
    return re.findall(r'id="champ-(\w+)"[^>]*aria-invalid="true"', page)


def version(client: Any, adresse: str) -> str:
    """Return the version that a form was made from."""
    trouvee = re.search(r'name="_version" value="(\d+)"', client.get(adresse).text)
    assert trouvee
    return trouvee[1]


@pytest.mark.exigence("B1")
@pytest.mark.parametrize("onglet", ONGLETS)
def test_each_tab_is_an_address(client: Any, salarie: int, onglet: str) -> None:
    """The tab is marked as the current one, in the module « Salariés »."""
    page = client.get(f"/salaries/{salarie}/{onglet}")
    assert page.status_code == 200
    courant = onglet.partition("/")[0]
    assert f'href="/salaries/{salarie}/{courant}" aria-current="page"' in page.text
    assert 'data-module="Salariés"' in page.text
    assert "Roy Léa" in page.text


def test_an_unknown_record_says_what_to_do(client: Any, salarie: int) -> None:
    """404 with the code, for an employee and for a contract."""
    assert "SAL-101" in client.get("/salaries/999").text
    page = client.get(f"/salaries/{salarie}/contrats/999")
    assert (page.status_code, "SAL-102" in page.text) == (404, True)
    assert client.post(f"/salaries/{salarie}/contrats/999", data=CDI).status_code == 404
    assert client.post(f"/salaries/{salarie}/contrats/999/supprimer").status_code == 404
    assert client.post("/salaries/999/identite", data={}).status_code == 404


@pytest.mark.exigence("B1")
def test_an_employee_is_created_and_the_contract_comes_next(
    client: Any, employeur: int, identite: dict[str, str]
) -> None:
    """A wrong NIR is refused beside the field, nothing typed is lost; then it is accepted."""
    page = client.get(f"/salaries/nouveau?employeur={employeur}").text
    assert re.search(r'name="_employeur" value="Judo club"', page)
    assert 'value="Française"' in page

    faux = identite | {"employeur": employeur, "nir": "2 85 07 75 116 042 00", "commune": "Brest"}
    refus = client.post("/salaries/nouveau", data=faux, headers=HTMX)
    assert refus.status_code == 422
    assert en_erreur(refus.text) == ["nir"]
    assert "2 85 07 75 116 042 00" in refus.text
    assert 'value="Brest"' in refus.text
    assert 'name="_employeur" value="Judo club"' in refus.text

    reponse = client.post("/salaries/nouveau", data=faux | {"nir": identite["nir"]}, headers=HTMX)
    assert reponse.status_code == 204
    suite = re.search(r'"path": "(/salaries/\d+)/contrats/nouveau"', reponse.headers["HX-Location"])
    assert suite
    assert 'value="Brest"' in client.get(f"{suite[1]}/coordonnees").text


def test_an_employer_typed_but_not_chosen_is_refused(client: Any, identite: dict[str, str]) -> None:
    """The words stay, the message says to choose in the list."""
    saisie = identite | {"employeur": "", "_employeur": "Jud"}
    refus = client.post("/salaries/nouveau", data=saisie)
    assert refus.status_code == 422
    assert en_erreur(refus.text) == ["employeur"]
    assert 'name="_employeur" value="Jud"' in refus.text
    assert "Choisissez un employeur de la liste" in refus.text
    assert client.post("/salaries/nouveau", data=saisie | {"employeur": "999"}).status_code == 404
    assert "Judo" not in client.get("/salaries/nouveau?employeur=999").text


def test_a_double_nir_is_refused_beside_it(
    client: Any, employeur: int, salarie: int, identite: dict[str, str]
) -> None:
    """409, naming who has it."""
    refus = client.post("/salaries/nouveau", data=identite | {"employeur": employeur})
    assert (refus.status_code, en_erreur(refus.text)) == (409, ["nir"])
    assert "Roy Léa" in refus.text
    assert salarie


@pytest.mark.exigence("B1")
def test_html_typed_in_a_name_is_shown_as_text(client: Any, employeur: int) -> None:
    """In the list, the record, its dialogs and its journal."""
    nom = "<script>alert(1)</script>"
    saisie = {"employeur": employeur, "civilite": "m", "nom_naissance": nom, "prenoms": '"><b>'}
    adresse = client.post("/salaries/nouveau", data=saisie).headers["Location"]
    fiche = adresse.removesuffix("/contrats/nouveau")
    for page in (client.get("/salaries/"), client.get(fiche), client.get(f"{fiche}/journal")):
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
        assert "<script>alert" not in page.text
        assert '"><b>' not in page.text


@pytest.mark.exigence("G5")
@pytest.mark.parametrize(
    ("onglet", "nom", "valeur"),
    [
        ("coordonnees", "commune", "Brest"),
        ("banque", "iban", "FR76 3000 6000 0112 3456 7890 189"),
        ("identite", "ne_a", "Sète"),
    ],
)
def test_a_saved_tab_says_so_and_a_stale_one_is_refused(
    client: Any, salarie: int, identite: dict[str, str], onglet: str, nom: str, valeur: str
) -> None:
    """The toast, then 409 with what was typed still there."""
    adresse = f"/salaries/{salarie}/{onglet}"
    saisie = (identite if onglet == "identite" else {}) | {
        nom: valeur,
        "_version": version(client, adresse),
    }
    assert "Enregistr\\u00e9." in toast(client.post(adresse, data=saisie, headers=HTMX))
    assert f'value="{valeur}"' in client.get(adresse).text
    saisie |= {"_version": "1", nom: valeur + " "}
    refus = client.post(adresse, data=saisie, headers=HTMX)
    assert refus.status_code == 409
    assert "modifiée entre-temps" in html.unescape(refus.text)
    assert f'value="{valeur} "' in refus.text


@pytest.mark.exigence("B1")
def test_dates_the_wrong_way_round_are_said_beside_the_end(client: Any, salarie: int) -> None:
    """Everything typed stays."""
    adresse = f"/salaries/{salarie}/contrats/nouveau"
    refus = client.post(adresse, data=CDI | {"fin_le": "31/08/2025"}, headers=HTMX)
    assert (refus.status_code, en_erreur(refus.text)) == (422, ["fin_le"])
    assert re.search(r'id="champ-emploi"[^>]*value="Éducatrice"', refus.text)


@pytest.mark.exigence("B1", "G5")
def test_a_contract_is_created_confirmed_changed_and_deleted(client: Any, salarie: int) -> None:
    """The overlap asks « Confirmer et enregistrer », the deletion can be undone."""
    adresse = f"/salaries/{salarie}/contrats"
    assert "pas encore de contrat" in html.unescape(client.get(f"/salaries/{salarie}").text)
    assert client.post(f"{adresse}/nouveau", data=CDI).headers["Location"] == adresse
    page = html.unescape(client.get(adresse).text).replace("\u202f", "").replace("\xa0", "")
    assert "1850,00€" in page
    assert "En cours" in page

    second = CDI | {"emploi": "Arbitre"}
    demande = client.post(f"{adresse}/nouveau", data=second, headers=HTMX)
    assert demande.status_code == 409
    assert "Confirmer et enregistrer" in demande.text
    assert 'name="_confirmer" value="SAL-201"' in demande.text
    assert client.post(f"{adresse}/nouveau", data=second | {"_confirmer": "SAL-201"}).location
    lien = re.search(rf'href="({adresse}/\d+)">Arbitre', client.get(adresse).text)
    assert lien

    vue = version(client, lien[1])
    modifie = second | {"emploi": "Juge", "_version": vue, "_confirmer": "SAL-201"}
    assert client.post(lien[1], data=modifie).status_code == 303
    assert client.post(lien[1], data=modifie).status_code == 409
    retrait = client.post(f"{lien[1]}/supprimer", headers=HTMX)
    entree = re.search(r'"annuler": (\d+)', toast(retrait))
    assert entree
    assert "Juge" not in client.get(adresse).text
    client.post(f"/maintenance/journal/{entree[1]}/annuler", data={"retour": adresse})
    assert "Juge" in client.get(adresse).text
    journal = html.unescape(client.get(f"/salaries/{salarie}/journal").text)
    assert re.search(r"Emploi\s: <del>Arbitre</del>", journal)


@pytest.mark.exigence("G5")
def test_an_employee_is_archived_brought_back_deleted(client: Any, salarie: int) -> None:
    """With contracts, the deletion is refused and the archive offered."""
    fiche = f"/salaries/{salarie}"
    client.post(f"{fiche}/contrats/nouveau", data=CDI)
    refus = client.post(f"{fiche}/supprimer", headers=HTMX)
    assert (refus.status_code, "SAL-104" in refus.text) == (409, True)
    assert f'action="{fiche}/archiver"' in refus.text

    assert re.search(r'"annuler": \d+', toast(client.post(f"{fiche}/archiver", headers=HTMX)))
    assert "Archivé le" in client.get(fiche).text
    assert "Roy Léa" not in client.get("/salaries/").text
    assert "Roy Léa" in client.get("/salaries/?archives=1").text
    client.post(f"{fiche}/reprendre")
    assert "Roy Léa" in client.get("/salaries/").text

    contrat = re.search(
        r'action="([^"]*contrats/\d+/supprimer)"', client.get(f"{fiche}/contrats").text
    )
    assert contrat
    client.post(contrat[1])
    suppression = client.post(f"{fiche}/supprimer", headers=HTMX)
    assert suppression.status_code == 204
    assert client.get(fiche).status_code == 404


def test_the_list_keeps_its_filters_and_says_what_to_do_when_empty(
    client: Any, employeur: int, salarie: int
) -> None:
    """The filter by employer shows its name; each kind of emptiness has its words."""
    page = client.get(f"/salaries/?employeur={employeur}&tri=-nir&presents=1").text
    assert 'value="Judo club"' in page
    assert re.search(r'name="presents" value="1" checked', page)
    assert "Aucun salarié ne répond" in html.unescape(page)
    assert "Aucun salarié archivé" in html.unescape(client.get("/salaries/?archives=1").text)
    assert "Roy Léa" in client.get("/salaries/?employeur=x&page=0&tri=zz").text
    client.post(f"/salaries/{salarie}/supprimer")
    assert "Saisissez la fiche d’un salarié" in html.unescape(client.get("/salaries/").text)


def test_the_demonstration_is_browsed_by_pages(client_demo: Any, programme_demo: Programme) -> None:
    """Fifty lines a page, the next one linked with the same search and sort."""
    page = client_demo.get("/salaries/?q=a&tri=-emploi").text
    assert page.count('href="/salaries/') >= 50
    assert 'rel="next" href="/salaries/?q=a&amp;tri=-emploi&amp;page=2' in page
    assert client_demo.get("/salaries/?page=9999").status_code == 200
    assert programme_demo.par

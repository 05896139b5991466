"""The screens of employers, by the test client on the demonstration base."""

import html
import re
from typing import Any

import pytest

from app.assemblage import Programme
from app.employeurs import service
from app.organismes import service as organismes
from app.socle.listes import Vue

HTMX = {"HX-Request": "true", "HX-Target": "page"}
ONGLETS = (
    "identite",
    "convention",
    "organismes",
    "formation",
    "prevoyance",
    "banque",
    "salaries",
    "journal",
)


def version(client: Any, adresse: str) -> str:
    """Return the version that a form was made from."""
    trouvee = re.search(r'name="_version" value="(\d+)"', client.get(adresse).text)
    assert trouvee
    return trouvee[1]


def toast(reponse: Any) -> str:
    """Return what the response announces."""
    return str(reponse.headers.get("HX-Trigger", ""))


@pytest.fixture
def employeur(programme_demo: Programme) -> int:
    """An employer of the demonstration that has employees."""
    with programme_demo.transaction() as t:
        return next(e.id for e in service.lister_employeurs(t, Vue()).lignes if e.salaries)


@pytest.mark.exigence("B1")
@pytest.mark.parametrize("onglet", ONGLETS)
def test_each_tab_is_an_address(client_demo: Any, employeur: int, onglet: str) -> None:
    """The tab is marked as the current one, in the module « Employeurs »."""
    page = client_demo.get(f"/employeurs/{employeur}/{onglet}")
    assert page.status_code == 200
    assert re.search(rf'href="/employeurs/{employeur}/{onglet}" aria-current="page"', page.text)
    assert 'data-module="Employeurs"' in page.text


@pytest.mark.parametrize(
    "adresse",
    ["/employeurs/99999", "/employeurs/99999/journal", "/employeurs/dossiers/99999"],
)
def test_an_unknown_record_is_a_page_that_says_what_to_do(client_demo: Any, adresse: str) -> None:
    """404, the message and its remedy; a fragment gets a toast."""
    page = client_demo.get(adresse)
    assert page.status_code == 404
    assert "EMP-10" in page.text
    assert "EMP-10" in toast(client_demo.get(adresse, headers=HTMX))


def test_an_unknown_line_of_organismes_is_not_found(client_demo: Any, employeur: int) -> None:
    """Neither shown, nor changed, nor taken away."""
    adresse = f"/employeurs/{employeur}/organismes/99999"
    assert client_demo.get(adresse).status_code == 404
    assert (
        client_demo.post(adresse, data={"nature": "urssaf", "organisme_id": "1"}).status_code == 404
    )
    assert client_demo.post(f"{adresse}/supprimer").status_code == 404


@pytest.mark.exigence("B1")
def test_an_employer_is_created_from_its_form(client_demo: Any) -> None:
    """The dossier of the address is chosen beforehand; then comes the convention."""
    page = client_demo.get("/employeurs/nouveau?dossier=1").text
    assert re.search(r'<option value="1" selected>', page)

    saisie = {"dossier": "1", "raison_sociale": "<b>Judo</b> & Cie"}
    reponse = client_demo.post("/employeurs/nouveau", data=saisie, headers=HTMX)

    assert reponse.status_code == 204
    suite = re.search(r'"path": "(/employeurs/\d+)/convention"', reponse.headers["HX-Location"])
    assert suite
    fiche = client_demo.get(suite[1]).text
    assert "<h1>&lt;b&gt;Judo&lt;/b&gt; &amp; Cie</h1>" in fiche
    assert "<b>Judo" not in fiche
    liste = client_demo.get("/employeurs/?q=judo").text
    assert "&lt;b&gt;Judo&lt;/b&gt;" in liste
    assert "<b>Judo" not in liste
    assert "<b>Judo" not in client_demo.get(f"{suite[1]}/journal").text


@pytest.mark.exigence("B1")
def test_a_refused_form_keeps_everything_that_was_typed(client_demo: Any) -> None:
    """422, each message beside its field, described for screen readers."""
    saisie = {
        "dossier": "",
        "raison_sociale": "Judo",
        "siret": "123",
        "creee_le": "31/02/2020",
        "commune": "Brest",
        "cesse_le": "01/01/2019",
    }
    reponse = client_demo.post("/employeurs/nouveau", data=saisie, headers=HTMX)

    assert reponse.status_code == 422
    for nom in ("dossier", "siret", "creee_le"):
        assert re.search(rf'id="champ-{nom}"[^>]*aria-invalid="true"', reponse.text), nom
    assert re.search(r'id="champ-commune"[^>]*value="Brest"', reponse.text)
    assert re.search(r'id="champ-siret"[^>]*value="123"', reponse.text)
    assert "3 champs sont à corriger" in html.unescape(reponse.text)


def test_dates_the_wrong_way_round_are_said_beside_the_end(
    client_demo: Any, employeur: int
) -> None:
    """On the tab « Identité »."""
    saisie = {"raison_sociale": "X", "creee_le": "02/01/2020", "cesse_le": "01/01/2020"}
    reponse = client_demo.post(f"/employeurs/{employeur}/identite", data=saisie)
    assert reponse.status_code == 422
    assert re.search(r'id="champ-cesse_le"[^>]*aria-invalid="true"', reponse.text)
    assert "précède la date de début" in html.unescape(reponse.text)


@pytest.mark.exigence("G5")
def test_a_saved_tab_says_so_and_a_stale_one_is_refused(client_demo: Any, employeur: int) -> None:
    """The second person keeps what she typed, and is told to reload."""
    adresse = f"/employeurs/{employeur}/banque"
    vue = version(client_demo, adresse)
    saisie = {"titulaire": "Club", "iban": "FR7630006000011234567890189", "bic": ""}

    reponse = client_demo.post(adresse, data=saisie | {"_version": vue}, headers=HTMX)
    assert reponse.status_code == 204
    assert "Enregistr\\u00e9." in toast(reponse)

    saisie["titulaire"] = "Autre titulaire"
    reponse = client_demo.post(adresse, data=saisie | {"_version": vue}, headers=HTMX)
    assert reponse.status_code == 409
    assert 'value="Autre titulaire"' in reponse.text
    assert "modifiée entre-temps" in html.unescape(reponse.text)
    assert "FR76 3000 6000 0112 3456 7890 189" in client_demo.get(adresse).text


def test_a_double_siret_is_refused_beside_it(client_demo: Any, programme_demo: Programme) -> None:
    """409, naming who has it."""
    with programme_demo.transaction() as t:
        autre = service.lister_employeurs(t, Vue()).lignes[0]
    saisie = {"dossier": autre.dossier_id, "raison_sociale": "Double", "siret": autre.siret}
    reponse = client_demo.post("/employeurs/nouveau", data=saisie)
    assert reponse.status_code == 409
    assert html.escape(autre.raison_sociale) in reponse.text
    assert re.search(r'id="champ-siret"[^>]*aria-invalid="true"', reponse.text)


@pytest.mark.exigence("G5")
def test_an_employer_with_employees_is_archived_instead(client_demo: Any, employeur: int) -> None:
    """EMP-105 says why and offers the archive; the archive can be undone from its toast."""
    refus = client_demo.post(f"/employeurs/{employeur}/supprimer", headers=HTMX)
    assert refus.status_code == 409
    assert "EMP-105" in refus.text
    assert f'action="/employeurs/{employeur}/archiver"' in refus.text

    archive = client_demo.post(f"/employeurs/{employeur}/archiver", headers=HTMX)
    assert re.search(r'"annuler": \d+', toast(archive))
    fiche = client_demo.get(f"/employeurs/{employeur}").text
    assert "Archivé le" in fiche
    assert f'action="/employeurs/{employeur}/reprendre"' in fiche
    assert f'/employeurs/{employeur}"' not in client_demo.get("/employeurs/").text
    assert client_demo.post(f"/employeurs/{employeur}/reprendre").status_code == 303
    assert "Archivé le" not in client_demo.get(f"/employeurs/{employeur}").text


@pytest.mark.exigence("G5")
def test_a_deleted_employer_comes_back_by_its_toast(client_demo: Any) -> None:
    """The undo of the toast is the journal's."""
    creation = client_demo.post(
        "/employeurs/nouveau", data={"dossier": "1", "raison_sociale": "Passager"}
    )
    adresse = creation.headers["Location"].removesuffix("/convention")
    suppression = client_demo.post(f"{adresse}/supprimer", headers=HTMX)
    entree = re.search(r'"annuler": (\d+)', toast(suppression))
    assert client_demo.get(adresse).status_code == 404

    assert entree
    retour = client_demo.post(
        f"/maintenance/journal/{entree[1]}/annuler", data={"retour": "/employeurs/"}
    )
    assert retour.headers["Location"] == "/employeurs/"
    assert "Passager" in client_demo.get(adresse).text


@pytest.mark.exigence("O5", "O6")
def test_a_convention_proposes_its_opco_and_one_click_applies_it(client_demo: Any) -> None:
    """A sports club with 9999 is pointed out, 2511 is chosen, AFDAS proposed, applied."""
    saisie = {"dossier": "1", "raison_sociale": "Club", "naf": "93.12Z"}
    reponse = client_demo.post("/employeurs/nouveau", data=saisie)
    adresse = reponse.headers["Location"]
    fiche = adresse.removesuffix("/convention")
    client_demo.post(adresse, data={"idcc": "9999"})
    page = html.unescape(client_demo.get(adresse).text)
    assert "2511 Sport" in page
    assert "Choisir la 2511" in page
    assert "Aucun organisme de formation" in page
    assert "sans convention collective" in html.unescape(client_demo.get(fiche).text)

    client_demo.post(adresse, data={"idcc": "2511", "_version": version(client_demo, adresse)})
    page = html.unescape(client_demo.get(adresse).text)
    assert "Appliquer l’OPCO AFDAS" in page
    assert "Choisir la 2511" not in page

    applique = client_demo.post(f"{fiche}/opco", headers=HTMX)
    assert "OPCO AFDAS inscrit" in toast(applique)
    page = client_demo.get(f"{fiche}/formation").text
    assert re.search(r'id="champ-opco"[^>]*value="AFDAS"', page)
    assert "Aucun organisme de formation" not in page
    assert "AFDAS" in client_demo.get(f"{fiche}/organismes").text


@pytest.mark.exigence("B1")
def test_an_employer_changes_dossier_from_its_fiche(client_demo: Any, employeur: int) -> None:
    """The present one is chosen; none, or one that is gone, is refused beside the field."""
    client_demo.post("/employeurs/dossiers/nouveau", data={"nom": "Loisirs"})
    adresse = f"/employeurs/{employeur}/dossier"
    page = client_demo.get(adresse).text
    assert re.search(r'<option value="1" selected>', page)
    autre = re.search(r'<option value="(\d+)">Loisirs', page)
    assert autre
    for faux in ("", "999"):
        refus = client_demo.post(adresse, data={"dossier": faux})
        assert refus.status_code == 422
        assert re.search(r'id="champ-dossier"[^>]*aria-invalid="true"', refus.text)
    assert client_demo.post(adresse, data={"dossier": autre[1]}).status_code == 303
    assert f'href="/employeurs/?dossier={autre[1]}">Loisirs' in client_demo.get(adresse).text
    assert client_demo.get("/employeurs/99999/dossier").status_code == 404


@pytest.mark.exigence("O5")
def test_an_unknown_or_closed_convention_is_a_warning(client_demo: Any, employeur: int) -> None:
    """Said before saving and after, never refused; words instead of a number are."""
    adresse = f"/employeurs/{employeur}/convention"
    apercu = html.unescape(client_demo.get(f"{adresse}/apercu?idcc=0001").text)
    assert "Aucune convention connue ne porte l’IDCC 0001" in apercu
    assert "clôturée" in html.unescape(client_demo.get(f"{adresse}/apercu?idcc=0550").text)
    assert "bandeau" not in client_demo.get(f"{adresse}/apercu?idcc=sport").text
    assert client_demo.get("/employeurs/99999/convention/apercu?idcc=1").status_code == 404

    assert client_demo.post(adresse, data={"idcc": "0001"}).status_code == 303
    assert "Aucune convention connue" in client_demo.get(adresse).text
    refus = client_demo.post(adresse, data={"idcc": "sport"})
    assert refus.status_code == 422
    assert re.search(r'id="champ-idcc"[^>]*aria-invalid="true"', refus.text)
    assert "Aucun OPCO" in html.unescape(
        toast(client_demo.post(f"/employeurs/{employeur}/opco", headers=HTMX))
    )


@pytest.mark.exigence("O5")
def test_conventions_and_employers_are_suggested_while_typing(client_demo: Any) -> None:
    """By number or by word, as data; HTML in a name stays text."""
    trouvees = client_demo.get("/employeurs/conventions?q=sport").json
    assert trouvees[0]["valeur"] == "2511"
    assert client_demo.get("/employeurs/conventions?q=1518").json[0]["libelle"].startswith("1518 ")
    client_demo.post("/employeurs/nouveau", data={"dossier": "1", "raison_sociale": "<i>Zut</i>"})
    [zut] = client_demo.get("/employeurs/suggestions?q=zut").json
    assert zut["libelle"] == "<i>Zut</i>"
    assert zut["valeur"].isdecimal()


@pytest.mark.exigence("O5")
def test_the_opco_has_its_choices_and_its_defects(client_demo: Any, employeur: int) -> None:
    """The 11 OPCO are suggested; a date that is none is said beside it."""
    adresse = f"/employeurs/{employeur}/formation"
    page = client_demo.get(adresse).text
    assert '<option value="Uniformation">' in page
    refus = client_demo.post(adresse, data={"opco": "AFDAS", "opco_depuis_le": "hier"})
    assert refus.status_code == 422
    assert re.search(r'id="champ-opco_depuis_le"[^>]*value="hier"', refus.text)
    client_demo.post(adresse, data={"opco": "Unifaf"})
    assert "OPCO Santé lui a succédé" in html.unescape(client_demo.get(adresse).text)


@pytest.mark.exigence("P4", "G5")
def test_an_organisme_is_added_after_the_last_line(
    client_demo: Any, programme_demo: Programme, employeur: int
) -> None:
    """« Prévoyance », « Général », the caisse, the reference; taken away, it can come back."""
    adresse = f"/employeurs/{employeur}/organismes"
    liste = client_demo.get(adresse).text
    assert liste.rindex("Ajouter") > liste.rindex("</table>")
    page = client_demo.get(f"{adresse}/nouveau?nature=prevoyance&retour=prevoyance").text
    assert re.search(r'<option value="prevoyance" selected>', page)
    assert re.search(r'<option value="general" selected>', page)

    refus = client_demo.post(f"{adresse}/nouveau", data={"nature": "prevoyance", "reference": "R9"})
    assert refus.status_code == 422
    assert re.search(r'id="champ-reference"[^>]*value="R9"', refus.text)

    with programme_demo.transaction() as t:
        x, y = (organismes.trouver_ou_creer(t, "prevoyance", f"Caisse {n}") for n in "XY")
    saisie = {"nature": "prevoyance", "regime": "general", "organisme_id": x, "reference": "R9"}
    reponse = client_demo.post(f"{adresse}/nouveau?retour=prevoyance", data=saisie)
    assert reponse.headers["Location"] == f"/employeurs/{employeur}/prevoyance"
    page = client_demo.get(reponse.headers["Location"]).text
    lien = re.search(r'href="([^"]*organismes/\d+)[^"]*">Caisse X', page)
    assert lien

    ouverte = client_demo.get(f"{lien[1]}?retour=prevoyance").text
    assert f'<option value="{x}" selected>Caisse X</option>' in ouverte
    refus = client_demo.post(lien[1], data=saisie | {"organisme_id": ""})
    assert refus.status_code == 422
    assert client_demo.post(lien[1], data=saisie | {"organisme_id": y}).status_code == 303
    retrait = client_demo.post(f"{lien[1]}/supprimer", headers=HTMX)
    assert "Caisse Y" in toast(retrait)
    entree = re.search(r'"annuler": (\d+)', toast(retrait))
    assert entree
    assert "Caisse Y" not in client_demo.get(adresse).text
    client_demo.post(f"/maintenance/journal/{entree[1]}/annuler", data={"retour": adresse})
    assert "Caisse Y" in client_demo.get(adresse).text


@pytest.mark.exigence("P4")
def test_the_caisses_are_those_of_the_nature(
    client_demo: Any, programme_demo: Programme, employeur: int
) -> None:
    """An archived one is offered no more, unless the line has it already."""
    with programme_demo.transaction() as t:
        x = organismes.trouver_ou_creer(t, "prevoyance", "Caisse X")
    adresse = f"/employeurs/{employeur}/organismes"
    caisses = f"{adresse}/caisses?nature="
    assert "Caisse X" in client_demo.get(f"{caisses}prevoyance").text
    assert "Caisse X" not in client_demo.get(f"{caisses}urssaf").text
    assert "Choisissez d’abord la nature" in html.unescape(client_demo.get(caisses).text)

    saisie = {"nature": "prevoyance", "organisme_id": x, "reference": "R1"}
    client_demo.post(f"{adresse}/nouveau", data=saisie)
    with programme_demo.transaction() as t:
        organismes.archiver_organisme(t, x, archive=True)
    page = client_demo.get(adresse).text
    lien = re.search(r'href="([^"]*organismes/\d+)[^"]*">Caisse X', page)
    assert lien
    assert "Caisse X" not in client_demo.get(f"{caisses}prevoyance").text
    assert (
        f'<option value="{x}" selected>Caisse X (archivé)</option>' in client_demo.get(lien[1]).text
    )


@pytest.mark.exigence("P4")
def test_a_caisse_is_created_without_losing_the_line(client_demo: Any, employeur: int) -> None:
    """« Nouvel organisme » leads to the table and back, the new caisse chosen."""
    adresse = f"/employeurs/{employeur}/organismes"
    saisie = {
        "nature": "mutuelle",
        "regime": "artiste",
        "reference": "R & 9",
        "depuis_le": "01/01/2026",
    }
    sans = client_demo.post(f"{adresse}/caisses", data=saisie | {"nature": ""})
    assert sans.status_code == 422
    assert re.search(r'id="champ-reference"[^>]*value="R &amp; 9"', sans.text)

    depart = client_demo.post(f"{adresse}/caisses", data=saisie).headers["Location"]
    assert depart.startswith("/organismes/mutuelle/nouveau?retour=")
    creation = client_demo.post(depart, data={"famille": "mutuelle", "nom": "Mutuelle du Test"})
    page = client_demo.get(creation.headers["Location"]).text

    assert creation.headers["Location"].startswith(f"{adresse}/nouveau?")
    assert re.search(r"<option value=\"\d+\" selected>Mutuelle du Test</option>", page)
    assert '<option value="artiste" selected>' in page
    assert re.search(r'id="champ-reference"[^>]*value="R &amp; 9"', page)
    assert re.search(r'id="champ-depuis_le"[^>]*value="01/01/2026"', page)


@pytest.mark.exigence("G5")
def test_the_journal_shows_before_and_after_with_labels(client_demo: Any, employeur: int) -> None:
    """Who, when, the label of the field, and the undo of what can be undone."""
    client_demo.post(f"/employeurs/{employeur}/banque", data={"titulaire": "Les <u>Amis</u>"})
    page = html.unescape(client_demo.get(f"/employeurs/{employeur}/journal").text)
    assert re.search(r"Titulaire du compte\s: <del>", page)
    assert "/annuler" in page
    brut = client_demo.get(f"/employeurs/{employeur}/journal").text
    assert "&lt;u&gt;Amis" in brut
    assert f'name="retour" value="/employeurs/{employeur}/journal"' in brut


@pytest.mark.exigence("B1")
def test_its_employees_are_listed_in_the_fiche(client_demo: Any, employeur: int) -> None:
    """With their latest contract, searchable, and the way to a new one."""
    page = client_demo.get(f"/employeurs/{employeur}/salaries").text
    assert re.search(r'href="/salaries/\d+"', page)
    assert f'href="/salaries/nouveau?employeur={employeur}"' in page
    vide = client_demo.get(f"/employeurs/{employeur}/salaries?q=zzzz").text
    assert "Aucun salarié ne répond" in html.unescape(vide)

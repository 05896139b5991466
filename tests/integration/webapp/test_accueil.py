"""First start, home, long jobs, quitting, by the test client."""

import time
from typing import Any

import pytest
from sqlalchemy import select

from app.assemblage import Programme
from app.employeurs import service as employeurs
from app.noyau.periodes import Mois
from app.paie.models import Bulletin
from app.paie.service import calculer_le_mois, valider_le_mois
from app.paie.service.raisons import marquer_a_recalculer
from app.socle.listes import Vue


@pytest.mark.exigence("G2")
def test_an_empty_base_offers_the_demonstration_or_a_first_dossier(client: Any) -> None:
    """Both ways are on the first page, in French."""
    page = client.get("/").text
    assert "Essayer avec le dossier de démonstration" in page
    assert "Créer ce dossier" in page


@pytest.mark.exigence("G2")
def test_the_demonstration_is_prepared_in_the_background(client: Any, programme: Programme) -> None:
    """Its progress is shown, then the home page counts what it made."""
    adresse = client.post("/premier-demarrage/demonstration").headers["Location"]
    assert "Préparation du dossier de démonstration" in client.get(adresse).text
    programme.taches.attendre(int(adresse.rsplit("/", 1)[1]), 240)
    assert "Terminé." in client.get(adresse).text
    page = client.get("/").text
    assert "sous contrat aujourd" in page
    assert "Bienvenue" not in page


@pytest.mark.exigence("G2")
def test_the_first_dossier_is_created_or_refused_beside_its_field(client: Any) -> None:
    """An empty name is refused, what was typed stays; a good one leads to the first employer."""
    refus = client.post("/premier-demarrage/dossier", data={"nom": " "})
    assert refus.status_code == 422
    assert "ce champ est à remplir" in refus.text
    accord = client.post("/premier-demarrage/dossier", data={"nom": "<b>Sport</b>"})
    assert accord.headers["Location"] == "/employeurs/nouveau"
    dossiers = client.get("/employeurs/dossiers").text
    assert "&lt;b&gt;Sport&lt;/b&gt;" in dossiers
    assert "<b>Sport" not in dossiers


def test_a_job_can_be_cancelled_from_its_page(client: Any, programme: Programme) -> None:
    """The job stops at its next step and says that nothing was kept."""

    def travail(suivi: Any) -> dict[str, object]:
        for fait in range(2_000):
            suivi.etape("Étape", fait, 2_000)
            time.sleep(0.005)
        return {}

    numero = programme.taches.lancer("essai", "Essai long", travail, "moi")
    assert "Annuler l’opération" in client.get(f"/taches/{numero}").text
    client.post(f"/taches/{numero}/annuler")
    programme.taches.attendre(numero, 10)
    assert "annulée" in client.get(f"/taches/{numero}").text


def test_in_a_browser_quitting_says_where_the_program_stops(client_demo: Any) -> None:
    """No desktop shell: the tab may be closed, the terminal stops the program."""
    page = client_demo.post("/quitter").text
    assert "Ctrl + C" in page
    assert client_demo.post("/fenetre", data={"chemin": "/"}).status_code == 303
    assert client_demo.post("/avancer").status_code == 204


@pytest.mark.parametrize("adresse", ["/nulle-part", "/employeurs/999999", "/taches/999999"])
def test_what_does_not_exist_has_a_page_that_leads_home(client_demo: Any, adresse: str) -> None:
    """404, a French message, a code, a way out."""
    reponse = client_demo.get(adresse)
    assert reponse.status_code == 404
    assert "Code à donner au support" in reponse.text
    assert "Revenir à l’accueil" in reponse.text


def test_a_bug_shows_a_reference_and_no_personal_data(
    client_demo: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The page and the log bear the same reference; the value that broke is in neither."""
    donnee = "1 85 05 78 006 084 91"

    def casser(*_: Any, **__: Any) -> None:
        raise RuntimeError(donnee)

    monkeypatch.setattr("app.employeurs.service.lister_employeurs", casser)
    reponse = client_demo.get("/")
    assert reponse.status_code == 500
    assert donnee not in reponse.text
    assert donnee not in caplog.text
    reference = reponse.text.partition("référence ")[2][:6]
    assert f"reference={reference}" in caplog.text


@pytest.mark.parametrize("adresse", ["/employeurs/", "/salaries/", "/bulletins/"])
def test_a_filter_with_too_many_digits_is_no_filter(client_demo: Any, adresse: str) -> None:
    """An address typed by hand never overflows the base."""
    for nom in ("dossier", "employeur"):
        assert client_demo.get(f"{adresse}?{nom}={'9' * 40}").status_code == 200


@pytest.mark.exigence("O6", "P12", "G4")
def test_what_waits_is_listed_after_the_page(client_demo: Any, programme_demo: Programme) -> None:
    """Each line counts what its own screen lists; the first page asks for it, once shown."""
    accueil = client_demo.get("/").text
    assert 'hx-get="/a-faire"' in accueil
    a_faire = client_demo.get("/a-faire").text
    with programme_demo.transaction() as t:
        manques = employeurs.compter_les_manques(t)
        listes = {
            cle: employeurs.lister_employeurs(t, Vue(filtres=(("manque", cle),))).total
            for cle in manques
        }
    assert manques == listes
    assert manques["opco"] > 0
    assert f"{manques['opco']} employeurs sans OPCO" in a_faire
    assert 'href="/employeurs/?manque=opco"' in a_faire
    assert "aux taux à confirmer" in a_faire
    assert "à recalculer" not in a_faire
    assert "brouillon" not in a_faire
    assert "Sans OPCO" in client_demo.get("/employeurs/?manque=opco").text


@pytest.mark.exigence("B6", "P12")
def test_drafts_of_past_months_and_bulletins_to_compute_again_are_pointed_out(
    client_demo: Any, programme_demo: Programme
) -> None:
    """Computed and left in draft, then validated and marked: each has its screen."""
    with programme_demo.transaction() as t:
        mois = Mois.de(t.aujourd_hui).suivant(-2)
        combien = calculer_le_mois(t, mois).calcules
    page = client_demo.get("/a-faire").text.replace("\u202f", " ")
    assert f"{combien} brouillons de mois passés à valider" in page
    assert f"/bulletins/?mois={mois}&amp;etat=brouillon" in page
    assert mois.en_toutes_lettres in page.replace("\u00a0", " ")

    with programme_demo.transaction() as t:
        valider_le_mois(t, mois)
        valides = t.session.scalars(select(Bulletin.contrat_id).limit(2)).all()
        marquer_a_recalculer(t, contrats=list(valides), depuis=mois, motif="essai")
    page = client_demo.get("/a-faire").text
    assert "2 bulletins à recalculer" in page.replace("\u202f", " ").replace("\u00a0", " ")
    assert 'href="/bulletins/a-recalculer"' in page
    assert "brouillon" not in page


def test_an_empty_base_has_nothing_to_do(client: Any) -> None:
    """The panel says so."""
    assert "Rien à faire" in client.get("/a-faire").text

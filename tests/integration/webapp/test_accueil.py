"""First start, home, long jobs, quitting, by the test client."""

import time
from typing import Any

import pytest

from app.assemblage import Programme


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
    programme.taches.attendre(int(adresse.rsplit("/", 1)[1]), 180)
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

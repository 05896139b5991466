"""The screens, by the test client."""

import io
import re
from typing import Any

import pytest

from app.importations.documents import modele
from app.importations.rules.genres import GENRES


def envoyer(client: Any, genre: str, octets: bytes, nom: str = "a.xlsx", **champs: str) -> Any:
    """Send a file on the first screen."""
    donnees = {"genre": genre, "fichier": (io.BytesIO(octets), nom), **champs}
    return client.post("/importations/", data=donnees, content_type="multipart/form-data")


def jeton_de(reponse: Any) -> str:
    """Return the mark of the file that was sent."""
    assert reponse.status_code == 303
    return str(reponse.headers["Location"]).rsplit("/", 1)[1]


@pytest.mark.exigence("G6")
def test_a_file_goes_from_choice_to_result(client: Any, atelier: Any) -> None:
    """Choose, preview with counts, import in the background, see the result."""
    rangees = [["Dossier", "Raison sociale", "Remarque"], ["Neuf", "<script>Judo</script>", "x"]]
    jeton = jeton_de(envoyer(client, "employeurs", atelier.classeur(rangees), "reprise.xlsx"))

    assert "reprise.xlsx" in client.get(f"/importations/{jeton}").text
    apercu = client.get(f"/importations/{jeton}/contenu").text
    assert "&lt;script&gt;Judo&lt;/script&gt;" in apercu
    assert "<script>Judo" not in apercu
    assert "C (Remarque)" in apercu
    assert re.search(r'id="compte-creer">1<', apercu)
    assert "Neuf" in apercu

    reponse = client.post(f"/importations/{jeton}/importer", data={"attendues": "1"})
    adresse = reponse.headers["Location"]
    client.application.extensions["clairpaie"].programme.taches.attendre(
        int(adresse.rsplit("/", 1)[1]), 20
    )
    resultat = client.get(adresse).text
    assert re.search(r'id="resultat-creees">1<', resultat)
    assert "/importations/?genre=salaries" in resultat
    assert client.get(f"/importations/{jeton}").status_code == 404


@pytest.mark.exigence("G6")
def test_a_foreign_file_is_refused_on_the_first_screen(client: Any) -> None:
    """The choice stays, the message says what the file is."""
    reponse = envoyer(client, "salaries", b"%PDF-1.7", "paie.xlsx")
    assert reponse.status_code == 422
    assert "document PDF" in reponse.text
    assert re.search(r'value="salaries" checked', reponse.text)
    assert envoyer(client, "salaries", b"").status_code == 422


def test_columns_can_be_matched_by_hand(client: Any) -> None:
    """Unknown headings first, then a preview once they are named."""
    octets = "Machin;Truc\nAviron;Mer\n".encode("cp1252")
    jeton = jeton_de(envoyer(client, "employeurs", octets, "a.csv"))
    assert "Aucun intitulé" in client.get(f"/importations/{jeton}/contenu").text

    choix = {"colonne-0": "raison_sociale", "colonne-1": "dossier", "dossier": ""}
    reponse = client.post(
        f"/importations/{jeton}/colonnes",
        data=choix,
        headers={"HX-Request": "true", "HX-Target": "apercu"},
    )

    assert re.search(r'id="compte-creer">1<', reponse.text)
    assert client.post(f"/importations/{jeton}/abandonner").status_code == 303
    assert client.get(f"/importations/{jeton}/contenu").status_code == 404


@pytest.mark.exigence("G6")
def test_lines_in_error_are_listed_and_the_list_can_be_taken_away(
    client: Any, atelier: Any
) -> None:
    """The screen offers the good lines only, the workbook lists every finding."""
    rangees = [["Dossier", "Raison sociale", "SIRET"], ["D", "Judo", "123"], ["D", "Aviron", ""]]
    jeton = jeton_de(envoyer(client, "employeurs", atelier.classeur(rangees)))

    apercu = client.get(f"/importations/{jeton}/contenu").text

    assert "C (SIRET)" in apercu
    assert "que les lignes correctes (1)" in apercu
    releve = client.get(f"/importations/{jeton}/erreurs.xlsx")
    assert releve.data.startswith(b"PK")
    assert "attachment" in releve.headers["Content-Disposition"]


@pytest.mark.parametrize("genre", GENRES)
def test_templates_are_downloaded(client: Any, genre: str) -> None:
    """One for each kind of file."""
    reponse = client.get(f"/importations/modele/{genre}.xlsx")
    assert reponse.data[:2] == modele(GENRES[genre])[:2]
    assert f"modele-{genre}.xlsx" in reponse.headers["Content-Disposition"]


def test_an_import_refused_in_the_background_says_why_and_leads_back(
    client: Any, atelier: Any
) -> None:
    """The base changed since the preview: nothing is written, the preview is one step away."""
    rangees = [["Dossier", "Raison sociale"], ["D", "Judo"]]
    jeton = jeton_de(envoyer(client, "employeurs", atelier.classeur(rangees)))
    adresse = client.post(f"/importations/{jeton}/importer", data={"attendues": "7"}).headers[
        "Location"
    ]
    programme = client.application.extensions["clairpaie"].programme
    programme.taches.attendre(int(adresse.rsplit("/", 1)[1]), 20)

    page = client.get(adresse).text

    assert "ont changé depuis l’aperçu" in page
    assert f'href="/importations/{jeton}"' in page
    assert client.get(f"/importations/{jeton}").status_code == 200

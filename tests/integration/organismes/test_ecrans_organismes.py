"""The screens of organismes collecteurs, by the test client."""

import html
import re
from typing import Any

import pytest

HTMX = {"HX-Request": "true", "HX-Target": "page"}
MUTEX = {"famille": "prevoyance", "nom": "Mutex", "code_dsn": "529219040"}


def texte(reponse: Any) -> str:
    """Return what the page says, entities read."""
    return html.unescape(reponse.text)


@pytest.mark.exigence("P3")
def test_the_families_lead_to_their_lists(client: Any) -> None:
    """From the tab of « Paramétrage (Taux) » to an empty list that says what to do."""
    assert 'href="/organismes/"' in client.get("/bulletins/baremes/cotisations").text
    familles = texte(client.get("/organismes/"))
    assert re.search(r'href="/organismes/prevoyance/">Caisses de prévoyance', familles)
    assert "Aucun organisme" in texte(client.get("/organismes/prevoyance/"))
    assert client.get("/organismes/banques/").status_code == 404
    assert client.get("/organismes/banques/nouveau").status_code == 404
    assert client.get("/organismes/banques/fusion").status_code == 404
    assert client.get("/organismes/banques/modeles").status_code == 404
    assert client.get("/organismes/999").status_code == 404


@pytest.mark.exigence("P3")
def test_a_caisse_is_created_listed_opened_and_changed(client: Any) -> None:
    """« Nouveau », « Enregistrer », the list, the drop-down list, changed, saved."""
    reponse = client.post("/organismes/prevoyance/nouveau", data=MUTEX, headers=HTMX)
    assert '"path": "/organismes/prevoyance/"' in reponse.headers["HX-Location"]
    liste = client.get("/organismes/prevoyance/?q=mutex").text
    lien = re.search(r'href="(/organismes/\d+)">Mutex', liste)
    assert lien
    numero = lien[1].rpartition("/")[2]
    assert f'<option value="{numero}">Mutex</option>' in liste
    ouverte = client.get(f"/organismes/prevoyance/ouvrir?organisme={numero}")
    assert ouverte.headers["Location"] == lien[1]
    vide = client.get("/organismes/prevoyance/ouvrir?organisme=x")
    assert vide.headers["Location"] == "/organismes/prevoyance/"

    version = re.search(r'name="_version" value="(\d+)"', client.get(lien[1]).text)
    assert version
    saisie = MUTEX | {"commune": "Châtillon", "_version": version[1]}
    assert client.post(lien[1], data=saisie).status_code == 303
    assert 'value="Châtillon"' in client.get(lien[1]).text
    refus = client.post(lien[1], data=saisie | {"nom": ""})
    assert refus.status_code == 409


@pytest.mark.exigence("P3")
def test_a_duplicate_name_links_to_the_existing_record(client: Any) -> None:
    """Beside the field, on a new form and on another record; what was typed stays."""
    client.post("/organismes/prevoyance/nouveau", data=MUTEX)
    client.post("/organismes/prevoyance/nouveau", data=MUTEX | {"nom": "Klesia", "code_dsn": ""})
    saisie = MUTEX | {"nom": "MUTEX", "commune": "Brest"}
    for adresse in ("/organismes/prevoyance/nouveau", "/organismes/2"):
        refus = client.post(adresse, data=saisie)
        assert refus.status_code == 409
        assert 'href="/organismes/1">Ouvrir la fiche existante' in refus.text
        assert 'value="Brest"' in refus.text
        assert re.search(r'id="champ-nom"[^>]*aria-invalid="true"', refus.text)


@pytest.mark.exigence("P3")
def test_a_known_organisme_fills_the_form_in(client: Any) -> None:
    """From the list, with its code; the way back of an employer's line goes along."""
    retour = "/employeurs/1/organismes/nouveau?retour=organismes"
    page = client.get(
        "/organismes/prevoyance/modeles", query_string={"q": "P1031", "retour": retour}
    )
    lien = re.search(r'href="(/organismes/prevoyance/nouveau\?modele=[^"]*)"', page.text)
    assert lien
    formulaire = client.get(html.unescape(lien[1])).text
    assert 'value="APICIL PREVOYANCE"' in formulaire
    assert 'value="P1031"' in formulaire
    assert html.escape(retour) in formulaire
    assert client.get("/organismes/prevoyance/nouveau?modele=99999").status_code == 404
    assert "Aucune liste" in texte(client.get("/organismes/impots/modeles"))
    ailleurs = client.get("/organismes/prevoyance/nouveau?retour=//exemple.fr").text
    assert "exemple.fr" not in ailleurs


@pytest.mark.exigence("P3")
def test_a_caisse_in_use_says_who_uses_it(client_demo: Any) -> None:
    """409 with the employers' names, and « Archiver plutôt » ; archived, it can be taken back."""
    liste = client_demo.get("/organismes/mutuelle/").text
    lien = re.search(r'href="(/organismes/\d+)">Harmonie Mutuelle', liste)
    assert lien
    refus = client_demo.post(f"{lien[1]}/supprimer")
    assert refus.status_code == 409
    assert re.search(r"est encore utilisé.*\d employeurs \(", texte(refus))
    assert "Archiver plutôt" in texte(refus)

    client_demo.post(f"{lien[1]}/archiver")
    assert "Harmonie Mutuelle" not in client_demo.get("/organismes/mutuelle/").text
    assert "Harmonie Mutuelle" in client_demo.get("/organismes/mutuelle/?archives=1").text
    client_demo.post(f"{lien[1]}/reprendre")
    assert "Harmonie Mutuelle" in client_demo.get("/organismes/mutuelle/").text


@pytest.mark.exigence("P3", "G5")
def test_duplicates_are_previewed_merged_and_given_back(client: Any) -> None:
    """Nothing happens before « Fusionner »; the toast undoes it."""
    client.post("/organismes/prevoyance/nouveau", data=MUTEX)
    client.post(
        "/organismes/prevoyance/nouveau", data={"famille": "prevoyance", "nom": "Mutex Santé"}
    )
    page = client.get("/organismes/prevoyance/fusion").text
    assert "garde=1&amp;absorbe=2" in page
    apercu = texte(client.get("/organismes/prevoyance/fusion?garde=2&absorbe=1"))
    assert "Code DSN : 529219040" in apercu.replace("\u00a0", " ")
    assert "Mutex" in client.get("/organismes/1").text

    for paire in ({"garde": "1", "absorbe": "1"}, {"garde": "1", "absorbe": ""}):
        refus = client.post("/organismes/prevoyance/fusion", data=paire)
        assert (refus.status_code, "ORG" in refus.text or "fusionnés" in refus.text) == (422, True)
        vue = client.get("/organismes/prevoyance/fusion", query_string=paire)
        assert vue.status_code == 422
    fusion = client.post(
        "/organismes/prevoyance/fusion", data={"garde": "2", "absorbe": "1"}, headers=HTMX
    )
    assert client.get("/organismes/1").status_code == 404
    entree = re.search(r'"annuler": (\d+)', fusion.headers["HX-Trigger"])
    assert entree
    client.post(f"/maintenance/journal/{entree[1]}/annuler")
    assert 'value="529219040"' in client.get("/organismes/1").text
    assert 'value="529219040"' not in client.get("/organismes/2").text


@pytest.mark.exigence("P3", "G5")
def test_a_caisse_that_nobody_uses_is_deleted_with_an_undo(client: Any) -> None:
    """The toast brings it back."""
    client.post("/organismes/prevoyance/nouveau", data=MUTEX)
    retrait = client.post("/organismes/1/supprimer", headers=HTMX)
    entree = re.search(r'"annuler": (\d+)', retrait.headers["HX-Trigger"])
    assert entree
    client.post(f"/maintenance/journal/{entree[1]}/annuler")
    assert client.get("/organismes/1").status_code == 200
    assert "Organisme collecteur" in client.get("/maintenance/journal").text

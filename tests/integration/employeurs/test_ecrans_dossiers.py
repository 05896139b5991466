"""The screens of dossiers, and what every screen says when there is nothing yet."""

import html
import re
from typing import Any

import pytest

HTMX = {"HX-Request": "true", "HX-Target": "page"}


def version(client: Any, adresse: str) -> str:
    """Return the version that a form was made from."""
    trouvee = re.search(r'name="_version" value="(\d+)"', client.get(adresse).text)
    assert trouvee
    return trouvee[1]


def toast(reponse: Any) -> str:
    """Return what the response announces."""
    return str(reponse.headers.get("HX-Trigger", ""))


@pytest.mark.exigence("B1", "G5")
def test_dossiers_are_created_renamed_archived_and_deleted(client_demo: Any) -> None:
    """Both tabs count; every step has its toast, deletion its undo."""
    adresse = "/employeurs/dossiers"
    assert "Nouveau dossier</h2>" in client_demo.get(f"{adresse}/nouveau").text
    reponse = client_demo.post(f"{adresse}/nouveau", data={"nom": "<i>Neuf</i>"}, headers=HTMX)
    assert reponse.status_code == 204
    page = client_demo.get(adresse).text
    assert "<i>Neuf" not in page
    lien = re.search(r'href="(/employeurs/dossiers/\d+)">Modifier<span[^>]*> : &lt;i&gt;Neuf', page)
    assert lien
    double = client_demo.post(f"{adresse}/nouveau", data={"nom": "<I>NEUF</I>", "note": "n"})
    assert double.status_code == 409
    assert re.search(r"<textarea[^>]*>n</textarea>", double.text)

    vue = version(client_demo, lien[1])
    assert client_demo.post(lien[1], data={"nom": "Neuf", "_version": vue}).status_code == 303
    stale = client_demo.post(lien[1], data={"nom": "Vieux", "_version": vue})
    assert stale.status_code == 409
    assert 'value="Vieux"' in stale.text

    client_demo.post(f"{lien[1]}/archiver", headers=HTMX)
    archives = html.unescape(client_demo.get(f"{adresse}?archives=1").text)
    assert "Dossiers archivés (1)" in archives
    assert "Neuf" in archives
    assert "Neuf" in client_demo.get(lien[1]).text
    client_demo.post(f"{lien[1]}/reprendre")
    suppression = client_demo.post(f"{lien[1]}/supprimer", headers=HTMX)
    assert "Dossier \\u00ab\\u202fNeuf\\u202f\\u00bb supprim\\u00e9." in toast(suppression)
    entree = re.search(r'"annuler": (\d+)', toast(suppression))
    assert entree
    client_demo.post(f"/maintenance/journal/{entree[1]}/annuler", data={"retour": adresse})
    assert "Neuf" in client_demo.get(adresse).text
    plein = client_demo.post("/employeurs/dossiers/1/supprimer", headers=HTMX)
    assert (plein.status_code, "EMP-106" in toast(plein)) == (409, True)


def test_empty_screens_say_what_to_do(client: Any) -> None:
    """No dossier, no employer, nothing archived."""
    assert "Créer un dossier" in html.unescape(client.get("/employeurs/dossiers").text)
    assert "Aucun dossier archivé" in client.get("/employeurs/dossiers?archives=1").text
    assert "Nouvel employeur" in client.get("/employeurs/").text
    assert "Aucun employeur archivé" in client.get("/employeurs/?archives=1").text
    assert "Aucun employeur ne répond" in client.get("/employeurs/?q=judo").text
    assert "d’abord un dossier" in client.get("/employeurs/nouveau").text
    client.post("/employeurs/dossiers/nouveau", data={"nom": "Seul"})
    assert re.search(r"<option value=\"\d+\" selected>Seul", client.get("/employeurs/nouveau").text)
    client.post("/employeurs/nouveau", data={"dossier": "1", "raison_sociale": "Neuf"})
    assert "Aucun organisme" in client.get("/employeurs/1/organismes").text
    assert "Aucun salarié" in client.get("/employeurs/1/salaries").text
    assert client.get("/employeurs/?dossier=1&page=50&tri=-commune").status_code == 200

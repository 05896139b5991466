"""The screens and the command line of the backups."""

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import cli
from app.assemblage import Programme
from app.sauvegardes import service
from tests.integration.sauvegardes.conftest import SAISIE


def _suivre(client: FlaskClient, adresse: str) -> str:
    """Follow a job to its end; returns the page."""
    for _ in range(200):
        vue = client.get(adresse).get_data(as_text=True)
        if "hx-trigger" not in vue.partition('id="tache"')[2].partition(">")[0]:
            return vue
        time.sleep(0.05)
    raise AssertionError(adresse)


@pytest.mark.exigence("S1", "S3", "S5", "S7")
def test_from_a_new_script_to_the_base_restored(client: FlaskClient, cible: Path) -> None:
    """Create, run, look at the list, restore: each page says where one stands."""
    assert "Aucun script" in client.get("/sauvegardes/").get_data(as_text=True)
    assert client.get("/sauvegardes/nouveau").status_code == 200
    reponse = client.post("/sauvegardes/nouveau", data=SAISIE | {"dossier": str(cible)})
    assert reponse.status_code == 303
    accueil = client.get("/sauvegardes/").get_data(as_text=True)
    assert "Chaque nuit" in accueil
    assert re.search(r"Prochaine exécution\s: \d\d/\d\d/\d{4} à 23:00", accueil)

    faite = client.post("/sauvegardes/1/executer")
    assert "Sauvegarde faite et vérifiée" in _suivre(client, faite.location)
    assert len(list(cible.iterdir())) == 1
    liste = client.get("/sauvegardes/restaurer?script=1").get_data(as_text=True)
    numero = re.search(r'name="sauvegarde" value="(\d+)"', liste)
    assert numero is not None
    assert "vérifiée" in liste

    restauree = client.post("/sauvegardes/restaurer", data={"sauvegarde": numero[1]})
    assert "La base a été restaurée." in _suivre(client, restauree.location)
    assert "Avant les dernières" in client.get("/sauvegardes/restaurer").get_data(as_text=True)
    assert client.get("/sauvegardes/1").status_code == 200
    verdict = client.post("/sauvegardes/verifier")
    assert "entière" in _suivre(client, verdict.location)
    assert client.post("/sauvegardes/1/supprimer").status_code == 303
    assert "Aucun script" in client.get("/sauvegardes/").get_data(as_text=True)
    assert "script" in client.get("/maintenance/journal").get_data(as_text=True)


def test_a_form_that_is_refused_keeps_what_was_typed(client: FlaskClient, cible: Path) -> None:
    """The fault is said beside its field."""
    reponse = client.post(
        "/sauvegardes/nouveau", data=SAISIE | {"dossier": str(cible), "heure": "minuit"}
    )

    assert reponse.status_code == 422
    texte = reponse.get_data(as_text=True)
    assert "minuit" in texte
    assert "pas une heure" in texte


@pytest.mark.exigence("S9")
def test_the_recovery_key_is_shown_once(client: FlaskClient, cible: Path) -> None:
    """On the page that follows the creation, and nowhere after."""
    saisie = SAISIE | {"dossier": str(cible), "chiffrer": "1", "phrase": "le cheval d'Henri IV"}

    cle = client.post("/sauvegardes/nouveau", data=saisie).get_data(as_text=True)

    assert "AGE-SECRET-KEY-" in cle
    for adresse in ("/sauvegardes/", "/sauvegardes/1", "/maintenance/journal"):
        assert "AGE-SECRET-KEY-" not in client.get(adresse).get_data(as_text=True)


@pytest.mark.exigence("A1", "A2", "A3", "S11")
def test_what_is_wrong_is_shown_and_put_right(
    client: FlaskClient, script: int, cible: Path
) -> None:
    """« Emplacement indisponible », the indicator, « Parcourir », « Repousser les dates »."""
    cible.rmdir()
    echec = client.post(f"/sauvegardes/{script}/executer")
    assert "renommé" in _suivre(client, echec.location)
    accueil = client.get("/sauvegardes/").get_data(as_text=True)
    assert "Emplacement indisponible" in accueil
    assert "Sauvegarde en échec" in client.get("/sauvegardes/temoin").get_data(as_text=True)

    refus = client.post(f"/sauvegardes/{script}/emplacement", data={"dossier": "ici"})
    assert "erreur" in refus.headers["HX-Trigger"]
    autre = cible.with_name("autre")
    client.post(f"/sauvegardes/{script}/emplacement", data={"dossier": str(autre)})
    client.post(f"/sauvegardes/{script}/repousser", data={"au": "01/01/2030"})
    client.post("/sauvegardes/remettre-a-jour")

    accueil = client.get("/sauvegardes/").get_data(as_text=True)
    assert "Emplacement indisponible" not in accueil
    assert "01/01/2030" in accueil
    assert autre.is_dir()


class Ligne:
    """A command line on the data folder of the test."""

    def __init__(self, donnees: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.donnees, self.capsys = donnees, capsys

    def __call__(self, *arguments: str, code: int = 0) -> Any:
        """Run a command of the group; return what it said to a machine, or its refusal."""
        base = ["--donnees", str(self.donnees), "--json", "sauvegarde"]
        assert cli.executer([*base, *arguments]) == code
        vu = self.capsys.readouterr()
        return json.loads(vu.out)


@pytest.mark.exigence("G3", "S7", "S12")
def test_everything_goes_by_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """creer, executer, lister, restaurer, verifier; what is refused exits with 2."""
    ligne, coffre = Ligne(tmp_path / "donnees", capsys), tmp_path / "coffre"
    creer = ("creer", "Nuit", "--a", "23:00", "--depuis", "2026-09-01", "--vers", str(coffre))
    assert ligne(*creer, "--tous-les", "1 lustre", code=2)["erreur"]["code"] == "SAU-114"
    assert ligne(*creer, "--tous-les", "2 semaines")["planning"] == "toutes les 2 semaines à 23:00"
    faites = [ligne("executer", "Nuit") for _ in range(2)]
    (script,) = ligne("lister")
    assert [s["fichier"] for s in script["sauvegardes"]] == [f["fichier"] for f in faites[::-1]]
    assert ligne("restaurer", "Nuit", "--version", "2")["fichier"] == faites[0]["fichier"]
    assert ligne("restaurer", "Nuit", "--version", "9", code=2)["erreur"]["code"] == "SAU-110"
    assert ligne("restaurer", "--fichier", faites[1]["fichier"])["message"]
    assert ligne("executer", "Jour", code=2)["erreur"]["code"] == "SAU-109"
    Path(faites[0]["fichier"]).write_bytes(b"x" * 500)
    verdicts = ligne("verifier", code=2)
    assert sorted({v["resultat"] for v in verdicts}) == ["entiere", "mauvaise"]


@pytest.mark.usefixtures("script")
def test_the_indicator_says_that_none_was_made(client: FlaskClient, programme: Programme) -> None:
    """Then that all is well, once one is."""
    assert "Pas encore" in client.get("/sauvegardes/temoin").get_data(as_text=True)
    service.executer_script(programme, 1)
    assert "à jour" in client.get("/sauvegardes/temoin").get_data(as_text=True)

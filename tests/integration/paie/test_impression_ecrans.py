"""Printing by the screens and the command line."""

import json
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from app.assemblage import Programme
from app.cli import executer
from app.noyau.periodes import Mois
from app.paie.service.calculer import BilanCalcul
from tests.conftest import client_de
from tests.integration.paie.conftest import Maison, creer_employeur, embaucher
from tests.integration.paie.test_impression import bulletin_de

JANVIER = Mois(2026, 1)
Calculer = Callable[..., BilanCalcul]


@pytest.fixture
def navigateur(programme: Programme) -> Any:
    """A client of the web floor, on the base of the house."""
    return client_de(programme)


def imprimer(programme: Programme, navigateur: Any, **choix: str) -> tuple[str, Any]:
    """Print January; returns the last page and the file that it links to (None: none)."""
    reponse = navigateur.post("/bulletins/impression?mois=2026-01", data=choix)
    adresse = reponse.headers["Location"]
    numero = re.search(r"impression/(\d+)", adresse)
    assert numero
    programme.taches.attendre(int(numero[1]), 60)
    page = str(navigateur.get(adresse).text)
    lien = re.search(r'href="(/bulletins/impression/\d+/fichier)"', page)
    return page, navigateur.get(lien[1]) if lien else None


def test_a_bulletin_is_sent_as_a_pdf(
    programme: Programme, navigateur: Any, maison: Maison, calculer: Calculer
) -> None:
    """Under its own name; the day of payment may be given."""
    calculer(JANVIER)
    numero = bulletin_de(programme, maison.contrats[0], JANVIER)
    reponse = navigateur.get(f"/bulletins/{numero}.pdf?paiement=28/01/2026")
    assert reponse.mimetype == "application/pdf"
    assert "ABEL Anne - 2026-01.pdf" in reponse.headers["Content-Disposition"]
    assert "28/01/2026" in PdfReader(BytesIO(reponse.data)).pages[0].extract_text()
    assert navigateur.get(f"/bulletins/{numero}.pdf?paiement=jamais").status_code == 200
    assert navigateur.get("/bulletins/9999.pdf").status_code == 404


@pytest.mark.exigence("B4")
@pytest.mark.usefixtures("maison")
def test_a_month_is_printed_in_one_action(
    programme: Programme, navigateur: Any, calculer: Calculer
) -> None:
    """The page says how many and that they are drafts; the job ends with the file."""
    calculer(JANVIER)
    page = navigateur.get("/bulletins/impression?mois=2026-01").text
    assert "Imprimer 3 bulletins" in page
    assert "3 bulletins sont des brouillons" in page
    assert "celle de chaque bulletin" in page
    page, fichier = imprimer(programme, navigateur, forme="unique", paye_le="30/01/2026")
    assert 'id="resultat-bulletins">3<' in page
    assert fichier.mimetype == "application/pdf"
    lu = PdfReader(BytesIO(fichier.data))
    assert len(lu.pages) == 3
    assert "30/01/2026" in lu.pages[2].extract_text()
    fichier.close()


@pytest.mark.usefixtures("maison")
def test_many_files_come_in_an_archive(
    programme: Programme, navigateur: Any, calculer: Calculer
) -> None:
    """A folder an employer; the next batch takes its place."""
    autre = creer_employeur(programme, raison_sociale="Aïkido")
    embaucher(programme, autre, "Zola")
    calculer(JANVIER)
    _, fichier = imprimer(programme, navigateur, forme="salarie", paye_le="")
    with ZipFile(BytesIO(fichier.data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "2026-01/Aïkido/ZOLA Anne - 2026-01.pdf",
            "2026-01/Judo club/ABEL Anne - 2026-01.pdf",
            "2026-01/Judo club/BRUNO Anne - 2026-01.pdf",
            "2026-01/Judo club/COSTE Anne - 2026-01.pdf",
        ]
    adresse = fichier.request.path
    fichier.close()
    _, suivant = imprimer(programme, navigateur, forme="employeur", paye_le="")
    suivant.close()
    perdu = navigateur.get(adresse)
    assert perdu.status_code == 404
    assert "PAI-141" in perdu.text
    assert len(list((programme.dossier / "impressions").iterdir())) == 1


@pytest.mark.usefixtures("maison")
def test_what_cannot_be_printed_is_said(programme: Programme, navigateur: Any) -> None:
    """Nothing computed: an empty state; a date that is none: beside its field."""
    vide = navigateur.get("/bulletins/impression?mois=2026-01").text
    assert "Aucun bulletin à imprimer" in vide
    page, fichier = imprimer(programme, navigateur, forme="unique", paye_le="")
    assert "rien à imprimer" in page
    assert fichier is None
    refus = navigateur.post(
        "/bulletins/impression?mois=2026-01", data={"forme": "unique", "paye_le": "31/02/2026"}
    )
    assert refus.status_code == 422
    assert navigateur.get("/bulletins/livre?mois=2026-01").status_code == 404


def test_the_livre_is_sent_in_both_formats(
    navigateur: Any, maison: Maison, calculer: Calculer
) -> None:
    """For all, or one employer."""
    calculer(JANVIER)
    for genre, mime in (("xlsx", "spreadsheetml"), ("pdf", "application/pdf")):
        reponse = navigateur.get(f"/bulletins/livre?mois=2026-01&format={genre}")
        assert mime in reponse.mimetype
        assert f"livre-de-paie-2026-01.{genre}" in reponse.headers["Content-Disposition"]
    pdf = navigateur.get(f"/bulletins/livre?mois=2026-01&format=pdf&employeur={maison.employeur}")
    assert "Judo club" in PdfReader(BytesIO(pdf.data)).pages[0].extract_text()


def test_batches_of_a_former_launch_are_removed(programme: Programme) -> None:
    """They hold salaries: nothing keeps them once the program stopped."""
    reste = programme.dossier / "impressions" / "x" / "Bulletins.pdf"
    reste.parent.mkdir(parents=True)
    reste.write_bytes(b"x")
    client_de(programme)
    assert not reste.exists()


def test_a_month_is_printed_from_the_command_line(
    dossier_demo: Path, tmp_path: Path, capsys: Any
) -> None:
    """Files under the folder given; text for a person, data for a machine."""
    base = ["--donnees", str(dossier_demo)]
    assert executer([*base, "bulletins", "calculer", "--mois", "2026-06"]) == 0
    capsys.readouterr()
    imprimer_ = [*base, "--json", "bulletins", "imprimer", "--mois", "2026-06"]
    assert executer([*imprimer_, "--vers", str(tmp_path), "--forme", "employeur"]) == 0
    donnees = json.loads(capsys.readouterr().out)
    assert donnees["fichiers"] == len(list(tmp_path.rglob("*.pdf"))) > 1
    livre = [*base, "bulletins", "livre", "--mois", "2026-06", "--vers", str(tmp_path)]
    assert executer(livre) == 0
    assert "livre-de-paie-2026-06.xlsx" in capsys.readouterr().out
    assert (tmp_path / "livre-de-paie-2026-06.xlsx").is_file()
    refus = [*base, "bulletins", "imprimer", "--mois", "2031-01", "--vers", str(tmp_path)]
    assert executer(refus) == 2
    assert "PAI-140" in capsys.readouterr().err

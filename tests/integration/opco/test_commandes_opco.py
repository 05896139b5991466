"""`clairpaie opco`: preview, apply, undo, report; query 35 reads what was applied."""

import json
from pathlib import Path
from typing import Any

import pytest

from app import cli
from app.assemblage import Programme
from app.employeurs import service as employeurs


class Ligne:
    """A command line on the data folder of the test."""

    def __init__(self, donnees: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.donnees, self.capsys = donnees, capsys

    def __call__(self, *arguments: str, code: int = 0) -> str:
        """Run a command; return what it said."""
        assert cli.executer(["--donnees", str(self.donnees), *arguments]) == code
        vu = self.capsys.readouterr()
        return vu.out if code == 0 else vu.err

    def donner(self, *arguments: str) -> Any:
        """Run a command; return what it said to a machine."""
        return json.loads(self("--json", *arguments))


@pytest.fixture
def ligne(
    programme: Programme, associations: dict[str, int], capsys: pytest.CaptureFixture[str]
) -> Ligne:
    """The command line on the associations of the test."""
    assert associations
    return Ligne(programme.dossier, capsys)


@pytest.mark.exigence("O2", "O7")
def test_preview_apply_again_undo(ligne: Ligne, bureau: Path) -> None:
    """Each says what it would do or did; the second application changes nothing."""
    apercu = ligne("opco", "appliquer", "--simuler")
    assert "5 employeurs seraient mis à jour" in apercu
    assert "Uniformation → AFDAS" in apercu
    simulation = ligne.donner("opco", "appliquer", "--simuler")
    assert (simulation["simulation"], simulation["changes"], simulation["fichiers"]) == (
        True,
        5,
        [],
    )

    fait = ligne.donner("opco", "appliquer")
    assert (fait["application"], fait["changes"], fait["sans_correspondance"]) == (1, 5, 4)
    assert [Path(f).parent for f in fait["fichiers"]][1] == bureau
    sport = next(e for e in fait["employeurs"] if e["raison_sociale"] == "Sport")
    assert (sport["avant"], sport["apres"], sport["motif"]) == (
        "Uniformation",
        "AFDAS",
        "mis à jour",
    )
    encore = ligne.donner("opco", "appliquer")
    assert (encore["application"], encore["changes"]) == (None, 0)
    assert "0 mis à jour" in ligne("opco", "appliquer")

    assert "Application n°\u00a01 annulée" in ligne("opco", "annuler")
    assert "OPC-105" in ligne("opco", "annuler", code=2)
    assert "OPC-104" in ligne("opco", "annuler", "1", code=2)
    assert "OPC-103" in ligne("opco", "annuler", "7", code=2)
    rendu = ligne.donner("opco", "appliquer", "--simuler")
    assert rendu["changes"] == 4  # 9999 was said once: undoing it chose the OPCO of the record


@pytest.mark.exigence("O2", "O5")
def test_the_report_is_written_on_demand(ligne: Ligne, programme: Programme) -> None:
    """Every employer without a match with its reason, and the likely convention."""
    dit = ligne("opco", "rapport")
    fichier = programme.dossier / "rapports" / "Rapport mise à jour caisses OPCO.txt"
    assert str(fichier) in dit
    rapport = fichier.read_text(encoding="utf-8-sig")
    for nom in ("Sans", "Absente", "Close", "Inconnue"):
        assert f"  {nom} (dossier" in rapport
    assert "Convention probable\u00a0: 2511, d’après le code NAF 9312Z" in rapport
    assert "CE QUI CHANGERAIT" in rapport


@pytest.mark.exigence("O7")
def test_what_was_left_alone_is_told(
    ligne: Ligne, programme: Programme, associations: dict[str, int]
) -> None:
    """By name, with what the record names now."""
    ligne("opco", "appliquer")
    with programme.transaction() as t:
        employeurs.modifier_employeur(t, associations["sport"], {"opco": "AKTO"})
    dit = ligne.donner("opco", "annuler", "1")
    assert {"designation": "Sport", "actuel": "AKTO"} in dit["laissees"]


@pytest.mark.exigence("O3")
def test_query_35_reads_before_and_after_from_the_applications(
    ligne: Ligne, programme: Programme, associations: dict[str, int], tmp_path: Path
) -> None:
    """Before, after and state of a dossier; once undone, what the record has."""

    def lire() -> dict[str, tuple[str, str, str]]:
        vers = tmp_path / "q.csv"
        ligne("requete", "executer", "35", "--param", "dossier=Courant", "--format", "csv",
              "--vers", str(vers))  # fmt: skip
        entetes, *lignes = [x.split(";") for x in vers.read_text(encoding="utf-8-sig").splitlines()]
        rangs = [entetes.index(n) for n in ("Employeur", "OPCO avant", "OPCO après", "État")]
        return {x[rangs[0]]: (x[rangs[1]], x[rangs[2]], x[rangs[3]]) for x in lignes}

    assert lire()["Sport"] == ("Uniformation", "AFDAS", "À mettre à jour")
    ligne("opco", "appliquer")
    lu = lire()
    assert lu["Sport"] == ("Uniformation", "AFDAS", "À jour")
    assert lu["Animation"] == ("Uniformation", "Uniformation", "À jour")
    assert lu["Archivee"] == ("Unifaf", "OPCO Santé", "À jour")
    assert lu["Absente"][1:] == ("Caisse non répertoriée", "Caisse non répertoriée")
    assert lu["Inconnue"][2] == "Convention inconnue"
    assert "Close" not in lu  # of the other dossier
    with programme.transaction() as t:
        employeurs.modifier_employeur(t, associations["sport"], {"opco": "AKTO"})
    assert lire()["Sport"] == ("Uniformation", "AFDAS", "À mettre à jour")
    ligne("opco", "annuler")
    assert lire()["Archivee"] == ("Unifaf", "OPCO Santé", "À mettre à jour")

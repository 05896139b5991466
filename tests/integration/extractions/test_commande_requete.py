"""`clairpaie requete`."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import executer
from app.extractions import service


@pytest.mark.exigence("E2", "G3")
def test_the_queries_are_listed_with_their_parameters(dossier_demo: Path, capsys: Any) -> None:
    """One a line; with `--json`, all that a script needs to run them."""
    donnees = ["--donnees", str(dossier_demo)]
    assert executer([*donnees, "requete", "lister"]) == 0
    lignes = capsys.readouterr().out.splitlines()
    assert "35. Employeurs-caisse OPCO (dossier, au)" in lignes
    assert executer([*donnees, "--json", "requete", "lister"]) == 0
    liste = json.loads(capsys.readouterr().out)
    assert [r["numero"] for r in liste] == [r.numero for r in service.lister_requetes()]
    opco = next(r for r in liste if r["numero"] == 35)
    assert opco["parametres"][0] == {
        "nom": "dossier",
        "libelle": "Dossier de travail",
        "type": "dossier",
        "obligatoire": True,
        "defaut": None,
        "choix": None,
    }


@pytest.mark.exigence("E6", "G3")
def test_a_query_is_run_into_a_file(dossier_demo: Path, tmp_path: Path, capsys: Any) -> None:
    """In the format of the file's name, or the one asked for; a folder is given a name."""
    commande = ["--donnees", str(dossier_demo), "requete", "executer", "35"]
    commande += ["--param", "dossier=Démonstration", "--param", "au=15/06/2026", "--vers"]
    vers = tmp_path / "opco.csv"

    assert executer([*commande, str(vers)]) == 0
    assert "40 lignes dans" in capsys.readouterr().out
    assert len(vers.read_text(encoding="utf-8-sig").splitlines()) == 41
    assert executer(["--json", *commande, str(tmp_path), "--format", "xml"]) == 0
    rendu = json.loads(capsys.readouterr().out)
    assert (rendu["requete"], rendu["lignes"]) == (35, 40)
    assert rendu["parametres"] == {"dossier": 1, "au": "2026-06-15"}
    assert Path(rendu["fichier"]).name.startswith("35. Employeurs-caisse OPCO - Démonstration - ")
    assert Path(rendu["fichier"]).read_text(encoding="utf-8").startswith("<?xml")
    assert list((dossier_demo / "resultats").iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["99"], "EXT-102"),
        (["35"], "TEC-100"),
        (["35", "--param", "dossier=Inconnu"], "TEC-100"),
        (["35", "--param", "dossier"], "EXT-111"),
        (["1", "--param", "couleur=bleu"], "TEC-100"),
        (["1", "--format", "pdf"], "TEC-220"),
    ],
)
@pytest.mark.exigence("E4", "G3")
def test_a_refusal_is_said_and_exits_two(
    dossier_demo: Path, tmp_path: Path, capsys: Any, arguments: list[str], code: str
) -> None:
    """Code and message on standard error; no file is written."""
    vers = tmp_path / "sortie.xlsx"
    commande = ["--donnees", str(dossier_demo), "requete", "executer", *arguments]
    assert executer([*commande, "--vers", str(vers)]) == 2
    assert code in capsys.readouterr().err
    assert not vers.exists()


def test_a_refusal_is_readable_by_a_machine(
    dossier_demo: Path, tmp_path: Path, capsys: Any
) -> None:
    """With the finding beside each parameter."""
    commande = ["--json", "--donnees", str(dossier_demo), "requete", "executer", "35"]
    commande += ["--param", "au=hier", "--vers", str(tmp_path / "a.xlsx")]
    assert executer(commande) == 2
    erreur = json.loads(capsys.readouterr().out)["erreur"]
    assert [c["champ"] for c in erreur["constats"]] == ["dossier", "au"]


def test_a_folder_that_is_not_there_is_refused(
    dossier_demo: Path, tmp_path: Path, capsys: Any
) -> None:
    """Nothing is left of the run."""
    vers = tmp_path / "absent" / "a.xlsx"
    commande = ["--donnees", str(dossier_demo), "requete", "executer", "1", "--vers", str(vers)]
    assert executer(commande) == 2
    assert "EXT-131" in capsys.readouterr().err
    assert list((dossier_demo / "resultats").iterdir()) == []


@pytest.mark.exigence("E10", "G3")
def test_a_query_of_ones_own_is_run_into_a_file(
    dossier_demo: Path, tmp_path: Path, capsys: Any
) -> None:
    """A SELECT over the views; what writes, or reads a private table, is refused in French."""
    donnees = ["--donnees", str(dossier_demo), "requete", "libre"]
    ecrit = tmp_path / "par_idcc.sql"
    ecrit.write_text(
        "SELECT idcc, count(*) AS combien FROM vue_employeurs GROUP BY idcc", encoding="utf-8"
    )
    vers = tmp_path / "par_idcc.csv"
    assert executer([*donnees, str(ecrit), "--vers", str(vers)]) == 0
    assert vers.read_text(encoding="utf-8-sig").count("\n") > 3
    for sql in ("DELETE FROM vue_employeurs", "SELECT nir FROM salarie"):
        ecrit.write_text(sql, encoding="utf-8")
        assert executer([*donnees, str(ecrit), "--vers", str(tmp_path / "non.csv")]) == 2
        assert "EXT-15" in capsys.readouterr().err
    assert not (tmp_path / "non.csv").exists()

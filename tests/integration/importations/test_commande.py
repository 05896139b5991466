"""`clairpaie importer`."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import executer


def ecrire(dossier: Path, nom: str, texte: str) -> str:
    """Write a text file as a French spreadsheet does."""
    chemin = dossier / nom
    chemin.write_bytes(texte.encode("cp1252"))
    return str(chemin)


@pytest.mark.exigence("G6")
def test_the_command_line_previews_imports_and_updates(tmp_path: Path, capsys: Any) -> None:
    """A simulation writes nothing; the import says what it did; again, nothing changes."""
    donnees = str(tmp_path / "donnees")
    fichier = ecrire(tmp_path, "e.csv", "Dossier;Raison sociale;CP\nÉté;Théâtre;75011\n")
    commande = ["--donnees", donnees, "importer", "employeurs", fichier]

    assert executer([*commande, "--simuler"]) == 0
    assert "À créer : 1" in capsys.readouterr().out.replace("\u00a0", " ")
    assert executer(commande) == 0
    assert "1 fiche créée" in capsys.readouterr().out
    assert executer(commande) == 0
    assert "0 fiche créée" in capsys.readouterr().out


@pytest.mark.exigence("G6")
def test_findings_are_printed_with_line_and_column_and_exit_is_two(
    tmp_path: Path, capsys: Any
) -> None:
    """Refused lines: the finding on the output, the refusal on standard error."""
    donnees = str(tmp_path / "donnees")
    texte = "Dossier;Raison sociale;SIRET\nD;Judo;123\nD;Aviron;\n"
    commande = ["--donnees", donnees, "importer", "employeurs", ecrire(tmp_path, "e.csv", texte)]

    assert executer(commande) == 2
    sortie = capsys.readouterr()
    assert "Ligne 2, colonne C (SIRET)" in sortie.out
    assert sortie.err.startswith("IMP-113")
    assert executer(["--json", *commande]) == 2
    refus = json.loads(capsys.readouterr().out)["erreur"]
    assert (
        refus["code"],
        refus["constats"][0]["ligne"],
        refus["constats"][0]["colonne"],
    ) == ("IMP-113", 2, "C (SIRET)")
    assert executer(["--json", *commande, "--seulement-les-bonnes"]) == 0
    assert json.loads(capsys.readouterr().out)["comptes"]["creer"] == 1


def test_an_unknown_dossier_is_refused(tmp_path: Path, capsys: Any) -> None:
    """`--dossier` names an existing one."""
    fichier = ecrire(tmp_path, "e.csv", "Raison sociale\nJudo\n")
    commande = ["--donnees", str(tmp_path / "d"), "importer", "employeurs", fichier]
    assert executer([*commande, "--dossier", "Rien"]) == 2
    assert "EMP-102" in capsys.readouterr().err

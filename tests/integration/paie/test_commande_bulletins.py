"""`clairpaie bulletins calculer`."""

import json
from pathlib import Path
from typing import Any

from app.cli import executer


def test_a_month_is_calculated_from_the_command_line(dossier_demo: Path, capsys: Any) -> None:
    """Text for a person, data for a machine; the same figures."""
    base = ["--donnees", str(dossier_demo)]
    assert executer([*base, "bulletins", "calculer", "--mois", "2026-01"]) == 0
    texte = capsys.readouterr().out
    assert "bulletins calculés" in texte
    assert executer([*base, "--json", "bulletins", "calculer", "--mois", "2026-01"]) == 0
    donnees = json.loads(capsys.readouterr().out)
    assert donnees["mois"] == "2026-01"
    assert str(donnees["calcules"]) in texte


def test_one_employer_only(dossier_demo: Path, capsys: Any) -> None:
    """Its number limits the calculation."""
    base = ["--donnees", str(dossier_demo), "--json"]
    commande = ["bulletins", "calculer", "--mois", "2026-06", "--employeur", "1"]
    assert executer([*base, *commande]) == 0
    seul = json.loads(capsys.readouterr().out)["calcules"]
    assert executer([*base, "bulletins", "calculer", "--mois", "2026-06"]) == 0
    assert seul < json.loads(capsys.readouterr().out)["calcules"]


def test_what_is_wrong_is_refused_in_french(dossier_demo: Path, capsys: Any) -> None:
    """A month that is none, a month before the barèmes, an unknown employer."""
    base = ["--donnees", str(dossier_demo), "bulletins", "calculer", "--mois"]
    for suite, code in (
        (["2026-13"], "TEC-113"),
        (["2018-01"], "PAI-101"),
        (["2026-01", "--employeur", "9999"], "EMP-101"),
    ):
        assert executer([*base, *suite]) == 2
        assert code in capsys.readouterr().err

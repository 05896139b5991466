"""What the commands receive."""

import json
from pathlib import Path

import pytest

from app.assemblage import Programme, ouvrir
from app.socle.contexte import Contexte


def test_the_program_is_opened_once_and_on_demand(donnees: Path) -> None:
    """On the folder asked for; closing what was never opened does nothing."""
    ouverts: list[Programme] = []

    def ouvrir_et_compter(dossier: Path | None) -> Programme:
        ouverts.append(ouvrir(dossier))
        return ouverts[-1]

    contexte = Contexte(ouvrir_et_compter, donnees)
    contexte.fermer()
    assert ouverts == []

    assert contexte.programme is contexte.programme
    assert contexte.programme.dossier == donnees
    assert len(ouverts) == 1
    contexte.fermer()
    contexte.fermer()
    assert contexte._programme is None


def test_a_result_is_said_in_french_or_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Never both: a machine reads standard output."""
    clair, machine = Contexte(ouvrir), Contexte(ouvrir, en_json=True)

    clair.dire("Terminé : 2 fiches.", {"fiches": 2})
    machine.dire("Terminé : 2 fiches.", {"fiches": 2, "nom": "é"})
    machine.dire("Une phrase sans données.")
    machine.dire("Rien.", [])

    sortie = capsys.readouterr().out
    assert sortie.startswith("Terminé\u00a0: 2 fiches.\n{")
    assert json.loads(sortie.split("\n", 1)[1].rsplit("[]", 1)[0]) == {"fiches": 2, "nom": "é"}
    assert sortie.endswith("[]\n")

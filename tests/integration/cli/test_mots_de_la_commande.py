"""The words of the command line: help, mistakes and version, in French."""

import re
from collections.abc import Callable
from importlib.metadata import version
from typing import Protocol

import pytest

from app import cli

ANGLAIS = re.compile(
    r"\b(Usage|Options?:|Commands|Show|exit|default|required|Error|No such|Missing|Invalid|"
    r"INTEGER|TEXT|FILE|DIRECTORY|COMMAND\b|ARGS|Try)\b"
)


class Sortie(Protocol):
    """What a command said (see conftest)."""

    code: int
    dit: str
    erreur: str


Lancer = Callable[..., Sortie]
COMMANDES = sorted(cli.GroupeParesseux.ORIGINES)


@pytest.mark.parametrize("commande", ["", *COMMANDES, "requete lister", "requete executer"])
def test_help_is_in_french(commande: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every command's, click's own words included."""
    code = cli.executer([*commande.split(), "--help"])

    dit = capsys.readouterr().out
    assert code == 0
    assert dit.startswith("Utilisation")
    assert "Affiche cette aide." in dit
    assert not ANGLAIS.findall(dit.replace("[OPTIONS]", ""))


def test_help_lists_every_command_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """The table of commands, their modules and what each does agree."""
    cli.executer(["--help"])

    lignes = capsys.readouterr().out.partition("Commandes")[2].splitlines()[1:]
    assert [ligne.split()[0] for ligne in lignes if ligne.startswith("  ")] == COMMANDES
    assert all(len(ligne.split()) > 2 for ligne in lignes if ligne.strip())


@pytest.mark.parametrize(
    ("arguments", "attendu"),
    [
        ("inconnue", "La commande « inconnue » n’existe pas."),
        ("requete inconnue", "La commande « inconnue » n’existe pas."),
        ("--inconnue", "L’option --inconnue n’existe pas."),
        ("demo --inconnue", "L’option --inconnue n’existe pas."),
        ("demo --employeurs beaucoup", "il faut un nombre entier de 1 à 5000"),
        ("demo --employeurs 0", "il faut un nombre entier de 1 à 5000"),
        ("demo --graine x", "il faut un nombre entier"),
        ("serveur --port 70000", "il faut un nombre entier de 0 à 65535"),
        ("importer", "Il manque GENRE."),
        ("importer lunettes x.csv", "au choix : employeurs, salaries, contrats"),
        ("importer salaries /n/existe/pas.csv", "ce chemin n’existe pas ou n’est pas lisible"),
    ],
)
def test_a_mistyped_command_is_said_in_french(
    arguments: str, attendu: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, the code of the message, what is wrong and where to look."""
    code = cli.executer(arguments.split())

    vu = capsys.readouterr()
    erreur = vu.err.replace("\u202f", " ").replace("\u00a0", " ")
    assert code == 2
    assert vu.out == ""
    assert erreur.startswith("TEC-220 ")
    assert attendu in erreur
    assert "clairpaie --help" in erreur
    assert not ANGLAIS.findall(erreur)


def test_the_version_is_that_of_the_package(lancer: Lancer) -> None:
    """`clairpaie --version` opens nothing."""
    vu = lancer("--version")

    assert (vu.code, vu.dit.strip()) == (0, f"clairpaie {version('clairpaie')}")


def test_a_bug_is_said_with_a_reference(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 1, a reference to read aloud, neither trace nor value."""

    def se_tromper(*_: object) -> None:
        message = "NIR 1 85 05 78 006 084 36"
        raise ZeroDivisionError(message)

    monkeypatch.setattr("app.assemblage.ouvrir", se_tromper)

    code = cli.executer(["demo"])

    vu = capsys.readouterr().err
    assert code == 1
    assert re.match(r"[A-Z2-9]{6} Une erreur imprévue s’est produite", vu)
    assert "NIR" not in vu
    assert "Traceback" not in vu

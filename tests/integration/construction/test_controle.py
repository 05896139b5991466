"""The check: which steps are asked for, and what pytest counted."""

import importlib
from typing import Any

import pytest

controle: Any = importlib.import_module("_controle")
terminaux: Any = importlib.import_module("_terminal")


def _commandes(*arguments: str) -> list[tuple[str, ...]]:
    return [commande for etape in controle.choisir(list(arguments)) for commande in etape.commandes]


def test_sans_argument_tout_est_verifie() -> None:
    noms = [etape.nom for etape in controle.choisir([])]
    assert noms == ["ruff", "format", "mypy", "imports", "tests", "e2e"]


def test_chaque_test_n_est_joue_qu_une_fois() -> None:
    marques = [c[c.index("-m") + 1] for c in _commandes() if c[0] == "pytest"]
    assert marques == ["not e2e and not bundle", "e2e"]


def test_des_etapes_se_choisissent() -> None:
    assert [etape.nom for etape in controle.choisir(["mypy", "ruff"])] == ["mypy", "ruff"]


def test_un_dossier_de_tests_se_choisit() -> None:
    assert _commandes("integration") == [("pytest", "tests/integration")]


def test_les_arguments_de_pytest_suivent_le_double_tiret() -> None:
    assert _commandes("integration", "--", "-k", "paie") == [
        ("pytest", "tests/integration", "-k", "paie")
    ]


def test_un_mot_inconnu_est_refuse() -> None:
    with pytest.raises(terminaux.Echec, match="ni une étape ni un chemin"):
        controle.choisir(["tests/nulle-part.py"])


@pytest.mark.parametrize(
    ("sortie", "comptes"),
    [
        ("...\n12 passed in 0.10s\n", {"passed": 12}),
        ("= 1 failed, 11 passed, 2 skipped in 61.20s (0:01:01) =\n",
         {"failed": 1, "passed": 11, "skipped": 2}),
        ("3 passed, 2 errors in 0.10s\n", {"passed": 3, "error": 2}),
        ("no tests ran in 0.01s\n", {}),
        ("9 passed\n4 passed in 1.00s\n", {"passed": 4}),
    ],
)  # fmt: skip
def test_la_cloture_de_pytest_est_comptee(sortie: str, comptes: dict[str, int]) -> None:
    assert controle.compter(sortie) == comptes


def test_le_total_additionne_les_tests() -> None:
    etape = controle.etapes_de_tests([])[0]
    forme = controle.etapes_de_forme()[0]
    resultats = [
        controle.Resultat(forme, 1, 9.0, {}),
        controle.Resultat(etape, 0, 2.0, {"passed": 10, "skipped": 1}),
        controle.Resultat(etape, 1, 3.0, {"passed": 5, "failed": 2}),
    ]
    assert controle.totaliser(resultats) == "2 failed, 15 passed, 1 skipped in 5.00s"

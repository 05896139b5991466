"""The repository itself: two commands, two locks that agree, nothing tied to a machine."""

import ast
import os
import re
import tomllib
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[3]
COMMANDES = (
    "build/setup",
    "build/check",
    "build/bench",
    "build/lock",
    "build/openfisca",
    "packaging/construire",
)
VERROUS = ("requirements.lock", "build/tests.lock")
_EPINGLE = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^\]]*\])?==(\S+)", re.MULTILINE)


def _lire(nom: str) -> str:
    return (RACINE / nom).read_text(encoding="utf-8")


def _epingles(nom: str) -> dict[str, str]:
    return dict(_EPINGLE.findall(_lire(nom)))


def _nom(exigence: str) -> str:
    return re.split(r"[\[;<>=! ]", exigence, maxsplit=1)[0].lower()


@pytest.mark.parametrize("nom", [*COMMANDES, ".ci/run"])
def test_une_commande_est_executable(nom: str) -> None:
    assert os.access(RACINE / nom, os.X_OK)
    assert _lire(nom).startswith("#!/usr/bin/env ")


def test_un_vieux_python_lit_l_amorce_pour_dire_qu_il_est_vieux() -> None:
    scripts = [*sorted((RACINE / "build").glob("_*.py")), *(RACINE / nom for nom in COMMANDES)]
    for script in scripts:
        ast.parse(script.read_text(encoding="utf-8"), feature_version=(3, 8))


@pytest.mark.parametrize("dossier", ["build", "packaging"])
def test_ces_dossiers_ne_sont_pas_des_paquets(dossier: str) -> None:
    """One directly there would hide the library of the same name; packages inside may have it."""
    assert not (RACINE / dossier / "__init__.py").exists()


def test_le_verrou_des_tests_contient_celui_de_l_execution() -> None:
    execution, tests = (_epingles(nom) for nom in VERROUS)
    assert execution
    assert execution.items() <= tests.items()


def test_chaque_dependance_declaree_est_verrouillee() -> None:
    projet = tomllib.loads(_lire("pyproject.toml"))["project"]
    extras = projet["optional-dependencies"]
    execution = {_nom(e) for e in [*projet["dependencies"], *extras["construction"]]}
    tests = {_nom(e) for e in [*extras["tests"], *extras["paquet"]]}
    assert execution <= _epingles("requirements.lock").keys()
    assert tests <= _epingles("build/tests.lock").keys()


@pytest.mark.parametrize("nom", [*VERROUS, "build/openfisca.lock"])
def test_chaque_version_a_ses_empreintes_et_aucune_adresse(nom: str) -> None:
    entrees = [e for e in re.split(r"\n(?=\S)", _lire(nom)) if e.strip()]
    assert all("--hash=sha256:" in entree for entree in entrees)
    assert not re.search(r"://|--(index|extra|find|trusted)", _lire(nom))


def test_le_lisez_moi_s_ouvre_sur_les_deux_commandes() -> None:
    lignes = [ligne for ligne in _lire("README.md").splitlines() if ligne]
    assert len(_lire("README.md").splitlines()) <= 120
    assert lignes[0] == "# Clairpaie"
    assert lignes[3].startswith("python3 build/setup")
    assert lignes[4].startswith("python3 build/check")

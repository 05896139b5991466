"""System packages: what is missing, and the line that a person would type."""

import importlib
import subprocess
from typing import Any

import pytest

paquets: Any = importlib.import_module("_paquets")


def _repondre(monkeypatch: pytest.MonkeyPatch, texte: str) -> None:
    def faux_run(*_: Any, **__: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess([], 0, texte, "")

    monkeypatch.setattr(paquets, "a_apt", lambda: True)
    monkeypatch.setattr(paquets.subprocess, "run", faux_run)


def test_seul_ce_qui_n_est_pas_installe_manque(monkeypatch: pytest.MonkeyPatch) -> None:
    _repondre(monkeypatch, "installed liba\nconfig-files libb\nnot-installed libc\n")
    assert paquets.manquants(["liba", "libb", "libc", "libd"]) == ["libb", "libc", "libd"]


def test_le_nom_en_64_bits_vaut_l_autre(monkeypatch: pytest.MonkeyPatch) -> None:
    _repondre(monkeypatch, "installed libasound2t64\n")
    assert paquets.manquants(["libasound2"]) == []


def test_sans_dpkg_rien_ne_manque(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paquets, "a_apt", lambda: False)
    assert paquets.manquants(["liba"]) == []


def test_le_depot_decide_du_nom(monkeypatch: pytest.MonkeyPatch) -> None:
    _repondre(
        monkeypatch,
        "libasound2:\n  Installed: (none)\n  Candidate: (none)\n  Version table:\n"
        "libasound2t64:\n  Installed: (none)\n  Candidate: 1.2\n  Version table:\n     1.2 500\n"
        "liba:\n  Installed: (none)\n  Candidate: 1\n",
    )
    assert paquets._noms_du_depot(["libasound2", "liba", "libz"]) == [
        "libasound2t64",
        "liba",
        "libz",
    ]


@pytest.mark.parametrize(
    ("sudo", "attendu"), [("/usr/bin/sudo", "sudo apt-get"), (None, 'su -c "apt-get')]
)
def test_la_ligne_a_taper(monkeypatch: pytest.MonkeyPatch, sudo: str | None, attendu: str) -> None:
    monkeypatch.setattr(paquets.shutil, "which", lambda _: sudo)
    assert paquets.commande_a_taper(["liba"]).startswith(attendu)

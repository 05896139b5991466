"""Bootstrap: the right Python, its virtual environment, the locked libraries.

Standard library only: this runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import sys
from typing import TYPE_CHECKING

import _paquets
from _terminal import RACINE, Echec, Terminal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

VENV = RACINE / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
VERROU = "requirements.lock"
VERROU_TESTS = "build/tests.lock"  # holds everything that VERROU holds
PYTHON_MINIMAL = (3, 11)
_ESPACE_UTILE = 2_000_000_000
_TEMOIN = VENV / "amorce.json"
_VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"


def exiger_python(version: tuple[int, ...]) -> None:
    """Refuse a Python older than the one we write for."""
    if version[:2] < PYTHON_MINIMAL:
        voulu, vu = (".".join(str(n) for n in v[:2]) for v in (PYTHON_MINIMAL, version))
        raise Echec(
            f"Clairpaie demande Python {voulu} ou plus récent ; cette commande tourne sous {vu}.",
            f"Installez Python {voulu} ou plus récent, puis relancez avec lui, "
            f"par exemple « python{voulu} build/setup ».",
        )


def installer(terminal: Terminal, verrou: str, systeme: Sequence[str] = ()) -> None:
    """Bring the virtual environment (and the system) to what a lock says."""
    exiger_python(sys.version_info[:3])
    if systeme:
        completer_le_systeme(terminal, systeme)
    if est_a_jour(verrou):
        return
    _verifier_le_disque()
    _preparer_le_venv(terminal)
    _TEMOIN.unlink(missing_ok=True)
    with terminal.etape("Installation des bibliothèques (plusieurs minutes la première fois)"):
        _pip(terminal, "--require-hashes", "-r", verrou)
    with terminal.etape("Installation de Clairpaie dans son environnement"):
        _pip(terminal, "--no-build-isolation", "--no-deps", "-e", ".")
    _poser_le_temoin(verrou)


def completer_le_systeme(terminal: Terminal, paquets: Sequence[str]) -> bool:
    """Install the system packages that are missing; say so when we may not; tell if complete."""
    absents = _paquets.manquants(paquets)
    if not absents:
        return True
    nombre = f"{len(absents)} paquet{'s' * (len(absents) > 1)} du système"
    prefixe = _paquets.prefixe_administrateur()
    if prefixe is None:
        terminal.dire(
            f"Il manque {nombre}, que ce compte ne peut pas installer. "
            f"À exécuter par un administrateur :\n  {_paquets.commande_a_taper(absents)}"
        )
        return False
    with terminal.etape(f"Installation de {nombre}"):
        _paquets.installer(terminal, absents, prefixe)
    return True


def est_a_jour(verrou: str) -> bool:
    """Tell whether the environment was last brought to this very lock, here, with this Python."""
    return PYTHON.exists() and _temoin().get(verrou) == _empreinte(verrou)


def _empreinte(verrou: str) -> str:
    somme = hashlib.sha256(f"{sys.version_info[:3]} {RACINE}\n".encode())
    for nom in (verrou, "pyproject.toml"):
        somme.update((RACINE / nom).read_bytes())
    return somme.hexdigest()


def _temoin() -> dict[str, str]:
    try:
        contenu = json.loads(_TEMOIN.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return contenu if isinstance(contenu, dict) else {}


def _poser_le_temoin(verrou: str) -> None:
    verrous = {verrou, VERROU} if verrou == VERROU_TESTS else {verrou}
    contenu = {nom: _empreinte(nom) for nom in sorted(verrous)}
    _TEMOIN.write_text(json.dumps({"racine": str(RACINE), **contenu}), encoding="utf-8")


def _verifier_le_disque() -> None:
    libre = shutil.disk_usage(RACINE).free
    if not PYTHON.exists() and libre < _ESPACE_UTILE:
        raise Echec(
            f"Il reste {libre // 1_000_000} Mo sur le disque ; l’installation en demande 2 000.",
            "Libérez de la place, puis relancez la commande.",
        )


def _preparer_le_venv(terminal: Terminal) -> None:
    if _venv_utilisable(VENV):
        return
    if importlib.util.find_spec("ensurepip") is None:
        _obtenir_ensurepip(terminal)
    with terminal.etape("Création de l’environnement Python « .venv »"):
        terminal.exiger(
            [sys.executable, "-I", "-m", "venv", "--clear", str(VENV)],
            sinon=(
                "Python n’a pas pu créer l’environnement « .venv ».",
                "Supprimez le dossier « .venv », puis relancez la commande.",
            ),
        )


def _venv_utilisable(venv: Path) -> bool:
    """Tell whether a venv is whole, of this Python, and was made in this very folder."""
    deplace = _temoin().get("racine", str(RACINE)) != str(RACINE)
    pip = venv / "lib" / f"python{_VERSION}" / "site-packages" / "pip"
    return (venv / "bin" / "python").exists() and pip.is_dir() and not deplace


def _obtenir_ensurepip(terminal: Terminal) -> None:
    paquet = f"python{_VERSION}-venv"
    prefixe = _paquets.prefixe_administrateur()
    if not _paquets.a_apt() or prefixe is None:
        raise Echec(
            f"Il manque à Python de quoi créer un environnement (paquet « {paquet} »), "
            "et ce compte n’a pas le droit d’installer des paquets.",
            f"Exécutez « {_paquets.commande_a_taper([paquet])} » avec un compte administrateur, "
            "puis relancez la commande.",
        )
    with terminal.etape(f"Installation du paquet du système « {paquet} »"):
        _paquets.installer(terminal, [paquet], prefixe)


def _pip(terminal: Terminal, *arguments: str) -> None:
    terminal.exiger(
        [str(PYTHON), "-I", "-m", "pip", "install", "--no-input", "--progress-bar=off", *arguments],
        env={"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_USER": "0", "LC_ALL": "C.UTF-8"},
        sinon=(
            "L’installation des bibliothèques a échoué.",
            "Lisez la fin du journal ci-dessous, puis relancez la commande.",
        ),
    )


def environnement() -> dict[str, str]:
    """Return the variables under which the installed tools run."""
    chemin = f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return {"VIRTUAL_ENV": str(VENV), "PATH": chemin}

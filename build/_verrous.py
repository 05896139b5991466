"""Pin the libraries of both locks again, with hashes, for every platform at once."""

from __future__ import annotations

import argparse
import shutil
import sys

import _amorce
from _terminal import CACHE, RACINE, Terminal, lancer

_UV = "uv==0.13.9"
_OUTIL = CACHE / "uv"
_BROUILLONS = CACHE / "verrous"
_OPTIONS = (
    *("--universal", "--python-version", "3.11", "--generate-hashes", "--quiet"),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--no-header"),
)


def main() -> int:
    """Run `build/lock`."""
    analyse = argparse.ArgumentParser(
        prog="python3 build/lock",
        description="Verrouille à nouveau les bibliothèques que pyproject.toml demande.",
    )
    analyse.add_argument("--upgrade", action="store_true", help="prendre les dernières versions")
    options = analyse.parse_args(sys.argv[1:])
    return lancer("lock", lambda terminal: _verrouiller(terminal, upgrade=options.upgrade))


def _verrouiller(terminal: Terminal, *, upgrade: bool) -> int:
    _amorce.exiger_python(sys.version_info[:3])
    _obtenir_uv(terminal)
    _BROUILLONS.mkdir(parents=True, exist_ok=True)
    execution, tests = _BROUILLONS / "requirements.lock", _BROUILLONS / "tests.lock"
    if not upgrade:  # uv keeps the pins it finds in its output file
        shutil.copyfile(RACINE / _amorce.VERROU, execution)
        shutil.copyfile(RACINE / _amorce.VERROU_TESTS, tests)
    else:
        execution.unlink(missing_ok=True)
        tests.unlink(missing_ok=True)
    extras = ("--extra", "construction")
    _compiler(terminal, *extras, "-o", str(execution))
    extras_des_tests = (*extras, "--extra", "tests", "--extra", "paquet")
    _compiler(terminal, *extras_des_tests, "-c", str(execution), "-o", str(tests))
    execution.replace(RACINE / _amorce.VERROU)  # both at once, or none
    tests.replace(RACINE / _amorce.VERROU_TESTS)
    terminal.dire("Verrous à jour. Vérifiez-les : python3 build/check")
    return 0


def _obtenir_uv(terminal: Terminal) -> None:
    uv = _OUTIL / "bin" / "uv"
    if uv.exists() and terminal.executer([str(uv), "--version"])[1].split()[1:2] == [_UV[4:]]:
        return
    sinon = ("uv n’a pas pu être installé.", "Lisez la fin du journal, puis relancez la commande.")
    with terminal.etape(f"Installation de {_UV}"):
        python = str(_OUTIL / "bin" / "python")
        terminal.exiger([sys.executable, "-I", "-m", "venv", "--clear", str(_OUTIL)], sinon=sinon)
        terminal.exiger([python, "-I", "-m", "pip", "install", "--no-input", _UV], sinon=sinon)


def _compiler(terminal: Terminal, *arguments: str) -> None:
    with terminal.etape(f"Verrouillage de {arguments[-1].rpartition('/')[2]}"):
        terminal.exiger(
            [str(_OUTIL / "bin" / "uv"), "pip", "compile", *_OPTIONS, "pyproject.toml", *arguments],
            sinon=(
                "uv n’a pas trouvé de versions qui aillent ensemble.",
                "Lisez la fin du journal : il nomme les bibliothèques en conflit.",
            ),
        )

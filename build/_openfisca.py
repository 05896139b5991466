"""Second independent check of the payroll: OpenFisca-France, at arm's length.

It is installed in an environment of its own (`.cache/openfisca`), pinned with hashes by
`build/openfisca.lock`; neither the program nor its tests import it. It reads
`tests/oracle/openfisca_cas.json` and writes `tests/oracle/openfisca_attendus.json`, which
`tests/oracle/test_openfisca.py` compares with our bulletins. `--verrouiller` pins again.
"""

from __future__ import annotations

import argparse
import sys

import _amorce
from _terminal import CACHE, RACINE, Echec, Terminal, lancer

EXIGENCE = "openfisca-france==176.1.8"
_DOSSIER = CACHE / "openfisca"
_VENV = _DOSSIER / "venv"
_PYTHON = _VENV / "bin" / "python"
_VERROU = RACINE / "build" / "openfisca.lock"
_INSTALLE = _VENV / "installe.lock"
_SCRIPT = RACINE / "tests" / "oracle" / "openfisca_cas.py"
_OPTIONS_UV = (
    *("--universal", "--python-version", "3.11", "--generate-hashes", "--quiet"),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--no-header"),
)


def main() -> int:
    """Run `build/openfisca`."""
    analyse = argparse.ArgumentParser(
        prog="python3 build/openfisca",
        description="Recalcule avec OpenFisca-France les cas de tests/oracle/openfisca_cas.json.",
    )
    aide = f"verrouiller à nouveau {EXIGENCE} et ce dont il dépend"
    analyse.add_argument("--verrouiller", action="store_true", help=aide)
    options = analyse.parse_args(sys.argv[1:])
    action = _verrouiller if options.verrouiller else _calculer
    return lancer("openfisca", action)


def _calculer(terminal: Terminal) -> int:
    _amorce.exiger_python(sys.version_info[:3])
    _installer(terminal)
    with terminal.etape("Calcul des cas par OpenFisca-France"):
        code, _ = terminal.executer([str(_PYTHON), "-I", "-W", "ignore", str(_SCRIPT)])
    if code:
        raise Echec(
            "OpenFisca-France n’a pas pu calculer les cas.",
            "Lisez la fin du journal : il nomme la variable ou le cas en cause.",
        )
    terminal.dire("Comparez : python3 build/check tests/oracle/test_openfisca.py")
    return 0


def _installer(terminal: Terminal) -> None:
    """Bring the environment apart to what the lock says."""
    voulu = _VERROU.read_text(encoding="utf-8")
    if _INSTALLE.is_file() and _INSTALLE.read_text(encoding="utf-8") == voulu:
        return
    sinon = (
        "OpenFisca-France n’a pas pu être installé.",
        "Lisez la fin du journal, puis relancez la commande.",
    )
    pip = [str(_PYTHON), "-I", "-m", "pip", "install", "--no-input", "--progress-bar=off"]
    with terminal.etape(f"Installation de {EXIGENCE} dans son propre environnement"):
        terminal.exiger([sys.executable, "-I", "-m", "venv", "--clear", str(_VENV)], sinon=sinon)
        verrou = ["--require-hashes", "--no-deps", "-r", str(_VERROU)]
        terminal.exiger([*pip, *verrou], sinon=sinon)
    _INSTALLE.write_text(voulu, encoding="utf-8")


def _verrouiller(terminal: Terminal) -> int:
    uv = CACHE / "uv" / "bin" / "uv"
    if not uv.exists():
        raise Echec(
            "uv n’est pas installé dans le cache de construction.",
            "Lancez d’abord « python3 build/lock », qui l’installe.",
        )
    _DOSSIER.mkdir(parents=True, exist_ok=True)
    exigences = _DOSSIER / "exigences.in"
    exigences.write_text(EXIGENCE + "\n", encoding="utf-8")
    with terminal.etape(f"Verrouillage de {EXIGENCE}"):
        terminal.exiger(
            [str(uv), "pip", "compile", *_OPTIONS_UV, str(exigences), "-o", str(_VERROU)],
            sinon=(
                "uv n’a pas trouvé de versions qui aillent ensemble.",
                "Lisez la fin du journal : il nomme les bibliothèques en conflit.",
            ),
        )
    return 0

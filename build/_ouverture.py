"""First command of the README: install, then open Clairpaie on real data."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import _amorce
import _paquets
from _terminal import Terminal, lancer

_ESSAI_DE_QT = (
    "import sys; from PyQt6 import QtWebEngineWidgets; from PyQt6.QtWidgets import QApplication;"
    "QApplication(sys.argv)"
)


def main() -> int:
    """Run `build/setup`."""
    options, suite = _options(sys.argv[1:])
    return lancer("setup", lambda terminal: _preparer(terminal, options, suite))


def _options(arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
    analyse = argparse.ArgumentParser(
        prog="python3 build/setup",
        description="Installe Clairpaie dans ce dossier, puis l’ouvre.",
        epilog="Les autres arguments sont transmis à Clairpaie.",
        allow_abbrev=False,
    )
    analyse.add_argument("--sans-ouvrir", action="store_true", help="installer seulement")
    analyse.add_argument("--donnees", metavar="DOSSIER", help="dossier des données")
    return analyse.parse_known_args(arguments)


def _preparer(terminal: Terminal, options: argparse.Namespace, suite: list[str]) -> int:
    _amorce.installer(terminal, _amorce.VERROU)
    ecran = a_un_ecran()
    if ecran:
        _amorce.completer_le_systeme(terminal, _paquets.QT)
    if options.sans_ouvrir:
        terminal.dire("Clairpaie est installé. Pour l’ouvrir : python3 build/setup")
        return 0
    return _ouvrir(terminal, options.donnees, suite, ecran=ecran)


def _ouvrir(terminal: Terminal, donnees: str | None, suite: list[str], *, ecran: bool) -> int:
    """Fill an empty base, then become the program: its window, or its server without a screen."""
    clairpaie = str(_amorce.BIN / "clairpaie")
    if donnees:
        os.environ["CLAIRPAIE_DONNEES"] = str(Path(donnees).absolute())
    terminal.dire("Préparation des données.")
    code, _ = terminal.executer([clairpaie, "demo", "--si-vide"])
    if code:
        terminal.dire(
            "Le dossier de démonstration n’a pas pu être préparé ; "
            f"la cause est dans {terminal.journal}."
        )
    if ecran and not _qt_se_charge(terminal):
        terminal.dire("La fenêtre ne peut pas s’ouvrir ici ; Clairpaie s’ouvre au navigateur.")
        ecran = False
    commande = [clairpaie] if ecran else [clairpaie, "serveur", "--sans-fenetre"]
    terminal.dire("Ouverture de Clairpaie.")
    os.execv(clairpaie, [*commande, *suite])  # noqa: S606 -- our own program, no shell


def a_un_ecran() -> bool:
    """Tell whether a window can be shown to someone."""
    return sys.platform == "darwin" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def _qt_se_charge(terminal: Terminal) -> bool:
    """Try Qt on this screen, apart: a missing library or a closed screen would end the process."""
    if sys.platform == "darwin":
        return True
    code, _ = terminal.executer([str(_amorce.PYTHON), "-I", "-c", _ESSAI_DE_QT])
    return code == 0

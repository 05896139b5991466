"""Benchmarks: each `tests/bench/bench_*.py` measures something beside a peer, in one same run.

`build/bench` runs them all; `build/bench demarrage` runs `bench_demarrage.py` alone.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import _amorce
import _paquets
from _ouverture import a_un_ecran
from _terminal import RACINE, Echec, Terminal, lancer

if TYPE_CHECKING:
    from pathlib import Path

BANCS = RACINE / "tests" / "bench"
# -noreset: the screen would start anew, and refuse who comes then, at the end of each program
ECRAN = ("xvfb-run", "-a", "-s", "-screen 0 1500x900x24 -noreset")
_MODE_D_EMPLOI = """\
python3 build/bench            toutes les mesures
python3 build/bench demarrage  une mesure (tests/bench/bench_demarrage.py)"""


def main() -> int:
    """Run `build/bench`."""
    arguments = sys.argv[1:]
    if {"-h", "--help"} & set(arguments):
        print(_MODE_D_EMPLOI)
        return 0
    return lancer("bench", lambda terminal: _mesurer(terminal, arguments))


def choisir(noms: list[str]) -> list[Path]:
    """Return the benchmarks asked for; all of them without a name."""
    bancs = {chemin.stem.removeprefix("bench_"): chemin for chemin in BANCS.glob("bench_*.py")}
    for nom in noms:
        if nom not in bancs:
            raise Echec(f"La mesure « {nom} » n’existe pas.", f"Au choix : {', '.join(bancs)}.")
    return [bancs[nom] for nom in noms or sorted(bancs)]


def _mesurer(terminal: Terminal, noms: list[str]) -> int:
    bancs = choisir(noms)
    _amorce.installer(terminal, _amorce.VERROU_TESTS, _paquets.TESTS)
    env = _amorce.environnement()
    if os.geteuid() == 0:
        env["QTWEBENGINE_DISABLE_SANDBOX"] = "1"  # Chromium refuses root otherwise
    codes = []
    for banc in bancs:
        terminal.dire(f"\n── {banc.relative_to(RACINE)}")
        commande = [str(_amorce.PYTHON), str(banc)]
        if not a_un_ecran():
            commande = [*ECRAN, *commande]
        codes.append(terminal.executer(commande, env=env, montrer=True)[0])
    return int(any(codes))

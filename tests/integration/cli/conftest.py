"""The command line as a person types it: what it says, its exit code."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app import cli

LIMITE = 'ulimit -f {blocs}; exec "$@"'


@dataclass(frozen=True)
class Sortie:
    """What a command said."""

    code: int
    dit: str
    erreur: str

    @property
    def donnees(self) -> Any:
        """What it said to a machine."""
        return json.loads(self.dit)


Lancer = Callable[..., Sortie]


@pytest.fixture
def lancer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Lancer:
    """Run a command line without a screen.

    `lancer("demo", donnees=dossier, blocs=100)`: `blocs` is the greatest size of a file that the
    system then lets it write, in blocks of 512 bytes (a full disk, for who has no other); the
    program then runs in a process of its own.
    """
    for nom in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "CLAIRPAIE_DONNEES"):
        monkeypatch.delenv(nom, raising=False)

    def faire(*arguments: str, donnees: Path | None = None, blocs: int = 0) -> Sortie:
        suite = ["--donnees", str(donnees or tmp_path / "donnees"), *arguments]
        if not blocs:
            code = cli.executer(suite)
            vu = capsys.readouterr()
            return Sortie(code, vu.out, vu.err)
        commande = ["sh", "-c", LIMITE.format(blocs=blocs), "sh", sys.executable, "-m", "app"]
        fini = subprocess.run(
            [*commande, *suite], capture_output=True, text=True, timeout=60, check=False
        )
        return Sortie(fini.returncode, fini.stdout, fini.stderr)

    return faire

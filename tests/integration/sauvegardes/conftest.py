"""A program that has a script de sauvegarde and a folder for it."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as SansTrousseau

from app.assemblage import Programme
from app.sauvegardes import service

SAISIE = {
    "nom": "Chaque nuit",
    "nombre": "1",
    "unite": "jour",
    "heure": "23:00",
    "debut_le": "01/09/2020",
    "garder": "5",
    "chiffrer": "0",
}


@pytest.fixture(autouse=True)
def sans_trousseau(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A bare server: no safe of the system's, a configuration folder of the test's own."""
    avant = keyring.get_keyring()
    keyring.set_keyring(SansTrousseau())  # type: ignore[no-untyped-call]
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "configuration"))
    yield
    keyring.set_keyring(avant)


@pytest.fixture
def cible(tmp_path: Path) -> Path:
    """The folder where backups go."""
    dossier = tmp_path / "coffre"
    dossier.mkdir()
    return dossier


@pytest.fixture
def script(programme: Programme, cible: Path) -> int:
    """A script in clear, every day at 23:00."""
    with programme.transaction() as t:
        return service.creer_script(t, SAISIE | {"dossier": str(cible)}).id

"""A base made from nothing."""

import shutil
from pathlib import Path

import pytest

from app.assemblage import ouvrir_base
from app.socle.base import NOM_FICHIER


@pytest.fixture(scope="session")
def neuve(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base made from nothing, closed."""
    chemin = tmp_path_factory.mktemp("neuve") / NOM_FICHIER
    ouvrir_base(chemin).fermer()
    return chemin


@pytest.fixture
def base(neuve: Path, tmp_path: Path) -> Path:
    """A private copy of it."""
    return Path(shutil.copy(neuve, tmp_path / NOM_FICHIER))

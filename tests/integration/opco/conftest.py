"""A base with its tables."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.migrations import modeles
from app.socle.transaction import Magasin


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Magasin]:
    """An empty base."""
    magasin = Magasin(tmp_path / "base.sqlite3")
    modeles.METADATA.create_all(magasin.moteur)
    yield magasin
    magasin.fermer()

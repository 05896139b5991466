"""Demonstration data drawn into real bases, shared by the tests that only read them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.assemblage import ouvrir_base
from app.demonstration.service import Bilan, remplir
from app.socle.transaction import Magasin

LE_JOUR = date(2026, 6, 15)


class Demonstration:
    """A base filled with demonstration data, read by SQL as a person would check it."""

    def __init__(self, magasin: Magasin, bilan: Bilan) -> None:
        self.magasin = magasin
        self.bilan = bilan

    def lire(self, requete: str) -> list[dict[str, Any]]:
        """Return rows by column."""
        with self.magasin.moteur.connect() as connexion:
            return [dict(ligne) for ligne in connexion.exec_driver_sql(requete).mappings()]

    def valeur(self, requete: str) -> Any:
        """Return the only value of a query."""
        return next(iter(self.lire(requete)[0].values()))


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Magasin]:
    """An empty base at the last schema."""
    magasin = ouvrir_base(tmp_path / "clairpaie.sqlite3")
    yield magasin
    magasin.fermer()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """150 associations and 2 000 employees; to be read only."""
    magasin = ouvrir_base(tmp_path_factory.mktemp("demonstration") / "clairpaie.sqlite3")
    with magasin.transaction("essai") as t:
        bilan = remplir(t, employeurs=150, salaries=2_000, aujourd_hui=LE_JOUR, bulletins=False)
    yield Demonstration(magasin, bilan)
    magasin.fermer()

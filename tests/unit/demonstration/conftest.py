"""A source of chance, and the métiers of the data file."""

import pytest

from app.demonstration.rules.matiere import Metier, lire_metiers
from app.demonstration.rules.tirage import Tirage
from app.demonstration.service import DONNEES
from app.socle.donnees import lire_yaml


@pytest.fixture(scope="session")
def metiers() -> dict[str, Metier]:
    """Every métier by its code."""
    return lire_metiers(
        lire_yaml((DONNEES / "metiers.yaml").read_text(encoding="utf-8"), "metiers.yaml")
    )


@pytest.fixture
def tirage() -> Tirage:
    """A draw from a fixed seed."""
    return Tirage(7)

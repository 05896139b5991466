"""The house: what several tests of the tree share."""

from collections.abc import Sequence

import pytest

from app.noyau.erreurs import ErreurMetier
from tests.unit import maison


@pytest.fixture(scope="session")
def refus() -> Sequence[type[ErreurMetier]]:
    """Every class of refusal of the program."""
    return maison.erreurs()

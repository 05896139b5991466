"""Which backups of a script are kept."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sauvegardes.rules.retention import GARDER, Rangee, a_supprimer

DEBUT = datetime(2026, 1, 1, tzinfo=UTC)
RANGEES = st.lists(st.tuples(st.integers(0, 400), st.booleans()), max_size=15).map(
    lambda faites: [
        Rangee(i, DEBUT + timedelta(days=jour), bonne) for i, (jour, bonne) in enumerate(faites)
    ]
)


@pytest.mark.exigence("S4")
def test_the_sixth_verified_backup_lets_the_first_go() -> None:
    faites = [Rangee(i, DEBUT + timedelta(days=i), verifiee=True) for i in range(6)]
    assert a_supprimer(faites) == (0,)


@pytest.mark.exigence("S4")
def test_a_backup_that_was_not_verified_lets_none_go() -> None:
    faites = [Rangee(i, DEBUT + timedelta(days=i), verifiee=i < GARDER) for i in range(6)]
    assert a_supprimer(faites) == ()


@given(RANGEES, st.integers(1, 6))
def test_the_newest_verified_ones_are_always_kept(rangees: list[Rangee], garder: int) -> None:
    partent = set(a_supprimer(rangees, garder))
    bonnes = sorted((r for r in rangees if r.verifiee), key=lambda r: (r.faite_a, r.id))
    assert not partent & {r.id for r in bonnes[-garder:]}
    if partent:
        assert len(bonnes) >= garder

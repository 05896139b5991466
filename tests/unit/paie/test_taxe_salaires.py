"""Taxe sur les salaires: scale by employee, franchise, décote, allowance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.paie.rules.taxe_salaires import taxe_sur_les_salaires
from app.paie.service.baremes import moteur

PAIES = st.lists(st.integers(0, 8_000_000), max_size=12)


@pytest.mark.exigence("B2")
def test_the_scale_is_that_of_2025() -> None:
    """30 000 €: 4,25 % of all, 4,25 % from 9 147 to 18 259 €, 9,35 % beyond; no allowance."""
    taxe = taxe_sur_les_salaires([3_000_000], 2025, moteur().baremes, association=False)
    attendu = (
        127_500 + (1_825_900 - 914_700) * 425 // 10_000 + (3_000_000 - 1_825_900) * 935 // 10_000
    )
    assert abs(taxe.brute - attendu) <= 2
    assert taxe.decote == 0
    assert taxe.due == round(taxe.brute / 100) * 100


def test_an_association_deducts_its_allowance() -> None:
    """24 041 € in 2025: ten salaries of 20 000 € owe nothing, thirty owe the rest."""
    dix = taxe_sur_les_salaires([2_000_000] * 10, 2025, moteur().baremes, association=True)
    trente = taxe_sur_les_salaires([2_000_000] * 30, 2025, moteur().baremes, association=True)
    assert (dix.due, dix.abattement) == (0, dix.brute)
    assert trente.abattement == 2_404_100
    assert trente.due == round((trente.brute - 2_404_100) / 100) * 100


def test_the_franchise_and_the_decote_follow_one_another() -> None:
    """Nothing up to 1 200 €, three quarters of what lacks to 2 040 € taken off after it."""
    rien = taxe_sur_les_salaires([900_000] * 3, 2025, moteur().baremes, association=False)
    assert (rien.due, rien.decote) == (0, rien.brute)
    peu = taxe_sur_les_salaires([900_000] * 4, 2025, moteur().baremes, association=False)
    assert 120_000 < peu.brute < 204_000
    assert peu.decote == (204_000 - peu.brute) * 3 // 4
    assert peu.due == round((peu.brute - peu.decote) / 100) * 100


@given(PAIES, st.integers(0, 500_000), st.booleans())
def test_more_pay_is_never_less_tax(paies: list[int], plus: int, association: bool) -> None:
    """One euro of rounding aside, and never below zero."""
    baremes = moteur().baremes
    ici = taxe_sur_les_salaires([*paies, 100_000], 2026, baremes, association=association)
    la = taxe_sur_les_salaires([*paies, 100_000 + plus], 2026, baremes, association=association)
    assert 0 <= ici.due <= la.due + 100
    assert ici.base == sum(paies) + 100_000

"""Paid leave: 2.5 days a month, the period of June, sickness, whole days, what is taken first."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.noyau.periodes import Mois
from app.paie.rules.conges import (
    MAXIMUM,
    Compteur,
    CongesDuMois,
    MoisTravaille,
    compter,
    jours_entiers,
    ouvrir,
    periode_de,
    reprendre,
)

PLEIN = MoisTravaille(heures=15_167)
JUIN = Mois(2025, 6)


def suivre(
    faits: list[MoisTravaille], debut: Mois = JUIN, avant: Compteur | None = None
) -> list[CongesDuMois]:
    """Count months that follow one another."""
    mois, suite = debut, []
    for fait in faits:
        suite.append(compter(avant, mois, fait))
        avant, mois = suite[-1].compteur, mois.suivant()
    return suite


@pytest.mark.exigence("B4")
def test_a_year_of_work_gives_thirty_days_that_become_n_1_in_june() -> None:
    """2.5 days a month from June to May; on 1 June they are the days of the period before."""
    suite = suivre([PLEIN] * 13)
    assert {m.acquis for m in suite} == {250}
    assert (suite[11].compteur.anterieurs, suite[11].compteur.en_cours) == (0, 3_000)
    assert (suite[12].compteur.anterieurs, suite[12].compteur.en_cours) == (3_000, 250)


def test_a_short_absence_takes_nothing_from_a_whole_year() -> None:
    """Four weeks are worth a month: two days off in July are made up by the other weeks."""
    faits = [PLEIN, PLEIN._replace(absence=1_400), *[PLEIN] * 10]
    assert suivre(faits)[-1].compteur.acquis == 3_000


def test_half_a_month_is_counted_in_weeks() -> None:
    """Entered on the 16th: 15 days of 30, 2.17 weeks of the four that give 2.5 days."""
    assert suivre([MoisTravaille(presence=500_000, heures=7_584)])[0].acquis == 135


def test_a_month_of_sickness_gives_two_days_since_april_2024() -> None:
    """None before; 24 days at most over a period that was sick from end to end."""
    malade = MoisTravaille(heures=15_167, absence=15_167, maladie=15_167)
    assert suivre([malade], Mois(2024, 3))[0].acquis == 0
    assert suivre([malade], Mois(2024, 4))[0].acquis == 200
    assert suivre([malade] * 12)[-1].compteur.acquis == 2_400
    sans_motif = MoisTravaille(heures=15_167, absence=15_167)
    assert suivre([sans_motif])[0].acquis == 0


def test_a_broken_number_of_days_becomes_the_next_whole_one() -> None:
    """Eleven months and a half of 2.5 days: 28.85 in May, 29 on 1 June (L3141-7)."""
    faits = [MoisTravaille(presence=500_000, heures=7_584), *[PLEIN] * 6]
    suite = suivre(faits, Mois(2025, 11))
    mai, juin = suivre([*faits, PLEIN], Mois(2025, 11))[-2:]
    assert mai.compteur.acquis == suite[-1].compteur.acquis
    assert mai.compteur.acquis % 100
    assert juin.compteur.anterieurs == jours_entiers(mai.compteur.acquis)


def test_days_are_taken_from_the_periods_before_first() -> None:
    """Twelve days with ten left of N-1: two of N, in advance if need be."""
    avant = reprendre(Mois(2026, 6), 1_000, 0)
    fait = suivre([PLEIN._replace(pris=1_200)], Mois(2026, 6), avant)[0]
    assert (fait.compteur.anterieurs, fait.compteur.en_cours) == (0, 50)
    encore = compter(fait.compteur, Mois(2026, 7), PLEIN._replace(pris=600))
    assert encore.compteur.en_cours == -300


def test_what_another_program_counted_goes_on() -> None:
    """Brought in at the beginning of February: 18 of N-1, 20 of N, then this month's."""
    avant = reprendre(Mois(2026, 2), 1_800, 2_000)
    fait = compter(avant, Mois(2026, 2), PLEIN)
    assert (fait.acquis, fait.compteur.anterieurs, fait.compteur.en_cours) == (250, 1_800, 2_250)


def test_a_period_without_bulletin_keeps_what_was_left() -> None:
    """Two years later nothing was acquired in between, nothing was lost."""
    avant = Compteur(2023, acquis_anterieurs=500, acquis=1_010, pris=100)
    assert ouvrir(avant, Mois(2025, 9)) == Compteur(2025, acquis_anterieurs=1_500)
    assert ouvrir(avant, Mois(2024, 6)).anterieurs == 500 + 1_100 - 100


MOIS_QUELCONQUES = st.builds(
    MoisTravaille,
    presence=st.integers(1, 1_000_000),
    heures=st.integers(0, 15_167),
    absence=st.integers(0, 20_000),
    maladie=st.integers(0, 20_000),
    pris=st.integers(0, 2_700),
)


@given(st.lists(MOIS_QUELCONQUES, min_size=1, max_size=40))
def test_balances_are_what_was_acquired_less_what_was_taken(faits: list[MoisTravaille]) -> None:
    """Nothing is lost but for the rounding up of June: never down, less than a day a period."""
    suite = suivre(faits)
    solde = suite[-1].compteur.anterieurs + suite[-1].compteur.en_cours
    ecart = solde - sum(m.acquis for m in suite) + sum(m.pris for m in suite)
    passages = periode_de(JUIN.suivant(len(faits) - 1)) - periode_de(JUIN)
    assert 0 <= ecart <= 99 * passages
    assert all(0 <= m.acquis <= 271 * 12 for m in suite)


@given(st.lists(MOIS_QUELCONQUES, min_size=2, max_size=12))
def test_a_period_never_gives_more_than_thirty_days(faits: list[MoisTravaille]) -> None:
    """Nor more than 2.5 days for each month that it touched; nor does it take any back."""
    suite = suivre(faits)
    for rang, m in enumerate(suite, 1):
        assert m.compteur.acquis <= min(MAXIMUM, 250 * rang)
    assert all(b.compteur.acquis >= a.compteur.acquis for a, b in pairwise(suite))

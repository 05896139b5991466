"""When a script runs: month ends, leap days, clock changes, missed runs, clock set back."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.noyau.planning import (
    Planning,
    Unite,
    echeance,
    occurrences,
    prochaine,
    reporter,
)

PARIS = ZoneInfo("Europe/Paris")
PLANNINGS = st.builds(
    Planning,
    st.integers(1, 40),
    st.sampled_from(list(Unite)),
    st.times().map(lambda h: h.replace(second=0, microsecond=0, tzinfo=None)),
    st.dates(date(2019, 1, 1), date(2030, 12, 31)),
)
INSTANTS = st.datetimes(datetime(2018, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- zone given beside


def _paris(annee: int, mois: int, jour: int, heure: int = 0, minute: int = 0) -> datetime:
    return datetime(annee, mois, jour, heure, minute, tzinfo=PARIS).astimezone(UTC)


@pytest.mark.exigence("S2")
def test_every_day_at_23_from_the_first_of_september() -> None:
    p = Planning(1, Unite.JOUR, time(23), date(2020, 9, 1))
    avant = prochaine(p, _paris(2020, 8, 15, 9), PARIS)
    le_soir = prochaine(p, _paris(2020, 9, 1, 23), PARIS)
    assert avant == _paris(2020, 9, 1, 23)
    assert le_soir == _paris(2020, 9, 2, 23)


@pytest.mark.exigence("S10")
def test_every_month_from_the_31st_runs_on_the_last_day_of_shorter_months() -> None:
    p = Planning(1, Unite.MOIS, time(12), date(2024, 1, 31))
    jours = [
        q.astimezone(PARIS).date() for q in islice(occurrences(p, _paris(2024, 1, 1), PARIS), 5)
    ]
    assert jours == [
        date(2024, 1, 31),
        date(2024, 2, 29),
        date(2024, 3, 31),
        date(2024, 4, 30),
        date(2024, 5, 31),
    ]


@pytest.mark.exigence("S10")
def test_an_hour_that_spring_skips_still_runs_once() -> None:
    p = Planning(1, Unite.JOUR, time(2, 30), date(2026, 3, 28))
    trois = list(islice(occurrences(p, _paris(2026, 3, 28), PARIS), 3))
    assert trois[1] == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert trois[1].astimezone(PARIS).time() == time(3, 30)


@pytest.mark.exigence("S10")
def test_an_hour_that_autumn_shows_twice_runs_once() -> None:
    p = Planning(1, Unite.JOUR, time(2, 30), date(2026, 10, 24))
    quand = list(islice(occurrences(p, _paris(2026, 10, 24), PARIS), 3))
    assert quand[1] == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert prochaine(p, quand[1], PARIS) == quand[2]


@pytest.mark.exigence("S10")
def test_missed_runs_are_caught_up_by_one() -> None:
    p = Planning(1, Unite.JOUR, time(23), date(2026, 1, 1))
    dernier = _paris(2026, 1, 3, 23)
    du = echeance(p, dernier, _paris(2026, 1, 7, 9), PARIS)
    assert du.due == _paris(2026, 1, 6, 23)
    assert du.manquees == 2
    assert du.suivante == _paris(2026, 1, 7, 23)


@pytest.mark.exigence("S10")
def test_a_clock_set_back_does_not_run_again() -> None:
    p = Planning(1, Unite.JOUR, time(23), date(2026, 1, 1))
    du = echeance(p, _paris(2026, 1, 3, 23), _paris(2026, 1, 2, 12), PARIS)
    assert du.due is None
    assert du.suivante == _paris(2026, 1, 4, 23)


@given(PLANNINGS, INSTANTS)
def test_the_next_run_is_the_first_one_after(p: Planning, apres: datetime) -> None:
    trouve = prochaine(p, apres, PARIS)
    debut = datetime.combine(p.debut, p.heure, PARIS).astimezone(UTC)
    assert trouve is not None
    assert trouve > apres
    toutes = list(islice(occurrences(p, max(debut, apres - timedelta(days=1500)), PARIS), 1600))
    assert trouve == next(q for q in toutes if q > apres)


@given(PLANNINGS)
def test_occurrences_rise_and_keep_the_hour(p: Planning) -> None:
    quand = list(islice(occurrences(p, datetime(2019, 1, 1, tzinfo=UTC), PARIS), 40))
    assert all(a < b for a, b in pairwise(quand))
    for q in quand:
        heure = q.astimezone(PARIS).time().replace(tzinfo=None)
        saute = q.astimezone(PARIS).date().month == 3 and 2 <= p.heure.hour < 3
        assert heure == p.heure or saute


@given(PLANNINGS, INSTANTS, INSTANTS)
def test_serving_what_is_due_leaves_nothing_due(p: Planning, un: datetime, deux: datetime) -> None:
    avant, maintenant = sorted((un, deux))
    premiere = echeance(p, None, avant, PARIS)
    servie = premiere.due
    du = echeance(p, servie, maintenant, PARIS)
    if du.due is None:
        return
    assert du.due <= maintenant
    apres = echeance(p, du.due, maintenant, PARIS)
    assert apres.due is None
    assert apres.manquees == 0
    assert apres.suivante is not None
    assert apres.suivante > maintenant


@given(PLANNINGS, st.dates(date(2026, 1, 1), date(2027, 1, 1)))
def test_a_planning_pushed_back_keeps_its_rhythm(p: Planning, au: date) -> None:
    """A2: every run of the script is postponed to a chosen date."""
    reporte = reporter(p, au)
    assert reporte.jour(0) == au
    assert (reporte.nombre, reporte.unite, reporte.heure) == (p.nombre, p.unite, p.heure)

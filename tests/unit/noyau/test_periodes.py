"""Dates, periods and months: both ends included, the open end never overflows."""

from calendar import isleap
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.noyau.periodes import (
    FIN_OUVERTE,
    DateIllisible,
    Mois,
    MoisIllisible,
    Periode,
    PeriodeInversee,
    afficher_date,
    lendemain,
    lire_date,
    pavage,
    veille,
)
from tests import strategies

courtes = st.lists(strategies.periodes(etendue=40), max_size=6)
HORIZON = strategies.JOUR_0 + timedelta(200)


def _jours(p: Periode) -> set[date]:
    """Every day of a period up to a horizon that lies after all bounded ends."""
    fin = min(p.fin, HORIZON)
    return {p.debut + timedelta(i) for i in range((fin - p.debut).days + 1)}


def test_the_open_end_is_the_last_day_that_exists() -> None:
    """9999-12-31 has no next day; every other day has one."""
    assert date(9999, 12, 31) == FIN_OUVERTE == date.max
    assert lendemain(FIN_OUVERTE) is None
    assert lendemain(date(2024, 2, 28)) == date(2024, 2, 29)
    assert veille(FIN_OUVERTE) == date(9999, 12, 30)


@given(strategies.jours)
def test_the_day_after_the_day_before_is_the_day(jour: date) -> None:
    """`lendemain` and `veille` are each other's reverse."""
    suivant = lendemain(jour)

    assert lendemain(veille(jour)) == jour
    assert suivant is not None
    assert veille(suivant) == jour


@given(strategies.periodes())
def test_both_ends_are_in_the_period(p: Periode) -> None:
    """First and last day belong to it; their neighbours do not; the days are counted so."""
    apres = lendemain(p.fin)

    assert p.contient(p.debut)
    assert p.contient(p.fin)
    assert not p.contient(veille(p.debut))
    assert apres is None or not p.contient(apres)
    assert p.jours() == (p.fin - p.debut).days + 1
    assert p.est_ouverte == (p.fin == date.max)


@given(strategies.periodes(etendue=60), strategies.periodes(etendue=60))
def test_what_two_periods_share_is_what_their_days_share(a: Periode, b: Periode) -> None:
    """`recouvre` and `intersection` agree with sets of days, both ways round."""
    communs = _jours(a) & _jours(b)
    intersection = a.intersection(b)

    assert a.recouvre(b) == bool(communs) == b.recouvre(a)
    assert intersection == b.intersection(a)
    assert (set() if intersection is None else _jours(intersection)) == communs


def test_a_period_of_one_day_is_a_period() -> None:
    """The end may be the first day, not before."""
    jour = date(2026, 5, 31)

    assert Periode(jour, jour).jours() == 1
    with pytest.raises(PeriodeInversee) as refus:
        Periode(jour, veille(jour))
    assert refus.value.texte() == (
        "La date de fin (30/05/2026) précède la date de début (31/05/2026)."
    )


def test_a_period_says_itself_in_french() -> None:
    """With its end, or « depuis » when it has none."""
    assert str(Periode(date(2026, 1, 1), date(2026, 1, 31))) == "du 01/01/2026 au 31/01/2026"
    assert str(Periode(date(2026, 1, 1))) == "depuis le 01/01/2026"


@given(courtes)
def test_overlaps_and_holes_agree_with_a_count_of_days(periodes: list[Periode]) -> None:
    """A day in two periods is in an overlap; a day in none, between two, is in one hole."""
    recouvrements, trous = pavage(periodes)

    compte: dict[date, int] = {}
    for p in periodes:
        for jour in _jours(p):
            compte[jour] = compte.get(jour, 0) + 1
    doubles = {jour for jour, n in compte.items() if n > 1}
    vides = {
        jour
        for p in ([Periode(min(compte), max(compte))] if compte else [])
        for jour in _jours(p)
        if jour not in compte
    }
    assert set().union(*map(_jours, recouvrements)) == doubles
    assert [j for t in trous for j in sorted(_jours(t))] == sorted(vides)
    assert recouvrements == sorted(recouvrements)
    assert len(recouvrements) < max(1, len(periodes))


@given(courtes)
def test_holes_are_whole(periodes: list[Periode]) -> None:
    """Two holes are never side by side: each is as long as it can be."""
    _, trous = pavage(periodes)

    for premier, second in pairwise(trous):
        assert second.debut - premier.fin > timedelta(1)


def test_periods_that_follow_one_another_leave_nothing() -> None:
    """31/05 then 01/06 is neither an overlap nor a hole."""
    suite = [Periode(date(2019, 6, 1)), Periode(date(2019, 1, 1), date(2019, 5, 31))]

    assert pavage(suite) == ([], [])
    assert pavage([]) == ([], [])


@given(strategies.jours)
def test_a_date_is_read_back_as_written(jour: date) -> None:
    """JJ/MM/AAAA, ISO and compact forms give the same day."""
    assert lire_date(afficher_date(jour)) == jour
    assert lire_date(jour.isoformat()) == jour
    assert lire_date(f"{jour:%d%m}{jour.year:04}") == jour


@pytest.mark.parametrize(
    ("saisie", "attendu"),
    [
        (" 31/1/2026 ", date(2026, 1, 31)),
        ("31.01.2026", date(2026, 1, 31)),
        ("31-01-26", date(2026, 1, 31)),
        ("31 01 51", date(1951, 1, 31)),
        ("31/12/50", date(2050, 12, 31)),
        ("29/02/2024", date(2024, 2, 29)),
        ("31/12/9999", FIN_OUVERTE),
        ("2026-01-31 00:00:00", date(2026, 1, 31)),
        ("2026-01-31T00:00:00.000", date(2026, 1, 31)),
        ("01/01/1900", date(1900, 1, 1)),
    ],
)
def test_dates_are_read_as_people_type_them(saisie: str, attendu: date) -> None:
    """Other separators, two-digit years, a spreadsheet's midnight."""
    assert lire_date(saisie) == attendu


@pytest.mark.parametrize(
    "saisie",
    [
        "",
        "hier",
        "29/02/2025",
        "31/04/2026",
        "00/01/2026",
        "31/12/1899",
        "2026-13-01",
        "1/1/202",
        "310126",
        "2026-01-31 12:00:00",
        "1\u0662/01/2026",
        "31/01/2026 à midi",
    ],
)
def test_what_is_no_date_is_refused(saisie: str) -> None:
    """Days that do not exist, before 1900, or text: said with what was typed."""
    with pytest.raises(DateIllisible) as refus:
        lire_date(saisie)

    assert refus.value.code == "TEC-111"


def test_a_date_that_is_not_known_is_a_dash() -> None:
    """Nothing known is « — », never an empty cell."""
    assert afficher_date(None) == "—"


def test_the_pivot_of_two_digit_years_can_be_moved() -> None:
    """A birth date takes the last century for more years."""
    assert lire_date("01/01/30", siecle_pivot=26) == date(1930, 1, 1)


@given(strategies.mois)
def test_a_month_ends_the_day_before_the_next_begins(mois: Mois) -> None:
    """First and last day, leap years included; each day of it knows its month."""
    assert mois.debut.day == 1
    assert lendemain(mois.fin) == mois.suivant().debut
    assert mois.periode == Periode(mois.debut, mois.fin)
    assert Mois.de(mois.debut) == Mois.de(mois.fin) == mois
    if mois.mois == 2:
        assert mois.fin.day == (29 if isleap(mois.annee) else 28)


def test_the_last_month_that_exists_has_an_end() -> None:
    """The month of the open end ends with it."""
    dernier = Mois.de(FIN_OUVERTE)

    assert dernier.fin == FIN_OUVERTE
    assert list(dernier.jusqu_a(dernier)) == [dernier]


@given(strategies.mois, st.integers(-2_000, 2_000))
def test_months_are_counted_forth_and_back(mois: Mois, combien: int) -> None:
    """Going n months and back is staying; twelve make a year; order is that of time."""
    autre = mois.suivant(combien)

    assert autre.suivant(-combien) == mois
    assert mois.suivant(12) == Mois(mois.annee + 1, mois.mois)
    assert (autre > mois) == (combien > 0)


@given(strategies.mois, st.integers(-3, 40))
def test_a_run_of_months_holds_both_ends(mois: Mois, combien: int) -> None:
    """From one month to another, both included, none when the other comes before."""
    suite = list(mois.jusqu_a(mois.suivant(combien)))

    assert suite == [mois.suivant(i) for i in range(combien + 1)]


@given(strategies.mois)
def test_a_month_is_read_back_as_written(mois: Mois) -> None:
    """AAAA-MM."""
    assert Mois.lire(f" {mois} ") == mois


@pytest.mark.parametrize(
    "saisie", ["", "2026", "2026-00", "2026-13", "06/2026", "1899-12", "0000-01"]
)
def test_what_is_no_month_is_refused_as_a_month(saisie: str) -> None:
    """The remedy speaks of a month, not of a day."""
    with pytest.raises(MoisIllisible) as refus:
        Mois.lire(saisie)

    assert refus.value.code == "TEC-113"
    assert "AAAA-MM" in refus.value.texte_remede()

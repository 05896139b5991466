"""Which days of a month a contract covers, and what its record lacks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.noyau.periodes import FIN_OUVERTE, Mois
from app.paie.rules.presence import ce_qui_manque, presence

JUIN = Mois(2026, 6)
JOURS = st.dates(date(2019, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("debut", "fin", "jours", "entre", "sort"),
    [
        (date(2020, 1, 1), None, 30, False, False),
        (date(2026, 6, 1), date(2026, 6, 30), 30, False, False),
        (date(2026, 6, 15), None, 16, True, False),
        (date(2020, 1, 1), date(2026, 6, 1), 1, False, True),
        (date(2026, 6, 10), date(2026, 6, 10), 1, True, True),
        (date(2026, 6, 30), FIN_OUVERTE, 1, True, False),
    ],
)
def test_the_days_covered_are_counted_with_both_ends(
    debut: date,
    fin: date | None,
    jours: int,
    entre: bool,
    sort: bool,
) -> None:
    """The first and the last day count; coming in and going out are known."""
    vue = presence(JUIN, debut, fin)
    assert (jours, entre, sort) == (vue.jours, vue.entre, vue.sort)
    assert vue.est_complete is not (entre or sort)


@given(JOURS, st.integers(0, 900), st.integers(2019, 2030), st.integers(1, 12))
def test_presence_agrees_with_a_count_day_by_day(
    debut: date, duree: int, annee: int, mois: int
) -> None:
    """Brute force over the days of the month; a contract outside is refused."""
    fin, periode = debut + timedelta(duree), Mois(annee, mois)
    jours = [
        jour
        for n in range(31)
        if (jour := periode.debut + timedelta(n)) <= periode.fin and debut <= jour <= fin
    ]
    if not jours:
        with pytest.raises(ValueError, match=str(periode)):
            presence(periode, debut, fin)
        return
    vue = presence(periode, debut, fin)
    assert (jours[0], jours[-1], len(jours)) == (vue.periode.debut, vue.periode.fin, vue.jours)


def test_what_is_missing_is_named_in_the_words_of_the_form() -> None:
    """An empty record lacks four things, a full one none."""
    assert ce_qui_manque(nir="", ne_le=None, code_postal="", iban="") == (
        "NIR",
        "date de naissance",
        "adresse",
        "IBAN",
    )
    pleine = ce_qui_manque(nir="1", ne_le=date(1990, 1, 1), code_postal="75011", iban="FR")
    assert pleine == ()

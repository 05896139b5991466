"""Hypothesis strategies of the domain: amounts, rates, dates, periods, identifiers."""

from datetime import date, timedelta

from hypothesis import strategies as st
from stdnum import luhn
from stdnum.fr import nir as stdnum_nir
from stdnum.iso7064 import mod_97_10

from app.noyau.argent import Centiemes, Centimes, Millioniemes
from app.noyau.periodes import FIN_OUVERTE, Mois, Periode

JOUR_0 = date(2019, 1, 1)

montants = st.integers(-10_000_000_00, 10_000_000_00).map(Centimes)
"""Amounts up to ten million euros either way, in centimes."""
taux = st.integers(0, 2_000_000).map(Millioniemes)
"""Rates from 0 to 200 %, in millionths."""
heures = st.integers(-50_000, 500_000).map(Centiemes)
"""Durations in hundredths of an hour."""
jours = st.dates(date(1900, 1, 1), date(2200, 12, 31))
"""Days that a field accepts."""
mois = st.builds(Mois, st.integers(1900, 2200), st.integers(1, 12))
"""Months of pay."""


@st.composite
def periodes(draw: st.DrawFn, *, etendue: int = 2_000) -> Periode:
    """Periods that begin within `etendue` days from 2019, one in six without known end."""
    debut = JOUR_0 + timedelta(draw(st.integers(0, etendue)))
    if draw(st.integers(0, 5)) == 0:
        return Periode(debut, FIN_OUVERTE)
    return Periode(debut, debut + timedelta(draw(st.integers(0, etendue))))


_departements = st.sampled_from(
    [f"{n:02}" for n in range(1, 100) if n != 20] + ["2A", "2B"] * 10,
)


@st.composite
def nirs(draw: st.DrawFn) -> str:
    """NIR with their key: both sexes, provisional ones, Corsica more often than its share."""
    corps = (
        draw(st.sampled_from("123478"))
        + f"{draw(st.integers(0, 99)):02}"
        + f"{draw(st.integers(1, 12)):02}"
        + draw(_departements)
        + f"{draw(st.integers(1, 999)):03}"
        + f"{draw(st.integers(1, 999)):03}"
    )
    return corps + str(stdnum_nir.calc_check_digits(corps))


@st.composite
def sirets(draw: st.DrawFn) -> str:
    """SIRET whose SIREN and whole number satisfy Luhn."""
    racine = f"{draw(st.integers(1, 99_999_999)):08}"
    siren = racine + luhn.calc_check_digit(racine)
    debut = siren + f"{draw(st.integers(0, 9_999)):04}"
    return debut + str(luhn.calc_check_digit(debut))


@st.composite
def ibans(draw: st.DrawFn) -> str:
    """French IBAN with their key."""
    chiffres = f"{draw(st.integers(0, 10**10 - 1)):010}"
    compte = draw(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=11, max_size=11))
    bban = chiffres + compte + f"{draw(st.integers(1, 97)):02}"
    return "FR" + str(mod_97_10.calc_check_digits(bban + "FR")) + bban


textes = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60)
"""Any text that a file can hold."""
phrases = st.text("aL1éœ «»’'\u00a0\u202f:;!?%€°n<>=\".", max_size=40)
"""Short texts of the signs that typography looks at."""

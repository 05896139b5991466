"""What a contrat de travail must satisfy, and what deserves a confirmation."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.noyau.champs import ecrire_fiche
from app.noyau.periodes import FIN_OUVERTE, Periode
from app.salaries import rules

CDI = {
    "nature": "cdi",
    "debut_le": "01/09/2025",
    "emploi": "Éducatrice sportive",
    "heures_centiemes": "151,67",
    "salaire_centimes": "1 850,00",
}
CDD = CDI | {"nature": "cdd", "fin_le": "31/08/2026", "motif": "saisonnier"}
PERIODES = st.tuples(
    st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.integers(0, 2_000) | st.none()
).map(lambda p: Periode(p[0], FIN_OUVERTE if p[1] is None else p[0] + timedelta(p[1])))


def refuses(saisie: dict[str, str]) -> dict[str, str]:
    """Return the code found beside each field."""
    return {c.champ: c.code for c in rules.lire_contrat(saisie)[1]}


@pytest.mark.exigence("B1")
def test_a_cdi_is_kept_exactly() -> None:
    """Hours in hundredths, pay in centimes, an open end; a motif has no sense for a CDI."""
    valeurs, constats = rules.lire_contrat(CDI | {"motif": "usage"})
    assert constats == []
    assert valeurs["fin_le"] == FIN_OUVERTE
    assert (valeurs["heures_centiemes"], valeurs["salaire_centimes"]) == (15_167, 185_000)
    assert (valeurs["motif"], valeurs["categorie"]) == ("", "non_cadre")
    assert valeurs["taux_pas_millioniemes"] is None


@pytest.mark.exigence("B1")
def test_a_cdd_has_an_end_and_a_reason() -> None:
    """Code du travail, art. L1242-12."""
    assert refuses(CDD) == {}
    assert refuses(CDD | {"fin_le": ""}) == {"fin_le": "SAL-120"}
    assert refuses(CDD | {"motif": ""}) == {"motif": "SAL-121"}


def test_the_end_never_precedes_the_beginning() -> None:
    """Said beside the end; one day is a contract."""
    assert refuses(CDD | {"fin_le": "31/08/2025"}) == {"fin_le": "TEC-112"}
    assert refuses(CDD | {"fin_le": "01/09/2025"}) == {}
    assert refuses(CDI | {"fin_le": "31/08/2025"}) == {"fin_le": "TEC-112"}


def test_numbers_stay_within_what_the_law_and_sense_allow() -> None:
    """217 hours a month, a PAS rate of 43 %, no negative pay."""
    assert refuses(CDI | {"heures_centiemes": "217,01"}) == {"heures_centiemes": "TEC-133"}
    assert refuses(CDI | {"taux_pas_millioniemes": "43,1"}) == {"taux_pas_millioniemes": "TEC-133"}
    assert refuses(CDI | {"salaire_centimes": "-1"}) == {"salaire_centimes": "TEC-133"}


@given(
    st.dates(date(1990, 1, 1), date(2040, 1, 1)),
    st.integers(0, 21_700),
    st.integers(0, 1_000_000),
    st.none() | st.integers(0, 4_300),
)
def test_what_was_read_is_written_back_and_read_the_same(
    debut: date, heures: int, salaire: int, pas: int | None
) -> None:
    """No centime and no hundredth is lost through the form."""
    valeurs = rules.lire_contrat(CDI)[0] | {
        "debut_le": debut,
        "heures_centiemes": heures,
        "salaire_centimes": salaire,
        "taux_pas_millioniemes": None if pas is None else pas * 100,
    }
    relues, constats = rules.lire_contrat(ecrire_fiche(rules.CHAMPS_CONTRAT, valeurs))
    assert constats == []
    assert relues == valeurs


@given(PERIODES, st.lists(PERIODES, max_size=4))
def test_an_overlap_is_a_warning_and_only_an_overlap(
    periode: Periode, autres: list[Periode]
) -> None:
    """The code is said once, when a day is common to two contracts."""
    communs = [a for a in autres if a.debut <= periode.fin and periode.debut <= a.fin]
    codes = [a.code for a in rules.avertir_contrat(periode, autres)]
    assert codes == (["SAL-201"] if communs else [])


@pytest.mark.parametrize(
    ("naissance", "debut", "attendus"),
    [
        (date(2010, 7, 1), date(2024, 6, 30), ["SAL-202"]),
        (date(2010, 7, 1), date(2024, 7, 1), []),
        (date(2010, 12, 31), date(2024, 1, 1), ["SAL-202"]),
        (date(2008, 2, 29), date(2022, 2, 28), ["SAL-202"]),
        (date(2008, 2, 29), date(2022, 3, 1), []),
        (None, date(2024, 1, 1), []),
    ],
)
def test_hiring_under_fourteen_is_a_warning(
    naissance: date | None, debut: date, attendus: list[str]
) -> None:
    """The age counts in whole years, the birthday included."""
    trouves = rules.avertir_age(Periode(debut, FIN_OUVERTE), naissance)
    assert [a.code for a in trouves] == attendus

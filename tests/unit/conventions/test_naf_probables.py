"""The convention that a NAF code points to: pointed out, never written."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.conventions import rules
from app.conventions.errors import ConventionsRefusees
from app.conventions.service import ccn_probable, naf_probables

LE_JOUR = date(2026, 6, 1)


def propose(naf: str, idcc: str, au: date = LE_JOUR) -> str:
    """Return the IDCC proposed, "" for none."""
    probable = ccn_probable(naf, idcc, au)
    return probable.idcc if probable else ""


@pytest.mark.exigence("O5")
@pytest.mark.parametrize("naf", ["9311Z", "9312Z", "9313Z", "9319Z"])
def test_a_sports_club_without_convention_is_pointed_out(naf: str) -> None:
    """NAF of sport with no CCN or with 9999: the likely one is 2511; 1518 is as plausible."""
    assert propose(naf, "9999") == "2511"
    assert propose(naf, "") == "2511"
    assert propose(naf, "1518") == ""
    assert propose(naf, "2511") == ""


@pytest.mark.exigence("O5")
@pytest.mark.parametrize(
    ("naf", "idcc", "attendu"),
    [
        ("8810A", "9999", "2941"),
        ("8810A", "2511", "2941"),
        ("8810A", "0413", ""),
        ("9312Z", "2941", "2511"),
        ("9311Z", "2941", ""),
        ("9001Z", "2511", "1285"),
        ("9001Z", "3090", ""),
        ("9329Z", "", "1518"),
        ("9499Z", "9999", ""),
        ("", "9999", ""),
    ],
)
def test_a_convention_that_does_not_go_with_the_activity(naf: str, idcc: str, attendu: str) -> None:
    """Certain activities doubt any other convention; the others only its absence."""
    assert propose(naf, idcc) == attendu


@pytest.mark.exigence("O5")
def test_a_code_points_to_nothing_before_its_day() -> None:
    """The branch of home help has one convention since 01/01/2012."""
    assert propose("8810A", "", date(2011, 12, 31)) == ""
    assert propose("8810A", "", date(2012, 1, 1)) == "2941"


@given(st.sampled_from([p.naf for p in naf_probables()]), st.sampled_from(["", "9999", "2511"]))
def test_what_is_proposed_is_never_what_stands(naf: str, idcc: str) -> None:
    """A hint always names another convention, and taking it ends the hint."""
    if propose(naf, idcc):
        assert propose(naf, idcc) != idcc
        assert propose(naf, propose(naf, idcc)) == ""


def _entree(**valeurs: Any) -> dict[str, Any]:
    bonne = {
        "naf": "93.12Z",
        "libelle": "Clubs",
        "idcc": "2511",
        "aussi": [],
        "certain": True,
        "depuis_le": date(2008, 1, 1),
        "source": "CCN du sport",
    }
    return bonne | valeurs


@pytest.mark.parametrize(
    ("valeurs", "cause"),
    [
        ({"naf": "9312Z"}, "quatre chiffres et une lettre"),
        ({"idcc": "0000"}, "convention inconnue"),
        ({"aussi": ["0000"]}, "convention inconnue"),
        ({"source": ""}, "tous ses renseignements"),
        ({"depuis_le": "2008"}, "tous ses renseignements"),
        ({"certain": "oui"}, "tous ses renseignements"),
    ],
)
def test_a_defect_of_the_table_is_refused(valeurs: dict[str, Any], cause: str) -> None:
    """The refusal says which code and what is wrong."""
    with pytest.raises(ConventionsRefusees) as refus:
        rules.lire_naf_probables({"codes": [_entree(**valeurs)]}, {"2511"})
    assert cause in refus.value.cause


def test_a_code_stands_once_for_a_day() -> None:
    """Twice the same code and day is refused; another day is a change of the table."""
    lus = rules.lire_naf_probables(
        {"codes": [_entree(), _entree(depuis_le=date(2030, 1, 1), idcc="1518")]}, {"2511", "1518"}
    )
    assert rules.ccn_probable(lus, "9312Z", "", date(2031, 1, 1)) == rules.CcnProbable(
        "1518", "9312Z", "Clubs", sans_convention=True
    )
    with pytest.raises(ConventionsRefusees, match="deux fois"):
        rules.lire_naf_probables({"codes": [_entree(), _entree()]}, {"2511"})

"""What a change touches, what a state allows: pure rules."""

from datetime import date

import pytest

from app.noyau.periodes import Mois, Periode
from app.paie.rules import constats
from app.paie.rules.changements import premier_mois_de_l_employeur, premier_mois_du_contrat
from app.paie.rules.etats import (
    Etat,
    apres_calcul,
    apres_un_changement,
    peut_annuler_la_validation,
    peut_valider,
)
from app.salaries.rules import premier_jour_touche

LE_JOUR = date(2026, 6, 15)


@pytest.mark.exigence("P12")
@pytest.mark.parametrize(
    ("champs", "depuis", "attendu"),
    [
        ({"emploi"}, date(2020, 1, 1), None),
        ({"salaire_centimes"}, date(2020, 1, 1), Mois(2026, 1)),
        ({"salaire_centimes"}, date(2026, 4, 10), Mois(2026, 4)),
        ({"taux_pas_millioniemes"}, date(2020, 1, 1), Mois(2026, 6)),
        ({"fin_le"}, date(2025, 11, 30), Mois(2025, 11)),
        ({"fin_le", "salaire_centimes"}, date(2025, 11, 30), Mois(2025, 11)),
    ],
)
def test_a_change_of_a_contract_touches_from_a_month(
    champs: set[str], depuis: date, attendu: Mois | None
) -> None:
    """Dates say theirs, the tax rate this month, the rest the current year."""
    assert premier_mois_du_contrat(frozenset(champs), depuis, LE_JOUR) == attendu


def test_a_change_of_an_employer_touches_the_current_year_if_the_pay_reads_it() -> None:
    """Its rate does, its phone does not."""
    assert premier_mois_de_l_employeur(frozenset({"taux_at_millioniemes"}), LE_JOUR) == Mois(
        2026, 1
    )
    assert premier_mois_de_l_employeur(frozenset({"telephone"}), LE_JOUR) is None


def test_the_first_day_touched_is_the_earlier_of_what_moved() -> None:
    """An end alone: the earlier end; anything else: the earlier beginning."""
    avant = {"debut_le": date(2025, 3, 1), "fin_le": date(2026, 8, 31)}
    fin = avant | {"fin_le": date(2026, 5, 15)}
    debut = avant | {"debut_le": date(2025, 2, 1)}
    assert premier_jour_touche(frozenset({"fin_le"}), avant, fin) == date(2026, 5, 15)
    assert premier_jour_touche(frozenset({"fin_le"}), fin, avant) == date(2026, 5, 15)
    assert premier_jour_touche(frozenset({"debut_le"}), avant, debut) == date(2025, 2, 1)
    assert premier_jour_touche(frozenset({"motif"}), avant, avant) == date(2025, 3, 1)
    assert premier_jour_touche(frozenset({"version"}), avant, avant) is None


@pytest.mark.exigence("B6")
def test_states_follow_one_another() -> None:
    """Only a draft is validated; what was validated once is never made again in place."""
    assert [e for e in Etat if peut_valider(e)] == [Etat.BROUILLON]
    assert [e for e in Etat if peut_annuler_la_validation(e)] == [Etat.VALIDE, Etat.A_RECALCULER]
    assert apres_calcul(None) == (False, Etat.BROUILLON)
    assert apres_calcul(Etat.BROUILLON) == (False, Etat.BROUILLON)
    assert apres_calcul(Etat.BROUILLON, repris=True) == (True, Etat.BROUILLON)
    assert apres_calcul(Etat.A_RECALCULER) == (True, Etat.BROUILLON)
    assert [apres_un_changement(e) for e in Etat] == [
        Etat.BROUILLON,
        Etat.A_RECALCULER,
        Etat.A_RECALCULER,
        Etat.REMPLACE,
    ]


def test_months_that_must_have_a_bulletin_before() -> None:
    """From January, or from the month of hiring."""
    assert constats.mois_attendus(Mois(2026, 6), date(2020, 1, 1)) == 5
    assert constats.mois_attendus(Mois(2026, 6), date(2026, 4, 20)) == 2
    assert constats.mois_attendus(Mois(2026, 6), date(2026, 6, 2)) == 0
    assert constats.mois_attendus(Mois(2026, 1), date(2020, 1, 1)) == 0


def test_contracts_that_follow_one_another_do_not_overlap() -> None:
    """Both ends are included: the same day in both is an overlap, the next day is not."""
    premier = Periode(date(2026, 1, 1), date(2026, 6, 10))
    suivant, double = Periode(date(2026, 6, 11)), Periode(date(2026, 6, 10))
    assert constats.chevauchement(1, 2, "Abel", [suivant, premier]) is None
    trouve = constats.chevauchement(1, 2, "Abel", [double, premier])
    assert trouve is not None
    assert "10/06/2026" in trouve.constat.message

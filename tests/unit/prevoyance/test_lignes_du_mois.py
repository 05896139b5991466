"""What is due for a month: the day that decides, the population, the regime or what was entered."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.noyau.periodes import Mois, Periode, veille
from app.prevoyance.rules import lignes as rules
from app.prevoyance.rules.lignes import ContratLu, PeriodeLue
from app.prevoyance.rules.regimes import Options
from app.prevoyance.rules.taux import CHAMPS_TAUX, TauxSaisi, ecrire_taux, taux_saisis
from app.prevoyance.service.regimes import regimes
from tests.strategies import mois as des_mois
from tests.strategies import periodes as des_periodes

SANS, TOUTES = Options(False, False, False, False), Options(True, True, True, True)
JANVIER = date(2024, 1, 1)
MARS = Mois(2024, 3)


def _contrat(*periodes: PeriodeLue, regime: str = "", population: str = "tous") -> ContratLu:
    lu = regimes().get(regime)
    return ContratLu(7, "prevoyance", "", "R-7", population, lu, periodes)


UNE = PeriodeLue(1, Periode(JANVIER), SANS, (TauxSaisi("tous", "t1", 4_000, 6_000),))


@pytest.mark.exigence("P2")
def test_a_line_bears_the_rates_and_options_of_its_period() -> None:
    """And says in French what it is and where it comes from."""
    avec = PeriodeLue(1, Periode(JANVIER), TOUTES, UNE.taux)
    [ligne] = rules.lignes_du_contrat(_contrat(avec), "cadre", JANVIER)
    assert (ligne.code, ligne.libelle) == ("prevoyance_7_t1", "Prévoyance (tranche 1)")
    assert (ligne.taux_salarial, ligne.taux_patronal, ligne.base) == (4_000, 6_000, "t1")
    assert (ligne.forfait_social, ligne.csg_crds) == (True, True)
    assert (ligne.deduction_po, ligne.deduction_pp) == (True, True)
    assert ligne.source == "Contrat R-7, depuis le 01/01/2024"


@given(des_mois, des_periodes())
def test_the_day_that_decides_is_the_last_attached_of_the_month(
    mois: Mois, rattachement: Periode
) -> None:
    """None when not a day of the month is."""
    jour = rules.jour_qui_decide(mois, rattachement)
    if jour is None:
        assert not rattachement.recouvre(mois.periode)
    else:
        assert rattachement.contient(jour)
        assert Mois.de(jour) == mois
        suivant = jour + timedelta(days=1)
        assert not (rattachement.contient(suivant) and Mois.de(suivant) == mois)


@pytest.mark.exigence("P7")
def test_rates_of_the_end_of_the_month_apply() -> None:
    """A period that opens within no month: March has the old rates, April the new."""
    suite = PeriodeLue(2, Periode(date(2024, 4, 1)), SANS, (TauxSaisi("tous", "t1", 1, 2),))
    avant = PeriodeLue(1, Periode(JANVIER, veille(date(2024, 4, 1))), SANS, UNE.taux)
    contrat = _contrat(avant, suite)
    taux = [
        rules.lignes_du_mois(m, "cadre", [(contrat, Periode(JANVIER))])[0].taux_salarial
        for m in (MARS, MARS.suivant())
    ]
    assert taux == [4_000, 1]


@pytest.mark.exigence("P13")
def test_nothing_is_due_outside_the_rattachement_or_the_contract() -> None:
    """Months after and before; a hole between two periods."""
    contrat = _contrat(UNE)
    dates = [(date(2024, 4, 1), False), (date(2024, 3, 31), True), (date(2024, 3, 1), True)]
    for debut, due in dates:
        lignes = rules.lignes_du_mois(MARS, "cadre", [(contrat, Periode(debut))])
        assert bool(lignes) is due
    assert rules.lignes_du_contrat(contrat, "cadre", date(2023, 12, 31)) == ()


def test_a_contract_gives_its_lines_once_a_month() -> None:
    """Somebody who left and came back: the last day decides."""
    contrat = _contrat(UNE)
    deux = [Periode(JANVIER, date(2024, 3, 10)), Periode(date(2024, 3, 20))]
    assert len(rules.lignes_du_mois(MARS, "cadre", [(contrat, p) for p in deux])) == 1


@pytest.mark.parametrize(
    ("categorie", "attendu"),
    [("cadre", {"t1": 15_000, "t2": 5}), ("non_cadre", {"t1": 3, "t2": 5})],
)
def test_rates_of_a_population_are_for_its_people(categorie: str, attendu: dict[str, int]) -> None:
    """Those for everybody are for everybody."""
    taux = (
        TauxSaisi("cadre", "t1", 0, 15_000),
        TauxSaisi("non_cadre", "t1", 0, 3),
        TauxSaisi("tous", "t2", 0, 5),
    )
    contrat = _contrat(PeriodeLue(1, Periode(JANVIER), SANS, taux))
    lignes = rules.lignes_du_contrat(contrat, categorie, JANVIER)
    assert {li.base: li.taux_patronal for li in lignes} == attendu


def test_a_forfait_is_an_amount() -> None:
    """Centimes a month, no rate."""
    taux = (TauxSaisi("tous", "forfait", 0, 0, 1_500, 2_500),)
    [ligne] = rules.lignes_du_contrat(
        _contrat(PeriodeLue(1, Periode(JANVIER), SANS, taux)), "cadre", JANVIER
    )
    assert (ligne.base, ligne.taux_salarial) == ("forfait", 0)
    assert (ligne.montant_salarial, ligne.montant_patronal) == (1_500, 2_500)


@pytest.mark.exigence("P1")
@pytest.mark.parametrize("code", sorted(regimes()))
@given(data=st.data())
def test_a_parametree_owes_what_its_regime_says_on_the_day(code: str, data: st.DataObject) -> None:
    """Or what was entered where the regime does not know; never a guess."""
    regime = regimes()[code]
    jour = data.draw(st.dates(date(2018, 1, 1), date(2027, 12, 31)))
    categorie = data.draw(st.sampled_from(["cadre", "non_cadre"]))
    saisi = TauxSaisi("tous", "brut", 11, 13)
    contrat = _contrat(PeriodeLue(1, Periode(date(2018, 1, 1)), SANS, (saisi,)), regime=code)
    vues = {
        (li.base, li.taux_salarial, li.taux_patronal)
        for li in rules.lignes_du_contrat(contrat, categorie, jour)
    }
    manque = regime.periode(jour) is None or not hasattr(regime.taux(jour, categorie), "lignes")
    if manque:
        assert vues == {("brut", 11, 13)}
    else:
        dues = regime.lignes(jour, categorie)
        assert vues == {(d.base, d.salarial, d.patronal) for d in dues if d.salarial or d.patronal}


def test_what_nobody_knows_is_said() -> None:
    """A paramétrée whose regime lost its rates, and nobody entered any."""
    jour = date(2021, 1, 1)
    code = "ARTISTE CCN 1285"
    vide = _contrat(PeriodeLue(1, Periode(jour), SANS, ()), regime=code)
    saisie = _contrat(PeriodeLue(1, Periode(jour), SANS, UNE.taux), regime=code)
    assert rules.manque_aujourd_hui(vide, jour).startswith("Au 01/01/2021 : ")
    assert rules.manque_aujourd_hui(saisie, jour) == ""
    assert rules.manque_aujourd_hui(_contrat(UNE), JANVIER) == ""
    assert rules.lignes_du_contrat(vide, "cadre", jour) == ()


_parts = st.integers(0, 100_000)
_saisis = st.builds(
    lambda population, base, a, b: (
        TauxSaisi(population, base, 0, 0, a, b)
        if base == "forfait"
        else TauxSaisi(population, base, a, b)
    ),
    st.sampled_from(["tous", "cadre", "non_cadre"]),
    st.sampled_from(["t1", "t2", "brut", "pmss", "forfait"]),
    _parts,
    _parts,
)


@given(st.lists(_saisis, unique_by=lambda li: (li.population, li.base), max_size=6))
def test_what_a_form_shows_is_what_it_reads(lignes: list[TauxSaisi]) -> None:
    """Rates and amounts written into the form come back the same; empty lines are dropped."""
    textes = ecrire_taux(lignes)
    valeurs = {champ.nom: champ.lire(textes[champ.nom]) for champ in CHAMPS_TAUX}
    pleines = {
        li
        for li in lignes
        if li.salarial or li.patronal or li.montant_salarial or li.montant_patronal
    }
    assert set(taux_saisis(valeurs)) == pleines

"""Rules of periods and of rattachements, over any dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.noyau.periodes import FIN_OUVERTE, Mois, Periode, lendemain, pavage, veille
from app.prevoyance.errors import (
    DebutHorsPeriode,
    FinHorsDernierePeriode,
    FinHorsPeriode,
    RattachementApresSortie,
    RattachementAvantEmbauche,
    RattachementEnDouble,
    RattachementHorsContrat,
)
from app.prevoyance.rules import periodes, rattachements
from tests.strategies import jours
from tests.strategies import periodes as des_periodes

pytestmark = pytest.mark.exigence("P13")

ANNEE = Periode(date(2024, 1, 1), date(2024, 12, 31))


@pytest.mark.exigence("P7")
@given(jours)
def test_the_nearest_ends_hold_the_day_between_them(jour: date) -> None:
    """Both end a month, one before and one after, less than 32 days apart; or the day itself."""
    proches = periodes.fins_proches(jour)
    assert all(periodes.est_fin_de_periode(d) for d in proches)
    if periodes.est_fin_de_periode(jour):
        assert proches == (jour,)
    else:
        avant, apres = proches
        assert avant < jour < apres
        assert (apres - avant).days <= 31


@given(jours, des_periodes())
def test_ends_offered_stay_within_bounds(jour: date, bornes: Periode) -> None:
    """And they are the nearest there: no valid end lies between them and the day."""
    proches = periodes.fins_proches(jour, bornes)
    assert all(bornes.contient(d) and periodes.est_fin_de_periode(d) for d in proches)
    fin_du_mois = Mois.de(jour).fin
    if bornes.contient(fin_du_mois):
        assert fin_du_mois in proches


@pytest.mark.exigence("P7")
def test_the_refusal_offers_dates() -> None:
    """20/05/2019 is between 30/04 and 31/05; the first month of a contract has one only."""
    with pytest.raises(FinHorsPeriode) as refus:
        periodes.exiger_fin(date(2019, 5, 20))
    assert refus.value.dates == (date(2019, 4, 30), date(2019, 5, 31))
    with pytest.raises(FinHorsPeriode) as refus:
        periodes.exiger_fin(date(2019, 5, 20), Periode(date(2019, 5, 10)))
    assert refus.value.dates == (date(2019, 5, 31),)
    with pytest.raises(FinHorsPeriode) as refus:
        periodes.exiger_fin(date(2019, 5, 20), Periode(date(2019, 5, 10), date(2019, 5, 25)))
    assert (refus.value.dates, refus.value.proches) == ((), "aucune")
    periodes.exiger_fin(date(2019, 5, 20), autres=[date(2019, 5, 20)])
    periodes.exiger_fin(FIN_OUVERTE)


@st.composite
def chaines(draw: st.DrawFn) -> list[Periode]:
    """Contiguous periods that end with months."""
    mois = Mois(draw(st.integers(2015, 2024)), draw(st.integers(1, 12)))
    faites = []
    for duree in draw(st.lists(st.integers(1, 30), min_size=1, max_size=5)):
        fin = mois.suivant(duree - 1)
        faites.append(Periode(mois.debut, fin.fin))
        mois = fin.suivant()
    if draw(st.booleans()):
        faites[-1] = Periode(faites[-1].debut)
    return faites


@pytest.mark.exigence("P7")
@given(chaines(), st.integers(0, 40))
def test_cutting_keeps_the_days_of_the_contract(chaine: list[Periode], combien: int) -> None:
    """Whatever valid day is chosen: the same days, no overlap, no hole."""
    derniere = chaine[-1]
    fin = Mois.de(derniere.debut).suivant(combien).fin
    if not derniere.debut <= fin < derniere.fin:
        with pytest.raises(FinHorsDernierePeriode):
            periodes.couper(chaine, fin)
        return
    coupure = periodes.couper(chaine, fin)
    assert coupure.nouvelle.debut == lendemain(fin)
    suite = [*chaine[:-1], coupure.close, coupure.nouvelle]
    assert pavage(suite) == ([], [])
    contrat = Periode(chaine[0].debut, derniere.fin)
    assert periodes.defauts(contrat, suite) == []
    assert periodes.avertir_trous(suite) == []


def test_what_contradicts_the_rules_is_said() -> None:
    """Nothing, an overlap, other days than the contract's."""
    assert periodes.defauts(ANNEE, []) == ["le contrat n'aurait plus de période"]
    [phrase] = periodes.defauts(ANNEE, [ANNEE, Periode(date(2024, 6, 1), date(2024, 6, 30))])
    assert "se recouvriraient" in phrase
    [phrase] = periodes.defauts(ANNEE, [Periode(date(2024, 2, 1), date(2024, 12, 31))])
    assert "du 01/02/2024 au 31/12/2024" in phrase


def test_a_late_start_leaves_a_hole_that_is_told() -> None:
    """The first of a later month; not before, not within a month."""
    mai, debut = date(2024, 5, 31), date(2024, 8, 1)
    coupure = periodes.couper([ANNEE], mai, debut)
    [avertissement] = periodes.avertir_trous([coupure.close, coupure.nouvelle])
    assert avertissement.code == "PRV-204"
    for faux in (date(2024, 5, 1), date(2024, 8, 2), date(2025, 1, 1)):
        with pytest.raises(DebutHorsPeriode):
            periodes.couper([ANNEE], mai, faux)
    with pytest.raises(FinHorsDernierePeriode):
        periodes.couper([ANNEE], FIN_OUVERTE)


@pytest.mark.exigence("P8")
@given(chaines(), jours)
def test_a_contract_closed_keeps_the_days_up_to_its_end(chaine: list[Periode], fin: date) -> None:
    """Periods after it go, the one that holds it is cut."""
    restes = [p for p in periodes.tronquer(chaine, fin) if p is not None]
    assert all(p.fin <= fin for p in restes)
    assert pavage(restes) == ([], [])
    assert sum(p.jours() for p in restes) == sum(
        commun.jours()
        for p in chaine
        if (commun := p.intersection(Periode(date.min, fin))) is not None
    )


@given(des_periodes(), des_periodes(), des_periodes())
def test_what_counts_lies_within_all_three(
    demande: Periode, travail: Periode, prevoyance: Periode
) -> None:
    """Asked, at work, under contract; when nothing refuses, a day at least is left."""
    reste = rattachements.effectif(demande, travail, prevoyance)
    for cadre in (demande, travail, prevoyance):
        assert reste is None or reste.intersection(cadre) == reste
    try:
        rattachements.exiger_dates("Anne", demande, travail, prevoyance)
    except (RattachementAvantEmbauche, RattachementApresSortie, RattachementHorsContrat):
        return
    assert reste is not None
    assert reste.debut == demande.debut
    assert demande.est_ouverte or reste.fin == demande.fin


@given(st.none() | des_periodes(), st.none() | des_periodes(), jours)
def test_days_touched_hold_every_day_that_differs(
    avant: Periode | None, apres: Periode | None, jour: date
) -> None:
    """A day in one of both only is touched; the first and the last touched days differ."""
    touches = rattachements.jours_touches(avant, apres)

    def differe(quand: date) -> bool:
        return bool(avant and avant.contient(quand)) != bool(apres and apres.contient(quand))

    if differe(jour):
        assert touches is not None
        assert touches.contient(jour)
    if touches is not None:
        assert differe(touches.debut)
        assert differe(touches.fin)


def test_refusals_of_dates_name_the_person_and_the_days() -> None:
    """Before the hiring, after the leaving, outside the contract, twice."""
    travail, tout = Periode(date(2024, 3, 10), date(2024, 9, 30)), Periode(date(2024, 1, 1))
    with pytest.raises(RattachementAvantEmbauche) as refus:
        rattachements.exiger_dates("Anne", Periode(date(2024, 3, 1)), travail, tout)
    assert "à partir du 10/03/2024" in refus.value.texte_remede()
    with pytest.raises(RattachementApresSortie):
        rattachements.exiger_dates("Anne", Periode(date(2024, 10, 1)), travail, tout)
    tard = Periode(date(2024, 6, 1))
    with pytest.raises(RattachementHorsContrat):
        rattachements.exiger_dates("Anne", Periode(date(2024, 4, 1)), travail, tard)
    with pytest.raises(RattachementEnDouble) as double:
        rattachements.exiger_une_fois("Anne", travail, [Periode(date(2024, 9, 30))])
    assert "du 30/09/2024 au 30/09/2024" in double.value.texte()
    assert veille(travail.debut) == date(2024, 3, 9)


@pytest.mark.parametrize(
    ("population", "categorie", "convient"),
    [
        ("tous", "cadre", True),
        ("cadre", "cadre", True),
        ("cadre", "non_cadre", False),
        ("permanent_non_cadre", "non_cadre", True),
        ("permanent_non_cadre", "cadre", False),
        ("permanent_cadre", "cadre", True),
    ],
)
def test_populations_take_their_category(population: str, categorie: str, convient: bool) -> None:
    """Those that a regime sets apart too."""
    assert rattachements.population_convient(population, categorie) is convient

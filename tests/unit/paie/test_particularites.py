"""Base forfaitaire, franchise and artistes: bands, thresholds, balances, regularisation."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.noyau.periodes import Mois
from app.paie.errors import CasIllisible, RegimeNonCouvert
from app.paie.rules.affichage import STATUTS_EN_MOTS, condition_en_mots
from app.paie.rules.baremes import Condition
from app.paie.rules.calcul import Bulletin
from app.paie.rules.cas import lire_cas
from app.paie.rules.explication import expliquer
from app.paie.rules.faits import Cumuls, Dossier, Elements, FaitsContrat, FaitsEmployeur
from app.paie.rules.particularites import (
    base_forfaitaire,
    franchise_maximale,
    plafond_journalier,
    taux_d_artiste,
)
from app.paie.service.baremes import moteur
from app.salaries.rules import STATUTS_PAIE

MARS = Mois(2026, 3)
SMIC = 1_202
"""Hourly SMIC of 01/01/2026, centimes."""
CLUB = FaitsEmployeur(effectif=6, taux_at=20_000, idcc="2511")
MOIS = st.builds(Mois, st.integers(2019, 2026), st.integers(1, 12))
SALAIRES = st.integers(1_000, 250_000)
MANIFESTATIONS = st.lists(st.integers(1, 40_000), max_size=8).map(tuple)
STATUTS = st.sampled_from(("general", "artiste", "sport_forfait"))
DEJA_VUS = ("securite_sociale", "securite_sociale_plafonnee")


def valeur(code: str) -> int:
    """Return a figure of March 2026."""
    return moteur().baremes.valeur(code, MARS.fin)


def base(remuneration: int) -> int | None:
    """Return the base of a month's pay."""
    return base_forfaitaire(remuneration, SMIC, valeur)


def calculer(statut: str, salaire: int, **autres: object) -> Bulletin:
    """Compute a month of a club."""
    manifestations = autres.pop("manifestations", ())
    contrat = FaitsContrat(salaire, statut=statut, quotite=300_000)
    elements = Elements(manifestations=manifestations)  # type: ignore[arg-type]
    faits = {"mois": MARS, "employeur": CLUB} | autres
    return moteur().calculer(Dossier(contrat=contrat, elements=elements, **faits))  # type: ignore[arg-type]


@pytest.mark.exigence("B3")
@pytest.mark.parametrize(
    ("seuil", "avant", "apres"), [(45, 5, 15), (60, 15, 25), (80, 25, 35), (100, 35, 50)]
)
def test_a_band_begins_at_its_threshold(seuil: int, avant: int, apres: int) -> None:
    """One centime below it is still the band before (arrêté du 27/07/1994, art. 2)."""
    assert base(seuil * SMIC - 1) == avant * SMIC
    assert base(seuil * SMIC) == apres * SMIC
    assert base(seuil * SMIC + 1) == apres * SMIC


def test_the_base_ends_at_115_smic() -> None:
    """From the threshold on, the real pay."""
    assert base(115 * SMIC - 1) == 50 * SMIC
    assert base(115 * SMIC) is None


@given(SALAIRES, st.integers(0, 50_000))
def test_bands_are_monotone(remuneration: int, plus: int) -> None:
    """More pay never has a smaller base."""
    avant, apres = base(remuneration), base(remuneration + plus)
    assert apres is None or (avant is not None and avant <= apres)


@pytest.mark.parametrize(
    ("annee", "jour", "franchise"),
    [
        (2019, 186, 13_020),
        (2020, 189, 13_230),
        (2023, 202, 14_140),
        (2024, 213, 14_910),
        (2025, 216, 15_120),
        (2026, 220, 15_400),
    ],
)
def test_the_daily_plafond_and_the_franchise_of_each_year(
    annee: int, jour: int, franchise: int
) -> None:
    """Twelve plafonds over 218 days, to the euro (CSS, art. D242-17 and D242-18); 70 % of it."""
    fin = date(annee, 6, 30)
    assert plafond_journalier(moteur().baremes.valeur("plafond_mensuel", fin)) == jour * 100
    assert franchise_maximale(lambda code: moteur().baremes.valeur(code, fin)) == franchise


@settings(max_examples=120, deadline=None)
@given(MOIS, STATUTS, SALAIRES, MANIFESTATIONS, st.integers(1, 20))
def test_totals_balance_and_the_franchise_keeps_its_limits(
    mois: Mois, statut: str, salaire: int, manifestations: tuple[int, ...], effectif: int
) -> None:
    """Sums to the centime; five events at most, each to its maximum, never for ten permanents."""
    employeur = replace(CLUB, effectif=effectif)
    bulletin = calculer(
        statut, salaire, mois=mois, employeur=employeur, manifestations=manifestations
    )
    t, s = bulletin.totaux, bulletin.situation
    assert t.brut == salaire + sum(manifestations)
    assert t.cotisations_salarie == sum(li.salarial for li in bulletin.lignes)
    assert t.cout_employeur == t.brut + sum(li.patronal for li in bulletin.lignes)
    maximum = franchise_maximale(lambda code: moteur().baremes.valeur(code, mois.fin))
    assert 0 <= s.franchise <= sum(min(m, maximum) for m in manifestations[:5])
    assert not (s.franchise and (effectif >= 10 or statut == "artiste"))
    reduction = [li for li in bulletin.lignes if li.code == "reduction_generale"]
    assert not (reduction and s.statut != "general")


@settings(max_examples=60, deadline=None)
@given(SALAIRES)
def test_a_regime_never_costs_more_than_the_common_law_without_reduction(salaire: int) -> None:
    """Employee's contributions of a base forfaitaire or of an artiste: at most the common ones."""
    commun = calculer("general", salaire).totaux.cotisations_salarie
    assert calculer("artiste", salaire).totaux.cotisations_salarie <= commun
    if salaire >= 5 * SMIC:
        forfait = calculer("sport_forfait", salaire)
        # Without allowance the CSG of a base near the pay is dearer by 1,75 % of 9,7 %.
        assert forfait.totaux.cotisations_salarie <= commun + salaire * 2 // 1_000 + 2


def test_real_pay_bears_what_the_arrete_does_not_name() -> None:
    """Chômage, AGS, retraite complémentaire, formation: on the whole pay."""
    bulletin = calculer("sport_forfait", 80_000)
    bases = {li.code: li.assiette for li in bulletin.lignes}
    reelles = ("chomage", "ags", "dialogue_social", "formation", "sport_paritarisme")
    assert {bases[code] for code in reelles} == {80_000}
    sociales = ("maladie", "accidents_travail", "allocations_familiales", "csa", "csg_deductible")
    assert {bases[code] for code in sociales} == {25 * SMIC}


def test_the_rates_of_an_artiste_are_those_that_the_urssaf_prints() -> None:
    """Table of the Urssaf at 01/01/2024: 70 %, to the hundredth of a percent."""
    imprimes = {130_000: 91_000, 70_000: 49_000, 85_500: 59_900, 69_000: 48_300, 20_200: 14_100}
    imprimes |= {52_500: 36_800, 34_500: 24_200, 13_000: 9_100, 5_000: 3_500, 1_000: 700}
    assert {taux: taux_d_artiste(taux, 700_000) for taux in imprimes} == imprimes


@pytest.mark.parametrize(
    ("contrat", "cause"),
    [
        (FaitsContrat(100_000, statut="artiste", usage=True), "CDD d'usage"),
        (FaitsContrat(100_000, statut="artiste", jours=4), "moins de cinq jours"),
    ],
)
def test_what_no_text_here_covers_is_refused(contrat: FaitsContrat, cause: str) -> None:
    """An intermittent or a short engagement: never a guess."""
    with pytest.raises(RegimeNonCouvert) as refus:
        moteur().calculer(Dossier(MARS, CLUB, contrat))
    assert cause in refus.value.cause


def test_a_short_engagement_of_anybody_else_is_computed() -> None:
    """Five days of an artiste, a CDD d'usage of the common law."""
    for contrat in (
        FaitsContrat(100_000, statut="artiste", jours=5),
        FaitsContrat(100_000, usage=True, jours=2),
    ):
        assert moteur().calculer(Dossier(MARS, CLUB, contrat)).totaux.brut == 100_000


Mensualite = tuple[str, int, tuple[int, ...]]


def annee(mensualites: list[Mensualite]) -> list[Bulletin]:
    """Compute the months of 2026 one after the other: status, salary, match bonuses."""
    cumuls, bulletins = Cumuls(), []
    for rang, (statut, salaire, primes) in enumerate(mensualites, 1):
        contrat = FaitsContrat(salaire, statut=statut, quotite=300_000)
        elements = Elements(manifestations=primes)
        faits = Dossier(Mois(2026, rang), CLUB, contrat, elements, cumuls)
        bulletins.append(moteur().calculer(faits))
        cumuls = bulletins[-1].cumuls
    return bulletins


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(("general", "sport_forfait")), SALAIRES, MANIFESTATIONS),
        min_size=2,
        max_size=12,
    )
)
def test_months_on_a_base_forfaitaire_are_left_out_of_the_year(
    mensualites: list[Mensualite],
) -> None:
    """The others are regularised among themselves, their franchise taken off (CSS, R242-2)."""
    bulletins = annee(mensualites)
    reels = [b for b in bulletins if b.situation.forfait is None]
    soumis = sum(b.totaux.brut - b.situation.franchise for b in reels)
    plafonds = sum(b.plafond for b in reels)
    lignes = [li for b in reels for li in b.lignes if li.code == "vieillesse_plafonnee"]
    # A line of nothing is not kept: both sides may differ by the bases that give no centime.
    assert abs(sum(li.assiette for li in lignes) - min(soumis, plafonds)) <= 8 * len(reels)
    assert bulletins[-1].cumuls.brut == sum(b.totaux.brut for b in bulletins)


def test_a_year_without_regime_keeps_the_same_cumulated_figures() -> None:
    """Nothing new is kept for the common law: bulletins of before go on."""
    derniere = annee([("general", 150_000, ()), ("general", 90_000, ())])[-1]
    assert not [nom for nom in derniere.cumuls.assiettes if nom.startswith("hors_")]


def mots(statut: str, salaire: int, **autres: object) -> dict[str, tuple[str, str, str]]:
    """Return base, rate and text that each line gives of itself."""
    manifestations = autres.get("manifestations", ())
    contrat = FaitsContrat(salaire, statut=statut, quotite=300_000, mutuelle=4_000)
    elements = Elements(manifestations=manifestations)  # type: ignore[arg-type]
    dossier = Dossier(MARS, CLUB, contrat, elements)
    dites = expliquer(dossier, moteur().calculer(dossier), moteur())
    return {e.code: (e.assiette, e.taux, e.source) for e in dites}


def test_a_line_says_that_its_base_is_forfaitaire() -> None:
    """With the multiple of the SMIC and the arrêté; the real pay says nothing of it."""
    dites = mots("sport_forfait", 80_000)
    assert "base forfaitaire du sport (25 SMIC horaires" in dites["maladie"][0]
    assert "arrêté du 27/07/1994" in dites["maladie"][2]
    assert "sans abattement" in dites["csg_deductible"][0]
    assert "forfaitaire" not in dites["chomage"][0]
    plancher = mots("sport_forfait", 135_000)
    assert "25 SMIC" not in plancher["maladie"][0]


def test_a_line_says_that_its_base_is_franchised_or_its_rate_reduced() -> None:
    """Franchise with its amount and the circulaire; 70 % with the arrêté du 24/01/1975."""
    franchisee = mots("general", 50_000, manifestations=(9_000,))
    assert "après franchise de 90,00" in franchisee["maladie"][0].replace(" ", " ")
    assert "94-60" in franchisee["csg_deductible"][2]
    assert "franchise" not in franchisee["chomage"][0]
    reduite = mots("artiste", 150_000)
    assert "70,00" in reduite["maladie"][1]
    assert "24/01/1975" in reduite["vieillesse_plafonnee"][2]
    assert "réduit" not in reduite["csa"][1]


def test_the_statuses_of_a_contract_are_those_of_the_engine() -> None:
    """Same codes in the contract, the engine and the words of the barèmes."""
    assert {code for code, _ in STATUTS_PAIE} == set(STATUTS_EN_MOTS)
    assert condition_en_mots(Condition(statut="artiste")) == "artistes du spectacle"


CAS = {"id": "X", "mois": "2026-03", "salaire_brut": "900"}


@pytest.mark.parametrize(
    ("champ", "valeur_fausse"),
    [
        ("statut", "marin"),
        ("manifestations", "90"),
        ("manifestations", ["un"]),
        ("jours_engagement", "x"),
        ("usage", "oui"),
    ],
)
def test_a_case_is_refused_by_its_field(champ: str, valeur_fausse: object) -> None:
    """The refusal names it."""
    with pytest.raises(CasIllisible) as refus:
        lire_cas({**CAS, champ: valeur_fausse}, moteur().baremes)
    assert refus.value.champ_du_cas == champ


def test_a_case_bears_our_fields() -> None:
    """Amounts as JSON numbers or text."""
    lu = lire_cas(
        {**CAS, "statut": "sport_forfait", "manifestations": [Decimal("90.5"), "12"]}
        | {"salaries_permanents": 4, "jours_engagement": 3, "usage": True},
        moteur().baremes,
    )
    assert lu.elements.manifestations == (9_050, 1_200)
    assert (lu.contrat.statut, lu.contrat.jours, lu.contrat.usage) == ("sport_forfait", 3, True)
    assert lu.employeur.permanents == 4


def test_a_regularisation_may_leave_nothing_to_tax() -> None:
    """A month of 10 € after one above its plafond: a net below zero is taxed at the least rate."""
    derniere = annee([("general", 214_309, ()), ("general", 1_000, ())])[-1]
    assert derniere.totaux.net_imposable < 0
    assert (derniere.totaux.taux_impot, derniere.totaux.impot) == (0, 0)

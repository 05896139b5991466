"""Properties of the engine: balances, monotony, regularisation, rounding that never drifts."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.noyau.argent import arrondi
from app.noyau.periodes import Mois
from app.paie.errors import BaremeInconnu
from app.paie.rules import assiettes, reductions
from app.paie.rules.calcul import Bulletin, Moteur
from app.paie.rules.faits import Cumuls, Dossier, Elements, FaitsContrat, FaitsEmployeur
from app.paie.service.baremes import moteur

SALAIRES = st.integers(50_000, 4_000_000)
MOIS = st.builds(Mois, st.integers(2019, 2026), st.integers(1, 12))
EMPLOYEURS = st.builds(
    FaitsEmployeur,
    effectif=st.sampled_from((1, 5, 10, 11, 19, 20, 49, 50, 249, 250)),
    taux_at=st.integers(0, 60_000),
    association=st.booleans(),
    alsace_moselle=st.booleans(),
    taux_versement_mobilite=st.integers(0, 30_000),
)
CONTRATS = st.builds(
    FaitsContrat,
    salaire=SALAIRES,
    nature=st.sampled_from(("cdi", "cdd")),
    cadre=st.booleans(),
    quotite=st.integers(200_000, 1_000_000),
    mutuelle=st.sampled_from((0, 4_000, 7_531)),
    taux_pas=st.sampled_from((None, 0, 75_000)),
)
ELEMENTS = st.builds(
    Elements,
    heures_sup_25=st.integers(0, 3_467),
    primes=st.integers(0, 100_000),
    avantages_nature=st.integers(0, 20_000),
    indemnites=st.integers(0, 20_000),
    fin_de_contrat=st.booleans(),
)
DOSSIERS = st.builds(Dossier, mois=MOIS, employeur=EMPLOYEURS, contrat=CONTRATS, elements=ELEMENTS)


@pytest.fixture(scope="module")
def machine() -> Moteur:
    """The engine over the program's own barèmes."""
    return moteur()


@pytest.mark.exigence("B2")
@settings(max_examples=150, deadline=None)
@given(DOSSIERS)
def test_totals_are_the_sums_of_the_lines(dossier: Dossier) -> None:
    """Gross, net, cost and taxes balance to the centime, for any month since 2019."""
    bulletin = moteur().calculer(dossier)
    t, e = bulletin.totaux, dossier.elements
    salarie = sum(li.salarial for li in bulletin.lignes)
    employeur = sum(li.patronal for li in bulletin.lignes)
    assert t.brut == bulletin.brut.total
    assert (salarie, employeur) == (t.cotisations_salarie, t.cotisations_employeur)
    assert t.brut == t.montant_net_social + salarie
    assert t.net_a_payer_avant_impot == t.brut - salarie - e.avantages_nature + e.indemnites
    assert t.net_a_payer == t.net_a_payer_avant_impot - t.impot - e.acompte
    assert t.cout_employeur == t.brut + employeur
    assert 0 < t.montant_net_social < t.brut


@pytest.mark.exigence("B2")
@settings(max_examples=100, deadline=None)
@given(DOSSIERS)
def test_net_and_employee_contributions_make_the_gross(dossier: Dossier) -> None:
    """Net + contributions = gross, but for benefits in kind, expenses, tax and advance."""
    bulletin = moteur().calculer(dossier)
    t, e = bulletin.totaux, dossier.elements
    paye = t.net_a_payer + t.impot + e.acompte - e.indemnites + e.avantages_nature
    assert paye + t.cotisations_salarie == t.brut


@settings(max_examples=60, deadline=None)
@given(DOSSIERS, st.integers(1, 50_000))
def test_more_gross_is_never_less_net(dossier: Dossier, plus: int) -> None:
    """Net before tax grows with the salary, but for a few centimes of rounding."""
    machine = moteur()
    contrat = replace(dossier.contrat, salaire=dossier.contrat.salaire + plus)
    avant = machine.calculer(dossier).totaux.net_a_payer_avant_impot
    apres = machine.calculer(replace(dossier, contrat=contrat)).totaux.net_a_payer_avant_impot
    # The CET takes 0,14 % of the whole pay once it exceeds the plafond (ANI du 17/11/2017).
    assert apres >= avant - 700


@settings(max_examples=40, deadline=None)
@given(DOSSIERS)
def test_a_bulletin_computed_again_is_the_same(dossier: Dossier) -> None:
    """No hidden state: same facts, same lines."""
    machine = moteur()
    assert machine.calculer(dossier) == machine.calculer(dossier)


def annee(dossier: Dossier, salaires: list[int]) -> list[Bulletin]:
    """Compute the twelve months of 2025 one after the other."""
    machine, cumuls, bulletins = moteur(), Cumuls(), []
    for rang, salaire in enumerate(salaires, 1):
        contrat = replace(dossier.contrat, salaire=salaire)
        mois = replace(dossier, mois=Mois(2025, rang), contrat=contrat, cumuls=cumuls)
        bulletins.append(machine.calculer(mois))
        cumuls = bulletins[-1].cumuls
    return bulletins


@settings(max_examples=40, deadline=None)
@given(EMPLOYEURS, st.lists(st.integers(100_000, 1_500_000), min_size=12, max_size=12))
def test_twelve_regularised_months_equal_one_annual_computation(
    employeur: FaitsEmployeur, salaires: list[int]
) -> None:
    """Tranches exactly; the réduction générale to the centime of one annual rounding."""
    dossier = Dossier(Mois(2025, 1), employeur, FaitsContrat(salaire=0))
    bulletins = annee(dossier, salaires)
    brut, plafond = sum(salaires), 12 * 392_500
    bases = {nom: sum(b.cumuls.assiettes[nom] for b in bulletins[-1:]) for nom in ("tranche_1",)}
    assert bases["tranche_1"] == min(brut, plafond)
    assert bulletins[-1].cumuls.assiettes["tranche_2"] == max(0, min(brut, 8 * plafond) - plafond)
    reduction = -sum(
        li.patronal for b in bulletins for li in b.lignes if li.code == "reduction_generale"
    )
    t = moteur().baremes.valeur(
        "reduction_t_grandes" if employeur.effectif >= 50 else "reduction_t_petites",
        date(2025, 12, 31),
    )
    annuelle = reductions.Reference(brut, 1_188 * 1_820 * 12)
    coefficient = reductions.coefficient_avant_2026(annuelle, t, 160)
    assert reduction == arrondi(brut * coefficient, 10_000)


@settings(max_examples=40, deadline=None)
@given(EMPLOYEURS, st.lists(st.integers(100_000, 3_500_000), min_size=12, max_size=12))
def test_rounding_never_drifts(employeur: FaitsEmployeur, salaires: list[int]) -> None:
    """Twelve months of roundings stay within a centime of one annual computation, base by base.

    The line of an amount is rounded once: over twelve months at most half a centime each.
    """
    bulletins = annee(Dossier(Mois(2025, 1), employeur, FaitsContrat(0)), salaires)
    brut, plafond = sum(salaires), 12 * 392_500
    fin = bulletins[-1].cumuls.assiettes
    assert fin["tranche_1_a_4"] == min(brut, 4 * plafond)
    assert fin["cet"] == (min(brut, 8 * plafond) if brut > plafond else 0)
    abattue = brut - min(brut, 4 * plafond) * 175 / 10_000
    assert abs(fin["csg_abattue"] - abattue) <= 1
    lignes = [li for b in bulletins for li in b.lignes if li.code == "vieillesse_plafonnee"]
    assert sum(li.assiette for li in lignes) == min(brut, plafond)
    annuel = min(brut, plafond) * lignes[0].taux_salarial / 1_000_000
    assert abs(sum(li.salarial for li in lignes) - annuel) <= 12 * 0.5


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(150_000, 900_000), min_size=5, max_size=5))
def test_regularised_months_of_rgdu_equal_one_computation(salaires: list[int]) -> None:
    """January to May 2026, one SMIC: month after month, the reduction of the five together."""
    cumuls, bulletins = Cumuls(), []
    for rang, salaire in enumerate(salaires, 1):
        dossier = Dossier(
            Mois(2026, rang), FaitsEmployeur(5, 20_000), FaitsContrat(salaire), cumuls=cumuls
        )
        bulletins.append(moteur().calculer(dossier))
        cumuls = bulletins[-1].cumuls
    brut = sum(salaires)
    reference = reductions.Reference(brut, 5 * 1_202 * 1_820)
    coefficient = reductions.coefficient_rgdu(reference, 20_000, 378_100, 300, 175)
    trouve = -sum(
        li.patronal for b in bulletins for li in b.lignes if li.code == "reduction_generale"
    )
    assert trouve == arrondi(brut * coefficient, 10_000)


@settings(max_examples=200, deadline=None)
@given(st.integers(80_000, 1_200_000))
def test_the_rgdu_decreases_from_its_maximum_to_nothing(brut: int) -> None:
    """Maximum up to the SMIC, at least 2 % under three SMIC, nothing from there on."""
    smic_12 = 1_202 * 1_820
    ici = reductions.coefficient_rgdu(
        reductions.Reference(brut, smic_12), 20_000, 378_100, 300, 175
    )
    plus = reductions.coefficient_rgdu(
        reductions.Reference(brut + 100, smic_12), 20_000, 378_100, 300, 175
    )
    assert plus <= ici <= 3_981
    if brut * 12 <= smic_12:
        assert ici == 3_981
    if brut * 12 >= 3 * smic_12:
        assert ici == 0
    elif brut * 12 < 3 * smic_12 - 12_000:
        assert ici >= 200


@pytest.mark.parametrize(
    ("brut", "attendu"),
    [(182_303, 3_981), (205_000, 2_952), (250_000, 1_719), (546_909, 200), (546_910, 0)],
)
def test_the_rgdu_is_that_of_the_text(brut: int, attendu: int) -> None:
    """Figures of January 2026, computed apart with sixteen decimals."""
    reference = reductions.Reference(brut, 1_202 * 1_820)
    assert reductions.coefficient_rgdu(reference, 20_000, 378_100, 300, 175) == attendu


def test_a_month_before_the_baremes_is_refused_by_name(machine: Moteur) -> None:
    """Never a guess: the figure that is missing is named."""
    dossier = Dossier(Mois(2018, 12), FaitsEmployeur(5, 20_000), FaitsContrat(200_000))
    with pytest.raises(BaremeInconnu) as refus:
        machine.calculer(dossier)
    assert "31/12/2018" in refus.value.texte()


def test_overtime_is_reduced_on_both_sides(machine: Moteur) -> None:
    """11,31 % for the employee, 1,50 € an hour for an employer of fewer than 20."""
    elements = Elements(heures_sup_25=1_000)
    dossier = Dossier(Mois(2025, 3), FaitsEmployeur(5, 20_800), FaitsContrat(220_000), elements)
    lignes = {li.code: li for li in machine.calculer(dossier).lignes}
    assert lignes["reduction_heures_supplementaires"].salarial == -2_051
    assert lignes["deduction_heures_supplementaires"].patronal == -1_500


def test_the_bands_of_2025_follow_the_frozen_smic(machine: Moteur) -> None:
    """Maladie 7 % up to 2,25 SMIC, famille 3,45 % up to 3,3 SMIC, full rates beyond."""

    def taux(salaire: int) -> tuple[int, int]:
        dossier = Dossier(Mois(2025, 1), FaitsEmployeur(5, 20_000), FaitsContrat(salaire))
        lignes = {li.code: li for li in machine.calculer(dossier).lignes}
        return lignes["maladie"].taux_patronal, lignes["allocations_familiales"].taux_patronal

    assert taux(405_400) == (70_000, 34_500)
    assert taux(405_500) == (130_000, 34_500)
    assert taux(594_500) == (130_000, 34_500)
    assert taux(594_700) == (130_000, 52_500)


@pytest.mark.parametrize(
    ("quotite", "presence", "absence", "attendu"),
    [
        (1_000_000, 1_000_000, 0, 400_500),
        (500_000, 1_000_000, 0, 200_250),
        (1_000_000, 500_000, 0, 200_250),
        (1_000_000, 1_000_000, 7_584, 200_237),
        (500_000, 500_000, 0, 100_125),
        (1_000_000, 1_000_000, 99_999, 0),
    ],
)
def test_the_plafond_follows_hours_days_and_absences(
    quotite: int, presence: int, absence: int, attendu: int
) -> None:
    """Part time, entry in the middle of the month, unpaid absence (CSS, art. R242-2)."""
    contrat = FaitsContrat(200_000, quotite=quotite, presence=presence)
    assert attendu == assiettes.plafond_du_mois(400_500, contrat, absence)

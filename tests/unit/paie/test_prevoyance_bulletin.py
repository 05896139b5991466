"""What contracts of prévoyance do to a bulletin: the four options, limits, cadres, words."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.noyau.argent import arrondi
from app.noyau.periodes import Mois
from app.paie.rules import prevoyance
from app.paie.rules.calcul import Bulletin, Ligne
from app.paie.rules.explication import expliquer
from app.paie.rules.faits import (
    Cumuls,
    Dossier,
    FaitsContrat,
    FaitsEmployeur,
    LignePrevoyance,
)
from app.paie.service.baremes import moteur
from tests.unit.paie.fabrique import ligne_prevoyance

PMSS = 400_500
SALAIRE = 300_000
UN_POUR_CENT = 3_000
"""1 % of the salary, centimes."""


def dossier(
    *lignes: LignePrevoyance, effectif: int = 20, mois: Mois | None = None, **contrat: Any
) -> Dossier:
    """Return the facts of June 2026, 3 000 €, with lines of prévoyance."""
    communs: dict[str, Any] = {"salaire": SALAIRE, "prevoyances": lignes, "taux_pas": 0}
    faits = FaitsContrat(**communs | contrat)
    return Dossier(mois or Mois(2026, 6), FaitsEmployeur(effectif, 20_000), faits)


def calculer(*lignes: LignePrevoyance, **faits: Any) -> Bulletin:
    """Compute the bulletin of these lines."""
    return moteur().calculer(dossier(*lignes, **faits))


def par_code(bulletin: Bulletin) -> dict[str, Ligne]:
    """Return the lines by code."""
    return {li.code: li for li in bulletin.lignes}


@pytest.mark.exigence("P2")
def test_a_line_is_its_base_times_its_rates() -> None:
    """Tranche 1 and the gross at 3 000 €, tranche 2 nothing, the whole PMSS, a fixed amount."""
    lignes = {
        "t1": ligne_prevoyance(code="a"),
        "t2": ligne_prevoyance(code="b", base="t2"),
        "brut": ligne_prevoyance(code="c", base="brut", taux_patronal=20_000),
        "pmss": ligne_prevoyance(code="d", base="pmss"),
        "forfait": ligne_prevoyance(
            code="e",
            base="forfait",
            taux_salarial=0,
            taux_patronal=0,
            montant_salarial=1_250,
            montant_patronal=2_750,
        ),
    }
    trouvees = par_code(calculer(*lignes.values(), quotite=500_000, salaire=150_000))
    assert "b" not in trouvees
    assert trouvees["a"] == Ligne("a", 150_000, 10_000, 1_500, 10_000, 1_500)
    assert trouvees["c"].patronal == 3_000
    assert trouvees["d"] == Ligne("d", PMSS, 10_000, 4_005, 10_000, 4_005)
    assert trouvees["e"] == Ligne("e", 4_000, 0, 1_250, 0, 2_750)


ENTIERE = ligne_prevoyance(base="t2", taux_salarial=1_000_000, taux_patronal=0)
"""The whole of T2, so that no centime is lost to rounding."""


def _assiette(lignes: dict[str, Ligne], code: str) -> int:
    """Return the base of a line, 0 when the bulletin has none."""
    return lignes[code].assiette if code in lignes else 0


@pytest.mark.exigence("P2")
@pytest.mark.parametrize(
    ("salaire", "attendu"),
    [
        (PMSS, 0),
        (PMSS + 1, 1),
        (4 * PMSS - 1, 3 * PMSS - 1),
        (4 * PMSS, 3 * PMSS),
        (4 * PMSS + 1, 3 * PMSS),
        (9 * PMSS, 3 * PMSS),
    ],
)
def test_t2_of_a_contract_goes_from_one_to_four_plafonds(salaire: int, attendu: int) -> None:
    """To the centime; Agirc-Arrco's tranche 2 goes on to eight."""
    trouvees = par_code(calculer(ENTIERE, salaire=salaire))
    assert _assiette(trouvees, ENTIERE.code) == attendu
    agirc = max(0, min(salaire, 8 * PMSS) - PMSS)
    assert _assiette(trouvees, "retraite_tranche_2") == (agirc if agirc > 5 else 0)


@pytest.mark.exigence("P2")
@settings(deadline=None, max_examples=30)
@given(salaires=st.lists(st.integers(0, 5_000_000), min_size=12, max_size=12))
def test_t2_of_a_contract_is_regularised_over_the_year(salaires: list[int]) -> None:
    """Twelve months are one year: what lies between one and four plafonds of the year."""
    bases = [_assiette(par_code(b), ENTIERE.code) for b in annee((ENTIERE,), salaires)]
    for rang in range(1, 13):
        brut, plafond = sum(salaires[:rang]), rang * PMSS
        assert sum(bases[:rang]) == max(0, min(brut, 4 * plafond) - plafond)


@pytest.mark.exigence("P2")
def test_t2_of_a_contract_is_explained_in_words() -> None:
    """Up to four plafonds, and where the figures come from."""
    d = dossier(ligne_prevoyance(base="t2"), salaire=2 * PMSS)
    dites = {e.code: e for e in expliquer(d, moteur().calculer(d), moteur())}
    dite = dites["prevoyance_12_t1"]
    assert "entre 1 et 4 plafonds" in dite.assiette
    assert dite.origines == ("contrat", "saisie", "cumuls", "prevoyance")


@pytest.mark.exigence("P2")
@pytest.mark.parametrize(("effectif", "attendu"), [(10, 0), (11, 240)])
def test_forfait_social_is_8_percent_from_11_employees(effectif: int, attendu: int) -> None:
    """On the employer's part of the lines that bear the option, and on them alone."""
    avec = par_code(calculer(ligne_prevoyance(), effectif=effectif))
    sans = par_code(calculer(ligne_prevoyance(forfait_social=False), effectif=effectif))
    deux = calculer(
        ligne_prevoyance(), ligne_prevoyance(code="x", forfait_social=False), effectif=effectif
    )
    assert sum(li.patronal for c, li in avec.items() if c == "forfait_social") == attendu
    assert "forfait_social" not in sans
    assert par_code(deux).get("forfait_social") == avec.get("forfait_social")


@pytest.mark.exigence("P2")
def test_forfait_social_of_retirement_is_20_percent_whatever_the_size() -> None:
    """CSS, art. L137-16: another rate, no threshold."""
    ligne = ligne_prevoyance(nature="retraite_sup")
    lignes = par_code(calculer(ligne, effectif=2))
    assert lignes["forfait_social_retraite"].patronal == 600
    assert "forfait_social" not in lignes
    sans = calculer(replace(ligne, forfait_social=False), effectif=2)
    assert "forfait_social_retraite" not in par_code(sans)


@pytest.mark.exigence("P2")
def test_csg_takes_the_employers_part_whole_with_the_option() -> None:
    """No allowance of 1,75 % on it (CSS, art. L136-2); without the option, none of it."""
    rien = par_code(calculer())["csg_deductible"].assiette
    avec = par_code(calculer(ligne_prevoyance()))["csg_deductible"].assiette
    sans = par_code(calculer(ligne_prevoyance(csg_crds=False)))["csg_deductible"].assiette
    assert rien == SALAIRE - arrondi(SALAIRE * 175, 10_000)
    assert avec == rien + UN_POUR_CENT
    assert sans == rien


@pytest.mark.exigence("P2")
@pytest.mark.parametrize(
    ("nature", "po", "pp", "attendu"),
    [
        ("prevoyance", True, True, 0),
        ("prevoyance", False, True, UN_POUR_CENT),
        ("prevoyance", True, False, UN_POUR_CENT),
        ("prevoyance", False, False, 2 * UN_POUR_CENT),
        ("sante", True, True, UN_POUR_CENT),
        ("sante", True, False, UN_POUR_CENT),
        ("sante", False, True, 2 * UN_POUR_CENT),
        ("retraite_sup", True, True, 0),
        ("retraite_sup", True, False, UN_POUR_CENT),
    ],
)
def test_the_taxable_net_follows_both_deductions(
    nature: str, po: bool, pp: bool, attendu: int
) -> None:
    """Employee's part deducted or not; employer's added or not; santé's always added."""
    options = {"csg_crds": False, "nature": nature, "deduction_po": po, "deduction_pp": pp}
    bulletin = calculer(ligne_prevoyance(**options))
    t = bulletin.totaux
    non_deductible = par_code(bulletin)["csg_non_deductible"].salarial
    assert t.net_imposable == t.brut - t.cotisations_salarie + non_deductible + attendu


LIGNES = st.builds(
    ligne_prevoyance,
    nature=st.sampled_from(("prevoyance", "sante", "retraite_sup")),
    base=st.sampled_from(("t1", "t2", "brut", "pmss")),
    taux_salarial=st.integers(0, 60_000),
    taux_patronal=st.integers(0, 200_000),
    forfait_social=st.booleans(),
    csg_crds=st.booleans(),
    deduction_po=st.booleans(),
    deduction_pp=st.booleans(),
)
PLUSIEURS = st.lists(LIGNES, min_size=1, max_size=3).map(
    lambda lignes: tuple(replace(li, code=f"p{rang}") for rang, li in enumerate(lignes))
)


def annee(lignes: tuple[LignePrevoyance, ...], salaires: list[int]) -> list[Bulletin]:
    """Compute the twelve months of 2026 one after the other."""
    cumuls, bulletins = Cumuls(), []
    for rang, salaire in enumerate(salaires, 1):
        du_mois = dossier(*lignes, mois=Mois(2026, rang), salaire=salaire)
        bulletins.append(moteur().calculer(replace(du_mois, cumuls=cumuls)))
        cumuls = bulletins[-1].cumuls
    return bulletins


@pytest.mark.exigence("P2")
@pytest.mark.exigence("B2")
@settings(max_examples=40, deadline=None)
@given(PLUSIEURS, st.lists(st.integers(100_000, 2_500_000), min_size=12, max_size=12))
def test_twelve_months_of_limits_equal_one_year(
    lignes: tuple[LignePrevoyance, ...], salaires: list[int]
) -> None:
    """What joins the social base in the year is what exceeds the year's limit, month by month."""
    bulletins = annee(lignes, salaires)
    patronal = {
        nature: sum(
            li.patronal
            for b in bulletins
            for li in b.lignes
            if li.code in {p.code for p in lignes if p.nature in prevoyance.FAMILLES[nature]}
        )
        for nature in prevoyance.FAMILLES
    }
    brut, pass_ = sum(salaires), 12 * PMSS
    limites = {
        "prevoyance": arrondi(min(60_000 * pass_ + 15_000 * brut, 120_000 * pass_), 10**6),
        "retraite_sup": arrondi(max(pass_, min(brut, 5 * pass_)) * 50_000, 10**6),
    }
    attendu = sum(max(0, patronal[n] - limites[n]) for n in limites)
    assert sum(b.reintegration for b in bulletins) == attendu
    assert bulletins[-1].cumuls.brut == brut + attendu


@pytest.mark.exigence("B2")
@settings(max_examples=60, deadline=None)
@given(PLUSIEURS, st.integers(100_000, 2_500_000), st.booleans())
def test_totals_balance_whatever_the_contracts(
    lignes: tuple[LignePrevoyance, ...], salaire: int, cadre: bool
) -> None:
    """Net and cost are the sums of the lines; the gross paid never holds what is reintegrated."""
    bulletin = calculer(*lignes, salaire=salaire, cadre=cadre)
    t = bulletin.totaux
    salarie = sum(li.salarial for li in bulletin.lignes)
    employeur = sum(li.patronal for li in bulletin.lignes)
    assert t.brut == salaire
    assert t.net_a_payer_avant_impot == salaire - salarie == t.montant_net_social
    assert t.cout_employeur == salaire + employeur
    vieillesse = par_code(bulletin)["vieillesse_deplafonnee"]
    assert vieillesse.assiette == salaire + bulletin.reintegration
    assert bulletin.reintegration >= 0


@pytest.mark.exigence("P2")
def test_beyond_the_social_limit_the_employers_part_is_pay() -> None:
    """3 000 €: 6 % of 4 005 and 1,5 % of 3 000 are 285,30 €; of 300 €, 14,70 € become pay."""
    bulletin = calculer(ligne_prevoyance(taux_patronal=100_000))
    lignes = par_code(bulletin)
    assert bulletin.reintegration == 1_470
    assert lignes["vieillesse_plafonnee"].assiette == SALAIRE + 1_470
    assert lignes["forfait_social"].assiette == 30_000 - 1_470
    assert lignes["csg_deductible"].assiette == arrondi(SALAIRE * 9_825, 10_000) + 30_000
    hors_csg = par_code(calculer(ligne_prevoyance(taux_patronal=100_000, csg_crds=False)))
    assert hors_csg["csg_deductible"].assiette == arrondi(SALAIRE * 9_825, 10_000) + 1_470


@pytest.mark.exigence("P2")
def test_beyond_the_tax_limit_the_excess_is_taxable() -> None:
    """3 000 €: 5 % of 4 005 and 2 % of 3 000 are 260,25 €; of 270 € deducted, 9,75 € come back."""
    bulletin = calculer(ligne_prevoyance(taux_salarial=20_000, taux_patronal=70_000))
    t, lignes = bulletin.totaux, par_code(bulletin)
    non_deductible = lignes["csg_non_deductible"].salarial
    assert t.net_imposable == t.brut - t.cotisations_salarie + non_deductible + 975


@pytest.mark.exigence("P2")
def test_an_excess_is_given_back_when_the_year_makes_room() -> None:
    """A month too much, then months without contract: at the end of the year nothing is left."""
    cher = (ligne_prevoyance(taux_patronal=120_000),)
    premier = moteur().calculer(dossier(*cher, mois=Mois(2026, 1)))
    assert premier.reintegration > 0
    second = replace(dossier(mois=Mois(2026, 2)), cumuls=premier.cumuls)
    assert moteur().calculer(second).reintegration == -premier.reintegration


@pytest.mark.exigence("P2")
@pytest.mark.parametrize(
    ("mois", "nature", "attendu"),
    [
        (Mois(2023, 9), "prevoyance", 2 * UN_POUR_CENT),
        (Mois(2023, 9), "sante", 0),
        (Mois(2024, 1), "prevoyance", 0),
        (Mois(2026, 6), "sante", 0),
    ],
)
def test_the_montant_net_social_follows_the_rule_of_its_date(
    mois: Mois, nature: str, attendu: int
) -> None:
    """Second half of 2023: neither the employee's part off, nor the employer's out."""
    t = calculer(ligne_prevoyance(nature=nature), mois=mois).totaux
    assert t.montant_net_social == t.brut - t.cotisations_salarie + attendu


@pytest.mark.exigence("P2")
def test_a_cadre_with_a_contract_has_no_default_line() -> None:
    """The minimum of 1,50 % is the contract's; a santé alone does not replace it."""
    assert "prevoyance_cadres" in par_code(calculer(cadre=True))
    sante = ligne_prevoyance(nature="sante")
    assert "prevoyance_cadres" in par_code(calculer(sante, cadre=True))
    assert "prevoyance_cadres" not in par_code(calculer(ligne_prevoyance(), cadre=True))
    branche = ligne_prevoyance(contrat_prevoyance_id=0)
    assert "prevoyance_cadres" in par_code(calculer(branche, cadre=True))


@pytest.mark.exigence("P2")
def test_what_lacks_to_the_minimum_of_cadres() -> None:
    """Employer's parts on tranche 1, santé included; tranche 2 and retirement never count."""
    t1 = ligne_prevoyance()
    t2, brut = replace(t1, base="t2"), replace(t1, base="brut")
    retraite, sante = replace(t1, nature="retraite_sup"), replace(t1, nature="sante")

    def manque(*lignes: tuple[LignePrevoyance, int]) -> int:
        return prevoyance.manque_au_minimum_des_cadres(lignes, 400_000, 800_000, 15_000)

    assert manque((t1, 6_000)) == manque((t1, 7_000)) == 0
    assert manque((t1, 4_000)) == 2_000
    assert manque((t1, 4_000), (sante, 1_500)) == 500
    assert manque((t2, 6_000), (retraite, 6_000)) == 6_000
    assert manque((brut, 8_000)) == 2_000


@pytest.mark.exigence("P2")
def test_a_line_says_its_formula_and_its_options() -> None:
    """In French, with the contract as source; a fixed amount has no rate."""
    forfait = ligne_prevoyance(
        code="f",
        base="forfait",
        taux_salarial=0,
        taux_patronal=0,
        montant_patronal=2_000,
        nature="sante",
        csg_crds=False,
    )
    lignes = (ligne_prevoyance(deduction_po=False), forfait)
    dites = {e.code: e for e in expliquer(dossier(*lignes), calculer(*lignes), moteur())}
    premiere = dites["prevoyance_12_t1"]
    assert "salarié : 3\u202f000,00\u202f€ × 1,00\u202f%" in premiere.formule
    assert "forfait social" in premiere.formule
    assert "non déduite du net imposable" in premiere.formule
    assert premiere.source == "Contrat 2026-17"
    assert "employeur : 20,00\u202f€ par mois" in dites["f"].formule
    assert "n'est pas soumise à la CSG" in dites["f"].formule

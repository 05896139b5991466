"""The réduction générale between Urssaf and Agirc-Arrco: ratios of the texts, nothing lost."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.noyau.periodes import Mois
from app.paie.rules.calcul import Bulletin
from app.paie.rules.explication import expliquer
from app.paie.rules.faits import Cumuls, Dossier, Elements, FaitsContrat, FaitsEmployeur
from app.paie.rules.imprimes import lignes_du_modele
from app.paie.rules.imputation import PART_RETRAITE, REDUCTION, partager, reunir
from app.paie.rules.reductions import part_retraite
from app.paie.service.baremes import moteur
from tests.unit.paie.fabrique import stocker


def de_2024(effectif: int, salaire: int = 200_000) -> tuple[Dossier, Bulletin]:
    """Compute January 2024."""
    dossier = Dossier(Mois(2024, 1), FaitsEmployeur(effectif, 20_000), FaitsContrat(salaire))
    return dossier, moteur().calculer(dossier)


@pytest.mark.exigence("B2")
@pytest.mark.parametrize(("effectif", "maximum"), [(10, 319_400), (60, 323_400)])
def test_the_ratio_is_that_of_the_urssaf(effectif: int, maximum: int) -> None:
    """2024: 0,0601 / 0,3194 under 50 employees, 0,0601 / 0,3234 from there on."""
    _, bulletin = de_2024(effectif)
    totale = next(li.patronal for li in bulletin.lignes if li.code == REDUCTION)
    assert bulletin.imputation.montant == part_retraite(totale, 60_100, maximum)
    assert totale < bulletin.imputation.montant < 0


def test_two_lines_are_kept_and_one_is_read() -> None:
    """The parts add up to the line, amounts and rates; without a part, one line."""
    _, bulletin = de_2024(10)
    entiere = next(li for li in bulletin.lignes if li.code == REDUCTION)
    urssaf, retraite = partager(entiere, bulletin.imputation)
    assert (urssaf.code, retraite.code) == (REDUCTION, PART_RETRAITE)
    assert urssaf.patronal + retraite.patronal == entiere.patronal
    [(lue, parts)] = reunir([urssaf, retraite])
    assert lue == entiere
    assert parts.replace("\u202f", " ").startswith("dont Urssaf −")
    assert "dont Agirc-Arrco −" in parts
    autre = bulletin.lignes[0]
    assert partager(autre, bulletin.imputation) == (autre,)


@pytest.mark.exigence("B5")
def test_the_parts_are_explained_and_printed() -> None:
    """« dont Urssaf », « dont Agirc-Arrco » beside the coefficient, and under the printed line."""
    dossier, bulletin = de_2024(10)
    explication = next(e for e in expliquer(dossier, bulletin, moteur()) if e.code == REDUCTION)
    assert "dont Urssaf" in explication.formule
    contrat = FaitsContrat(200_000)
    calcule, stockees = stocker(contrat, Elements(), mois=Mois(2025, 3))
    imprimees = lignes_du_modele(stockees)
    rang = next(i for i, li in enumerate(imprimees) if li.libelle.startswith("dont Urssaf"))
    totale = next(li.patronal for li in calcule.lignes if li.code == REDUCTION)
    assert imprimees[rang - 1].patronal == totale
    assert imprimees[rang].patronal is None


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from((2021, 2024, 2026)),
    st.sampled_from((5, 80)),
    st.lists(st.integers(150_000, 700_000), min_size=12, max_size=12),
)
def test_the_parts_of_twelve_months_are_that_of_the_year(
    annee: int, effectif: int, salaires: list[int]
) -> None:
    """Rounding never drifts: the sum of the monthly parts is the part of the yearly sum."""
    machine, cumuls, bulletins = moteur(), Cumuls(), []
    contrat = FaitsContrat(0)
    for rang, salaire in enumerate(salaires, 1):
        dossier = Dossier(
            Mois(annee, rang),
            FaitsEmployeur(effectif, 20_000),
            replace(contrat, salaire=salaire),
            cumuls=cumuls,
        )
        bulletins.append(machine.calculer(dossier))
        cumuls = bulletins[-1].cumuls
    parts = sum(b.imputation.montant for b in bulletins)
    assert parts == cumuls.lignes[PART_RETRAITE]
    total = cumuls.lignes[REDUCTION]
    assert total <= parts <= 0
    if total:
        assert abs(parts / total - 0.1878) < 0.05

"""How a request is shared out, and the French words of the draw."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.demonstration.rules.matiere import Metier
from app.demonstration.rules.plan import (
    Defaut,
    Demande,
    dossier_du_rang,
    mois_a_payer,
    repartir_les_cas,
    repartir_les_salaries,
)
from app.demonstration.rules.textes import de, en_adresse, sigle
from app.demonstration.rules.tirage import Tirage
from app.noyau.periodes import Mois
from app.salaries.rules import MOTIFS_CDD

CLOSES = {"aide_domicile": "1258", "animation": "2022"}


@pytest.mark.exigence("G2")
def test_the_same_seed_draws_the_same_and_another_seed_another() -> None:
    """Numbers, days and names."""

    def echantillon(graine: int) -> list[object]:
        tirage = Tirage(graine)
        jour = tirage.jour(date(2024, 1, 1), date(2026, 1, 1))
        return [tirage.entier(1, 10**9), jour, tirage.nom(), tirage.prenom(femme=True)]

    assert echantillon(1) == echantillon(1)
    assert echantillon(1) != echantillon(2)


def test_weights_are_followed_and_a_text_is_never_drawn_twice(tirage: Tirage) -> None:
    """A weight of zero is never drawn; `inedit` tries again."""
    assert {tirage.peser((("a", 1), ("b", 0), ("c", 3))) for _ in range(200)} == {"a", "c"}
    tires = [tirage.inedit(lambda: str(tirage.entier(1, 50))) for _ in range(50)]
    assert len(set(tires)) == 50


@given(st.integers(0, 3_000), st.integers(1, 120), st.integers(0, 100))
def test_the_employees_asked_for_are_all_shared_out(
    metiers: dict[str, Metier], salaries: int, employeurs: int, graine: int
) -> None:
    """The sizes sum to the whole; everyone has one employee where there are enough."""
    tirage = Tirage(graine)
    cas = repartir_les_cas(tirage, employeurs, metiers, CLOSES)
    tailles = repartir_les_salaries(tirage, salaries, cas, metiers)

    assert len(tailles) == employeurs
    assert sum(tailles) == salaries
    assert min(tailles) >= (1 if salaries >= employeurs else 0)


@pytest.mark.exigence("O3", "O4")
def test_twelve_associations_already_show_every_defect(
    tirage: Tirage, metiers: dict[str, Metier]
) -> None:
    """Each state of the OPCO, a sports club with 9999, an archived one."""
    cas = repartir_les_cas(tirage, 12, metiers, CLOSES)

    assert {c.defaut for c in cas} == set(Defaut)
    assert any(c.metier == "sport" and c.defaut == Defaut.ABSENCE for c in cas)
    assert any(c.est_archive for c in cas)


@pytest.mark.exigence("O5")
def test_some_clubs_follow_the_convention_of_a_neighbouring_branch(
    tirage: Tirage, metiers: dict[str, Metier]
) -> None:
    """Two or three of sixty: their NAF points them out."""
    cas = repartir_les_cas(tirage, 60, metiers, CLOSES)

    assert 2 <= sum(c.defaut == Defaut.CCN_VOISINE for c in cas) <= 3
    assert all(c.metier == "sport" for c in cas if c.defaut == Defaut.CCN_VOISINE)


def test_beyond_sixty_employers_dossiers_go_by_subject(metiers: dict[str, Metier]) -> None:
    """The first is always named exactly « Démonstration »."""
    assert dossier_du_rang(59, metiers["sport"]) == "Démonstration"
    assert dossier_du_rang(60, metiers["sport"]) == "Démonstration – Sport"


def test_the_years_asked_for_set_the_horizon() -> None:
    """1 January of the first year; eight months at least."""

    def horizon(annees: int, jour: date) -> date:
        return Demande(1, 1, annees, 1, jour).horizon

    assert horizon(2, date(2026, 11, 24)) == date(2024, 1, 1)
    assert horizon(0, date(2026, 11, 24)) == date(2026, 1, 1)
    assert horizon(0, date(2026, 1, 2)) == date(2025, 5, 7)


def test_metiers_hold_together(metiers: dict[str, Metier]) -> None:
    """Shares of the jobs sum to 100; motifs are those of a CDD; pay is above the SMIC."""
    motifs = {motif for motif, _ in MOTIFS_CDD}
    for metier in metiers.values():
        assert sum(part for _, part in metier.emplois) == 100, metier.code
        for emploi, _ in metier.emplois:
            assert set(emploi.motifs) <= motifs
            assert 101 <= emploi.salaire[0] <= emploi.salaire[1]


@pytest.mark.parametrize(
    ("commune", "attendu"),
    [
        ("Nantes", "de Nantes"),
        ("Angers", "d'Angers"),
        ("Évreux", "d'Évreux"),
        ("Le Mans", "du Mans"),
        ("La Rochelle", "de La Rochelle"),
    ],
)
def test_de_agrees_with_the_commune(commune: str, attendu: str) -> None:
    """Elision and contraction."""
    assert de(commune) == attendu


def test_sigles_and_addresses_are_made_from_names() -> None:
    """Small words and numbers do not count; no accent in an address."""
    assert sigle("Maison des jeunes et de la culture d'Angers") == "MJCA"
    assert sigle("Escrime de Paris 10e") == "EP"
    assert sigle("Théâtre") == ""
    assert en_adresse("Théâtre d'Évreux – Été") == "theatre-d-evreux-ete"


def test_a_job_is_named_for_a_woman_or_a_man(metiers: dict[str, Any]) -> None:
    """Éducateur sportif, éducatrice sportive."""
    emploi = metiers["sport"].emplois[0][0]
    assert emploi.intitule(femme=True) == "Éducatrice sportive"
    assert emploi.intitule(femme=False) == "Éducateur sportif"


@pytest.mark.parametrize(
    ("salaries", "annees", "premier"),
    [
        (0, 2, Mois(2024, 1)),
        (600, 2, Mois(2024, 1)),
        (600, 0, Mois(2026, 1)),
        (10_000, 2, Mois(2026, 5)),
        (200_000, 2, Mois(2026, 6)),
        (10, 9, Mois(2019, 1)),
    ],
)
def test_many_employees_are_paid_for_the_last_months(
    salaries: int, annees: int, premier: Mois
) -> None:
    """G2: the years asked for, as far as the minute and the barèmes allow; this month always."""
    tous = mois_a_payer(Demande(60, salaries, annees, 2026, date(2026, 6, 15)))

    assert (tous[0], tous[-1]) == (premier, Mois(2026, 6))

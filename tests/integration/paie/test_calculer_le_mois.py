"""The calculation of a month in the base: sums, drafts, findings, the year so far."""

from collections.abc import Callable
from typing import Any

import pytest

from app.assemblage import Programme
from app.noyau.periodes import Mois
from app.paie.service.calculer import BilanCalcul, calculer_le_mois
from app.paie.service.raisons import marquer_a_recalculer
from app.paie.service.saisir import enregistrer_saisies
from app.salaries import service as salaries
from app.socle.errors import TacheAnnulee
from app.socle.taches import SansSuivi
from tests.integration.paie.conftest import CONTRAT, Maison, creer_employeur, embaucher

JUIN = Mois(2026, 6)
Calculer = Callable[..., BilanCalcul]


def lire(programme: Programme, requete: str, *valeurs: Any) -> list[Any]:
    """Return the rows of a query, read beside the program."""
    with programme.magasin.moteur.connect() as connexion:
        return list(connexion.exec_driver_sql(requete, tuple(valeurs)))


@pytest.mark.exigence("B4", "B6")
def test_lines_sum_to_the_totals_of_every_bulletin(programme_demo: Programme) -> None:
    """On the demonstration base, counted again by SQL, to the centime."""
    with programme_demo.transaction() as t:
        bilan = calculer_le_mois(t, JUIN)
    faux = lire(
        programme_demo,
        "SELECT b.id FROM bulletin b JOIN (SELECT bulletin_id, sum(montant_salarial_centimes) s, "
        "sum(montant_patronal_centimes) p FROM ligne_bulletin GROUP BY bulletin_id) l "
        "ON l.bulletin_id = b.id WHERE l.s <> b.cotisations_salarie_centimes "
        "OR l.p <> b.cotisations_employeur_centimes "
        "OR b.cout_employeur_centimes <> b.brut_centimes + l.p "
        "OR b.montant_net_social_centimes <> b.brut_centimes - l.s "
        "OR b.net_a_payer_centimes <> b.net_avant_impot_centimes - b.impot_centimes "
        "- b.acompte_centimes",
    )
    assert faux == []
    [(combien,)] = lire(programme_demo, "SELECT count(*) FROM bulletin")
    assert combien == bilan.calcules > 100


@pytest.mark.exigence("B6")
def test_drafts_made_again_leave_one_current_version(
    programme: Programme, maison: Maison, calculer: Calculer
) -> None:
    """Computing three times gives three bulletins, number 1, and no orphan line."""
    for _ in range(3):
        assert calculer(JUIN).calcules == 3
    assert lire(programme, "SELECT etat, numero, count(*) FROM bulletin GROUP BY 1, 2") == [
        ("brouillon", 1, 3)
    ]
    orphelines = (
        "SELECT count(*) FROM ligne_bulletin WHERE bulletin_id NOT IN (SELECT id FROM bulletin)"
    )
    assert lire(programme, orphelines) == [(0,)]
    assert {c for (c,) in lire(programme, "SELECT contrat_id FROM bulletin")} == set(
        maison.contrats
    )


@pytest.mark.exigence("B2")
def test_the_year_so_far_goes_from_month_to_month(
    programme: Programme, maison: Maison, calculer: Calculer
) -> None:
    """January to March: the plafond and the gross add up, the tranche is regularised."""
    for mois in range(1, 4):
        calculer(Mois(2026, mois))
    lignes = lire(
        programme,
        "SELECT b.mois, json_extract(b.cumuls, '$.brut'), "
        "sum(b.brut_centimes) OVER (ORDER BY b.mois), json_extract(b.cumuls, '$.plafond'), "
        "sum(b.plafond_centimes) OVER (ORDER BY b.mois) "
        "FROM bulletin b WHERE b.contrat_id = ? ORDER BY b.mois",
        maison.contrats[0],
    )
    assert [mois for mois, *_ in lignes] == [1, 2, 3]
    assert all(cumul == somme and plafond == ses for _, cumul, somme, plafond, ses in lignes)


def test_a_month_out_of_order_is_pointed_out_and_marks_the_next(
    programme: Programme, maison: Maison, calculer: Calculer
) -> None:
    """February without January says so; January computed later makes February « à recalculer »."""
    bilan = calculer(Mois(2026, 2))
    assert [c.constat.code for c in bilan.constats] == ["PAI-114"]
    assert bilan.constats[0].employeur_id == maison.employeur
    with programme.transaction() as t:
        t.session.connection().exec_driver_sql("UPDATE bulletin SET etat = 'valide'")
    calculer(Mois(2026, 1))
    etats = lire(programme, "SELECT DISTINCT mois, etat FROM bulletin ORDER BY mois")
    assert etats == [(1, "brouillon"), (2, "a_recalculer")]


@pytest.mark.parametrize(
    ("fiche", "contrat", "code", "calcules"),
    [
        ({"taux_at": ""}, {}, "PAI-110", 0),
        ({}, {"salaire_centimes": "900"}, "PAI-111", 1),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(
    programme: Programme,
    calculer: Calculer,
    fiche: dict[str, str],
    contrat: dict[str, str],
    code: str,
    calcules: int,
) -> None:
    """A missing AT/MP rate prevents, a salary under the SMIC only warns; both say the remedy."""
    employeur = creer_employeur(programme, **fiche)
    embaucher(programme, employeur, "Abel", **contrat)
    bilan = calculer(Mois(2026, 1))
    assert bilan.calcules == calcules
    assert [c.constat.code for c in bilan.constats] == [code]
    assert bilan.constats[0].constat.remede
    assert bilan.en_donnees()["constats"][0]["employeur_id"] == employeur  # type: ignore[index]


def test_overlapping_contracts_and_a_negative_net_are_pointed_out(
    programme: Programme, maison: Maison, calculer: Calculer
) -> None:
    """Both contracts are computed; the advance that exceeds the pay is named."""
    with programme.transaction() as t:
        salaries.creer_contrat(t, maison.salaries[0], CONTRAT, {"SAL-201"})
        saisie = {maison.contrats[1]: {"acompte_centimes": "9 000"}}
        enregistrer_saisies(t, Mois(2026, 1), maison.employeur, saisie)
    bilan = calculer(Mois(2026, 1))
    assert bilan.calcules == 4
    assert {c.constat.code: c.salarie_id for c in bilan.constats} == {
        "PAI-112": maison.salaries[0],
        "PAI-115": maison.salaries[1],
    }


def test_a_bulletin_outside_its_contract_is_set_aside(
    programme: Programme, maison: Maison, calculer: Calculer
) -> None:
    """The contract now ends before the month: a draft goes, a validated one stays as history."""
    calculer(JUIN)
    with programme.transaction() as t:
        fin = CONTRAT | {"fin_le": "31/05/2026"}
        for rang in (0, 1):
            salaries.modifier_contrat(t, maison.salaries[rang], maison.contrats[rang], fin)
        connexion = t.session.connection()
        connexion.exec_driver_sql(
            "UPDATE bulletin SET etat = 'valide' WHERE contrat_id = ?", (maison.contrats[1],)
        )
        marquer_a_recalculer(t, contrats=[maison.contrats[1]], depuis=JUIN)
    bilan = calculer(JUIN)
    assert (bilan.calcules, bilan.ecartes) == (1, 2)
    assert {c.constat.code for c in bilan.constats} >= {"PAI-113"}
    etats = lire(programme, "SELECT contrat_id, etat FROM bulletin ORDER BY contrat_id")
    assert etats == [(maison.contrats[1], "remplace"), (maison.contrats[2], "brouillon")]


def test_a_calculation_that_is_cancelled_writes_nothing(
    programme: Programme, maison: Maison
) -> None:
    """The job's own transaction is rolled back whole."""

    class Arret(SansSuivi):
        def etape(self, libelle: str, fait: int = 0, total: int = 0) -> None:
            if total and fait == total:
                raise TacheAnnulee

    with pytest.raises(TacheAnnulee), programme.transaction() as t:
        calculer_le_mois(t, JUIN, [maison.employeur], suivi=Arret())
    assert lire(programme, "SELECT count(*) FROM bulletin") == [(0,)]

"""A change of a contract or of an employer marks bulletins, or is refused."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from app.assemblage import Programme
from app.employeurs import service as employeurs
from app.noyau.periodes import Mois
from app.paie.errors import BulletinsAttaches
from app.paie.service.calculer import BilanCalcul
from app.paie.service.recalculer import a_recalculer
from app.paie.service.saisir import enregistrer_saisies
from app.paie.service.valider import valider_le_mois
from app.salaries import service as salaries
from tests.conftest import client_de
from tests.integration.paie.conftest import CONTRAT, Maison

Calculer = Callable[..., BilanCalcul]


@pytest.fixture
def annee(programme: Programme) -> int:
    """The current year, whose months an undated change touches."""
    with programme.transaction() as t:
        return t.aujourd_hui.year


@pytest.fixture
def paye(programme: Programme, maison: Maison, calculer: Calculer, annee: int) -> Maison:
    """December of last year and January of this one, validated."""
    for mois in (Mois(annee - 1, 12), Mois(annee, 1)):
        calculer(mois)
        with programme.transaction() as t:
            valider_le_mois(t, mois)
    return maison


def marques(programme: Programme) -> dict[Mois, int]:
    """Return what is to be recalculated."""
    with programme.transaction() as t:
        return a_recalculer(t)


def changer(programme: Programme, maison: Maison, **valeurs: str) -> None:
    """Change the first contract by its form."""
    with programme.transaction() as t:
        saisie = CONTRAT | valeurs
        salaries.modifier_contrat(t, maison.salaries[0], maison.contrats[0], saisie)


@pytest.mark.exigence("P12")
def test_a_salary_touches_the_current_year_a_label_nothing(
    programme: Programme, paye: Maison, annee: int
) -> None:
    """It has no date of effect: last year stays as it was paid."""
    changer(programme, paye, emploi="Entraîneur")
    assert marques(programme) == {}
    changer(programme, paye, salaire_centimes="2 500,00")
    assert marques(programme) == {Mois(annee, 1): 1}


@pytest.mark.exigence("P12")
def test_a_moved_end_touches_from_its_month_on(
    programme: Programme, paye: Maison, annee: int
) -> None:
    """Even last year's: the date says so."""
    changer(programme, paye, fin_le=f"15/12/{annee - 1}")
    assert marques(programme) == {Mois(annee - 1, 12): 1, Mois(annee, 1): 1}


@pytest.mark.exigence("P12")
def test_an_employers_rate_touches_its_year_and_its_phone_nothing(
    programme: Programme, paye: Maison, annee: int
) -> None:
    """By the form and by a spreadsheet."""
    with programme.transaction() as t:
        employeurs.modifier_employeur(t, paye.employeur, {"telephone": "0299000000"})
        assert a_recalculer(t) == {}
        employeurs.modifier_en_masse(t, {paye.employeur: {"taux_at_millioniemes": 21_000}})
        assert a_recalculer(t) == {Mois(annee, 1): 3}


@pytest.mark.exigence("P12")
def test_undoing_a_change_in_the_journal_marks_too(
    programme: Programme, paye: Maison, calculer: Calculer, annee: int
) -> None:
    """The salary comes back to what it was: bulletins computed meanwhile are marked."""
    changer(programme, paye, salaire_centimes="2 500,00")
    calculer(Mois(annee, 1))
    with programme.transaction() as t:
        valider_le_mois(t, Mois(annee, 1))
    assert marques(programme) == {}
    with programme.magasin.moteur.connect() as connexion:
        entree = connexion.exec_driver_sql(
            "SELECT max(id) FROM journal WHERE objet = 'contrat' AND action = 'modification'"
        ).scalar_one()
    client = client_de(programme)
    assert client.post(f"/maintenance/journal/{entree}/annuler").status_code == 303
    assert marques(programme) == {Mois(annee, 1): 1}


@pytest.mark.exigence("P12")
def test_undoing_an_entry_of_the_month_marks_it(
    programme: Programme, paye: Maison, annee: int
) -> None:
    """What was typed comes back by the journal, which names the field in French."""
    mois, contrat = Mois(annee, 1), paye.contrats[0]
    with programme.transaction() as t:
        for montant in ("100", "200"):
            saisie = {contrat: {"primes_centimes": montant}}
            enregistrer_saisies(t, mois, paye.employeur, saisie)
        t.session.connection().exec_driver_sql("UPDATE bulletin SET etat = 'valide'")
    with programme.magasin.moteur.connect() as connexion:
        entree = connexion.exec_driver_sql(
            "SELECT max(id) FROM journal WHERE objet = 'saisie_mois'"
        ).scalar_one()
    client: Any = client_de(programme)
    assert "Primes" in client.get("/maintenance/journal").text
    client.post(f"/maintenance/journal/{entree}/annuler")
    assert marques(programme) == {mois: 1}


@pytest.mark.exigence("P12")
def test_a_contract_with_validated_bulletins_is_not_deleted(
    programme: Programme, paye: Maison
) -> None:
    """PAI-107 says how many, and to give an end instead."""
    with pytest.raises(BulletinsAttaches, match="2 bulletins"), programme.transaction() as t:
        salaries.supprimer_contrat(t, paye.salaries[0], paye.contrats[0])
    with programme.transaction() as t:
        assert salaries.lire_contrat(t, paye.salaries[0], paye.contrats[0])


def test_drafts_and_entries_go_with_a_contract_and_come_back_by_the_journal(
    programme: Programme, maison: Maison, calculer: Calculer, annee: int
) -> None:
    """The draft can be computed again; what was typed is restored with the contract."""
    mois = Mois(annee, 1)
    with programme.transaction() as t:
        saisie = {maison.contrats[0]: {"primes_centimes": "12"}}
        enregistrer_saisies(t, mois, maison.employeur, saisie)
    calculer(mois)
    with programme.transaction() as t:
        supprime = salaries.supprimer_contrat(t, maison.salaries[0], maison.contrats[0])
    client: Any = client_de(programme)
    client.post(f"/maintenance/journal/{supprime.entree}/annuler")
    calculer(mois)
    with programme.magasin.moteur.connect() as connexion:
        primes = connexion.exec_driver_sql(
            "SELECT primes_centimes FROM bulletin WHERE contrat_id = ?", (maison.contrats[0],)
        ).scalar_one()
    assert primes == 1_200


def test_what_is_recalculated_is_the_same_whoever_announces(
    programme: Programme, paye: Maison, annee: int
) -> None:
    """A spreadsheet that changes many contracts announces them together."""
    with programme.transaction() as t:
        nouveaux = {c: {"heures_centiemes": 13_000} for c in paye.contrats[:2]}
        assert salaries.modifier_contrats_en_masse(t, nouveaux) == 2
    assert marques(programme) == {Mois(annee, 1): 2}
    with programme.magasin.moteur.connect() as connexion:
        lignes = connexion.exec_driver_sql("SELECT cumuls FROM bulletin").scalars().all()
    assert all(json.loads(c)["brut"] for c in lignes)

"""Contracts of prévoyance in stored bulletins: lines, marks, deletions kept from happening."""

from typing import Any

import pytest

from app.assemblage import Programme
from app.noyau.periodes import Mois
from app.organismes import service as organismes
from app.paie.service.a_recalculer import lister_a_recalculer
from app.paie.service.calculer import BilanCalcul, calculer_le_mois
from app.paie.service.expliquer import expliquer_bulletin
from app.paie.service.lire import etats_du_mois, lire_bulletin
from app.paie.service.portee import Portee
from app.paie.service.recalculer import a_recalculer, recalculer
from app.paie.service.simuler import simuler
from app.paie.service.valider import annuler_la_validation, valider_le_mois
from app.prevoyance import service as prevoyance
from app.prevoyance.errors import BulletinsRattaches
from tests.integration.paie.conftest import Maison, creer_employeur, embaucher

MOIS = Mois(2025, 5)
SAISIE = {
    "nature": "prevoyance",
    "reference": "PRV-2025-17",
    "debut_le": "01/01/2025",
    "tous_t1_salarial": "0,40",
    "tous_t1_patronal": "0,60",
    "csg_crds": "1",
    "deduction_po": "1",
}


@pytest.fixture
def caisse(programme: Programme) -> int:
    """A caisse de prévoyance."""
    with programme.transaction() as t:
        return organismes.creer_organisme(t, {"famille": "prevoyance", "nom": "Caisse d'essai"})


def souscrire(programme: Programme, employeur: int, caisse: int, **champs: str) -> int:
    """Create a contract « autre », to which everybody is attached."""
    saisie = SAISIE | {"organisme_id": str(caisse)} | champs
    with programme.transaction() as t:
        numero = prevoyance.creer_autre(t, employeur, saisie)
        travaux = [s.emploi.contrat_id for s in prevoyance.contrats_a_attacher(t, numero)]
        prevoyance.attacher(t, numero, travaux)
    return int(numero)


def calculer(programme: Programme, mois: Mois = MOIS) -> BilanCalcul:
    """Compute a month."""
    with programme.transaction() as t:
        return calculer_le_mois(t, mois)


def valider(programme: Programme, mois: Mois = MOIS) -> None:
    """Validate a month."""
    with programme.transaction() as t:
        valider_le_mois(t, mois)


def lignes(programme: Programme, contrat: int, mois: Mois = MOIS) -> list[dict[str, Any]]:
    """Return the lines under « Santé » of a bulletin that come from a contract."""
    with programme.transaction() as t:
        numero = etats_du_mois(t, mois, [contrat])[contrat].id
        rubriques = lire_bulletin(t, numero).rubriques
    return [li for r in rubriques for li in r.lignes if li["contrat_prevoyance_id"] is not None]


@pytest.mark.exigence("B2")
@pytest.mark.exigence("P2")
def test_the_lines_of_a_contract_stand_in_the_bulletin(
    programme: Programme, maison: Maison, caisse: int
) -> None:
    """Under « Santé », with their contract; explained with their options."""
    numero = souscrire(programme, maison.employeur, caisse)
    calculer(programme)
    (ligne,) = lignes(programme, maison.contrats[0])
    assert (ligne["rubrique"], ligne["organisme"]) == ("sante", "prevoyance")
    assert ligne["contrat_prevoyance_id"] == numero
    assert ligne["montant_salarial_centimes"] == 960
    assert ligne["montant_patronal_centimes"] == 1_440
    with programme.transaction() as t:
        bulletin = etats_du_mois(t, MOIS, maison.contrats)[maison.contrats[0]].id
        dite = expliquer_bulletin(t, bulletin)[ligne["code"]]
    assert "part salariale déduite du net imposable" in dite.formule
    assert "part patronale ajoutée au net imposable" in dite.formule


@pytest.mark.exigence("P12")
def test_what_prevoyance_announces_marks_the_months_it_touches(
    programme: Programme, maison: Maison, caisse: int
) -> None:
    """A contract from May on touches May and June, not April; its reason is shown."""
    for n in (4, 5, 6):
        calculer(programme, Mois(2025, n))
        valider(programme, Mois(2025, n))
    souscrire(programme, maison.employeur, caisse, debut_le="01/05/2025")
    with programme.transaction() as t:
        assert a_recalculer(t) == {Mois(2025, 5): 3, Mois(2025, 6): 3}
        vu = lister_a_recalculer(t, Portee()).groupes[0].bulletins[0]
        assert vu.raisons[0].motif
        comparaison = simuler(t, [vu.id])[vu.id]
        assert [li.en_mots for li in comparaison.changees if li.avant is None] == ["ajoutée"]
        bilan = recalculer(t)
    assert len(bilan.ecarts) == 6
    assert all(e.apres < e.avant for e in bilan.ecarts)


@pytest.mark.exigence("P12")
def test_a_contract_with_validated_bulletins_is_kept(
    programme: Programme, maison: Maison, caisse: int
) -> None:
    """Validated, or taken back as a draft: they were declared with its lines."""
    numero = souscrire(programme, maison.employeur, caisse)
    calculer(programme)
    valider(programme)
    with pytest.raises(BulletinsRattaches), programme.transaction() as t:
        prevoyance.supprimer_contrat(t, numero)
    with programme.transaction() as t:
        for etat in etats_du_mois(t, MOIS, maison.contrats).values():
            annuler_la_validation(t, etat.id, "erreur")
    with pytest.raises(BulletinsRattaches), programme.transaction() as t:
        prevoyance.supprimer_contrat(t, numero)


@pytest.mark.exigence("P12")
def test_drafts_do_not_keep_a_contract(programme: Programme, maison: Maison, caisse: int) -> None:
    """Nothing was declared: the line goes at the next calculation."""
    numero = souscrire(programme, maison.employeur, caisse)
    calculer(programme)
    with programme.transaction() as t:
        prevoyance.supprimer_contrat(t, numero)
    calculer(programme)
    assert lignes(programme, maison.contrats[0]) == []


@pytest.mark.exigence("P12")
def test_a_rattachement_is_kept_by_its_own_bulletins(
    programme: Programme, maison: Maison, caisse: int
) -> None:
    """Those of a colleague do not matter."""
    souscrire(programme, maison.employeur, caisse)
    _, travail = embaucher(programme, maison.employeur, "Dupuis")
    calculer(programme)
    valider(programme)
    with programme.transaction() as t:
        siens = prevoyance.contrats_du_salarie(t, maison.salaries[0])
    with pytest.raises(BulletinsRattaches), programme.transaction() as t:
        prevoyance.supprimer_rattachement(t, siens[0].rattachement.id)
    assert lignes(programme, travail) == []


@pytest.mark.exigence("P2")
def test_a_cadre_under_the_minimum_is_pointed_out(programme: Programme, caisse: int) -> None:
    """0,60 % of 2 400 € where 1,50 % is due: 21,60 € are missing; the default line is gone."""
    employeur = creer_employeur(programme)
    _, travail = embaucher(programme, employeur, "Abel", categorie="cadre")
    assert "PAI-124" not in {c.constat.code for c in calculer(programme).constats}
    souscrire(programme, employeur, caisse)
    constats = {c.constat.code: c.constat.message for c in calculer(programme).constats}
    assert "21,60" in constats["PAI-124"]
    with programme.transaction() as t:
        numero = etats_du_mois(t, MOIS, [travail])[travail].id
        codes = set(expliquer_bulletin(t, numero))
    assert "prevoyance_cadres" not in codes

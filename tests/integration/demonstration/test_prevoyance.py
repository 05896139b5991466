"""Prévoyance and months of entry of the demonstration: what a person could have entered."""

from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.assemblage import ouvrir_base
from app.demonstration.service import remplir
from app.noyau.periodes import Periode, afficher_date
from app.paie.rules.saisie import CHAMPS_SAISIE, lire_saisie
from app.paie.service.a_recalculer import compter_a_recalculer
from app.paie.service.portee import Portee
from app.prevoyance import service as prevoyance
from app.prevoyance.rules import fiches, periodes, rattachements, taux
from app.prevoyance.service import FichePrevoyance
from app.verification.service import verifier
from tests.integration.demonstration.conftest import LE_JOUR, Demonstration


def contrats(demonstration: Demonstration) -> list[FichePrevoyance]:
    """Return every contract of prévoyance as the screens read it."""
    numeros = demonstration.lire("SELECT id FROM contrat_prevoyance ORDER BY id")
    with demonstration.magasin.transaction("essai") as t:
        return [prevoyance.lire_contrat(t, n["id"]) for n in numeros]


def saisie_de(c: FichePrevoyance) -> dict[str, str]:
    """Return the form that would create a contract, at its first period."""
    premiere = c.periodes[0]
    return {
        "regime": c.regime.code if c.regime else "",
        "nature": c.nature,
        "organisme_id": str(c.organisme_id),
        "reference": c.reference,
        "libelle": c.libelle,
        "population": c.population,
        "debut_le": afficher_date(c.periode.debut),
        "fin_le": afficher_date(c.periode.fin) if c.est_clos else "",
        **fiches.ecrire_options(premiere.options),
        **taux.ecrire_taux(premiere.taux),
    }


@pytest.mark.exigence("G2", "P1", "P7")
def test_every_contract_passes_the_checks_of_its_form(demonstration: Demonstration) -> None:
    """Typed again as the form shows it; its periods follow one another from end to end."""
    for c in contrats(demonstration):
        lire = fiches.lire_parametree if c.est_parametree else fiches.lire_autre
        valeurs, constats = lire(saisie_de(c))
        assert not constats, (c, constats)
        assert (valeurs["debut_le"], valeurs["fin_le"]) == (c.periode.debut, c.periode.fin)
        assert not periodes.defauts(c.periode, [p.periode for p in c.periodes])
        assert not periodes.avertir_trous([p.periode for p in c.periodes])
        for p in c.periodes:
            assert not taux.avertir_taux(p.taux, c.nature)
        if c.regime is not None:
            assert not fiches.verifier_population(c.regime, c.population)
            manques = fiches.taux_a_renseigner(
                c.regime, c.periode, c.population, c.periodes[0].taux
            )
            assert not manques
            assert c.periodes[0].options == c.regime.options


@pytest.mark.exigence("P4", "P13")
def test_no_two_contracts_of_an_employer_are_for_the_same_people(
    demonstration: Demonstration,
) -> None:
    """By nature and population; each names a caisse of « Identification des organismes »."""
    caisses = {
        (o["employeur_id"], o["organisme_id"])
        for o in demonstration.lire("SELECT employeur_id, organisme_id FROM organisme_employeur")
    }
    par_nature: dict[Any, list[tuple[str, str, Periode]]] = defaultdict(list)
    for c in contrats(demonstration):
        autres = par_nature[c.employeur_id, c.nature]
        assert not fiches.exiger_seul(c.periode, c.population, autres)
        autres.append((c.designation, c.population, c.periode))
        assert (c.employeur_id, c.organisme_id) in caisses


@pytest.mark.exigence("P5", "P13")
def test_employees_are_attached_within_both_contracts(demonstration: Demonstration) -> None:
    """Of the population, on the days that both contracts share, and never twice."""
    lignes = demonstration.lire(
        "SELECT r.*, c.debut_le AS t_debut, c.fin_le AS t_fin, c.categorie, p.population, "
        "p.debut_le AS p_debut, p.fin_le AS p_fin, p.employeur_id, s.employeur_id AS le_sien "
        "FROM rattachement r JOIN contrat c ON c.id = r.contrat_id "
        "JOIN salarie s ON s.id = c.salarie_id "
        "JOIN contrat_prevoyance p ON p.id = r.contrat_prevoyance_id"
    )
    jour = date.fromisoformat
    for li in lignes:
        travail = Periode(jour(li["t_debut"]), jour(li["t_fin"]))
        contrat = Periode(jour(li["p_debut"]), jour(li["p_fin"]))
        demande = Periode(jour(li["adhesion_le"]), jour(li["sortie_le"]))
        assert li["employeur_id"] == li["le_sien"]
        assert rattachements.population_convient(li["population"], li["categorie"])
        rattachements.exiger_dates("", demande, travail, contrat)
        assert not rattachements.avertir_adhesion(demande.debut, travail, contrat)
        attendu = rattachements.effectif(demande, travail, contrat)
        assert attendu == Periode(jour(li["debut_le"]), jour(li["fin_le"]))
    paires = [(li["contrat_prevoyance_id"], li["contrat_id"]) for li in lignes]
    assert len(set(paires)) == len(paires)


@pytest.mark.exigence("G2", "P1", "P2", "P7", "P8")
def test_every_kind_of_contract_and_corner_case_is_there(demonstration: Demonstration) -> None:
    """Regimes, autres, santé half and half; closed and replaced, new rates, not attached."""
    tous = contrats(demonstration)
    regimes = {c.regime.code for c in tous if c.regime}
    closes = [c for c in tous if c.periode.fin == date(2025, 6, 30)]
    suivants = {(c.employeur_id, c.population) for c in tous if c.periode.debut.year == 2025}
    sans = demonstration.valeur(
        "SELECT 100.0 * avg(id NOT IN (SELECT contrat_id FROM rattachement)) FROM contrat"
    )

    assert regimes == {
        "SPORT",
        "ANIMATION",
        "CENTRES SOCIAUX",
        "FAMILLES RURALES",
        "AIDE A DOMICILE",
        "ARTISTE CCN 1285",
        "ARTISTE CCN 3090",
    }
    assert {"cadre", "non_cadre", "tous"} <= {c.population for c in tous if not c.regime}
    assert closes
    assert any((c.employeur_id, c.population) in suivants for c in closes)
    assert any(len(c.periodes) > 1 for c in tous)
    for c in tous:
        if c.nature == "sante":
            assert all(x.montant_salarial == x.montant_patronal for p in c.periodes for x in p.taux)
            assert not any(p.options.deduction_pp for p in c.periodes)
    assert 1 < sans < 20


@pytest.mark.exigence("B2", "G2")
def test_months_of_entry_pass_the_checks_of_the_grid(demonstration: Demonstration) -> None:
    """Leave, match bonuses; one entry a contract and a month."""
    lignes = demonstration.lire(
        "SELECT m.*, c.heures_centiemes AS heures, c.statut_paie FROM saisie_mois m "
        "JOIN contrat c ON c.id = m.contrat_id"
    )
    statuts = {li["statut_paie"] for li in demonstration.lire("SELECT statut_paie FROM contrat")}
    for li in lignes:
        textes = {c.nom: c.ecrire(li[c.nom]) if li[c.nom] else "" for c in CHAMPS_SAISIE}
        valeurs, constats = lire_saisie(textes, heures_du_contrat=li["heures"])
        assert not constats
        assert valeurs == {nom: li[nom] for nom in valeurs}
    assert any(li["conges_pris"] and li["mois"] in {7, 8} for li in lignes)
    assert any(li["manifestations"] for li in lignes)
    assert statuts == {"general", "artiste", "sport_forfait"}


@pytest.mark.exigence("B2", "G2", "P12")
def test_bulletins_bear_prevoyance_and_none_is_to_be_computed_again(tmp_path: Path) -> None:
    """Lines that name their contract, leave never below zero, a base that verifies sound."""
    chemin = tmp_path / "clairpaie.sqlite3"
    magasin = ouvrir_base(chemin)
    with magasin.transaction("essai") as t:
        remplir(t, employeurs=12, salaries=60, annees=1, aujourd_hui=LE_JOUR)
        assert compter_a_recalculer(t, Portee()) == (0, 0)
    with magasin.moteur.connect() as connexion:

        def valeur(requete: str) -> int:
            return int(connexion.exec_driver_sql(requete).scalar_one())

        avec = (
            "SELECT count(DISTINCT bulletin_id) FROM ligne_bulletin l JOIN contrat_prevoyance c "
            "ON c.id = l.contrat_prevoyance_id WHERE c.nature = "
        )
        bulletins = valeur("SELECT count(*) FROM bulletin")
        assert valeur("SELECT count(*) FROM bulletin WHERE etat = 'a_recalculer'") == 0
        assert valeur(f"{avec}'prevoyance'") > bulletins * 6 // 10
        assert valeur(f"{avec}'sante'") > bulletins * 6 // 10
        assert valeur("SELECT min(conges_anterieurs + conges_en_cours) FROM bulletin") >= 0
        assert valeur("SELECT count(*) FROM bulletin WHERE conges_pris > 0") > 0
    magasin.fermer()
    assert verifier(chemin).est_bonne

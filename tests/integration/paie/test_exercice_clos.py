"""A closed year: every direct action is refused in one voice, a batch leaves it and says so."""

from collections.abc import Callable
from typing import Any

import pytest

from app.assemblage import Programme
from app.noyau.periodes import Mois
from app.paie.errors import BulletinsAttaches, ExerciceClos
from app.paie.service.calculer import BilanCalcul
from app.paie.service.conges import enregistrer_reprise
from app.paie.service.exercices import clore_exercice, exercices_clos
from app.paie.service.portee import Portee
from app.paie.service.raisons import marquer_a_recalculer
from app.paie.service.recalculer import a_recalculer, recalculer, recalculer_un
from app.paie.service.saisir import enregistrer_saisies
from app.paie.service.valider import (
    annuler_la_validation,
    dater_le_paiement,
    valider_bulletin,
    valider_le_mois,
)
from app.salaries import service as salaries
from tests.conftest import client_de
from tests.integration.paie.conftest import CONTRAT, Maison, creer_employeur, embaucher
from tests.integration.paie.test_calculer_le_mois import lire
from tests.integration.paie.test_versions_bulletin import bulletin_de, primer

DECEMBRE, JANVIER = Mois(2025, 12), Mois(2026, 1)
Calculer = Callable[..., BilanCalcul]


@pytest.fixture
def close(programme: Programme, maison: Maison, calculer: Calculer) -> Maison:
    """December 2025: two validated, one draft; then the year is closed. January is open."""
    for montant in ("50", "100"):
        primer(programme, maison, DECEMBRE, montant)
    calculer(DECEMBRE)
    with programme.transaction() as t:
        for contrat in maison.contrats[:2]:
            valider_bulletin(t, bulletin_de(programme, contrat, DECEMBRE))
    calculer(JANVIER)
    with programme.transaction() as t:
        valider_le_mois(t, JANVIER)
        clore_exercice(t, maison.employeur, 2025)
        clore_exercice(t, maison.employeur, 2025)
    return maison


def etats(programme: Programme, annee: int) -> list[Any]:
    """Return the states of a year."""
    requete = "SELECT id, etat, numero, version FROM bulletin WHERE annee = ? ORDER BY id"
    return lire(programme, requete, annee)


@pytest.mark.exigence("P12", "C2")
def test_every_direct_action_is_refused_with_what_to_do(
    programme: Programme, close: Maison
) -> None:
    """Enter, validate, cancel, recalculate, date, bring leave in: PAI-150, nothing written."""
    valide = bulletin_de(programme, close.contrats[0], DECEMBRE)
    brouillon = bulletin_de(programme, close.contrats[2], DECEMBRE)
    saisie = {close.contrats[0]: {"primes_centimes": "5"}}
    reprise = {"mois": "2025-12", "anterieurs": "3"}
    actes: tuple[Callable[[Any], Any], ...] = (
        lambda t: enregistrer_saisies(t, DECEMBRE, close.employeur, saisie),
        lambda t: valider_bulletin(t, brouillon),
        lambda t: valider_le_mois(t, DECEMBRE, Portee(employeur=close.employeur)),
        lambda t: annuler_la_validation(t, valide, "Erreur"),
        lambda t: recalculer_un(t, valide),
        lambda t: dater_le_paiement(t, valide, DECEMBRE.debut),
        lambda t: enregistrer_reprise(t, close.salaries[0], close.contrats[0], reprise),
    )
    avant = etats(programme, 2025)
    for acte in actes:
        with pytest.raises(ExerciceClos) as refus, programme.transaction() as t:
            acte(t)
        assert "L'exercice 2025 de « Judo club » est clos" in refus.value.texte().replace(
            "\u202f", " "
        ).replace("\u00a0", " ").replace("’", "'")
        assert "encore ouvert" in refus.value.texte_remede()
    assert etats(programme, 2025) == avant


def test_a_batch_leaves_it_alone_and_says_so(
    programme: Programme, close: Maison, calculer: Calculer
) -> None:
    """Its own employer is named once; another's December is computed."""
    autre = creer_employeur(programme, raison_sociale="Danse")
    embaucher(programme, autre, "Denis")
    avant = etats(programme, 2025)
    bilan = calculer(DECEMBRE)
    assert bilan.calcules == 1
    [constat] = [c for c in bilan.constats if c.constat.code == "PAI-118"]
    assert constat.employeur_id == close.employeur
    assert "restent tels quels" in constat.constat.message
    assert etats(programme, 2025)[: len(avant)] == avant
    with programme.transaction() as t:
        assert valider_le_mois(t, DECEMBRE).valides == 1
        assert exercices_clos(t, [close.employeur]) == {(close.employeur, 2025)}
        assert exercices_clos(t, [autre]) == frozenset()


@pytest.mark.exigence("P12")
def test_no_change_of_a_record_marks_it(programme: Programme, close: Maison) -> None:
    """Moved dates touch both years: January is marked, December is not."""
    with programme.transaction() as t:
        saisie = CONTRAT | {"debut_le": "02/01/2025"}
        salaries.modifier_contrat(t, close.salaries[0], close.contrats[0], saisie)
        marquer_a_recalculer(t, employeur=close.employeur)
        assert list(a_recalculer(t)) == [JANVIER]
    assert {e for _, e, *_ in etats(programme, 2025)} == {"valide", "brouillon"}
    with programme.transaction() as t:
        assert len(recalculer(t).ecarts) == 3


@pytest.mark.usefixtures("close")
def test_undoing_an_entry_of_it_is_refused(programme: Programme) -> None:
    """The journal offers it; the payroll refuses, and nothing changes."""
    [(entree,)] = lire(programme, "SELECT max(id) FROM journal WHERE objet = 'saisie_mois'")
    reponse = client_de(programme).post(f"/maintenance/journal/{entree}/annuler")
    assert reponse.status_code == 409
    assert lire(programme, "SELECT primes_centimes FROM saisie_mois") == [(10_000,)]


def test_a_contract_with_bulletins_of_it_stays(programme: Programme, close: Maison) -> None:
    """Even when they are drafts only."""
    with pytest.raises(BulletinsAttaches), programme.transaction() as t:
        salaries.supprimer_contrat(t, close.salaries[2], close.contrats[2])


@pytest.mark.exigence("C2")
def test_the_screens_show_it_read_only(programme: Programme, close: Maison) -> None:
    """List, grid and bulletin say so and offer nothing that changes it; printing stays."""
    navigateur = client_de(programme)
    numero = bulletin_de(programme, close.contrats[0], DECEMBRE)
    page = navigateur.get(f"/bulletins/{numero}").text
    assert "est clos" in page
    for absent in ("Recalculer", "Annuler la validation", "Changer la date"):
        assert absent not in page
    assert "Enregistrer le PDF" in page
    liste = navigateur.get(f"/bulletins/?mois=2025-12&employeur={close.employeur}").text
    assert "est clos" in liste
    assert "Calculer cet employeur" not in liste
    assert "Valider les brouillons" not in liste
    adresse = f"/bulletins/saisie?mois=2025-12&employeur={close.employeur}"
    grille = navigateur.get(adresse).text
    assert "est clos" in grille
    assert "readonly" in grille
    assert "Enregistrer et calculer" not in grille
    reponse = navigateur.post(adresse, data={f"{close.contrats[0]}-primes_centimes": "1"})
    assert reponse.status_code == 409
    assert "PAI-150" in reponse.text or "est clos" in reponse.text
    assert navigateur.post(f"/bulletins/{numero}/recalculer").status_code == 409
    ouverte = navigateur.get(f"/bulletins/saisie?mois=2026-01&employeur={close.employeur}").text
    assert "readonly" not in ouverte

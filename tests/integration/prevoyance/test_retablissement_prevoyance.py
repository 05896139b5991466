"""Undoing on a real base: an action goes back as a whole, and leaves sound contracts."""

from datetime import date

import pytest

from app.employeurs import service as employeurs
from app.noyau.periodes import FIN_OUVERTE
from app.organismes import service as organismes
from app.organismes.errors import OrganismeUtilise
from app.prevoyance import service
from app.prevoyance.errors import ContratPrevoyanceIntrouvable, RetablissementIncoherent
from app.salaries import service as salaries
from app.socle import journal
from app.socle.errors import RetablissementImpossible
from app.socle.transaction import Transaction
from tests.integration.prevoyance.conftest import Maison

pytestmark = pytest.mark.exigence("G5", "P13")

JANVIER, FIN_2024 = date(2024, 1, 1), date(2024, 12, 31)
SUITE = {"tous_t1_salarial": "0,50", "tous_t1_patronal": "0,70"}


def _annuler(t: Transaction, entree: int) -> None:
    """Undo as the screen of the journal does."""
    fiche = journal.annuler_entree(t.session, entree)
    t.session.flush()
    journal.annoncer_l_annulation(t, fiche, entree)


def _derniere(t: Transaction, table: str, numero: int) -> int:
    entree = journal.derniere_entree(t.session, table, numero)
    assert entree is not None
    return entree


def test_a_contract_deleted_comes_back_whole(maison: Maison) -> None:
    """Periods, rates, employees under their numbers; the bulletins touched are announced."""
    abel = maison.embaucher("Abel")
    contrat = maison.autre()
    maison.faire(service.modifier_autre, contrat, FIN_2024, SUITE)
    maison.faire(service.attacher, contrat, [abel])
    avant = maison.faire(service.lire_contrat, contrat)
    supprime = maison.faire(service.supprimer_contrat, contrat)
    maison.dites()

    maison.faire(_annuler, supprime.entree)

    apres = maison.faire(service.lire_contrat, contrat)
    assert (apres.periodes, apres.reference, apres.rattaches) == (avant.periodes, "PRV-2024-17", 1)
    assert maison.rattaches(contrat) == [(abel, JANVIER, FIN_OUVERTE)]
    assert maison.dites() == [(abel, JANVIER, FIN_OUVERTE)]


def test_a_closing_is_undone_for_everybody(maison: Maison) -> None:
    """From the entry of the contract: its period and its employees reopen, later ones return."""
    abel = maison.embaucher("Abel")
    tard = maison.embaucher("Tardif", debut_le="01/06/2025")
    contrat = maison.autre()
    maison.faire(service.modifier_autre, contrat, date(2025, 2, 28), SUITE)
    maison.faire(service.attacher, contrat, [abel, tard])
    periodes, rattaches = maison.periodes(contrat), maison.rattaches(contrat)
    options = {"confirmes": {"PRV-206"}}
    clos = maison.faire(service.cloturer_contrat, contrat, FIN_2024, [abel, tard], **options)
    assert maison.periodes(contrat) == [(JANVIER, FIN_2024)]
    maison.dites()

    maison.faire(_annuler, clos.entree)

    assert maison.periodes(contrat) == periodes
    assert maison.rattaches(contrat) == rattaches
    assert sorted(maison.dites()) == [
        (abel, date(2025, 1, 1), FIN_OUVERTE),
        (tard, date(2025, 6, 1), FIN_OUVERTE),
    ]


def test_a_new_period_is_undone_from_the_one_it_closed(maison: Maison) -> None:
    """The period opened goes with its rates; those before hold again."""
    abel = maison.embaucher("Abel")
    contrat = maison.autre()
    maison.faire(service.attacher, contrat, [abel])
    premiere = maison.faire(service.lire_contrat, contrat).periodes[0].id
    maison.faire(service.modifier_autre, contrat, FIN_2024, SUITE)
    maison.dites()

    entree = maison.faire(_derniere, "periode_prevoyance", premiere)
    maison.faire(_annuler, entree)

    assert maison.periodes(contrat) == [(JANVIER, FIN_OUVERTE)]
    assert maison.lignes("2025-01", abel)[0].taux_salarial == 4_000
    assert maison.dites() == [(abel, date(2025, 1, 1), FIN_OUVERTE)]


def test_an_old_change_of_periods_is_not_undone_alone(maison: Maison) -> None:
    """What came later stands on it."""
    contrat = maison.autre()
    premiere = maison.faire(service.lire_contrat, contrat).periodes[0].id
    maison.faire(service.modifier_autre, contrat, FIN_2024, SUITE)
    entree = maison.faire(_derniere, "periode_prevoyance", premiere)
    maison.faire(service.modifier_autre, contrat, date(2025, 12, 31), SUITE)
    periodes = maison.periodes(contrat)
    with pytest.raises(RetablissementIncoherent):
        maison.faire(_annuler, entree)
    assert maison.periodes(contrat) == periodes


def test_a_closing_is_not_undone_over_a_later_contract(maison: Maison) -> None:
    """Two contracts of one nature would cover the same people."""
    contrat = maison.autre()
    clos = maison.faire(service.cloturer_contrat, contrat, FIN_2024, [])
    maison.autre(reference="SUITE", debut_le="01/01/2025")
    with pytest.raises(RetablissementIncoherent) as refus:
        maison.faire(_annuler, clos.entree)
    assert "Contrat SUITE" in refus.value.texte()
    assert maison.periodes(contrat) == [(JANVIER, FIN_2024)]


@pytest.mark.exigence("P6")
def test_a_replacement_is_undone_in_one_go(maison: Maison) -> None:
    """The old one reopens with its employees, the new one is gone."""
    abel = maison.embaucher("Abel")
    ancien = maison.parametree()
    maison.faire(service.attacher, ancien, [abel])
    saisie = {"regime": "SPORT", "organisme_id": str(maison.caisse), "reference": "N"}
    saisie |= {"debut_le": "01/01/2025"}
    bilan = maison.faire(service.remplacer_parametree, ancien, saisie)
    maison.dites()

    maison.faire(_annuler, maison.faire(_derniere, "contrat_prevoyance", ancien))

    assert maison.rattaches(ancien) == [(abel, JANVIER, FIN_OUVERTE)]
    with pytest.raises(ContratPrevoyanceIntrouvable):
        maison.faire(service.lire_contrat, bilan.contrat_id)
    assert set(maison.dites()) == {(abel, date(2025, 1, 1), FIN_OUVERTE)}


def test_a_rattachement_brought_back_stays_within_both_contracts(maison: Maison) -> None:
    """The contract was closed meanwhile: it ends with it."""
    abel = maison.embaucher("Abel")
    contrat = maison.autre()
    [numero] = maison.faire(service.attacher, contrat, [abel])
    supprime = maison.faire(service.supprimer_rattachement, numero)
    maison.faire(service.cloturer_contrat, contrat, FIN_2024, [])
    maison.dites()

    maison.faire(_annuler, supprime.entree)

    assert maison.rattaches(contrat) == [(abel, JANVIER, FIN_2024)]
    assert {c for c, _, _ in maison.dites()} == {abel}


def test_the_dates_of_a_rattachement_are_undone_alone(maison: Maison) -> None:
    """Of one employee only, though several were closed together."""
    abel, bruno = maison.embaucher("Abel"), maison.embaucher("Bruno")
    contrat = maison.autre()
    numeros = maison.faire(service.attacher, contrat, [abel, bruno])
    tiers = maison.embaucher("Tiers")
    maison.faire(service.attacher, contrat, [tiers])
    choix = {"confirmes": {"PRV-205"}}
    maison.faire(service.cloturer_contrat, contrat, FIN_2024, [abel, bruno], **choix)
    maison.dites()

    maison.faire(_annuler, maison.faire(_derniere, "rattachement", numeros[0]))

    assert maison.rattaches(contrat) == [
        (abel, JANVIER, FIN_OUVERTE),
        (bruno, JANVIER, FIN_2024),
        (tiers, JANVIER, FIN_OUVERTE),
    ]
    assert maison.dites() == [(abel, date(2025, 1, 1), FIN_OUVERTE)]


def test_an_undoing_never_attaches_somebody_twice(maison: Maison) -> None:
    """Closed, attached again later: the first closing cannot be undone any more."""
    abel = maison.embaucher("Abel")
    contrat = maison.autre()
    [numero] = maison.faire(service.attacher, contrat, [abel])
    entree = maison.faire(service.cloturer_rattachement, numero, FIN_2024)
    maison.faire(service.attacher, contrat, [abel], date(2025, 3, 1))
    with pytest.raises(RetablissementIncoherent) as refus:
        maison.faire(_annuler, entree)
    assert "deux fois" in refus.value.texte()


def test_an_employee_who_left_is_undone_with_the_rattachement(maison: Maison) -> None:
    """Undoing the end of the contrat de travail brings back what it had left nothing of."""
    abel = maison.embaucher("Abel")
    contrat = maison.autre()
    maison.faire(service.creer_rattachement, contrat, abel, date(2024, 3, 1))
    maison.changer_le_travail(abel, nature="cdd", motif="usage", fin_le="31/01/2024")
    assert maison.rattaches(contrat) == []
    maison.dites()

    maison.faire(_annuler, maison.faire(_derniere, "contrat", abel))

    assert maison.rattaches(contrat) == [(abel, date(2024, 3, 1), FIN_OUVERTE)]
    assert maison.dites() == [(abel, date(2024, 3, 1), FIN_OUVERTE)]


def test_a_contrat_de_travail_goes_and_returns_with_its_rattachements(maison: Maison) -> None:
    """Deleted together, brought back together, cut by what changed meanwhile."""
    abel = maison.embaucher("Abel")
    contrat = maison.autre()
    maison.faire(service.attacher, contrat, [abel])
    maison.dites()
    with maison.programme.transaction() as t:
        salarie = salaries.emplois_par_numero(t, [abel])[abel].salarie_id
        supprime = salaries.supprimer_contrat(t, salarie, abel)
    assert maison.rattaches(contrat) == []
    assert maison.dites() == [(abel, JANVIER, FIN_OUVERTE)]
    maison.faire(service.cloturer_contrat, contrat, FIN_2024, [])

    maison.faire(_annuler, supprime.entree)

    assert maison.rattaches(contrat) == [(abel, JANVIER, FIN_2024)]


def test_an_employer_goes_and_returns_with_its_contracts(maison: Maison) -> None:
    """Without employee; the caisse is used no more meanwhile."""
    contrat = maison.autre()
    with pytest.raises(OrganismeUtilise) as refus:
        maison.faire(organismes.supprimer_organisme, maison.caisse)
    assert "1 contrat de prévoyance" in refus.value.texte().replace("\u00a0", " ")
    entree = maison.faire(employeurs.supprimer_employeur, maison.employeur)
    with pytest.raises(ContratPrevoyanceIntrouvable):
        maison.faire(service.lire_contrat, contrat)

    maison.faire(_annuler, entree)

    assert maison.periodes(contrat) == [(JANVIER, FIN_OUVERTE)]


def test_two_caisses_become_one(maison: Maison) -> None:
    """Contracts that named the second name the first."""
    contrat = maison.autre()
    saisie = {"famille": "prevoyance", "nom": "Caisse gardée"}
    garde = maison.faire(organismes.creer_organisme, saisie)
    maison.faire(organismes.fusionner, garde, maison.caisse)
    fiche = maison.faire(service.lire_contrat, contrat)
    assert (fiche.organisme_id, fiche.caisse) == (garde, "Caisse gardée")


def test_the_journal_of_a_contract_tells_it_in_words(maison: Maison) -> None:
    """Contract, periods, rates, employees, those deleted since included."""
    abel = maison.embaucher("Abel")
    contrat = maison.autre()
    [numero] = maison.faire(service.attacher, contrat, [abel])
    maison.faire(service.modifier_autre, contrat, FIN_2024, SUITE)
    maison.faire(service.supprimer_rattachement, numero)

    lignes = maison.faire(service.lire_journal, contrat)

    assert {x.entree.libelle for x in lignes} == {
        "Contrat de prévoyance",
        "Période de prévoyance",
        "Taux de prévoyance",
        "Rattachement",
    }
    textes = {c.libelle: c.apres for x in lignes for c in x.changements}
    assert {"Part salariale", "Intégration CSG/CRDS", "Date de fin"} <= textes.keys()
    [perte] = [x for x in lignes if x.entree.action == "suppression"]
    assert perte.annulable


def test_a_creation_is_undone_by_deleting(maison: Maison) -> None:
    """As everywhere."""
    contrat = maison.autre()
    with pytest.raises(RetablissementImpossible):
        maison.faire(_annuler, maison.faire(_derniere, "contrat_prevoyance", contrat))

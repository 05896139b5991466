"""Contrats de travail on a real base: kept, warned about, changed, deleted, brought back."""

from datetime import date

import pytest

from app.assemblage import Programme
from app.noyau.erreurs import ConfirmationRequise, DonneesRefusees
from app.noyau.periodes import FIN_OUVERTE
from app.salaries import service
from app.salaries.errors import ContratIntrouvable, SalarieIntrouvable
from app.socle.errors import ModifieEntreTemps, RetablissementImpossible
from app.socle.journal import annuler_entree, derniere_entree

CDI = {
    "nature": "cdi",
    "debut_le": "01/09/2025",
    "emploi": "Éducatrice",
    "heures_centiemes": "151,67",
    "salaire_centimes": "1 850,00",
    "taux_pas_millioniemes": "3,5",
}
ETE = CDI | {
    "nature": "cdd",
    "debut_le": "01/07/2024",
    "fin_le": "31/08/2024",
    "motif": "saisonnier",
}


@pytest.mark.exigence("B1")
def test_contracts_are_kept_latest_first(programme: Programme, salarie: int) -> None:
    """Exact hours, pay and rate; an open end while it is not known."""
    with programme.transaction() as t:
        service.creer_contrat(t, salarie, ETE)
        service.creer_contrat(t, salarie, CDI)
    with programme.transaction() as t:
        cdi, ete = service.lister_contrats(t, salarie)

    assert cdi.designation == "CDI Éducatrice"
    assert (cdi.periode.debut, cdi.periode.fin) == (date(2025, 9, 1), FIN_OUVERTE)
    assert cdi.valeurs["heures_centiemes"] == 15_167
    assert cdi.valeurs["salaire_centimes"] == 185_000
    assert cdi.valeurs["taux_pas_millioniemes"] == 35_000
    assert ete.valeurs["motif"] == "saisonnier"


def test_defects_and_strangers_are_refused(programme: Programme, salarie: int) -> None:
    """A CDD without end or reason, nobody's contract, another person's."""
    with pytest.raises(DonneesRefusees) as refus, programme.transaction() as t:
        service.creer_contrat(t, salarie, ETE | {"fin_le": "", "motif": ""})
    assert [c.code for c in refus.value.constats] == ["SAL-120", "SAL-121"]
    with pytest.raises(SalarieIntrouvable), programme.transaction() as t:
        service.creer_contrat(t, 999, CDI)
    with programme.transaction() as t:
        contrat = service.creer_contrat(t, salarie, CDI)
    with pytest.raises(ContratIntrouvable), programme.transaction() as t:
        service.lire_contrat(t, salarie + 1, contrat)
    with pytest.raises(ContratIntrouvable), programme.transaction() as t:
        service.supprimer_contrat(t, salarie, 999)


@pytest.mark.exigence("B1")
def test_an_overlap_is_confirmed_not_refused(programme: Programme, salarie: int) -> None:
    """SAL-201 names the common days; once confirmed, both contracts stand."""
    with programme.transaction() as t:
        service.creer_contrat(t, salarie, CDI)
    second = CDI | {"debut_le": "01/10/2025", "fin_le": "31/10/2025"}
    with pytest.raises(ConfirmationRequise) as demande, programme.transaction() as t:
        service.creer_contrat(t, salarie, second)
    assert [a.code for a in demande.value.avertissements] == ["SAL-201"]
    assert "01/10/2025" in demande.value.texte()
    with programme.transaction() as t:
        numero = service.creer_contrat(t, salarie, second, {"SAL-201"})
        assert len(service.lister_contrats(t, salarie)) == 2
    with pytest.raises(ConfirmationRequise), programme.transaction() as t:
        service.modifier_contrat(t, salarie, numero, second | {"emploi": "Entraîneuse"})


def test_contracts_end_to_end_do_not_overlap(programme: Programme, salarie: int) -> None:
    """The day after is another contract; a contract never overlaps itself."""
    with programme.transaction() as t:
        service.creer_contrat(t, salarie, ETE)
        suite = service.creer_contrat(t, salarie, CDI | {"debut_le": "01/09/2024"})
        service.modifier_contrat(t, salarie, suite, CDI | {"debut_le": "02/09/2024"}, version=1)
        assert len(service.lister_contrats(t, salarie)) == 2


def test_a_child_is_confirmed(programme: Programme, salarie: int) -> None:
    """SAL-202, from the date of birth of the record."""
    tot = ETE | {"debut_le": "01/07/1999", "fin_le": "13/07/1999"}
    with pytest.raises(ConfirmationRequise) as demande, programme.transaction() as t:
        service.creer_contrat(t, salarie, tot)
    assert [a.code for a in demande.value.avertissements] == ["SAL-202"]
    with programme.transaction() as t:
        service.creer_contrat(t, salarie, tot | {"debut_le": "14/07/1999", "fin_le": "15/07/1999"})


def test_a_stale_form_is_refused(programme: Programme, salarie: int) -> None:
    """The version seen is the version changed."""
    with programme.transaction() as t:
        contrat = service.creer_contrat(t, salarie, CDI)
        service.modifier_contrat(t, salarie, contrat, CDI | {"emploi": "Animatrice"}, version=1)
    with pytest.raises(ModifieEntreTemps), programme.transaction() as t:
        service.modifier_contrat(t, salarie, contrat, CDI, version=1)


@pytest.mark.exigence("G5")
def test_a_contract_is_deleted_and_brought_back(programme: Programme, salarie: int) -> None:
    """The journal of the employee tells it, the undo gives the same contract back."""
    with programme.transaction() as t:
        contrat = service.creer_contrat(t, salarie, CDI)
        avant = service.lire_contrat(t, salarie, contrat)
        supprime = service.supprimer_contrat(t, salarie, contrat)
        neuf = service.creer_contrat(t, salarie, ETE)
    assert supprime.fiche.designation == "CDI Éducatrice"
    assert neuf != contrat
    with programme.transaction() as t:
        lignes = service.lire_journal(t, salarie)
        [perte] = [ligne for ligne in lignes if ligne.entree.action == "suppression"]
        assert perte.annulable
        perdus = {c.libelle: c.avant.replace("\u202f", "") for c in perte.changements}
        assert perdus["Salaire brut mensuel"] == "1850,00"
        assert "Date de fin" not in perdus
        annuler_entree(t.session, perte.entree.id)
    with programme.transaction() as t:
        apres = service.lire_contrat(t, salarie, contrat)
        assert (apres.periode, apres.designation) == (avant.periode, avant.designation)
        assert apres.valeurs["salaire_centimes"] == 185_000


@pytest.mark.exigence("G5")
def test_an_undo_that_would_turn_dates_round_is_refused(programme: Programme, salarie: int) -> None:
    """The base itself forbids a contract that ends before it begins."""
    with programme.transaction() as t:
        contrat = service.creer_contrat(t, salarie, CDI | {"fin_le": "31/12/2025"})
        service.modifier_contrat(t, salarie, contrat, CDI | {"fin_le": "31/12/2026"})
        entree = derniere_entree(t.session, "contrat", contrat)
        plus_tard = CDI | {"debut_le": "01/06/2026", "fin_le": "31/12/2026"}
        service.modifier_contrat(t, salarie, contrat, plus_tard)
    assert entree is not None
    with pytest.raises(RetablissementImpossible), programme.transaction() as t:
        annuler_entree(t.session, entree)
    with programme.transaction() as t:
        assert service.lire_contrat(t, salarie, contrat).periode.fin == date(2026, 12, 31)

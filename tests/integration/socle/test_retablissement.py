"""Undoing: an entry of the journal gives a record back as it was, or says why not."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from app.employeurs.models import Dossier, Employeur, OrganismeEmployeur
from app.organismes.models import Organisme
from app.salaries.models import Contrat, Salarie
from app.socle import journal
from app.socle.errors import FicheIntrouvable, RetablissementImpossible
from app.socle.journal import EntreeJournal, annuler_entree, derniere_entree
from app.socle.transaction import Magasin, Transaction
from tests.integration.socle.conftest import entrees, lire, modifier

pytestmark = pytest.mark.exigence("G5")


def _annuler(magasin: Magasin, numero: int | None = None, objet: str = "employeur") -> None:
    with magasin.transaction("Marie") as t:
        annuler_entree(t.session, numero or derniere_entree(t.session, objet, 1) or 0)


def test_a_change_is_undone_by_a_change(magasin: Magasin) -> None:
    """Old values of the columns changed, dates too; the undoing has its own entry."""
    modifier(magasin, commune="Nîmes", creee_le=date(2001, 2, 28))
    modifier(magasin, creee_le=date(2002, 2, 28), sigle="AM")

    _annuler(magasin)

    with magasin.transaction("lecture") as t:
        fiche = t.session.get_one(Employeur, 1)
        derniere = entrees(t)[-1]
    assert (fiche.commune, fiche.creee_le, fiche.sigle) == ("Nîmes", date(2001, 2, 28), "")
    assert fiche.version == 4
    assert (derniere.par, derniere.action) == ("Marie", "modification")
    assert derniere.valeurs_avant() == {"creee_le": "2002-02-28", "sigle": "AM"}


def test_an_undoing_can_be_undone(magasin: Magasin) -> None:
    """It is a change like any other."""
    modifier(magasin, commune="Nîmes")
    _annuler(magasin)
    _annuler(magasin)

    assert lire(magasin) == "Nîmes"


def test_an_older_change_is_undone_when_its_columns_did_not_change_since(magasin: Magasin) -> None:
    """Other columns keep their later values; the same column refuses."""
    modifier(magasin, commune="Nîmes")
    modifier(magasin, sigle="AM")
    with magasin.transaction("lecture") as t:
        premiere, seconde = (e.id for e in entrees(t)[1:])
    _annuler(magasin, premiere)

    modifier(magasin, sigle="AMIS")
    with pytest.raises(RetablissementImpossible) as refus:
        _annuler(magasin, seconde)

    assert (lire(magasin), lire(magasin, "sigle")) == ("Lyon", "AMIS")
    assert refus.value.texte() == (
        "Ce changement ne peut pas être annulé\u00a0: ces champs ont encore changé depuis."
    )


def test_a_deleted_record_comes_back_under_its_number(magasin: Magasin) -> None:
    """With every value and its search key, even after others were created."""
    with magasin.transaction("Paul") as t:
        t.session.delete(t.session.get_one(Salarie, 1))
    with magasin.transaction("Paul") as t:
        autre = Salarie(employeur_id=1, civilite="m", nom_naissance="Petit", prenoms="Luc")
        t.session.add(autre)
        t.session.flush()
        assert autre.id == 2

    _annuler(magasin, objet="salarie")

    with magasin.transaction("lecture") as t:
        revenue = t.session.get_one(Salarie, 1)
        assert (str(revenue), revenue.ne_le) == ("Durand Anne", date(1990, 5, 31))
        assert "durand" in revenue.recherche
        assert [e.action for e in entrees(t, "salarie")] == ["creation", "suppression", "creation"]


def _supprimer_avec_ses_lignes(magasin: Magasin) -> None:
    with magasin.transaction("Paul") as t:
        for classe in (Contrat, Salarie, OrganismeEmployeur, Employeur):
            for fiche in t.session.scalars(select(classe)):
                t.session.delete(fiche)
            t.session.flush()


def test_what_was_deleted_together_comes_back_together(magasin: Magasin) -> None:
    """A record with the lines that hung on it, parents first."""
    with magasin.transaction("Paul") as t:
        caisse = Organisme(famille="retraite", nom="Caisse")
        t.session.add(caisse)
        t.session.flush()
        ligne = {"employeur_id": 1, "nature": "retraite", "organisme_id": caisse.id}
        t.session.add(OrganismeEmployeur(**ligne))
        t.session.add(
            Contrat(
                salarie_id=1,
                nature="cdi",
                debut_le=date(2026, 1, 1),
                emploi="Animatrice",
                heures_centiemes=15_167,
                salaire_centimes=185_000,
            )
        )
    _supprimer_avec_ses_lignes(magasin)

    _annuler(magasin)

    with magasin.transaction("lecture") as t:
        assert t.session.get_one(Contrat, 1).fin_le == date(9999, 12, 31)
        assert t.session.get_one(OrganismeEmployeur, 1).nature == "retraite"
        assert t.session.get_one(Salarie, 1).prenoms == "Anne"


def test_what_was_moved_to_let_it_go_moves_back(magasin: Magasin) -> None:
    """Rows that the same action had made name another record; not one that changed since."""
    with magasin.transaction("Paul") as t:
        t.session.add_all([Organisme(famille="retraite", nom=nom) for nom in ("Une", "Autre")])
        t.session.flush()
        for rang in (1, 2):
            lien = {"employeur_id": 1, "nature": "retraite", "organisme_id": 1}
            t.session.add(OrganismeEmployeur(**lien, reference=f"R{rang}"))
    with magasin.transaction("Paul") as t:
        for numero in (1, 2):
            t.session.get_one(OrganismeEmployeur, numero).organisme_id = 2
        t.session.flush()
        t.session.delete(t.session.get_one(Organisme, 1))
    with magasin.transaction("Paul") as t:
        t.session.add(Organisme(famille="retraite", nom="Tierce"))
        t.session.flush()
        t.session.get_one(OrganismeEmployeur, 2).organisme_id = 3

    _annuler(magasin, objet="organisme")

    with magasin.transaction("lecture") as t:
        assert t.session.get_one(Organisme, 1).nom == "Une"
        pointees = [t.session.get_one(OrganismeEmployeur, n).organisme_id for n in (1, 2)]
        assert pointees == [1, 3]
        derniere = entrees(t, "organisme_employeur")[-1]
        assert (derniere.action, derniere.objet_id) == ("modification", 1)


def test_what_came_back_already_is_left_as_it_is(magasin: Magasin) -> None:
    """Of two deleted together, one that was brought back and changed keeps its change."""
    _supprimer_avec_ses_lignes(magasin)
    with magasin.transaction("lecture") as t:
        numero = derniere_entree(t.session, "salarie", 1)
    _annuler(magasin, numero)
    with magasin.transaction("Paul") as t:
        t.session.delete(t.session.get_one(Salarie, 1))
        t.session.get_one(Employeur, 1).commune = "Gap"

    _annuler(magasin, numero)

    assert lire(magasin) == "Gap"
    with magasin.transaction("lecture") as t:
        assert t.session.get(Salarie, 1) is not None


def test_a_record_without_journal_is_stamped_all_the_same(
    magasin: Magasin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Version and instant go forward, no entry is written."""
    monkeypatch.setattr(Dossier, "libelle_journal", "")
    with magasin.transaction("Paul") as t:
        t.session.get_one(Dossier, 1).note = "x"

    with magasin.transaction("lecture") as t:
        dossier = t.session.get_one(Dossier, 1)
        assert dossier.version == 2
        assert dossier.modifie_a > dossier.cree_a
        assert len(entrees(t, "dossier")) == 1


def test_a_record_whose_parent_is_gone_does_not_come_back_alone(magasin: Magasin) -> None:
    """Deleted before its parent, in another transaction: the parent first."""
    with magasin.transaction("Paul") as t:
        t.session.delete(t.session.get_one(Salarie, 1))
    _supprimer_avec_ses_lignes(magasin)

    with pytest.raises(RetablissementImpossible) as refus:
        _annuler(magasin, objet="salarie")
    _annuler(magasin, objet="employeur")
    _annuler(magasin, objet="salarie")

    assert "n’existe plus, rétablissez-la d’abord" in refus.value.texte()
    with magasin.transaction("lecture") as t:
        assert t.session.get(Salarie, 1) is not None


def test_a_name_taken_meanwhile_is_said(magasin: Magasin) -> None:
    """Two dossiers of one name are never made by an undoing."""
    with magasin.transaction("Paul") as t:
        t.session.get_one(Dossier, 1).nom = "Ancien"
    with magasin.transaction("Paul") as t:
        t.session.add(Dossier(nom="Dossier d'essai"))

    with pytest.raises(RetablissementImpossible) as refus:
        _annuler(magasin, objet="dossier")

    assert "une autre fiche porte maintenant le même nom" in refus.value.texte()


def test_what_others_forbid_is_said_without_more(magasin: Magasin) -> None:
    """A check of the table that is neither a link nor a name taken."""
    with magasin.transaction("Paul") as t:
        contrat = Contrat(salarie_id=1, nature="cdd", debut_le=date(2026, 1, 1), emploi="Aide")
        contrat.fin_le, contrat.heures_centiemes, contrat.salaire_centimes = date(2026, 2, 1), 1, 1
        t.session.add(contrat)
        t.session.flush()
        contrat.fin_le = date(2026, 6, 30)
        t.session.flush()
        numero = derniere_entree(t.session, "contrat", contrat.id)
        contrat.debut_le = date(2026, 3, 1)

    with pytest.raises(RetablissementImpossible, match="d’autres fiches s’y opposent"):
        _annuler(magasin, numero)


def test_a_creation_is_undone_by_deleting(magasin: Magasin) -> None:
    """The refusal says so."""
    with pytest.raises(RetablissementImpossible, match="supprimez plutôt la fiche"):
        _annuler(magasin)


def test_a_record_that_exists_does_not_come_back_twice(magasin: Magasin) -> None:
    """The same deletion undone again."""
    with magasin.transaction("Paul") as t:
        t.session.delete(t.session.get_one(Salarie, 1))
        t.session.flush()
        numero = derniere_entree(t.session, "salarie", 1)
    _annuler(magasin, numero)

    with pytest.raises(RetablissementImpossible, match="la fiche existe déjà"):
        _annuler(magasin, numero)


def test_a_change_of_a_record_that_is_gone_is_not_undone(magasin: Magasin) -> None:
    """Nor is an entry that does not exist, nor one of a table that we do not know."""
    with magasin.transaction("Paul") as t:
        t.session.get_one(Salarie, 1).commune = "Dax"
        t.session.flush()
        numero = derniere_entree(t.session, "salarie", 1)
        t.session.delete(t.session.get_one(Salarie, 1))

    with pytest.raises(FicheIntrouvable, match="La fiche concernée n’existe pas"):
        _annuler(magasin, numero)
    with pytest.raises(FicheIntrouvable, match="Cette ligne du journal"):
        _annuler(magasin, 999)
    with pytest.raises(FicheIntrouvable, match="La table ancienne"):
        journal.classe_de("ancienne")


def _ajouter_entree(t: Transaction, **valeurs: object) -> int:
    entree = EntreeJournal(
        moment=datetime(2020, 1, 1),  # noqa: DTZ001 -- stored naive, UTC
        par="Ancien",
        objet="employeur",
        objet_id=1,
        **valeurs,
    )
    t.session.add(entree)
    t.session.flush()
    return entree.id


def test_columns_of_an_older_schema_do_not_stop_an_undoing(magasin: Magasin) -> None:
    """What exists no more is left out."""
    with magasin.transaction("Paul") as t:
        numero = _ajouter_entree(
            t,
            action="modification",
            avant='{"ancienne":"a","commune":"Arles"}',
            apres='{"ancienne":"b","commune":"Lyon"}',
        )

    _annuler(magasin, numero)

    assert lire(magasin) == "Arles"

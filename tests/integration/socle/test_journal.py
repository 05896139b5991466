"""The journal: every change of a record, in the same transaction, and its undoing."""

import sqlite3
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import load_only

from app.employeurs.models import Dossier, Employeur
from app.salaries.models import Salarie
from app.socle import horloge, journal
from app.socle.errors import ModifieEntreTemps
from app.socle.fiches import inserer_en_masse
from app.socle.journal import EntreeJournal, derniere_entree
from app.socle.reference import DonneesReference
from app.socle.taches import Tache
from app.socle.transaction import Magasin, Transaction
from tests.integration.socle.conftest import entrees, lire, modifier

pytestmark = pytest.mark.exigence("G5")


def test_a_creation_is_written_whole(magasin: Magasin) -> None:
    """Who, when, what, and every value, in the transaction of the record."""
    avant = horloge.maintenant().replace(tzinfo=None)
    with magasin.transaction("Paul") as t:
        t.session.add(Dossier(nom="Nouveau"))
        t.session.flush()
        numero = t.session.scalars(select(Dossier.id).where(Dossier.nom == "Nouveau")).one()

    with magasin.transaction("lecture") as t:
        (entree,) = entrees(t, "dossier", numero)
        fiche = t.session.get_one(Dossier, numero)

    assert (entree.par, entree.action, entree.objet) == ("Paul", "creation", "dossier")
    assert avant <= entree.moment <= datetime.now(UTC).replace(tzinfo=None)  # noqa: TID251 -- the test's own clock
    assert entree.designation == "Nouveau"
    assert entree.valeurs_avant() == {}
    assert entree.valeurs_apres() == {
        "id": numero,
        "nom": "Nouveau",
        "note": "",
        "archive_le": None,
    }
    assert fiche.version == 1
    assert fiche.cree_a == fiche.modifie_a == entree.moment


def test_a_change_keeps_only_what_changed(magasin: Magasin) -> None:
    """Before and after of the columns changed; version and instant go forward."""
    modifier(magasin, commune="Nîmes", creee_le=date(2001, 2, 28))

    with magasin.transaction("lecture") as t:
        _, entree = entrees(t)
        fiche = t.session.get_one(Employeur, 1)

    assert entree.action == "modification"
    assert entree.valeurs_avant() == {"commune": "Lyon", "creee_le": None}
    assert entree.valeurs_apres() == {"commune": "Nîmes", "creee_le": "2001-02-28"}
    assert fiche.version == 2
    assert fiche.modifie_a == entree.moment > fiche.cree_a


def test_a_deletion_keeps_all_that_was_lost(magasin: Magasin) -> None:
    """Every column, as the base held it."""
    with magasin.transaction("Paul") as t:
        t.session.delete(t.session.get_one(Salarie, 1))

    with magasin.transaction("lecture") as t:
        entree = entrees(t, "salarie")[-1]

    avant = entree.valeurs_avant()
    assert (entree.action, entree.designation) == ("suppression", "Durand Anne")
    assert avant["ne_le"] == "1990-05-31"
    assert entree.valeurs_apres() == {}
    assert set(avant) == set(Salarie.__table__.columns.keys()) - {
        "recherche",
        "version",
        "cree_a",
        "modifie_a",
    }


def test_nothing_is_written_when_the_transaction_fails(magasin: Magasin) -> None:
    """The entry lives and dies with its change."""

    def echouer(t: Transaction) -> None:
        t.session.get_one(Employeur, 1).commune = "Brest"
        t.session.flush()
        assert len(entrees(t)) == 2
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), magasin.transaction("Paul") as t:
        echouer(t)

    with magasin.transaction("lecture") as t:
        assert len(entrees(t)) == 1
        assert t.session.get_one(Employeur, 1).commune == "Lyon"
        assert t.session.get_one(Employeur, 1).version == 1


def test_what_does_not_change_is_not_written(magasin: Magasin) -> None:
    """The same value, a value changed and changed back, a derived column alone."""
    with magasin.transaction("Paul") as t:
        fiche = t.session.get_one(Employeur, 1)
        fiche.commune = "Lyon"
        fiche.sigle, fiche.sigle = "X", ""
        fiche.recherche = "autre"

    with magasin.transaction("lecture") as t:
        assert len(entrees(t)) == 1
        assert t.session.get_one(Employeur, 1).version == 1


def test_several_changes_in_one_flush_make_one_entry(magasin: Magasin) -> None:
    """From the first value to the last."""
    with magasin.transaction("Paul") as t:
        fiche = t.session.get_one(Employeur, 1)
        fiche.commune = "Metz"
        fiche.commune = "Nancy"

    with magasin.transaction("lecture") as t:
        _, entree = entrees(t)

    assert (entree.valeurs_avant(), entree.valeurs_apres()) == (
        {"commune": "Lyon"},
        {"commune": "Nancy"},
    )


def test_several_flushes_make_a_chain_of_entries(magasin: Magasin) -> None:
    """Each begins where the one before ended; the version counts them."""
    with magasin.transaction("Paul") as t:
        fiche = t.session.get_one(Employeur, 1)
        for commune in ("Metz", "Nancy", "Toul"):
            fiche.commune = commune
            t.session.flush()

    with magasin.transaction("lecture") as t:
        suite = [(e.valeurs_avant(), e.valeurs_apres()) for e in entrees(t)[1:]]
        assert t.session.get_one(Employeur, 1).version == 4

    communes = ["Lyon", "Metz", "Nancy", "Toul"]
    assert [(a["commune"], b["commune"]) for a, b in suite] == list(pairwise(communes))


def test_a_record_made_and_changed_before_it_is_written_is_one_creation(magasin: Magasin) -> None:
    """And one made and dropped is nothing at all."""
    with magasin.transaction("Paul") as t:
        dossier, jamais = Dossier(nom="A"), Dossier(nom="Jamais")
        t.session.add_all([dossier, jamais])
        dossier.nom = "B"
        t.session.expunge(jamais)
        t.session.flush()
        dossier.nom = "C"
        numero = dossier.id

    with magasin.transaction("lecture") as t:
        creation, modification = entrees(t, "dossier", numero)
        assert t.session.scalar(select(Dossier).where(Dossier.nom == "Jamais")) is None

    assert creation.valeurs_apres()["nom"] == "B"
    assert modification.valeurs_avant() == {"nom": "B"}


def test_a_column_set_without_being_read_is_written(magasin: Magasin) -> None:
    """Expired or not loaded, the base is asked what it held."""
    with magasin.transaction("Paul") as t:
        fiche = t.session.get_one(Employeur, 1)
        t.session.expire(fiche)
        fiche.commune = "Sète"
        fiche.sigle = ""
        t.session.flush()
    with magasin.transaction("Paul") as t:
        partielle = t.session.scalars(select(Employeur).options(load_only(Employeur.sigle))).one()
        partielle.commune = "Agde"

    with magasin.transaction("lecture") as t:
        suite = [(e.valeurs_avant(), e.valeurs_apres()) for e in entrees(t)[1:]]
        assert t.session.get_one(Employeur, 1).version == 3

    assert suite == [
        ({"commune": "Lyon"}, {"commune": "Sète"}),
        ({"commune": "Sète"}, {"commune": "Agde"}),
    ]


def test_a_record_changed_then_deleted_is_kept_as_the_base_held_it(magasin: Magasin) -> None:
    """What was never written is not what comes back."""
    with magasin.transaction("Paul") as t:
        salarie = t.session.get_one(Salarie, 1)
        salarie.commune = "Jamais enregistrée"
        t.session.delete(salarie)

    with magasin.transaction("lecture") as t:
        assert entrees(t, "salarie")[-1].valeurs_avant()["commune"] == ""


def test_a_flush_that_failed_leaves_no_entry_to_the_next(magasin: Magasin) -> None:
    """A savepoint taken back takes its entries with it."""
    with magasin.transaction("Paul") as t:
        t.session.get_one(Employeur, 1).sigle = "AM"
        t.session.flush()
        point = t.session.begin_nested()
        t.session.add(Dossier(nom="Dossier d'essai"))
        with pytest.raises(IntegrityError):
            t.session.flush()
        point.rollback()
        t.session.get_one(Employeur, 1).commune = "Pau"

    with magasin.transaction("lecture") as t:
        assert [e.valeurs_apres() for e in entrees(t)[1:]] == [{"sigle": "AM"}, {"commune": "Pau"}]
        noms = t.session.scalars(select(EntreeJournal.designation)).all()
    assert noms.count("Dossier d'essai") == 1


def test_rows_inserted_at_once_are_journalled_like_the_others(magasin: Magasin) -> None:
    """One whole creation a row, defaults included, even when rows name different columns."""
    fiches = [
        {"employeur_id": 1, "civilite": "m", "nom_naissance": "Un", "prenoms": "Luc", "inconnu": 1},
        {"employeur_id": 1, "civilite": "mme", "nom_naissance": "Deux", "prenoms": "Zoé"}
        | {"nationalite": "Belge", "ne_le": date(2000, 2, 29)},
    ]

    with magasin.transaction("Import") as t:
        numeros = inserer_en_masse(t, Salarie, fiches)
        assert inserer_en_masse(t, Salarie, []) == []

    with magasin.transaction("lecture") as t:
        (un,), (deux,) = (entrees(t, "salarie", n) for n in numeros)
        premiere = t.session.get_one(Salarie, numeros[0])
        assert premiere.nationalite == "Française"
        assert premiere.version == 1
        assert premiere.cree_a == un.moment
    assert (un.action, un.par, un.designation) == ("creation", "Import", "Un Luc")
    assert un.valeurs_apres()["nationalite"] == "Française"
    assert un.valeurs_apres()["id"] == numeros[0]
    assert set(un.valeurs_apres()) == set(deux.valeurs_apres())
    assert "recherche" not in un.valeurs_apres()
    assert deux.valeurs_apres()["ne_le"] == "2000-02-29"


def test_rows_of_a_table_without_journal_are_inserted_without_entries(magasin: Magasin) -> None:
    """Reference data and jobs are not people's records."""
    with magasin.transaction("essai") as t:
        journal.noter_creations(t.session, DonneesReference, [1], [{"cle": "x"}])
        t.session.add(DonneesReference(cle="x", empreinte="y"))

    with magasin.transaction("lecture") as t:
        assert entrees(t, "donnees_reference") == []


@pytest.mark.parametrize(
    "ordre",
    [
        update(Employeur).values(commune="X"),
        delete(Salarie),
        insert(Dossier).values(nom="X", note="", version=1),
    ],
    ids=["update", "delete", "insert"],
)
def test_nothing_changes_behind_the_back_of_the_journal(magasin: Magasin, ordre) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 -- three kinds of statement
    """A statement on many journalled rows is a bug, unless its caller writes the entries."""
    with (
        pytest.raises(RuntimeError, match="without journal entries"),
        magasin.transaction("Paul") as t,
    ):
        t.session.execute(ordre)


def test_statements_on_many_rows_stay_possible_where_nothing_is_journalled(
    magasin: Magasin,
) -> None:
    """Jobs, reference data, and callers that keep the journal themselves."""
    with magasin.transaction("Paul") as t:
        t.session.execute(update(Tache).values(message=""))
        t.session.execute(update(Employeur).values(sigle="TENU"), execution_options=journal.TENU)
        t.session.execute(select(Employeur))

    assert lire(magasin, "sigle") == "TENU"


def test_of_two_who_change_one_version_the_second_is_refused(magasin: Magasin) -> None:
    """Nothing is overwritten unseen: neither by a change nor by a deletion."""

    def changer(lent: Transaction) -> None:
        fiche = lent.session.get_one(Employeur, 1)
        modifier(magasin, commune="Vite")
        fiche.commune = "Lent"

    def supprimer(lent: Transaction) -> None:
        salarie = lent.session.get_one(Salarie, 1)
        with magasin.transaction("Marie") as t:
            t.session.get_one(Salarie, 1).commune = "Vite"
        lent.session.delete(salarie)

    for faire in (changer, supprimer):
        with pytest.raises(ModifieEntreTemps), magasin.transaction("Paul") as t:
            faire(t)

    assert lire(magasin) == "Vite"
    with magasin.transaction("lecture") as t:
        assert [e.par for e in entrees(t)] == ["préparation", "Paul"]
        assert t.session.get(Salarie, 1) is not None


def test_instants_come_back_as_instants() -> None:
    """JSON keeps dates and instants as text; each gets its type back."""
    instant = datetime(2026, 1, 2, 3, 4, 5, 6)  # noqa: DTZ001 -- stored naive, UTC

    valeurs = journal._convertir(Tache, {"debut_a": instant.isoformat(), "fin_a": None})

    assert valeurs == {"debut_a": instant, "fin_a": None}
    with pytest.raises(TypeError, match="bytes"):
        journal._json({"x": b"y"})


def test_the_journal_is_read_latest_first(magasin: Magasin) -> None:
    """With a limit; a record without history has no last entry."""
    for sigle in "ABC":
        modifier(magasin, sigle=sigle)

    with magasin.transaction("lecture") as t:
        deux = journal.lire(t.session, "employeur", 1, limite=2)
        assert [e.valeurs_apres()["sigle"] for e in deux] == ["C", "B"]
        assert derniere_entree(t.session, "employeur", 1) == deux[0].id
        assert derniere_entree(t.session, "employeur", 999) is None


def test_the_entry_is_in_the_file_with_its_record(magasin: Magasin, chemin: Path) -> None:
    """Another program sees both or none."""
    dehors = sqlite3.connect(chemin)
    compter = "SELECT (SELECT count(*) FROM dossier), (SELECT count(*) FROM journal)"
    dossiers, lignes = dehors.execute(compter).fetchone()

    with magasin.transaction("Paul") as t:
        t.session.add(Dossier(nom="Ensemble"))
        t.session.flush()
        assert dehors.execute(compter).fetchone() == (dossiers, lignes)

    assert dehors.execute(compter).fetchone() == (dossiers + 1, lignes + 1)
    dehors.close()

"""What services share about records."""

from datetime import date

import pytest

from app.employeurs.models import Dossier, Employeur
from app.noyau.erreurs import Constat, DonneesRefusees
from app.socle import fiches, reference
from app.socle.errors import ModifieEntreTemps
from app.socle.transaction import Magasin
from tests.integration.socle.conftest import entrees


def test_a_form_with_defects_stops() -> None:
    """With every finding; without any, nothing happens."""
    constat = Constat("TST-001", "Défaut.", champ="nom")

    with pytest.raises(DonneesRefusees) as refus:
        fiches.exiger([constat])
    fiches.exiger([])

    assert refus.value.constats == (constat,)


def test_equal_values_are_left_alone(magasin: Magasin) -> None:
    """So that the journal tells what changed, and nothing else."""
    with magasin.transaction("Paul") as t:
        fiche = t.session.get_one(Employeur, 1)
        fiches.remplir(fiche, {"commune": "Lyon", "creee_le": date(2001, 1, 1)})
        assert t.session.is_modified(fiche)
    with magasin.transaction("lecture") as t:
        assert entrees(t)[-1].valeurs_apres() == {"creee_le": "2001-01-01"}


def test_the_values_of_a_row_are_given_by_column(magasin: Magasin) -> None:
    """All columns, technical ones too."""
    with magasin.transaction("lecture") as t:
        valeurs = fiches.valeurs_de(t.session.get_one(Dossier, 1))

    assert set(valeurs) == set(Dossier.__table__.columns.keys())
    assert (valeurs["nom"], valeurs["version"]) == ("Dossier d'essai", 1)


def test_a_record_that_changed_since_it_was_seen_is_refused(magasin: Magasin) -> None:
    """None: the version was not asked about."""
    with magasin.transaction("lecture") as t:
        fiche = t.session.get_one(Dossier, 1)

    fiches.exiger_version(fiche, 1)
    fiches.exiger_version(fiche, None)
    with pytest.raises(ModifieEntreTemps):
        fiches.exiger_version(fiche, 2)


def test_a_search_key_joins_what_is_known() -> None:
    """Without accents, empty texts left out."""
    assert fiches.cle_de_recherche("Éva", "", "L’Île") == "eva l'ile"


def test_a_list_is_cut_into_pieces() -> None:
    """Each as long as one statement can hold; none of nothing."""
    assert [list(m) for m in fiches.en_chunks(range(7), 3)] == [[0, 1, 2], [3, 4, 5], [6]]
    assert list(fiches.en_chunks([])) == []


def test_many_rows_keep_their_order(magasin: Magasin) -> None:
    """The numbers returned are those of the rows given, however many statements it takes."""
    with magasin.transaction("Import") as t:
        noms = [f"Dossier {i}" for i in range(1_500)]
        numeros = fiches.inserer_en_masse(t, Dossier, ({"nom": n} for n in noms))
        relus = [t.session.get_one(Dossier, n).nom for n in numeros]

    assert relus == noms


def test_reference_data_are_known_by_their_digest(magasin: Magasin) -> None:
    """Loaded again only when the file changed."""
    with magasin.transaction("système") as t:
        assert not reference.est_a_jour(t.session, "essai", "a")
        reference.noter(t.session, "essai", "a")
        t.session.flush()
        assert reference.est_a_jour(t.session, "essai", "a")
        reference.noter(t.session, "essai", "b")
        t.session.flush()
        assert not reference.est_a_jour(t.session, "essai", "a")

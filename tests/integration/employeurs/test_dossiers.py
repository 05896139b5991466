"""Dossiers: created, renamed, archived, deleted when empty, brought back."""

import pytest

from app.assemblage import Programme
from app.employeurs import service
from app.employeurs.errors import DossierEnDouble, DossierIntrouvable, DossierNonVide
from app.noyau.erreurs import DonneesRefusees
from app.socle.errors import ModifieEntreTemps
from app.socle.journal import annuler_entree
from app.socle.listes import Vue


@pytest.mark.exigence("B1")
def test_dossiers_are_listed_by_name_with_their_employers(
    programme: Programme, dossier: int, employeur: int
) -> None:
    """Accents do not count in the order; archived employers are counted apart."""
    with programme.transaction() as t:
        service.creer_dossier(t, {"nom": "Écoles"})
        autre = service.creer_employeur(t, dossier, {"raison_sociale": "Aviron"})
        service.archiver_employeur(t, autre, archive=True)
        liste = service.lister_dossiers(t)

    assert [(d.nom, d.employeurs, d.archives) for d in liste] == [("Écoles", 0, 0), ("Sport", 1, 1)]
    assert employeur != autre


def test_two_dossiers_never_bear_the_same_name(programme: Programme, dossier: int) -> None:
    """Capitals, accented ones included, do not make another name."""
    with programme.transaction() as t:
        service.creer_dossier(t, {"nom": "Été"})
    for nom in ("sport", "ÉTÉ"):
        with pytest.raises(DossierEnDouble), programme.transaction() as t:
            service.creer_dossier(t, {"nom": nom})
    with programme.transaction() as t:
        service.modifier_dossier(t, dossier, {"nom": "SPORT", "note": "même dossier"})
        assert service.lire_dossier(t, dossier).nom == "SPORT"
        assert service.trouver_dossier(t, " sport ").id == dossier
        assert service.trouver_dossier(t, str(dossier)).nom == "SPORT"
        with pytest.raises(DossierIntrouvable, match="Loisirs"):
            service.trouver_dossier(t, "Loisirs")
        with pytest.raises(DossierIntrouvable):
            service.archiver_dossier(t, 999, archive=True)


def test_a_name_is_needed_and_a_stale_form_is_refused(programme: Programme, dossier: int) -> None:
    """The version seen is the version changed."""
    with pytest.raises(DonneesRefusees), programme.transaction() as t:
        service.creer_dossier(t, {"nom": " "})
    with programme.transaction() as t:
        service.modifier_dossier(t, dossier, {"nom": "Sports"}, version=1)
    with pytest.raises(ModifieEntreTemps), programme.transaction() as t:
        service.modifier_dossier(t, dossier, {"nom": "Loisirs"}, version=1)


@pytest.mark.exigence("B1", "G5")
def test_an_archived_dossier_takes_its_employers_out_of_the_lists(
    programme: Programme, dossier: int, employeur: int
) -> None:
    """They come back with it; nothing was deleted. One undo does it too."""
    with programme.transaction() as t:
        entree = service.archiver_dossier(t, dossier, archive=True)
        assert service.lister_dossiers(t) == []
        assert [d.nom for d in service.lister_dossiers(t, archives=True)] == ["Sport"]
        assert service.lister_employeurs(t, Vue()).total == 0
        archives = service.lister_employeurs(t, Vue(filtres=(("archives", "1"),)))
        assert [(e.id, e.est_archive) for e in archives.lignes] == [(employeur, True)]
        assert service.suggerer_employeurs(t, "judo") == []
        assert service.lire_fiche_employeur(t, employeur).dossier_archive_le == t.aujourd_hui

    with programme.transaction() as t:
        assert entree is not None
        annuler_entree(t.session, entree)
        assert service.lister_employeurs(t, Vue()).total == 1


@pytest.mark.exigence("G5")
def test_only_an_empty_dossier_is_deleted_and_it_comes_back(
    programme: Programme, dossier: int, employeur: int
) -> None:
    """The refusal counts what is inside; the undo gives the same number back."""
    with pytest.raises(DossierNonVide, match="1 employeur"), programme.transaction() as t:
        service.supprimer_dossier(t, dossier)
    with programme.transaction() as t:
        service.supprimer_employeur(t, employeur)
        entree = service.supprimer_dossier(t, dossier)
    with pytest.raises(DossierIntrouvable), programme.transaction() as t:
        service.lire_dossier(t, dossier)
    with programme.transaction() as t:
        assert service.creer_dossier(t, {"nom": "Autre"}) != dossier
        assert entree is not None
        annuler_entree(t.session, entree)
        assert service.lire_dossier(t, dossier).nom == "Sport"

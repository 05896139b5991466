"""The fiche administrative on a real base: write, refuse, archive, delete, undo."""

import json

import pytest

from app.assemblage import Programme
from app.employeurs import service
from app.employeurs.errors import (
    DossierIntrouvable,
    EmployeurEnDouble,
    EmployeurIntrouvable,
    EmployeurNonVide,
)
from app.noyau.erreurs import DonneesRefusees
from app.salaries.service import creer_salarie
from app.socle.errors import ModifieEntreTemps, RetablissementImpossible
from app.socle.journal import annuler_entree, derniere_entree
from app.socle.listes import Vue
from tests.integration.employeurs.conftest import ligne

SIRET = "73282932000074"


@pytest.mark.exigence("B1")
def test_an_employer_is_kept_and_read_in_full(programme: Programme, dossier: int) -> None:
    """Every field of every tab."""
    saisie = {
        "raison_sociale": "L'Éveil",
        "sigle": "EV",
        "forme": "fondation",
        "siret": SIRET,
        "naf": "9499Z",
        "rna": "W751234567",
        "creee_le": "02/01/1990",
        "voie": "1 rue Haute",
        "complement": "Bâtiment B",
        "code_postal": "1000",
        "commune": "Bourg-en-Bresse",
        "telephone": "04 74 00 00 00",
        "courriel": "contact@eveil.fr",
        "representant": "Ana Roy",
        "qualite": "Présidente",
        "effectif": "12",
        "premiere_embauche_le": "01/09/1991",
        "taux_at_millioniemes": "2,11",
        "idcc": "1518",
        "opco": "Uniformation",
        "opco_adherent": "A-1",
        "opco_depuis_le": "01/04/2019",
        "titulaire": "L'Éveil",
        "iban": "FR7630006000011234567890189",
        "bic": "AGRIFRPP",
    }
    with programme.transaction() as t:
        numero = service.creer_employeur(t, dossier, saisie)
    with programme.transaction() as t:
        fiche = service.lire_fiche_employeur(t, numero)

    assert (fiche.raison_sociale, fiche.dossier, fiche.version) == ("L'Éveil", "Sport", 1)
    assert fiche.valeurs["code_postal"] == "01000"
    assert fiche.valeurs["taux_at_millioniemes"] == 21_100
    assert fiche.valeurs["effectif"] == 12
    assert str(fiche.valeurs["opco_depuis_le"]) == "2019-04-01"
    assert all(fiche.valeurs[nom] not in {None, ""} for nom in saisie)


@pytest.mark.exigence("B1", "G5")
def test_an_employer_goes_to_another_dossier(
    programme: Programme, dossier: int, employeur: int
) -> None:
    """The journal names both dossiers; a double SIRET or an unknown dossier is refused."""
    with programme.transaction() as t:
        autre = service.creer_dossier(t, {"nom": "Loisirs"})
        service.deplacer_employeur(t, employeur, autre)
    with programme.transaction() as t:
        assert service.lire_fiche_employeur(t, employeur).dossier == "Loisirs"
        derniere = service.lire_journal(t, employeur)[0]
        service.creer_employeur(t, dossier, {"raison_sociale": "Double", "siret": SIRET})
    assert [(c.libelle, c.avant, c.apres) for c in derniere.changements] == [
        ("Dossier", "Sport", "Loisirs")
    ]
    with pytest.raises(EmployeurEnDouble), programme.transaction() as t:
        service.deplacer_employeur(t, employeur, dossier)
    with pytest.raises(DossierIntrouvable), programme.transaction() as t:
        service.deplacer_employeur(t, employeur, 999)


def test_refusals_write_nothing(programme: Programme, dossier: int, employeur: int) -> None:
    """Defects, no dossier, an unknown one, a SIRET that is taken."""
    with pytest.raises(DonneesRefusees) as refus, programme.transaction() as t:
        service.creer_employeur(t, None, {"raison_sociale": "", "siret": "123"})
    assert [c.champ for c in refus.value.constats] == ["dossier", "raison_sociale", "siret"]
    with pytest.raises(DossierIntrouvable), programme.transaction() as t:
        service.creer_employeur(t, 999, {"raison_sociale": "X"})
    with pytest.raises(EmployeurEnDouble) as double, programme.transaction() as t:
        service.creer_employeur(t, dossier, {"raison_sociale": "X", "siret": SIRET})
    assert double.value.champ == "siret"
    assert "Judo club de Brest" in double.value.texte()
    with programme.transaction() as t:
        assert service.lister_employeurs(t, Vue()).total == 1
        assert service.lire_fiche_employeur(t, employeur).version == 1


def test_the_same_siret_may_stand_in_another_dossier(programme: Programme, employeur: int) -> None:
    """Two tiers may keep the same association apart."""
    with programme.transaction() as t:
        autre = service.creer_dossier(t, {"nom": "Autre"})
        numero = service.creer_employeur(t, autre, {"raison_sociale": "Judo", "siret": SIRET})
    assert numero != employeur


def test_a_siret_moves_freely_but_never_to_a_neighbour(
    programme: Programme, dossier: int, employeur: int
) -> None:
    """One's own number may be saved again; another's is refused beside the field."""
    with programme.transaction() as t:
        service.modifier_employeur(t, employeur, {"raison_sociale": "Judo", "siret": SIRET})
        autre = service.creer_employeur(t, dossier, {"raison_sociale": "Aviron"})
    with pytest.raises(EmployeurEnDouble), programme.transaction() as t:
        service.modifier_employeur(t, autre, {"raison_sociale": "Aviron", "siret": SIRET})


@pytest.mark.exigence("G5")
def test_a_tab_changes_its_own_fields_and_the_journal_says_which(
    programme: Programme, employeur: int
) -> None:
    """Before and after of the changed field alone, by whom; the version moves."""
    with programme.transaction() as t:
        saisie = {"titulaire": "Judo club", "iban": "", "bic": ""}
        service.modifier_employeur(t, employeur, saisie, version=1)
    with programme.transaction() as t:
        fiche = service.lire_fiche_employeur(t, employeur)
        derniere = service.lire_journal(t, employeur)[0]

    assert (fiche.version, fiche.valeurs["siret"]) == (2, SIRET)
    assert derniere.entree.par == programme.par
    assert [(c.libelle, c.avant, c.apres) for c in derniere.changements] == [
        ("Titulaire du compte", "—", "Judo club")
    ]
    assert derniere.annulable


def test_a_change_that_changes_nothing_leaves_no_trace(
    programme: Programme, employeur: int
) -> None:
    """Saving a form as it was is no modification."""
    with programme.transaction() as t:
        service.modifier_employeur(t, employeur, {"sigle": " ", "naf": "93.12 Z"}, version=1)
        assert service.lire_fiche_employeur(t, employeur).version == 1
        assert [e.entree.action for e in service.lire_journal(t, employeur)] == ["creation"]


def test_a_stale_form_is_refused(programme: Programme, employeur: int) -> None:
    """Somebody saved meanwhile: the second one is told, nothing is overwritten."""
    with programme.transaction() as t:
        service.modifier_employeur(t, employeur, {"sigle": "JCB"}, version=1)
    with pytest.raises(ModifieEntreTemps), programme.transaction() as t:
        service.modifier_employeur(t, employeur, {"sigle": "XXX"}, version=1)
    with programme.transaction() as t:
        assert service.lire_fiche_employeur(t, employeur).valeurs["sigle"] == "JCB"


@pytest.mark.exigence("G5")
def test_undoing_a_change_keeps_the_search_true(programme: Programme, employeur: int) -> None:
    """A renamed employer is found by its new name; after the undo, by the old one only."""
    with programme.transaction() as t:
        service.modifier_employeur(t, employeur, {"raison_sociale": "Aïkido de Brest"})
        assert service.lister_employeurs(t, Vue(recherche="aikido")).total == 1
        entree = derniere_entree(t.session, "employeur", employeur)
    with programme.transaction() as t:
        assert entree is not None
        annuler_entree(t.session, entree)
    with programme.transaction() as t:
        assert service.lister_employeurs(t, Vue(recherche="aikido")).total == 0
        assert service.lister_employeurs(t, Vue(recherche="judo")).total == 1


@pytest.mark.exigence("G5")
def test_a_change_made_over_cannot_be_undone(programme: Programme, employeur: int) -> None:
    """The journal does not offer it, the undo refuses it."""
    with programme.transaction() as t:
        service.modifier_employeur(t, employeur, {"sigle": "A"})
        premiere = derniere_entree(t.session, "employeur", employeur)
        service.modifier_employeur(t, employeur, {"sigle": "B"})
        lignes = {e.entree.id: e.annulable for e in service.lire_journal(t, employeur)}
    assert premiere is not None
    assert not lignes[premiere]
    with pytest.raises(RetablissementImpossible), programme.transaction() as t:
        annuler_entree(t.session, premiere)


@pytest.mark.exigence("B1", "G5")
def test_an_employer_is_archived_and_brought_back(programme: Programme, employeur: int) -> None:
    """Out of the lists and of the suggestions, still readable; the journal has both."""
    with programme.transaction() as t:
        service.archiver_employeur(t, employeur, archive=True)
        assert service.lister_employeurs(t, Vue()).total == 0
        assert service.suggerer_employeurs(t, "") == []
        assert service.lire_fiche_employeur(t, employeur).est_archive
        service.archiver_employeur(t, employeur, archive=False)
        assert service.lister_employeurs(t, Vue()).total == 1
        libelles = [c.libelle for e in service.lire_journal(t, employeur) for c in e.changements]
    assert libelles[:2] == ["Archivage", "Archivage"]


@pytest.mark.exigence("G5")
def test_a_deleted_employer_comes_back_whole_with_one_undo(
    programme: Programme, employeur: int
) -> None:
    """Its organismes too, under their own numbers, which nothing took; search finds it."""
    with programme.transaction() as t:
        for nom in ("Mutex", "Aésio"):
            service.ajouter_organisme(t, employeur, ligne(t, "prevoyance", nom))
        avant = service.lister_organismes(t, employeur)
    with programme.transaction() as t:
        entree = service.supprimer_employeur(t, employeur)
    with pytest.raises(EmployeurIntrouvable), programme.transaction() as t:
        service.lire_fiche_employeur(t, employeur)
    with programme.transaction() as t:
        dossier = service.lister_dossiers(t)[0].id
        neuf = service.creer_employeur(t, dossier, {"raison_sociale": "Neuf"})
        service.ajouter_organisme(t, neuf, ligne(t, "mutuelle", "Autre"))
    assert neuf != employeur

    with programme.transaction() as t:
        assert entree is not None
        annuler_entree(t.session, entree)
    with programme.transaction() as t:
        apres = service.lister_organismes(t, employeur)
        assert [(o.id, o.nom) for o in apres] == [(o.id, o.nom) for o in avant]
        assert service.lister_employeurs(t, Vue(recherche="judo brest")).total == 1
        assert len(service.lister_organismes(t, neuf)) == 1


@pytest.mark.exigence("G5")
def test_an_undo_that_other_records_forbid_is_refused(
    programme: Programme, dossier: int, employeur: int
) -> None:
    """The dossier is gone: its employer cannot come back before it."""
    with programme.transaction() as t:
        perdu = service.supprimer_employeur(t, employeur)
    with programme.transaction() as t:
        service.supprimer_dossier(t, dossier)
    assert perdu is not None
    with pytest.raises(RetablissementImpossible), programme.transaction() as t:
        annuler_entree(t.session, perdu)


def test_an_employer_with_employees_is_not_deleted(programme: Programme, employeur: int) -> None:
    """Not even with archived ones; the refusal counts them and offers to archive."""
    with programme.transaction() as t:
        creer_salarie(t, employeur, {"civilite": "m", "nom_naissance": "Roy", "prenoms": "Luc"})
    with pytest.raises(EmployeurNonVide, match="1 salarié") as refus, programme.transaction() as t:
        service.supprimer_employeur(t, employeur)
    assert refus.value.code == "EMP-105"
    assert "Archivez" in refus.value.texte_remede()
    with programme.transaction() as t:
        assert service.lister_employeurs(t, Vue()).lignes[0].salaries == 1


def test_the_journal_keeps_what_brings_a_deleted_record_back(
    programme: Programme, employeur: int, lire: object
) -> None:
    """Every column but the derived and technical ones."""
    assert callable(lire)
    with programme.transaction() as t:
        service.supprimer_employeur(t, employeur)
    [(avant,)] = lire("SELECT avant FROM journal WHERE action = 'suppression'")
    gardees = set(json.loads(avant))
    assert {"id", "dossier_id", "raison_sociale", "siret", "archive_le"} <= gardees
    assert not gardees & {"recherche", "version", "cree_a", "modifie_a"}

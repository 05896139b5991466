"""Organismes on a real base: create, refuse, use, archive, delete, merge, undo."""

import pytest

from app.assemblage import Programme
from app.employeurs import service as employeurs
from app.noyau.erreurs import DonneesRefusees
from app.organismes import service
from app.organismes.errors import (
    FamilleUtilisee,
    FusionRefusee,
    OrganismeEnDouble,
    OrganismeIntrouvable,
    OrganismeUtilise,
)
from app.socle.errors import ModifieEntreTemps
from app.socle.journal import annuler_entree
from app.socle.listes import Vue

MUTEX = {
    "famille": "prevoyance",
    "nom": "Mutex",
    "code_dsn": "529219040",
    "siren": "529 219 040",
    "voie": "140 avenue de la République",
    "code_postal": "92320",
    "commune": "Châtillon",
    "telephone": "01 23 45 67 89",
    "courriel": "contact@mutex.fr",
    "site": "www.mutex.fr",
    "note": "Contrat de branche",
}


@pytest.mark.exigence("P3")
def test_a_caisse_is_created_found_and_changed(programme: Programme) -> None:
    """Every field is kept; it is in the list, found by word, code and commune."""
    with programme.transaction() as t:
        numero = service.creer_organisme(t, MUTEX)
    with programme.transaction() as t:
        valeurs = service.lire_fiche(t, numero).valeurs
        assert valeurs["siren"] == "529219040"
        assert valeurs["telephone"] == "0123456789"
        for recherche in ("mutex", "529219040", "chatillon", ""):
            liste = service.lister_organismes(t, "prevoyance", Vue(recherche=recherche))
            assert [x.organisme.nom for x in liste.lignes] == ["Mutex"], recherche
        assert service.lister_organismes(t, "urssaf", Vue()).total == 0
        service.modifier_organisme(t, numero, MUTEX | {"nom": "Mutex SA"}, version=1)
    with pytest.raises(ModifieEntreTemps), programme.transaction() as t:
        service.modifier_organisme(t, numero, MUTEX, version=1)
    with programme.transaction() as t:
        assert service.choix_d_organismes(t, "prevoyance") == [(str(numero), "Mutex SA")]
        (changement, _) = service.lire_journal(t, numero)
        assert [(c.avant, c.apres) for c in changement.changements] == [("Mutex", "Mutex SA")]


@pytest.mark.exigence("P3")
def test_a_name_is_unique_in_its_family(programme: Programme) -> None:
    """Neither case nor accents tell two apart; the refusal names the existing one."""
    with programme.transaction() as t:
        numero = service.creer_organisme(t, MUTEX | {"nom": "Aésio"})
        service.creer_organisme(t, {"famille": "mutuelle", "nom": "Aésio"})
        service.archiver_organisme(t, numero, archive=True)
        autre = service.creer_organisme(t, {"famille": "prevoyance", "nom": "Klesia"})
    with pytest.raises(OrganismeEnDouble) as refus, programme.transaction() as t:
        service.creer_organisme(t, {"famille": "prevoyance", "nom": "AESIO !"})
    assert (refus.value.organisme_id, refus.value.nom, refus.value.champ) == (
        numero,
        "Aésio",
        "nom",
    )
    assert "archivé le" in refus.value.texte()
    with pytest.raises(OrganismeEnDouble), programme.transaction() as t:
        service.modifier_organisme(t, autre, {"famille": "prevoyance", "nom": "aesio"})
    with pytest.raises(DonneesRefusees) as faux, programme.transaction() as t:
        service.creer_organisme(t, MUTEX | {"siren": "529219041", "code_dsn": "12"})
    assert [c.champ for c in faux.value.constats] == ["siren", "code_dsn"]


@pytest.mark.exigence("P3")
def test_a_caisse_in_use_is_archived_not_deleted(
    programme: Programme, caisses: dict[str, int], employeur: int
) -> None:
    """The refusal says who uses it; its family cannot change; archived, it is offered no more."""
    numero = caisses["Mutex Prévoyance"]
    with pytest.raises(OrganismeUtilise) as refus, programme.transaction() as t:
        service.supprimer_organisme(t, numero)
    assert "1 employeur (Judo club)" in refus.value.texte()
    with pytest.raises(FamilleUtilisee), programme.transaction() as t:
        service.modifier_organisme(t, numero, {"famille": "mutuelle", "nom": "Mutex Prévoyance"})

    with programme.transaction() as t:
        service.archiver_organisme(t, numero, archive=True)
        (usage,) = service.lire_fiche(t, numero).usages
        assert [u.adresse for u in usage.usagers] == [f"/employeurs/{employeur}/organismes"]
        assert [nom for _, nom in service.choix_d_organismes(t, "prevoyance")] == ["Mutex"]
        assert len(service.choix_d_organismes(t, "prevoyance", numero)) == 2
        assert service.lister_organismes(t, "prevoyance", Vue()).total == 1
        archives = Vue(filtres=(("archives", "1"),))
        assert service.lister_organismes(t, "prevoyance", archives).total == 1
        assert [o.nom for o in employeurs.lister_organismes(t, employeur)] == ["Mutex Prévoyance"]


@pytest.mark.exigence("P3", "G5")
def test_a_caisse_that_nobody_uses_is_deleted_and_comes_back(
    programme: Programme, caisses: dict[str, int]
) -> None:
    """Under its own number; its name was free meanwhile."""
    with programme.transaction() as t:
        entree = service.supprimer_organisme(t, caisses["Mutex"])
    with pytest.raises(OrganismeIntrouvable), programme.transaction() as t:
        service.lire_fiche(t, caisses["Mutex"])
    with programme.transaction() as t:
        assert entree is not None
        annuler_entree(t.session, entree)
        assert service.lire_fiche(t, caisses["Mutex"]).nom == "Mutex"


@pytest.mark.exigence("P3", "G5")
def test_a_fusion_re_attaches_completes_and_is_undone_whole(
    programme: Programme, caisses: dict[str, int], employeur: int
) -> None:
    """What was previewed happens; one undo gives the line and the coordinates back."""
    garde, absorbe = caisses["Mutex"], caisses["Mutex Prévoyance"]
    with programme.transaction() as t:
        complete = MUTEX | {"nom": "Mutex Prévoyance"}
        service.modifier_organisme(t, absorbe, complete)
    with programme.transaction() as t:
        apercu = service.apercevoir_fusion(t, garde, absorbe)
        assert [u.en_mots() for u in apercu.usages] == ["1 employeur (Judo club)"]
        assert ("code_dsn", "529219040") in [(c.nom, v) for c, v in apercu.completes]
        paires = [(un.id, autre.id) for un, autre in service.doublons_probables(t, "prevoyance")]
        assert paires == [(garde, absorbe)]
    with programme.transaction() as t:
        fusion = service.fusionner(t, garde, absorbe)
    with programme.transaction() as t:
        (ligne,) = employeurs.lister_organismes(t, employeur)
        assert (ligne.organisme_id, ligne.nom, ligne.valeurs["reference"]) == (
            garde,
            "Mutex",
            "CT-1",
        )
        assert service.lire_fiche(t, garde).valeurs["commune"] == "Châtillon"
        assert service.doublons_probables(t, "prevoyance") == []

    with programme.transaction() as t:
        assert fusion.entree is not None
        annuler_entree(t.session, fusion.entree)
    with programme.transaction() as t:
        (ligne,) = employeurs.lister_organismes(t, employeur)
        assert (ligne.organisme_id, ligne.nom) == (absorbe, "Mutex Prévoyance")
        assert service.lire_fiche(t, garde).valeurs["commune"] == ""


@pytest.mark.exigence("P3")
def test_a_fusion_wants_two_of_one_family(programme: Programme, caisses: dict[str, int]) -> None:
    """The same twice, another family, one that is gone: refused, nothing changes."""
    for garde, absorbe in (("Mutex", "Mutex"), ("Mutex", "Urssaf")):
        with pytest.raises(FusionRefusee), programme.transaction() as t:
            service.fusionner(t, caisses[garde], caisses[absorbe])
    with pytest.raises(OrganismeIntrouvable), programme.transaction() as t:
        service.fusionner(t, caisses["Mutex"], 999)


@pytest.mark.exigence("P3")
def test_the_families_are_counted(programme: Programme, caisses: dict[str, int]) -> None:
    """In use, archived; every family is there, empty ones too."""
    with programme.transaction() as t:
        service.archiver_organisme(t, caisses["Urssaf"], archive=True)
        resumes = {f.famille: (f.organismes, f.archives) for f in service.lister_familles(t)}
    assert resumes["prevoyance"] == (2, 0)
    assert resumes["urssaf"] == (0, 1)
    assert resumes["impots"] == (0, 0)


@pytest.mark.exigence("P3")
def test_known_organismes_say_which_the_table_has(programme: Programme) -> None:
    """Search, pages, and the record of the same name."""
    with programme.transaction() as t:
        numero = service.trouver_ou_creer(t, "prevoyance", "Apicil Prévoyance")
        page = service.lister_modeles(t, "prevoyance", Vue(recherche="apicil prevoyance"))
        tous = service.lister_modeles(t, "mutuelle", Vue(page=999))
        assert service.lire_fiche(t, numero).valeurs["code_dsn"] == "P1031"
    assert page.lignes[0].organisme_id == numero
    assert tous.total > 600
    assert tous.vue.page == tous.pages
    with pytest.raises(OrganismeIntrouvable):
        service.lire_modele(0)
    with pytest.raises(OrganismeIntrouvable):
        service.lire_modele(100_000)

"""The fiche administrative of an employee on a real base: write, refuse, archive, delete, undo."""

import pytest

from app.assemblage import Programme
from app.employeurs.errors import EmployeurIntrouvable
from app.noyau.erreurs import DonneesRefusees
from app.salaries import service
from app.salaries.errors import SalarieAvecContrats, SalarieEnDouble, SalarieIntrouvable
from app.socle.errors import ModifieEntreTemps
from app.socle.journal import annuler_entree, derniere_entree
from app.socle.listes import Vue

CDI = {
    "nature": "cdi",
    "debut_le": "01/09/2025",
    "emploi": "Éducatrice",
    "heures_centiemes": "151,67",
    "salaire_centimes": "1850",
}


@pytest.mark.exigence("B1")
def test_an_employee_is_kept_and_read_in_full(programme: Programme, employeur: int) -> None:
    """Every field of every tab."""
    saisie = {
        "matricule": "0042",
        "civilite": "Monsieur",
        "nom_naissance": "N'Guyen",
        "nom_usage": "Roy",
        "prenoms": "Jean-Luc",
        "ne_le": "01/02/1990",
        "ne_a": "Sète",
        "ne_departement": "34",
        "nationalite": "Belge",
        "situation": "pacse",
        "enfants": "2",
        "voie": "1 rue Haute",
        "complement": "Bâtiment B",
        "code_postal": "34200",
        "commune": "Sète",
        "telephone": "0612345678",
        "courriel": "jl@exemple.fr",
        "iban": "FR7630006000011234567890189",
        "bic": "AGRIFRPP",
    }
    with programme.transaction() as t:
        numero = service.creer_salarie(t, employeur, saisie)
    with programme.transaction() as t:
        fiche = service.lire_fiche_salarie(t, numero)

    assert (fiche.nom, fiche.employeur, fiche.version) == ("Roy Jean-Luc", "Judo club", 1)
    assert fiche.valeurs["matricule"] == "0042"
    assert (fiche.valeurs["civilite"], fiche.valeurs["enfants"]) == ("m", 2)
    assert all(fiche.valeurs[nom] not in {None, ""} for nom in saisie)


def test_refusals_write_nothing(
    programme: Programme, employeur: int, salarie: int, identite: dict[str, str]
) -> None:
    """Defects, no employer, an unknown one, a NIR that is taken at this employer."""
    with pytest.raises(DonneesRefusees) as refus, programme.transaction() as t:
        service.creer_salarie(t, None, {"civilite": "m", "nom_naissance": "X"})
    assert [c.champ for c in refus.value.constats] == ["employeur", "prenoms"]
    with pytest.raises(EmployeurIntrouvable), programme.transaction() as t:
        service.creer_salarie(t, 999, identite)
    with pytest.raises(SalarieEnDouble, match="Roy Léa") as double, programme.transaction() as t:
        service.creer_salarie(t, employeur, identite | {"nom_naissance": "Autre"})
    assert (double.value.code, double.value.champ) == ("SAL-103", "nir")
    with programme.transaction() as t:
        assert service.lister_salaries(t, Vue()).total == 1
        assert service.lire_fiche_salarie(t, salarie).version == 1
    with pytest.raises(SalarieIntrouvable), programme.transaction() as t:
        service.lire_fiche_salarie(t, 999)


@pytest.mark.exigence("G5")
def test_a_tab_changes_its_own_fields_and_the_journal_says_which(
    programme: Programme, salarie: int
) -> None:
    """The address changes, the NIR stays; before and after stand in the journal."""
    with programme.transaction() as t:
        service.modifier_salarie(t, salarie, {"commune": "Brest", "code_postal": "29200"}, 1)
    with programme.transaction() as t:
        fiche = service.lire_fiche_salarie(t, salarie)
        derniere = service.lire_journal(t, salarie)[0]
    assert fiche.version == 2
    assert fiche.valeurs["nir"].startswith("28507")
    assert [(c.libelle, c.avant, c.apres) for c in derniere.changements] == [
        ("Code postal", "—", "29200"),
        ("Commune", "—", "Brest"),
    ]


def test_a_defect_of_another_tab_does_not_block(programme: Programme, salarie: int) -> None:
    """The address can be saved while the identity awaits a correction; not the identity."""
    with programme.transaction() as t:
        service.modifier_salarie(t, salarie, {"voie": "2 rue Basse"})
    with pytest.raises(DonneesRefusees) as refus, programme.transaction() as t:
        service.modifier_salarie(t, salarie, {"civilite": "m", "nir": "", "ne_le": "hier"})
    assert [c.champ for c in refus.value.constats] == ["ne_le"]
    with pytest.raises(ModifieEntreTemps), programme.transaction() as t:
        service.modifier_salarie(t, salarie, {"voie": "3 rue Basse"}, version=1)


def test_a_nir_moves_freely_but_never_to_a_colleague(
    programme: Programme, employeur: int, salarie: int, identite: dict[str, str]
) -> None:
    """One's own number may be saved again."""
    with programme.transaction() as t:
        service.modifier_salarie(t, salarie, identite)
        autre = service.creer_salarie(t, employeur, identite | {"nir": "", "prenoms": "Zoé"})
    with pytest.raises(SalarieEnDouble), programme.transaction() as t:
        service.modifier_salarie(t, autre, identite)


@pytest.mark.exigence("B1", "G5")
def test_an_employee_is_archived_and_brought_back(programme: Programme, salarie: int) -> None:
    """Out of the list, still readable; one undo brings back too."""
    with programme.transaction() as t:
        entree = service.archiver_salarie(t, salarie, archive=True)
        assert service.lister_salaries(t, Vue()).total == 0
        assert service.lister_salaries(t, Vue(filtres=(("archives", "1"),))).total == 1
        assert service.lire_fiche_salarie(t, salarie).est_archive
    with programme.transaction() as t:
        assert entree is not None
        annuler_entree(t.session, entree)
        assert service.lister_salaries(t, Vue()).total == 1
        service.archiver_salarie(t, salarie, archive=True)
        service.archiver_salarie(t, salarie, archive=False)
        assert service.lister_salaries(t, Vue()).total == 1


@pytest.mark.exigence("G5")
def test_an_employee_with_contracts_is_not_deleted(programme: Programme, salarie: int) -> None:
    """SAL-104 counts them; without any, the deletion can be undone."""
    with programme.transaction() as t:
        contrat = service.creer_contrat(t, salarie, CDI)
    with pytest.raises(SalarieAvecContrats, match="1 contrat"), programme.transaction() as t:
        service.supprimer_salarie(t, salarie)
    with programme.transaction() as t:
        service.supprimer_contrat(t, salarie, contrat)
        entree = service.supprimer_salarie(t, salarie)
        assert service.lister_salaries(t, Vue()).total == 0
    with programme.transaction() as t:
        assert entree is not None
        annuler_entree(t.session, entree)
    with programme.transaction() as t:
        assert service.lister_salaries(t, Vue(recherche="roy lea")).total == 1
        assert [c.id for c in service.lister_contrats(t, salarie)] == [contrat]


@pytest.mark.exigence("G5")
def test_undoing_a_change_keeps_the_search_true(programme: Programme, salarie: int) -> None:
    """Found by the name that the record bears."""
    with programme.transaction() as t:
        service.modifier_salarie(t, salarie, {"nom_usage": "Lefèvre"})
        entree = derniere_entree(t.session, "salarie", salarie)
        assert service.lister_salaries(t, Vue(recherche="lefevre")).total == 1
    with programme.transaction() as t:
        assert entree is not None
        annuler_entree(t.session, entree)
    with programme.transaction() as t:
        assert service.lister_salaries(t, Vue(recherche="lefevre")).total == 0
        assert service.lister_salaries(t, Vue(recherche="roy")).total == 1

"""« Identification des organismes » and « Formation professionnelle » on a real base."""

import pytest

from app.assemblage import Programme
from app.employeurs import service
from app.employeurs.errors import (
    EmployeurIntrouvable,
    OrganismeDAutreNature,
    OrganismeInconnu,
    OrganismeIntrouvable,
)
from app.noyau.erreurs import DonneesRefusees
from app.opco.rules import EtatOpco
from app.organismes import service as organismes
from app.socle.errors import ModifieEntreTemps
from app.socle.journal import annuler_entree
from app.socle.transaction import Transaction
from tests.integration.employeurs.conftest import ligne

CONTRAT = {"regime": "general", "reference": "CT-2019-7", "depuis_le": "01/01/2019"}


def prevoyance(t: Transaction, nom: str = "Mutex") -> dict[str, str]:
    """The form of a line of prévoyance with its contract."""
    return ligne(t, "prevoyance", nom, **CONTRAT)


def formation(programme: Programme, employeur: int) -> tuple[str, list[str]]:
    """Return the OPCO of the record, and those of the lines « Formation professionnelle »."""
    with programme.transaction() as t:
        opco = service.lire_fiche_employeur(t, employeur).valeurs["opco"]
        lignes = service.lister_organismes(t, employeur)
    return opco, [o.nom for o in lignes if o.nature == "formation"]


@pytest.mark.exigence("P4")
def test_lines_are_kept_in_the_order_of_their_natures(programme: Programme, employeur: int) -> None:
    """Prévoyance, régime général, the caisse, the contract reference."""
    with programme.transaction() as t:
        service.ajouter_organisme(t, employeur, prevoyance(t))
        service.ajouter_organisme(t, employeur, ligne(t, "urssaf", "Urssaf Bretagne"))
        lignes = service.lister_organismes(t, employeur)

    assert [o.nom for o in lignes] == ["Urssaf Bretagne", "Mutex"]
    assert lignes[1].valeurs["reference"] == "CT-2019-7"
    assert lignes[1].valeurs["regime"] == "general"


@pytest.mark.exigence("P4", "G5")
def test_a_line_is_changed_taken_away_and_brought_back(
    programme: Programme, employeur: int
) -> None:
    """The journal of the employer tells it all, lines that are gone included."""
    with programme.transaction() as t:
        saisie = prevoyance(t)
        numero = service.ajouter_organisme(t, employeur, saisie)
        service.modifier_organisme(
            t, employeur, numero, saisie | {"reference": "CT-2020-1"}, version=1
        )
    with programme.transaction() as t:
        supprime = service.supprimer_organisme(t, employeur, numero)
        assert (supprime.nom, service.lister_organismes(t, employeur)) == ("Mutex", [])
        journal = service.lire_journal(t, employeur)
    actions = [(e.entree.action, e.entree.objet) for e in journal]
    assert actions[:3] == [
        ("suppression", "organisme_employeur"),
        ("modification", "organisme_employeur"),
        ("creation", "organisme_employeur"),
    ]
    assert [(c.libelle, c.avant, c.apres) for c in journal[1].changements] == [
        ("Référence", "CT-2019-7", "CT-2020-1")
    ]

    with programme.transaction() as t:
        assert supprime.entree is not None
        annuler_entree(t.session, supprime.entree)
        assert service.lire_organisme(t, employeur, numero).valeurs["reference"] == "CT-2020-1"


def test_defects_strangers_and_stale_forms_are_refused(
    programme: Programme, employeur: int
) -> None:
    """A line of another employer is none of ours."""
    with programme.transaction() as t:
        saisie, autre = prevoyance(t), prevoyance(t, "AG2R")
    with pytest.raises(DonneesRefusees), programme.transaction() as t:
        service.ajouter_organisme(t, employeur, saisie | {"organisme_id": "", "nature": "banque"})
    with pytest.raises(EmployeurIntrouvable), programme.transaction() as t:
        service.ajouter_organisme(t, 999, saisie)
    with programme.transaction() as t:
        numero = service.ajouter_organisme(t, employeur, saisie)
        service.modifier_organisme(t, employeur, numero, autre)
    with pytest.raises(ModifieEntreTemps), programme.transaction() as t:
        service.modifier_organisme(t, employeur, numero, saisie, version=1)
    with pytest.raises(OrganismeIntrouvable), programme.transaction() as t:
        service.lire_organisme(t, employeur + 1, numero)


@pytest.mark.exigence("P4")
def test_a_line_names_a_caisse_of_the_table_and_of_its_nature(
    programme: Programme, employeur: int
) -> None:
    """Unknown, of another nature, without contract reference: refused beside the field."""
    with programme.transaction() as t:
        saisie, urssaf = prevoyance(t), ligne(t, "urssaf", "Urssaf Bretagne")
    with pytest.raises(OrganismeInconnu) as inconnue, programme.transaction() as t:
        service.ajouter_organisme(t, employeur, saisie | {"organisme_id": "9999"})
    with pytest.raises(OrganismeDAutreNature) as autre, programme.transaction() as t:
        service.ajouter_organisme(t, employeur, saisie | {"organisme_id": urssaf["organisme_id"]})
    with pytest.raises(DonneesRefusees) as sans, programme.transaction() as t:
        service.ajouter_organisme(t, employeur, saisie | {"reference": " "})
    with programme.transaction() as t:
        numero = service.ajouter_organisme(t, employeur, urssaf | {"reference": ""})
        assert service.lire_organisme(t, employeur, numero).nom == "Urssaf Bretagne"

    assert (inconnue.value.champ, autre.value.champ) == ("organisme_id", "organisme_id")
    assert "Urssaf Bretagne" in autre.value.texte()
    assert [(c.champ, c.code) for c in sans.value.constats] == [("reference", "EMP-111")]


@pytest.mark.exigence("O5")
def test_the_opco_of_a_convention_is_applied_to_both_tabs(
    programme: Programme, employeur: int
) -> None:
    """2511 wants AFDAS; applying it writes the record and its line, once."""
    with programme.transaction() as t:
        service.modifier_employeur(t, employeur, {"idcc": "2511"})
        situation = service.situation_opco(t, "2511", "")
        assert (situation.etat, situation.attendu) == (EtatOpco.A_METTRE_A_JOUR, "AFDAS")
        assert service.appliquer_opco(t, employeur) == "AFDAS"
    assert formation(programme, employeur) == ("AFDAS", ["AFDAS"])
    with programme.transaction() as t:
        version = service.lire_fiche_employeur(t, employeur).version
        assert service.appliquer_opco(t, employeur) == "AFDAS"
        assert service.lire_fiche_employeur(t, employeur).version == version
    assert formation(programme, employeur) == ("AFDAS", ["AFDAS"])


@pytest.mark.exigence("O5", "O6")
def test_a_convention_without_opco_applies_nothing(programme: Programme, employeur: int) -> None:
    """9999, closed, unknown: the record keeps what it has."""
    for idcc in ("", "9999", "0000"):
        with programme.transaction() as t:
            service.modifier_employeur(t, employeur, {"idcc": idcc})
            assert service.appliquer_opco(t, employeur) == ""
    assert formation(programme, employeur) == ("", [])


@pytest.mark.exigence("O5")
def test_an_opco_corrected_in_one_tab_is_corrected_in_the_other(
    programme: Programme, employeur: int
) -> None:
    """From the record to its line, from the line to the record."""
    with programme.transaction() as t:
        service.modifier_employeur(t, employeur, {"opco": "Uniformation"})
    assert formation(programme, employeur) == ("Uniformation", ["Uniformation"])

    with programme.transaction() as t:
        la_ligne = next(o for o in service.lister_organismes(t, employeur))
        service.modifier_organisme(t, employeur, la_ligne.id, ligne(t, "formation", "AFDAS"))
    assert formation(programme, employeur) == ("AFDAS", ["AFDAS"])


@pytest.mark.exigence("O5")
def test_a_second_training_body_is_the_persons_own(programme: Programme, employeur: int) -> None:
    """With two lines, the one that bore the former name follows; the record follows its own."""
    with programme.transaction() as t:
        service.ajouter_organisme(t, employeur, ligne(t, "formation", "Uniformation"))
        autre = service.ajouter_organisme(t, employeur, ligne(t, "formation", "Fonds"))
    assert formation(programme, employeur) == ("Uniformation", ["Uniformation", "Fonds"])
    with programme.transaction() as t:
        service.modifier_employeur(t, employeur, {"opco": "AFDAS"})
        service.modifier_organisme(t, employeur, autre, ligne(t, "formation", "Fonds 2"))
    assert formation(programme, employeur) == ("AFDAS", ["AFDAS", "Fonds 2"])


@pytest.mark.exigence("O6")
def test_an_emptied_opco_leaves_the_lines_alone(programme: Programme, employeur: int) -> None:
    """Nothing is taken away behind the person's back."""
    with programme.transaction() as t:
        service.modifier_employeur(t, employeur, {"opco": "AFDAS"})
        service.modifier_employeur(t, employeur, {"opco": ""})
    assert formation(programme, employeur) == ("", ["AFDAS"])


def test_a_former_opca_names_who_took_over(programme: Programme) -> None:
    """AFDAS, which kept its name, is no former one."""
    with programme.transaction() as t:
        assert service.successeurs_opca(t, "unifaf") == ("OPCO Santé",)
        assert len(service.successeurs_opca(t, "Agefos PME")) > 1
        assert service.successeurs_opca(t, "AFDAS") == ()
        assert service.successeurs_opca(t, "") == ()


@pytest.mark.exigence("O5", "P3")
def test_the_opco_of_a_record_is_found_or_made_in_the_table(
    programme: Programme, employeur: int
) -> None:
    """Whatever its case; a new one takes its SIREN from the known OPCO; an archived one returns."""
    with programme.transaction() as t:
        service.modifier_employeur(t, employeur, {"opco": "AFDAS"})
    with programme.transaction() as t:
        (afdas,) = organismes.organismes_de(t, "formation")
        organismes.archiver_organisme(t, afdas.id, archive=True)
        service.modifier_employeur(t, employeur, {"opco": "Uniformation"})
    with programme.transaction() as t:
        service.modifier_employeur(t, employeur, {"opco": "afdas"})
        connus = {o.nom: o for o in organismes.organismes_de(t, "formation")}
        (la_ligne,) = service.lister_organismes(t, employeur)

    assert (afdas.siren, set(connus)) == ("784714008", {"AFDAS", "Uniformation"})
    assert la_ligne.organisme_id == afdas.id
    assert not connus["AFDAS"].est_archive


@pytest.mark.exigence("P3", "O5")
def test_a_training_body_renamed_or_merged_is_followed_by_the_record(
    programme: Programme, employeur: int
) -> None:
    """The record still says what its line says; undoing gives both back."""
    with programme.transaction() as t:
        service.modifier_employeur(t, employeur, {"opco": "Afdas Bretagne"})
        (caisse,) = organismes.organismes_de(t, "formation")
        organismes.modifier_organisme(t, caisse.id, {"famille": "formation", "nom": "Afdas Ouest"})
    assert formation(programme, employeur) == ("Afdas Ouest", ["Afdas Ouest"])
    with programme.transaction() as t:
        garde = organismes.trouver_ou_creer(t, "formation", "AFDAS")
    with programme.transaction() as t:
        fusion = organismes.fusionner(t, garde, caisse.id)
    assert formation(programme, employeur) == ("AFDAS", ["AFDAS"])

    with programme.transaction() as t:
        assert fusion.entree is not None
        annuler_entree(t.session, fusion.entree)
    assert formation(programme, employeur) == ("Afdas Ouest", ["Afdas Ouest"])


def test_the_journal_names_a_caisse_even_once_it_is_gone(
    programme: Programme, employeur: int
) -> None:
    """A line moved by a fusion says from which caisse to which."""
    with programme.transaction() as t:
        service.ajouter_organisme(t, employeur, prevoyance(t, "Mutex (ancien)"))
    with programme.transaction() as t:
        (ancienne,) = organismes.organismes_de(t, "prevoyance")
        garde = organismes.trouver_ou_creer(t, "prevoyance", "Mutex")
        organismes.fusionner(t, garde, ancienne.id)
    with programme.transaction() as t:
        (changement,) = service.lire_journal(t, employeur)[0].changements

    assert (changement.libelle, changement.avant, changement.apres) == (
        "Organisme",
        "Mutex (ancien)",
        "Mutex",
    )

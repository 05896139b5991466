"""« Identification des organismes » and « Formation professionnelle » on a real base."""

import pytest

from app.assemblage import Programme
from app.employeurs import service
from app.employeurs.errors import EmployeurIntrouvable, OrganismeIntrouvable
from app.noyau.erreurs import DonneesRefusees
from app.opco.rules import EtatOpco
from app.socle.errors import ModifieEntreTemps
from app.socle.journal import annuler_entree

PREVOYANCE = {
    "nature": "prevoyance",
    "regime": "general",
    "nom": "Mutex",
    "reference": "CT-2019-7",
    "depuis_le": "01/01/2019",
}


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
        service.ajouter_organisme(t, employeur, PREVOYANCE)
        service.ajouter_organisme(t, employeur, {"nature": "urssaf", "nom": "Urssaf Bretagne"})
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
        numero = service.ajouter_organisme(t, employeur, PREVOYANCE)
        service.modifier_organisme(
            t, employeur, numero, PREVOYANCE | {"reference": "CT-2020-1"}, version=1
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
    with pytest.raises(DonneesRefusees), programme.transaction() as t:
        service.ajouter_organisme(t, employeur, PREVOYANCE | {"nom": "", "nature": "banque"})
    with pytest.raises(EmployeurIntrouvable), programme.transaction() as t:
        service.ajouter_organisme(t, 999, PREVOYANCE)
    with programme.transaction() as t:
        numero = service.ajouter_organisme(t, employeur, PREVOYANCE)
        service.modifier_organisme(t, employeur, numero, PREVOYANCE | {"nom": "AG2R"})
    with pytest.raises(ModifieEntreTemps), programme.transaction() as t:
        service.modifier_organisme(t, employeur, numero, PREVOYANCE, version=1)
    with pytest.raises(OrganismeIntrouvable), programme.transaction() as t:
        service.lire_organisme(t, employeur + 1, numero)


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
        ligne = next(o for o in service.lister_organismes(t, employeur))
        saisie = {"nature": "formation", "nom": "AFDAS", "reference": "A1"}
        service.modifier_organisme(t, employeur, ligne.id, saisie)
    assert formation(programme, employeur) == ("AFDAS", ["AFDAS"])


@pytest.mark.exigence("O5")
def test_a_second_training_body_is_the_persons_own(programme: Programme, employeur: int) -> None:
    """With two lines, the one that bore the former name follows; the record follows its own."""
    with programme.transaction() as t:
        service.ajouter_organisme(t, employeur, {"nature": "formation", "nom": "Uniformation"})
        autre = service.ajouter_organisme(t, employeur, {"nature": "formation", "nom": "Fonds"})
    assert formation(programme, employeur) == ("Uniformation", ["Uniformation", "Fonds"])
    with programme.transaction() as t:
        service.modifier_employeur(t, employeur, {"opco": "AFDAS"})
        service.modifier_organisme(t, employeur, autre, {"nature": "formation", "nom": "Fonds 2"})
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


def test_names_in_use_are_suggested(programme: Programme, employeur: int) -> None:
    """Those of the base and the OPCO, once each, by name."""
    with programme.transaction() as t:
        service.ajouter_organisme(t, employeur, PREVOYANCE)
        service.ajouter_organisme(t, employeur, PREVOYANCE | {"nature": "mutuelle"})
        noms = service.suggerer_organismes(t)
    assert noms.count("Mutex") == 1
    assert {"AFDAS", "Uniformation"} <= set(noms)

"""Refusals, warnings, findings: their texts, their families, their machine-readable shape."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from app.noyau import erreurs as e


@dataclass(eq=False)
class _Essai(e.Refus):
    """A refusal with a value."""

    code = "TST-001"
    message = "Le fichier « {nom} » n'est pas lisible."
    remede = "Choisissez-en un autre : {conseil}"
    champ = "fichier"

    nom: str
    conseil: str = "un classeur ?"


def test_a_refusal_says_its_values_typeset() -> None:
    """Braces are filled from the fields, even when a value holds braces itself."""
    erreur = _Essai("{nom} à 100 %")

    assert erreur.texte() == ("Le fichier «\u202f{nom} à 100\u202f%\u202f» n’est pas lisible.")
    assert str(erreur) == erreur.texte()
    assert erreur.texte_remede() == "Choisissez-en un autre\u00a0: un classeur\u202f?"


def test_a_refusal_has_one_machine_readable_shape() -> None:
    """The same four keys for the web and for `--json`."""
    erreur = _Essai("a.xlsx")

    assert erreur.en_donnees() == {
        "code": "TST-001",
        "message": erreur.texte(),
        "remede": erreur.texte_remede(),
        "champ": "fichier",
    }


def test_a_refusal_can_be_raised_through_a_context() -> None:
    """Python may set its traceback and its cause: the class is not frozen."""

    @contextmanager
    def traduire() -> Iterator[None]:
        try:
            yield
        except KeyError as cause:
            raise _Essai("a") from cause

    with pytest.raises(_Essai) as refus, traduire():
        raise KeyError("x")

    assert isinstance(refus.value.__cause__, KeyError)


@pytest.mark.parametrize(
    ("famille", "statut"),
    [(e.Refus, 422), (e.Introuvable, 404), (e.Conflit, 409), (e.Indisponible, 503)],
)
def test_four_families_decide_the_answer(famille: type[e.ErreurMetier], statut: int) -> None:
    """Each with its HTTP status."""
    assert famille.statut == statut
    assert famille().texte() == ""


def test_a_finding_says_what_a_refusal_says() -> None:
    """Beside the field given, else beside the refusal's own."""
    ici = e.Constat.de_l_erreur(_Essai("a"), "piece")
    la = e.Constat.de_l_erreur(_Essai("a"))
    nulle_part = e.Constat.de_l_erreur(e.Refus())

    assert (ici.champ, la.champ, nulle_part.champ) == ("piece", "fichier", "")
    assert ici.en_donnees() == {
        "code": "TST-001",
        "message": _Essai("a").texte(),
        "remede": _Essai("a").texte_remede(),
        "champ": "piece",
        "ligne": None,
        "colonne": None,
    }


def _constat(champ: str) -> e.Constat:
    return e.Constat("TST-002", f"Défaut de {champ or 'la fiche'}.", champ=champ)


def test_one_defect_is_said_and_several_are_counted() -> None:
    """The summary of a refused form; every finding is in its data."""
    un = e.DonneesRefusees((_constat("nom"),))
    deux = e.DonneesRefusees((_constat(""), _constat("nom")))

    assert un.texte() == "Défaut de nom."
    assert deux.texte() == "2 champs sont à corriger."
    assert deux.en_donnees()["champ"] == "nom"
    assert e.DonneesRefusees((_constat(""),)).en_donnees()["champ"] is None
    constats = deux.en_donnees()["constats"]
    assert isinstance(constats, list)
    assert len(constats) == 2


def test_warnings_must_be_confirmed_by_their_codes() -> None:
    """Only those not yet confirmed are asked about; all confirmed lets the action go on."""
    avertissements = [e.Avertissement("OPC-1", "Un ?"), e.Avertissement("OPC-2", "Deux.")]

    with pytest.raises(e.ConfirmationRequise) as refus:
        e.exiger_confirmation(avertissements, {"OPC-1"})
    e.exiger_confirmation(avertissements, frozenset({"OPC-1", "OPC-2", "AUTRE"}))
    e.exiger_confirmation([], set())

    assert refus.value.texte() == "Deux."
    assert refus.value.en_donnees()["a_confirmer"] == ["OPC-2"]
    assert e.ConfirmationRequise(tuple(avertissements)).texte() == "Un\u202f? Deux."

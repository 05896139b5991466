"""Organismes: names, codes of the DSN, uses in words, likely duplicates, known organismes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.noyau.erreurs import ErreurMetier
from app.organismes import rules
from app.organismes.errors import FamilleInconnue, ModelesRefuses
from app.organismes.rules import Organisme, Usage, Usager
from app.organismes.service import modeles_connus

LE_JOUR = date(2026, 6, 15)
NOMS = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=40)


def organisme(numero: int, nom: str, *, code_dsn: str = "", siren: str = "") -> Organisme:
    """Return an organisme of prévoyance."""
    return Organisme(numero, "prevoyance", nom, code_dsn, siren, "", None)


@pytest.mark.exigence("P3")
def test_a_form_is_read_with_what_is_wrong_beside_each_field() -> None:
    """A name and a family; SIREN and site are checked; labels are read as well as values."""
    valeurs, constats = rules.lire_organisme(
        {"famille": "Prévoyance", "nom": " Mutex ", "siren": "529 219 040", "code_dsn": "529219040"}
    )
    assert constats == []
    assert (valeurs["famille"], valeurs["nom"], valeurs["siren"]) == (
        "prevoyance",
        "Mutex",
        "529219040",
    )

    _, constats = rules.lire_organisme(
        {"siren": "529 219 041", "site": "pas un site", "courriel": "@", "code_postal": "7"}
    )
    champs = ["famille", "nom", "siren", "code_postal", "courriel", "site"]
    assert [c.champ for c in constats] == champs
    assert {c.champ: c.code for c in constats}["site"] == "ORG-109"


@pytest.mark.exigence("P3")
@pytest.mark.parametrize(
    ("famille", "code", "refus"),
    [
        ("prevoyance", "P1031", ""),
        ("prevoyance", "DGGM01", ""),
        ("mutuelle", "775709710", ""),
        ("prevoyance", "P103", "ORG-104"),
        ("mutuelle", "AG2R", "ORG-104"),
        ("urssaf", "75375957000108", ""),
        ("urssaf", "75375957000109", "TEC-121"),
        ("urssaf", "P1031", "ORG-104"),
        ("retraite", "F700", ""),
        ("retraite", "700", "ORG-104"),
        ("impots", "DGFIP", ""),
        ("prevoyance", "", ""),
        ("", "P1031", ""),
    ],
)
def test_a_code_has_the_shape_of_its_family(famille: str, code: str, refus: str) -> None:
    """Those of the nomenclatures pass; a SIRET has its key; an empty code says nothing."""
    dit = ""
    try:
        rules.controler_code(famille, code)
    except ErreurMetier as erreur:
        dit = erreur.code
    assert dit == refus


@given(NOMS)
def test_a_key_is_the_same_whatever_case_and_punctuation(nom: str) -> None:
    """And is its own key."""
    cle = rules.cle(nom)
    assert rules.cle(cle) == cle
    assert rules.cle(f"  {nom.upper()} ! ") == rules.cle(nom.upper())


def test_names_that_a_person_reads_as_one_have_one_key() -> None:
    """Accents, case, hyphens, spaces."""
    assert rules.cle("AG2R  Prévoyance") == rules.cle("ag2r-PREVOYANCE")
    assert rules.cle("L'Opcommerce") == rules.cle("L’OPCOMMERCE")


@pytest.mark.exigence("P3")
def test_uses_are_said_in_words() -> None:
    """Counted, named, cut short."""
    trois = Usage(1, "employeur", 3, (Usager("Amicale", "/a"), Usager("Judo", "/j")))
    un = Usage(1, "contrat de prévoyance", 1)
    assert trois.en_mots() == "3 employeurs (Amicale, Judo, …)"
    assert rules.en_mots([trois, un]) == (
        "3 employeurs (Amicale, Judo, …), 1 contrat de prévoyance"
    )
    assert Usage(1, "contrat de prévoyance", 2).compte() == "2 contrats de prévoyance"
    assert rules.en_mots([]) == ""


@pytest.mark.exigence("P3")
@pytest.mark.parametrize(
    ("un", "autre", "attendu"),
    [
        (organisme(1, "Urssaf Bretagne"), organisme(2, "URSSAF de Bretagne"), True),
        (organisme(1, "Mutex"), organisme(2, "Mutex Prévoyance"), True),
        (organisme(1, "Mutex"), organisme(2, "Klesia"), False),
        (organisme(1, "AG2R"), organisme(2, "AG2R La Mondiale"), False),
        (organisme(1, "A", siren="529219040"), organisme(2, "B", siren="529219040"), True),
        (organisme(1, "A", siren="529219040"), organisme(2, "A", siren="309065043"), False),
        (organisme(1, "A", code_dsn="P1031"), organisme(2, "B", code_dsn="P1031"), True),
        (organisme(1, "Caisse"), organisme(2, "Mutuelle"), False),
    ],
)
def test_likely_duplicates(un: Organisme, autre: Organisme, *, attendu: bool) -> None:
    """The same numbers, or the same own words; two SIREN tell two organismes."""
    assert rules.est_doublon(un, autre) is attendu
    assert rules.doublons([un, autre]) == ([(un, autre)] if attendu else [])


@given(st.lists(st.sampled_from(["Mutex", "mutex santé", "Klesia", "AG2R", "Caisse"]), max_size=8))
def test_duplicates_are_all_pairs_and_only_them(noms: list[str]) -> None:
    """The quick search finds what comparing each with each finds."""
    liste = [organisme(rang, nom) for rang, nom in enumerate(noms)]
    toutes = [
        (un, autre)
        for rang, un in enumerate(liste)
        for autre in liste[rang + 1 :]
        if rules.est_doublon(un, autre)
    ]
    assert rules.doublons(liste) == toutes


def test_an_organisme_is_no_duplicate_of_itself() -> None:
    """The code of a mutuelle is its SIREN."""
    assert rules.doublons([organisme(1, "A", code_dsn="529219040", siren="529219040")]) == []


def test_an_unknown_family_is_said() -> None:
    """An address typed by hand."""
    with pytest.raises(FamilleInconnue):
        rules.famille_connue("banques")
    assert rules.famille_connue("prevoyance") == "prevoyance"


@pytest.mark.exigence("P3")
def test_known_organismes_are_searched_on_a_day() -> None:
    """By words of the name or by code; a code that ended is proposed no more."""
    connus = modeles_connus()
    trouves = rules.chercher_modeles(connus, "prevoyance", LE_JOUR, "apicil prevoyance")
    assert [(m.nom, m.valeur("code_dsn")) for m in trouves[:1]] == [("APICIL PREVOYANCE", "P1031")]
    assert rules.chercher_modeles(connus, "mutuelle", LE_JOUR, "344033360") == []
    avant = rules.chercher_modeles(connus, "mutuelle", date(2020, 1, 1), "344033360")
    assert [m.nom for m in avant] == ["MUTUELLE KLESIA SAINT-GERMAIN"]
    opco = rules.chercher_modeles(connus, "formation", LE_JOUR)
    assert len(opco) == 11
    assert rules.chercher_modeles(connus, "impots", LE_JOUR) == []


def test_a_name_borne_by_two_codes_gives_none() -> None:
    """Never a guess: AG2R PREVOYANCE has two codes, APICIL PREVOYANCE one."""
    connus = modeles_connus()
    assert rules.modele_du_nom(connus, "prevoyance", "AG2R Prévoyance", LE_JOUR) is None
    apicil = rules.modele_du_nom(connus, "prevoyance", "Apicil prévoyance", LE_JOUR)
    assert apicil is not None
    assert apicil.textes("prevoyance")["code_dsn"] == "P1031"


BONNE = dict.fromkeys(rules.COLONNES_MODELES, "") | {"familles": "prevoyance", "nom": "Mutex"}


@pytest.mark.parametrize(
    ("changements", "cause"),
    [
        ({"familles": ""}, "la famille manque"),
        ({"familles": "banque"}, "banque"),
        ({"nom": ""}, "à remplir"),
        ({"siren": "529219041"}, "clé de contrôle"),
        ({"code_dsn": "12"}, "code DSN"),
        ({"debut_le": "2026-02-30"}, "ses dates sont fausses"),
        ({"debut_le": "2026-02-01", "fin_le": "2026-01-01"}, "ses dates sont fausses"),
    ],
)
def test_a_wrong_list_is_refused(changements: dict[str, str], cause: str) -> None:
    """The file is held to what the form holds a person to."""
    assert len(rules.lire_modeles([BONNE])) == 1
    with pytest.raises(ModelesRefuses) as refus:
        rules.lire_modeles([BONNE | changements])
    assert cause in refus.value.texte()
    with pytest.raises(ModelesRefuses):
        rules.lire_modeles([BONNE, BONNE])

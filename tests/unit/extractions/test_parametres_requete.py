"""Parameters of a query: descriptions, defaults, what is typed."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extractions import rules
from app.extractions.errors import EmployeurInconnu, RequeteMalDecrite
from app.extractions.rules import Parametre, References, ValeurParametre
from app.extractions.rules.parametres import lire_description
from app.noyau.periodes import afficher_date

LE_JOUR = date(2026, 6, 15)
DOSSIERS = {"3": (3, "Sport"), "Sport": (3, "Sport")}


def trouver_employeur(saisie: str) -> tuple[int, str]:
    """Know one employer."""
    if saisie in {"Judo", "Judo (n° 12)"}:
        return 12, "Judo"
    raise EmployeurInconnu(saisie)


REFERENCES = References(dossier=lambda s: DOSSIERS[s], employeur=trouver_employeur)


def lire(parametres: list[Parametre], **saisie: str) -> tuple[list[Any], dict[str, str]]:
    """Return the values and, by field, the code of each finding."""
    valeurs, constats = rules.lire_parametres(parametres, saisie, REFERENCES)
    return [v.valeur for v in valeurs], {c.champ: c.code for c in constats}


@pytest.mark.parametrize(
    ("donnees", "cause"),
    [
        ("au", "n’a pas de nom"),
        ({"nom": "au", "type": "date"}, "libellé"),
        ({"nom": "Au", "libelle": "Au", "type": "date"}, "mal écrit"),
        ({"nom": "au", "libelle": "Au", "type": "couleur"}, "type inconnu"),
        ({"nom": "au", "libelle": "Au", "type": "date", "gras": 1}, "gras"),
        ({"nom": "a", "libelle": "A", "type": "choix"}, "choix"),
        ({"nom": "a", "libelle": "A", "type": "date", "choix": {"x": "X"}}, "choix"),
        ({"nom": "a", "libelle": "A", "type": "date", "defaut": "demain"}, "défaut"),
        ({"nom": "a", "libelle": "A", "type": "annee", "defaut": "12"}, "défaut"),
        ({"nom": "a", "libelle": "A", "type": "dossier", "defaut": "tous"}, "défaut"),
        (
            {"nom": "a", "libelle": "A", "type": "choix", "choix": {"x": "X"}, "defaut": "y"},
            "choix",
        ),
    ],
)
def test_a_wrong_description_is_refused(donnees: object, cause: str) -> None:
    """Keys, type, choices and default are checked when the file is read."""
    with pytest.raises(RequeteMalDecrite, match=cause):
        lire_description(donnees, "07_essai.sql")


@pytest.mark.parametrize(
    ("genre", "defaut", "attendu"),
    [
        ("date", "aujourdhui", "15/06/2026"),
        ("date", "debut_mois", "01/06/2026"),
        ("date", "fin_mois", "30/06/2026"),
        ("date", "debut_annee", "01/01/2026"),
        ("date", "fin_annee", "31/12/2026"),
        ("date", "", ""),
        ("date", "31/12/2025", "31/12/2025"),
        ("annee", "annee", "2026"),
        ("montant", "1500,00", "1500,00"),
        ("dossier", "tous", "tous"),
    ],
)
@pytest.mark.exigence("E4")
def test_defaults_follow_the_day(genre: str, defaut: str, attendu: str) -> None:
    """Named days and the year are those of today."""
    p = lire_description(
        {"nom": "a", "libelle": "A", "type": genre, "defaut": defaut, "tous": genre == "dossier"},
        "07_essai.sql",
    )
    assert rules.saisie_par_defaut(p, LE_JOUR) == attendu


@pytest.mark.exigence("E7")
def test_a_query_runs_at_once_only_when_every_value_has_a_default() -> None:
    """An optional parameter does not need one."""
    libre = Parametre("a", "A", "texte", obligatoire=False)
    assert rules.sans_saisie([libre, Parametre("b", "B", "date", "aujourdhui")])
    assert not rules.sans_saisie([libre, Parametre("b", "B", "dossier", tous=True)])


@pytest.mark.parametrize(
    ("parametre", "saisie", "attendu"),
    [
        (Parametre("a", "A", "date"), "1/6/2026", "2026-06-01"),
        (Parametre("a", "A", "date", obligatoire=False), "", None),
        (Parametre("a", "A", "annee"), "2026", 2026),
        (Parametre("a", "A", "montant"), "1 850,50 €", 185050),
        (Parametre("a", "A", "entier"), "1 000", 1000),
        (Parametre("a", "A", "texte"), " Évry ", "Évry"),
        (Parametre("a", "A", "texte", obligatoire=False), "  ", None),
        (Parametre("a", "A", "choix", choix=(("x", "Été"),)), "ete", "x"),
        (Parametre("a", "A", "dossier"), "Sport", 3),
        (Parametre("a", "A", "dossier", tous=True), "tous", None),
        (Parametre("a", "A", "dossier", tous=True), "TOUS LES DOSSIERS", None),
        (Parametre("a", "A", "employeur", tous=True, obligatoire=False), "", None),
        (Parametre("a", "A", "employeur"), "Judo (n° 12)", 12),
    ],
)
@pytest.mark.exigence("E4")
def test_what_is_typed_becomes_a_value(parametre: Parametre, saisie: str, attendu: object) -> None:
    """Dates are ISO, amounts centimes, records numbers; « tous » and nothing are None."""
    assert lire([parametre], a=saisie) == ([attendu], {})


@pytest.mark.parametrize(
    ("parametre", "saisie", "code"),
    [
        (Parametre("a", "A", "date"), "", "TEC-130"),
        (Parametre("a", "A", "dossier"), "", "TEC-130"),
        (Parametre("a", "A", "choix", choix=(("x", "X"),)), "y", "TEC-132"),
        (Parametre("a", "A", "annee"), "26", "TEC-133"),
        (Parametre("a", "A", "employeur"), "Aviron", "EXT-112"),
    ],
)
@pytest.mark.exigence("E4")
def test_a_wrong_or_missing_value_is_said_beside_its_field(
    parametre: Parametre, saisie: str, code: str
) -> None:
    """The finding bears the name of the field."""
    assert lire([parametre], a=saisie) == ([], {"a": code})


def test_an_unknown_name_is_a_finding_that_lists_the_known_ones() -> None:
    """On the command line a slip of the finger does not pass."""
    _, constats = rules.lire_parametres(
        [Parametre("au", "Au", "date", obligatoire=False)], {"du": "1"}, REFERENCES
    )
    assert [(c.code, c.champ) for c in constats] == [("EXT-110", "du")]
    assert "au" in constats[0].remede


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_an_end_before_its_beginning_is_found(debut: date, fin: date) -> None:
    """Beside the end, and only then."""
    parametres = [Parametre("du", "Du", "date"), Parametre("au", "Au", "date", apres="du")]
    valeurs, constats = lire(parametres, du=afficher_date(debut), au=afficher_date(fin))
    assert valeurs == [debut.isoformat(), fin.isoformat()]
    assert ("au" in constats) == (fin < debut)


VALEURS = [
    (Parametre("a", "A", "date"), "15/06/2026"),
    (Parametre("a", "A", "date", obligatoire=False), ""),
    (Parametre("a", "A", "annee"), "2026"),
    (Parametre("a", "A", "montant"), "1850,50"),
    (Parametre("a", "A", "texte"), "Évry"),
    (Parametre("a", "A", "choix", choix=(("x", "Été"), ("y", "Hiver"))), "y"),
    (Parametre("a", "A", "dossier", tous=True), "3"),
    (Parametre("a", "A", "dossier", tous=True), "tous"),
    (Parametre("a", "A", "employeur", tous=True), "Judo (n° 12)"),
    (Parametre("a", "A", "employeur", tous=True), "tous"),
]


@pytest.mark.parametrize(("parametre", "saisie"), VALEURS)
def test_the_parameters_of_a_result_can_be_typed_again(parametre: Parametre, saisie: str) -> None:
    """« Modifier les paramètres » shows what gives the same values."""
    valeurs, _ = rules.lire_parametres([parametre], {"a": saisie}, REFERENCES)
    encore = rules.ressaisir(parametre, valeurs[0])
    assert rules.lire_parametres([parametre], {"a": encore}, REFERENCES) == (valeurs, [])


def test_words_of_a_value_are_those_of_the_screen() -> None:
    """Choices by their label, every dossier in words, a year without grouping."""
    parametres = [
        Parametre("d", "D", "dossier", tous=True),
        Parametre("c", "C", "choix", choix=(("x", "Été"),)),
        Parametre("n", "N", "annee"),
    ]
    valeurs, _ = rules.lire_parametres(parametres, {"d": "tous", "c": "x", "n": "2026"}, REFERENCES)
    assert [v.texte for v in valeurs] == ["Tous les dossiers", "Été", "2026"]
    assert valeurs[0] == ValeurParametre("d", "D", None, "Tous les dossiers")

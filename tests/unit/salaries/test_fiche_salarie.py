"""What an employee's form must satisfy: identity, NIR, search."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.noyau.champs import ecrire_fiche
from app.noyau.typographie import sans_accents
from app.salaries import rules

LE_JOUR = date(2026, 6, 15)
BONNE = {"civilite": "mme", "nom_naissance": "Petit", "prenoms": "Léa"}


def nir(sexe: str = "2", annee: int = 85, mois: int = 7) -> str:
    """Return a NIR with its key."""
    corps = f"{sexe}{annee:02d}{mois:02d}75116042"
    return f"{corps}{97 - int(corps) % 97:02d}"


def refuses(**saisie: str) -> dict[str, str]:
    """Return the code found beside each field."""
    _, constats = rules.lire_salarie(BONNE | saisie, LE_JOUR)
    return {c.champ: c.code for c in constats}


@pytest.mark.exigence("B1")
def test_civility_and_names_are_enough() -> None:
    """The rest may come later."""
    valeurs, constats = rules.lire_salarie(BONNE, LE_JOUR)
    assert constats == []
    assert (valeurs["nir"], valeurs["ne_le"], valeurs["nationalite"]) == ("", None, "Française")
    assert refuses(civilite="", nom_naissance=" ", prenoms="") == {
        "civilite": "TEC-130",
        "nom_naissance": "TEC-130",
        "prenoms": "TEC-130",
    }


@pytest.mark.exigence("B1")
def test_a_wrong_key_is_refused_beside_the_nir() -> None:
    """One digit changed, one missing."""
    bon = nir()
    assert refuses(nir=bon) == {}
    assert refuses(nir=bon[:-1] + str((int(bon[-1]) + 1) % 10)) == {"nir": "TEC-121"}
    assert refuses(nir=bon[:-1]) == {"nir": "TEC-120"}


def test_the_nir_agrees_with_civility_and_birth() -> None:
    """Sex, year and month are part of the number."""
    assert refuses(nir=nir("2"), ne_le="14/07/1985") == {}
    assert refuses(nir=nir("1")) == {"nir": "SAL-111"}
    assert refuses(nir=nir("2"), ne_le="14/08/1985") == {"nir": "SAL-112"}
    assert refuses(nir=nir("2"), ne_le="14/07/1986") == {"nir": "SAL-112"}


def test_what_a_nir_does_not_say_is_not_compared() -> None:
    """Provisional numbers, and months that INSEE did not know."""
    assert refuses(nir=nir("8"), ne_le="14/08/1990") == {}
    assert refuses(nir=nir("2", mois=31), ne_le="14/08/1985") == {}
    assert refuses(nir=nir("2", mois=31), ne_le="14/08/1986") == {"nir": "SAL-112"}


@given(st.sampled_from("12"), st.dates(date(1930, 1, 1), date(2010, 12, 31)))
def test_a_nir_made_from_a_birth_always_agrees(sexe: str, naissance: date) -> None:
    """And disagrees with the other sex, the next year, the next month."""
    numero = nir(sexe, naissance.year % 100, naissance.month)
    civilite = "m" if sexe == "1" else "mme"
    autre = "mme" if civilite == "m" else "m"
    suivant = date(naissance.year + 1, naissance.month, 1)

    def codes(**valeurs: object) -> list[str]:
        return [c.code for c in rules.nir_concorde({"nir": numero, **valeurs})]

    assert codes(civilite=civilite, ne_le=naissance) == []
    assert codes(civilite=autre, ne_le=naissance) == ["SAL-111"]
    assert codes(civilite=civilite, ne_le=suivant) == ["SAL-112"]


def test_a_date_of_birth_must_be_plausible() -> None:
    """Not this year, not 111 years ago."""
    assert refuses(ne_le="01/01/2026") == {"ne_le": "SAL-110"}
    assert refuses(ne_le="31/12/1915") == {"ne_le": "SAL-110"}
    assert refuses(ne_le="01/01/1916") == {}


@given(
    st.fixed_dictionaries(
        {
            "civilite": st.sampled_from(["Madame", "Monsieur"]),
            "nom_naissance": st.sampled_from(["Petit", "N'Guyen", "De La Tour"]),
            "prenoms": st.sampled_from(["Léa", "Jean-Luc"]),
        },
        optional={
            "enfants": st.integers(0, 20).map(str),
            "code_postal": st.sampled_from(["75011", "1000"]),
            "telephone": st.sampled_from(["06 12 34 56 78", "+32 2 123 45 67"]),
            "iban": st.just("FR76 3000 6000 0112 3456 7890 189"),
            "situation": st.sampled_from(["Pacsé(e)", "veuf"]),
        },
    )
)
def test_what_was_read_is_written_back_and_read_the_same(saisie: dict[str, str]) -> None:
    """The form that shows stored values is a form that gives them again."""
    valeurs, constats = rules.lire_salarie(saisie, LE_JOUR)
    assert constats == []
    relues, _ = rules.lire_salarie(ecrire_fiche(rules.CHAMPS_SALARIE, valeurs), LE_JOUR)
    assert relues == valeurs


def test_lists_are_ordered_by_the_name_in_use() -> None:
    """The name in use leads, the name of birth stays searchable."""
    cle = rules.cle_salarie(
        {"nom_naissance": "Zola", "nom_usage": "Âtre", "prenoms": "Éva", "nir": "2", "matricule": 7}
    )
    assert cle == "atre eva zola 2 7"
    assert rules.cle_salarie({"nom_naissance": "Zola", "prenoms": "Éva"}) == "zola eva"


@given(st.text(), st.text(), st.text())
def test_the_search_key_holds_every_word_without_accents(a: str, b: str, c: str) -> None:
    """Whatever part of the names is typed."""
    cle = rules.cle_salarie({"nom_naissance": a, "nom_usage": b, "prenoms": c})
    for mot in sans_accents(f"{a} {b} {c}").split():
        assert mot in cle

"""Rules of the queries that a person writes: euros, types seen on the values, exact sums."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extractions.rules import TypeColonne, type_par_suffixe
from app.extractions.rules.colonnes_libres import Vues, colonne_libre
from app.extractions.rules.libre import noms_simples
from app.extractions.rules.publiques import colonnes_publiques, dictionnaire_public
from app.extractions.service.catalogue import lister_vues
from app.extractions.service.sommes import Somme, Total

pytestmark = pytest.mark.exigence("E10")
CENTIMES = st.integers(-(10**13), 10**13)


def test_public_names_are_one_and_mean_one_thing() -> None:
    """No column loses its neighbour's name, and a name has one type in every view."""
    types: dict[str, TypeColonne] = {}
    for vue in lister_vues():
        noms = [c.nom for c in colonnes_publiques(vue)]
        assert len(set(noms)) == len(noms), vue.nom
        for c in colonnes_publiques(vue):
            assert types.setdefault(c.nom, c.type) is c.type, c.nom
    assert types["brut"] is TypeColonne.MONTANT
    assert dictionnaire_public(lister_vues())["heures"].unite == "heures"


def test_a_suffix_is_a_whole_word() -> None:
    """« nom_usage » is no age: the end of a name says a type when it is a word of its own."""
    assert type_par_suffixe("nom_usage") is TypeColonne.TEXTE
    assert type_par_suffixe("age") is type_par_suffixe("premier_age") is TypeColonne.NUMERO


@given(CENTIMES)
def test_euros_come_back_to_the_same_centimes(centimes: int) -> None:
    """The double nearest to an amount is read as that amount."""
    vues = Vues()
    vues.voir([centimes / 100])
    colonne, controler = colonne_libre("prime_euros", "prime_euros", vues, {})
    assert (colonne.type, controler(centimes / 100)) == (TypeColonne.MONTANT, centimes)


@given(st.lists(CENTIMES, max_size=50))
def test_sums_of_euros_are_exact(centimes: list[int]) -> None:
    """To the centime, in any order, what leaves a window taken out again."""
    somme = Somme()
    for valeur in centimes:
        somme.step(valeur / 100)
    assert somme.value() == (sum(centimes) / 100 if centimes else None)
    for valeur in centimes[1:]:
        somme.inverse(valeur / 100)
    assert somme.value() == (centimes[0] / 100 if centimes else None)


def test_a_long_column_of_euros_is_exact() -> None:
    """Where doubles added one after the other are not."""
    un, naif = Somme(), 0.0
    for _ in range(200_000):
        un.step(4096.1)
        naif += 4096.1
    assert un.value() == 819_220_000
    assert naif != 819_220_000


@given(st.lists(st.floats(-(10**9), 10**9), min_size=1, max_size=20))
def test_other_decimals_are_added_as_fractions(valeurs: list[float]) -> None:
    """Rounded once; `total` too."""
    somme, total = Somme(), Total()
    for valeur in valeurs:
        somme.step(valeur)
        total.step(valeur)
    assert somme.value() == total.value()
    exact = sum((Fraction(v) for v in valeurs), Fraction(0))
    assert abs(Fraction(somme.value() or 0) - exact) <= Fraction(len(valeurs) * 10**9, 2**50)


def test_sums_of_whole_numbers_stay_whole() -> None:
    """NULL is nothing; a text counts as SQLite counts it."""
    somme = Somme()
    for valeur in (None, 1, 2):
        somme.step(valeur)
    assert (somme.value(), type(somme.value())) == (3, int)
    somme.step("1.5")
    somme.step("x")
    assert somme.value() == 4.5
    assert Total().value() == 0
    somme.step(float("inf"))
    assert somme.value() == float("inf")


@pytest.mark.parametrize(
    ("nom", "valeurs", "genre", "gardees"),
    [
        ("combien", [1, None, 12], "entier", [1, None, 12]),
        ("moyenne", [1.005, 2, None], "decimal", [101, 200, None]),
        ("brut", [1234.56, 2000], "montant", [123456, 200000]),
        ("taux_impot", [6.9], "taux", [69000]),
        ("brut_centimes", [123456], "montant", [123456]),
        ("jour", ["2026-01-31", "9999-12-31", ""], "date", ["2026-01-31", None, None]),
        ("jour", ["2026-01-31", "hier"], "texte", ["2026-01-31", "hier"]),
        ("mois", [1, 2], "numero", [1, 2]),
        ("mois", ["2026-01"], "texte", ["2026-01"]),
        ("mois", [1.5], "decimal", [150]),
        ("siret", ["01234"], "identifiant", ["01234"]),
        ("mele", ["x", 1.5, 2], "texte", ["x", "1.5", "2"]),
        ("vide", [None], "texte", [None]),
    ],
)
def test_the_type_is_seen_on_the_values(
    nom: str, valeurs: list[object], genre: str, gardees: list[object]
) -> None:
    """The dictionary first, then the end of the name, then what is there."""
    vues = Vues()
    vues.voir(valeurs)
    colonne, controler = colonne_libre(nom, nom, vues, dictionnaire_public(lister_vues()))
    assert colonne.type.value == genre
    assert [controler(v) for v in valeurs] == gardees


@given(st.decimals(-(10**6), 10**6, places=4))
def test_decimals_round_half_away_from_zero(valeur: Decimal) -> None:
    """On the digits that are shown."""
    vues = Vues()
    vues.voir([float(valeur)])
    _, controler = colonne_libre("x", "x", vues, {})
    attendu = (Decimal(str(float(valeur))) * 100).to_integral_value(ROUND_HALF_UP)
    assert controler(float(valeur)) == attendu


def test_what_is_no_number_is_refused() -> None:
    """The infinite, bytes, more than the base can hold."""
    vues = Vues()
    vues.voir([1.5])
    _, controler = colonne_libre("x", "x", vues, {})
    for valeur in (float("inf"), 10**30):
        with pytest.raises(ValueError, match=r"inf|1"):
            controler(valeur)
    with pytest.raises(ValueError, match="bytes"):
        vues.voir([b"x"])


def test_names_are_made_simple() -> None:
    """One each, letters and digits."""
    noms = ["nom", "count(*)", "sum(brut)", "sum( brut )", "1", "'x'"]
    assert noms_simples(noms) == ["nom", "count", "sum_brut", "sum_brut_2", "colonne_1", "x"]

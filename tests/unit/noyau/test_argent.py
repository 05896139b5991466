"""Money: rounding, sharing, reading and writing, to the centime."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.noyau.argent import (
    UN,
    Centiemes,
    Centimes,
    Millioniemes,
    NombreIllisible,
    afficher_euros,
    afficher_heures,
    afficher_taux,
    arrondi,
    lire_entier,
    lire_euros,
    lire_heures,
    lire_taux,
    nombre_decimal,
    produit,
    repartition,
    somme,
)
from tests import strategies

entiers = st.integers(-(10**15), 10**15)
diviseurs = st.integers(1, 10**9)


@given(entiers, diviseurs)
def test_rounding_is_symmetrical(numerateur: int, denominateur: int) -> None:
    """A line and its reversal cancel, whichever of the two numbers bears the sign."""
    assert arrondi(-numerateur, denominateur) == -arrondi(numerateur, denominateur)
    assert arrondi(numerateur, -denominateur) == -arrondi(numerateur, denominateur)
    assert arrondi(-numerateur, -denominateur) == arrondi(numerateur, denominateur)


@given(entiers, diviseurs)
def test_rounding_goes_to_the_nearest_unit_and_half_away_from_zero(
    numerateur: int, denominateur: int
) -> None:
    """The result is never more than a half away; at a half it is the farther from zero."""
    exact = Fraction(numerateur, denominateur)

    ecart = arrondi(numerateur, denominateur) - exact

    assert abs(ecart) <= Fraction(1, 2)
    if abs(ecart) == Fraction(1, 2):
        assert abs(arrondi(numerateur, denominateur)) > abs(exact)


@pytest.mark.parametrize(
    ("numerateur", "attendu"), [(650, 7), (-650, -7), (649, 6), (-649, -6), (0, 0), (50, 1)]
)
def test_rounding_of_known_halves(numerateur: int, attendu: int) -> None:
    """6.5 gives 7 and −6.5 gives −7: the usual integer trick gives −6."""
    assert arrondi(numerateur, 100) == attendu


@given(strategies.montants, strategies.taux)
def test_a_product_is_rounded_once(assiette: Centimes, taux: Millioniemes) -> None:
    """Base × rate is the exact product to the nearest centime, and cancels its reversal."""
    assert produit(assiette, taux) == arrondi(assiette * taux, 1_000_000)
    assert produit(Centimes(-assiette), taux) == -produit(assiette, taux)
    assert produit(assiette, UN) == assiette


@given(st.lists(strategies.montants))
def test_a_sum_adds_the_lines(montants: list[Centimes]) -> None:
    """A total is the sum of its lines, 0 without any."""
    assert somme(montants) == sum(montants)
    assert somme([]) == 0


@given(strategies.montants, st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_shares_add_up_to_the_whole(total: Centimes, parts: list[int]) -> None:
    """No centime is lost or made, whatever the sign; no share is more than a centime off."""
    parts_faites = repartition(total, parts)

    assert sum(parts_faites) == total
    if sum(parts):
        for faite, part in zip(parts_faites, parts, strict=True):
            assert abs(faite - Fraction(total * part, sum(parts))) <= 1


@given(strategies.montants, st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_leftover_centimes_go_to_the_largest_parts_in_order(
    total: Centimes, parts: list[int]
) -> None:
    """A larger part never gets less; of two equal ones, the first is served first."""
    faites = [abs(f) for f in repartition(total, parts)]

    for i, premiere in enumerate(parts):
        for j, seconde in enumerate(parts):
            if premiere > seconde or (premiere == seconde and i < j):
                assert faites[i] >= faites[j]


@given(strategies.montants, st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_sharing_a_reversal_reverses_the_shares(total: Centimes, parts: list[int]) -> None:
    """A negative total is shared as the positive one."""
    assert repartition(Centimes(-total), parts) == [-f for f in repartition(total, parts)]


def test_sharing_known_amounts() -> None:
    """The leftover goes to the largest part; zero parts leave all to the first; none is a bug."""
    assert repartition(Centimes(100), [1, 5]) == [16, 84]
    assert repartition(Centimes(100), [5, 1]) == [84, 16]
    assert repartition(Centimes(2), [50, 25, 25]) == [2, 0, 0]
    assert repartition(Centimes(-100), [1, 1, 1]) == [-34, -33, -33]
    assert repartition(Centimes(7), [0, 0]) == [7, 0]
    with pytest.raises(ValueError, match=r"\[\]"):
        repartition(Centimes(7), [])


@given(strategies.montants)
def test_euros_are_read_back_as_written(montant: Centimes) -> None:
    """What the screen shows, pasted into a field, is the same amount."""
    assert lire_euros(afficher_euros(montant)) == montant
    assert lire_euros(nombre_decimal(montant, 2)) == montant


@given(strategies.taux)
def test_rates_are_read_back_as_written(taux: Millioniemes) -> None:
    """Rates keep their four decimals of a percent."""
    assert lire_taux(afficher_taux(taux)) == taux


@given(strategies.heures)
def test_hours_are_read_back_as_written(heures: Centiemes) -> None:
    """Durations keep their hundredths."""
    assert lire_heures(afficher_heures(heures)) == heures


@given(st.integers(-(10**12) + 1, 10**12 - 1))
def test_whole_numbers_are_read_back_as_written(nombre: int) -> None:
    """Grouped thousands and the sign are understood."""
    assert lire_entier(nombre_decimal(nombre, 0)) == nombre


@pytest.mark.parametrize(
    ("saisie", "attendu"),
    [
        ("1 234,56 €", 123456),
        ("1234.56", 123456),
        ("1'234,56", 123456),
        ("1\u202f234,5\u00a0€", 123450),
        ("-12", -1200),
        ("−12,30", -1230),
        ("+7", 700),
        (",5", 50),
        ("12,", 1200),
        ("12,3000", 1230),
    ],
)
def test_amounts_are_read_as_people_type_them(saisie: str, attendu: int) -> None:
    """Comma or point, any space, any minus sign, with or without the euro sign."""
    assert lire_euros(saisie) == attendu


@pytest.mark.parametrize(
    "saisie",
    [
        "",
        "€",
        "abc",
        "1,234",
        "1.000",
        "1,000",
        "1.234,56",
        "1,2,3",
        "12,345",
        "--1",
        "1€50",
        "1 €€",
        "1e3",
        "\u0663",
        "1234567890123",
        "12 %",
    ],
)
def test_what_is_no_amount_is_refused(saisie: str) -> None:
    """Too precise, ambiguous (« 1.000 »), several signs, other digits: refused, never guessed."""
    with pytest.raises(NombreIllisible) as refus:
        lire_euros(saisie)

    assert refus.value.code == "TEC-110"
    assert "un montant en euros" in refus.value.texte()


@pytest.mark.parametrize("saisie", ["2,11111", "2%11", "x", "2 %%"])
def test_what_is_no_rate_is_refused(saisie: str) -> None:
    """A rate has four decimals of a percent at most."""
    with pytest.raises(NombreIllisible):
        lire_taux(saisie)


@pytest.mark.parametrize("saisie", ["7h30", "7:30", "7,123", "h"])
def test_what_is_no_duration_is_refused(saisie: str) -> None:
    """Hours and minutes are not decimal hours."""
    with pytest.raises(NombreIllisible):
        lire_heures(saisie)


@pytest.mark.parametrize("saisie", ["1,5", "1.000", "3/4", "2-3", "douze"])
def test_what_is_no_whole_number_is_refused(saisie: str) -> None:
    """Decimals and other signs are never dropped in silence."""
    with pytest.raises(NombreIllisible):
        lire_entier(saisie)


def test_numbers_as_the_screen_shows_them() -> None:
    """Narrow no-break spaces, decimal comma, true minus; unknown is a dash, zero is zero."""
    assert afficher_euros(Centimes(-123456789)) == "−1\u202f234\u202f567,89\u202f€"
    assert afficher_euros(Centimes(0)) == "0,00\u202f€"
    assert afficher_taux(Millioniemes(21_100)) == "2,11\u202f%"
    assert afficher_taux(Millioniemes(4_015)) == "0,4015\u202f%"
    assert afficher_heures(Centiemes(15_167)) == "151,67\u202fh"
    assert nombre_decimal(1234, 0, 2) == "1\u202f234"
    assert nombre_decimal(100, 2) == "1"
    assert nombre_decimal(150, 2) == "1,5"
    assert {afficher_euros(None), afficher_taux(None), afficher_heures(None)} == {"—"}

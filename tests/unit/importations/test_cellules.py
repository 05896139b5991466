"""Cells to text: exact, whatever the spreadsheet did to the value."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from stdnum import luhn

from app.employeurs.rules import CHAMPS_EMPLOYEUR
from app.importations.errors import CelluleEnErreur, NombreAbrege
from app.importations.rules.cellules import en_pourcentage, en_texte, texte_pour
from app.noyau.champs import Champ
from app.salaries.rules import CHAMPS_CONTRAT, CHAMPS_SALARIE

CHAMPS = {c.nom: c for c in (*CHAMPS_EMPLOYEUR, *CHAMPS_SALARIE, *CHAMPS_CONTRAT)}


def relire(valeur: object) -> object:
    """Write a value in a workbook and read it back as the import does."""
    classeur = Workbook()
    feuille: Any = classeur.active
    feuille["A1"] = valeur
    tampon = io.BytesIO()
    classeur.save(tampon)
    relu = load_workbook(tampon, read_only=True, data_only=True)
    lu: object = relu.worksheets[0]["A1"].value
    relu.close()
    return lu


@pytest.mark.parametrize(
    ("valeur", "attendu"),
    [
        (None, ""),
        ("  Les Amis ", "Les Amis"),
        (73282932000074, "73282932000074"),
        (1.52e13, "15200000000000"),
        (255081416802538.0, "255081416802538"),
        (1850.1, "1850,1"),
        (0.1 + 0.2, "0,3"),
        (-12.5, "-12,5"),
        (0.00001, "0,00001"),
        (True, "Oui"),
        (datetime(2026, 1, 31, 14, 30, tzinfo=UTC), "31/01/2026"),
        (date(2026, 1, 31), "31/01/2026"),
    ],
)
def test_a_cell_becomes_the_text_that_a_person_would_type(valeur: object, attendu: str) -> None:
    """Whole numbers keep their digits, decimals their comma, dates their day."""
    assert attendu == en_texte(valeur)


@pytest.mark.parametrize(
    ("valeur", "attendu"),
    [(0.0211, "2,11 %"), (1, "100 %"), (0, "0 %"), (0.14, "14 %"), (0.000001, "0,0001 %")],
)
def test_a_percentage_is_moved_by_two_places_without_arithmetic(
    valeur: object, attendu: str
) -> None:
    """0.0211 shown in percent is 2,11 %, exactly."""
    assert attendu == en_pourcentage(valeur)


@pytest.mark.parametrize(
    ("nom", "valeur", "attendu"),
    [
        ("code_postal", 1000, "01000"),
        ("siret", 552013500038, "00552013500038"),
        ("idcc", 16, "0016"),
        ("ne_departement", 1, "01"),
        ("ne_departement", "2A", "2A"),
        ("ne_le", 32874, "01/01/1990"),
        ("ne_le", 1021990, "01021990"),
        ("ne_le", 31121990, "31121990"),
        ("siret", 123, "123"),
        ("salaire_centimes", 1850, "1850"),
    ],
)
def test_a_number_gets_back_what_the_spreadsheet_dropped(
    nom: str, valeur: object, attendu: str
) -> None:
    """Zeros in front of identifiers, and the format of dates."""
    assert attendu == texte_pour(CHAMPS[nom], valeur)


def test_an_abridged_number_is_refused_since_its_digits_are_lost() -> None:
    """« 1,52E+13 » in a text file is no SIRET any more."""
    with pytest.raises(NombreAbrege):
        texte_pour(CHAMPS["siret"], "1,52E+13")


def test_an_abridged_number_in_free_text_is_only_text() -> None:
    """A matricule may look like one."""
    assert texte_pour(CHAMPS["matricule"], "5E12") == "5E12"


def test_a_failed_formula_is_named() -> None:
    """#N/A must not become somebody's name."""
    with pytest.raises(CelluleEnErreur):
        texte_pour(CHAMPS["nom_naissance"], "#N/A")


def aller_retour(champ: Champ, cellule: object) -> object:
    """Return the value that a field reads from a cell written in a workbook."""
    return champ.lire(texte_pour(champ, relire(cellule)))


@pytest.mark.exigence("G6")
@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000_000))
def test_amounts_survive_a_workbook_to_the_centime(centimes: int) -> None:
    """A salary written as a decimal number comes back as the same centimes."""
    assert centimes == aller_retour(CHAMPS["salaire_centimes"], centimes / 100)


@pytest.mark.exigence("G6")
@settings(max_examples=40, deadline=None)
@given(st.dates(date(1900, 3, 1), date(2099, 12, 31)))
def test_dates_survive_a_workbook_with_or_without_their_format(jour: date) -> None:
    """A date cell, its bare day number and its French text give the same day."""
    champ = CHAMPS["ne_le"]
    numero = (jour - date(1899, 12, 30)).days

    assert jour == aller_retour(champ, jour)
    assert jour == aller_retour(champ, numero)
    assert jour == aller_retour(champ, champ.ecrire(jour))


@pytest.mark.exigence("G6")
@settings(max_examples=40, deadline=None)
@given(st.integers(100_000, 99_999_999), st.integers(0, 9_999), st.sampled_from([int, str, float]))
def test_sirets_survive_a_workbook_as_numbers_or_text(
    siren: int, nic: int, en: Callable[[str], object]
) -> None:
    """A SIRET stored as a number keeps all its digits, leading zeros included."""
    siret = _avec_cle(_avec_cle(f"{siren:08d}") + f"{nic:04d}")
    assert siret == aller_retour(CHAMPS["siret"], en(siret))


def _avec_cle(radical: str) -> str:
    """Add the Luhn digit."""
    return next(radical + c for c in "0123456789" if luhn.is_valid(radical + c))

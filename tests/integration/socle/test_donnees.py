"""Strict data files: text stays text, nothing is guessed, defects are named with their line."""

from datetime import date
from pathlib import Path

import pytest

from app.socle.donnees import empreinte, lire_yaml
from app.socle.errors import DonneesInternes


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [
        ("0016", "0016"),
        ("0", 0),
        ("12", 12),
        ("-5", -5),
        ("+5", "+5"),
        ("00", "00"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("23:00", "23:00"),
        ("NO", "NO"),
        ("oui", "oui"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("false", False),
        ("True", "True"),
        ("null", None),
        ("", None),
        ("~", "~"),
        ("2.11 %", "2.11 %"),
        ("2.11", "2.11"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("4005.00 €", "4005.00 €"),
        ("2026-01-31", date(2026, 1, 31)),
        ("2026-1-31", "2026-1-31"),
        ("'2026-01-31'", "2026-01-31"),
        ('"12"', "12"),
        ("[0016, 1]", ["0016", 1]),
        ("{a: NO}", {"a": "NO"}),
        ("<<", "<<"),
    ],
)
def test_only_five_kinds_of_value_are_known(ecrit: str, lu: object) -> None:
    """Nothing, true/false, whole numbers, ISO dates; all else is text, never a float."""
    valeur = lire_yaml(f"cle: {ecrit}", "essai.yaml")["cle"]

    assert valeur == lu
    assert type(valeur) is type(lu)


@pytest.mark.parametrize(
    ("texte", "cause"),
    [
        ("a: 1\nb: 2\na: 3\n", "ligne 3, clé en double : a"),
        ("x:\n  2026-01-01: 1\n  2026-01-01: 2\n", "ligne 3, clé en double : 2026-01-01"),
        ("a: 2026-02-30", "ligne 1, date impossible : 2026-02-30"),
        ("? [a, b]\n: 1\n", "ligne 1, une clé est un texte"),
        ("? {a: b}\n: 1\n", "ligne 1, une clé est un texte"),
        ("a: !!float 1.5", "ligne 1, nombre sans unité : 1.5"),
        ("a: !!python/object/apply:os.system ['x']", "ligne 1, écriture YAML incorrecte"),
        ("a: [1", "ligne 1, écriture YAML incorrecte"),
        ("a: 1\n b: 2\n", "ligne 2, écriture YAML incorrecte"),
        ("a: 1\n---\nb: 2\n", "ligne 2, écriture YAML incorrecte"),
        ("a: \x01", "un caractère ou un nombre n'y a pas sa place"),
        (f"a: {'9' * 5000}", "un caractère ou un nombre n'y a pas sa place"),
    ],
)
def test_a_defect_is_named_with_its_line(texte: str, cause: str) -> None:
    """In French, with the file."""
    with pytest.raises(DonneesInternes) as refus:
        lire_yaml(texte, "essai.yaml")

    assert cause in refus.value.cause
    assert refus.value.fichier == "essai.yaml"


def test_a_digest_changes_with_any_byte_and_with_the_order(tmp_path: Path) -> None:
    """SHA-256 of the files one after the other."""
    un, deux = tmp_path / "un", tmp_path / "deux"
    un.write_bytes(b"a")
    deux.write_bytes(b"b")
    avant = empreinte(un, deux)

    assert len(avant) == 64
    assert empreinte(deux, un) != avant
    un.write_bytes(b"c")
    assert empreinte(un, deux) != avant

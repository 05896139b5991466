"""Blocks of lines written column by column say what each cell says alone."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extractions.documents import plat, xlsx_flux, xml
from app.extractions.documents.blocs import fractions, nombres, par_colonnes
from app.extractions.documents.plat import cellule
from app.extractions.rules import TypeColonne
from app.extractions.rules.colonnes import decimal

TEXTES = [TypeColonne.TEXTE, TypeColonne.IDENTIFIANT]
NOMBRES = [g for g in TypeColonne if g.est_nombre]
textes = st.lists(
    st.none()
    | st.text(max_size=8)
    | st.sampled_from(
        [
            "a",
            "=1",
            "+1",
            "-1",
            "@a",
            " =1",
            "\u00a0=1",
            "a;b",
            'a"b',
            "a\tb",
            "a\nb",
            "a\n=b",
            "a ",
        ]
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.exigence("E6")
@pytest.mark.parametrize("separateur", [";", "\t"])
@given(valeurs=textes)
def test_a_block_of_texts_is_what_its_cells_are(separateur: str, valeurs: list[str | None]) -> None:
    """Quoted where need be, so that a reader of CSV finds the guarded text again."""
    ecrits = plat._ecrivain(TypeColonne.TEXTE, separateur)(valeurs)
    lus = [
        next(csv.reader(io.StringIO(f"{t}{separateur}x", newline=""), delimiter=separateur))
        for t in ecrits
    ]
    assert [ligne[0] for ligne in lus] == [cellule(v, TypeColonne.TEXTE) for v in valeurs]


@pytest.mark.exigence("E6")
@given(valeurs=textes)
def test_a_block_of_cells_is_what_each_is(valeurs: list[str | None]) -> None:
    """The fast way of a whole block and the careful way of each cell give the same cell."""
    cellules = xlsx_flux.cellules_de(TypeColonne.TEXTE)(valeurs)
    assert list(cellules) == [xlsx_flux.VIDE if v is None else xlsx_flux.texte(v) for v in valeurs]
    elements = xml._cellules("nom", TypeColonne.TEXTE)(valeurs)
    assert list(elements) == [
        "" if v is None else f"<nom>{xml._echapper(v)}</nom>" for v in valeurs
    ]


@pytest.mark.exigence("E6")
@pytest.mark.parametrize("genre", NOMBRES)
@given(valeurs=st.lists(st.none() | st.integers(-(10**12), 10**12), min_size=1))
def test_a_block_of_numbers_is_what_its_cells_are(
    genre: TypeColonne, valeurs: list[int | None]
) -> None:
    """Negative ones too; XML writes every decimal."""
    assert list(plat._ecrivain(genre, ";")(valeurs)) == [cellule(v, genre) for v in valeurs]
    assert list(xml._cellules("n", genre)(valeurs)) == [
        "" if v is None else f"<n>{decimal(v, genre.decimales)}</n>" for v in valeurs
    ]


@given(valeurs=st.lists(st.integers(-(10**12), 10**12), min_size=1))
def test_a_cell_holds_the_nearest_number(valeurs: list[int]) -> None:
    """What a spreadsheet reads is the amount itself, as near as a double can be."""
    for genre, puissance in ((TypeColonne.MONTANT, 2), (TypeColonne.TAUX, 6)):
        cellules = xlsx_flux.cellules_de(genre)(valeurs)
        lus = [float(c.partition("<v>")[2].partition("</v>")[0]) for c in cellules]
        assert lus == [v / 10**puissance for v in valeurs]


def test_every_line_is_given_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the length of the blocks."""
    monkeypatch.setattr("app.extractions.documents.blocs.BLOC", 3)
    blocs = list(par_colonnes(((i,) for i in range(7)), [nombres(vide="")]))
    assert [b for b, _ in blocs] == [3, 3, 1]
    assert [t for _, lues in blocs for (t,) in lues] == [str(i) for i in range(7)]


def test_fractions_keep_the_zeros_asked_for() -> None:
    """All of them, or the first ones."""
    assert fractions(2, ".")[50] == ".50"
    assert fractions(4, ",", garder=2)[1000:1002] == (",10", ",1001")
    assert fractions(4, ",", garder=2)[0] == ",00"

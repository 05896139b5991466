"""XLSX: typed cells, frozen header, filter, widths; lines written as they come.

Texts are always texts: a leading zero stays, and a text that begins with = + - @ is never a
formula, even when the person edits the cell (`quotePrefix`). A sheet holds 1 048 576 lines:
more go on in the next one.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from app.extractions.documents.plat import FORMULES
from app.extractions.rules import Colonne, TypeColonne
from app.extractions.rules.colonnes import Valeur
from app.extractions.rules.extraction import Extraction
from app.noyau.periodes import afficher_date

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LIGNES_PAR_FEUILLE = 1_048_575
CARACTERES_MAX = 32_767
PREMIER_JOUR_SUR = date(1900, 3, 1)
"""Spreadsheets believe in a 29 February 1900: days before it would be shown one off."""
_ECHAPPES = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""A text that spreadsheets would read as a character (ECMA-376, ST_Xstring)."""
_FORMATS = {
    TypeColonne.TEXTE: "@",
    TypeColonne.IDENTIFIANT: "@",
    TypeColonne.ENTIER: "#,##0",
    TypeColonne.NUMERO: "0",
    TypeColonne.MONTANT: '#,##0.00\\ "€"',
    TypeColonne.TAUX: "0.00##%",
    TypeColonne.HEURES: "#,##0.00",
    TypeColonne.DECIMAL: "#,##0.00",
    TypeColonne.DATE: "dd/mm/yyyy",
}
_DECIMALES = {
    TypeColonne.MONTANT: -2,
    TypeColonne.HEURES: -2,
    TypeColonne.DECIMAL: -2,
    TypeColonne.TAUX: -6,
}


def ecrire(chemin: Path, extraction: Extraction, lignes: Iterable[tuple[Valeur, ...]]) -> None:
    """Write a result as a workbook; the last sheet says which query and parameters."""
    classeur = Workbook(write_only=True)
    classeur.properties.title = extraction.designation
    classeur.properties.creator = "Clairpaie"
    try:
        for feuille, bloc in _feuilles(classeur, iter(lignes)):
            _remplir(feuille, extraction.colonnes, bloc)
        _decrire(classeur.create_sheet("Paramètres"), extraction)
        classeur.save(chemin)
    except BaseException:
        for feuille in classeur.worksheets:
            _oublier(feuille)
        raise


def _oublier(feuille: Any) -> None:
    """Remove the temporary file of a sheet that will not be saved."""
    if feuille._writer is not None:  # noqa: SLF001 -- openpyxl only removes it at exit
        feuille.close()
        feuille._writer.cleanup()  # noqa: SLF001


def _feuilles(
    classeur: Workbook, lignes: Iterator[tuple[Valeur, ...]]
) -> Iterator[tuple[Any, Iterator[tuple[Valeur, ...]]]]:
    """Give a sheet, and the lines that go in it, as long as there are any; at least one."""
    rang = 1
    reste: Iterator[tuple[Valeur, ...]] = lignes
    while True:
        nom = "Résultat" if rang == 1 else f"Résultat {rang}"
        yield classeur.create_sheet(nom), islice(reste, LIGNES_PAR_FEUILLE)
        suivante = next(lignes, None)
        if suivante is None:
            return
        reste = chain([suivante], lignes)
        rang += 1


def _remplir(
    feuille: Any, colonnes: tuple[Colonne, ...], lignes: Iterator[tuple[Valeur, ...]]
) -> None:
    feuille.freeze_panes = "A2"
    for i, colonne in enumerate(colonnes, 1):
        feuille.column_dimensions[get_column_letter(i)].width = colonne.largeur + 2
    feuille.append(_entete(feuille, c.libelle) for c in colonnes)
    modeles = [_Modele(feuille, c.type) for c in colonnes]
    combien = 1
    for combien, ligne in enumerate(lignes, 2):  # noqa: B007 -- the last one is used
        feuille.append([m.cellule(v) for m, v in zip(modeles, ligne, strict=True)])
    feuille.auto_filter.ref = f"A1:{get_column_letter(len(colonnes))}{combien}"


def _entete(feuille: Any, texte: str) -> Any:
    cellule = WriteOnlyCell(feuille, texte)
    cellule.font = Font(bold=True, color="FFFFFF")
    cellule.fill = PatternFill("solid", start_color="14577F")
    cellule.alignment = Alignment(vertical="center", wrap_text=True)
    return cellule


class _Modele:
    """The cell of a column, filled again for each line: lines are written at once."""

    def __init__(self, feuille: Any, genre: TypeColonne) -> None:
        self._genre = genre
        self._cellule = WriteOnlyCell(feuille)
        self._cellule.number_format = _FORMATS[genre]
        self._protegee = WriteOnlyCell(feuille)
        self._protegee.number_format = _FORMATS[genre]
        self._protegee.quotePrefix = True

    def cellule(self, valeur: Valeur) -> Any:
        """Return the cell that holds a value; None for an empty one."""
        if valeur is None:
            return None
        if isinstance(valeur, str):
            if self._genre is not TypeColonne.DATE:
                return self._texte(valeur)
            if (jour := date.fromisoformat(valeur)) < PREMIER_JOUR_SUR:
                return self._texte(afficher_date(jour))
        self._cellule.value = self._nombre(valeur)
        return self._cellule

    def _texte(self, valeur: str) -> Any:
        propre = ILLEGAL_CHARACTERS_RE.sub("", valeur)[:CARACTERES_MAX]
        propre = _ECHAPPES.sub("_x005F_", propre)
        cellule = self._protegee if propre.startswith(FORMULES) else self._cellule
        cellule.value = propre
        cellule.data_type = "s"
        return cellule

    def _nombre(self, valeur: int | str) -> Any:
        if isinstance(valeur, str):
            return date.fromisoformat(valeur)
        decimales = _DECIMALES.get(self._genre)
        return valeur if decimales is None else Decimal(valeur).scaleb(decimales)


def _decrire(feuille: Any, extraction: Extraction) -> None:
    feuille.column_dimensions["A"].width = 28
    feuille.column_dimensions["B"].width = 60
    lignes = [
        ("Requête", extraction.designation),
        *((p.libelle, p.texte) for p in extraction.parametres),
        ("Nombre de lignes", str(extraction.total)),
        ("Exécutée le", f"{extraction.cree_a:%d/%m/%Y à %H:%M}"),
    ]
    modele = _Modele(feuille, TypeColonne.TEXTE)
    for libelle, texte in lignes:
        titre = WriteOnlyCell(feuille, libelle)
        titre.font = Font(bold=True)
        feuille.append([titre, modele.cellule(texte)])

"""XLSX: typed cells, frozen header, filter, widths; lines written as they come.

Texts are always texts: a leading zero stays, and a text that begins with = + - @ is never a
formula, even when the person edits the cell (`quotePrefix`). A sheet holds 1 048 576 lines:
more go on in the next one.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from app.extractions.documents import xlsx_flux
from app.extractions.documents import xlsx_formats as formats
from app.extractions.documents.plat import FORMULES
from app.extractions.documents.xlsx_formats import texte_sur
from app.extractions.rules import Colonne, TypeColonne, afficher
from app.extractions.rules.colonnes import Valeur
from app.extractions.rules.extraction import Extraction

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAR_BIBLIOTHEQUE = 100_000
"""Lines that openpyxl writes; longer results are written by `xlsx_flux` (decision 0013)."""


def ecrire(chemin: Path, extraction: Extraction, lignes: Iterable[tuple[Valeur, ...]]) -> None:
    """Write a result as a workbook; the last sheet says which query and parameters.

    Raises:
        OSError: it cannot be written.
    """
    if extraction.total > PAR_BIBLIOTHEQUE:
        xlsx_flux.ecrire(chemin, extraction, lignes)
        return
    classeur = Workbook(write_only=True)
    classeur.properties.title = texte_sur(extraction.designation)
    classeur.properties.creator = "Clairpaie"
    try:
        for feuille, bloc in _feuilles(classeur, iter(lignes)):
            _remplir(feuille, extraction.colonnes, bloc)
        _decrire(classeur.create_sheet(formats.NOM_PARAMETRES), extraction)
        with ZipFile(chemin, "w", ZIP_DEFLATED) as archive:  # closed too when the disk is full
            ExcelWriter(classeur, archive).write_data()
    except BaseException:
        for feuille in classeur.worksheets:
            _oublier(feuille)
        raise


def _oublier(feuille: Any) -> None:
    """Remove the temporary file of a sheet that will not be saved."""
    ecrivain = feuille._writer  # noqa: SLF001 -- openpyxl only removes it at exit
    if ecrivain is None:
        return
    if not feuille.closed:
        with suppress(OSError):  # no room for its last lines either
            feuille.close()
    if Path(ecrivain.out).exists():
        ecrivain.cleanup()


def _feuilles(
    classeur: Workbook, lignes: Iterator[tuple[Valeur, ...]]
) -> Iterator[tuple[Any, Iterator[tuple[Valeur, ...]]]]:
    """Give a sheet, and the lines that go in it, as long as there are any; at least one."""
    rang = 1
    reste: Iterator[tuple[Valeur, ...]] = lignes
    while True:
        nom = formats.nom_de_feuille(rang)
        yield classeur.create_sheet(nom), islice(reste, formats.LIGNES_PAR_FEUILLE)
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
    cellule = _cellule_de_texte(feuille, texte)
    cellule.font = Font(bold=True, color="FFFFFF")
    cellule.fill = PatternFill("solid", start_color=formats.FOND_ENTETE)
    cellule.alignment = Alignment(vertical="center", wrap_text=True)
    return cellule


def _cellule_de_texte(feuille: Any, texte: str) -> Any:
    """Return the cell of a text, which openpyxl would read as a formula when it begins by =."""
    cellule = WriteOnlyCell(feuille, texte_sur(texte))
    cellule.data_type = "s"
    return cellule


class _Modele:
    """The cell of a column, filled again for each line: lines are written at once."""

    def __init__(self, feuille: Any, genre: TypeColonne) -> None:
        self._genre = genre
        self._cellule = WriteOnlyCell(feuille)
        self._cellule.number_format = formats.FORMATS[genre]
        self._protegee = WriteOnlyCell(feuille)
        self._protegee.number_format = formats.FORMATS[genre]
        self._protegee.quotePrefix = True

    def cellule(self, valeur: Valeur) -> Any:
        """Return the cell that holds a value; None for an empty one."""
        if valeur is None:
            return None
        if isinstance(valeur, str):
            if self._genre is not TypeColonne.DATE:
                return self._texte(valeur)
            if valeur < formats.PREMIER_JOUR_SUR:
                return self._texte(afficher(valeur, self._genre))
        self._cellule.value = self._nombre(valeur)
        return self._cellule

    def _texte(self, valeur: str) -> Any:
        propre = texte_sur(valeur)
        cellule = self._protegee if propre.startswith(FORMULES) else self._cellule
        cellule.value = propre
        cellule.data_type = "s"
        return cellule

    def _nombre(self, valeur: int | str) -> Any:
        if isinstance(valeur, str):
            return date.fromisoformat(valeur)
        decimales = formats.DECIMALES.get(self._genre)
        return valeur if decimales is None else Decimal(valeur).scaleb(-decimales)


def _decrire(feuille: Any, extraction: Extraction) -> None:
    feuille.column_dimensions["A"].width = 28
    feuille.column_dimensions["B"].width = 60
    modele = _Modele(feuille, TypeColonne.TEXTE)
    for libelle, texte in extraction.resume():
        titre = _cellule_de_texte(feuille, libelle)
        titre.font = Font(bold=True)
        feuille.append([titre, modele.cellule(texte)])

"""The livre de paie as a workbook: the journal, then the totals by cotisation.

Texts are always texts: one that begins with = + - @ is never a formula, even when edited.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from app.noyau.typographie import typographier
from app.paie.rules.livre import MONTANTS, Livre

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULES = ("=", "+", "-", "@")
_EUROS = '#,##0.00\\ "€"'
_GRAS = Font(bold=True)
_BLANC = Font(bold=True, color="FFFFFF")
_FOND = PatternFill("solid", start_color="14577F")
_CLAIR = PatternFill("solid", start_color="EEF3F7")
_IDENTITE = (("Employeur", 34), ("Matricule", 12), ("Salarié", 30), ("Emploi", 28), ("État", 13))
_COTISATIONS = (
    *(("Organisme", 22), ("Cotisation", 58), ("Bulletins", 11), ("Base", 16)),
    *(("Part salarié", 15), ("Part employeur", 15), ("Total", 16)),
)


def octets(livre: Livre) -> bytes:
    """Return the workbook."""
    classeur = Workbook(write_only=True)
    classeur.properties.title = typographier(f"Livre de paie de {livre.mois.en_toutes_lettres}")
    classeur.properties.creator = "Clairpaie"
    _journal(classeur, livre)
    _cotisations(classeur, livre)
    tampon = BytesIO()
    classeur.save(tampon)
    return tampon.getvalue()


def _journal(classeur: Workbook, livre: Livre) -> None:
    colonnes = (*_IDENTITE, *((titre, 16) for _, titre in MONTANTS))
    feuille = _feuille(classeur, "Journal", colonnes)
    for li in livre.lignes:
        textes = (li.employeur, li.matricule, li.nom, li.emploi, li.etat)
        feuille.append(_cellules(feuille, (*textes, *map(_euros, li.montants))))
    total = ("Total", "", "", "", "", *map(_euros, livre.total))
    feuille.append(_cellules(feuille, total, forte=True))
    _filtrer(feuille, colonnes, len(livre.lignes) + 1)


def _cotisations(classeur: Workbook, livre: Livre) -> None:
    feuille = _feuille(classeur, "Cotisations", _COTISATIONS)
    combien = 1
    for organisme, siennes in livre.par_organisme():
        for c in siennes:
            montants = map(_euros, (c.assiette, c.salarial, c.patronal, c.total))
            ligne = (organisme, c.libelle, c.bulletins, *montants)
            feuille.append(_cellules(feuille, ligne))
            combien += 1
    _filtrer(feuille, _COTISATIONS, combien)
    for organisme, siennes in livre.par_organisme():
        sommes = (
            sum(c.salarial for c in siennes),
            sum(c.patronal for c in siennes),
            sum(c.total for c in siennes),
        )
        ligne = (f"Total {organisme}", "", "", "", *map(_euros, sommes))
        feuille.append(_cellules(feuille, ligne, forte=True))
    tout = livre.cotisations
    sommes = (
        sum(c.salarial for c in tout),
        sum(c.patronal for c in tout),
        sum(c.total for c in tout),
    )
    feuille.append(_cellules(feuille, ("Total", "", "", "", *map(_euros, sommes)), forte=True))


def _euros(centimes: int) -> Decimal:
    return Decimal(centimes).scaleb(-2)


def _feuille(classeur: Workbook, nom: str, colonnes: Sequence[tuple[str, int]]) -> Any:
    feuille = classeur.create_sheet(nom)
    feuille.freeze_panes = "A2"
    for rang, (_, largeur) in enumerate(colonnes, 1):
        feuille.column_dimensions[get_column_letter(rang)].width = largeur
    entetes = []
    for titre, _ in colonnes:
        cellule = WriteOnlyCell(feuille, typographier(titre))
        cellule.font, cellule.fill = _BLANC, _FOND
        cellule.alignment = Alignment(vertical="center", wrap_text=True)
        entetes.append(cellule)
    feuille.append(entetes)
    return feuille


def _cellules(feuille: Any, valeurs: Iterable[Any], *, forte: bool = False) -> list[Any]:
    """Return the cells of a line: texts, counts, amounts in euros (`Decimal`)."""
    cellules = []
    for valeur in valeurs:
        cellule = WriteOnlyCell(feuille)
        if isinstance(valeur, str):
            propre = ILLEGAL_CHARACTERS_RE.sub("", valeur)
            cellule.value = propre or None
            if propre:
                cellule.data_type = "s"
                cellule.number_format = "@"
                cellule.quotePrefix = propre.startswith(FORMULES)
        else:
            cellule.value = valeur
            cellule.number_format = _EUROS if isinstance(valeur, Decimal) else "#,##0"
        if forte:
            cellule.font, cellule.fill = _GRAS, _CLAIR
        cellules.append(cellule)
    return cellules


def _filtrer(feuille: Any, colonnes: Sequence[tuple[str, int]], hauteur: int) -> None:
    """Offer a filter over the lines, totals left out."""
    feuille.auto_filter.ref = f"A1:{get_column_letter(len(colonnes))}{hauteur}"

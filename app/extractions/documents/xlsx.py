"""XLSX: typed cells, frozen header, filter, widths; lines written as they come.

Texts are always texts: a leading zero stays, and a text that begins with = + - @ is never a
formula, even when the person edits the cell (`quotePrefix`). A sheet holds 1 048 576 lines:
more go on in the next one. The last sheet says which query and parameters.

See: ECMA-376, part 1 (SpreadsheetML); texts are `ST_Xstring`, where `_xHHHH_` is a character.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date
from functools import lru_cache
from itertools import islice
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from app.extractions.documents import gabarits_xlsx as gabarits
from app.extractions.documents.plat import FORMULES
from app.extractions.rules import Colonne, TypeColonne
from app.extractions.rules.colonnes import Valeur, decimal
from app.extractions.rules.extraction import Extraction

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LIGNES_PAR_FEUILLE = 1_048_575
CARACTERES_MAX = 32_767
_GRANDES_CELLULES = 25_000_000
"""Cells of a sheet whose text may pass 2 Gio: the archive is then announced as a large one."""
_BLOC = 500
_COMPRESSION = 3
_DECIMALES = {TypeColonne.MONTANT: 2, TypeColonne.HEURES: 2, TypeColonne.TAUX: 6}
_INTERDITS = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ECHAPPES = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_PREMIER_MARS_1900 = date(1900, 3, 1)
_ORIGINE = date(1899, 12, 30)
_TEXTE = gabarits.STYLE[TypeColonne.TEXTE]

Cellule = Callable[[Valeur, int], str]


def ecrire(chemin: Path, extraction: Extraction, lignes: Iterable[tuple[Valeur, ...]]) -> None:
    """Write a result as a workbook."""
    suite = iter(lignes)
    feuilles = max(1, -(-extraction.total // LIGNES_PAR_FEUILLE))
    noms = ["Résultat", *(f"Résultat {n}" for n in range(2, feuilles + 1)), "Paramètres"]
    with ZipFile(chemin, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as archive:
        for nom, contenu in _fixes(extraction, noms):
            archive.writestr(nom, contenu)
        for rang in range(1, feuilles + 1):
            bloc = islice(suite, LIGNES_PAR_FEUILLE)
            _verser(archive, rang, _feuille(extraction.colonnes, bloc, rang), extraction)
        _verser(archive, feuilles + 1, _description(extraction), extraction)


def _fixes(extraction: Extraction, noms: list[str]) -> Iterator[tuple[str, str]]:
    """Give the parts of the workbook that are not sheets."""
    rangs = range(1, len(noms) + 1)
    derniere = lettres(len(extraction.colonnes))
    yield "[Content_Types].xml", gabarits.types(rangs)
    yield "_rels/.rels", gabarits.RELATIONS
    instant = f"{extraction.cree_a.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    yield "docProps/core.xml", gabarits.proprietes(_echapper(extraction.designation), instant)
    filtres = [
        f"'{nom}'!$A$1:${derniere}${_hauteur(extraction, rang)}"
        for rang, nom in enumerate(noms[:-1], 1)
    ]
    yield "xl/workbook.xml", gabarits.classeur(noms, filtres)
    yield "xl/_rels/workbook.xml.rels", gabarits.liens(rangs)
    yield "xl/styles.xml", gabarits.STYLES


def _hauteur(extraction: Extraction, rang: int) -> int:
    """Return the number of lines of a sheet, its header included."""
    reste = extraction.total - (rang - 1) * LIGNES_PAR_FEUILLE
    return min(max(reste, 0), LIGNES_PAR_FEUILLE) + 1


def _verser(archive: ZipFile, rang: int, textes: Iterable[str], extraction: Extraction) -> None:
    """Write a sheet as it comes."""
    grande = extraction.total * len(extraction.colonnes) > _GRANDES_CELLULES
    nom = f"xl/worksheets/sheet{rang}.xml"
    with archive.open(nom, "w", force_zip64=grande) as fichier:
        for texte in textes:
            fichier.write(texte.encode())


def _feuille(
    colonnes: tuple[Colonne, ...], lignes: Iterable[tuple[Valeur, ...]], rang: int
) -> Iterator[str]:
    """Give the text of a sheet of lines, piece by piece."""
    largeurs = [c.largeur + 2 for c in colonnes]
    yield gabarits.debut(largeurs, choisie=rang == 1, figee=True)
    noms = [lettres(i) for i in range(1, len(colonnes) + 1)]
    titres = (
        _chaine(nom, c.libelle, 1, gabarits.TITRE) for nom, c in zip(noms, colonnes, strict=True)
    )
    yield f'<row r="1">{"".join(titres)}</row>'
    cellules = [_cellule(nom, c.type) for nom, c in zip(noms, colonnes, strict=True)]
    numero, tampon = 1, []
    for numero, ligne in enumerate(lignes, 2):
        contenu = "".join([f(v, numero) for f, v in zip(cellules, ligne, strict=True)])
        tampon.append(f'<row r="{numero}">{contenu}</row>')
        if len(tampon) == _BLOC:
            yield "".join(tampon)
            tampon.clear()
    yield "".join(tampon)
    yield f'</sheetData><autoFilter ref="A1:{noms[-1]}{numero}"/></worksheet>'


def lettres(rang: int) -> str:
    """Return the letters of a column, from 1.

    >>> lettres(1), lettres(28)
    ('A', 'AB')
    """
    noms = ""
    while rang:
        rang, reste = divmod(rang - 1, 26)
        noms = chr(65 + reste) + noms
    return noms


def _cellule(colonne: str, genre: TypeColonne) -> Cellule:
    """Return what writes the cells of a column; nothing known is no cell."""
    if genre is TypeColonne.DATE:
        return lambda v, n: _date(colonne, str(v), n) if v is not None else ""
    if not genre.est_nombre:
        return lambda v, n: _texte(colonne, str(v), n) if v is not None else ""
    style, decimales = gabarits.STYLE[genre], _DECIMALES.get(genre, 0)

    def nombre(valeur: Valeur, numero: int) -> str:
        if not isinstance(valeur, int):
            return ""
        return f'<c r="{colonne}{numero}" s="{style}"><v>{decimal(valeur, decimales)}</v></c>'

    return nombre


def _date(colonne: str, iso: str, numero: int) -> str:
    serie = _serie(iso)
    if serie is None:
        return _texte(colonne, f"{iso[8:10]}/{iso[5:7]}/{iso[:4]}", numero)
    style = gabarits.STYLE[TypeColonne.DATE]
    return f'<c r="{colonne}{numero}" s="{style}"><v>{serie}</v></c>'


@lru_cache(maxsize=20_000)
def _serie(iso: str) -> int | None:
    """Return the number of a day; none before March 1900, which spreadsheets count wrongly."""
    jour = date.fromisoformat(iso)
    return None if jour < _PREMIER_MARS_1900 else (jour - _ORIGINE).days


def _texte(colonne: str, texte: str, numero: int) -> str:
    protege = texte.startswith(FORMULES)
    return _chaine(colonne, texte, numero, gabarits.PROTEGE if protege else _TEXTE)


def _chaine(colonne: str, texte: str, numero: int, style: int) -> str:
    return (
        f'<c r="{colonne}{numero}" s="{style}" t="inlineStr">'
        f'<is><t xml:space="preserve">{_echapper(texte[:CARACTERES_MAX])}</t></is></c>'
    )


def _echapper(texte: str) -> str:
    if texte.isalnum():
        return texte
    propre = _ECHAPPES.sub("_x005F_", _INTERDITS.sub("", texte))
    return propre.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _description(extraction: Extraction) -> Iterator[str]:
    """Give the text of the last sheet: query, parameters, count, instant."""
    yield gabarits.debut([28, 60], choisie=False, figee=False)
    lignes = [
        ("Requête", extraction.designation),
        *((p.libelle, p.texte) for p in extraction.parametres),
        ("Nombre de lignes", str(extraction.total)),
        ("Exécutée le", f"{extraction.cree_a:%d/%m/%Y à %H:%M}"),
    ]
    for numero, (libelle, texte) in enumerate(lignes, 1):
        titre = _chaine("A", libelle, numero, gabarits.GRAS)
        yield f'<row r="{numero}">{titre}{_texte("B", texte, numero)}</row>'
    yield "</sheetData></worksheet>"

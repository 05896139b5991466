"""Parts of a workbook around its lines: styles, list of sheets, « Paramètres », properties."""

from collections.abc import Iterator, Sequence
from html import escape

from app.extractions.documents.plat import FORMULES
from app.extractions.documents.xlsx_formats import (
    FOND_ENTETE,
    FORMATS,
    NOM_PARAMETRES,
    texte_sur,
)
from app.extractions.rules import Colonne, TypeColonne
from app.extractions.rules.extraction import Extraction

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TABLEUR = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LIENS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PAQUET = "http://schemas.openxmlformats.org/package/2006"
_GENRE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_ENTETE, _GRAS, _PREMIER = 1, 2, 3
STYLES = {genre: _PREMIER + rang for rang, genre in enumerate(TypeColonne)}
"""Style of the cells of each type."""
PROTEGE = _PREMIER + len(STYLES)
"""Style of a text that would be computed if it were typed (`quotePrefix`)."""
_PREMIER_FORMAT = 164
"""Number formats below are the spreadsheet's own (ECMA-376, §18.8.30)."""


def echapper(texte: str) -> str:
    """Write a text in XML."""
    return escape(texte, quote=False) if "&" in texte or "<" in texte or ">" in texte else texte


def nom_de_fichier(rang: int) -> str:
    """Return where a sheet lies in the archive."""
    return f"xl/worksheets/sheet{rang}.xml"


def _lettres(rang: int) -> str:
    """Return the letters of a column, from 1: A, B… Z, AA."""
    lettres = ""
    while rang:
        rang, reste = divmod(rang - 1, 26)
        lettres = chr(65 + reste) + lettres
    return lettres


def _cellule(texte: str, style: int) -> str:
    propre = echapper(texte_sur(texte))
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{propre}</t></is></c>'


def debut_de_feuille(colonnes: Sequence[Colonne]) -> str:
    """Return what comes before the lines: frozen header, widths, headings."""
    largeurs = "".join(
        f'<col min="{i}" max="{i}" width="{c.largeur + 2}" customWidth="1"/>'
        for i, c in enumerate(colonnes, 1)
    )
    titres = "".join(_cellule(c.libelle, _ENTETE) for c in colonnes)
    return (
        f'{_XML}<worksheet xmlns="{_TABLEUR}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{largeurs}</cols>'
        f"<sheetData><row>{titres}</row>"
    )


def fin_de_feuille(colonnes: int, lignes: int) -> str:
    """Return what comes after the lines: the filter over them all."""
    return f'</sheetData><autoFilter ref="A1:{_lettres(colonnes)}{lignes + 1}"/></worksheet>'


def entourer(
    extraction: Extraction, feuilles: Sequence[tuple[str, int]]
) -> Iterator[tuple[str, str]]:
    """Give every other part: its name in the archive, its content.

    Args:
        extraction: what is exported.
        feuilles: name and number of lines of each sheet of lines.
    """
    noms = [nom for nom, _ in feuilles] + [NOM_PARAMETRES]
    yield nom_de_fichier(len(noms)), _parametres(extraction)
    yield "xl/styles.xml", _styles()
    yield "xl/workbook.xml", _classeur(noms, feuilles, len(extraction.colonnes))
    cibles = [("worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(noms) + 1)]
    yield "xl/_rels/workbook.xml.rels", _relations([*cibles, ("styles", "styles.xml")])
    yield "docProps/core.xml", _proprietes(extraction)
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")], proprietes=True)
    yield "[Content_Types].xml", _contenus(len(noms))


def _parametres(extraction: Extraction) -> str:
    lignes = "".join(
        f"<row>{_cellule(libelle, _GRAS)}{_cellule(texte, _style_de(texte))}</row>"
        for libelle, texte in extraction.resume()
    )
    return (
        f'{_XML}<worksheet xmlns="{_TABLEUR}"><cols><col min="1" max="1" width="28" '
        'customWidth="1"/><col min="2" max="2" width="60" customWidth="1"/></cols>'
        f"<sheetData>{lignes}</sheetData></worksheet>"
    )


def _style_de(texte: str) -> int:
    return PROTEGE if texte.startswith(FORMULES) else STYLES[TypeColonne.TEXTE]


def _styles() -> str:
    numeros = {genre: _PREMIER_FORMAT + i for i, genre in enumerate(STYLES)}
    formats = "".join(
        f'<numFmt numFmtId="{n}" formatCode="{escape(FORMATS[g])}"/>' for g, n in numeros.items()
    )
    police = '<sz val="11"/>{}<name val="Calibri"/><family val="2"/>'
    normale, blanche = police.format(""), police.format('<color rgb="FFFFFFFF"/>')
    cellule = '<xf numFmtId="{}" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"{}/>'
    cellules = "".join(cellule.format(n, "") for n in numeros.values())
    protegee = cellule.format(numeros[TypeColonne.TEXTE], ' quotePrefix="1"')
    return (
        f'{_XML}<styleSheet xmlns="{_TABLEUR}">'
        f'<numFmts count="{len(numeros)}">{formats}</numFmts>'
        f'<fonts count="3"><font>{normale}</font><font><b/>{blanche}</font>'
        f"<font><b/>{normale}</font></fonts>"
        '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill '
        'patternType="gray125"/></fill><fill><patternFill patternType="solid">'
        f'<fgColor rgb="FF{FOND_ENTETE}"/></patternFill></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'</cellStyleXfs><cellXfs count="{PROTEGE + 1}">'
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        '<xf numFmtId="0" fontId="1" fillId="2" borderId="0" applyFont="1" applyFill="1" '
        'applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>'
        '<xf numFmtId="0" fontId="2" fillId="0" borderId="0" applyFont="1"/>'
        f'{cellules}{protegee}</cellXfs><cellStyles count="1">'
        '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _classeur(noms: Sequence[str], feuilles: Sequence[tuple[str, int]], colonnes: int) -> str:
    liste = "".join(
        f'<sheet name="{nom}" sheetId="{i}" r:id="rId{i}"/>' for i, nom in enumerate(noms, 1)
    )
    fin = _lettres(colonnes)
    filtres = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{i}" hidden="1">'
        f"'{nom}'!$A$1:${fin}${lignes + 1}</definedName>"
        for i, (nom, lignes) in enumerate(feuilles)
    )
    return (
        f'{_XML}<workbook xmlns="{_TABLEUR}" xmlns:r="{_LIENS}"><bookViews><workbookView/>'
        f"</bookViews><sheets>{liste}</sheets><definedNames>{filtres}</definedNames></workbook>"
    )


def _relations(cibles: Sequence[tuple[str, str]], *, proprietes: bool = False) -> str:
    liens = "".join(
        f'<Relationship Id="rId{i}" Type="{_LIENS}/{genre}" Target="{cible}"/>'
        for i, (genre, cible) in enumerate(cibles, 1)
    )
    if proprietes:
        liens += (
            f'<Relationship Id="rId{len(cibles) + 1}" Type="{_PAQUET}/relationships/metadata/'
            'core-properties" Target="docProps/core.xml"/>'
        )
    return f'{_XML}<Relationships xmlns="{_PAQUET}/relationships">{liens}</Relationships>'


def _proprietes(extraction: Extraction) -> str:
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PAQUET}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>'
        f"{echapper(texte_sur(extraction.designation))}</dc:title>"
        "<dc:creator>Clairpaie</dc:creator></cp:coreProperties>"
    )


def _contenus(feuilles: int) -> str:
    parties = [
        ("/xl/workbook.xml", f"{_GENRE}.sheet.main+xml"),
        ("/xl/styles.xml", f"{_GENRE}.styles+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ]
    feuille = f"{_GENRE}.worksheet+xml"
    parties += [(f"/{nom_de_fichier(i)}", feuille) for i in range(1, feuilles + 1)]
    liste = "".join(f'<Override PartName="{n}" ContentType="{t}"/>' for n, t in parties)
    return (
        f'{_XML}<Types xmlns="{_PAQUET}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{liste}</Types>'
    )

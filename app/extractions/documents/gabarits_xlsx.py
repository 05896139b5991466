"""The fixed parts of a workbook: package, styles, beginning of a sheet.

See: ECMA-376, part 1 (SpreadsheetML) and part 2 (packages).
"""

from collections.abc import Iterable, Sequence

from app.extractions.rules import TypeColonne

_TETE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LIENS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PAQUET = "http://schemas.openxmlformats.org/package/2006"
_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"

TITRE, GRAS, PROTEGE = 1, 2, 3
STYLE = {genre: rang for rang, genre in enumerate(TypeColonne, PROTEGE + 1)}
"""Rank of the style of each type of column."""
_FORMATS = {
    TypeColonne.TEXTE: "@",
    TypeColonne.IDENTIFIANT: "@",
    TypeColonne.ENTIER: "#,##0",
    TypeColonne.NUMERO: "0",
    TypeColonne.MONTANT: "#,##0.00\\ &quot;€&quot;",
    TypeColonne.TAUX: "0.00##%",
    TypeColonne.HEURES: "#,##0.00",
    TypeColonne.DATE: "dd/mm/yyyy",
}
_PREMIER_FORMAT = 164
_NUMEROS = {genre: _PREMIER_FORMAT + rang for rang, genre in enumerate(_FORMATS)}

RELATIONS = (
    f'{_TETE}<Relationships xmlns="{_PAQUET}/relationships">'
    f'<Relationship Id="rId1" Type="{_LIENS}/officeDocument" Target="xl/workbook.xml"/>'
    f'<Relationship Id="rId2" Type="{_PAQUET}/relationships/metadata/core-properties"'
    ' Target="docProps/core.xml"/></Relationships>'
)


def _style(format_numero: int, *, police: int = 0, fond: int = 0, reste: str = "/>") -> str:
    return (
        f'<xf numFmtId="{format_numero}" fontId="{police}" fillId="{fond}" borderId="0" xfId="0"'
        f' applyNumberFormat="1" applyFont="1" applyFill="1"{reste}'
    )


def _styles() -> str:
    formats = "".join(
        f'<numFmt numFmtId="{_NUMEROS[genre]}" formatCode="{code}"/>'
        for genre, code in _FORMATS.items()
    )
    texte = _NUMEROS[TypeColonne.TEXTE]
    titre = ' applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>'
    cellules = [
        _style(0),
        _style(texte, police=1, fond=2, reste=titre),
        _style(texte, police=2),
        _style(texte, reste=' quotePrefix="1"/>'),
        *(_style(_NUMEROS[genre]) for genre in STYLE),
    ]
    police = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
    return (
        f'{_TETE}<styleSheet xmlns="{_MAIN}">'
        f'<numFmts count="{len(_FORMATS)}">{formats}</numFmts>'
        f'<fonts count="3"><font>{police}</font><font><b/><sz val="11"/><color rgb="FFFFFFFF"/>'
        '<name val="Calibri"/><family val="2"/></font>'
        f"<font><b/>{police}</font></fonts>"
        '<fills count="3"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid">'
        '<fgColor rgb="FF14577F"/><bgColor indexed="64"/></patternFill></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'</cellStyleXfs><cellXfs count="{len(cellules)}">{"".join(cellules)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


STYLES = _styles()


def types(rangs: Iterable[int]) -> str:
    """Return what each part of the package is."""
    feuilles = "".join(
        f'<Override PartName="/xl/worksheets/sheet{r}.xml" ContentType="{_MIME}.worksheet+xml"/>'
        for r in rangs
    )
    return (
        f'{_TETE}<Types xmlns="{_PAQUET}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_MIME}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_MIME}.styles+xml"/>'
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f"{feuilles}</Types>"
    )


def proprietes(titre: str, instant: str) -> str:
    """Return the title, the author and the instant (UTC) of the workbook."""
    return (
        f'{_TETE}<cp:coreProperties xmlns:cp="{_CORE}"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{titre}</dc:title><dc:creator>Clairpaie</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{instant}</dcterms:created>'
        "</cp:coreProperties>"
    )


def classeur(noms: Sequence[str], filtres: Sequence[str]) -> str:
    """Return the list of the sheets, and what the filter of each first ones covers."""
    feuilles = "".join(
        f'<sheet name="{nom}" sheetId="{rang}" r:id="rId{rang}"/>'
        for rang, nom in enumerate(noms, 1)
    )
    zones = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{rang}" hidden="1">{zone}'
        "</definedName>"
        for rang, zone in enumerate(filtres)
    )
    return (
        f'{_TETE}<workbook xmlns="{_MAIN}" xmlns:r="{_LIENS}">'
        f"<bookViews><workbookView/></bookViews><sheets>{feuilles}</sheets><definedNames>{zones}</definedNames></workbook>"
    )


def liens(rangs: Sequence[int]) -> str:
    """Return where the workbook finds its sheets and its styles."""
    feuilles = "".join(
        f'<Relationship Id="rId{r}" Type="{_LIENS}/worksheet" Target="worksheets/sheet{r}.xml"/>'
        for r in rangs
    )
    return (
        f'{_TETE}<Relationships xmlns="{_PAQUET}/relationships">{feuilles}'
        f'<Relationship Id="rId{len(rangs) + 1}" Type="{_LIENS}/styles" Target="styles.xml"/>'
        "</Relationships>"
    )


def debut(largeurs: Sequence[int], *, choisie: bool, figee: bool) -> str:
    """Return the beginning of a sheet, up to its lines; `figee` freezes the first one."""
    volet = (
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/>'
        if figee
        else ""
    )
    selection = ' tabSelected="1"' if choisie else ""
    colonnes = "".join(
        f'<col min="{r}" max="{r}" width="{largeur}" customWidth="1"/>'
        for r, largeur in enumerate(largeurs, 1)
    )
    return (
        f'{_TETE}<worksheet xmlns="{_MAIN}"><sheetViews>'
        f'<sheetView{selection} workbookViewId="0">{volet}'
        '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        f"<cols>{colonnes}</cols><sheetData>"
    )

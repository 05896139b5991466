"""Exports reopened: the same content in the four formats, types kept, nothing ever computed."""

import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook

from app.extractions import service
from app.extractions.documents import FORMATS, xlsx, xlsx_flux, xlsx_formats
from app.extractions.documents.xlsx_parties import PROTEGE, STYLES
from app.extractions.errors import DestinationInaccessible, ExportIntrouvable, FormatInconnu
from app.extractions.rules import Presentation, TypeColonne, exporter_texte
from app.extractions.service import Resultat
from app.socle.errors import TacheAnnulee
from tests.integration.extractions.valideur import valider

BRUTE = Presentation()
PIEGES = """SELECT 1 AS nombre_rang, '=HYPERLINK("http://x")' AS nom, '0016' AS idcc,
    '00012345678901' AS siret, 123456 AS salaire_centimes, 21110 AS taux_millioniemes,
    15167 AS heures_centiemes, '2026-06-15' AS debut_le, 2026 AS annee
UNION ALL SELECT 2, '+33 1', '0007', '=1+1', -5, 0, 0, '1900-01-15', 2025
UNION ALL SELECT 3, '-1', NULL, '@SUM(A1)', NULL, NULL, NULL, NULL, NULL
UNION ALL SELECT 4, '@a', '', '', 0, 10000, 1, '2000-02-29', 1999
UNION ALL SELECT 5, 'a;b"c' || char(9) || 'd' || char(10) || 'é<&>' || char(7) || ' _x0041_',
    '9999', ' =2', 100, 1, 100, '9999-12-31', 0
ORDER BY 1"""
TEXTES = ["nom", "idcc", "siret"]


@pytest.fixture(params=["openpyxl", "flux"], autouse=True)
def ecrivain(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every workbook is written by openpyxl, then by the writer of very long results."""
    if request.param == "flux":
        monkeypatch.setattr(xlsx, "PAR_BIBLIOTHEQUE", -1)
    return str(request.param)


@pytest.fixture
def pieges(atelier: Any) -> Resultat:
    """A result with all that an export could spoil."""
    resultat: Resultat = atelier.executer(atelier.ecrire(PIEGES))
    return resultat


def exporter(resultat: Resultat, code: str, vers: Path, vue: Presentation = BRUTE) -> Path:
    """Export into a folder."""
    chemin = vers / f"export.{code}"
    service.exporter(resultat, code, chemin, vue)
    return chemin


def lire_separe(chemin: Path, separateur: str) -> list[list[str]]:
    """Read a text export; its first bytes are the mark of UTF-8."""
    octets = chemin.read_bytes()
    assert octets.startswith(b"\xef\xbb\xbf")
    texte = octets.decode("utf-8-sig")
    assert texte.count("\r\n") == texte.count("\n")
    return list(csv.reader(io.StringIO(texte, newline=""), delimiter=separateur))


def feuille(chemin: Path) -> Any:
    """Open the first sheet of a workbook."""
    return load_workbook(chemin).worksheets[0]


@pytest.mark.exigence("E6")
def test_a_workbook_keeps_types_header_filter_and_widths(pieges: Resultat, tmp_path: Path) -> None:
    """Numbers are numbers with a format, dates dates, texts texts."""
    page = feuille(exporter(pieges, "xlsx", tmp_path))
    premiere = [c.value for c in page[2]]

    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:I6"
    assert page["A1"].font.bold
    assert [page.column_dimensions[x].width for x in "AB"] == [
        c.largeur + 2 for c in pieges.colonnes[:2]
    ]
    assert premiere[0] == 1
    assert premiere[4:7] == [1234.56, 0.02111, 151.67]
    assert premiere[7] == datetime(2026, 6, 15)  # noqa: DTZ001 -- as openpyxl reads a day
    assert [c.number_format for c in page[2]][4:] == [
        '#,##0.00\\ "€"',
        "0.00##%",
        "#,##0.00",
        "dd/mm/yyyy",
        "0",
    ]
    assert [c.value for c in page[4]][2:] == [None, "@SUM(A1)", *[None] * 5]


@pytest.mark.exigence("E6")
def test_identifiers_keep_their_zeros_and_nothing_is_a_formula(
    pieges: Resultat, tmp_path: Path
) -> None:
    """Cells that start with = + - @ are texts, marked so that editing them changes nothing."""
    page = feuille(exporter(pieges, "xlsx", tmp_path))

    assert [page.cell(2, c).value for c in (3, 4)] == ["0016", "00012345678901"]
    for ligne in page.iter_rows(min_row=2, max_row=6, min_col=2, max_col=4):
        for cellule in ligne:
            assert cellule.data_type in {"s", "inlineStr", "n"}
            assert cellule.data_type != "f"
            if cellule.value is not None:
                assert isinstance(cellule.value, str)
                assert cellule.quotePrefix == str(cellule.value).startswith(("=", "+", "-", "@"))


def test_a_day_that_spreadsheets_count_wrongly_is_a_text(pieges: Resultat, tmp_path: Path) -> None:
    """Before March 1900."""
    assert feuille(exporter(pieges, "xlsx", tmp_path))["H3"].value == "15/01/1900"


def test_forbidden_characters_are_left_out_and_escapes_escaped(
    pieges: Resultat, tmp_path: Path
) -> None:
    """A bell is dropped, `_x0041_` is not read as a letter by a spreadsheet."""
    chemin = exporter(pieges, "xlsx", tmp_path)
    with zipfile.ZipFile(chemin) as archive:
        assert archive.testzip() is None
        texte = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "é&lt;&amp;&gt; _x005F_x0041_" in texte


@pytest.mark.exigence("E6")
def test_both_writers_make_the_same_workbook(
    pieges: Resultat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cell by cell: value, type, format, guard; names, panes and filters of the sheets."""
    vus: list[Any] = []
    for seuil in (10, -1):
        monkeypatch.setattr(xlsx, "PAR_BIBLIOTHEQUE", seuil)
        classeur = load_workbook(exporter(pieges, "xlsx", tmp_path))
        vus.append(
            [
                [
                    (p.title, p.freeze_panes, p.auto_filter.ref, p.max_row),
                    [
                        (c.coordinate, c.value, c.data_type, c.number_format, c.quotePrefix)
                        for ligne in p.iter_rows()
                        for c in ligne
                        if c.value is not None
                    ],
                    [(x, d.width) for x, d in p.column_dimensions.items()],
                ]
                for p in classeur.worksheets
            ]
        )
    openpyxl, flux = vus
    jour = next(c for c in openpyxl[0][1] if c[1] == "15/01/1900")
    openpyxl[0][1][openpyxl[0][1].index(jour)] = (*jour[:3], "@", jour[4])
    assert flux == openpyxl


@pytest.mark.exigence("E6")
def test_headings_are_never_formulas(atelier: Any, tmp_path: Path) -> None:
    """A query calls its columns as it likes."""
    resultat = atelier.executer(atelier.ecrire('SELECT 1 AS "=1+1", 2 AS "-@" ORDER BY 1'))
    tete = feuille(exporter(resultat, "xlsx", tmp_path))[1]
    assert [(c.value, c.data_type == "f") for c in tete] == [("=1+1", False), ("-@", False)]
    for code, separateur in (("txt", "\t"), ("csv", ";")):
        lignes = lire_separe(exporter(resultat, code, tmp_path), separateur)
        assert lignes[0] == ["'=1+1", "'-@"]


@pytest.mark.exigence("E6")
@pytest.mark.parametrize(
    ("texte", "lu"),
    [
        ("a", "a"),
        (" deux  bouts ", " deux  bouts "),
        ("a\nb", "a\nb"),
        ("<&>\"'", "<&>\"'"),
        ("_x0041_", "_x005F_x0041_"),
        ("\x00\x07é\ufffe\U0001f600", "é\U0001f600"),
        ("x" * 40_000, "x" * 32_767),
        ('=HYPERLINK("http://x")', '=HYPERLINK("http://x")'),
    ],
)
def test_any_text_is_read_back(texte: str, lu: str) -> None:
    """By the fast way and by the careful one; what XML forbids is left out."""
    cellule = ET.fromstring(xlsx_flux.texte(texte))  # noqa: S314 -- written by the program
    assert cellule.findtext("is/t") == lu
    assert cellule.get("t") == "inlineStr"
    assert cellule.get("s") == str(PROTEGE if texte.startswith("=") else STYLES[TypeColonne.TEXTE])


@pytest.mark.exigence("E6")
def test_the_last_sheet_says_which_query_and_parameters(atelier: Any, tmp_path: Path) -> None:
    """In words, with the count of the lines."""
    resultat = atelier.executer(35, dossier="tous", au="15/06/2026")
    lignes = list(
        load_workbook(exporter(resultat, "xlsx", tmp_path))["Paramètres"].iter_rows(
            values_only=True
        )
    )
    assert lignes[:4] == [
        ("Requête", "35. Employeurs-caisse OPCO"),
        ("Dossier de travail", "Tous les dossiers"),
        ("Situation au", "15/06/2026"),
        ("Nombre de lignes", str(resultat.total)),
    ]


def test_lines_beyond_a_sheet_go_on_in_the_next(
    atelier: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the header again; the filter covers each sheet."""
    monkeypatch.setattr(xlsx_formats, "LIGNES_PAR_FEUILLE", 15)
    resultat = atelier.executer(1, archives="avec")
    classeur = load_workbook(exporter(resultat, "xlsx", tmp_path))

    assert classeur.sheetnames == ["Résultat", "Résultat 2", "Résultat 3", "Paramètres"]
    assert [p.max_row for p in classeur.worksheets[:3]] == [16, 16, 11]
    assert [p.auto_filter.ref for p in classeur.worksheets[:3]] == [
        "A1:P16",
        "A1:P16",
        "A1:P11",
    ]
    noms = [p.cell(r, 2).value for p in classeur.worksheets[:3] for r in range(2, p.max_row + 1)]
    assert noms == [x["raison_sociale"] for x in atelier.lignes(resultat)]


@pytest.mark.exigence("E6")
@pytest.mark.parametrize(("code", "separateur"), [("txt", "\t"), ("csv", ";")])
def test_a_text_is_utf8_with_commas_and_no_formula(
    pieges: Resultat, tmp_path: Path, code: str, separateur: str
) -> None:
    """Tabs or semicolons, CR LF, decimal comma, an apostrophe before what would be computed."""
    tete, *lignes = lire_separe(exporter(pieges, code, tmp_path), separateur)

    assert tete[5].endswith("(%)")
    assert lignes[0][4:] == ["1234,56", "2,111", "151,67", "15/06/2026", "2026"]
    assert lignes[0][1:4] == ['\'=HYPERLINK("http://x")', "0016", "00012345678901"]
    assert lignes[1][1:5] == ["'+33 1", "0007", "'=1+1", "-0,05"]
    assert lignes[2][1:] == ["'-1", "", "'@SUM(A1)", *[""] * 5]
    assert lignes[4][1] == 'a;b"c d é<&>  _x0041_'
    assert lignes[4][3] == "' =2"


@pytest.mark.exigence("E6")
def test_a_document_is_well_formed_and_answers_to_its_schema(
    pieges: Resultat, tmp_path: Path
) -> None:
    """Elements named after the columns; what is not known has no element."""
    document = exporter(pieges, "xml", tmp_path).read_text(encoding="utf-8")
    schema = service.schema_xml(pieges)

    assert valider(document, schema) == []
    espace = {"e": "urn:clairpaie:extraction:900"}
    lignes = ET.fromstring(document).findall("e:lignes/e:ligne", espace)  # noqa: S314
    assert lignes[0].findtext("e:salaire_centimes", None, espace) == "1234.56"
    assert lignes[1].findtext("e:salaire_centimes", None, espace) == "-0.05"
    assert lignes[0].findtext("e:taux_millioniemes", None, espace) == "2.1110"
    assert lignes[2].find("e:salaire_centimes", espace) is None
    assert lignes[4].findtext("e:nom", None, espace) == 'a;b"c\td\né<&> _x0041_'


def test_columns_whose_names_are_alike_have_elements_of_their_own(
    atelier: Any, tmp_path: Path
) -> None:
    """A query may call its columns as it likes: the document stays well-formed."""
    requete = atelier.ecrire('SELECT 1 AS "a b", 2 AS "a-b", 3 AS "1er", 4 AS "é" ORDER BY 1')
    resultat = atelier.executer(requete)
    document = exporter(resultat, "xml", tmp_path).read_text(encoding="utf-8")
    assert "<ligne><a_b>1</a_b><a_b_2>2</a_b_2><_1er>3</_1er><_>4</_></ligne>" in document
    assert valider(document, service.schema_xml(resultat)) == []


def test_the_schema_refuses_what_it_does_not_describe(pieges: Resultat, tmp_path: Path) -> None:
    """A word where an amount is due, an element of its own, a third decimal."""
    document = exporter(pieges, "xml", tmp_path).read_text(encoding="utf-8")
    schema = service.schema_xml(pieges)
    for avant, apres in (
        ("1234.56", "beaucoup"),
        ("1234.56", "1234.567"),
        ("<lignes>", "<intrus/><lignes>"),
        (' total="5"', ""),
    ):
        assert valider(document.replace(avant, apres, 1), schema) != []


@pytest.mark.exigence("E6")
@pytest.mark.parametrize("numero", [1, 10, 20, 35, 40, 50])
def test_the_four_formats_hold_the_same(atelier: Any, tmp_path: Path, numero: int) -> None:
    """Each query, each cell: what is read back is what the result holds."""
    saisie = {"dossier": "tous"} if numero == 35 else {}
    resultat = atelier.executer(numero, **saisie)
    lignes = list(resultat.parcourir(BRUTE))
    types = [c.type for c in resultat.colonnes]
    attendu = [
        [exporter_texte(v, t) for v, t in zip(ligne, types, strict=True)] for ligne in lignes
    ]
    chemins = {f.code: exporter(resultat, f.code, tmp_path) for f in FORMATS}

    for code, separateur in (("txt", "\t"), ("csv", ";")):
        assert lire_separe(chemins[code], separateur)[1:] == attendu
    relues = feuille(chemins["xlsx"]).iter_rows(min_row=2, values_only=True)
    assert [
        [_texte(v, t.decimales) for v, t in zip(ligne, types, strict=True)] for ligne in relues
    ] == attendu
    document = chemins["xml"].read_text(encoding="utf-8")
    assert valider(document, service.schema_xml(resultat)) == []
    espace = f"{{urn:clairpaie:extraction:{numero}}}"
    noms = [espace + c.nom for c in resultat.colonnes]
    elements = [
        {e.tag: e.text for e in ligne}
        for ligne in ET.fromstring(document).iter(f"{espace}ligne")  # noqa: S314
    ]
    assert [[n in e for n in noms] for e in elements] == [
        [v is not None for v in ligne] for ligne in lignes
    ]


def _texte(valeur: Any, decimales: int) -> str:
    """Write a cell of a workbook as text exports do."""
    if valeur is None:
        return ""
    if isinstance(valeur, datetime | date):
        return f"{valeur:%d/%m/%Y}"
    if not decimales or isinstance(valeur, str):
        return str(valeur)
    unites = round(valeur * 100, 4) if decimales == 4 else valeur
    entiere, _, fraction = f"{unites:.{decimales}f}".partition(".")
    return f"{entiere},{fraction if decimales == 2 else fraction.rstrip('0').ljust(2, '0')}"


@pytest.mark.exigence("E6")
@pytest.mark.parametrize("code", [f.code for f in FORMATS])
def test_an_export_follows_sort_filters_and_shown_columns(
    atelier: Any, tmp_path: Path, code: str
) -> None:
    """What is exported is what is looked at."""
    resultat = atelier.executer(20, au="15/06/2026")
    vue = atelier.vue(
        resultat,
        tri="salaire_centimes",
        descendant=True,
        filtres={"nature": "=cdd"},
        montrees=["nom", "salaire_centimes"],
    )
    attendu = [[x["nom"], x["salaire_centimes"]] for x in atelier.lignes(resultat, vue)]
    chemin = exporter(resultat, code, tmp_path, vue)

    assert attendu == sorted(attendu, key=lambda x: -x[1]) != []
    if code == "xlsx":
        lignes = list(feuille(chemin).iter_rows(min_row=2, values_only=True))
        assert [[n, round(s * 100)] for n, s in lignes] == attendu
    elif code == "xml":
        texte = chemin.read_text(encoding="utf-8")
        assert texte.count("<ligne>") == len(attendu)
        assert "<nature>" not in texte
    else:
        lignes_lues = lire_separe(chemin, "\t" if code == "txt" else ";")[1:]
        assert [[n, int(s.replace(",", ""))] for n, s in lignes_lues] == attendu


class Arret:
    """Cancels when lines are being written."""

    def etape(self, libelle: str, fait: int = 0, total: int = 0) -> None:
        """Stop in the middle."""
        _ = total
        if "Écriture" in libelle and fait:
            raise TacheAnnulee

    def annule(self) -> bool:
        """Only steps stop it."""
        return False


@pytest.mark.exigence("E8")
@pytest.mark.parametrize("code", [f.code for f in FORMATS])
def test_a_failed_export_leaves_the_old_file(atelier: Any, tmp_path: Path, code: str) -> None:
    """Cancelled in the middle: what stood there is whole, nothing else is left."""
    sql = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
        " SELECT i AS nombre_rang FROM n ORDER BY i"
    )
    resultat = atelier.executer(atelier.ecrire(sql))
    vers = tmp_path / "sortie"
    vers.mkdir()
    (vers / "export").write_text("ancien", encoding="utf-8")

    with pytest.raises(TacheAnnulee):
        service.exporter(resultat, code, vers / "export", suivi=Arret())

    assert [(p.name, p.read_text(encoding="utf-8")) for p in vers.iterdir()] == [
        ("export", "ancien")
    ]


def test_a_place_or_a_format_that_is_not_there_is_refused(pieges: Resultat, tmp_path: Path) -> None:
    """The message names the folder, or the formats."""
    with pytest.raises(DestinationInaccessible, match="absent"):
        service.exporter(pieges, "xlsx", tmp_path / "absent" / "a.xlsx")
    with pytest.raises(FormatInconnu) as refus:
        service.exporter(pieges, "pdf", tmp_path / "a.pdf")
    assert "xlsx, xml, txt, csv" in refus.value.texte_remede()


def test_a_prepared_export_is_found_by_its_name_only(pieges: Resultat) -> None:
    """No path leads out of the folder of the exports."""
    pret = service.preparer_export(pieges, "csv", BRUTE)
    chemin = service.trouver_export(pieges, pret.fichier)
    assert (pret.lignes, pret.octets) == (5, chemin.stat().st_size)
    for nom in ("../lignes.sqlite3", "absent.csv", "", ".."):
        with pytest.raises(ExportIntrouvable):
            service.trouver_export(pieges, nom)

"""Files of every kind: read, or refused by name."""

import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from app.importations.documents import modele
from app.importations.errors import (
    AncienClasseur,
    ClasseurProtege,
    ContenuDemesure,
    FichierAbime,
    FichierEtranger,
    FichierTropGros,
    FichierVide,
    GuillemetsOuverts,
    TropDeLignes,
)
from app.importations.rules.genres import GENRES
from app.importations.service import Demande, lecture, lire_entetes
from app.noyau.erreurs import ErreurMetier

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
PROTEGE = OLE + "EncryptedPackage".encode("utf-16-le") + bytes(64)
VALIDE = "Raison sociale;SIRET\nJudo;\n"


def lire(octets: bytes, nom: str = "fichier.xlsx") -> list[tuple[object, ...]]:
    """Return the lines of a file."""
    return [ligne.cellules for ligne in lecture.lire_fichier(octets, nom).lignes]


def classeur_de(noms: dict[str, bytes]) -> bytes:
    """Return an archive with those pieces."""
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in noms.items():
            archive.writestr(nom, contenu)
    return tampon.getvalue()


@pytest.mark.exigence("G6")
@pytest.mark.parametrize(
    ("octets", "refus"),
    [
        (b"%PDF-1.7 ...", FichierEtranger),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), FichierEtranger),
        (b"", FichierVide),
        (b" \n\n ", FichierVide),
        (OLE, AncienClasseur),
        (PROTEGE, ClasseurProtege),
        (b"PK\x03\x04 and nothing more", FichierAbime),
        (b"\x00\x01\x02\x03", FichierEtranger),
        (b"<html><table><tr><td>SIRET</td></tr></table></html>", FichierEtranger),
        (classeur_de({"a.txt": b"x"}), FichierEtranger),
        (classeur_de({"content.xml": b"x"}), FichierEtranger),
        (classeur_de({"xl/workbook.bin": b"x", "[Content_Types].xml": b""}), FichierEtranger),
        (classeur_de({"[Content_Types].xml": b"", "word/document.xml": b""}), FichierEtranger),
        (classeur_de({"[Content_Types].xml": b"<", "xl/workbook.xml": b"<"}), FichierAbime),
        (b'nom;ville\n"Judo;Paris\n', GuillemetsOuverts),
    ],
)
def test_what_is_no_spreadsheet_is_refused_by_its_name(
    octets: bytes, refus: type[ErreurMetier]
) -> None:
    """Each refusal names the file and says what to do."""
    with pytest.raises(refus) as erreur:
        lire(octets, "reprise.xlsx")
    assert "reprise.xlsx" in erreur.value.texte()
    assert erreur.value.texte_remede()


@pytest.mark.exigence("G6")
@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_workbook_is_said_damaged(part: float, atelier: Any) -> None:
    """Wherever it was cut."""
    entier = atelier.classeur([["Raison sociale"], ["Judo"]])
    with pytest.raises(FichierAbime):
        lire(entier[: int(len(entier) * part)])


def test_flipped_bytes_in_a_workbook_never_crash(atelier: Any) -> None:
    """A damaged workbook is read or refused, never a bug."""
    entier = bytearray(atelier.classeur([["Raison sociale"], ["Judo"]]))
    for place in range(0, len(entier), 37):
        abime = bytes(entier[:place] + bytes([entier[place] ^ 0xFF]) + entier[place + 1 :])
        try:
            lire(abime)
        except ErreurMetier as erreur:
            assert erreur.code.startswith("IMP-")  # noqa: PT017 -- either way is right


def test_a_zip_bomb_is_not_unpacked() -> None:
    """A few kilobytes that would open into gigabytes are refused from their table alone."""
    zeros = bytes(lecture.OCTETS_OUVERTS_MAX // 8)
    feuilles = {f"xl/worksheets/sheet{i}.xml": zeros for i in range(9)}
    bombe = classeur_de({"[Content_Types].xml": b"", **feuilles})
    with pytest.raises(ContenuDemesure):
        lire(bombe)


def test_too_large_a_file_or_too_many_lines_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits are said in the message."""
    monkeypatch.setattr(lecture, "LIGNES_MAX", 3)
    with pytest.raises(TropDeLignes) as refus:
        lire(b"a;b\n" * 5)
    assert "3 lignes" in refus.value.texte()
    with pytest.raises(FichierTropGros):
        lire(b"x" * (lecture.OCTETS_MAX + 1))
    with pytest.raises(TropDeLignes):
        lire(b"a;" * 300)


@pytest.mark.exigence("G6")
@pytest.mark.parametrize("codage", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separateur", [";", ",", "\t"])
def test_text_files_are_read_in_their_encoding_and_separator(codage: str, separateur: str) -> None:
    """UTF-8 with or without mark, Windows-1252, UTF-16; semicolon, comma, tab; quotes."""
    rangees = [["Raison sociale", "Ville"], [f"Théâtre{separateur} l'été", "Orléans"]]
    texte = "\r\n".join(separateur.join(f'"{c}"' for c in r) for r in rangees)
    assert [tuple(r) for r in rangees] == lire(texte.encode(codage), "a.csv")


def test_decimal_commas_do_not_pass_for_separators() -> None:
    """A French file: semicolons between cells, commas in amounts."""
    texte = "Nom;Salaire;Taux\nA;1850,50;2,11\nB;1900;3,5\n"
    assert lire(texte.encode(), "a.csv")[1] == ("A", "1850,50", "2,11")


def test_a_declared_separator_is_obeyed() -> None:
    """« sep=; » on the first line is Excel's own way."""
    assert lire(b"sep=;\nNom;Ville\nA;B\n", "a.csv") == [("Nom", "Ville"), ("A", "B")]


def test_line_numbers_are_those_of_the_file() -> None:
    """Blank lines are skipped, and still counted."""
    tableau = lecture.lire_fichier(b"Raison sociale\n\n\nJudo\n", "a.csv")
    assert [ligne.numero for ligne in tableau.lignes] == [1, 4]


def test_the_first_sheet_that_holds_something_is_read_and_named() -> None:
    """An empty first sheet is passed over, a hidden one is not looked at; the person is told."""
    classeur = Workbook()
    for titre in ("Cachée", "Données", "Autre"):
        classeur.create_sheet(titre).append(["Raison sociale"])
        classeur[titre].append([titre])
    classeur["Cachée"].sheet_state = "hidden"
    tampon = io.BytesIO()
    classeur.save(tampon)

    tableau = lecture.lire_fichier(tampon.getvalue(), "a.xlsx")

    assert tableau.lignes[1].cellules == ("Données",)
    assert "« Données »" in tableau.avis[0]


def test_a_macro_workbook_is_read_as_data_only(atelier: Any) -> None:
    """Macros are said to be left alone."""
    octets = atelier.classeur([["Raison sociale"], ["Judo"]])
    tampon = io.BytesIO(octets)
    with zipfile.ZipFile(tampon, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")

    tableau = lecture.lire_fichier(tampon.getvalue(), "a.xlsm")

    assert len(tableau.lignes) == 2
    assert "macros" in tableau.avis[0]


def test_a_percentage_cell_is_read_as_it_is_shown() -> None:
    """0.0211 shown 2,11 % is 2,11 %, not 0,0211 %."""
    classeur = Workbook()
    feuille: Any = classeur.active
    feuille.append(["Raison sociale", "Taux AT"])
    feuille.append(["Judo", 0.0211])
    feuille["B2"].number_format = "0.00%"
    tampon = io.BytesIO()
    classeur.save(tampon)

    assert lire(tampon.getvalue())[1] == ("Judo", "2,11 %")


def test_a_sheet_that_lies_about_its_size_is_read_whole(atelier: Any) -> None:
    """Some programs write a wrong dimension; every line is read all the same."""
    octets = atelier.classeur([["Raison sociale"], ["Judo"], ["Aviron"]])
    sortie = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(octets)) as source, zipfile.ZipFile(sortie, "w") as cible:
        for nom in source.namelist():
            cible.writestr(nom, source.read(nom).replace(b'ref="A1:A3"', b'ref="A1"'))
    assert len(lire(sortie.getvalue())) == 3


@pytest.mark.exigence("G6")
@pytest.mark.parametrize("genre", GENRES)
def test_the_template_has_every_column_known_and_explained(genre: str) -> None:
    """All headings are recognised, the second sheet has a line for each, choices are lists."""
    octets = modele(GENRES[genre])
    classeur = load_workbook(io.BytesIO(octets))
    feuille, mode = classeur.worksheets[0], classeur["Mode d'emploi"]
    colonnes = GENRES[genre].colonnes
    feuille.append(["x"] * len(colonnes))
    tampon = io.BytesIO()
    classeur.save(tampon)

    tetes = lire_entetes(Demande(genre, tampon.getvalue(), "modele.xlsx"))

    assert len(colonnes) == tetes.reconnues
    assert {c.libelle for c in colonnes} <= {
        str(rangee[0].value).replace("’", "'") for rangee in mode
    }
    choix = [c for c in colonnes if c.nature.choix]
    assert len(choix) == len(feuille.data_validations.dataValidation)
    assert feuille.freeze_panes == "A2"


def test_a_template_left_empty_is_said_empty() -> None:
    """Headings alone are no data."""
    with pytest.raises(FichierVide):
        lire_entetes(Demande("employeurs", modele(GENRES["employeurs"]), "modele.xlsx"))

"""A file read into lines of cells: XLSX by openpyxl, text by csv; what is neither is named.

Guards: size, unpacked size, lines, columns. Macros and outside links are never followed: cells
are read as data only.
"""

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from app.importations.documents import MODE_D_EMPLOI
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
from app.importations.rules.cellules import Cellule, en_pourcentage
from app.noyau.typographie import accorder, grouper
from app.socle.taches import SANS_SUIVI, Suivi

OCTETS_MAX = 50 * 1024 * 1024
OCTETS_OUVERTS_MAX = 400 * 1024 * 1024
LIGNES_MAX = 200_000
COLONNES_MAX = 200
_DERNIERE_LIGNE = 1_048_576
"""Last line that a spreadsheet has."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = (
    (b"%PDF", "c'est un document PDF"),
    (b"\x89PNG", "c'est une image"),
    (b"\xff\xd8\xff", "c'est une image"),
    (b"GIF8", "c'est une image"),
    (b"{\\rtf", "c'est un texte mis en forme (RTF)"),
    (b"7z\xbc\xaf", "c'est une archive"),
    (b"Rar!", "c'est une archive"),
)
_ILLISIBLES = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    InvalidFileException,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
)
"""What openpyxl and zipfile raise on damaged files."""
_BINAIRE = re.compile(rb"[\x00-\x08\x0b\x0e-\x19\x1b-\x1f]")
_SEPARATEURS = (";", "\t", ",")
_LIGNES_D_ESSAI = 20
_DECLARATION = re.compile(r"sep=(.)\r?\n?")


@dataclass(frozen=True, slots=True)
class LigneLue:
    """A line of the file: its number there, from 1, and its cells."""

    numero: int
    cellules: tuple[Cellule, ...]


@dataclass(frozen=True, slots=True)
class Tableau:
    """What a file holds: lines that are not empty, and what the person should know of it."""

    lignes: Sequence[LigneLue]
    avis: tuple[str, ...] = ()


def lire_fichier(fichier: bytes | Path, nom: str, suivi: Suivi = SANS_SUIVI) -> Tableau:
    """Read a spreadsheet file.

    Raises:
        FichierEtranger, FichierAbime, ClasseurProtege, AncienClasseur: not a file we read.
        FichierTropGros, ContenuDemesure, TropDeLignes: too large.
        FichierVide, GuillemetsOuverts: nothing in it, or text that cannot be cut into cells.
    """
    octets = fichier if isinstance(fichier, bytes) else _octets(fichier, nom)
    if len(octets) > OCTETS_MAX:
        raise FichierTropGros(nom, OCTETS_MAX // 1024 // 1024)
    if not octets.strip():
        raise FichierVide(nom)
    if octets.startswith(_OLE):
        protege = "EncryptedPackage".encode("utf-16-le") in octets
        raise ClasseurProtege(nom) if protege else AncienClasseur(nom)
    for signature, nature in _SIGNATURES:
        if octets.startswith(signature):
            raise FichierEtranger(nom, nature)
    if octets.startswith(b"PK"):
        tableau = _lire_classeur(octets, nom, suivi)
    else:
        tableau = Tableau(_garder(_lire_texte(octets, nom), nom, suivi))
    if not tableau.lignes:
        raise FichierVide(nom)
    return tableau


def _octets(chemin: Path, nom: str) -> bytes:
    try:
        with chemin.open("rb") as flux:
            return flux.read(OCTETS_MAX + 1)
    except OSError as erreur:
        raise FichierEtranger(nom, "il ne peut pas être ouvert") from erreur


def _garder(
    lignes: Iterable[tuple[int, Sequence[Cellule]]], nom: str, suivi: Suivi
) -> list[LigneLue]:
    """Keep the lines that are not empty, without their empty end."""
    gardees: list[LigneLue] = []
    for numero, cellules in lignes:
        largeur = len(cellules)
        while largeur and cellules[largeur - 1] in {None, ""}:
            largeur -= 1
        if numero % 1_000 == 0:
            suivi.etape("Lecture du fichier")
        if not largeur:
            continue
        if largeur > COLONNES_MAX:
            raise TropDeLignes(nom, accorder(COLONNES_MAX, "colonne"))
        gardees.append(LigneLue(numero, tuple(cellules[:largeur])))
        if len(gardees) > LIGNES_MAX:
            raise TropDeLignes(nom, f"{grouper(LIGNES_MAX)} lignes")
    return gardees


def _lire_classeur(octets: bytes, nom: str, suivi: Suivi) -> Tableau:
    macros = _examiner_archive(octets, nom)
    classeur: Any = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            classeur = load_workbook(
                io.BytesIO(octets), read_only=True, data_only=True, keep_links=False
            )
            tableau = _premiere_feuille(classeur, nom, suivi)
    except _ILLISIBLES as erreur:
        raise FichierAbime(nom) from erreur
    finally:
        if classeur is not None:
            classeur.close()
    avis = ("Les macros de ce classeur ne sont ni lues ni exécutées.",) if macros else ()
    return Tableau(tableau.lignes, tableau.avis + avis)


def _examiner_archive(octets: bytes, nom: str) -> bool:
    """Check what the archive holds before it is unpacked; tells whether there are macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            pieces = {p.filename: p.file_size for p in archive.infolist()}
    except _ILLISIBLES as erreur:
        raise FichierAbime(nom) from erreur
    taille = sum(pieces.values())
    if taille > OCTETS_OUVERTS_MAX:
        raise ContenuDemesure(nom, taille // 1024 // 1024)
    if "xl/workbook.bin" in pieces:
        raise FichierEtranger(nom, "c'est un classeur binaire (.xlsb)")
    if "content.xml" in pieces:
        raise FichierEtranger(nom, "c'est un document OpenDocument (.ods ou .odt)")
    if "[Content_Types].xml" not in pieces:
        raise FichierEtranger(nom, "c'est une archive")
    if not any(p.startswith("xl/") for p in pieces):
        raise FichierEtranger(nom, "c'est un document d'un autre logiciel de bureau")
    return any(p.endswith("vbaProject.bin") for p in pieces)


def _premiere_feuille(classeur: Any, nom: str, suivi: Suivi) -> Tableau:
    """Read the first visible sheet that holds something; says so when there are others."""
    feuilles = [f for f in classeur.worksheets if f.sheet_state == "visible"]
    for rang, feuille in enumerate(feuilles):
        feuille.reset_dimensions()
        lignes = _garder(_lignes_de(feuille, nom), nom, suivi)
        if not lignes:
            continue
        autres = [f.title for i, f in enumerate(feuilles) if i != rang and f.title != MODE_D_EMPLOI]
        if not autres:
            return Tableau(lignes)
        avis = f"Le classeur a {len(feuilles)} feuilles : seule « {feuille.title} » est lue."
        return Tableau(lignes, (avis,))
    return Tableau(())


def _lignes_de(feuille: Any, nom: str) -> Iterator[tuple[int, list[Cellule]]]:
    for numero, ligne in enumerate(feuille.iter_rows(), 1):
        if numero > _DERNIERE_LIGNE:
            raise TropDeLignes(nom, f"{grouper(LIGNES_MAX)} lignes")
        yield numero, [_cellule(c) for c in ligne[: COLONNES_MAX + 1]]


def _cellule(cellule: Any) -> Cellule:
    """Return the value of a cell; a percentage becomes the text that the screen shows."""
    valeur = cellule.value
    if cellule.data_type == "n" and valeur is not None and "%" in (cellule.number_format or ""):
        return en_pourcentage(valeur)
    return valeur


def _lire_texte(octets: bytes, nom: str) -> Iterator[tuple[int, list[Cellule]]]:
    texte = _decoder(octets, nom)
    if texte.lstrip()[:1] == "<":
        raise FichierEtranger(nom, "c'est une page web ou un fichier XML")
    separateur = _separateur(texte)
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=separateur, strict=True)
    numero = 0
    try:
        for numero, ligne in enumerate(lecteur, 1):
            if not (numero == 1 and _DECLARATION.fullmatch(separateur.join(ligne) or "-")):
                yield numero, list(ligne)
    except csv.Error as erreur:
        raise GuillemetsOuverts(nom, numero + 1) from erreur


def _decoder(octets: bytes, nom: str) -> str:
    """Decode UTF-8 with or without mark, UTF-16 with its mark, else Windows-1252."""
    if octets[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        essais = ["utf-16"]
    elif _BINAIRE.search(octets):
        raise FichierEtranger(nom, "son contenu n'est ni un classeur ni du texte")
    else:
        essais = ["utf-8-sig", "cp1252"]
    for codage in essais:
        try:
            return octets.decode(codage)
        except UnicodeDecodeError:
            continue
    raise FichierEtranger(nom, "son codage de caractères n'est pas reconnu")


def _separateur(texte: str) -> str:
    """Return the sign between cells: that which cuts most of the first lines the same way."""
    if declare := _DECLARATION.match(texte):
        return declare.group(1)
    debut = texte[:65_536]

    def note(separateur: str) -> tuple[int, int]:
        largeurs = [len(ligne) for ligne in _debut(debut, separateur) if ligne]
        frequente = max(set(largeurs), key=largeurs.count, default=1)
        return (largeurs.count(frequente), frequente) if frequente > 1 else (0, 0)

    return max(_SEPARATEURS, key=note)


def _debut(texte: str, separateur: str) -> list[list[str]]:
    lignes: list[list[str]] = []
    try:
        for ligne in csv.reader(io.StringIO(texte, newline=""), delimiter=separateur):
            lignes.append(ligne)
            if len(lignes) >= _LIGNES_D_ESSAI:
                break
    except csv.Error:
        return lignes
    return lignes

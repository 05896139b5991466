"""What every printed document stands on: PDF/A, the embedded fonts, texts placed by points.

The file bears the instant that it is given, so that the same values give the same bytes.
"""

import logging
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, lru_cache
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from fontTools.ttLib import TTFont
from fpdf import FPDF, FPDF_VERSION

from app.noyau.typographie import typographier

POLICES = Path(__file__).with_name("polices")
FICHIERS = {"": POLICES / "OpenSans-Regular.ttf", "B": POLICES / "OpenSans-Semibold.ttf"}
NORME = "PDF/A-2U"
AUTEUR = "Clairpaie"
_PRODUCTEUR = f"fpdf2 {FPDF_VERSION}"
_NOM = "OpenSans"
_PLUS_PETIT = 80
"""A text too long is set smaller, down to that many hundredths, then cut."""

Couleur = tuple[int, int, int]
ENCRE: Couleur = (28, 36, 43)
DISCRET: Couleur = (91, 104, 115)
ACCENT: Couleur = (20, 87, 127)
FOND: Couleur = (238, 243, 247)
TRAIT: Couleur = (201, 211, 219)
FILIGRANE: Couleur = (240, 243, 245)
BLANC: Couleur = (255, 255, 255)

_XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmp:CreatorTool="{auteur}"
 xmp:CreateDate="{instant}" xmp:ModifyDate="{instant}" xmp:MetadataDate="{instant}"
 pdf:Producer="{producteur}" pdfaid:part="2" pdfaid:conformance="U">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{titre}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{auteur}</rdf:li></rdf:Seq></dc:creator>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>"""


logging.getLogger("fontTools").setLevel(logging.WARNING)  # fifty lines a subset, else


@cache
def _polices() -> Mapping[str, tuple[bytes, Mapping[str, float]]]:
    """Return each font's file, and the width of its characters at one point."""
    polices = {}
    for style, chemin in FICHIERS.items():
        contenu = chemin.read_bytes()
        police = TTFont(BytesIO(contenu))
        chasses, cadratin = police["hmtx"], police["head"].unitsPerEm
        glyphes = police.getBestCmap().items()
        polices[style] = contenu, {chr(c): chasses[nom][0] / cadratin for c, nom in glyphes}
    return polices


@cache
def _dessinables() -> frozenset[str]:
    """Return the characters that every font has."""
    return frozenset(set.intersection(*(set(chasses) for _, chasses in _polices().values())))


def _remplacer(lettre: str) -> str:
    """Return what stands for a character that the fonts lack."""
    if lettre == "\u202f":
        return "\u2009"  # a thin space; texts are never broken by the library
    if lettre.isspace():
        return " "
    simples = [c for c in unicodedata.normalize("NFKD", lettre) if c in _dessinables()]
    return "".join(simples) or ("?" if lettre.isprintable() else "")


@lru_cache(maxsize=8_192)
def composer(texte: str) -> str:
    r"""Set a text as French wants it, in characters that the fonts have.

    >>> composer("L'impôt : 12,50 €")
    'L’impôt\xa0: 12,50\u2009€'
    """
    propre = unicodedata.normalize("NFC", typographier(texte))
    dessinables = _dessinables()
    return "".join(c if c in dessinables else _remplacer(c) for c in propre)


class Papier:
    """A document being drawn; lengths in points, from the upper left corner."""

    def __init__(self, titre: str, instant: datetime, *, paysage: bool = False) -> None:
        pdf = FPDF("landscape" if paysage else "portrait", "pt", "A4", enforce_compliance=NORME)
        pdf.set_auto_page_break(auto=False)
        pdf.set_margin(0)
        for style, chemin in FICHIERS.items():
            pdf.add_font(_NOM, style, chemin)
        for police, (contenu, _) in zip(pdf.fonts.values(), _polices().values(), strict=True):
            lecteur = cast("Any", police).ttfont.reader
            lecteur.file.close()  # the library would keep it open
            lecteur.file = BytesIO(contenu)
        self._pdf = pdf
        self._police: tuple[str, float] | None = None
        self._texte: Couleur | None = None
        self._remplissage: Couleur | None = None
        self._signer(titre, instant.astimezone(UTC).replace(microsecond=0))

    def _signer(self, titre: str, instant: datetime) -> None:
        pdf = self._pdf
        pdf.set_title(titre)
        pdf.set_author(AUTEUR)
        pdf.set_creator(AUTEUR)
        pdf.set_producer(_PRODUCTEUR)
        pdf.set_lang("fr-FR")
        pdf.set_creation_date(instant)
        pdf.set_xmp_metadata(
            _XMP.format(
                titre=escape(titre),
                auteur=AUTEUR,
                producteur=_PRODUCTEUR,
                instant=instant.isoformat(),
            )
        )

    @property
    def largeur(self) -> float:
        """Width of the page."""
        return float(self._pdf.w)

    @property
    def hauteur(self) -> float:
        """Height of the page."""
        return float(self._pdf.h)

    @property
    def pages(self) -> int:
        """How many pages were begun."""
        return int(self._pdf.page)

    def nouvelle_page(self) -> None:
        """Begin a page."""
        self._pdf.add_page()
        self._oublier()

    def mesurer(self, texte: str, taille: float, *, gras: bool = False) -> float:
        """Return the width of a composed text."""
        chasses = _polices()["B" if gras else ""][1]
        return taille * sum(map(chasses.__getitem__, texte))

    def _choisir(self, style: str, taille: float) -> None:
        if self._police != (style, taille):
            self._pdf.set_font(_NOM, style, taille)
            self._police = (style, taille)

    def _colorier(self, couleur: Couleur) -> None:
        """Set what fills: a text of that colour then needs none of its own in the file."""
        if self._remplissage != couleur:
            self._pdf.set_fill_color(*couleur)
            self._remplissage = couleur

    def _oublier(self) -> None:
        """Set everything again before the next text: the library begins anew."""
        self._police = self._texte = self._remplissage = None

    def texte(
        self,
        x: float,
        y: float,
        texte: str,
        taille: float = 8,
        *,
        gras: bool = False,
        couleur: Couleur = ENCRE,
        a_droite: bool = False,
        place: float = 0,
    ) -> None:
        """Write a text on a base line; `x` is its right end when `a_droite`.

        `place`: the width it may take; a longer one is set smaller, then cut.
        """
        compose = composer(texte)
        if place:
            compose, taille = self._tenir(compose, taille, gras=gras, place=place)
        if a_droite:
            x -= self.mesurer(compose, taille, gras=gras)
        self._choisir("B" if gras else "", taille)
        self._colorier(couleur)
        if self._texte != couleur:
            self._pdf.set_text_color(*couleur)
            self._texte = couleur
        self._pdf.text(x, y, compose)

    def _tenir(self, texte: str, taille: float, *, gras: bool, place: float) -> tuple[str, float]:
        """Return a text and the size at which it holds in a place."""
        largeur = self.mesurer(texte, taille, gras=gras)
        if largeur <= place:
            return texte, taille
        if largeur * _PLUS_PETIT <= place * 100:
            return texte, taille * place / largeur
        taille = taille * _PLUS_PETIT / 100
        return self._couper(texte, taille, gras=gras, place=place), taille

    def _couper(self, texte: str, taille: float, *, gras: bool, place: float) -> str:
        if self.mesurer(texte, taille, gras=gras) <= place:
            return texte
        while texte and self.mesurer(texte + "…", taille, gras=gras) > place:
            texte = texte[:-1]
        return texte.rstrip(" ,-") + "…"

    def lignes(
        self, texte: str, place: float, taille: float, *, gras: bool = False, maximum: int = 9
    ) -> list[str]:
        """Cut a text into lines at its spaces; the last one is cut."""
        lignes: list[str] = []
        courante = ""
        for mot in composer(texte).split(" "):
            essai = f"{courante} {mot}".strip()
            est_longue = courante and self.mesurer(essai, taille, gras=gras) > place
            if est_longue and len(lignes) < maximum - 1:
                lignes.append(courante)
                courante = mot
            else:
                courante = essai
        reste = self._couper(courante, taille, gras=gras, place=place)
        return [*lignes, reste] if reste else lignes

    def fond(self, x: float, y: float, largeur: float, hauteur: float, couleur: Couleur) -> None:
        """Fill a rectangle."""
        self._colorier(couleur)
        self._pdf.rect(x, y, largeur, hauteur, style="F")

    def trait(self, x: float, y: float, largeur: float, couleur: Couleur = TRAIT) -> None:
        """Draw a thin horizontal line."""
        self.fond(x, y, largeur, 0.5, couleur)

    def filigrane(self, mot: str) -> None:
        """Write a word across the page, under what is drawn next."""
        taille = 96.0
        milieu_x, milieu_y = self.largeur / 2, self.hauteur / 2
        large = self.mesurer(mot, taille, gras=True)
        with self._pdf.rotation(52, milieu_x, milieu_y):
            self.texte(
                milieu_x - large / 2, milieu_y + 34, mot, taille, gras=True, couleur=FILIGRANE
            )
        self._oublier()

    def ecrire(self, chemin: Path) -> None:
        """Write the file."""
        chemin.write_bytes(self.octets())

    def octets(self) -> bytes:
        """Return the file."""
        tampon = BytesIO()
        tampon.write(self._pdf.output())
        return tampon.getvalue()

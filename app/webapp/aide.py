"""Help: the Markdown pages of `web/aide/`, shown inside the program, offline."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from flask import Blueprint, Response, current_app
from markdown_it import MarkdownIt
from markupsafe import Markup

from app.noyau.typographie import sans_accents, typographier
from app.socle.web import aller, page
from app.webapp.errors import FicheAideIntrouvable, MessageInconnu

bp = Blueprint("aide", __name__, url_prefix="/aide")

ORDRE = (
    "demarrer",
    "employeurs",
    "salaries",
    "importations",
    "prevoyance",
    "paie",
    "conventions",
    "opco",
    "extractions",
    "sauvegardes",
    "verification",
    "demonstration",
    "clavier",
    "programme",
)
"""Pages in the order of the table of contents; others follow by name."""
_CODE = re.compile(r"^### ([A-Z]{3}-\d{3})$", re.MULTILINE)
_TITRE = re.compile(r"^# (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Fiche:
    """A page of help: its name in the address, its title, its Markdown."""

    nom: str
    titre: str
    texte: str


@dataclass(frozen=True, slots=True)
class PageSommaire:
    """The table of contents."""

    fiches: tuple[Fiche, ...]


@dataclass(frozen=True, slots=True)
class PageFiche:
    """One page of help."""

    fiches: tuple[Fiche, ...]
    fiche: Fiche
    corps: Markup


@dataclass(frozen=True, slots=True)
class PageMessages:
    """Every message of the program by code, with the page that explains it."""

    fiches: tuple[Fiche, ...]
    codes: tuple[tuple[str, Fiche], ...]


@cache
def lire_fiches(dossier: Path) -> tuple[Fiche, ...]:
    """Read the pages of help of a folder, in the order of the table of contents."""
    fiches = []
    for chemin in dossier.glob("*.md"):
        texte = typographier(chemin.read_text(encoding="utf-8"))
        titre = _TITRE.search(texte)
        fiches.append(Fiche(chemin.stem, titre[1] if titre else chemin.stem, texte))
    rangs = {nom: rang for rang, nom in enumerate(ORDRE)}
    return tuple(sorted(fiches, key=lambda f: (rangs.get(f.nom, 99), f.nom)))


def codes_expliques(fiches: tuple[Fiche, ...]) -> tuple[tuple[str, Fiche], ...]:
    """Return every code that has a heading, with its page, by code."""
    trouves = [(code, fiche) for fiche in fiches for code in _CODE.findall(fiche.texte)]
    return tuple(sorted(trouves, key=lambda t: t[0]))


def en_html(texte: str) -> Markup:
    """Turn Markdown into HTML; tags written in it stay text, headings get an anchor."""
    analyse = MarkdownIt("commonmark", {"html": False}).enable("table")
    jetons = analyse.parse(texte)
    for jeton, contenu in pairwise(jetons):
        if jeton.type == "heading_open":
            jeton.attrSet("id", ancre(contenu.content))
    rendu: str = analyse.renderer.render(jetons, analyse.options, {})
    return Markup(rendu)  # noqa: S704 -- our own files, their tags escaped


def ancre(titre: str) -> str:
    """Return the anchor of a heading: « EMP-101 » stays, words are joined by dashes."""
    if re.fullmatch(r"[A-Z]{3}-\d{3}", titre):
        return titre
    return re.sub(r"[^a-z0-9]+", "-", sans_accents(titre)).strip("-")


def _fiches() -> tuple[Fiche, ...]:
    return lire_fiches(Path(str(current_app.config["AIDE"])))


@bp.get("/")
def sommaire() -> Response:
    """Show the table of contents."""
    return page("aide/sommaire.html", PageSommaire(_fiches()))


@bp.get("/messages")
def messages() -> Response:
    """Show every message by its code."""
    fiches = _fiches()
    return page("aide/messages.html", PageMessages(fiches, codes_expliques(fiches)))


@bp.get("/messages/<code>")
def expliquer(code: str) -> Response:
    """Go to the explanation of a code.

    Raises:
        MessageInconnu: no page explains it.
    """
    for connu, fiche in codes_expliques(_fiches()):
        if connu == code.upper():
            return aller(f"/aide/{fiche.nom}#{connu}")
    raise MessageInconnu(code[:20])


@bp.get("/<nom>")
def montrer(nom: str) -> Response:
    """Show a page.

    Raises:
        FicheAideIntrouvable: no such page.
    """
    fiches = _fiches()
    fiche = next((f for f in fiches if f.nom == nom), None)
    if fiche is None:
        raise FicheAideIntrouvable(nom[:40])
    return page("aide/fiche.html", PageFiche(fiches, fiche, en_html(fiche.texte)))

"""SVG of a chart: a file that stands by itself, text kept as text."""

from collections.abc import Iterable
from html import escape

from app.extractions.documents.xlsx_formats import texte_sur
from app.extractions.rules.graphique import HAUTEUR, LARGEUR, Forme, Rectangle, Trait

MIME = "image/svg+xml"
_POLICE = "'Open Sans', 'Segoe UI', 'DejaVu Sans', Arial, sans-serif"


def ecrire(titre: str, formes: Iterable[Forme]) -> str:
    """Return the SVG of shapes, on white."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LARGEUR}" height="{HAUTEUR}" '
        f'viewBox="0 0 {LARGEUR} {HAUTEUR}" role="img" font-family="{_POLICE}">'
        f"<title>{_texte(titre)}</title>"
        f'<rect width="{LARGEUR}" height="{HAUTEUR}" fill="#ffffff"/>'
        f"{''.join(map(_forme, formes))}</svg>\n"
    )


def _texte(texte: str) -> str:
    return escape(texte_sur(texte), quote=True)


def _forme(forme: Forme) -> str:
    if isinstance(forme, Rectangle):
        return (
            f'<rect x="{forme.x}" y="{forme.y}" width="{forme.largeur}" '
            f'height="{forme.hauteur}" fill="{forme.couleur}"/>'
        )
    if isinstance(forme, Trait):
        points = " ".join(f"{x},{y}" for x, y in forme.points)
        return (
            f'<polyline points="{points}" fill="none" stroke="{forme.couleur}" '
            f'stroke-width="{forme.epaisseur}" stroke-linejoin="round"/>'
        )
    graisse = ' font-weight="600"' if forme.gras else ""
    return (
        f'<text x="{forme.x}" y="{forme.y}" font-size="{forme.taille}" '
        f'text-anchor="{forme.ancre}" fill="{forme.couleur}"{graisse}>{_texte(forme.texte)}</text>'
    )

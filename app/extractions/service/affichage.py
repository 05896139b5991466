"""A result as the screen shows it: windows of texts, and lines to copy."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.extractions.documents import cellule
from app.extractions.errors import ColonneInconnue, CopieTropGrande
from app.extractions.rules import Presentation, afficher
from app.extractions.service.resultats import Resultat

COPIE_MAX = 20_000
"""Lines that the clipboard takes at once."""
FENETRE_MAX = 1_000
"""Lines of one window at most."""


@dataclass(frozen=True, slots=True)
class FenetreVue:
    """Some lines of a view as texts, all columns; length and sums of the whole view."""

    debut: int
    total: int
    lignes: tuple[tuple[str, ...], ...]
    sommes: dict[str, str]


def montrer(resultat: Resultat, presentation: Presentation, debut: int, nombre: int) -> FenetreVue:
    """Return the lines of a view from rank `debut` (from 0), at most `nombre`.

    Raises:
        DisquePlein: the order of the view cannot be written.
    """
    fenetre = resultat.fenetre(presentation, max(0, debut), max(0, min(nombre, FENETRE_MAX)))
    types = [c.type for c in resultat.colonnes]
    genres = {c.nom: c.type for c in resultat.colonnes}
    return FenetreVue(
        fenetre.debut,
        fenetre.total,
        tuple(
            tuple(afficher(v, t) for v, t in zip(ligne, types, strict=True))
            for ligne in fenetre.lignes
        ),
        {nom: afficher(somme, genres[nom]) for nom, somme in fenetre.sommes.items()},
    )


def copier(
    resultat: Resultat, presentation: Presentation, debut: int, nombre: int, noms: Sequence[str]
) -> str:
    """Return cells of a view for the clipboard: tabs between columns, a line each.

    Raises:
        CopieTropGrande: more lines than the clipboard takes.
        ColonneInconnue: the result has no such column.
    """
    if nombre > COPIE_MAX:
        raise CopieTropGrande(COPIE_MAX, nombre)
    rangs = {c.nom: i for i, c in enumerate(resultat.colonnes)}
    if etrangere := next((n for n in noms if n not in rangs), None):
        raise ColonneInconnue(etrangere, ", ".join(rangs))
    choisies = [(rangs[n], resultat.colonnes[rangs[n]].type) for n in noms]
    fenetre = resultat.fenetre(presentation, max(0, debut), max(0, nombre))
    return "\n".join(
        "\t".join(cellule(ligne[i], genre) for i, genre in choisies) for ligne in fenetre.lignes
    )

"""Charts of a view: sums made by the database, whatever the number of lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.extractions.documents import svg
from app.extractions.rules import Presentation, TypeColonne
from app.extractions.rules.colonnes import afficher
from app.extractions.rules.graphique import (
    ANNEE,
    CATEGORIES_MAX,
    DemandeGraphique,
    Point,
    composer,
    points_du_temps,
)
from app.extractions.service.resultats import Resultat
from app.noyau.typographie import typographier


@dataclass(frozen=True, slots=True)
class Graphique:
    """A chart: its words, the step in time that could be drawn, the values as texts, its SVG."""

    titre: str
    sous_titre: str
    pas: str
    valeurs: tuple[tuple[str, str], ...]
    svg: str


def dessiner(
    resultat: Resultat, presentation: Presentation, demande: DemandeGraphique
) -> Graphique:
    """Draw the sums of a column, filters of the view followed.

    Raises:
        RienAMontrer: no value to draw.
    """
    groupes = resultat.grouper(
        presentation, demande.abscisse.nom, demande.ordonnee.nom, demande.longueur
    )
    points, pas = _points(demande, groupes)
    mots = {True: "par année" if pas == ANNEE else "par mois", False: ""}[demande.est_temps]
    titre = f"{demande.ordonnee.libelle} – {mots or demande.abscisse.libelle.lower()}"
    sous_titre = typographier(f"{resultat.designation} : {demande.abscisse.libelle.lower()}")
    formes = composer(titre, sous_titre, demande, points)
    genre = demande.ordonnee.type
    valeurs = tuple((p.libelle, afficher(p.valeur, genre)) for p in points)
    return Graphique(titre, sous_titre, pas, valeurs, svg.ecrire(titre, formes))


def _points(
    demande: DemandeGraphique, groupes: Sequence[tuple[str | None, int]]
) -> tuple[list[Point], str]:
    """Return the points in order: time, or the greatest sums then « Autres »."""
    if demande.est_temps:
        connus = [(cle, somme) for cle, somme in groupes if cle is not None]
        return points_du_temps(connus, demande.pas)
    classes = sorted(groupes, key=lambda g: (-abs(g[1]), str(g[0])))
    gardes, autres = classes[:CATEGORIES_MAX], classes[CATEGORIES_MAX:]
    points = [Point(afficher(cle, TypeColonne.TEXTE), somme) for cle, somme in gardes]
    if autres:
        points.append(Point(f"Autres ({len(autres)})", sum(somme for _, somme in autres)))
    return points, demande.pas

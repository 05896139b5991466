"""Charts of a result: what may be drawn, the values drawn, and where every stroke lies.

A chart is a list of shapes on a plane of `LARGEUR` × `HAUTEUR`; documents turn it into SVG.
Values are whole numbers of the column's unit (centimes, hundredths of an hour, counts).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.extractions.errors import ColonneInconnue, RienAMontrer
from app.extractions.rules.colonnes import Colonne, TypeColonne, afficher
from app.noyau.periodes import Mois

LARGEUR, HAUTEUR = 960, 520
PERIODES_MAX = 120
"""More months than that are drawn by years."""
CATEGORIES_MAX = 20
"""More words than that are drawn together, as « Autres »."""
BARRES, COURBE = "barres", "courbe"
MOIS, ANNEE = "mois", "annee"
FORMES = ((BARRES, "Barres"), (COURBE, "Courbe"))
PAS = ((MOIS, "Par mois"), (ANNEE, "Par année"))
_LONGUEURS = {MOIS: 7, ANNEE: 4}
_TEINTE, _TRAIT, _TEXTE, _DOUX = "#14577f", "#c9d3da", "#1b2a33", "#51626d"
_GAUCHE, _DROITE, _HAUT, _BAS = 130, 24, 84, 48
_GRADUATIONS = 6


@dataclass(frozen=True, slots=True)
class DemandeGraphique:
    """What is drawn: sums of `ordonnee` for each value of `abscisse`; `pas` is of dates."""

    abscisse: Colonne
    ordonnee: Colonne
    forme: str = BARRES
    pas: str = MOIS

    @property
    def est_temps(self) -> bool:
        """Tell whether the values follow one another in time."""
        return self.abscisse.type is TypeColonne.DATE

    @property
    def longueur(self) -> int:
        """How many characters of the value make a group (AAAA-MM, AAAA); 0: all of them."""
        return _LONGUEURS[self.pas] if self.est_temps else 0


@dataclass(frozen=True, slots=True)
class Point:
    """A value drawn, and what it is the sum for."""

    libelle: str
    valeur: int


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A bar, from its top left corner."""

    x: int
    y: int
    largeur: int
    hauteur: int
    couleur: str


@dataclass(frozen=True, slots=True)
class Trait:
    """A broken line."""

    points: tuple[tuple[int, int], ...]
    couleur: str
    epaisseur: int = 1


@dataclass(frozen=True, slots=True)
class Texte:
    """Words; `ancre` is start, middle or end, as in SVG."""

    x: int
    y: int
    texte: str
    ancre: str = "start"
    taille: int = 13
    couleur: str = _TEXTE
    gras: bool = False


Forme = Rectangle | Trait | Texte


def abscisses(colonnes: Sequence[Colonne]) -> tuple[Colonne, ...]:
    """Return the columns that values may be drawn along, dates first."""
    genres = (TypeColonne.DATE, TypeColonne.TEXTE, TypeColonne.IDENTIFIANT, TypeColonne.NUMERO)
    return tuple(c for genre in genres for c in colonnes if c.type is genre)


def ordonnees(colonnes: Sequence[Colonne]) -> tuple[Colonne, ...]:
    """Return the columns whose sums may be drawn."""
    return tuple(c for c in colonnes if c.type.est_somme)


def lire_demande_graphique(
    colonnes: Sequence[Colonne],
    abscisse: str = "",
    ordonnee: str = "",
    forme: str = "",
    pas: str = "",
) -> DemandeGraphique:
    """Read what is to be drawn; what is not said is chosen: time, then the first words.

    Raises:
        RienAMontrer: no column of numbers to sum, or nothing to draw it along.
        ColonneInconnue: a column that cannot be drawn so.
    """
    hauteurs, largeurs = ordonnees(colonnes), abscisses(colonnes)
    if not hauteurs:
        raise RienAMontrer("aucune de ses colonnes n'est un montant, des heures ou un nombre")
    if not largeurs:
        raise RienAMontrer("aucune de ses colonnes n'est une date ou un texte")
    x, y = _choisie(largeurs, abscisse), _choisie(hauteurs, ordonnee)
    temps = x.type is TypeColonne.DATE
    choisie = forme if forme in dict(FORMES) and temps else (COURBE if temps else BARRES)
    return DemandeGraphique(x, y, choisie, pas if pas in dict(PAS) else MOIS)


def _choisie(possibles: Sequence[Colonne], nom: str) -> Colonne:
    if not nom:
        return possibles[0]
    for colonne in possibles:
        if colonne.nom == nom:
            return colonne
    raise ColonneInconnue(nom, ", ".join(c.nom for c in possibles))


def points_du_temps(groupes: Sequence[tuple[str, int]], pas: str) -> tuple[list[Point], str]:
    """Return the sums of each month or year from the first to the last, 0 where there is none.

    Returns:
        The points, and the step: years when months would be too many.
    """
    sommes = dict(groupes)
    cles = sorted(sommes)
    if not cles:
        return [], pas
    if pas == MOIS:
        premier, dernier = (date.fromisoformat(f"{c}-01") for c in (cles[0], cles[-1]))
        combien = (dernier.year - premier.year) * 12 + dernier.month - premier.month + 1
        if combien <= PERIODES_MAX:
            mois = [
                Mois(premier.year + n // 12, n % 12 + 1)
                for n in range(premier.month - 1, premier.month - 1 + combien)
            ]
            return [
                Point(f"{m.mois:02}/{m.annee}", sommes.get(f"{m.annee:04}-{m.mois:02}", 0))
                for m in mois
            ], MOIS
    annees: dict[int, int] = {}
    for cle, somme in groupes:
        annees[int(cle[:4])] = annees.get(int(cle[:4]), 0) + somme
    etendue = range(min(annees), max(annees) + 1)
    return [Point(str(a), annees.get(a, 0)) for a in etendue][-PERIODES_MAX:], ANNEE


def graduations(bas: int, haut: int) -> list[int]:
    """Return round values that cover an interval which holds 0.

    >>> graduations(0, 95)
    [0, 20, 40, 60, 80, 100]
    """
    bas, haut = min(bas, 0), max(haut, 0)
    pas = 1
    while (haut - bas) > pas * (_GRADUATIONS - 1):
        pas = pas * 5 // 2 if str(pas).startswith("2") else pas * 2
    premier = bas // pas
    dernier = -(-haut // pas)
    return [n * pas for n in range(premier, max(dernier, premier + 1) + 1)]


def composer(
    titre: str, sous_titre: str, demande: DemandeGraphique, points: Sequence[Point]
) -> tuple[Forme, ...]:
    """Return the shapes of a chart.

    Raises:
        RienAMontrer: no value to draw.
    """
    if not points:
        raise RienAMontrer("aucune ligne n'a de valeur à dessiner")
    entete = (
        Texte(24, 34, titre, taille=18, gras=True),
        Texte(24, 58, sous_titre, couleur=_DOUX),
    )
    corps = _le_temps(demande, points) if demande.est_temps else _les_mots(demande, points)
    return (*entete, *corps)


def _le_temps(demande: DemandeGraphique, points: Sequence[Point]) -> list[Forme]:
    valeurs = [p.valeur for p in points]
    crans = graduations(min(valeurs), max(valeurs))
    largeur, hauteur = LARGEUR - _GAUCHE - _DROITE, HAUTEUR - _HAUT - _BAS

    def y(valeur: int) -> int:
        return _HAUT + hauteur * (crans[-1] - valeur) // (crans[-1] - crans[0])

    def x(rang: int) -> int:
        return _GAUCHE + largeur * (2 * rang + 1) // (2 * len(points))

    formes: list[Forme] = []
    for cran in crans:
        formes.append(Trait(((_GAUCHE, y(cran)), (LARGEUR - _DROITE, y(cran))), _TRAIT))
        texte = afficher(cran, demande.ordonnee.type)
        formes.append(Texte(_GAUCHE - 8, y(cran) + 4, texte, "end", 12, _DOUX))
    sauts = -(-len(points) // 12)
    for rang, point in enumerate(points):
        if rang % sauts == 0:
            formes.append(Texte(x(rang), HAUTEUR - _BAS + 22, point.libelle, "middle", 12, _DOUX))
    if demande.forme == COURBE and len(points) > 1:
        trace = tuple((x(rang), y(p.valeur)) for rang, p in enumerate(points))
        return [*formes, Trait(trace, _TEINTE, 3)]
    epaisseur = max(1, largeur * 7 // (10 * len(points)))
    for rang, point in enumerate(points):
        haut, bas = sorted((y(point.valeur), y(0)))
        formes.append(Rectangle(x(rang) - epaisseur // 2, haut, epaisseur, bas - haut, _TEINTE))
    return formes


_MARGE_MOTS, _MARGE_VALEURS, _LETTRES = 300, 130, 38


def _les_mots(demande: DemandeGraphique, points: Sequence[Point]) -> list[Forme]:
    valeurs = [p.valeur for p in points]
    bas, haut = min(*valeurs, 0), max(*valeurs, 0)
    etendue = (haut - bas) or 1
    largeur = LARGEUR - _MARGE_MOTS - _MARGE_VALEURS
    ligne = (HAUTEUR - _HAUT - 16) // max(len(points), 8)
    zero = _MARGE_MOTS + largeur * -bas // etendue
    formes: list[Forme] = []
    for rang, point in enumerate(points):
        y = _HAUT + rang * ligne
        bout = _MARGE_MOTS + largeur * (point.valeur - bas) // etendue
        gauche, droite = sorted((zero, bout))
        mots = point.libelle
        mots = mots if len(mots) <= _LETTRES else f"{mots[: _LETTRES - 1]}…"
        formes += [
            Texte(_MARGE_MOTS - 8, y + ligne // 2 + 4, mots, "end", 12),
            Rectangle(gauche, y + 2, max(1, droite - gauche), max(2, ligne - 5), _TEINTE),
            Texte(
                droite + 6,
                y + ligne // 2 + 4,
                afficher(point.valeur, demande.ordonnee.type),
                taille=12,
            ),
        ]
    return [*formes, Trait(((zero, _HAUT), (zero, _HAUT + len(points) * ligne)), _DOUX)]

"""A small step chart of a figure through time: integer coordinates, ready for an SVG drawing.

The axis of time begins in 2019, when the barèmes begin (later when the figure is younger), and
ends with the year of the day given; a figure is drawn to that day and no further.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.noyau.periodes import afficher_date
from app.paie.rules.baremes import Serie

LARGEUR, HAUTEUR = 720, 220
_GAUCHE, _DROITE, _HAUT, _BAS = 104, 24, 16, 28
_REPERES = 4
"""Horizontal lines wanted, about."""
DEBUT = date(2019, 1, 1)
"""First day that the barèmes answer for."""


class Point(NamedTuple):
    """Where a value begins, with what it says."""

    x: int
    y: int
    texte: str


class Repere(NamedTuple):
    """A line of the frame: its position and what is written beside it."""

    position: int
    texte: str


class Trait(NamedTuple):
    """A series: its name, the path to draw, its points."""

    nom: str
    chemin: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Courbe:
    """Everything that the drawing needs."""

    largeur: int
    hauteur: int
    gauche: int
    droite: int
    bas: int
    traits: tuple[Trait, ...]
    annees: tuple[Repere, ...]
    valeurs: tuple[Repere, ...]


class _Echelle:
    """From days and values to positions."""

    def __init__(self, debut: date, fin: date, minimum: int, maximum: int) -> None:
        self._debut, self._duree = debut.toordinal(), fin.toordinal() - debut.toordinal()
        self._minimum, self._etendue = minimum, maximum - minimum

    def x(self, jour: date) -> int:
        """Return the position of a day; days before the axis stand at its beginning."""
        avance = max(0, jour.toordinal() - self._debut)
        return _GAUCHE + avance * (LARGEUR - _GAUCHE - _DROITE) // self._duree

    def y(self, valeur: int) -> int:
        """Return the position of a value."""
        hauteur = HAUTEUR - _HAUT - _BAS
        return HAUTEUR - _BAS - (valeur - self._minimum) * hauteur // self._etendue


def pas_rond(etendue: int, combien: int = _REPERES) -> int:
    """Return the round step (1, 2 or 5 times a power of ten) that cuts a range in about that many.

    >>> pas_rond(250), pas_rond(39), pas_rond(3)
    (100, 10, 1)
    """
    brut = max(1, etendue // combien)
    rang = 1
    while rang * 10 <= brut:
        rang *= 10
    return next(n * rang for n in (1, 2, 5, 10) if n * rang >= brut)


def _bornes(valeurs: Sequence[int]) -> tuple[int, int, int]:
    """Return the least and greatest value of the axis, on round steps, and the step."""
    petite, grande = min(valeurs), max(valeurs)
    marge = max(1, (grande - petite) // 5 or abs(grande) // 5)
    pas = pas_rond(grande - petite + 2 * marge)
    return (petite - marge) // pas * pas, -(-(grande + marge) // pas) * pas, pas


def _trait(
    nom: str, serie: Serie, ech: _Echelle, jour: date, ecrire: Callable[[int], str]
) -> Trait:
    morceaux: list[str] = []
    points: list[Point] = []
    tracee = False
    dates = [*serie.dates[1:], jour]
    for (debut, valeur), suivante in zip(serie.points(), dates, strict=True):
        fin = min(suivante, jour)
        if valeur is None or fin < DEBUT or debut > jour:
            tracee = False
            continue
        x, y = ech.x(debut), ech.y(valeur)
        morceaux.append(f"V{y}" if tracee else f"M{x} {y}")
        morceaux.append(f"H{ech.x(fin)}")
        points.append(Point(x, y, f"depuis le {afficher_date(debut)} : {ecrire(valeur)}"))
        tracee = True
    return Trait(nom, "".join(morceaux), tuple(points))


def tracer(
    series: Sequence[tuple[str, Serie]], jour: date, ecrire: Callable[[int], str]
) -> Courbe | None:
    """Draw one or two series up to a day; None when nothing but zeros or nothing is known.

    Args:
        series: name and values of each.
        jour: last day drawn.
        ecrire: writes a value with its unit.
    """
    vues = [(nom, s) for nom, s in series if any(v for d, v in s.points() if d <= jour)]
    valeurs = [v for _, s in vues for d, v in s.points() if v is not None and d <= jour]
    if not valeurs:
        return None
    premiere = max(DEBUT, min(s.dates[0] for _, s in vues))
    debut, fin = date(premiere.year, 1, 1), date(max(jour.year, premiere.year), 12, 31)
    minimum, maximum, pas = _bornes(valeurs)
    minimum = max(minimum, 0) if min(valeurs) >= 0 else minimum
    ech = _Echelle(debut, fin, minimum, maximum)
    return Courbe(
        largeur=LARGEUR,
        hauteur=HAUTEUR,
        gauche=_GAUCHE,
        droite=LARGEUR - _DROITE,
        bas=HAUTEUR - _BAS,
        traits=tuple(_trait(nom, s, ech, jour, ecrire) for nom, s in vues),
        annees=tuple(
            Repere(ech.x(date(annee, 1, 1)), str(annee))
            for annee in range(debut.year, fin.year + 1)
        ),
        valeurs=tuple(Repere(ech.y(v), ecrire(v)) for v in range(minimum, maximum + 1, pas)),
    )

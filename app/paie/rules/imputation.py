"""The réduction générale between those who receive the contributions: Urssaf, Agirc-Arrco.

Rules:
- The engine computes one line; a bulletin keeps two, so that amounts add up by organisme; what
  people read is one line with its two parts.
- The part of the retraite complémentaire is 6.01 points of the greatest coefficient, counted on
  the year so far: monthly roundings never drift (CSS, art. L241-13 and D241-7; Urssaf, « règles
  d'imputation du montant de la réduction »).
"""

from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol, TypeVar

from app.noyau.argent import Centimes, afficher_euros

REDUCTION = "reduction_generale"
PART_RETRAITE = "reduction_generale_retraite"
LIBELLE_RETRAITE = "Réduction générale, part Agirc-Arrco"
ORGANISME_RETRAITE = "agirc_arrco"


class Imputation(NamedTuple):
    """Part of a reduction for Agirc-Arrco: rate in millionths, amount in centimes, negative."""

    taux: int = 0
    montant: int = 0


class _Ligne(Protocol):
    """A line of a bulletin, computed or stored: a named tuple with these fields."""

    @property
    def code(self) -> str: ...
    @property
    def taux_patronal(self) -> int: ...
    @property
    def patronal(self) -> int: ...


L = TypeVar("L", bound=_Ligne)


def _changer(ligne: L, **champs: Any) -> L:
    """Return a named tuple with other fields; typed code cannot say that it always is one."""
    nommee: Any = ligne
    refaite: L = nommee._replace(**champs)
    return refaite


def partager(ligne: L, part: Imputation) -> tuple[L, ...]:
    """Return the lines that a bulletin keeps of one: two when Agirc-Arrco bears a part."""
    if ligne.code != REDUCTION or part == Imputation():
        return (ligne,)
    urssaf = _changer(
        ligne,
        taux_patronal=ligne.taux_patronal - part.taux,
        patronal=ligne.patronal - part.montant,
    )
    retraite = _changer(ligne, code=PART_RETRAITE, taux_patronal=part.taux, patronal=part.montant)
    return (urssaf, retraite)


def reunir(lignes: Iterable[L]) -> list[tuple[L, str]]:
    """Return the lines as people read them, each with its parts in words, "" when it has none."""
    lues: list[tuple[L, str]] = []
    for ligne in lignes:
        if ligne.code != PART_RETRAITE or not lues or lues[-1][0].code != REDUCTION:
            lues.append((ligne, ""))
            continue
        urssaf = lues.pop()[0]
        entiere = _changer(
            urssaf,
            taux_patronal=urssaf.taux_patronal + ligne.taux_patronal,
            patronal=urssaf.patronal + ligne.patronal,
        )
        lues.append((entiere, en_mots(urssaf.patronal, ligne.patronal)))
    return lues


def en_mots(urssaf: int, retraite: int) -> str:
    """Write the two parts, centimes."""
    return (
        f"dont Urssaf {afficher_euros(Centimes(urssaf))}, "
        f"dont Agirc-Arrco {afficher_euros(Centimes(retraite))}"
    )

"""Lines turned into text by blocks, column by column: what every fast writer stands on.

One loop for a whole column of a block costs a third of a call for each cell; a block of texts
in which nothing needs care is known so by one look at all of them together.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import cast

from app.extractions.rules.colonnes import Valeur

Lignes = Iterable[tuple[Valeur, ...]]
Cellules = Callable[[Sequence[Valeur]], Sequence[str]]
"""Turns the values of a column, for a block of lines, into texts."""
BLOC = 500
"""Lines turned into text at once: a few hundred kilobytes, and too few objects for the garbage
collector to wake up (700)."""
RETENUES = 20_000
"""Values whose text is remembered: columns say the same words again and again."""
LONGUEUR_SURE = 32_767
"""A text of more characters is always looked at by itself (what a cell of a sheet holds)."""
_DELICATS = ("\n=", "\n+", "\n-", "\n@", "\n ", "\n\u00a0", " \n")
"""What begins or ends a text that is looked at by itself, texts joined by line ends."""


def par_colonnes(
    lignes: Lignes, cellules: Sequence[Cellules]
) -> Iterator[tuple[int, Iterator[tuple[str, ...]]]]:
    """Give blocks of lines: how many there are, the texts of each."""
    suite = iter(lignes)
    while bloc := list(islice(suite, BLOC)):
        colonnes = [f(v) for f, v in zip(cellules, zip(*bloc, strict=True), strict=True)]
        yield len(bloc), zip(*colonnes, strict=True)


class Retenues(dict[Valeur, str]):
    """The text of each value seen of late; nothing known is `vide`."""

    def __init__(self, faire: Callable[[str], str], vide: str = "") -> None:
        super().__init__({None: vide})
        self._faire, self._vide = faire, vide

    def __missing__(self, valeur: Valeur) -> str:
        if len(self) > RETENUES:
            self.clear()
        texte = self[valeur] = self._vide if valeur is None else self._faire(cast("str", valeur))
        return texte

    def de(self, valeurs: Sequence[Valeur]) -> Sequence[str]:
        """Return the texts of a column."""
        return [self[v] for v in valeurs]


def textes(
    permis: str, soigner: Callable[[str], str], *, autour: tuple[str, str] = ("", ""), vide: str
) -> Cellules:
    """Return what writes a column of texts.

    Args:
        permis: characters that need no care, as in a set of a regular expression.
        soigner: writes by itself a text that needs some, what goes around it included.
        autour: what goes before and after each text.
        vide: what stands for nothing.
    """
    avant, apres = autour
    simples = re.compile(f"[\n{permis}]*")
    retenues = Retenues(soigner, vide)

    def sont_simples(connus: Sequence[str]) -> bool:
        ensemble = "\n".join(("", *connus, ""))
        return (
            ensemble.count("\n") == len(connus) + 1
            and simples.fullmatch(ensemble) is not None
            and not any(d in ensemble for d in _DELICATS)
            and (len(ensemble) < LONGUEUR_SURE or max(map(len, connus)) <= LONGUEUR_SURE)
        )

    def ecrire(valeurs: Sequence[Valeur]) -> Sequence[str]:
        trous = None in valeurs
        connus = cast("list[str]", [v for v in valeurs if v is not None] if trous else valeurs)
        if not connus or not sont_simples(connus):
            return retenues.de(valeurs)
        if trous:
            return [vide if v is None else f"{avant}{v}{apres}" for v in valeurs]
        return [f"{avant}{v}{apres}" for v in connus] if avant else connus

    return ecrire


def nombres(
    decimales: Sequence[str] = (), *, autour: tuple[str, str] = ("", ""), vide: str
) -> Cellules:
    """Return what writes a column of whole numbers.

    Args:
        decimales: how each remainder is written, separator included; their number is the unit.
            Nothing: numbers are written as they are.
        autour: what goes before and after each number.
        vide: what stands for nothing.
    """
    avant, apres = autour
    if not decimales:
        return lambda valeurs: [vide if v is None else f"{avant}{v}{apres}" for v in valeurs]
    unite = len(decimales)

    def ecrire(valeurs: Sequence[Valeur]) -> Sequence[str]:
        return [
            vide
            if v is None
            else f"{avant}{v // unite}{decimales[v % unite]}{apres}"
            if v >= 0
            else f"{avant}-{-v // unite}{decimales[-v % unite]}{apres}"
            for v in cast("Sequence[int | None]", valeurs)
        ]

    return ecrire


def fractions(chiffres: int, separateur: str, *, garder: int = 0) -> tuple[str, ...]:
    """Return how remainders are written: separator and digits, last zeros beyond `garder` left out.

    >>> fractions(2, ",")[5]
    ',05'
    """
    garder = garder or chiffres
    return tuple(
        separateur + f"{n:0{chiffres}d}".rstrip("0").ljust(garder, "0") for n in range(10**chiffres)
    )

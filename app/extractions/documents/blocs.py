"""Lines turned into text by blocks, column by column: what every fast writer stands on.

One loop for a whole column of a block costs a third of a call for each cell.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from app.extractions.rules.colonnes import Valeur

Lignes = Iterable[tuple[Valeur, ...]]
Cellules = Callable[[Sequence[Valeur]], Sequence[str]]
"""Turns the values of a column, for a block of lines, into texts."""
BLOC = 500
"""Lines turned into text at once: a few hundred kilobytes."""
RETENUES = 20_000
"""Values whose text is remembered: columns say the same words again and again."""


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
            self[None] = self._vide
            if valeur is None:
                return self._vide
        texte = self[valeur] = self._faire(valeur)  # type: ignore[arg-type]
        return texte

    def de(self, valeurs: Sequence[Valeur]) -> Sequence[str]:
        """Return the texts of a column."""
        return [self[v] for v in valeurs]

"""Lines of text composed by SQLite itself, a block at a time; Python only looks at them.

A block is text as it will be written, but for a mark before each text.
It shows at once whether something needs care (a formula, a quote, a separator or a line end
within a text, a negative fraction): such a block is written cell by cell, by `plat`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.extractions.documents.blocs import Lignes
from app.extractions.rules import TypeColonne

_TEXTE = "\x01"
_ENSEMBLE = 20
"""Columns composed by one call: functions of SQLite take a hundred arguments or so."""
_SURS = bytes([0x20, 0x21, *range(0x23, 0x7F), *range(0x80, 0xC0), *range(0xC3, 0xE1)])
"""Bytes that need no look: ASCII but quotes and controls, U+00C0 to U+0FFF."""
_AUTRES_SURS = re.compile("[\u00a0-\u00bf\u1000-\u167f]+")
"""Characters that need none either, but share a first byte with some that do."""
_MENEURS = bytes(0x3D if b in b"=+-@ \xc2" else b for b in range(256))
"""Translates what may begin a formula into « = », U+00A0 by its first byte."""
_DELICATS = (b"\x01=", b",=")
"""Once translated: a text that may be a formula, a fraction that is negative (« 0,-5 »)."""


@dataclass(frozen=True, slots=True)
class Champ:
    """A column as SQL names it; `trous` when some lines have nothing there."""

    sql: str
    type: TypeColonne
    trous: bool


@dataclass(frozen=True, slots=True)
class Bloc:
    """Some lines composed by SQLite, and how to read them again as values."""

    texte: str
    nombre: int
    relire: Callable[[], Lignes]


class Composables(Protocol):
    """Lines that SQLite can compose into text by blocks."""

    def __iter__(self) -> Iterator[tuple[int | str | None, ...]]:
        """Run through the lines."""

    def composer(self, expression: Callable[[Sequence[Champ]], str]) -> Iterator[Bloc]:
        """Run through the blocks of the lines that an expression composes."""


def expression(champs: Sequence[Champ], separateur: str, fin: str) -> str:
    """Return the SQL expression of a line, its end included."""
    morceaux = []
    for debut in range(0, len(champs), _ENSEMBLE):
        ensemble = champs[debut : debut + _ENSEMBLE]
        suite = separateur if debut + _ENSEMBLE < len(champs) else fin
        modeles, valeurs = zip(*(_composer(c) for c in ensemble), strict=True)
        modele = separateur.join(modeles) + suite
        morceaux.append(f"printf('{modele}', {', '.join(valeurs)})")
    return " || ".join(morceaux)


def _composer(champ: Champ) -> tuple[str, str]:
    """Return how a column is written by `printf`, and the values it takes."""
    sql = champ.sql
    if champ.type is TypeColonne.DATE:
        return "%s%s%.4s", f"substr({sql}, 9) || '/', substr({sql}, 6, 2) || '/', {sql}"
    if not champ.type.est_nombre:
        return f"{_TEXTE}%s", sql
    if not champ.type.decimales:
        return "%s", sql
    if champ.type is TypeColonne.TAUX:  # two decimals at least, four at most
        chiffres = f"4 - ({sql} % 10 = 0) - ({sql} % 100 = 0)"
        fraction = f"{sql} % 10000 / iif({sql} % 100 = 0, 100, iif({sql} % 10 = 0, 10, 1))"
        modele, valeurs = "%d,%0*d", f"{sql} / 10000, {chiffres}, {fraction}"
    else:
        modele, valeurs = "%d,%02d", f"{sql} / 100, {sql} % 100"
    if not champ.trous:
        return modele, valeurs
    return "%s", f"iif({sql} IS NULL, '', printf('{modele}', {valeurs}))"


def relire_bloc(
    bloc: Bloc, types: Sequence[TypeColonne], separateur: str, fin: str
) -> bytes | None:
    """Return a block as it is written; None when it must be written cell by cell."""
    surs = _SURS.replace(separateur.encode(), b"")
    marques = [_TEXTE if not t.est_nombre and t is not TypeColonne.DATE else "" for t in types]
    attendu = (separateur.join(marques) + fin).encode() * bloc.nombre
    octets = bloc.texte.encode()
    if octets.translate(None, surs) != attendu:
        reste = _AUTRES_SURS.sub("", bloc.texte)
        if reste.encode().translate(None, surs) != attendu:
            return None
    meneurs = octets.translate(_MENEURS)
    if any(d in meneurs for d in _DELICATS):
        return None
    return octets.translate(None, _TEXTE.encode())

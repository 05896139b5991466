"""`sum` and `total` of a person's own queries: exact for euros, whatever the number of lines.

SQLite adds doubles one after the other, and loses centimes over long columns. Here a value that
is the double nearest to a number of hundredths counts as that whole number, and whatever is not
is added as an exact fraction: the sum is rounded once, at the end.
"""

import sqlite3
from fractions import Fraction


class Somme:
    """`sum`, over lines or a window: None without a value, whole when every value is."""

    vide: float | None = None
    entiere = True

    def __init__(self) -> None:
        self._centiemes = 0
        self._reste = Fraction(0)
        self._infini = 0.0
        self._combien = 0
        self._decimaux = 0

    def step(self, valeur: object) -> None:
        """Add a value."""
        self._compter(valeur, 1)

    def inverse(self, valeur: object) -> None:
        """Take a value out, as the window moves on."""
        self._compter(valeur, -1)

    def _compter(self, valeur: object, sens: int) -> None:
        if valeur is None:
            return
        self._combien += sens
        if isinstance(valeur, int):
            self._centiemes += sens * valeur * 100
            return
        self._decimaux += sens
        nombre = valeur if isinstance(valeur, float) else _nombre(valeur)
        if nombre - nombre != 0:  # the infinite
            self._infini += sens * nombre
            return
        centiemes = round(nombre * 100)
        if centiemes / 100 == nombre:
            self._centiemes += sens * centiemes
        else:
            self._reste += sens * Fraction(nombre)

    def value(self) -> float | int | None:
        """Return the sum of what is in the window."""
        if not self._combien:
            return self.vide
        if self.entiere and not self._decimaux:
            return self._centiemes // 100
        if self._infini:
            return self._infini
        if not self._reste:
            return self._centiemes / 100
        return float(Fraction(self._centiemes, 100) + self._reste)

    finalize = value


class Total(Somme):
    """`total`: a decimal, 0 without a value."""

    vide = 0.0
    entiere = False


def _nombre(valeur: object) -> float:
    """Read a text as a number; 0 when it is none."""
    try:
        return float(str(valeur))
    except ValueError:
        return 0.0


def installer(connexion: sqlite3.Connection) -> None:
    """Give a connection these sums."""
    connexion.create_window_function("sum", 1, Somme)
    connexion.create_window_function("total", 1, Total)

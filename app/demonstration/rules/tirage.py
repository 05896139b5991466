"""The seeded draw: the only source of chance, the same for the same seed."""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from faker import Faker

T = TypeVar("T")
Pesee = Sequence[tuple[T, int]]
"""Values with their whole-number weights."""


class Tirage:
    """Draws whole numbers, days, values and names."""

    def __init__(self, graine: int) -> None:
        self._hasard = random.Random(graine)  # noqa: S311 -- reproducible, protects nothing
        self._noms = Faker("fr_FR")
        self._noms.seed_instance(graine)
        self._deja: set[str] = set()

    def entier(self, minimum: int, maximum: int) -> int:
        """Return a whole number, both limits included."""
        return self._hasard.randrange(minimum, maximum + 1)

    def chance(self, pour_cent: int) -> bool:
        """Return true that many times out of a hundred."""
        return self._hasard.randrange(100) < pour_cent

    def choisir(self, valeurs: Sequence[T]) -> T:
        """Return one of the values, all alike."""
        return valeurs[self._hasard.randrange(len(valeurs))]

    def peser(self, pesee: Pesee[T]) -> T:
        """Return one of the values, each as often as its weight says."""
        reste = self._hasard.randrange(sum(poids for _, poids in pesee))
        for valeur, poids in pesee:
            reste -= poids
            if reste < 0:
                return valeur
        raise AssertionError

    def melanger(self, valeurs: Sequence[T]) -> list[T]:
        """Return the values in another order."""
        return self._hasard.sample(list(valeurs), len(valeurs))

    def chiffres(self, combien: int) -> str:
        """Return that many digits, the first of them not zero."""
        return str(self.entier(10 ** (combien - 1), 10**combien - 1))

    def jour(self, premier: date, dernier: date) -> date:
        """Return a day between two, both included; the first when they are the wrong way."""
        ecart = max(0, (dernier - premier).days)
        return premier + timedelta(days=self.entier(0, ecart))

    def inedit(self, fabriquer: Callable[[], str]) -> str:
        """Return the first text made that was never returned before."""
        while (texte := fabriquer()) in self._deja:
            pass
        self._deja.add(texte)
        return texte

    def nom(self) -> str:
        """Return a family name."""
        return str(self._noms.last_name())

    def prenom(self, *, femme: bool) -> str:
        """Return a first name."""
        return str(self._noms.first_name_female() if femme else self._noms.first_name_male())

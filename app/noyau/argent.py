"""Exact money: integer centimes, integer millionths, integer hundredths of an hour.

Rounding is to the nearest unit, half away from zero, once per line: symmetrical, so that a
line and its reversal always cancel.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NewType

from app.noyau.erreurs import Refus
from app.noyau.typographie import ESPACE_FINE, VIDE, grouper

Centimes = NewType("Centimes", int)
"""An amount in hundredths of a euro."""
Millioniemes = NewType("Millioniemes", int)
"""A rate in millionths: 2.11 % is 21 100."""
Centiemes = NewType("Centiemes", int)
"""A duration in hundredths of an hour: 151.67 h is 15 167."""

UN = Millioniemes(1_000_000)

_NOMBRE = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]*)?|[+-]?[.,][0-9]+")
_ESPACES = str.maketrans("", "", " \u00a0\u202f\u2009'’")


@dataclass(eq=False)
class NombreIllisible(Refus):
    """A typed number that cannot be read."""

    code = "TEC-110"
    message = "« {saisie} » n'est pas {attendu}."
    remede = "Écrivez par exemple {exemple}."

    saisie: str
    attendu: str
    exemple: str


def arrondi(numerateur: int, denominateur: int) -> int:
    """Divide and round to the nearest integer, half away from zero; either may be negative.

    >>> arrondi(5, 10), arrondi(-5, 10), arrondi(4, 10)
    (1, -1, 0)
    """
    diviseur = abs(denominateur)
    quotient = (2 * abs(numerateur) + diviseur) // (2 * diviseur)
    return quotient if (numerateur < 0) == (denominateur < 0) else -quotient


def produit(assiette: Centimes, taux: Millioniemes) -> Centimes:
    """Return base × rate, in centimes, rounded once.

    >>> produit(Centimes(200_000), Millioniemes(21_100))
    4220
    """
    return Centimes(arrondi(assiette * taux, UN))


def somme(montants: Iterable[Centimes]) -> Centimes:
    """Add amounts; the sum of rounded lines is the total, never a rounded sum."""
    return Centimes(sum(montants))


def repartition(total: Centimes, parts: Sequence[int]) -> list[Centimes]:
    """Share an amount in proportion; leftover centimes go to the largest parts, in order.

    Each share is rounded towards zero, then the leftover centimes are given one by one to the
    largest parts (the first of equal ones first). The result always sums to `total`. All
    parts zero: everything goes to the first.

    >>> repartition(Centimes(100), [1, 1, 1]), repartition(Centimes(-100), [1, 5])
    ([34, 33, 33], [-16, -84])
    """
    if not parts:
        raise ValueError(parts)
    poids = sum(parts)
    if poids == 0:
        return [Centimes(total if i == 0 else 0) for i in range(len(parts))]
    signe = 1 if total >= 0 else -1
    entiers = [abs(total) * p // poids for p in parts]
    reste = abs(total) - sum(entiers)
    for i in sorted(range(len(parts)), key=lambda i: (-parts[i], i))[:reste]:
        entiers[i] += 1
    return [Centimes(signe * e) for e in entiers]


def _lire_decimal(saisie: str, decimales: int, attendu: str, exemple: str) -> int:
    """Read a French or English decimal into an integer of 10**-decimales units.

    « 1.000 » is refused where three decimals have no sense: it may mean one thousand.
    """
    texte = saisie.translate(_ESPACES).replace("−", "-")
    if not _NOMBRE.fullmatch(texte):
        raise NombreIllisible(saisie, attendu, exemple)
    negatif = texte.startswith("-")
    entiere, _, fraction = texte.lstrip("+-").replace(",", ".").partition(".")
    trop_precis = len(fraction.rstrip("0")) > decimales or decimales < len(fraction) == 3
    if trop_precis or len(entiere) > 12:
        raise NombreIllisible(saisie, attendu, exemple)
    valeur = int((entiere or "0") + fraction[:decimales].ljust(decimales, "0"))
    return -valeur if negatif else valeur


def lire_entier(saisie: str, exemple: str = "12") -> int:
    """Read a whole number, thousands grouped or not.

    Raises:
        NombreIllisible: not a number, or decimals.

    >>> lire_entier("1 234")
    1234
    """
    return _lire_decimal(saisie, 0, "un nombre entier", exemple)


def lire_euros(saisie: str) -> Centimes:
    """Read « 1 234,56 € » or « 1234.56 » into centimes.

    Raises:
        NombreIllisible: not an amount, or more than two decimals.

    >>> lire_euros("1 234,56 €")
    123456
    """
    attendu = "un montant en euros, au centime près"
    return Centimes(_lire_decimal(saisie.strip().removesuffix("€"), 2, attendu, "1 234,56"))


def lire_taux(saisie: str) -> Millioniemes:
    """Read « 2,11 % » into millionths (the percent sign may be left out).

    Raises:
        NombreIllisible: not a rate, or more than four decimals of a percent.

    >>> lire_taux("2,11 %")
    21100
    """
    attendu = "un taux en pourcentage"
    return Millioniemes(_lire_decimal(saisie.strip().removesuffix("%"), 4, attendu, "2,11"))


def lire_heures(saisie: str) -> Centiemes:
    """Read « 151,67 h » into hundredths of an hour.

    Raises:
        NombreIllisible: not a duration in decimal hours.

    >>> lire_heures("151,67")
    15167
    """
    attendu = "une durée en heures décimales"
    nombre = saisie.strip().lower().removesuffix("h")
    return Centiemes(_lire_decimal(nombre, 2, attendu, "151,67"))


def lire_jours(saisie: str) -> Centiemes:
    """Read « 2,5 j » into hundredths of a day.

    Raises:
        NombreIllisible: not a number of days.

    >>> lire_jours("2,5")
    250
    """
    nombre = saisie.strip().lower().removesuffix("j")
    return Centiemes(_lire_decimal(nombre, 2, "un nombre de jours", "2,5"))


def nombre_decimal(valeur: int, decimales: int, minimum: int = 0) -> str:
    """Write an integer of 10**-decimales units with a decimal comma, thousands grouped.

    At least `minimum` decimals are kept; further zeros are dropped.

    >>> nombre_decimal(21100, 4, 2)
    '2,11'
    """
    signe = "−" if valeur < 0 else ""
    entiere, fraction = divmod(abs(valeur), 10**decimales)
    queue = f"{fraction:0{decimales}d}".rstrip("0").ljust(minimum, "0") if decimales else ""
    return signe + grouper(entiere) + (f",{queue}" if queue else "")


def afficher_euros(montant: Centimes | None) -> str:
    """Write « 1 234,56 € »; nothing known is « — », never 0."""
    return VIDE if montant is None else nombre_decimal(montant, 2, 2) + ESPACE_FINE + "€"


def afficher_taux(taux: Millioniemes | None) -> str:
    """Write « 2,11 % » (two to four decimals)."""
    return VIDE if taux is None else nombre_decimal(taux, 4, 2) + ESPACE_FINE + "%"


def afficher_heures(heures: Centiemes | None) -> str:
    """Write « 151,67 h »."""
    return VIDE if heures is None else nombre_decimal(heures, 2, 2) + ESPACE_FINE + "h"


def afficher_jours(jours: Centiemes | None) -> str:
    """Write « 2,5 j » (no decimal when whole)."""
    return VIDE if jours is None else nombre_decimal(jours, 2) + ESPACE_FINE + "j"

"""Dates and periods as the trade writes them: both ends included.

The open end is 9999-12-31, which is `date.max`: adding a day to it overflows, hence
`lendemain`. Half-open intervals exist only inside this module.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.noyau.erreurs import Refus

FIN_OUVERTE: Final = date(9999, 12, 31)
PREMIERE_DATE: Final = date(1900, 1, 1)
NOMS_DES_MOIS: Final = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
    *("septembre", "octobre", "novembre", "décembre"),
)

_FRANCAISE = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})", re.ASCII)
_COMPACTE = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00:00(?:\.0+)?)?", re.ASCII)
_MOIS = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


@dataclass(eq=False)
class DateIllisible(Refus):
    """A typed date that is none."""

    code = "TEC-111"
    message = "« {saisie} » n'est pas une date du calendrier."
    remede = "Écrivez le jour, le mois et l'année : JJ/MM/AAAA, par exemple 31/01/2026."

    saisie: str


@dataclass(eq=False)
class MoisIllisible(DateIllisible):
    """A typed month that is none."""

    code = "TEC-113"
    message = "« {saisie} » n'est pas un mois."
    remede = "Écrivez l'année et le mois : AAAA-MM, par exemple 2026-01."


@dataclass(eq=False)
class PeriodeInversee(Refus):
    """A period that ends before it begins."""

    code = "TEC-112"
    message = "La date de fin ({fin}) précède la date de début ({debut})."
    remede = "Corrigez l'une des deux dates : la fin est le même jour ou après."

    debut: str
    fin: str


def afficher_date(jour: date | None) -> str:
    """Write JJ/MM/AAAA; nothing known is « — »."""
    return "—" if jour is None else f"{jour.day:02}/{jour.month:02}/{jour.year:04}"


def lire_date(saisie: str, *, siecle_pivot: int = 50) -> date:
    """Read a date typed as JJ/MM/AAAA, JJMMAAAA, JJ/MM/AA or AAAA-MM-JJ.

    Two-digit years up to `siecle_pivot` are of this century, later ones of the last.

    Raises:
        DateIllisible: not a date, or before 1900.

    >>> lire_date("31/1/2026")
    datetime.date(2026, 1, 31)
    """
    texte = saisie.strip()
    if m := _ISO.fullmatch(texte):
        annee, mois, jour = (int(g) for g in m.groups())
    elif m := _FRANCAISE.fullmatch(texte) or _COMPACTE.fullmatch(texte):
        jour, mois, annee = (int(g) for g in m.groups())
        if len(m.group(3)) == 2:
            annee += 2000 if annee <= siecle_pivot else 1900
    else:
        raise DateIllisible(saisie)
    try:
        resultat = date(annee, mois, jour)
    except ValueError:
        raise DateIllisible(saisie) from None
    if resultat < PREMIERE_DATE:
        raise DateIllisible(saisie)
    return resultat


def lendemain(jour: date) -> date | None:
    """Return the next day; none after the open end."""
    return None if jour == FIN_OUVERTE else jour + timedelta(days=1)


def veille(jour: date) -> date:
    """Return the day before."""
    return jour - timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Periode:
    """A span of days, first and last included; `FIN_OUVERTE` when it has no known end."""

    debut: date
    fin: date = FIN_OUVERTE

    def __post_init__(self) -> None:
        if self.fin < self.debut:
            raise PeriodeInversee(afficher_date(self.debut), afficher_date(self.fin))

    @property
    def est_ouverte(self) -> bool:
        """Tell whether the end is not known yet."""
        return self.fin == FIN_OUVERTE

    def contient(self, jour: date) -> bool:
        """Tell whether the day lies in the period."""
        return self.debut <= jour <= self.fin

    def recouvre(self, autre: "Periode") -> bool:
        """Tell whether at least one day is in both."""
        return self.debut <= autre.fin and autre.debut <= self.fin

    def intersection(self, autre: "Periode") -> "Periode | None":
        """Return the days common to both, or nothing."""
        if not self.recouvre(autre):
            return None
        return Periode(max(self.debut, autre.debut), min(self.fin, autre.fin))

    def jours(self) -> int:
        """Count the days, both ends included."""
        return (self.fin - self.debut).days + 1

    def __str__(self) -> str:
        if self.est_ouverte:
            return f"depuis le {afficher_date(self.debut)}"
        return f"du {afficher_date(self.debut)} au {afficher_date(self.fin)}"


@dataclass(frozen=True, slots=True, order=True)
class Mois:
    """A pay period: one calendar month."""

    annee: int
    mois: int

    @classmethod
    def de(cls, jour: date) -> "Mois":
        """Return the month that holds a day."""
        return cls(jour.year, jour.month)

    @classmethod
    def lire(cls, saisie: str) -> "Mois":
        """Read AAAA-MM.

        Raises:
            MoisIllisible: not a month, or before 1900.
        """
        m = _MOIS.fullmatch(saisie.strip())
        if not m or not 1 <= int(m.group(2)) <= 12 or int(m.group(1)) < PREMIERE_DATE.year:
            raise MoisIllisible(saisie)
        return cls(int(m.group(1)), int(m.group(2)))

    @property
    def debut(self) -> date:
        """First day."""
        return date(self.annee, self.mois, 1)

    @property
    def fin(self) -> date:
        """Last day: the end of the pay period."""
        return date(self.annee, self.mois, monthrange(self.annee, self.mois)[1])

    @property
    def en_toutes_lettres(self) -> str:
        """The month in words: « juin 2026 »."""
        return f"{NOMS_DES_MOIS[self.mois - 1]} {self.annee}"

    @property
    def periode(self) -> Periode:
        """The month as a period."""
        return Periode(self.debut, self.fin)

    def suivant(self, combien: int = 1) -> "Mois":
        """Return the month that many later (earlier when negative)."""
        annee, zero = divmod(self.annee * 12 + self.mois - 1 + combien, 12)
        return Mois(annee, zero + 1)

    def jusqu_a(self, dernier: "Mois") -> Iterator["Mois"]:
        """Run through the months to the last one, both included."""
        courant = self
        while courant <= dernier:
            yield courant
            courant = courant.suivant()

    def __str__(self) -> str:
        return f"{self.annee:04}-{self.mois:02}"


def pavage(periodes: list[Periode]) -> tuple[list[Periode], list[Periode]]:
    """Find where dated periods of one thing overlap, and the holes between them.

    Returns:
        Overlaps, one for each period that begins before an earlier one has ended, and holes;
        both in order of date.
    """
    recouvrements: list[Periode] = []
    trous: list[Periode] = []
    fin_vue: date | None = None
    for p in sorted(periodes):
        if fin_vue is not None:
            if p.debut <= fin_vue:
                recouvrements.append(Periode(p.debut, min(p.fin, fin_vue)))
            elif (attendu := lendemain(fin_vue)) is not None and attendu < p.debut:
                trous.append(Periode(attendu, veille(p.debut)))
        fin_vue = p.fin if fin_vue is None else max(fin_vue, p.fin)
    return recouvrements, trous

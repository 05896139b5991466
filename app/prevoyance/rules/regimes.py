"""Branch regimes: what a « prévoyance paramétrée » costs at a day, or that nobody knows it.

Rules:
- A rate has a value from its first date on, for each population; where no public text gives
  it, it is unknown and says what is missing: never a guess, never zero.
- A figure that was not read from the text itself is given, and marked « à confirmer ».
- Rates are millionths of a base: T1 up to one plafond of social security, T2 from there to
  four plafonds (limits written in each branch text, KALI articles cited by the data).
- Options come from the law of collective mandatory contracts, the same at all dates.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.noyau.periodes import FIN_OUVERTE, Periode, afficher_date, lendemain, veille
from app.prevoyance.errors import TauxAConfirmer

CADRE, NON_CADRE = "cadre", "non_cadre"
POPULATIONS: Mapping[str, str] = {NON_CADRE: "Non-cadres", CADRE: "Cadres"}
"""Whom every regime answers for, in the order of the screens."""
BASES: Mapping[str, str] = {
    "t1": "T1 (jusqu'à 1 plafond)",
    "t2": "T2 (1 à 4 plafonds)",
    "brut": "Brut",
    "pmss": "Plafond du mois",
}
"""What a rate applies to."""
AVANT_LE_DEBUT = "aucun taux n'est fourni avant le {debut}"


@dataclass(frozen=True, slots=True, order=True)
class LigneTaux:
    """The rates of one base, in millionths: employee's, then employer's."""

    base: str
    salarial: int
    patronal: int


@dataclass(frozen=True, slots=True)
class TauxConnus:
    """The lines due by a population; none: `sans_objet` says why the regime asks nothing."""

    lignes: tuple[LigneTaux, ...]
    sans_objet: str = ""


@dataclass(frozen=True, slots=True)
class TauxInconnus:
    """No public source gives the rates; `manque` says what is missing."""

    manque: str


Taux = TauxConnus | TauxInconnus


@dataclass(frozen=True, slots=True)
class Options:
    """Options of a contract (P2): what its shares enter, what they leave.

    `deduction_po`: the employee's part leaves the taxable net; `deduction_pp`: the employer's
    part does not enter it.
    """

    forfait_social: bool
    csg_crds: bool
    deduction_po: bool
    deduction_pp: bool


@dataclass(frozen=True, slots=True)
class PeriodeRegime:
    """A span of days with the same rates, for each population, and their text.

    `manque` says what is to be confirmed, empty when everything was read from the text.
    """

    periode: Periode
    taux: Mapping[str, Taux]
    texte: str
    manque: str = ""

    @property
    def a_verifier(self) -> bool:
        """Tell whether something of the period is to be confirmed."""
        return bool(self.manque) or any(isinstance(t, TauxInconnus) for t in self.taux.values())


@dataclass(frozen=True, slots=True)
class Regime:
    """A branch regime: who it is for, its options, its rates by date.

    `populations`: code and words of those it has rates for; `cadre` and `non_cadre` always,
    in the words of the regime, then those that its text sets apart (permanents, technicians).
    """

    code: str
    libelle: str
    populations: Mapping[str, str]
    idcc: tuple[str, ...]
    nature: str
    article: str
    organismes: tuple[str, ...]
    options: Options
    sources_options: Mapping[str, str]
    tranches: tuple[PeriodeRegime, ...]
    note: str
    verifie_le: date

    def periodes(self) -> tuple[PeriodeRegime, ...]:
        """Return the periods in order of date: contiguous, the last one open."""
        return self.tranches

    def periode(self, jour: date) -> PeriodeRegime | None:
        """Return the period that holds a day; None before the first one."""
        rang = bisect_right([p.periode.debut for p in self.tranches], jour) - 1
        return self.tranches[rang] if rang >= 0 else None

    def taux(self, jour: date, population: str) -> Taux:
        """Return the rates of a population (a key of `populations`) on a day, known or not."""
        periode = self.periode(jour)
        if periode is None:
            debut = afficher_date(self.tranches[0].periode.debut)
            return TauxInconnus(AVANT_LE_DEBUT.format(debut=debut))
        return periode.taux[population]

    def lignes(self, jour: date, population: str) -> tuple[LigneTaux, ...]:
        """Return the lines due by a population on a day.

        Raises:
            TauxAConfirmer: the rates are unknown; the person has to give them. Ask `taux`
                first where that is to be told apart.
        """
        taux = self.taux(jour, population)
        if isinstance(taux, TauxInconnus):
            raise TauxAConfirmer(self.libelle, afficher_date(jour), taux.manque)
        return taux.lignes

    def manque(self, jour: date, population: str | None = None) -> str:
        """Say what is to be confirmed on a day, for a population or for any; empty: nothing."""
        periode = self.periode(jour)
        populations = self.populations if population is None else (population,)
        vus = [self.taux(jour, p) for p in populations]
        phrases = [t.manque for t in vus if isinstance(t, TauxInconnus)]
        if periode is not None and periode.manque:
            phrases.insert(0, periode.manque)
        return " ; ".join(dict.fromkeys(phrases))

    def a_verifier(self, jour: date) -> bool:
        """Tell whether something is to be confirmed on a day, for any population."""
        return bool(self.manque(jour))


def _coupes(regimes: tuple[Regime, ...]) -> list[date]:
    return sorted({p.periode.debut for r in regimes for p in r.tranches})


def _dus(regime: Regime, jour: date, population: str) -> tuple[object, ...] | None:
    """Return what makes the amounts of a day: lines and options; None when unknown."""
    if population not in regime.populations:
        return None
    taux = regime.taux(jour, population)
    if isinstance(taux, TauxInconnus):
        return None
    return (frozenset(taux.lignes), regime.options) if taux.lignes else ()


def _differences(avant: Regime, apres: Regime, populations: tuple[str, ...]) -> Iterator[Periode]:
    coupes = _coupes((avant, apres))
    for rang, debut in enumerate(coupes):
        fin = veille(coupes[rang + 1]) if rang + 1 < len(coupes) else FIN_OUVERTE
        if any(_dus(avant, debut, p) != _dus(apres, debut, p) for p in populations):
            yield Periode(debut, fin)


def changements(avant: Regime, apres: Regime, population: str | None = None) -> tuple[Periode, ...]:
    """Return the days whose amounts differ between two versions of a regime's data.

    Texts, labels and marks do not count: only rates, options, and what became known or
    unknown. Ranges are in order of date, apart from one another by a day at least.

    Args:
        avant: the data that bulletins were computed with.
        apres: the data of now.
        population: one population; None: any of them.
    """
    ranges: list[Periode] = []
    toutes = (*avant.populations, *apres.populations)
    populations = tuple(dict.fromkeys(toutes)) if population is None else (population,)
    for p in _differences(avant, apres, populations):
        if ranges and lendemain(ranges[-1].fin) == p.debut:
            ranges[-1] = Periode(ranges[-1].debut, p.fin)
        else:
            ranges.append(p)
    return tuple(ranges)

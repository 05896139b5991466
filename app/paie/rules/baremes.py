"""Dated figures: a value at a day, never a guess; cotisations declared once, in data.

Rules:
- A figure has a value from its first date on; asked before, or once repealed (null), it is
  `BaremeInconnu` and bears its name.
- Amounts are centimes, rates millionths, multiples and coefficients hundredths.
- A cotisation is one entry: base, rates by date, condition by date, sources by date.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.noyau.periodes import afficher_date
from app.paie.errors import BaremeInconnu, BaremeRefuse

_FIGURE = re.compile(r"(-?\d+)(?:\.(\d+))?(?: (%|€|h))?")
_DECIMALES = {"%": 4, "€": 2, "h": 2, None: 2}

RUBRIQUES: dict[str, str] = {
    "sante": "Santé",
    "accidents_travail": "Accidents du travail, maladies professionnelles",
    "retraite": "Retraite",
    "famille": "Famille",
    "chomage": "Assurance chômage",
    "autres": "Autres contributions dues par l'employeur",
    "statutaires": "Cotisations statutaires ou prévues par la convention collective",
    "csg": "CSG et CRDS",
    "exonerations": "Exonérations et allègements de cotisations",
}
"""Headings of the legal simplified bulletin, in its order (arrêté du 25/02/2016 modifié)."""


def lire_figure(texte: str) -> int:
    """Read a figure with its unit: « 2.11 % » 21 100, « 12.31 € » 1 231, « 1.60 » 160.

    Raises:
        ValueError: not a figure, or more decimals than its unit keeps.

    >>> lire_figure("2.11 %"), lire_figure("4005.00 €"), lire_figure("151.67 h")
    (21100, 400500, 15167)
    """
    m = _FIGURE.fullmatch(texte)
    if not m:
        raise ValueError(texte)
    decimales = _DECIMALES[m[3]]
    fraction = m[2] or ""
    if len(fraction) > decimales:
        raise ValueError(texte)
    valeur = int(m[1].lstrip("-") + fraction.ljust(decimales, "0"))
    return -valeur if m[1].startswith("-") else valeur


@dataclass(frozen=True, slots=True)
class Serie:
    """Values by date of effect; None once repealed."""

    dates: tuple[date, ...]
    valeurs: tuple[int | None, ...]

    def a(self, jour: date) -> tuple[date, int] | None:
        """Return the value in force on a day with its date of effect; None when there is none."""
        rang = bisect_right(self.dates, jour) - 1
        if rang < 0 or (valeur := self.valeurs[rang]) is None:
            return None
        return self.dates[rang], valeur

    def points(self) -> tuple[tuple[date, int | None], ...]:
        """Return the history, in order of date."""
        return tuple(zip(self.dates, self.valeurs, strict=True))


@dataclass(frozen=True, slots=True)
class Parametre:
    """A legal figure that formulas ask for by code and date."""

    code: str
    libelle: str
    unite: str
    serie: Serie
    sources: Mapping[date, str]
    verifie_le: date


@dataclass(frozen=True, slots=True)
class Condition:
    """Whom a cotisation concerns; None: whatever. Effectifs are both included.

    `prevoyance` and `retraite_sup`: a contract of the employer of that nature covers them.
    """

    cadre: bool | None = None
    nature: str | None = None
    alsace_moselle: bool | None = None
    association: bool | None = None
    idcc: str | None = None
    effectif_min: int | None = None
    effectif_max: int | None = None
    statut: str | None = None
    prevoyance: bool | None = None
    retraite_sup: bool | None = None


@dataclass(frozen=True, slots=True)
class Cotisation:
    """A cotisation or contribution: its heading, its base, its rates and conditions by date.

    `artistes`: its rates are reduced for the artistes du spectacle (parameter `artistes_part`).
    """

    code: str
    libelle: str
    rubrique: str
    organisme: str
    assiette: str
    salariale: Serie
    patronale: Serie
    conditions: tuple[tuple[date, Condition], ...]
    formule: str
    non_deductible: bool
    artistes: bool
    sources: Mapping[date, str]
    verifie_le: date
    rang: int

    def condition(self, jour: date) -> Condition:
        """Return the condition in force on a day."""
        return [c for debut, c in self.conditions if debut <= jour][-1]

    def source(self, jour: date) -> str:
        """Return the legal text in force on a day."""
        return [texte for debut, texte in sorted(self.sources.items()) if debut <= jour][-1]


@dataclass(frozen=True, slots=True)
class Grille:
    """A grid: rates by threshold; thresholds in centimes, rates in millionths."""

    code: str
    libelle: str
    grilles: Mapping[date, tuple[tuple[int, int], ...]]
    sources: Mapping[date, str]
    verifie_le: date

    def taux(self, base: int, jour: date) -> int:
        """Return the rate of a base on a day; a base that a regularisation made negative is zero.

        Raises:
            BaremeInconnu: no grid yet on that day.
        """
        dates = [d for d in self.grilles if d <= jour]
        if not dates:
            raise BaremeInconnu(self.libelle, afficher_date(jour))
        return [taux for seuil, taux in self.grilles[max(dates)] if seuil <= max(0, base)][-1]


@dataclass(frozen=True, slots=True)
class Baremes:
    """Everything the law says, by code."""

    parametres: Mapping[str, Parametre]
    cotisations: tuple[Cotisation, ...]
    grilles: Mapping[str, Grille]

    def valeur(self, code: str, jour: date) -> int:
        """Return a figure on a day, in its unit.

        Raises:
            BaremeInconnu: not known yet, or repealed.
        """
        parametre = self.parametres[code]
        trouve = parametre.serie.a(jour)
        if trouve is None:
            raise BaremeInconnu(parametre.libelle, afficher_date(jour))
        return trouve[1]

    def valeur_ou_rien(self, code: str, jour: date) -> int | None:
        """Return a figure on a day, None when it is not in force."""
        trouve = self.parametres[code].serie.a(jour)
        return None if trouve is None else trouve[1]


def lire_serie(brut: Mapping[Any, Any] | None, bareme: str) -> Serie:
    """Read values by date.

    Raises:
        BaremeRefuse: dates out of order, a value that is no figure, or a hole between values.
    """
    points = []
    for jour, texte in (brut or {}).items():
        if not isinstance(jour, date):
            raise BaremeRefuse(bareme, f"« {jour} » n'est pas une date")
        try:
            points.append((jour, None if texte is None else lire_figure(str(texte))))
        except ValueError:
            raise BaremeRefuse(bareme, f"« {texte} » n'est pas un chiffre et son unité") from None
    if [p[0] for p in points] != sorted(p[0] for p in points):
        raise BaremeRefuse(bareme, "les dates ne sont pas dans l'ordre")
    trou = next((jour for jour, valeur in points[:-1] if valeur is None), None)
    if trou is not None:
        raise BaremeRefuse(bareme, f"il y a un trou à partir du {afficher_date(trou)}")
    return Serie(tuple(p[0] for p in points), tuple(p[1] for p in points))


def _champs(brut: Mapping[str, Any], requis: set[str], permis: set[str], bareme: str) -> None:
    manquants, inconnus = requis - brut.keys(), brut.keys() - requis - permis
    if manquants:
        raise BaremeRefuse(bareme, f"il manque {', '.join(sorted(manquants))}")
    if inconnus:
        raise BaremeRefuse(bareme, f"champ inconnu : {', '.join(sorted(inconnus))}")


def _sources(brut: Mapping[Any, Any], bareme: str) -> dict[date, str]:
    sources = {d: str(t) for d, t in brut.items() if isinstance(d, date) and str(t).strip()}
    if len(sources) != len(brut) or not sources:
        raise BaremeRefuse(bareme, "chaque date doit citer son texte")
    return sources


def lire_parametre(brut: Mapping[str, Any]) -> Parametre:
    """Read an entry of `parametres.yaml`.

    Raises:
        BaremeRefuse: names the entry and what is wrong.
    """
    code = str(brut.get("code", "?"))
    _champs(brut, {"code", "libelle", "unite", "valeurs", "sources", "verifie_le"}, set(), code)
    serie = lire_serie(brut["valeurs"], code)
    sources = _sources(brut["sources"], code)
    if not serie.dates or set(sources) != set(serie.dates):
        raise BaremeRefuse(code, "chaque valeur doit citer son texte, et lui seul")
    return Parametre(
        code, str(brut["libelle"]), str(brut["unite"]), serie, sources, brut["verifie_le"]
    )


def lire_cotisation(
    brut: Mapping[str, Any], rang: int, assiettes: Iterable[str], formules: Iterable[str]
) -> Cotisation:
    """Read an entry of `cotisations/`.

    Raises:
        BaremeRefuse: names the entry and what is wrong.
    """
    code = str(brut.get("code", "?"))
    requis = {"code", "libelle", "rubrique", "organisme", "assiette", "sources", "verifie_le"}
    permis = {"part_salariale", "part_patronale", "si", "formule", "non_deductible", "artistes"}
    _champs(brut, requis, permis, code)
    if brut["rubrique"] not in RUBRIQUES:
        raise BaremeRefuse(code, f"rubrique inconnue : {brut['rubrique']}")
    if brut["assiette"] not in set(assiettes):
        raise BaremeRefuse(code, f"assiette inconnue : {brut['assiette']}")
    if brut.get("formule", "") not in {"", *formules}:
        raise BaremeRefuse(code, f"formule inconnue : {brut['formule']}")
    sources = _sources(brut["sources"], code)
    return Cotisation(
        code=code,
        libelle=str(brut["libelle"]),
        rubrique=str(brut["rubrique"]),
        organisme=str(brut["organisme"]),
        assiette=str(brut["assiette"]),
        salariale=lire_serie(brut.get("part_salariale"), code),
        patronale=lire_serie(brut.get("part_patronale"), code),
        conditions=_conditions(brut.get("si", {}), min(sources), code),
        formule=str(brut.get("formule", "")),
        non_deductible=bool(brut.get("non_deductible", False)),
        artistes=bool(brut.get("artistes", False)),
        sources=sources,
        verifie_le=brut["verifie_le"],
        rang=rang,
    )


def _conditions(
    brut: Mapping[Any, Any], debut: date, bareme: str
) -> tuple[tuple[date, Condition], ...]:
    """Read a condition, the same at all dates or one a date."""
    par_date = brut if brut and all(isinstance(d, date) for d in brut) else {debut: brut}
    try:
        lues = [(jour, Condition(**condition)) for jour, condition in par_date.items()]
    except TypeError as erreur:
        raise BaremeRefuse(bareme, f"condition inconnue ({erreur})") from None
    return ((date.min, lues[0][1]), *lues)


def lire_grille(brut: Mapping[str, Any]) -> Grille:
    """Read a grid of neutral rates.

    Raises:
        BaremeRefuse: names the grid and what is wrong.
    """
    code = str(brut.get("code", "?"))
    _champs(brut, {"code", "libelle", "grilles", "sources", "verifie_le"}, set(), code)
    grilles = {}
    for jour, lignes in brut["grilles"].items():
        seuils = tuple((lire_figure(li["des"]), lire_figure(li["taux"])) for li in lignes)
        if seuils[0][0] != 0 or list(seuils) != sorted(seuils):
            raise BaremeRefuse(code, f"la grille du {jour} n'est pas croissante depuis 0")
        taux = [t for _, t in seuils]
        if taux != sorted(taux):
            raise BaremeRefuse(code, f"les taux de la grille du {jour} baissent")
        grilles[jour] = seuils
    return Grille(
        code, str(brut["libelle"]), grilles, _sources(brut["sources"], code), brut["verifie_le"]
    )

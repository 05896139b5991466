"""Minimum salaries of the conventions: dated figures, found by the classification of a contract.

Rules:
- A figure is a floor: it holds from its date until a newer one is written.
- The classification is free text: its group (« Groupe 4 », « groupe C ») or its coefficient
  (« coefficient 285 ») is looked for; when none is found, the lowest group is the floor.
- A part of a full time owes the same part of the minimum (Code du travail, art. L3123-5).
- A convention without figures says nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from app.noyau.argent import arrondi
from app.paie.errors import BaremeRefuse
from app.paie.rules.baremes import lire_figure
from app.paie.rules.faits import HEURES_TEMPS_PLEIN

_GROUPE = re.compile(r"\b(?:groupe|gr\.?)\s*([0-9]{1,2}|[A-Z])\b", re.IGNORECASE)
_COEFFICIENT = re.compile(r"\b(?:coefficient|coeff?\.?|indice)\s*([0-9]{3})\b", re.IGNORECASE)
_CHAMPS = {"idcc", "libelle", "valeurs", "sources", "verifie_le"}


class Plancher(NamedTuple):
    """Minima from a date: of a month at full time by group, centimes; value of a point, or 0."""

    depuis: date
    groupes: Mapping[str, int]
    point: int
    source: str


@dataclass(frozen=True, slots=True)
class Minima:
    """The minima of a convention, by date."""

    idcc: str
    libelle: str
    planchers: tuple[Plancher, ...]

    def a(self, jour: date) -> Plancher | None:
        """Return the figures in force on a day, None before the first."""
        return next((p for p in reversed(self.planchers) if p.depuis <= jour), None)


def lire_minima(brut: Mapping[str, Any]) -> Minima:
    """Read an entry of `minima.yaml`.

    Raises:
        BaremeRefuse: names the convention and what is wrong.
    """
    nom = f"minima {brut.get('idcc', '?')}"
    if set(brut) != _CHAMPS:
        raise BaremeRefuse(nom, f"il manque ou il y a en trop : {sorted(_CHAMPS ^ set(brut))}")
    jours = list(brut["valeurs"])
    if jours != sorted(jours) or set(jours) != set(brut["sources"]) or not jours:
        raise BaremeRefuse(nom, "chaque date doit citer son texte, dans l'ordre")
    planchers = tuple(
        _plancher(jour, valeurs, str(brut["sources"][jour]), nom)
        for jour, valeurs in brut["valeurs"].items()
    )
    return Minima(str(brut["idcc"]), str(brut["libelle"]), planchers)


def _plancher(jour: date, valeurs: Mapping[str, Any], source: str, nom: str) -> Plancher:
    try:
        point = lire_figure(valeurs["point"]) if "point" in valeurs else 0
        if point:
            groupes = {g: int(n) * point for g, n in valeurs["coefficients"].items()}
        else:
            groupes = {str(g): lire_figure(m) for g, m in valeurs["groupes"].items()}
    except (KeyError, ValueError) as erreur:
        raise BaremeRefuse(nom, f"une valeur du {jour} n'est pas lisible ({erreur})") from None
    if not groupes or min(groupes.values()) <= 0:
        raise BaremeRefuse(nom, f"les minima du {jour} ne sont pas positifs")
    return Plancher(jour, groupes, point, source)


class Minimum(NamedTuple):
    """The minimum of a contract, centimes, and where it comes from in words."""

    montant: int
    texte: str


def minimum(minima: Minima, classification: str, heures: int, jour: date) -> Minimum | None:
    """Return the minimum of a contract, None when the convention has none on that day.

    Args:
        minima: figures of the convention.
        classification: as the contract says it.
        heures: monthly hours of the contract, hundredths.
        jour: the day.
    """
    plancher = minima.a(jour)
    if plancher is None:
        return None
    entier, niveau = _niveau(plancher, classification)
    montant = arrondi(entier * min(heures, HEURES_TEMPS_PLEIN), HEURES_TEMPS_PLEIN)
    return Minimum(montant, f"{niveau}{minima.libelle}, {plancher.source}")


def _niveau(plancher: Plancher, classification: str) -> tuple[int, str]:
    coefficient = _COEFFICIENT.search(classification)
    if coefficient and plancher.point:
        return int(coefficient[1]) * plancher.point, f"coefficient {coefficient[1]}, "
    groupe = _GROUPE.search(classification)
    if groupe and (nom := groupe[1].upper()) in plancher.groupes:
        return plancher.groupes[nom], f"groupe {nom}, "
    return min(plancher.groupes.values()), ""

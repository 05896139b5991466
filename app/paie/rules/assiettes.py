"""Bases of the cotisations, with the annual progressive regularisation of the plafond.

Rules:
- Each base is the cumulated base of the year less what was taken before: twelve regularised
  months equal one annual computation (CSS, art. R242-2).
- The plafond follows the share of a full time and the days covered (CSS, art. R242-2).
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from app.noyau.argent import arrondi
from app.paie.rules.brut import Brut
from app.paie.rules.faits import HEURES_TEMPS_PLEIN, TAUX_PLEIN, Cumuls, FaitsContrat

ASSIETTES = (
    "brut",
    "securite_sociale",
    "securite_sociale_plafonnee",
    "tranche_1",
    "tranche_2",
    "tranche_1_a_4",
    "cet",
    "csg",
    "csg_heures_supplementaires",
    "heures_supplementaires",
    "prevoyance_patronale",
    "retraite_patronale",
    "mutuelle",
    "plafond",
)
"""Names that a cotisation may give as its base."""


class Mesures(NamedTuple):
    """What bases are measured from: month and cumulated figures, centimes."""

    brut: int
    plafond: int
    brut_cumule: int
    plafond_cumule: int
    exonerees: int


def plafond_du_mois(pmss: int, contrat: FaitsContrat, heures_absence: int = 0) -> int:
    """Return the plafond of a month, for the share of a full time and the days covered.

    Args:
        pmss: monthly plafond, centimes.
        contrat: share of a full time and of the month covered.
        heures_absence: hours without pay, hundredths: their share is taken off.

    Source:
        CSS, art. L242-8 and R242-2.
    """
    entier = arrondi(pmss * contrat.presence, TAUX_PLEIN)
    plafond = arrondi(entier * min(contrat.quotite, TAUX_PLEIN), TAUX_PLEIN)
    if not heures_absence:
        return plafond
    heures = arrondi(HEURES_TEMPS_PLEIN * contrat.quotite * contrat.presence, TAUX_PLEIN**2)
    payees = max(0, heures - heures_absence)
    return arrondi(plafond * payees, heures) if heures else 0


def mesurer(brut: Brut, plafond: int, cumuls: Cumuls) -> Mesures:
    """Return the month's figures and those of the year so far, this month included."""
    return Mesures(
        brut.total,
        plafond,
        cumuls.brut + brut.total,
        cumuls.plafond + plafond,
        brut.exonerees,
    )


def reintegrer(m: Mesures, montant: int) -> Mesures:
    """Return the figures with what of prévoyance joins the social base of the month, centimes."""
    return m._replace(brut=m.brut + montant, brut_cumule=m.brut_cumule + montant)


def _tranche_1(m: Mesures) -> int:
    return min(m.brut_cumule, m.plafond_cumule)


def _tranche_2(m: Mesures) -> int:
    return max(0, min(m.brut_cumule, 8 * m.plafond_cumule) - m.plafond_cumule)


def _tranche_1_a_4(m: Mesures) -> int:
    return min(m.brut_cumule, 4 * m.plafond_cumule)


def _cet(m: Mesures) -> int:
    """Return both tranches once the year's pay exceeds the plafond, else nothing."""
    return min(m.brut_cumule, 8 * m.plafond_cumule) if m.brut_cumule > m.plafond_cumule else 0


CUMULEES: Mapping[str, Callable[[Mesures], int]] = {
    "tranche_1": _tranche_1,
    "tranche_2": _tranche_2,
    "tranche_1_a_4": _tranche_1_a_4,
    "cet": _cet,
}
"""Bases whose cumulated value is a function of the cumulated figures."""


def tranches(m: Mesures, cumuls: Cumuls) -> dict[str, int]:
    """Return the bases of the month by name, regularised on the year."""
    deja = cumuls.assiettes
    bases = {nom: fonction(m) - deja.get(nom, 0) for nom, fonction in CUMULEES.items()}
    bases["brut"] = m.brut
    bases["plafond"] = m.plafond
    bases["heures_supplementaires"] = m.exonerees
    return bases


def abattue(m: Mesures, cumuls: Cumuls, abattement: int, plafonds: int) -> int:
    """Return the gross after the CSG's allowance, regularised on the year.

    Args:
        m: figures of the month.
        cumuls: what was taken before (`csg_abattue`).
        abattement: allowance for professional expenses, millionths.
        plafonds: how many plafonds the allowance covers.

    Source:
        CSS, art. L136-2: 1,75 % up to four plafonds.
    """
    couvert = min(m.brut_cumule, plafonds * m.plafond_cumule)
    total = m.brut_cumule - arrondi(couvert * abattement, TAUX_PLEIN)
    return total - cumuls.assiettes.get("csg_abattue", 0)

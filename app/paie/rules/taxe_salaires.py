"""Taxe sur les salaires of an employer for a year, with the associations' allowance.

Rules:
- Scale by employee on the pay of the whole year: a rate on everything, two surcharges beyond
  two thresholds (CGI, art. 231, 1 and 2 bis).
- Nothing is due up to the franchise; a décote follows (CGI, art. 1679).
- Associations then deduct their allowance, within what is due (CGI, art. 1679 A).
- The tax is rounded to the euro at the end, amounts are centimes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.noyau.argent import arrondi
from app.paie.rules.baremes import Baremes
from app.paie.rules.faits import TAUX_PLEIN


@dataclass(frozen=True, slots=True)
class TaxeSalaires:
    """The tax of an employer for a year, step by step; centimes."""

    base: int
    brute: int
    decote: int
    abattement: int
    due: int


@dataclass(frozen=True, slots=True)
class _Bareme:
    taux: int
    majoration_1: int
    majoration_2: int
    seuil_1: int
    seuil_2: int


def _bareme(baremes: Baremes, jour: date) -> _Bareme:
    return _Bareme(
        taux=baremes.valeur("taxe_salaires_taux", jour),
        majoration_1=baremes.valeur("taxe_salaires_majoration_1", jour),
        majoration_2=baremes.valeur("taxe_salaires_majoration_2", jour),
        seuil_1=baremes.valeur("taxe_salaires_seuil_1", jour),
        seuil_2=baremes.valeur("taxe_salaires_seuil_2", jour),
    )


def taxe_d_un_salarie(remuneration: int, bareme: _Bareme) -> int:
    """Return the tax on one employee's pay of the year, centimes, rounded once."""
    total = remuneration * bareme.taux
    total += max(0, min(remuneration, bareme.seuil_2) - bareme.seuil_1) * bareme.majoration_1
    total += max(0, remuneration - bareme.seuil_2) * bareme.majoration_2
    return arrondi(total, TAUX_PLEIN)


def taxe_sur_les_salaires(
    remunerations: Iterable[int], annee: int, baremes: Baremes, *, association: bool
) -> TaxeSalaires:
    """Return the tax of an employer for a year.

    Args:
        remunerations: pay of each employee over the year, centimes.
        annee: the year.
        baremes: dated figures.
        association: entitled to the allowance of article 1679 A.

    Raises:
        BaremeInconnu: a figure has no value that year.
    """
    jour = date(annee, 12, 31)
    bareme = _bareme(baremes, jour)
    payees = list(remunerations)
    brute = sum(taxe_d_un_salarie(r, bareme) for r in payees)
    franchise = baremes.valeur("taxe_salaires_franchise", jour)
    plafond = baremes.valeur("taxe_salaires_decote_plafond", jour)
    if brute <= franchise:
        return TaxeSalaires(sum(payees), brute, brute, 0, 0)
    taux = baremes.valeur("taxe_salaires_decote", jour)
    decote = arrondi(max(0, plafond - brute) * taux, TAUX_PLEIN)
    apres = brute - decote
    abattement = 0
    if association:
        abattement = min(apres, baremes.valeur("taxe_salaires_abattement", jour))
    due = arrondi(apres - abattement, 100) * 100
    return TaxeSalaires(sum(payees), brute, decote, abattement, due)

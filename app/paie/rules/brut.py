"""Gross pay of a month, piece by piece.

Rules:
- Hourly rate = monthly salary × 12 / (1 820 h × share of a full time); 1 820 = 35 × 52.
- Overtime is paid 125 % for the first eight hours of a week, 150 % beyond (Code du travail,
  art. L3121-36); complementary hours 110 % then 125 % (art. L3123-29).
- CDD: end indemnity of 10 % of the gross (art. L1243-8); compensating paid leave, a tenth of
  the gross with that indemnity (art. L1242-16).
"""

from typing import NamedTuple

from app.noyau.argent import arrondi
from app.paie.rules.faits import CDD, TAUX_PLEIN, Elements, FaitsContrat

HEURES_PAR_AN = 1_820


class Brut(NamedTuple):
    """Gross pay, centimes.

    `exonerees` are the overtime and complementary hours with their increase, whose tax and
    employee contributions are reduced.
    """

    base: int
    absences: int
    heures_sup: int
    heures_compl: int
    primes: int
    nature: int
    fin_de_contrat: int
    conges: int

    @property
    def total(self) -> int:
        """Everything that contributions are due on."""
        return (
            self.base
            - self.absences
            + self.heures_sup
            + self.heures_compl
            + self.primes
            + self.nature
            + self.fin_de_contrat
            + self.conges
        )

    @property
    def exonerees(self) -> int:
        """Overtime and complementary hours."""
        return self.heures_sup + self.heures_compl


def heures_payees(contrat: FaitsContrat, centiemes: int, pour_cent: int) -> int:
    """Return the pay of hours at the contract's hourly rate, increased; centimes, rounded once.

    `centiemes` hundredths of an hour, `pour_cent` the increased rate (125 for 25 %).
    """
    numerateur = contrat.salaire * 12 * TAUX_PLEIN * centiemes * pour_cent
    return arrondi(numerateur, HEURES_PAR_AN * contrat.quotite * 100 * 100)


def composer(contrat: FaitsContrat, elements: Elements, taux_fin_cdd: int) -> Brut:
    """Return the gross of a month.

    Args:
        contrat: salary of a whole month and share of the month covered.
        elements: hours, absences, bonuses of the month.
        taux_fin_cdd: end indemnity of a CDD, millionths.
    """
    base = arrondi(contrat.salaire * contrat.presence, TAUX_PLEIN)
    sup = heures_payees(contrat, elements.heures_sup_25, 125)
    sup += heures_payees(contrat, elements.heures_sup_50, 150)
    compl = heures_payees(contrat, elements.heures_compl_10, 110)
    compl += heures_payees(contrat, elements.heures_compl_25, 125)
    primes = elements.primes + sum(elements.manifestations)
    soumis = base - elements.absences + sup + compl + primes
    fin = conges = 0
    if elements.fin_de_contrat and contrat.nature == CDD:
        fin = arrondi(soumis * taux_fin_cdd, TAUX_PLEIN)
    if elements.conges_a_payer:
        conges = arrondi(soumis + fin, 10)
    return Brut(
        base,
        elements.absences,
        sup,
        compl,
        primes,
        elements.avantages_nature,
        fin,
        conges,
    )

"""Réduction générale of employer contributions, before 2026 and from 2026 (RGDU).

Rules:
- Both are computed on the year so far, this month included, less what was taken before
  (CSS, art. D241-8 and D241-9: régularisation progressive).
- The coefficient is rounded to four decimals, half up, and never exceeds its maximum.
- All is exact: coefficients are integers of ten-thousandths, the power 1.75 is a fourth root.
"""

from math import isqrt
from typing import NamedTuple

from app.noyau.argent import arrondi

DIX_MILLE = 10_000
_PRECISION = 10**12


class Reference(NamedTuple):
    """Pay and reference SMIC of the year so far: centimes, and centimes × 12."""

    brut: int
    smic_12: int


def smic_12_du_mois(horaire: int, quotite: int, presence: int, heures_sup: int) -> int:
    """Return the reference SMIC of a month in centimes × 12.

    Args:
        horaire: hourly SMIC, centimes.
        quotite: share of a full time, millionths.
        presence: share of the month covered, millionths.
        heures_sup: overtime and complementary hours without their increase, hundredths.

    Source:
        CSS, art. D241-7: SMIC annuel 1 820 h, and the hours beyond.
    """
    base = arrondi(horaire * 1_820 * quotite * presence, 10**12)
    return base + arrondi(horaire * heures_sup * 12, 100)


def coefficient_avant_2026(r: Reference, t: int, plafond: int) -> int:
    """Return C = T / 0.6 × (1.6 × SMIC / pay − 1), ten-thousandths, capped at T.

    Args:
        r: pay and SMIC of the same months.
        t: T, millionths.
        plafond: exit point in SMIC, hundredths (160).

    Source:
        CSS, art. D241-7, in force until 31/12/2025.
    """
    if r.brut <= 0 or r.brut * 12 * 100 >= plafond * r.smic_12:
        return 0
    numerateur = t * 100 * (plafond * r.smic_12 - 100 * 12 * r.brut)
    coefficient = arrondi(numerateur, (plafond - 100) * 100 * 12 * r.brut * 100)
    return min(coefficient, t // 100)


def coefficient_rgdu(r: Reference, t_min: int, t_delta: int, plafond: int, puissance: int) -> int:
    """Return C = Tmin + Tdelta × (½ × (3 × SMIC / pay − 1))^1.75, ten-thousandths.

    Args:
        r: pay and SMIC of the same months.
        t_min: Tmin, millionths.
        t_delta: Tdelta, millionths.
        plafond: exit point in SMIC, hundredths (300); no reduction from there on.
        puissance: exponent, hundredths, a multiple of a quarter (175).

    Source:
        CSS, art. L241-13 and D241-7; décret n° 2025-887 of 04/09/2025.
    """
    if r.brut <= 0 or r.brut * 12 * 100 >= plafond * r.smic_12:
        return 0
    # x = (plafond × SMIC / pay − 1) / (plafond − 1), as a fraction p / q.
    p = plafond * r.smic_12 - 100 * 12 * r.brut
    q = (plafond - 100) * 12 * r.brut
    if p >= q:
        return (t_min + t_delta) // 100
    quarts = puissance // 25
    eleve = isqrt(isqrt(p**quarts * _PRECISION**4 // q**quarts))
    return arrondi(t_min * _PRECISION + t_delta * eleve, 100 * _PRECISION)


def reduction(brut: int, coefficient: int) -> int:
    """Return pay × coefficient, centimes, rounded once."""
    return arrondi(brut * coefficient, DIX_MILLE)


def part_retraite(montant: int, taux_retraite: int, maximum: int) -> int:
    """Return the part of a reduction that goes to Agirc-Arrco, in proportion of the rates.

    Args:
        montant: whole reduction, centimes.
        taux_retraite: rate of retraite complémentaire concerned, millionths (60 100).
        maximum: greatest coefficient, millionths.

    Source:
        CSS, art. L241-13 and D241-7: imputation by the ratio of the rates.
    """
    return arrondi(montant * taux_retraite, maximum)

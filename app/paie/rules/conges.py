"""Paid leave: what a month acquires, what is taken, what is left. Hundredths of working days.

Rules:
- A month of effective work gives 2.5 working days, at most 30 a period (Code du travail,
  art. L3141-3); the period goes from 1 June to 31 May (art. R3141-4).
- Four weeks of work are worth a month (art. L3141-4): the work of the period is added up, so
  that a short absence takes nothing from a year that is whole.
- Hours of non-occupational sickness give 2 days a month, at most 24 a period, since 24/04/2024
  (art. L3141-5, 7° and L3141-5-1; loi n° 2024-364, art. 37). April 2024 counts whole: the law
  reaches back to the months before.
- At the end of the period, a broken number of days becomes the next whole one (art. L3141-7).
- Days are taken from the periods before (N-1) first, then from this one (N), in advance. What
  was not taken stays with N-1: only people decide that leave is lost.
"""

from datetime import date
from typing import NamedTuple

from app.noyau.argent import arrondi
from app.noyau.periodes import Mois
from app.paie.rules.faits import TAUX_PLEIN

JOUR = 100
"""A day, hundredths."""
PAR_MOIS = 250
MAXIMUM = 3_000
MALADIE_PAR_MOIS = 200
MALADIE_MAXIMUM = 2_400
MALADIE_DEPUIS = date(2024, 4, 24)
PREMIER_MOIS = 6
"""June, first month of the period."""


class Compteur(NamedTuple):
    """Paid leave so far, as a bulletin hands it over to the next.

    `periode` is the year in which the period began; `mois` how many of its months the contract
    touched; `travail` and `maladie` months worked and sick, millionths; `repris` the days of
    this period that another program had counted. Days in hundredths.
    """

    periode: int
    acquis_anterieurs: int = 0
    pris_anterieurs: int = 0
    acquis: int = 0
    pris: int = 0
    mois: int = 0
    travail: int = 0
    maladie: int = 0
    repris: int = 0

    @property
    def anterieurs(self) -> int:
        """Days left of the periods before (N-1)."""
        return self.acquis_anterieurs - self.pris_anterieurs

    @property
    def en_cours(self) -> int:
        """Days of this period (N) not taken yet; below zero when taken in advance."""
        return self.acquis - self.pris


class MoisTravaille(NamedTuple):
    """What a month says of the work done.

    `presence` is the share of the month covered by the contract, millionths; `heures` those of
    the contract for these days, `absence` those not worked, `maladie` the sick ones among them,
    hundredths; `pris` the days of leave taken, hundredths.
    """

    presence: int = TAUX_PLEIN
    heures: int = 0
    absence: int = 0
    maladie: int = 0
    pris: int = 0


class CongesDuMois(NamedTuple):
    """What a month acquires and takes, hundredths of days, and the counter after it."""

    acquis: int
    pris: int
    compteur: Compteur


def periode_de(mois: Mois) -> int:
    """Return the year in which the period of a month began.

    >>> periode_de(Mois(2026, 5)), periode_de(Mois(2026, 6))
    (2025, 2026)
    """
    return mois.annee if mois.mois >= PREMIER_MOIS else mois.annee - 1


def jours_entiers(jours: int) -> int:
    """Return the next whole number of days (Code du travail, art. L3141-7).

    >>> jours_entiers(2_708), jours_entiers(3_000)
    (2800, 3000)
    """
    return -(-jours // JOUR) * JOUR


def reprendre(mois: Mois, anterieurs: int, en_cours: int) -> Compteur:
    """Return the counter of a contract that comes from another program, before a month."""
    return Compteur(
        periode_de(mois), acquis_anterieurs=anterieurs, acquis=en_cours, repris=en_cours
    )


def ouvrir(avant: Compteur | None, mois: Mois) -> Compteur:
    """Return the counter at the beginning of a month: a new period closes the former one."""
    periode = periode_de(mois)
    if avant is None:
        return Compteur(periode)
    if avant.periode >= periode:
        return avant
    gagnes = avant.anterieurs + jours_entiers(avant.acquis)
    pris = avant.pris
    if avant.periode < periode - 1:  # nothing was paid for a whole period
        gagnes, pris = gagnes - pris, 0
    return Compteur(periode, acquis_anterieurs=gagnes, pris_anterieurs=pris)


def compter(avant: Compteur | None, mois: Mois, fait: MoisTravaille) -> CongesDuMois:
    """Add a month to a counter.

    Args:
        avant: counter after the month before, None when there is none.
        mois: the month.
        fait: what was worked and taken.
    """
    c = ouvrir(avant, mois)
    travail, maladie = _parts(fait)
    if mois.fin < MALADIE_DEPUIS:
        maladie = 0
    c = c._replace(mois=c.mois + 1, travail=c.travail + travail, maladie=c.maladie + maladie)
    total = _acquis(c)
    sur_anterieurs = min(fait.pris, max(0, c.anterieurs))
    apres = c._replace(
        acquis=total,
        pris_anterieurs=c.pris_anterieurs + sur_anterieurs,
        pris=c.pris + fait.pris - sur_anterieurs,
    )
    return CongesDuMois(total - c.acquis, fait.pris, apres)


def _parts(fait: MoisTravaille) -> tuple[int, int]:
    """Return the shares of a month that were worked and sick, millionths."""
    if not fait.heures:
        return fait.presence, 0
    absence = min(fait.absence, fait.heures)
    maladie = min(fait.maladie, absence)
    return (
        fait.presence - arrondi(fait.presence * absence, fait.heures),
        arrondi(fait.presence * maladie, fait.heures),
    )


def _acquis(c: Compteur) -> int:
    """Return the days of the period so far; 13 periods of four weeks make a year."""
    entiers = PAR_MOIS * c.mois
    travail = arrondi(PAR_MOIS * c.travail * 13, 12 * TAUX_PLEIN)
    maladie = min(MALADIE_MAXIMUM, arrondi(MALADIE_PAR_MOIS * c.maladie, TAUX_PLEIN))
    return min(MAXIMUM, c.repris + min(entiers, travail + maladie))

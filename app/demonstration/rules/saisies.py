"""Drawing what is entered month after month, and how contributions are computed."""

from collections.abc import Iterator, Sequence
from typing import Any

from app.demonstration.rules.contrats import Contrat
from app.demonstration.rules.matiere import Metier
from app.demonstration.rules.salaries import SalarieTire
from app.demonstration.rules.tirage import Tirage
from app.noyau.periodes import Mois, Periode
from app.paie.rules.conges import JOUR, PAR_MOIS
from app.paie.rules.faits import ARTISTE, GENERAL, SPORT_FORFAIT

_FORFAIT_MAXIMUM = 135_000
"""Monthly pay under which a base forfaitaire of sport has a use (115 SMIC of 2024), centimes."""
_AU_BORD_DU_TERRAIN = frozenset({"Groupe 3", "Groupe 4"})
_HORS_SAISON = frozenset({6, 7, 8})
_DEPARTS = {
    4: (0, 0, 3, 6),
    7: (0, 6, 12, 12),
    8: (6, 12, 12, 18),
    12: (0, 3, 4, 6),
}
"""Working days of leave that people take in a month, all choices alike."""


def statut_de_paie(tirage: Tirage, metier: Metier, contrat: Contrat) -> str:
    """Return how the contributions of a contract are computed.

    Artists of more than a few days, and some of those paid little by a sports club.
    """
    if metier.code.startswith("spectacle"):
        permanent = contrat["classification"] == "Artiste" and contrat["motif"] != "usage"
        return ARTISTE if permanent else GENERAL
    if metier.code != "sport" or contrat["classification"] not in _AU_BORD_DU_TERRAIN:
        return GENERAL
    petit = contrat["salaire_centimes"] < _FORFAIT_MAXIMUM
    return SPORT_FORFAIT if tirage.chance(45) and petit else GENERAL


Saisie = tuple[int, int, dict[str, Any]]
"""Rank of the employee, of the contrat de travail, then the columns of a month's entry."""


def tirer_saisies(
    tirage: Tirage, metier: Metier, salaries: Sequence[SalarieTire], mois: Sequence[Mois]
) -> Iterator[Saisie]:
    """Yield what is entered: leave taken, match bonuses of sport, bonuses at the year's end."""
    for rang, salarie in enumerate(salaries):
        for lequel, contrat in enumerate(salarie.contrats):
            if contrat["motif"] == "cee":
                continue
            joue = _joue(tirage, metier, contrat)
            for quand, colonnes in _du_contrat(tirage, contrat, mois, joue=joue):
                yield rang, lequel, {"annee": quand.annee, "mois": quand.mois} | colonnes


def _joue(tirage: Tirage, metier: Metier, contrat: Contrat) -> bool:
    if metier.code != "sport" or contrat["classification"] not in _AU_BORD_DU_TERRAIN:
        return False
    return tirage.chance(18)


def _du_contrat(
    tirage: Tirage, contrat: Contrat, mois: Sequence[Mois], *, joue: bool
) -> Iterator[tuple[Mois, dict[str, Any]]]:
    """Yield the months with an entry; leave is never taken before it is acquired."""
    travail = Periode(contrat["debut_le"], contrat["fin_le"])
    reste = 0
    for m in mois:
        if not (travail.contient(m.debut) and travail.contient(m.fin)):
            continue
        colonnes: dict[str, Any] = {}
        reste += PAR_MOIS
        voulus = tirage.choisir(_DEPARTS[m.mois]) if m.mois in _DEPARTS else 0
        pris = min(voulus, reste // JOUR) * JOUR
        reste -= pris
        if pris:
            colonnes["conges_pris"] = pris
        if joue and m.mois not in _HORS_SAISON:
            colonnes["manifestations"] = _matchs(tirage)
        if m.mois == 12 and contrat["nature"] == "cdi" and tirage.chance(20):
            colonnes["primes_centimes"] = tirage.entier(4, 16) * 2_500
        if colonnes:
            yield m, colonnes


def _matchs(tirage: Tirage) -> str:
    """Return the bonuses of one to four matches, centimes between « ; »."""
    combien = tirage.entier(1, 4)
    return ";".join(str(tirage.choisir((3_000, 4_500, 6_000, 8_000))) for _ in range(combien))

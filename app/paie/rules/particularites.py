"""What associations have of their own: base forfaitaire and franchise of sport, artistes.

Rules:
- Base forfaitaire: for a month's pay under 115 SMIC, sécurité sociale, CSA, FNAL, versement
  mobilité, CSG and CRDS are due on a base by band of pay, by the hourly SMIC of 1 January
  (arrêté du 27/07/1994, art. 2 ; Urssaf, « Les cotisations et contributions dues »). Chômage,
  AGS, Agirc-Arrco, prévoyance, formation and the branch's contributions stay on the real pay
  (CA Grenoble, 17/02/2022 ; règlement d'assurance chômage, décret 2019-797).
- It is at least 70 % of a pay that reaches 1,5 plafond of the hours (CSS, art. L242-4-4).
- Franchise: the first five sports events of a month, each up to 70 % of the daily plafond, bear
  none of those contributions, with fewer than ten permanent employees (circulaire
  DSS/AAF/A1/94-60 du 28/07/1994). Beyond both limits together, all is due from the first euro
  (Urssaf, « Le mode d'emploi de la base forfaitaire »).
- A month on a base forfaitaire is left out of the regularisation (CSS, art. R242-2, III).
- Artistes: rates of sécurité sociale, FNAL and versement mobilité at 70 %, to the hundredth of a
  percent as the Urssaf prints them (arrêté du 24/01/1975, art. 1 and 2).
- Neither goes with the réduction générale: « taux spécifiques, assiettes forfaitaires » (CSS,
  art. L241-13).
- Not computed: intermittents (annexes 8 et 10, congés spectacles) and engagements under five
  days (plafond of twelve hours a day: arrêté du 24/01/1975, art. 3). The déduction forfaitaire
  spécifique is an option of the employer, never an obligation: it is not applied.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from app.noyau.argent import arrondi
from app.paie.errors import RegimeNonCouvert
from app.paie.rules.assiettes import Mesures, plafond_du_mois
from app.paie.rules.faits import (
    ARTISTE,
    GENERAL,
    SPORT_FORFAIT,
    TAUX_PLEIN,
    Cumuls,
    Dossier,
    FaitsContrat,
)

TRANCHES = 5
"""Bands of the base forfaitaire of sport (arrêté du 27/07/1994, art. 2)."""
JOURS_PAR_AN = 218
"""Days worked in a year: daily plafond (CSS, art. D242-17, IV ; C. trav., art. L3121-64)."""
ENGAGEMENT_COURT = 5
"""Days under which the plafond of an artiste is that of each day (arrêté du 24/01/1975, art. 3)."""
HORS_REGULARISATION = ("hors_brut", "hors_plafond", "hors_tranche_1")
"""Cumulated pay, plafond and tranche 1 that the sécurité sociale's regularisation leaves out."""
Valeur = Callable[[str], int]


class Situation(NamedTuple):
    """How a month is computed: regime in force, pay franchised, base forfaitaire (centimes)."""

    statut: str = GENERAL
    franchise: int = 0
    forfait: int | None = None


COMMUNE = Situation()
"""The common law."""


def non_couvert(contrat: FaitsContrat) -> RegimeNonCouvert | None:
    """Return why a contract is not computed, None when it is: an artiste's short engagement."""
    if contrat.statut != ARTISTE:
        return None
    if contrat.usage:
        return RegimeNonCouvert("en CDD d'usage (annexes 8 et 10, congés spectacles)")
    if contrat.jours is not None and contrat.jours < ENGAGEMENT_COURT:
        return RegimeNonCouvert("engagé moins de cinq jours (plafond par jour)")
    return None


def est_particulier(d: Dossier) -> bool:
    """Tell whether something may set a month apart from the common law."""
    return d.contrat.statut != GENERAL or bool(d.elements.manifestations)


def plafond_journalier(mensuel: int) -> int:
    """Return the daily plafond, centimes, rounded to the euro.

    Source:
        CSS, art. D242-17, IV, and D242-18.

    >>> plafond_journalier(400_500), plafond_journalier(366_600)
    (22000, 20200)
    """
    return arrondi(mensuel * 12, JOURS_PAR_AN * 100) * 100


def franchise_maximale(valeur: Valeur) -> int:
    """Return what is franchised at most for one event, centimes."""
    jour = plafond_journalier(valeur("plafond_mensuel"))
    return arrondi(jour * valeur("sport_franchise_part"), TAUX_PLEIN)


def base_forfaitaire(remuneration: int, horaire: int, valeur: Valeur) -> int | None:
    """Return the base of a month's pay by its band, None from the last threshold on; centimes.

    Args:
        remuneration: pay of the calendar month, after the franchise.
        horaire: hourly SMIC of 1 January.
        valeur: figures of the month.
    """
    for rang in range(1, TRANCHES + 1):
        if remuneration * 100 < valeur(f"sport_seuil_{rang}") * horaire:
            return arrondi(valeur(f"sport_base_{rang}") * horaire, 100)
    return None


def situer(d: Dossier, brut: int, horaire: int, valeur: Valeur) -> Situation:
    """Return how a month is computed.

    Args:
        d: employer, contract, month.
        brut: gross of the month, centimes.
        horaire: hourly SMIC of 1 January, centimes.
        valeur: figures of the month.
    """
    if d.contrat.statut == ARTISTE:
        return Situation(ARTISTE)
    forfaitaire = d.contrat.statut == SPORT_FORFAIT
    if not d.employeur.association or not (forfaitaire or d.elements.manifestations):
        return COMMUNE
    maximum, nombre = franchise_maximale(valeur), valeur("sport_franchise_manifestations") // 100
    limite = arrondi(valeur(f"sport_seuil_{TRANCHES}") * horaire, 100)
    permanents = d.employeur.permanents
    permanents = d.employeur.effectif if permanents is None else permanents
    franchise = 0
    if permanents < valeur("sport_franchise_permanents") // 100 and brut < limite + (
        nombre * maximum
    ):
        franchise = sum(min(m, maximum) for m in d.elements.manifestations[:nombre])
    reste = brut - franchise
    forfait = base_forfaitaire(reste, horaire, valeur) if forfaitaire and reste > 0 else None
    if forfait is None:
        return Situation(GENERAL, franchise)
    return Situation(SPORT_FORFAIT, franchise, max(forfait, _plancher(d, reste, valeur)))


def _plancher(d: Dossier, remuneration: int, valeur: Valeur) -> int:
    """Return the least base of a pay that reaches some plafonds of its hours, else nothing.

    Source:
        CSS, art. L242-4-4.
    """
    plafond = plafond_du_mois(valeur("plafond_mensuel"), d.contrat, d.elements.heures_absence)
    if remuneration * 100 < valeur("sport_plancher_plafonds") * plafond:
        return 0
    return arrondi(remuneration * valeur("sport_plancher"), TAUX_PLEIN)


def assiettes_sociales(
    m: Mesures, cumuls: Cumuls, s: Situation, tranche_1: int
) -> tuple[dict[str, int], Mesures]:
    """Return the bases of the sécurité sociale of a month, and what they are measured from.

    Args:
        m: real pay and plafond of the month and of the year so far.
        cumuls: the year before this month.
        s: how the month is computed.
        tranche_1: tranche 1 of the real pay of the month.
    """
    deja = cumuls.assiettes
    if s is COMMUNE and HORS_REGULARISATION[0] not in deja and HORS_REGULARISATION[1] not in deja:
        return {"securite_sociale": m.brut, "securite_sociale_plafonnee": tranche_1}, m
    if s.forfait is not None:
        bases = {"securite_sociale": s.forfait, "securite_sociale_plafonnee": s.forfait}
        bases |= dict(zip(HORS_REGULARISATION, (m.brut, m.plafond, tranche_1), strict=True))
        return bases, m._replace(brut_cumule=m.brut, plafond_cumule=m.plafond)
    hors_brut, hors_plafond, hors_tranche = (deja.get(n, 0) for n in HORS_REGULARISATION)
    soumises = m._replace(
        brut=m.brut - s.franchise,
        brut_cumule=m.brut_cumule - hors_brut - s.franchise,
        plafond_cumule=m.plafond_cumule - hors_plafond,
    )
    cumulee = min(soumises.brut_cumule, soumises.plafond_cumule)
    plafonnee = cumulee - (deja.get("tranche_1", 0) - hors_tranche)
    bases = {"securite_sociale": soumises.brut, "securite_sociale_plafonnee": plafonnee}
    bases |= dict(zip(HORS_REGULARISATION, (s.franchise, 0, tranche_1 - plafonnee), strict=True))
    return bases, soumises


def cumuls_hors_regularisation(cumuls: Cumuls, bases: Mapping[str, int]) -> dict[str, int]:
    """Return the cumulated figures left out of the regularisation; those at zero are not kept."""
    if HORS_REGULARISATION[0] not in bases:
        return {}
    totaux = {n: cumuls.assiettes.get(n, 0) + bases.get(n, 0) for n in HORS_REGULARISATION}
    return {nom: montant for nom, montant in totaux.items() if montant}


def taux_d_artiste(taux: int, part: int) -> int:
    """Return a rate reduced for an artiste, millionths, to the hundredth of a percent.

    Args:
        taux: rate of the common law, millionths.
        part: what is kept of it, millionths (700 000).

    >>> taux_d_artiste(85_500, 700_000), taux_d_artiste(69_000, 700_000)
    (59900, 48300)
    """
    return arrondi(taux * part, TAUX_PLEIN * 100) * 100

"""What a line says when its base is forfaitaire or franchised, or its rate reduced."""

from datetime import date
from typing import NamedTuple

from app.noyau.argent import Centimes, Millioniemes, afficher_euros, afficher_taux
from app.paie.rules.baremes import Baremes, Cotisation
from app.paie.rules.faits import ARTISTE
from app.paie.rules.particularites import Situation

SOCIALES = frozenset({"securite_sociale", "securite_sociale_plafonnee", "csg"})
"""Bases that a base forfaitaire or a franchise changes."""
ARRETE_SPORT = "arrêté du 27/07/1994, art. 2"
CIRCULAIRE_SPORT = "circulaire DSS/AAF/A1/94-60 du 28/07/1994"
ARRETE_ARTISTES = "arrêté du 24/01/1975, art. 1 et 2"


class Remarque(NamedTuple):
    """Words that replace those of the base, and that are added to the rate and to the text."""

    assiette: str = ""
    taux: str = ""
    source: str = ""


RIEN = Remarque()


def remarquer(
    c: Cotisation, assiette: int, situation: Situation | None, baremes: Baremes, jour: date
) -> Remarque:
    """Return what is particular to a line, nothing under the common law.

    Args:
        c: the cotisation of the line.
        assiette: base that the line bears, centimes.
        situation: how the month was computed.
        baremes: figures.
        jour: last day of the month.
    """
    if situation is None:
        return RIEN
    if situation.statut == ARTISTE:
        return _artiste(c, baremes, jour)
    if c.assiette not in SOCIALES:
        return RIEN
    if situation.forfait is not None:
        return _forfait(c, assiette, situation, baremes, jour)
    return _franchise(c, situation) if situation.franchise else RIEN


def _artiste(c: Cotisation, baremes: Baremes, jour: date) -> Remarque:
    if not c.artistes:
        return RIEN
    part = afficher_taux(Millioniemes(baremes.valeur("artistes_part", jour)))
    taux = f"taux réduit : {part} du taux de droit commun, artiste du spectacle"
    return Remarque(taux=taux, source=ARRETE_ARTISTES)


def _forfait(c: Cotisation, assiette: int, s: Situation, baremes: Baremes, jour: date) -> Remarque:
    """Say the band when it gives the base; a base at its floor is said as such."""
    janvier = date(jour.year, 1, 1)
    horaire = baremes.valeur("smic_horaire", janvier)
    base = s.forfait or 0
    en_smic = (
        f"{base // horaire} SMIC horaires du 1er janvier"
        if base % horaire == 0
        else ("70 % de la rémunération, minimum légal")
    )
    mots = f"base forfaitaire du sport ({en_smic}), au lieu du salaire réel"
    if c.assiette == "csg" and assiette != base:
        mots += ", sans abattement, plus la part patronale de prévoyance et de santé"
    if s.franchise:
        mots += f", après franchise de {afficher_euros(Centimes(s.franchise))}"
    source = ARRETE_SPORT if base % horaire == 0 else f"{ARRETE_SPORT} ; CSS, art. L242-4-4"
    return Remarque(assiette=mots, source=source)


def _franchise(c: Cotisation, s: Situation) -> Remarque:
    montant = afficher_euros(Centimes(s.franchise))
    mots = {
        "securite_sociale": "le salaire brut",
        "securite_sociale_plafonnee": "la part du brut jusqu'au plafond, régularisée sur l'année",
        "csg": "98,25 % du brut, plus la part patronale de prévoyance et de santé",
    }[c.assiette]
    return Remarque(
        assiette=f"{mots}, après franchise de {montant} de primes de manifestations sportives",
        source=CIRCULAIRE_SPORT,
    )

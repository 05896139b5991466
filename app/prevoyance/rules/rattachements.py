"""Employees attached to a contract: who may be, from when to when, and what a change touches.

Rules:
- A rattachement lies within the contract of prévoyance and within the contrat de travail. What
  was asked is kept; what counts is what both contracts leave of it, so that it ends with the
  one that ends first, and comes back when that one does.
- A contract for cadres takes cadres, one for non-cadres takes non-cadres.
"""

from collections.abc import Iterable
from datetime import date

from app.noyau.erreurs import Avertissement
from app.noyau.periodes import FIN_OUVERTE, Mois, Periode, afficher_date, lendemain, veille
from app.prevoyance.errors import (
    RattachementApresSortie,
    RattachementAvantEmbauche,
    RattachementEnDouble,
    RattachementHorsContrat,
)
from app.prevoyance.rules.taux import TOUS, categorie_de


def population_convient(population: str, categorie: str) -> bool:
    """Tell whether a contract for a population takes an employee of a category."""
    return categorie_de(population) in {TOUS, categorie}


def bornes_communes(travail: Periode, prevoyance: Periode) -> Periode | None:
    """Return the days when somebody may be attached, None: not one."""
    return travail.intersection(prevoyance)


def effectif(demande: Periode, travail: Periode, prevoyance: Periode) -> Periode | None:
    """Return what both contracts leave of a rattachement, None: not a day."""
    bornes = bornes_communes(travail, prevoyance)
    return bornes.intersection(demande) if bornes else None


def exiger_dates(nom: str, demande: Periode, travail: Periode, prevoyance: Periode) -> None:
    """Stop when a rattachement leaves the contract of prévoyance or the contrat de travail.

    An open end goes as far as both contracts do.

    Raises:
        RattachementAvantEmbauche: it begins before the contrat de travail.
        RattachementApresSortie: it begins or ends after it.
        RattachementHorsContrat: it leaves the days of the contract of prévoyance.
    """
    if demande.debut < travail.debut:
        premier = afficher_date(max(travail.debut, prevoyance.debut))
        debut = afficher_date(demande.debut)
        raise RattachementAvantEmbauche(nom, debut, str(travail), premier)
    fin_connue = not demande.est_ouverte
    if demande.debut > travail.fin or (fin_connue and demande.fin > travail.fin):
        raise RattachementApresSortie(nom, str(demande), str(travail))
    commence_hors = not prevoyance.contient(demande.debut)
    if commence_hors or (fin_connue and demande.fin > prevoyance.fin):
        raise RattachementHorsContrat(nom, str(demande), str(prevoyance))


def exiger_une_fois(nom: str, jours: Periode, autres: Iterable[Periode]) -> None:
    """Stop when somebody is attached twice to one contract on one day.

    Raises:
        RattachementEnDouble: with the days.
    """
    for autre in autres:
        commun = jours.intersection(autre)
        if commun is not None:
            raise RattachementEnDouble(nom, str(commun))


def avertir_adhesion(adhesion: date, travail: Periode, prevoyance: Periode) -> list[Avertissement]:
    """Return what is to be confirmed: an adhesion within a month that is paid as a whole."""
    naturelles = {Mois.de(adhesion).debut, travail.debut, prevoyance.debut}
    if adhesion in naturelles:
        return []
    message = (
        f"L'adhésion au {afficher_date(adhesion)} tombe en cours de mois : la cotisation de ce "
        "mois porte sur tout le salaire du mois."
    )
    return [Avertissement("PRV-209", message)]


def jours_touches(avant: Periode | None, apres: Periode | None) -> Periode | None:
    """Return the days from the first to the last that are in one of both only, None: the same."""
    if avant is None or apres is None:
        return avant or apres
    if avant == apres:
        return None
    if avant.debut == apres.debut:
        debut = lendemain(min(avant.fin, apres.fin)) or FIN_OUVERTE
        return Periode(debut, max(avant.fin, apres.fin))
    debut = min(avant.debut, apres.debut)
    if avant.fin == apres.fin:
        return Periode(debut, veille(max(avant.debut, apres.debut)))
    return Periode(debut, max(avant.fin, apres.fin))

"""Whose bulletins of a month there are to print: how many, in which order, by lots."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import func, select

from app.employeurs import service as employeurs
from app.noyau.periodes import Mois
from app.noyau.typographie import sans_accents
from app.paie.models import Bulletin
from app.paie.rules.etats import COURANTS, Etat
from app.paie.service.portee import Portee
from app.socle.transaction import Transaction

LOT = 250
"""Bulletins in memory at once."""


@dataclass(frozen=True, slots=True)
class Cle:
    """A bulletin to be printed: whose it is."""

    id: int
    employeur_id: int
    salarie_id: int


def cles_du_mois(t: Transaction, mois: Mois, portee: Portee) -> list[Cle]:
    """Return the current bulletins of a month, by employer's name."""
    requete = (
        select(Bulletin.id, Bulletin.employeur_id, Bulletin.salarie_id)
        .where(
            Bulletin.annee == mois.annee,
            Bulletin.mois == mois.mois,
            Bulletin.etat.in_([str(e) for e in COURANTS]),
            *portee.conditions(),
        )
        .order_by(Bulletin.id)
    )
    cles = [Cle(*ligne) for ligne in t.session.execute(requete)]
    noms = employeurs.designations(t, [c.employeur_id for c in cles])
    cles.sort(key=lambda c: rang(noms[c.employeur_id], c.employeur_id))
    return cles


def rang(nom: str, numero: int) -> tuple[str, int]:
    """Return what employers are ordered by."""
    return sans_accents(nom), numero


@dataclass(frozen=True, slots=True)
class Perimetre:
    """What a batch would print: whose bulletins, how many, how many of them drafts."""

    nom: str
    bulletins: int
    brouillons: int


def lire_perimetre(t: Transaction, mois: Mois, portee: Portee) -> Perimetre:
    """Return what a batch would print.

    Raises:
        EmployeurIntrouvable, DossierIntrouvable: the address names one that does not exist.
    """
    requete = (
        select(Bulletin.etat, func.count())
        .where(
            Bulletin.annee == mois.annee,
            Bulletin.mois == mois.mois,
            Bulletin.etat.in_([str(e) for e in COURANTS]),
            *portee.conditions(),
        )
        .group_by(Bulletin.etat)
    )
    comptes = {etat: int(n) for etat, n in t.session.execute(requete)}
    brouillons = comptes.get(str(Etat.BROUILLON), 0)
    return Perimetre(nommer(t, portee), sum(comptes.values()), brouillons)


def nommer(t: Transaction, portee: Portee) -> str:
    """Return in words whose bulletins are meant.

    Raises:
        EmployeurIntrouvable, DossierIntrouvable: it does not exist.
    """
    if portee.employeur is not None:
        return employeurs.lire_fiche_employeur(t, portee.employeur).raison_sociale
    if portee.dossier is not None:
        return f"Dossier « {employeurs.lire_dossier(t, portee.dossier).nom} »"
    return "Tous les employeurs"


def en_lots(cles: Sequence[Cle]) -> Iterator[list[int]]:
    """Cut bulletins into lots that hold whole employers, unless one alone is larger."""
    lot: list[int] = []
    for _, siens in groupby(cles, key=lambda c: c.employeur_id):
        numeros = [c.id for c in siens]
        if lot and len(lot) + len(numeros) > LOT:
            yield lot
            lot = []
        lot += numeros
    if lot:
        yield lot

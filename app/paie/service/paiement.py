"""When an employer pays: its habit, and the day that follows from it for a month."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import select

from app.employeurs.service import lire_fiche_employeur
from app.noyau.champs import ecrire_fiche, lire_fiche
from app.noyau.periodes import Mois
from app.paie.models import ReglagePaie
from app.paie.rules.paiement import CHAMPS_PAIEMENT, date_de_paiement
from app.socle.fiches import en_chunks, exiger, remplir, valeurs_de
from app.socle.transaction import Transaction


def dates_de_paiement(t: Transaction, mois: Mois, employeurs: Collection[int]) -> dict[int, date]:
    """Return the day on which each employer pays a month: its habit, else the last day."""
    dates = dict.fromkeys(employeurs, date_de_paiement(mois))
    for morceau in en_chunks(sorted(set(employeurs))):
        requete = select(ReglagePaie).where(ReglagePaie.employeur_id.in_(morceau))
        for r in t.session.scalars(requete):
            suivant = bool(r.mois_suivant)
            dates[r.employeur_id] = date_de_paiement(mois, r.jour_paiement, mois_suivant=suivant)
    return dates


def _reglage(t: Transaction, employeur: int) -> ReglagePaie | None:
    return t.session.scalar(select(ReglagePaie).where(ReglagePaie.employeur_id == employeur))


def lire_reglage(t: Transaction, employeur: int) -> dict[str, str]:
    """Return the habit of an employer as its form shows it."""
    ligne = _reglage(t, employeur)
    return ecrire_fiche(CHAMPS_PAIEMENT, valeurs_de(ligne) if ligne else {"mois_suivant": 0})


def enregistrer_reglage(t: Transaction, employeur: int, saisie: Mapping[str, str]) -> None:
    """Write when an employer pays.

    Bulletins that bear a day already keep it.

    Raises:
        EmployeurIntrouvable: no such employer.
        DonneesRefusees: a field is wrong.
    """
    lire_fiche_employeur(t, employeur)
    valeurs, constats = lire_fiche(CHAMPS_PAIEMENT, saisie)
    exiger(constats)
    valeurs["mois_suivant"] = int(valeurs["mois_suivant"])
    ligne = _reglage(t, employeur)
    if ligne is None:
        t.session.add(ReglagePaie(employeur_id=employeur, **valeurs))
    else:
        remplir(ligne, valeurs)
    t.session.flush()

"""How far the month is: by state, by employer; what is left to do."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from app.employeurs.service import designations
from app.noyau.periodes import Mois
from app.noyau.typographie import sans_accents
from app.paie.models import Bulletin
from app.paie.rules.etats import COURANTS, Etat
from app.paie.service.exercices import dans_un_exercice_ouvert
from app.paie.service.portee import Portee
from app.salaries.service.mois import compter_contrats_du_mois, contrats_a_payer
from app.socle.listes import Vue
from app.socle.transaction import Transaction

A_CALCULER = "a_calculer"
"""State of a contract whose bulletin does not exist yet."""
ETATS = {A_CALCULER: "à calculer"} | {str(e): e.en_mots for e in COURANTS}
"""States of a list of the month, with their words."""


def contrats_avec_bulletin(mois: Mois, etat: str = "") -> Select[Any]:
    """Return the query of the contracts that have a bulletin for a month (in a state)."""
    etats = [etat] if etat else [str(e) for e in COURANTS]
    return select(Bulletin.contrat_id).where(
        Bulletin.annee == mois.annee, Bulletin.mois == mois.mois, Bulletin.etat.in_(etats)
    )


def compter_par_etat(t: Transaction, mois: Mois, vue: Vue) -> dict[str, int]:
    """Count the contracts of a month by state of their bulletin, over a list's own filters."""
    comptes = {
        A_CALCULER: compter_contrats_du_mois(t, mois, vue, hors=contrats_avec_bulletin(mois))
    }
    for etat in COURANTS:
        parmi = contrats_avec_bulletin(mois, str(etat))
        comptes[str(etat)] = compter_contrats_du_mois(t, mois, vue, parmi=parmi)
    return comptes


def brouillons_passes(t: Transaction) -> tuple[int, Mois | None]:
    """Count the drafts of the months before this one, and say the oldest of these months.

    Closed years are left alone.
    """
    courant = Mois.de(t.aujourd_hui)
    rang = Bulletin.annee * 12 + Bulletin.mois - 1
    requete = select(func.count(), func.min(rang)).where(
        Bulletin.etat == str(Etat.BROUILLON),
        rang < courant.annee * 12 + courant.mois - 1,
        dans_un_exercice_ouvert(),
    )
    combien, premier = t.session.execute(requete).one()
    return int(combien), None if premier is None else Mois(premier // 12, premier % 12 + 1)


@dataclass(frozen=True, slots=True)
class EmployeurDuMois:
    """An employer of a month: its contracts to be paid, those whose bulletin is validated."""

    id: int
    nom: str
    contrats: int
    valides: int

    @property
    def reste(self) -> int:
        """How many bulletins are still to be computed, validated or recalculated."""
        return self.contrats - self.valides


def lister_avancement(t: Transaction, mois: Mois, portee: Portee) -> list[EmployeurDuMois]:
    """Return the employers of a month with how far they are, by name."""
    contrats = contrats_a_payer(t, mois, portee.employeurs(t))
    valides = set(t.session.scalars(contrats_avec_bulletin(mois, str(Etat.VALIDE))))
    combien = Counter(c.employeur_id for c in contrats)
    faits = Counter(c.employeur_id for c in contrats if c.contrat_id in valides)
    noms = designations(t, list(combien))
    lignes = [EmployeurDuMois(n, noms[n], combien[n], faits[n]) for n in combien]
    return sorted(lignes, key=lambda e: (sans_accents(e.nom), e.id))

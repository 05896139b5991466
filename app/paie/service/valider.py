"""Validate drafts, cancel a validation with its reason, date a payment.

Nothing here touches a month of a closed year. No draft is validated with figures that are no
longer those of its facts: it is computed again first, in the same transaction.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select, update

from app.noyau.periodes import Mois
from app.paie.errors import (
    BulletinIntrouvable,
    MotifManquant,
    RecalculImpossible,
    ValidationImpossible,
)
from app.paie.models import Bulletin
from app.paie.rules.changements import DEMANDE, validation_annulee
from app.paie.rules.constats import ConstatDuMois, empechement
from app.paie.rules.etats import (
    Etat,
    peut_annuler_la_validation,
    peut_valider,
)
from app.paie.service.calculer import BilanCalcul, calculer_le_mois
from app.paie.service.exercices import dans_un_exercice_ouvert, refuser_si_clos
from app.paie.service.paiement import dates_de_paiement
from app.paie.service.portee import Portee
from app.paie.service.raisons import (
    est_perime,
    marquer_a_recalculer,
    perimes,
    raisons_de,
    signaler,
)
from app.salaries.service import lire_fiche_salarie
from app.socle.fiches import en_chunks
from app.socle.journal import noter_acte, noter_actes
from app.socle.taches import SANS_SUIVI, Suivi
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Valide:
    """A bulletin validated: its number, and whether it was computed again first."""

    id: int
    recalcule: bool


@dataclass(frozen=True, slots=True)
class BilanValidation:
    """What validating a month did; the findings are those of what was computed again.

    `ecartes`: their contract covers the month no more; `laisses`: drafts that could not be
    computed again, hence not validated.
    """

    valides: int
    recalcules: int = 0
    ecartes: int = 0
    laisses: int = 0
    constats: tuple[ConstatDuMois, ...] = ()

    def en_donnees(self) -> dict[str, object]:
        """Return the machine-readable shape."""
        return {
            "valides": self.valides,
            "recalcules": self.recalcules,
            "ecartes": self.ecartes,
            "laisses": self.laisses,
            "constats": [c.en_donnees() for c in self.constats],
        }


def bulletin(t: Transaction, bulletin_id: int) -> Bulletin:
    """Return the row of a bulletin.

    Raises:
        BulletinIntrouvable: none of that number.
    """
    ligne = t.session.get(Bulletin, bulletin_id)
    if ligne is None:
        raise BulletinIntrouvable
    return ligne


def _refus(t: Transaction, ligne: Bulletin, action: str) -> ValidationImpossible:
    nom = lire_fiche_salarie(t, ligne.salarie_id).nom
    return ValidationImpossible(nom, Etat(ligne.etat).en_mots, action)


def valider_bulletin(t: Transaction, bulletin_id: int, paye_le: date | None = None) -> Valide:
    """Validate a draft: from then on it changes only by a recalculation.

    One whose facts changed since it was computed is computed again first: its number changes.
    `paye_le`: day of payment, that of the draft or the employer's habit when None.

    Raises:
        BulletinIntrouvable, ValidationImpossible, ExerciceClos: see their texts.
        RecalculImpossible: its facts changed, and no bulletin can be computed from them.
    """
    ligne = bulletin(t, bulletin_id)
    refuser_si_clos(t, ligne.employeur_id, ligne.annee)
    if not peut_valider(Etat(ligne.etat)):
        raise _refus(t, ligne, "validé")
    perime = bool(perimes(t, [ligne.id]))
    if perime:
        ligne = _recalculer_avant(t, ligne)
    habitudes = dates_de_paiement(t, Mois(ligne.annee, ligne.mois), [ligne.employeur_id])
    noter_acte(t.session, ligne, {"etat": ligne.etat}, {"etat": str(Etat.VALIDE)})
    ligne.etat = str(Etat.VALIDE)
    ligne.valide_a = t.maintenant.replace(tzinfo=None)
    ligne.valide_par = t.par
    ligne.paye_le = paye_le or ligne.paye_le or habitudes[ligne.employeur_id]
    t.session.flush()
    return Valide(ligne.id, recalcule=perime)


def _recalculer_avant(t: Transaction, ligne: Bulletin) -> Bulletin:
    """Compute a draft again; returns the one that counts now."""
    nom, mois = lire_fiche_salarie(t, ligne.salarie_id).nom, Mois(ligne.annee, ligne.mois)
    contrat, employeur = ligne.contrat_id, ligne.employeur_id
    t.session.expunge(ligne)
    bilan = calculer_le_mois(t, mois, [employeur], contrats=[contrat])
    courant = t.session.scalar(
        select(Bulletin).where(*_du_mois(mois), Bulletin.contrat_id == contrat)
    )
    if courant is None or not bilan.calcules:
        raise RecalculImpossible(nom, empechement(bilan.constats))
    return courant


def _du_mois(mois: Mois) -> list[ColumnElement[Any]]:
    """Return what limits a query of bulletins to the drafts of a month."""
    return [
        Bulletin.annee == mois.annee,
        Bulletin.mois == mois.mois,
        Bulletin.etat == str(Etat.BROUILLON),
    ]


def compter_perimes(t: Transaction, mois: Mois, portee: Portee) -> int:
    """Count the drafts of a month to be computed again before they are validated."""
    requete = select(func.count()).select_from(Bulletin)
    conditions = (*_du_mois(mois), est_perime(), dans_un_exercice_ouvert(), *portee.conditions())
    return t.session.scalar(requete.where(*conditions)) or 0


def valider_le_mois(
    t: Transaction,
    mois: Mois,
    portee: Portee | None = None,
    paye_le: date | None = None,
    suivi: Suivi = SANS_SUIVI,
) -> BilanValidation:
    """Validate every draft of a month (of a dossier, of an employer).

    Those whose facts changed since they were computed are computed again first, together; one
    that cannot be is left a draft.
    `paye_le`: day of payment of all, that of the draft or each employer's habit when None.

    Raises:
        ExerciceClos: one employer was asked for, whose year is closed; others are left alone.
        TacheAnnulee: the person asked to stop; nothing was written.
    """
    voulue = portee or Portee()
    if voulue.employeur is not None:
        refuser_si_clos(t, voulue.employeur, mois.annee)
    bilan = _recalculer_les_perimes(t, mois, voulue, suivi)
    requete = select(Bulletin).where(
        *_du_mois(mois), ~est_perime(), dans_un_exercice_ouvert(), *voulue.conditions()
    )
    lignes = list(t.session.scalars(requete))
    suivi.etape("Validation des bulletins", 0, len(lignes))
    _valider_ensemble(t, mois, lignes, paye_le)
    if bilan is None:
        return BilanValidation(len(lignes))
    laisses = compter_perimes(t, mois, voulue)
    return BilanValidation(len(lignes), bilan.calcules, bilan.ecartes, laisses, bilan.constats)


def _recalculer_les_perimes(
    t: Transaction, mois: Mois, portee: Portee, suivi: Suivi
) -> BilanCalcul | None:
    """Compute again the drafts whose facts changed, in one calculation; None: there are none."""
    requete = select(Bulletin.contrat_id, Bulletin.employeur_id).where(
        *_du_mois(mois), est_perime(), dans_un_exercice_ouvert(), *portee.conditions()
    )
    lignes = t.session.execute(requete).all()
    if not lignes:
        return None
    siens = sorted({li.employeur_id for li in lignes})
    contrats = [li.contrat_id for li in lignes]
    return calculer_le_mois(t, mois, siens, contrats=contrats, suivi=suivi)


def _valider_ensemble(
    t: Transaction, mois: Mois, lignes: Sequence[Bulletin], paye_le: date | None
) -> None:
    """Validate drafts of a month, as many as there are for one date at once."""
    avant, apres = {"etat": str(Etat.BROUILLON)}, {"etat": str(Etat.VALIDE)}
    noter_actes(t.session, [(ligne, avant, apres) for ligne in lignes])
    instant = t.maintenant.replace(tzinfo=None)
    valides = {"etat": str(Etat.VALIDE), "valide_a": instant, "valide_par": t.par}
    habitudes = dates_de_paiement(t, mois, {ligne.employeur_id for ligne in lignes})
    par_date: dict[date, list[int]] = defaultdict(list)
    for ligne in lignes:
        par_date[paye_le or ligne.paye_le or habitudes[ligne.employeur_id]].append(ligne.id)
    for jour, numeros in par_date.items():
        for morceau in en_chunks(numeros):
            valider = update(Bulletin).where(Bulletin.id.in_(morceau))
            t.session.execute(
                valider.values(
                    **valides, paye_le=jour, version=Bulletin.version + 1, modifie_a=instant
                ),
                execution_options={"synchronize_session": False},
            )
    for ligne in lignes:
        t.session.expire(ligne)


def annuler_la_validation(t: Transaction, bulletin_id: int, motif: str) -> None:
    """Give a draft back from a validated bulletin, with the reason.

    Raises:
        MotifManquant: no reason was given.
        BulletinIntrouvable, ValidationImpossible, ExerciceClos: see their texts.
    """
    ligne = bulletin(t, bulletin_id)
    refuser_si_clos(t, ligne.employeur_id, ligne.annee)
    if not motif.strip():
        raise MotifManquant
    if not peut_annuler_la_validation(Etat(ligne.etat)):
        raise _refus(t, ligne, "repris en brouillon")
    if Etat(ligne.etat) is Etat.A_RECALCULER and not raisons_de(t, [ligne.id]):
        signaler(t, [Bulletin.id == ligne.id], DEMANDE)  # no draft forgets that it has to be
    avant = {"etat": ligne.etat, "motif": ligne.motif}
    apres = {"etat": str(Etat.BROUILLON), "motif": motif.strip()[:500]}
    noter_acte(t.session, ligne, avant, apres)
    ligne.etat = str(Etat.BROUILLON)
    ligne.motif = motif.strip()[:500]
    ligne.valide_a, ligne.valide_par = None, ""
    t.session.flush()
    mois = Mois(ligne.annee, ligne.mois)
    motif = validation_annulee(mois)
    marquer_a_recalculer(t, contrats=[ligne.contrat_id], apres=mois, motif=motif)


def dater_le_paiement(t: Transaction, bulletin_id: int, paye_le: date) -> None:
    """Say when a current bulletin is, or was, paid.

    Raises:
        BulletinIntrouvable: none of that number.
        ValidationImpossible: it was replaced.
        ExerciceClos: its year is closed.
    """
    ligne = bulletin(t, bulletin_id)
    refuser_si_clos(t, ligne.employeur_id, ligne.annee)
    if Etat(ligne.etat) is Etat.REMPLACE:
        raise _refus(t, ligne, "payé à une autre date")
    if ligne.paye_le != paye_le:
        noter_acte(t.session, ligne, {"paye_le": ligne.paye_le}, {"paye_le": paye_le})
        ligne.paye_le = paye_le
        t.session.flush()

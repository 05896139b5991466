"""Validate drafts, cancel a validation with its reason, mark what a change touches.

Nothing here touches a month of a closed year.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select, update

from app.noyau.periodes import Mois
from app.paie.errors import BulletinIntrouvable, MotifManquant, ValidationImpossible
from app.paie.models import Bulletin
from app.paie.rules.changements import DEMANDE, validation_annulee
from app.paie.rules.etats import (
    Etat,
    peut_annuler_la_validation,
    peut_valider,
)
from app.paie.service.exercices import dans_un_exercice_ouvert, refuser_si_clos
from app.paie.service.paiement import dates_de_paiement
from app.paie.service.portee import Portee
from app.paie.service.raisons import oublier, signaler
from app.salaries.service import lire_fiche_salarie
from app.socle.fiches import en_chunks
from app.socle.journal import noter_acte, noter_actes
from app.socle.transaction import Transaction


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


def valider_bulletin(t: Transaction, bulletin_id: int, paye_le: date | None = None) -> None:
    """Validate a draft: from then on it changes only by a recalculation.

    `paye_le`: day of payment, that of the draft or the employer's habit when None.

    Raises:
        BulletinIntrouvable, ValidationImpossible, ExerciceClos: see their texts.
    """
    ligne = bulletin(t, bulletin_id)
    refuser_si_clos(t, ligne.employeur_id, ligne.annee)
    if not peut_valider(Etat(ligne.etat)):
        raise _refus(t, ligne, "validé")
    habitudes = dates_de_paiement(t, Mois(ligne.annee, ligne.mois), [ligne.employeur_id])
    noter_acte(t.session, ligne, {"etat": ligne.etat}, {"etat": str(Etat.VALIDE)})
    ligne.etat = str(Etat.VALIDE)
    ligne.valide_a = t.maintenant.replace(tzinfo=None)
    ligne.valide_par = t.par
    ligne.paye_le = paye_le or ligne.paye_le or habitudes[ligne.employeur_id]
    oublier(t, [ligne.id])
    t.session.flush()


def valider_le_mois(
    t: Transaction, mois: Mois, portee: Portee | None = None, paye_le: date | None = None
) -> int:
    """Validate every draft of a month (of a dossier, of an employer); returns how many.

    `paye_le`: day of payment of all, that of the draft or each employer's habit when None.

    Raises:
        ExerciceClos: one employer was asked for, whose year is closed; others are left alone.
    """
    if portee is not None and portee.employeur is not None:
        refuser_si_clos(t, portee.employeur, mois.annee)
    requete = select(Bulletin).where(
        Bulletin.annee == mois.annee,
        Bulletin.mois == mois.mois,
        Bulletin.etat == str(Etat.BROUILLON),
        dans_un_exercice_ouvert(),
        *(portee or Portee()).conditions(),
    )
    lignes = list(t.session.scalars(requete))
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
    oublier(t, [ligne.id for ligne in lignes])
    for ligne in lignes:
        t.session.expire(ligne)
    return len(lignes)


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


def marquer_a_recalculer(
    t: Transaction,
    *,
    contrats: Collection[int] | None = None,
    employeur: int | None = None,
    depuis: Mois | None = None,
    apres: Mois | None = None,
    motif: str = DEMANDE,
) -> int:
    """Mark the validated bulletins that a change touches; returns how many.

    `depuis` is the first month touched; `apres` the month whose followers of the same year are;
    `motif` why, in French. Those of a closed year stay as they are, see `raisons`.
    """
    conditions: list[ColumnElement[Any]] = []
    if employeur is not None:
        conditions.append(Bulletin.employeur_id == employeur)
    if depuis is not None:
        rang = depuis.annee * 12 + depuis.mois
        conditions.append(Bulletin.annee * 12 + Bulletin.mois >= rang)
    if apres is not None:
        conditions += [Bulletin.annee == apres.annee, Bulletin.mois > apres.mois]
    jour = depuis.debut if depuis else apres.suivant().debut if apres else None
    if contrats is None:
        return signaler(t, conditions, motif, jour)
    return sum(
        signaler(t, [*conditions, Bulletin.contrat_id.in_(morceau)], motif, jour)
        for morceau in en_chunks(list(contrats))
    )

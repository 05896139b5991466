"""Close a contract of prévoyance, with its employees; delete one created by mistake."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.employeurs.service import lister_organismes
from app.noyau.erreurs import Avertissement, exiger_confirmation
from app.noyau.periodes import Periode, afficher_date
from app.noyau.typographie import accorder
from app.prevoyance.models import ContratPrevoyance, PeriodePrevoyance
from app.prevoyance.rules import fiches, periodes
from app.prevoyance.service.annonces import ajuster, annoncer, detacher, motif_contrat
from app.prevoyance.service.lecture import (
    contrat,
    jours_du_contrat,
    periodes_du_contrat,
    rattachements_de,
    taux_de,
)
from app.prevoyance.signals import contrat_prevoyance_va_disparaitre
from app.socle.fiches import exiger_version, remplir
from app.socle.journal import derniere_entree
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class ContratCloture:
    """What a closing did: whether the contract itself ended, how many employees with it.

    `entree` is the journal entry that undoes the closing, None when the contract stays open.
    """

    designation: str
    fin: date
    est_clos: bool
    salaries: int
    entree: int | None


@dataclass(frozen=True, slots=True)
class ContratSupprime:
    """What a deletion did, and the journal entry that brings all of it back.

    `derniere_de_la_caisse`: no contract of the employer names the caisse any more; then
    `organisme_employeur_id` is its line of « Identification des organismes » to take away,
    None when there is none.
    """

    designation: str
    entree: int | None
    salaries: int
    derniere_de_la_caisse: bool
    organisme_id: int
    organisme_employeur_id: int | None


def cloturer_contrat(
    t: Transaction,
    contrat_id: int,
    fin: date,
    contrats_de_travail: Collection[int],
    *,
    version: int | None = None,
    confirmes: Collection[str] = (),
) -> ContratCloture:
    """Close a contract and the rattachements of the contrats de travail selected.

    When somebody attached after `fin` is not selected, only the selected ones end, and the
    contract stays open for the others: that is to be confirmed.

    Raises:
        FinHorsPeriode: `fin` does not end a month; the nearest valid dates are offered.
        FinAvantLeDebut, ContratDejaClos: it precedes the contract, or its end is earlier.
        ConfirmationRequise: PRV-205 (the contract stays open), PRV-206 (later periods go).
        BulletinsRattaches: somebody attached only after `fin` has bulletins tied to it.
        ContratPrevoyanceIntrouvable, ModifieEntreTemps: see there.
    """
    ligne = contrat(t, contrat_id)
    exiger_version(ligne, version)
    fiches.exiger_cloture(jours_du_contrat(ligne), fin)
    attaches = [r for r in rattachements_de(t, contrats=[contrat_id]) if r.fin_le > fin]
    choisis = [r for r in attaches if r.contrat_id in set(contrats_de_travail)]
    restent = len(attaches) - len(choisis)
    a_confirmer = _reste_ouvert(restent) if restent else _perdues(t, contrat_id, fin)
    exiger_confirmation(a_confirmer, frozenset(confirmes))
    motif = motif_contrat(ligne, f"clôturé au {afficher_date(fin)}")
    entree = None
    if restent:
        tardifs = [r for r in choisis if r.adhesion_le > fin]
        partants = [r for r in choisis if r.adhesion_le <= fin]
        annoncer(t, [(c, jours, motif) for c, jours in detacher(t, tardifs)])
        ajuster(t, partants, motif, {r.id: Periode(r.adhesion_le, fin) for r in partants})
    else:
        fermer(t, ligne, fin)
        entree = derniere_entree(t.session, "contrat_prevoyance", contrat_id)
        ajuster(t, attaches, motif)
    return ContratCloture(str(ligne), fin, not restent, len(choisis), entree)


def _reste_ouvert(combien: int) -> list[Avertissement]:
    message = (
        f"Le contrat reste ouvert pour {accorder(combien, 'salarié')} non choisi"
        f"{'s' if combien > 1 else ''} : seuls les rattachements choisis sont clôturés."
    )
    return [Avertissement("PRV-205", message)]


def _perdues(t: Transaction, contrat_id: int, fin: date) -> list[Avertissement]:
    perdues = [
        str(Periode(p.debut_le, p.fin_le))
        for p in periodes_du_contrat(t, contrat_id)
        if p.debut_le > fin
    ]
    if not perdues:
        return []
    message = f"Les taux saisis {', '.join(perdues)} seront effacés, avec leur période."
    return [Avertissement("PRV-206", message)]


def fermer(t: Transaction, ligne: ContratPrevoyance, fin: date) -> None:
    """End a contract and its periods at a day; later periods go. Rattachements are not cut."""
    lignes = periodes_du_contrat(t, ligne.id)
    restes = periodes.tronquer([Periode(p.debut_le, p.fin_le) for p in lignes], fin)
    for periode, reste in zip(lignes, restes, strict=True):
        if reste is not None:
            remplir(periode, {"fin_le": reste.fin})
    effacer_periodes(t, [p.id for p, reste in zip(lignes, restes, strict=True) if reste is None])
    bouts = [reste.fin for reste in restes if reste is not None]
    remplir(ligne, {"fin_le": min(fin, max(bouts))})
    t.session.flush()


def effacer_periodes(t: Transaction, numeros: Collection[int]) -> None:
    """Delete periods with their rates."""
    lignes = [
        p for numero in numeros if (p := t.session.get(PeriodePrevoyance, numero)) is not None
    ]
    for taux in taux_de(t, numeros).values():
        for ligne in taux:
            t.session.delete(ligne)
    t.session.flush()
    for p in lignes:
        t.session.delete(p)
    t.session.flush()


def supprimer_contrat(t: Transaction, contrat_id: int) -> ContratSupprime:
    """Delete a contract for all its employees (the journal brings everything back).

    Raises:
        BulletinsRattaches: bulletins are tied to it; it can be closed instead.
        ContratPrevoyanceIntrouvable: no such contract.
    """
    ligne = contrat(t, contrat_id)
    contrat_prevoyance_va_disparaitre.send(t, contrat_prevoyance_id=contrat_id)
    nom, employeur_id, organisme_id = str(ligne), ligne.employeur_id, ligne.organisme_id
    perdus = detacher(t, rattachements_de(t, contrats=[contrat_id]))
    effacer(t, ligne)
    motif = f"{nom} : contrat supprimé"
    annoncer(t, [(contrat, jours, motif) for contrat, jours in perdus])
    derniere = _est_la_derniere(t, employeur_id, organisme_id)
    return ContratSupprime(
        designation=nom,
        entree=derniere_entree(t.session, "contrat_prevoyance", contrat_id),
        salaries=len({contrat for contrat, _ in perdus}),
        derniere_de_la_caisse=derniere,
        organisme_id=organisme_id,
        organisme_employeur_id=_ligne(t, employeur_id, organisme_id) if derniere else None,
    )


def effacer(t: Transaction, ligne: ContratPrevoyance) -> None:
    """Delete a contract that nobody is attached to, with its periods."""
    effacer_periodes(t, [p.id for p in periodes_du_contrat(t, ligne.id)])
    t.session.delete(ligne)
    t.session.flush()


def _est_la_derniere(t: Transaction, employeur_id: int, organisme_id: int) -> bool:
    requete = select(func.count()).where(
        ContratPrevoyance.employeur_id == employeur_id,
        ContratPrevoyance.organisme_id == organisme_id,
    )
    return not t.session.scalar(requete)


def _ligne(t: Transaction, employeur_id: int, organisme_id: int) -> int | None:
    """Return the line of « Identification des organismes » that names a caisse."""
    for ligne in lister_organismes(t, employeur_id):
        if ligne.valeurs.get("organisme_id") == organisme_id:
            return ligne.id
    return None

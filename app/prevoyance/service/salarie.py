"""Contracts of prévoyance of an employee: attach, change the dates, close, delete."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.noyau.periodes import FIN_OUVERTE, Periode, afficher_date
from app.prevoyance.errors import ContratDejaClos, RattachementIntrouvable
from app.prevoyance.models import ContratPrevoyance, Rattachement
from app.prevoyance.rules import periodes
from app.prevoyance.rules import rattachements as rules
from app.prevoyance.service.annonces import ajuster, annoncer, detacher, motif_contrat
from app.prevoyance.service.lecture import (
    FichePrevoyance,
    contrat,
    fiches,
    jours_du_contrat,
    rattachements_de,
)
from app.prevoyance.service.rattachements import (
    SalarieRattache,
    ecrire,
    exiger_emploi,
    verifier_dates,
    vue,
)
from app.salaries.service import Emploi, emplois_du_salarie, emplois_par_numero
from app.socle.fiches import exiger_version
from app.socle.journal import derniere_entree
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class ContratDuSalarie:
    """A rattachement of an employee with its contract of prévoyance."""

    rattachement: SalarieRattache
    contrat: FichePrevoyance


@dataclass(frozen=True, slots=True)
class RattachementSupprime:
    """A rattachement that was deleted, and the journal entry that brings it back."""

    salarie: str
    contrat: str
    entree: int | None


def contrats_du_salarie(t: Transaction, salarie_id: int) -> list[ContratDuSalarie]:
    """Return the rattachements of an employee, latest first, whatever the contrat de travail."""
    emplois = {e.contrat_id: e for e in emplois_du_salarie(t, salarie_id)}
    lignes = rattachements_de(t, travail=emplois.keys())
    lignes.sort(key=lambda r: (r.fin_le, r.debut_le, r.id), reverse=True)
    contrats = _fiches(t, {r.contrat_prevoyance_id for r in lignes})
    return [_vue(r, emplois[r.contrat_id], contrats[r.contrat_prevoyance_id]) for r in lignes]


def _fiches(t: Transaction, numeros: Collection[int]) -> dict[int, FichePrevoyance]:
    requete = select(ContratPrevoyance).where(ContratPrevoyance.id.in_(numeros))
    return {f.id: f for f in fiches(t, list(t.session.scalars(requete)))}


def _vue(r: Rattachement, emploi: Emploi, fiche: FichePrevoyance) -> ContratDuSalarie:
    return ContratDuSalarie(vue(r, emploi, fiche.population), fiche)


def lire_rattachement(t: Transaction, rattachement_id: int) -> ContratDuSalarie:
    """Return a rattachement with its contract.

    Raises:
        RattachementIntrouvable: no such rattachement.
    """
    r, emploi, ligne = _lire(t, rattachement_id)
    [fiche] = fiches(t, [ligne])
    return _vue(r, emploi, fiche)


def contrats_pour(t: Transaction, contrat_de_travail: int) -> list[FichePrevoyance]:
    """Return the contracts of the employer that a contrat de travail may be attached to."""
    emploi = emplois_par_numero(t, [contrat_de_travail]).get(contrat_de_travail)
    if emploi is None:
        return []
    requete = select(ContratPrevoyance).where(ContratPrevoyance.employeur_id == emploi.employeur_id)
    lignes = [
        ligne
        for ligne in t.session.scalars(requete.order_by(ContratPrevoyance.id))
        if rules.population_convient(ligne.population, emploi.categorie)
        and emploi.periode.recouvre(jours_du_contrat(ligne))
    ]
    return fiches(t, lignes)


def creer_rattachement(
    t: Transaction,
    contrat_id: int,
    contrat_de_travail: int,
    adhesion: date,
    fin: date = FIN_OUVERTE,
    *,
    confirmes: Collection[str] = (),
) -> int:
    """Attach a contrat de travail from the date of adhesion on; returns the number.

    Raises:
        AutreEmployeur, PopulationDifferente: see `attacher`.
        RattachementAvantEmbauche, RattachementApresSortie, RattachementHorsContrat: the dates.
        RattachementEnDouble: attached already on these days.
        FinHorsPeriode: the end is neither that of a month nor that of the contrat de travail.
        PeriodeInversee: the end precedes the adhesion.
        ConfirmationRequise: PRV-209.
        ContratPrevoyanceIntrouvable: no such contract.
    """
    ligne = contrat(t, contrat_id)
    emplois = emplois_par_numero(t, [contrat_de_travail])
    emploi = exiger_emploi(emplois.get(contrat_de_travail), ligne)
    demande = Periode(adhesion, fin)
    _exiger_fin(demande, emploi, ligne)
    numero = ecrire(t, ligne, emploi, demande, confirmes)
    jours = rules.effectif(demande, emploi.periode, jours_du_contrat(ligne))
    annoncer(t, [(contrat_de_travail, jours, motif_contrat(ligne, "nouveau rattachement"))])
    return numero


def _exiger_fin(demande: Periode, emploi: Emploi, ligne: ContratPrevoyance) -> None:
    """Stop unless a rattachement ends with a month or with the contrat de travail."""
    bornes = rules.bornes_communes(emploi.periode, jours_du_contrat(ligne))
    periodes.exiger_fin(demande.fin, bornes, [emploi.periode.fin])


def dates_de_fin_du_rattachement(
    t: Transaction, rattachement_id: int, jour: date
) -> tuple[date, ...]:
    """Return the nearest days before and after one on which a rattachement may end.

    Raises:
        RattachementIntrouvable: no such rattachement.
    """
    r, emploi, ligne = _lire(t, rattachement_id)
    bornes = rules.bornes_communes(emploi.periode, jours_du_contrat(ligne))
    if bornes is None or r.adhesion_le > bornes.fin:
        return ()
    bornes = Periode(max(r.adhesion_le, bornes.debut), bornes.fin)
    return periodes.fins_proches(jour, bornes, [emploi.periode.fin])


def modifier_rattachement(
    t: Transaction,
    rattachement_id: int,
    adhesion: date,
    fin: date = FIN_OUVERTE,
    *,
    version: int | None = None,
    confirmes: Collection[str] = (),
) -> None:
    """Change the dates of a rattachement: nothing else of it can change.

    Raises:
        RattachementAvantEmbauche, RattachementApresSortie, RattachementHorsContrat: the dates.
        RattachementEnDouble, FinHorsPeriode, PeriodeInversee, ConfirmationRequise: see
            `creer_rattachement`.
        RattachementIntrouvable, ModifieEntreTemps: see there.
    """
    r, emploi, ligne = _lire(t, rattachement_id)
    exiger_version(r, version)
    demande = Periode(adhesion, fin)
    _exiger_fin(demande, emploi, ligne)
    verifier_dates(t, ligne, emploi, demande, sauf=r.id, confirmes=confirmes)
    ajuster(t, [r], motif_contrat(ligne, "dates du rattachement modifiées"), {r.id: demande})


def cloturer_rattachement(
    t: Transaction, rattachement_id: int, fin: date, *, version: int | None = None
) -> int | None:
    """Close a rattachement; returns the journal entry that undoes it.

    Raises:
        FinHorsPeriode: the day is neither the end of a month nor of the contrat de travail.
        ContratDejaClos: it ends that day or before already.
        RattachementApresSortie, RattachementHorsContrat: the end leaves a contract.
        PeriodeInversee: the end precedes the adhesion.
        RattachementIntrouvable, ModifieEntreTemps: see there.
    """
    r, emploi, ligne = _lire(t, rattachement_id)
    exiger_version(r, version)
    demande = Periode(r.adhesion_le, fin)
    _exiger_fin(demande, emploi, ligne)
    if fin >= r.sortie_le or fin > r.fin_le:
        raise ContratDejaClos(afficher_date(r.fin_le))
    motif = motif_contrat(ligne, f"rattachement clôturé au {afficher_date(fin)}")
    ajuster(t, [r], motif, {r.id: demande})
    return derniere_entree(t.session, "rattachement", rattachement_id)


def supprimer_rattachement(t: Transaction, rattachement_id: int) -> RattachementSupprime:
    """Delete a rattachement (the journal brings it back).

    Raises:
        BulletinsRattaches: bulletins are tied to it; it can be closed instead.
        RattachementIntrouvable: no such rattachement.
    """
    r, emploi, ligne = _lire(t, rattachement_id)
    motif = motif_contrat(ligne, "rattachement supprimé")
    annoncer(t, [(contrat_id, jours, motif) for contrat_id, jours in detacher(t, [r])])
    entree = derniere_entree(t.session, "rattachement", rattachement_id)
    return RattachementSupprime(emploi.nom, str(ligne), entree)


def _lire(t: Transaction, rattachement_id: int) -> tuple[Rattachement, Emploi, ContratPrevoyance]:
    r = t.session.get(Rattachement, rattachement_id)
    if r is None:
        raise RattachementIntrouvable
    emplois = emplois_par_numero(t, [r.contrat_id])
    return r, emplois[r.contrat_id], contrat(t, r.contrat_prevoyance_id)

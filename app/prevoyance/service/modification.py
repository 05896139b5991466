"""Modify a contract: a period is closed and another opens; a paramétrée is replaced."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from app.noyau.erreurs import exiger_confirmation
from app.noyau.periodes import FIN_OUVERTE, Periode, afficher_date, lendemain
from app.prevoyance.errors import ContratAutre, ContratParametre
from app.prevoyance.models import ContratPrevoyance
from app.prevoyance.rules import fiches, periodes, taux
from app.prevoyance.service.annonces import ajuster, annoncer_les_rattaches, motif_contrat
from app.prevoyance.service.cloture import fermer
from app.prevoyance.service.creation import creer_parametree, ouvrir_periode
from app.prevoyance.service.lecture import (
    contrat,
    jours_du_contrat,
    lire_contrat,
    periodes_du_contrat,
    rattachements_de,
)
from app.prevoyance.service.rattachements import attacher_les_memes
from app.socle.fiches import exiger, exiger_version, remplir
from app.socle.transaction import Transaction

Saisie = Mapping[str, str]


def dates_de_fin_proches(t: Transaction, contrat_id: int, jour: date) -> tuple[date, ...]:
    """Return the nearest days before and after one on which a contract may end.

    Raises:
        ContratPrevoyanceIntrouvable: no such contract.
    """
    return periodes.fins_proches(jour, jours_du_contrat(contrat(t, contrat_id)))


def saisie_de_la_suite(t: Transaction, contrat_id: int, fin: date) -> dict[str, str]:
    """Return the form of the period proposed after `fin`: its first day, what holds today.

    Raises:
        FinHorsPeriode, FinHorsDernierePeriode: the last period cannot be closed on that day.
        ContratParametre, ContratPrevoyanceIntrouvable: see there.
    """
    fiche = lire_contrat(t, contrat_id)
    if fiche.est_parametree:
        raise ContratParametre
    coupure = periodes.couper([p.periode for p in fiche.periodes], fin)
    return {
        "debut_le": afficher_date(coupure.nouvelle.debut),
        **fiches.ecrire_options(fiche.derniere.options),
        **taux.ecrire_taux(fiche.derniere.taux),
    }


def modifier_autre(
    t: Transaction,
    contrat_id: int,
    fin: date,
    saisie: Saisie,
    *,
    version: int | None = None,
    confirmes: Collection[str] = (),
) -> int:
    """Close the last period of an « autre prévoyance » and open one; returns its number.

    The new period begins the next day, or on the `debut_le` of the form, and goes to the end
    of the contract.

    Raises:
        FinHorsPeriode: `fin` does not end a month; the nearest valid dates are offered.
        FinHorsDernierePeriode: it is not within the last period.
        DebutHorsPeriode: the new period would overlap, or begin within a month.
        DonneesRefusees: the rates have defects.
        ConfirmationRequise: PRV-204 (a hole), PRV-207, PRV-208.
        ContratParametre, ContratPrevoyanceIntrouvable, ModifieEntreTemps: see there.
    """
    ligne = contrat(t, contrat_id)
    exiger_version(ligne, version)
    if ligne.genre == fiches.PARAMETREE:
        raise ContratParametre
    actuelles = periodes_du_contrat(t, contrat_id)
    jours = [Periode(p.debut_le, p.fin_le) for p in actuelles]
    periodes.couper(jours, fin)
    valeurs, constats = fiches.lire_periode(saisie, ligne.population)
    exiger(constats)
    coupure = periodes.couper(jours, fin, valeurs.get("debut_le"))
    lignes = taux.taux_saisis(valeurs)
    avertissements = periodes.avertir_trous([coupure.close, coupure.nouvelle])
    avertissements += taux.avertir_taux(lignes, ligne.nature)
    exiger_confirmation(avertissements, frozenset(confirmes))
    remplir(actuelles[-1], {"fin_le": fin})
    t.session.flush()
    options = fiches.options_de(valeurs)
    numero = ouvrir_periode(t, contrat_id, coupure.nouvelle, options, lignes)
    touches = Periode(lendemain(fin) or FIN_OUVERTE, coupure.nouvelle.fin)
    motif = motif_contrat(ligne, f"nouveaux taux au {afficher_date(coupure.nouvelle.debut)}")
    annoncer_les_rattaches(t, contrat_id, touches, motif)
    return numero


def modifier_identite(
    t: Transaction,
    contrat_id: int,
    saisie: Saisie,
    *,
    version: int | None = None,
) -> None:
    """Change what costs nothing: reference, label, note of a contract.

    Raises:
        DonneesRefusees: the form has defects.
        ContratPrevoyanceIntrouvable, ModifieEntreTemps: see there.
    """
    ligne = contrat(t, contrat_id)
    exiger_version(ligne, version)
    valeurs, constats = fiches.lire_identite(saisie)
    exiger(constats)
    remplir(ligne, valeurs)
    t.session.flush()


@dataclass(frozen=True, slots=True)
class ContratRemplace:
    """The new contract, the last day of the old one, how many employees went over.

    `laisses` names those whom the population or the dates of the new one leave out.
    """

    contrat_id: int
    fin: date
    salaries: int
    laisses: tuple[str, ...]


def remplacer_parametree(
    t: Transaction,
    contrat_id: int,
    saisie: Saisie,
    *,
    version: int | None = None,
    confirmes: Collection[str] = (),
) -> ContratRemplace:
    """Replace a paramétrée in one action.

    The old one is closed the day before the new one begins, which has to be the last of a
    month; the employees attached go over to the new one. The history stays.

    Raises:
        FinHorsPeriode: the day before does not end a month.
        ContratDejaClos, FinAvantLeDebut: the old one does not hold the day before.
        ContratAutre: it is no paramétrée.
        DonneesRefusees, ConfirmationRequise, ContratEnConflit: see `creer_parametree`.
        ContratPrevoyanceIntrouvable, ModifieEntreTemps: see there.
    """
    ancien = contrat(t, contrat_id)
    exiger_version(ancien, version)
    if ancien.genre != fiches.PARAMETREE:
        raise ContratAutre
    fin = _veille_du_nouveau(ancien, saisie)
    a_suivre = [r for r in rattachements_de(t, contrats=[contrat_id]) if r.fin_le > fin]
    motif = motif_contrat(ancien, f"remplacé après le {afficher_date(fin)}")
    employes = {r.contrat_id: Periode(r.adhesion_le, r.sortie_le) for r in a_suivre}
    fermer(t, ancien, fin)
    numero = creer_parametree(t, ancien.employeur_id, saisie, confirmes)
    laisses = attacher_les_memes(t, contrat(t, numero), employes, motif)
    ajuster(t, rattachements_de(t, contrats=[contrat_id]), motif)
    return ContratRemplace(numero, fin, len(employes) - len(laisses), tuple(laisses))


def _veille_du_nouveau(ancien: ContratPrevoyance, saisie: Saisie) -> date:
    valeurs, constats = fiches.lire_debut(saisie)
    exiger(constats)
    return fiches.fin_avant(jours_du_contrat(ancien), valeurs["debut_le"])

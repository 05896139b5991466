"""What a person enters for a month: hours, absences, bonuses, per contract."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.noyau.erreurs import Constat
from app.noyau.periodes import Mois, Periode
from app.paie.errors import ContratHorsDuMois
from app.paie.models import SaisieMois
from app.paie.rules.changements import SAISIE_MODIFIEE
from app.paie.rules.saisie import CHAMPS_SAISIE, lire_saisie
from app.paie.service.exercices import refuser_si_clos
from app.paie.service.lire import EtatBulletin, etats_du_mois
from app.paie.service.raisons import marquer_a_recalculer
from app.salaries.service import lire_fiche_salarie, valeurs_contrats_en_masse
from app.salaries.service.mois import ContratAPayer, contrats_a_payer
from app.socle.fiches import exiger, remplir
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class LigneSaisie:
    """A line of the entry grid: a contract, the texts of its fields, its bulletin if any."""

    contrat: ContratAPayer
    textes: dict[str, str]
    bulletin: EtatBulletin | None


def _ligne(t: Transaction, contrat_id: int, mois: Mois) -> SaisieMois | None:
    requete = select(SaisieMois).where(
        SaisieMois.contrat_id == contrat_id,
        SaisieMois.annee == mois.annee,
        SaisieMois.mois == mois.mois,
    )
    return t.session.scalar(requete)


def lister_saisies(t: Transaction, mois: Mois, employeur: int) -> list[LigneSaisie]:
    """Return the entry grid of an employer for a month, by name."""
    contrats = contrats_a_payer(t, mois, [employeur])
    requete = select(SaisieMois).where(
        SaisieMois.annee == mois.annee,
        SaisieMois.mois == mois.mois,
        SaisieMois.contrat_id.in_([c.contrat_id for c in contrats]),
    )
    saisies = {s.contrat_id: s for s in t.session.scalars(requete)}
    bulletins = etats_du_mois(t, mois, [c.contrat_id for c in contrats])
    lignes = []
    for contrat in contrats:
        saisie = saisies.get(contrat.contrat_id)
        textes = {
            c.nom: c.ecrire(getattr(saisie, c.nom)) if saisie and getattr(saisie, c.nom) else ""
            for c in CHAMPS_SAISIE
        }
        lignes.append(LigneSaisie(contrat, textes, bulletins.get(contrat.contrat_id)))
    return lignes


def enregistrer_saisies(
    t: Transaction, mois: Mois, employeur: int, saisies: Mapping[int, Mapping[str, str]]
) -> int:
    """Write the entry grid of an employer; returns how many lines changed.

    A finding bears the field « <contract>-<name> », so that the grid shows it in its cell.

    Raises:
        DonneesRefusees: some cells are wrong; nothing was written.
        ContratHorsDuMois: something is entered for a contract that covers no day of the month.
        ExerciceClos: the year is closed.
    """
    refuser_si_clos(t, employeur, mois.annee)
    constats: list[Constat] = []
    lues: list[tuple[ContratAPayer, dict[str, int]]] = []
    contrats = contrats_a_payer(t, mois, [employeur])
    _refuser_hors_du_mois(t, {n for n, s in saisies.items() if any(s.values())}, contrats)
    for contrat in contrats:
        if contrat.contrat_id not in saisies:
            continue
        valeurs, defauts = lire_saisie(
            saisies[contrat.contrat_id], heures_du_contrat=contrat.heures_centiemes
        )
        constats += [
            Constat(d.code, d.message, d.remede, f"{contrat.contrat_id}-{d.champ}") for d in defauts
        ]
        lues.append((contrat, valeurs))
    exiger(constats)
    return sum(_ecrire(t, mois, contrat, valeurs) for contrat, valeurs in lues)


def _refuser_hors_du_mois(
    t: Transaction, saisis: set[int], contrats: Sequence[ContratAPayer]
) -> None:
    """Refuse what was typed before hiring or after leaving: a record changed meanwhile."""
    autres = saisis - {c.contrat_id for c in contrats}
    for valeurs in valeurs_contrats_en_masse(t, sorted(autres)).values():
        nom = lire_fiche_salarie(t, valeurs["salarie_id"]).nom
        raise ContratHorsDuMois(nom, str(Periode(valeurs["debut_le"], valeurs["fin_le"])))


def _ecrire(t: Transaction, mois: Mois, contrat: ContratAPayer, valeurs: dict[str, int]) -> bool:
    ligne = _ligne(t, contrat.contrat_id, mois)
    if ligne is None:
        if not any(valeurs.values()):
            return False
        ligne = SaisieMois(
            contrat_id=contrat.contrat_id, annee=mois.annee, mois=mois.mois, **valeurs
        )
        t.session.add(ligne)
    else:
        avant = {nom: getattr(ligne, nom) for nom in valeurs}
        if avant == valeurs:
            return False
        remplir(ligne, valeurs)
    t.session.flush()
    contrats = [contrat.contrat_id]
    marquer_a_recalculer(t, contrats=contrats, depuis=mois, motif=SAISIE_MODIFIEE)
    return True

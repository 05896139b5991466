"""Compute the bulletins of a month: drafts made or made again, validated ones kept aside."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, select, update

from app.noyau.periodes import Mois, Periode
from app.paie.models import Bulletin, LigneBulletin
from app.paie.rules import constats as k
from app.paie.rules.calcul import Bulletin as Calcule
from app.paie.rules.calcul import Moteur
from app.paie.rules.changements import (
    conges_modifies,
    cumuls_modifies,
    mois_ajoute,
    mois_ecarte,
)
from app.paie.rules.conges import CongesDuMois
from app.paie.rules.constats import ConstatDuMois
from app.paie.rules.etats import COURANTS, Etat, apres_calcul
from app.paie.rules.faits import meme_suite
from app.paie.rules.imputation import partager
from app.paie.rules.presence import heures_de_base
from app.paie.service.baremes import moteur
from app.paie.service.conges import conges_du_mois, ecrire_compteur
from app.paie.service.constats_prevoyance import de_prevoyance
from app.paie.service.exercices import constater_les_clos, exercices_clos
from app.paie.service.faits import (
    APayerAuMois,
    dossiers_du_mois,
    ecrire_cumuls,
    lire_cumuls,
    mots_des_contrats,
    mots_des_lignes,
)
from app.paie.service.raisons import marquer_a_recalculer
from app.paie.service.suivi_baremes import suivre_les_baremes
from app.salaries.service import valeurs_contrats_en_masse
from app.salaries.service import valeurs_en_masse as valeurs_salaries
from app.salaries.service.mois import ContratAPayer
from app.socle.fiches import en_chunks, inserer_en_masse, verser
from app.socle.taches import SANS_SUIVI, Suivi
from app.socle.transaction import Transaction

COLONNES_LIGNE = (
    *("bulletin_id", "rang", "code", "libelle", "rubrique", "organisme", "assiette_centimes"),
    *("taux_salarial_millioniemes", "montant_salarial_centimes"),
    *("taux_patronal_millioniemes", "montant_patronal_centimes", "contrat_prevoyance_id"),
)
LOT = 1_000
"""Bulletins in memory at once."""
SEUL = {"synchronize_session": False}
"""Statements on many rows that the session need not follow."""


@dataclass(frozen=True, slots=True)
class BilanCalcul:
    """What a calculation did; the findings say what it could not do, or what looks odd.

    `laisses`: validated, left as they are; `ecartes`: their contract covers the month no more.
    """

    mois: Mois
    calcules: int
    nouvelles_versions: int
    laisses: int
    ecartes: int
    constats: tuple[ConstatDuMois, ...]

    def en_donnees(self) -> dict[str, object]:
        """Return the machine-readable shape."""
        return {
            "mois": str(self.mois),
            "calcules": self.calcules,
            "nouvelles_versions": self.nouvelles_versions,
            "laisses": self.laisses,
            "ecartes": self.ecartes,
            "constats": [c.en_donnees() for c in self.constats],
        }


@dataclass(frozen=True, slots=True)
class _Existant:
    id: int
    contrat_id: int
    salarie_id: int
    employeur_id: int
    etat: Etat
    numero: int
    remplace_id: int | None
    repris: bool
    paye_le: date | None


def calculer_le_mois(
    t: Transaction,
    mois: Mois,
    employeurs: Collection[int] | None = None,
    *,
    contrats: Collection[int] | None = None,
    suivi: Suivi = SANS_SUIVI,
) -> BilanCalcul:
    """Compute the month of some employers (all when None), of some contracts only if given.

    Validated bulletins stay as they are; those to be recalculated get a new version and the
    former one is kept. Employers whose year is closed are left alone, and named.

    Raises:
        BaremeInconnu: the month lies outside the barèmes.
        TacheAnnulee: the person asked to stop; nothing was written.
    """
    actif = moteur()
    suivre_les_baremes(t, actif.baremes)
    suivi.etape("Lecture des contrats")
    prets, constats = dossiers_du_mois(t, mois, actif.baremes, employeurs)
    existants = _existants(t, mois, employeurs)
    prets, constats = _hors_exercices_clos(t, mois, prets, constats, existants)
    if contrats is not None:
        voulus = frozenset(contrats)
        prets = [p for p in prets if p.contrat.contrat_id in voulus]
        existants = {c: e for c, e in existants.items() if c in voulus}
        siens = {e.salarie_id for e in existants.values()} | {p.contrat.salarie_id for p in prets}
        constats = [c for c in constats if c.salarie_id is None or c.salarie_id in siens]
    a_faire = [p for p in prets if _est_a_calculer(existants.get(p.contrat.contrat_id))]
    versions = 0
    for debut in range(0, len(a_faire), LOT):
        suivi.etape("Calcul des bulletins", debut, len(a_faire))
        versions += _calculer_lot(t, actif, a_faire[debut : debut + LOT], existants, constats)
    nouveaux = [p.contrat.contrat_id for p in a_faire if p.contrat.contrat_id not in existants]
    # Paid leave goes on across years: a month that was missing touches all that follow.
    marquer_a_recalculer(t, contrats=nouveaux, depuis=mois.suivant(), motif=mois_ajoute(mois))
    ecartes = _ecarter_hors_contrat(t, mois, existants, {p.contrat.contrat_id for p in prets})
    suivi.etape("Calcul des bulletins", len(a_faire), len(a_faire))
    return BilanCalcul(
        mois,
        len(a_faire),
        versions,
        len(prets) - len(a_faire),
        len(ecartes),
        k.trier([*constats, *ecartes]),
    )


def _hors_exercices_clos(
    t: Transaction,
    mois: Mois,
    prets: list[APayerAuMois],
    constats: list[ConstatDuMois],
    existants: dict[int, _Existant],
) -> tuple[list[APayerAuMois], list[ConstatDuMois]]:
    """Leave out the employers whose year is closed; a finding says so, and nothing else."""
    clos = {e for e, _ in exercices_clos(t, annee=mois.annee)}
    if not clos:
        return prets, constats
    touches = {p.contrat.employeur_id for p in prets} | {e.employeur_id for e in existants.values()}
    for contrat in [c for c, e in existants.items() if e.employeur_id in clos]:
        del existants[contrat]
    restes = [c for c in constats if c.employeur_id not in clos]
    restes += constater_les_clos(t, touches & clos, mois.annee)
    return [p for p in prets if p.contrat.employeur_id not in clos], restes


def _est_a_calculer(existant: _Existant | None) -> bool:
    return existant is None or existant.etat is not Etat.VALIDE


def _existants(
    t: Transaction, mois: Mois, employeurs: Collection[int] | None
) -> dict[int, _Existant]:
    """Return the current bulletins of a month by contract."""
    requete = select(
        Bulletin.id,
        Bulletin.contrat_id,
        Bulletin.salarie_id,
        Bulletin.employeur_id,
        Bulletin.etat,
        Bulletin.numero,
        Bulletin.remplace_id,
        Bulletin.motif,
        Bulletin.paye_le,
    ).where(
        Bulletin.annee == mois.annee,
        Bulletin.mois == mois.mois,
        Bulletin.etat.in_([str(e) for e in COURANTS]),
    )
    if employeurs is not None:
        requete = requete.where(Bulletin.employeur_id.in_(employeurs))
    return {
        li.contrat_id: _Existant(
            id=li.id,
            contrat_id=li.contrat_id,
            salarie_id=li.salarie_id,
            employeur_id=li.employeur_id,
            etat=Etat(li.etat),
            numero=li.numero,
            remplace_id=li.remplace_id,
            repris=bool(li.motif),
            paye_le=li.paye_le,
        )
        for li in t.session.execute(requete)
    }


def _ecarter_hors_contrat(
    t: Transaction, mois: Mois, existants: dict[int, _Existant], presents: Collection[int]
) -> list[ConstatDuMois]:
    """Set aside the bulletins whose contract covers no day of the month any more."""
    restants = [e for c, e in existants.items() if c not in presents and e.etat is not Etat.VALIDE]
    contrats = valeurs_contrats_en_masse(t, [e.contrat_id for e in restants])
    periodes = {n: Periode(v["debut_le"], v["fin_le"]) for n, v in contrats.items()}
    hors = [e for e in restants if not periodes[e.contrat_id].recouvre(mois.periode)]
    if not hors:
        return []
    brouillons = [e.id for e in hors if e.etat is Etat.BROUILLON and not e.repris]
    _ecarter(t, brouillons, [e.id for e in hors if e.id not in brouillons])
    contrats_hors = [e.contrat_id for e in hors]
    suite = mois.suivant()
    marquer_a_recalculer(t, contrats=contrats_hors, depuis=suite, motif=mois_ecarte(mois))
    noms = {
        n: f"{v['nom_usage'] or v['nom_naissance']} {v['prenoms']}"
        for n, v in valeurs_salaries(t, sorted({e.salarie_id for e in hors})).items()
    }
    return [
        k.hors_contrat(
            e.employeur_id, e.salarie_id, noms[e.salarie_id], mois, periodes[e.contrat_id]
        )
        for e in hors
    ]


def _calculer_lot(
    t: Transaction,
    actif: Moteur,
    lot: Sequence[APayerAuMois],
    existants: dict[int, _Existant],
    constats: list[ConstatDuMois],
) -> int:
    """Compute and write some bulletins; returns how many are new versions."""
    lignes: list[dict[str, Any]] = []
    calculs: list[Calcule] = []
    brouillons: list[int] = []
    remplaces: list[int] = []
    conges = conges_du_mois(t, lot[0].dossier.mois, lot)
    for p in lot:
        existant = existants.get(p.contrat.contrat_id)
        calcule = actif.calculer(p.dossier)
        nouvelle, etat = apres_calcul(
            existant.etat if existant else None, repris=existant is not None and existant.repris
        )
        version: dict[str, Any] = {"numero": 1, "etat": str(etat), "remplace_id": None}
        version["paye_le"] = existant.paye_le if existant else None
        if existant is not None and nouvelle:
            remplaces.append(existant.id)
            version |= {"numero": existant.numero + 1, "remplace_id": existant.id}
        elif existant is not None:
            brouillons.append(existant.id)
            version |= {"numero": existant.numero, "remplace_id": existant.remplace_id}
        du_mois = conges[p.contrat.contrat_id]
        lignes.append(version | _colonnes(t, p, calcule) | _colonnes_conges(du_mois))
        calculs.append(calcule)
        constats += _anormaux(p.contrat, calcule, du_mois)
        if calcule.reintegration or p.dossier.contrat.prevoyances:
            constats += de_prevoyance(actif, p, calcule)
    _signaler_les_suivants(t, [*brouillons, *remplaces], lot, lignes)
    _ecarter(t, brouillons, remplaces)
    numeros = inserer_en_masse(t, Bulletin, lignes)
    verser(t, LigneBulletin, COLONNES_LIGNE, _details(actif, lot, calculs, numeros))
    return len(remplaces)


def _anormaux(c: ContratAPayer, calcule: Calcule, conges: CongesDuMois) -> list[ConstatDuMois]:
    """Point out what a result has of odd; it is written all the same."""
    constats, net = [], calcule.totaux.net_a_payer
    if net < 0:
        constats.append(k.net_negatif(c.employeur_id, c.salarie_id, c.nom, net))
    solde = conges.compteur.anterieurs + conges.compteur.en_cours
    if conges.pris and solde < 0:
        constats.append(k.conges_depasses(c.employeur_id, c.salarie_id, c.nom, solde))
    return constats


def _details(
    actif: Moteur, lot: Sequence[APayerAuMois], calculs: Sequence[Calcule], numeros: Sequence[int]
) -> list[tuple[Any, ...]]:
    """Return the rows of the lines of some bulletins, in the order of `COLONNES_LIGNE`."""
    mots = mots_des_lignes(actif)
    details: list[tuple[Any, ...]] = []
    for numero_id, p, calcule in zip(numeros, lot, calculs, strict=True):
        prevoyances = p.dossier.contrat.prevoyances
        siens = mots | mots_des_contrats(prevoyances) if prevoyances else mots
        contrats = {v.code: v.contrat_prevoyance_id or None for v in prevoyances}
        lignes = [li for entiere in calcule.lignes for li in partager(entiere, calcule.imputation)]
        details += [
            (numero_id, rang, li.code, *siens[li.code], *li[1:], contrats.get(li.code))
            for rang, li in enumerate(lignes)
        ]
    return details


def _signaler_les_suivants(
    t: Transaction,
    anciens: Sequence[int],
    lot: Sequence[APayerAuMois],
    lignes: Sequence[Mapping[str, Any]],
) -> None:
    """Mark the months after those whose figures moved, which they go on from.

    Figures of the year, up to December; paid leave, which goes on across years.
    """
    mois = lot[0].dossier.mois
    nouveaux = {ligne["contrat_id"]: ligne for ligne in lignes}
    cumuls, conges = [], []
    for morceau in en_chunks(anciens):
        requete = select(Bulletin.contrat_id, Bulletin.cumuls, Bulletin.compteur_conges)
        for contrat, avant, compteur in t.session.execute(requete.where(Bulletin.id.in_(morceau))):
            apres = nouveaux[contrat]
            if not meme_suite(lire_cumuls(avant), lire_cumuls(apres["cumuls"])):
                cumuls.append(contrat)
            if compteur is not None and compteur != apres["compteur_conges"]:
                conges.append(contrat)
    if cumuls:
        marquer_a_recalculer(t, contrats=cumuls, apres=mois, motif=cumuls_modifies(mois))
    if conges:
        suite = mois.suivant()
        marquer_a_recalculer(t, contrats=conges, depuis=suite, motif=conges_modifies(mois))


def _ecarter(t: Transaction, brouillons: list[int], remplaces: list[int]) -> None:
    """Delete the drafts made again; keep the validated versions as replaced."""
    supprimer_brouillons(t, brouillons)
    for morceau in en_chunks(remplaces):
        ecarter = update(Bulletin).where(Bulletin.id.in_(morceau))
        t.session.execute(ecarter.values(etat=str(Etat.REMPLACE)), execution_options=SEUL)


def supprimer_brouillons(t: Transaction, brouillons: Sequence[int]) -> None:
    """Delete drafts with their lines; nothing was validated, nothing is lost."""
    for morceau in en_chunks(brouillons):
        lignes = delete(LigneBulletin).where(LigneBulletin.bulletin_id.in_(morceau))
        t.session.execute(lignes, execution_options=SEUL)
        bulletins = delete(Bulletin).where(Bulletin.id.in_(morceau))
        t.session.execute(bulletins, execution_options=SEUL)


def _colonnes(t: Transaction, p: APayerAuMois, calcule: Calcule) -> dict[str, Any]:
    c, b, tot = p.contrat, calcule.brut, calcule.totaux
    return {
        "contrat_id": c.contrat_id,
        "salarie_id": c.salarie_id,
        "employeur_id": c.employeur_id,
        "annee": p.dossier.mois.annee,
        "mois": p.dossier.mois.mois,
        "motif": "",
        "calcule_a": t.maintenant.replace(tzinfo=None),
        "valide_a": None,
        "valide_par": "",
        "heures_centiemes": heures_de_base(c.heures_centiemes, p.dossier.contrat.presence)
        - p.dossier.elements.heures_absence,
        "heures_absence": p.dossier.elements.heures_absence,
        "base_centimes": b.base,
        "absences_centimes": b.absences,
        "heures_sup_centimes": b.exonerees,
        "primes_centimes": b.primes,
        "avantages_centimes": b.nature,
        "fin_contrat_centimes": b.fin_de_contrat,
        "conges_centimes": b.conges,
        "brut_centimes": tot.brut,
        "plafond_centimes": calcule.plafond,
        "cotisations_salarie_centimes": tot.cotisations_salarie,
        "cotisations_employeur_centimes": tot.cotisations_employeur,
        "montant_net_social_centimes": tot.montant_net_social,
        "net_avant_impot_centimes": tot.net_a_payer_avant_impot,
        "net_imposable_centimes": tot.net_imposable,
        "taux_impot_millioniemes": tot.taux_impot,
        "impot_centimes": tot.impot,
        "indemnites_centimes": p.dossier.elements.indemnites,
        "acompte_centimes": p.dossier.elements.acompte,
        "net_a_payer_centimes": tot.net_a_payer,
        "cout_employeur_centimes": tot.cout_employeur,
        "coefficient_reduction": calcule.coefficient_reduction,
        "cumuls": ecrire_cumuls(calcule.cumuls),
    }


def _colonnes_conges(conges: CongesDuMois) -> dict[str, Any]:
    return {
        "conges_acquis": conges.acquis,
        "conges_pris": conges.pris,
        "conges_anterieurs": conges.compteur.anterieurs,
        "conges_en_cours": conges.compteur.en_cours,
        "compteur_conges": ecrire_compteur(conges.compteur),
    }

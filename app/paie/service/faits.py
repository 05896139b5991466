"""From records to facts: what the engine needs of each contract of a month, many at once."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import func, select

from app.employeurs import service as employeurs
from app.noyau.argent import arrondi
from app.noyau.periodes import Mois, Periode
from app.paie.models import Bulletin, SaisieMois
from app.paie.rules import constats as k
from app.paie.rules.baremes import Baremes
from app.paie.rules.calcul import Moteur
from app.paie.rules.constats import ConstatDuMois
from app.paie.rules.etats import COURANTS
from app.paie.rules.faits import (
    CDD,
    HEURES_TEMPS_PLEIN,
    TAUX_PLEIN,
    Cumuls,
    Dossier,
    Elements,
    FaitsContrat,
    FaitsEmployeur,
    LignePrevoyance,
)
from app.paie.rules.imputation import (
    LIBELLE_RETRAITE,
    ORGANISME_RETRAITE,
    PART_RETRAITE,
    REDUCTION,
)
from app.paie.rules.particularites import non_couvert
from app.paie.rules.presence import presence
from app.paie.rules.prevoyance import RETRAITE, SANTE
from app.paie.rules.saisie import manifestations_de
from app.paie.service.minima import sous_les_minima
from app.prevoyance.rules.lignes import LigneDuMois
from app.prevoyance.service import lignes_du_mois
from app.salaries.service.mois import ContratAPayer, contrats_a_payer
from app.socle.transaction import Transaction

ALSACE_MOSELLE = ("57", "67", "68")
"""Départements of the local régime (CSS, art. L325-1)."""
_PREVOYANCE = tuple(f.name for f in fields(LignePrevoyance))
_CUMULS = tuple(f.name for f in fields(Cumuls))
_SAISIES = ("heures_sup_25", "heures_sup_50", "heures_compl_10", "heures_compl_25")


@dataclass(frozen=True, slots=True)
class APayerAuMois:
    """A contract of a month with the facts of its bulletin."""

    contrat: ContratAPayer
    dossier: Dossier


def lire_cumuls(texte: str | None) -> Cumuls:
    """Read the year so far as a bulletin keeps it."""
    return Cumuls(**json.loads(texte)) if texte else Cumuls()


def ecrire_cumuls(cumuls: Cumuls) -> str:
    """Write the year so far as a bulletin keeps it."""
    donnees = {nom: getattr(cumuls, nom) for nom in _CUMULS}
    donnees |= {"assiettes": dict(cumuls.assiettes), "lignes": dict(cumuls.lignes)}
    return json.dumps(donnees, separators=(",", ":"))


def mots_des_lignes(actif: Moteur) -> dict[str, tuple[str, str, str]]:
    """Return the label, the heading and the organisme of the lines of the law, by code."""
    mots = {c.code: (c.libelle, c.rubrique, c.organisme) for c in actif.baremes.cotisations}
    mots[PART_RETRAITE] = (LIBELLE_RETRAITE, mots[REDUCTION][1], ORGANISME_RETRAITE)
    return mots


def mots_des_contrats(lignes: Sequence[LignePrevoyance]) -> dict[str, tuple[str, str, str]]:
    """Return those of the lines of contracts: under « Santé », or « Retraite »."""
    return {
        p.code: (
            p.libelle,
            "retraite" if p.nature == RETRAITE else "sante",
            "mutuelle" if p.nature == SANTE else "prevoyance",
        )
        for p in lignes
    }


def dossiers_du_mois(
    t: Transaction, mois: Mois, baremes: Baremes, concernes: Collection[int] | None = None
) -> tuple[list[APayerAuMois], list[ConstatDuMois]]:
    """Return the facts of every contract to be paid for a month, and what prevents some.

    `concernes`: numbers of employers, all when None.
    """
    contrats = contrats_a_payer(t, mois, concernes)
    fiches = employeurs.valeurs_en_masse(t, sorted({c.employeur_id for c in contrats}))
    saisies = _saisies(t, mois)
    cumuls = _cumuls(t, mois)
    smic = baremes.valeur("smic_horaire", mois.fin)
    sans_taux = {n for n, f in fiches.items() if f["taux_at_millioniemes"] is None}
    constats = [k.taux_manquant(n, fiches[n]["raison_sociale"]) for n in sorted(sans_taux)]
    calculables = [c for c in contrats if c.employeur_id not in sans_taux]
    prevoyances = lignes_du_mois(t, mois, [c.contrat_id for c in calculables])
    prets: list[APayerAuMois] = []
    for contrat in calculables:
        dossier = Dossier(
            mois,
            _employeur(fiches[contrat.employeur_id]),
            _contrat(contrat, mois, prevoyances.get(contrat.contrat_id, ())),
            _elements(contrat, mois, saisies.get(contrat.contrat_id)),
            lire_cumuls(cumuls.get(contrat.contrat_id)),
        )
        refus = non_couvert(dossier.contrat)
        if refus is not None:
            constats.append(
                k.non_couvert(contrat.employeur_id, contrat.salarie_id, contrat.nom, refus)
            )
            continue
        prets.append(APayerAuMois(contrat, dossier))
        constats += _sous_le_smic(contrat, smic)
    constats += sous_les_minima(
        t, [(c, fiches[c.employeur_id]["idcc"]) for c in calculables], mois.fin, smic
    )
    constats += _chevauchements(calculables)
    constats += _mois_manquants(t, mois, calculables, fiches)
    return prets, constats


def _sous_le_smic(contrat: ContratAPayer, smic: int) -> list[ConstatDuMois]:
    """Point out a salary under the SMIC of its hours; a euro of rounding is let go."""
    minimum = arrondi(smic * contrat.heures_centiemes, 100)
    if contrat.salaire_centimes >= minimum - 100:
        return []
    constat = k.sous_le_smic(
        contrat.employeur_id,
        contrat.salarie_id,
        contrat.nom,
        salaire=contrat.salaire_centimes,
        minimum=minimum,
    )
    return [constat]


def _chevauchements(contrats: Sequence[ContratAPayer]) -> list[ConstatDuMois]:
    par_salarie: dict[int, list[ContratAPayer]] = defaultdict(list)
    for contrat in contrats:
        par_salarie[contrat.salarie_id].append(contrat)
    trouves = [
        k.chevauchement(
            siens[0].employeur_id,
            salarie,
            siens[0].nom,
            [Periode(c.debut_le, c.fin_le) for c in siens],
        )
        for salarie, siens in par_salarie.items()
        if len(siens) > 1
    ]
    return [c for c in trouves if c is not None]


def _mois_manquants(
    t: Transaction,
    mois: Mois,
    contrats: Sequence[ContratAPayer],
    fiches: Mapping[int, Mapping[str, Any]],
) -> list[ConstatDuMois]:
    """Point out, once an employer, contracts without a bulletin for a month before in the year."""
    requete = (
        select(Bulletin.contrat_id, func.count())
        .where(
            Bulletin.annee == mois.annee,
            Bulletin.mois < mois.mois,
            Bulletin.etat.in_([str(e) for e in COURANTS]),
        )
        .group_by(Bulletin.contrat_id)
    )
    faits = {int(contrat): int(n) for contrat, n in t.session.execute(requete)}
    manques = Counter(
        c.employeur_id
        for c in contrats
        if faits.get(c.contrat_id, 0) < k.mois_attendus(mois, c.debut_le)
    )
    return [k.mois_manquants(n, fiches[n]["raison_sociale"], m) for n, m in manques.items()]


def _employeur(fiche: Mapping[str, Any]) -> FaitsEmployeur:
    return FaitsEmployeur(
        effectif=int(fiche["effectif"]),
        taux_at=int(fiche["taux_at_millioniemes"]),
        association=fiche["forme"] != "comite",
        alsace_moselle=str(fiche["code_postal"]).startswith(ALSACE_MOSELLE),
        idcc=fiche["idcc"] or None,
        zone_pas=_zone(str(fiche["code_postal"])),
    )


def _zone(code_postal: str) -> str:
    if code_postal.startswith(("971", "972", "974")):
        return "antilles_reunion"
    return "guyane_mayotte" if code_postal.startswith(("973", "976")) else "metropole"


def _contrat(
    contrat: ContratAPayer, mois: Mois, prevoyances: Sequence[LigneDuMois]
) -> FaitsContrat:
    vue = presence(mois, contrat.debut_le, contrat.fin_le)
    quotite = arrondi(contrat.heures_centiemes * TAUX_PLEIN, HEURES_TEMPS_PLEIN)
    return FaitsContrat(
        salaire=contrat.salaire_centimes,
        nature=contrat.nature,
        cadre=contrat.cadre,
        quotite=max(1, min(quotite, TAUX_PLEIN)),
        presence=arrondi(vue.jours * TAUX_PLEIN, mois.periode.jours()),
        taux_pas=contrat.taux_pas_millioniemes,
        statut=contrat.statut_paie,
        usage=contrat.usage,
        jours=Periode(contrat.debut_le, contrat.fin_le).jours(),
        prevoyances=tuple(map(_prevoyance, prevoyances)),
    )


def _prevoyance(ligne: LigneDuMois) -> LignePrevoyance:
    """Return a line of prévoyance as the engine reads it: the same fields, by name."""
    return LignePrevoyance(**{nom: getattr(ligne, nom) for nom in _PREVOYANCE})


def _elements(contrat: ContratAPayer, mois: Mois, saisie: SaisieMois | None) -> Elements:
    dernier_mois = contrat.nature == CDD and contrat.fin_le <= mois.fin
    if saisie is None:
        return Elements(fin_de_contrat=dernier_mois)
    absence = 0
    if contrat.heures_centiemes:
        absence = arrondi(
            contrat.salaire_centimes * saisie.heures_absence, contrat.heures_centiemes
        )
    return Elements(
        **{nom: getattr(saisie, nom) for nom in _SAISIES},
        absences=absence,
        heures_absence=saisie.heures_absence,
        primes=saisie.primes_centimes,
        avantages_nature=saisie.avantages_centimes,
        indemnites=saisie.indemnites_centimes,
        acompte=saisie.acompte_centimes,
        fin_de_contrat=dernier_mois,
        manifestations=manifestations_de(saisie.manifestations),
    )


def _saisies(t: Transaction, mois: Mois) -> dict[int, SaisieMois]:
    requete = select(SaisieMois).where(SaisieMois.annee == mois.annee, SaisieMois.mois == mois.mois)
    return {s.contrat_id: s for s in t.session.scalars(requete)}


def _cumuls(t: Transaction, mois: Mois) -> dict[int, str]:
    """Return the year so far by contract: that of the latest bulletin before the month."""
    if mois.mois == 1:
        return {}
    requete = (
        select(Bulletin.contrat_id, Bulletin.cumuls)
        .where(
            Bulletin.annee == mois.annee,
            Bulletin.mois < mois.mois,
            Bulletin.etat.in_([str(e) for e in COURANTS]),
        )
        .order_by(Bulletin.mois)
    )
    return {int(contrat): cumuls for contrat, cumuls in t.session.execute(requete)}

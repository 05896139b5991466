"""From records to facts: what the engine needs of each contract of a month, many at once."""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select

from app.employeurs import service as employeurs
from app.noyau.argent import Centimes, afficher_euros, arrondi
from app.noyau.erreurs import Constat
from app.noyau.periodes import Mois
from app.paie.models import Bulletin, SaisieMois
from app.paie.rules.baremes import Baremes
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
)
from app.paie.rules.presence import presence
from app.salaries.service.mois import ContratAPayer, contrats_a_payer
from app.socle.transaction import Transaction

ALSACE_MOSELLE = ("57", "67", "68")
"""Départements of the local régime (CSS, art. L325-1)."""
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
    donnees = asdict(cumuls) | {
        "assiettes": dict(cumuls.assiettes),
        "lignes": dict(cumuls.lignes),
    }
    return json.dumps(donnees, separators=(",", ":"))


def dossiers_du_mois(
    t: Transaction, mois: Mois, baremes: Baremes, concernes: Collection[int] | None = None
) -> tuple[list[APayerAuMois], list[Constat]]:
    """Return the facts of every contract to be paid for a month, and what prevents some.

    `concernes`: numbers of employers, all when None.
    """
    contrats = contrats_a_payer(t, mois, concernes)
    fiches = employeurs.valeurs_en_masse(t, sorted({c.employeur_id for c in contrats}))
    saisies = _saisies(t, mois)
    cumuls = _cumuls(t, mois)
    smic = baremes.valeur("smic_horaire", mois.fin)
    prets: list[APayerAuMois] = []
    constats: list[Constat] = []
    sans_taux: set[int] = set()
    for contrat in contrats:
        fiche = fiches[contrat.employeur_id]
        if fiche["taux_at_millioniemes"] is None:
            if contrat.employeur_id not in sans_taux:
                sans_taux.add(contrat.employeur_id)
                constats.append(_taux_manquant(fiche))
            continue
        elements = _elements(contrat, mois, saisies.get(contrat.contrat_id))
        dossier = Dossier(
            mois,
            _employeur(fiche),
            _contrat(contrat, mois),
            elements,
            lire_cumuls(cumuls.get(contrat.contrat_id)),
        )
        prets.append(APayerAuMois(contrat, dossier))
        constats += _sous_le_smic(contrat, smic)
    return prets, constats


def _taux_manquant(fiche: Mapping[str, Any]) -> Constat:
    return Constat(
        "PAI-110",
        f"Le taux AT/MP de « {fiche['raison_sociale']} » n'est pas renseigné : "
        "ses bulletins n'ont pas été calculés.",
        "Saisissez-le dans sa fiche administrative, onglet « Identité », puis recalculez.",
    )


def _sous_le_smic(contrat: ContratAPayer, smic: int) -> list[Constat]:
    """Point out a salary under the SMIC of its hours: a warning, the bulletin is computed."""
    minimum = arrondi(smic * contrat.heures_centiemes, 100)
    if contrat.salaire_centimes >= minimum - 100:
        return []
    return [
        Constat(
            "PAI-111",
            f"{contrat.nom} : {afficher_euros(Centimes(contrat.salaire_centimes))} de brut, sous "
            f"le SMIC de ses heures ({afficher_euros(Centimes(minimum))}).",
            "Vérifiez le salaire et les heures du contrat.",
        )
    ]


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


def _contrat(contrat: ContratAPayer, mois: Mois) -> FaitsContrat:
    vue = presence(mois, contrat.debut_le, contrat.fin_le)
    quotite = arrondi(contrat.heures_centiemes * TAUX_PLEIN, HEURES_TEMPS_PLEIN)
    return FaitsContrat(
        salaire=contrat.salaire_centimes,
        nature=contrat.nature,
        cadre=contrat.cadre,
        quotite=max(1, min(quotite, TAUX_PLEIN)),
        presence=arrondi(vue.jours * TAUX_PLEIN, mois.periode.jours()),
        taux_pas=contrat.taux_pas_millioniemes,
    )


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

"""What a calculation points out about the contracts of prévoyance of an employee."""

from app.paie.rules import constats as k
from app.paie.rules.calcul import Bulletin, Moteur
from app.paie.rules.constats import ConstatDuMois
from app.paie.rules.prevoyance import PREVOYANCE, a_un_contrat, manque_au_minimum_des_cadres
from app.paie.service.faits import APayerAuMois

MINIMUM_DES_CADRES = "prevoyance_cadres"
"""Cotisation that bears the rate of the minimum."""


def de_prevoyance(actif: Moteur, p: APayerAuMois, calcule: Bulletin) -> list[ConstatDuMois]:
    """Point out a cadre under the minimum, and what joined the social base."""
    c = p.contrat
    constats = []
    manque = _manque(actif, p, calcule)
    if manque:
        constats.append(k.sous_le_minimum_des_cadres(c.employeur_id, c.salarie_id, c.nom, manque))
    if calcule.reintegration:
        constats.append(
            k.prevoyance_reintegree(c.employeur_id, c.salarie_id, c.nom, calcule.reintegration)
        )
    return constats


def _manque(actif: Moteur, p: APayerAuMois, calcule: Bulletin) -> int:
    """Return what lacks to the minimum of cadres, 0 when no contract replaces the default line."""
    d = p.dossier
    if not (d.contrat.cadre and a_un_contrat(d.contrat.prevoyances, PREVOYANCE)):
        return 0
    cotisation = next(c for c in actif.baremes.cotisations if c.code == MINIMUM_DES_CADRES)
    taux = cotisation.patronale.a(d.mois.fin)
    if taux is None:
        return 0
    patronales = {li.code: li.patronal for li in calcule.lignes}
    montants = [(v, patronales.get(v.code, 0)) for v in d.contrat.prevoyances]
    base = calcule.cumuls.assiettes["tranche_1"] - d.cumuls.assiettes.get("tranche_1", 0)
    return manque_au_minimum_des_cadres(montants, base, calcule.totaux.brut, taux[1])

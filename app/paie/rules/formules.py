"""Formulas of the lines whose rate or amount is not a plain base × rate.

One function a formula, in one table: a cotisation of the data files names it. Each receives
what the month knows and the rates of the entry, and returns rates and amounts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from app.noyau.argent import arrondi
from app.paie.rules import reductions
from app.paie.rules.baremes import Baremes
from app.paie.rules.faits import TAUX_PLEIN, Dossier
from app.paie.rules.imputation import PART_RETRAITE, REDUCTION, Imputation
from app.paie.rules.particularites import COMMUNE, Situation
from app.paie.rules.reductions import Reference

RETRAITE_REDUITE = 60_100
"""Rate of Agirc-Arrco in the réduction générale: 4,72 % + 1,29 % (CSS, art. D241-7)."""


SANS_REFERENCE = Reference(0, 0)
"""Before pay and SMIC of the year are measured."""


class Montants(NamedTuple):
    """Rates in millionths, amounts in centimes; a reduction is negative."""

    taux_salarial: int
    salarial: int
    taux_patronal: int
    patronal: int


@dataclass
class Contexte:
    """What the formulas of one bulletin know. Amounts in centimes."""

    dossier: Dossier
    jour: date
    baremes: Baremes
    figures: Mapping[str, int | None]
    bases: dict[str, int] = field(default_factory=dict)
    reference: Reference = SANS_REFERENCE
    situation: Situation = COMMUNE
    retraite_salariale: int = 0
    valeurs: dict[str, int] = field(default_factory=dict)

    def valeur(self, code: str) -> int:
        """Return a figure on the bulletin's day.

        Raises:
            BaremeInconnu: not known yet, or repealed.
        """
        trouve = self.figures[code]
        return self.baremes.valeur(code, self.jour) if trouve is None else trouve

    def valeur_ou_rien(self, code: str) -> int | None:
        """Return a figure on the bulletin's day, None when it is not in force."""
        return self.figures[code]


class Taux(NamedTuple):
    """Rates of an entry on the bulletin's day, millionths."""

    salarial: int
    patronal: int


Formule = Callable[[Contexte, int, Taux], Montants]


def _patronal(assiette: int, taux: int) -> Montants:
    return Montants(0, 0, taux, arrondi(assiette * taux, TAUX_PLEIN))


def _sous_plafond(c: Contexte, taux: int, reduit: str, plafond: str) -> int:
    """Return the reduced rate while the year's pay stays under some SMIC."""
    taux_reduit = c.valeur_ou_rien(reduit)
    if taux_reduit is None:
        return taux
    smic = c.valeurs["smic_bandeaux_12"]
    limite = c.valeur(plafond) * smic
    return taux_reduit if c.reference.brut * 12 * 100 <= limite else taux


def _maladie(c: Contexte, assiette: int, taux: Taux) -> Montants:
    reduit, plafond = "maladie_taux_reduit", "maladie_plafond_smic"
    return _patronal(assiette, _sous_plafond(c, taux.patronal, reduit, plafond))


def _famille(c: Contexte, assiette: int, taux: Taux) -> Montants:
    reduit, plafond = "famille_taux_reduit", "famille_plafond_smic"
    return _patronal(assiette, _sous_plafond(c, taux.patronal, reduit, plafond))


def _accidents(c: Contexte, assiette: int, _taux: Taux) -> Montants:
    return _patronal(assiette, c.dossier.employeur.taux_at)


def _mobilite(c: Contexte, assiette: int, _taux: Taux) -> Montants:
    return _patronal(assiette, c.dossier.employeur.taux_versement_mobilite)


APPRENTISSAGE = ((50_000, 0), (30_000, 500), (20_000, 1_000), (10_000, 2_000))
"""Share of apprentices from which a lower rate applies, and that rate, millionths."""


def _apprentissage(c: Contexte, assiette: int, taux: Taux) -> Montants:
    """Apply the rate that the share of apprentices gives.

    Source:
        Code du travail, art. L6242-1: 0,4 % under 1 %, 0,6 % from 2 000 employees on.
    """
    employeur = c.dossier.employeur
    for seuil, reduit in APPRENTISSAGE:
        if employeur.part_alternants >= seuil:
            return _patronal(assiette, reduit)
    grande = employeur.effectif >= 2_000
    return _patronal(assiette, taux.patronal * 3 // 2 if grande else taux.patronal)


def _mutuelle(_c: Contexte, assiette: int, taux: Taux) -> Montants:
    """Share a fixed amount: the employer's part is what the employee does not pay."""
    part = arrondi(assiette * taux.salarial, TAUX_PLEIN)
    return Montants(taux.salarial, part, taux.patronal, assiette - part)


def _reduction_generale(c: Contexte, _assiette: int, _taux: Taux) -> Montants:
    coefficient, _maximum = coefficient_de_reduction(c)
    totale = reductions.reduction(c.reference.brut, coefficient)
    deja = c.dossier.cumuls.lignes.get("reduction_generale", 0)
    return Montants(0, 0, -coefficient * 100, -(totale + deja))


def coefficient_de_reduction(c: Contexte) -> tuple[int, int]:
    """Return the coefficient (ten-thousandths) and its greatest value (millionths)."""
    plafond = c.valeur("reduction_plafond_smic")
    grande = c.dossier.employeur.effectif >= c.valeur("reduction_seuil_effectif") // 100
    suffixe = "grandes" if grande else "petites"
    t_min = c.valeur_ou_rien("rgdu_t_min")
    if t_min is None:
        t = c.valeur(f"reduction_t_{suffixe}")
        return reductions.coefficient_avant_2026(c.reference, t, plafond), t
    delta = c.valeur(f"rgdu_t_delta_{suffixe}")
    puissance = c.valeur("rgdu_puissance")
    coefficient = reductions.coefficient_rgdu(c.reference, t_min, delta, plafond, puissance)
    return coefficient, t_min + delta


def imputer_a_la_retraite(c: Contexte, montant: int) -> tuple[Imputation, int]:
    """Return the part of the month's reduction for Agirc-Arrco, and that of the year so far.

    Args:
        c: the month.
        montant: reduction of the month, centimes, negative; zero when it has none.
    """
    lignes = c.dossier.cumuls.lignes
    avant = lignes.get(REDUCTION, 0)
    if not montant:
        return Imputation(), lignes.get(PART_RETRAITE, 0)
    coefficient, maximum = coefficient_de_reduction(c)
    taux = -reductions.part_retraite(coefficient * 100, RETRAITE_REDUITE, maximum)
    deja = lignes.get(PART_RETRAITE)
    if deja is None:  # bulletins of before this split
        deja = reductions.part_retraite(avant, RETRAITE_REDUITE, maximum)
    total = reductions.part_retraite(avant + montant, RETRAITE_REDUITE, maximum)
    return Imputation(taux, total - deja), total


def _reduction_heures(c: Contexte, assiette: int, _taux: Taux) -> Montants:
    """Reduce the employee's old-age contributions on overtime, at most 11,31 %.

    The rate is that of the contributions really due: their amount over the pay.
    """
    brut = c.bases["brut"]
    if not assiette or brut <= 0:
        return Montants(0, 0, 0, 0)
    reel = arrondi(c.retraite_salariale * TAUX_PLEIN, brut)
    taux = min(reel, c.valeur("reduction_heures_sup_maximum"))
    return Montants(-taux, -arrondi(assiette * taux, TAUX_PLEIN), 0, 0)


def _deduction_heures(c: Contexte, _assiette: int, _taux: Taux) -> Montants:
    """Deduct a fixed amount per hour of overtime (not complementary hours)."""
    elements, effectif = c.dossier.elements, c.dossier.employeur.effectif
    heures = elements.heures_sup_25 + elements.heures_sup_50
    if effectif < 20:
        par_heure = c.valeur("deduction_heures_sup_petites")
    else:
        maximum = c.valeur_ou_rien("deduction_heures_sup_effectif_max")
        concernee = maximum is None or effectif <= maximum // 100
        par_heure = c.valeur_ou_rien("deduction_heures_sup_grandes") or 0
        par_heure = par_heure if concernee else 0
    return Montants(0, 0, 0, -arrondi(heures * par_heure, 100))


FORMULES: Mapping[str, Formule] = {
    "taux_maladie": _maladie,
    "taux_famille": _famille,
    "taux_accidents_travail": _accidents,
    "taux_versement_mobilite": _mobilite,
    "contribution_apprentissage": _apprentissage,
    "mutuelle": _mutuelle,
    "reduction_generale": _reduction_generale,
    "reduction_heures_supplementaires": _reduction_heures,
    "deduction_heures_supplementaires": _deduction_heures,
}
"""Every formula by the name that data files give it."""

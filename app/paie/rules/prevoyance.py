"""What contracts of prévoyance do to a bulletin: lines, social base, CSG, forfait social, tax.

Rules:
- « Forfait social »: the employer's part bears it only with the option, on what stays out of the
  social base (CSS, art. L137-15 and L137-16: 8 % from 11 employees, 20 % for retirement).
- « Intégration CSG/CRDS »: the employer's part joins the base of the CSG only with the option,
  without the allowance of 1,75 % (CSS, art. L136-1-1 and L136-2).
- « Déduction du net imposable PO »: the employee's part is taken off the taxable net, or not.
- « Déduction du net imposable PP »: the employer's part of prévoyance and retirement stays out
  of the taxable net, or joins it; that of santé always joins it (CGI, art. 83, 1° quater).
- T2 of a contract ends at four plafonds, regularised over the year as the other bases are
  (limit written in each branch text, see `app/prevoyance/rules/regimes`); in a contract outside
  branches it is tranche B, of the same limits.
- What exceeds the limits of the year joins the social base (CSS, art. D242-1) and the taxable
  net (CGI, art. 83, 1° quater and 2°). Limits are those of the year so far: plafond and pay
  since January, less what was taken before, so that twelve months equal one year.
- Montant net social: from July to December 2023 the employee's part of other than santé was not
  taken off and the employer's was added (arrêté du 31/01/2023); since January 2024 employee's
  parts are all taken off, employer's never added (BOSS, montant net social, 14/11/2023).
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.noyau.argent import arrondi
from app.noyau.periodes import Mois
from app.paie.rules.assiettes import CUMULEES, Mesures
from app.paie.rules.faits import RIEN, TAUX_PLEIN, Cumuls, LignePrevoyance
from app.paie.rules.formules import Contexte

PREVOYANCE, SANTE, RETRAITE = "prevoyance", "sante", "retraite_sup"
FORFAIT = "forfait"
TRANCHE_2_CONTRAT = "tranche_2_a_4"
"""The trade's tranche B: from one to four plafonds, where Agirc-Arrco's goes to eight."""
BASES: Mapping[str, str] = {
    "t1": "tranche_1",
    "t2": TRANCHE_2_CONTRAT,
    "t1_a_t4": "tranche_1_a_4",
    "brut": "brut",
    "pmss": "pmss",
    FORFAIT: FORFAIT,
}
"""Name of the engine's base, by the name that contracts give it."""
FAMILLES: Mapping[str, tuple[str, ...]] = {PREVOYANCE: (PREVOYANCE, SANTE), RETRAITE: (RETRAITE,)}
"""Natures that share the limits of the year."""
SUIVIES = ("patronal", "reintegre", "deduit", "imposable")
"""What is followed over the year, by family."""
_NET_SOCIAL_2023 = (Mois(2023, 7), Mois(2023, 12))


class Montant(NamedTuple):
    """A line with its base and its amounts, centimes."""

    ligne: LignePrevoyance
    assiette: int
    salarial: int
    patronal: int


class Effets(NamedTuple):
    """What the lines of a month do, centimes.

    `reintegre` joins the social base, `csg` that of the CSG; `forfait_social` and
    `forfait_retraite` are the bases of the 8 % and the 20 %; `imposable` is added to the gross
    less employee's contributions; `net_social` likewise. `suivies` continues the year so far.
    """

    montants: tuple[Montant, ...] = ()
    reintegre: int = 0
    csg: int = 0
    forfait_social: int = 0
    forfait_retraite: int = 0
    imposable: int = 0
    net_social: int = 0
    suivies: Mapping[str, int] = RIEN


AUCUN = Effets()
"""No contract, now or before in the year."""


def cle(famille: str, suivie: str) -> str:
    """Return the name that the year so far gives to a figure of a family."""
    return f"{famille}_{suivie}"


_TEMOIN = cle(PREVOYANCE, "patronal")


def est_concerne(lignes: Sequence[LignePrevoyance], cumuls: Cumuls) -> bool:
    """Tell whether contracts touch a bulletin: now, or by the limits of the year."""
    return bool(lignes) or _TEMOIN in cumuls.assiettes


def _reintegre_avant(cumuls: Cumuls) -> int:
    return sum(cumuls.assiettes.get(cle(f, "reintegre"), 0) for f in FAMILLES)


def de_la_paie_seule(mesures: Mesures, cumuls: Cumuls) -> Mesures:
    """Return the figures of the year without what joined the social base before."""
    return mesures._replace(brut_cumule=mesures.brut_cumule - _reintegre_avant(cumuls))


def appliquer(c: Contexte, mesures: Mesures) -> Effets:
    """Return what the contracts of prévoyance do to a bulletin.

    Args:
        c: what the bulletin knows; its `bases` hold those of the month.
        mesures: figures of the month and the year, see `de_la_paie_seule`.
    """
    d = c.dossier
    bases = _bases(c, mesures)
    montants = tuple(m for p in d.contrat.prevoyances if any((m := _montant(p, bases))[2:]))
    suivies: dict[str, int] = {}
    effets = {"csg": 0, "forfait": 0, "retraite": 0, "reintegre": 0}
    imposable = sum(m.salarial + m.patronal - _deduit(m) for m in montants)
    for famille, natures in FAMILLES.items():
        siens = [m for m in montants if m.ligne.nature in natures]
        du_mois = _de_la_famille(c, famille, siens, mesures)
        suivies |= {cle(famille, nom): montant for nom, montant in du_mois.items()}
        imposable += du_mois["imposable"]
        effets["reintegre"] += du_mois["reintegre"]
        effets["csg"] += _csg(siens, du_mois["reintegre"])
        forfait = "forfait" if famille == PREVOYANCE else "retraite"
        effets[forfait] += _forfait(siens, du_mois["reintegre"])
    return Effets(
        montants,
        effets["reintegre"],
        effets["csg"],
        effets["forfait"],
        effets["retraite"],
        imposable,
        _net_social(montants, d.mois),
        suivies,
    )


def _bases(c: Contexte, mesures: Mesures) -> dict[str, int]:
    """Return the bases of contracts: those of the pay alone, never of what was reintegrated."""
    bases = {nom: c.bases[nom] for nom in (*CUMULEES, "brut")}
    if _reintegre_avant(c.dossier.cumuls):
        avant = mesures._replace(
            brut_cumule=mesures.brut_cumule - mesures.brut,
            plafond_cumule=mesures.plafond_cumule - mesures.plafond,
        )
        bases |= {nom: f(mesures) - f(avant) for nom, f in CUMULEES.items()}
    bases[TRANCHE_2_CONTRAT] = bases["tranche_1_a_4"] - bases["tranche_1"]
    return bases | {"pmss": c.valeur("plafond_mensuel")}


def _montant(p: LignePrevoyance, bases: Mapping[str, int]) -> Montant:
    if p.base == FORFAIT:
        total = p.montant_salarial + p.montant_patronal
        return Montant(p, total, p.montant_salarial, p.montant_patronal)
    assiette = bases[BASES[p.base]]
    salarial = arrondi(assiette * p.taux_salarial, TAUX_PLEIN)
    return Montant(p, assiette, salarial, arrondi(assiette * p.taux_patronal, TAUX_PLEIN))


def _deduit(m: Montant) -> int:
    """Return what the options take off the taxable net, which the limit is about."""
    p = m.ligne
    patronal = m.patronal if p.deduction_pp and p.nature != SANTE else 0
    return patronal + (m.salarial if p.deduction_po else 0)


def _de_la_famille(
    c: Contexte, famille: str, montants: Sequence[Montant], mesures: Mesures
) -> dict[str, int]:
    """Return the figures of a family for the month, by the names of `SUIVIES`."""
    deja = c.dossier.cumuls.assiettes
    avant = {nom: deja.get(cle(famille, nom), 0) for nom in SUIVIES}
    patronal = sum(m.patronal for m in montants)
    deduit = sum(_deduit(m) for m in montants)
    sociale, fiscale = limites(c, famille, mesures.plafond_cumule, mesures.brut_cumule)
    return {
        "patronal": patronal,
        "reintegre": max(0, avant["patronal"] + patronal - sociale) - avant["reintegre"],
        "deduit": deduit,
        "imposable": max(0, avant["deduit"] + deduit - fiscale) - avant["imposable"],
    }


def limites(c: Contexte, famille: str, plafond: int, brut: int) -> tuple[int, int]:
    """Return what stays out of the social base and of the taxable net, centimes.

    Args:
        c: what the bulletin knows.
        famille: a key of `FAMILLES`.
        plafond: plafond of the year so far.
        brut: pay of the year so far, without what was reintegrated.

    Source:
        CSS, art. D242-1: 6 % of the plafond and 1,5 % of the pay, at most 12 % of the plafond;
        retirement: 5 % of the plafond, or of the pay up to five plafonds.
        CGI, art. 83, 1° quater: 5 % of the plafond and 2 % of the pay, at most 2 % of eight
        plafonds; 2°: 8 % of the pay up to eight plafonds.
    """
    plafond, brut = max(0, plafond), max(0, brut)
    if famille == RETRAITE:
        base = max(plafond, min(brut, 5 * plafond))
        sociale = arrondi(base * c.valeur("retraite_sup_exclusion"), TAUX_PLEIN)
        fiscale = arrondi(min(brut, 8 * plafond) * c.valeur("retraite_sup_deduction"), TAUX_PLEIN)
        return sociale, fiscale
    taux = c.valeur("prevoyance_exclusion_plafond"), c.valeur("prevoyance_exclusion_remuneration")
    sociale = _limite(plafond, brut, *taux, c.valeur("prevoyance_exclusion_maximum"))
    taux = c.valeur("prevoyance_deduction_plafond"), c.valeur("prevoyance_deduction_remuneration")
    return sociale, _limite(plafond, brut, *taux, c.valeur("prevoyance_deduction_maximum"))


def _limite(plafond: int, brut: int, du_plafond: int, du_brut: int, maximum: int) -> int:
    return arrondi(min(plafond * du_plafond + brut * du_brut, plafond * maximum), TAUX_PLEIN)


def _part(reintegre: int, choisis: int, tous: int) -> int:
    """Return the share of what is reintegrated that some lines bear, in proportion."""
    return arrondi(reintegre * choisis, tous) if tous else 0


def _csg(montants: Sequence[Montant], reintegre: int) -> int:
    """Return what joins the base of the CSG: the option's lines, and what became pay."""
    tous = sum(m.patronal for m in montants)
    integres = sum(m.patronal for m in montants if m.ligne.csg_crds)
    return integres + _part(reintegre, tous - integres, tous)


def _forfait(montants: Sequence[Montant], reintegre: int) -> int:
    """Return the base of the forfait social: what became pay bears contributions instead."""
    tous = sum(m.patronal for m in montants)
    soumis = sum(m.patronal for m in montants if m.ligne.forfait_social)
    return soumis - _part(reintegre, soumis, tous)


def _net_social(montants: Sequence[Montant], mois: Mois) -> int:
    """Return what the montant net social adds to the gross less employee's contributions."""
    if not _NET_SOCIAL_2023[0] <= mois <= _NET_SOCIAL_2023[1]:
        return 0
    return sum(
        m.salarial + m.patronal
        for m in montants
        if m.ligne.nature != SANTE and m.ligne.contrat_prevoyance_id
    )


def a_un_contrat(lignes: Sequence[LignePrevoyance], nature: str) -> bool:
    """Tell whether a contract of the employer covers somebody for a nature."""
    return any(p.nature == nature and p.contrat_prevoyance_id for p in lignes)


def manque_au_minimum_des_cadres(
    montants: Sequence[tuple[LignePrevoyance, int]], tranche_1: int, brut: int, taux: int
) -> int:
    """Return what the employer's part lacks to the minimum of cadres on tranche 1, centimes.

    Args:
        montants: lines with the employer's amount, centimes; santé counts too.
        tranche_1: base of tranche 1 of the month.
        brut: gross of the month: of a line on the whole gross, the share of tranche 1 counts.
        taux: rate of the minimum, millionths.

    Source:
        ANI du 17/11/2017 relatif à la prévoyance des cadres, art. 1; Cass. soc., 30/03/2022,
        n° 20-15.022: the employer's part of santé is counted.
    """
    verse = 0
    for ligne, patronal in montants:
        if ligne.nature == RETRAITE or ligne.base == "t2":
            continue
        entier = ligne.base not in {"brut", "t1_a_t4"} or not brut
        verse += patronal if entier else arrondi(patronal * tranche_1, brut)
    return max(0, arrondi(tranche_1 * taux, TAUX_PLEIN) - verse)

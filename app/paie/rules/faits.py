"""What a bulletin is computed from: the employer, the contract, the month, the year so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from app.noyau.periodes import Mois

CDI, CDD = "cdi", "cdd"
GENERAL, ARTISTE, SPORT_FORFAIT = "general", "artiste", "sport_forfait"
"""How the contributions of a contract are computed: see `particularites`."""
HEURES_TEMPS_PLEIN = 15_167
"""Monthly hours of a full time, hundredths (Code du travail, art. L3121-27: 35 h × 52 / 12)."""
TAUX_PLEIN = 1_000_000
RIEN: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FaitsEmployeur:
    """What depends on the employer, at the month.

    `taux_at`, `taux_versement_mobilite` and `part_alternants` in millionths; `effectif` as the
    law counts it; `permanents` the permanent employees of a sports club (players and occasional
    helpers left out), None: as many as the effectif.
    """

    effectif: int
    taux_at: int
    association: bool = True
    alsace_moselle: bool = False
    taux_versement_mobilite: int = 0
    part_alternants: int = 0
    idcc: str | None = None
    zone_pas: str = "metropole"
    permanents: int | None = None


@dataclass(frozen=True, slots=True)
class LignePrevoyance:
    """A line of prévoyance: rates of a base in millionths, or fixed amounts of a month in centimes.

    `contrat_prevoyance_id` is 0 for what a branch implies without a contract; `nature` is
    prevoyance, sante or retraite_sup; `base` a key of `prevoyance.BASES`. The four options say
    what the employer's and the employee's parts do to the bulletin, see `prevoyance`.
    """

    contrat_prevoyance_id: int
    code: str
    libelle: str
    nature: str
    base: str
    taux_salarial: int
    taux_patronal: int
    montant_salarial: int
    montant_patronal: int
    forfait_social: bool
    csg_crds: bool
    deduction_po: bool
    deduction_pp: bool
    source: str


@dataclass(frozen=True, slots=True)
class FaitsContrat:
    """What depends on the contract.

    `salaire` is the gross of a whole month at the contract's hours, centimes; `quotite` the
    share of a full time and `presence` the share of the month covered, millionths;
    `mutuelle` the monthly contribution to the complémentaire santé, centimes;
    `taux_pas` in millionths, None: the neutral grid. `usage`: a CDD d'usage; `jours` the length
    of the whole engagement, None when it is not known or has no end.
    """

    salaire: int
    nature: str = CDI
    cadre: bool = False
    quotite: int = TAUX_PLEIN
    presence: int = TAUX_PLEIN
    mutuelle: int = 0
    prevoyances: tuple[LignePrevoyance, ...] = ()
    taux_pas: int | None = None
    statut: str = GENERAL
    usage: bool = False
    jours: int | None = None


@dataclass(frozen=True, slots=True)
class Elements:
    """What happened in the month. Hours in hundredths, amounts in centimes.

    `absences` is what is withheld for unpaid absence, `heures_absence` its hours;
    `fin_de_contrat` adds the end indemnity of a CDD, `conges_a_payer` the paid leave not taken;
    `avantages_nature` benefits in kind (taxed, not paid), `indemnites` amounts paid
    without contribution (expenses), `acompte` what was paid already; `manifestations` what was
    paid for each sports event of the month, in their order.
    """

    heures_sup_25: int = 0
    heures_sup_50: int = 0
    heures_compl_10: int = 0
    heures_compl_25: int = 0
    absences: int = 0
    heures_absence: int = 0
    primes: int = 0
    avantages_nature: int = 0
    indemnites: int = 0
    acompte: int = 0
    fin_de_contrat: bool = False
    conges_a_payer: bool = False
    manifestations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Cumuls:
    """Figures since January before this month, for the progressive regularisation; centimes.

    `smic` is the cumulated reference SMIC of the réduction générale, in centimes × 12 so that
    no fraction is lost; `assiettes` the cumulated bases by name, `lignes` the cumulated
    amounts of the lines computed by formula. `hors_*` among the bases: what the regularisation
    of the sécurité sociale leaves out (see `particularites`).
    """

    brut: int = 0
    plafond: int = 0
    smic: int = 0
    net_imposable: int = 0
    heures_sup_exonerees: int = 0
    assiettes: Mapping[str, int] = field(default_factory=lambda: RIEN)
    lignes: Mapping[str, int] = field(default_factory=lambda: RIEN)


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that a bulletin is computed from."""

    mois: Mois
    employeur: FaitsEmployeur
    contrat: FaitsContrat
    elements: Elements = field(default_factory=Elements)
    cumuls: Cumuls = field(default_factory=Cumuls)


def meme_suite(avant: Cumuls, apres: Cumuls) -> bool:
    """Tell whether the months after go on from the same figures.

    No month is computed from the taxable net of those before it: it may differ.
    """
    return replace(avant, net_imposable=0) == replace(apres, net_imposable=0)

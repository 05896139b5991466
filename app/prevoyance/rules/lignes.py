"""What is due to prévoyance for a month: the lines that a bulletin takes.

Rules:
- The day that decides is the last of the month, or the last day attached in the month when
  the rattachement ends before; the period in force on that day gives rates and options.
- A paramétrée takes the rates of its regime on that day, and its options; where the regime
  does not know them, those that the person entered in the contract.
- A base given for cadres and for non-cadres follows the category of the contrat de travail.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.noyau.periodes import Mois, Periode, afficher_date
from app.prevoyance.rules.fiches import LIBELLES_NATURE
from app.prevoyance.rules.regimes import Options, Regime, TauxInconnus
from app.prevoyance.rules.taux import FORFAIT, TOUS, TauxSaisi, populations_lues

LIBELLES_BASE = {
    "t1": "tranche 1",
    "t2": "tranche 2",
    "brut": "brut",
    "pmss": "plafond",
    FORFAIT: "forfait",
}
"""Bases as a line of a bulletin names them."""


@dataclass(frozen=True, slots=True)
class LigneDuMois:
    """A line of prévoyance of a bulletin: rates in millionths, amounts in centimes.

    `base` is t1, t2, brut, pmss, or forfait (amounts instead of rates); `code` is that of this
    line alone in the bulletin.
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
class PeriodeLue:
    """A period of a contract with its options and the rates entered."""

    id: int
    periode: Periode
    options: Options
    taux: tuple[TauxSaisi, ...]


@dataclass(frozen=True, slots=True)
class ContratLu:
    """A contract as the rules need it; `regime` for a paramétrée only."""

    id: int
    nature: str
    libelle: str
    reference: str
    population: str
    regime: Regime | None
    periodes: tuple[PeriodeLue, ...]


def jour_qui_decide(mois: Mois, rattachement: Periode) -> date | None:
    """Return the day whose rates apply for a month, None: not attached in the month."""
    commun = rattachement.intersection(mois.periode)
    return commun.fin if commun else None


def periode_en_vigueur(contrat: ContratLu, jour: date) -> PeriodeLue | None:
    """Return the period of a contract that holds a day."""
    return next((p for p in contrat.periodes if p.periode.contient(jour)), None)


def _saisis(contrat: ContratLu, periode: PeriodeLue, categorie: str) -> Iterable[TauxSaisi]:
    """Return the lines entered for somebody."""
    return (li for li in periode.taux if li.population in {TOUS, _qui(contrat, categorie)})


def _qui(contrat: ContratLu, categorie: str) -> str:
    """Return whose rates somebody has; a contract for one population is for its people."""
    return categorie if contrat.population == TOUS else contrat.population


def _dus(
    contrat: ContratLu, periode: PeriodeLue, categorie: str, jour: date
) -> tuple[Iterable[TauxSaisi], Options, str]:
    """Return the lines due on a day, the options, and where they come from."""
    saisis = _saisis(contrat, periode, categorie)
    source = f"Contrat {contrat.reference}, {periode.periode}"
    if contrat.regime is None:
        return saisis, periode.options, source
    options = contrat.regime.options
    taux = contrat.regime.taux(jour, _qui(contrat, categorie))
    if isinstance(taux, TauxInconnus):
        return saisis, options, f"{source} : taux saisis au contrat"
    du_regime = contrat.regime.periode(jour)
    lignes = [TauxSaisi(TOUS, li.base, li.salarial, li.patronal) for li in taux.lignes]
    return lignes, options, du_regime.texte if du_regime else source


def lignes_du_contrat(contrat: ContratLu, categorie: str, jour: date) -> tuple[LigneDuMois, ...]:
    """Return the lines due to a contract on a day by an employee of a category."""
    periode = periode_en_vigueur(contrat, jour)
    if periode is None:
        return ()
    lignes, options, source = _dus(contrat, periode, categorie, jour)
    nom = contrat.libelle or LIBELLES_NATURE[contrat.nature]
    return tuple(
        LigneDuMois(
            contrat_prevoyance_id=contrat.id,
            code=f"prevoyance_{contrat.id}_{li.base}",
            libelle=f"{nom} ({LIBELLES_BASE[li.base]})",
            nature=contrat.nature,
            base=li.base,
            taux_salarial=li.salarial,
            taux_patronal=li.patronal,
            montant_salarial=li.montant_salarial,
            montant_patronal=li.montant_patronal,
            forfait_social=options.forfait_social,
            csg_crds=options.csg_crds,
            deduction_po=options.deduction_po,
            deduction_pp=options.deduction_pp,
            source=source,
        )
        for li in lignes
        if li.salarial or li.patronal or li.montant_salarial or li.montant_patronal
    )


def lignes_du_mois(
    mois: Mois, categorie: str, rattachements: Sequence[tuple[ContratLu, Periode]]
) -> tuple[LigneDuMois, ...]:
    """Return the lines of a month of one contrat de travail, in the order of its contracts.

    One contract gives its lines once, also when somebody left and came back in the month: the
    last day attached decides.

    Args:
        mois: of pay.
        categorie: cadre or non_cadre.
        rattachements: contracts of prévoyance with the days attached.
    """
    jours: dict[int, tuple[ContratLu, date]] = {}
    for contrat, periode in rattachements:
        jour = jour_qui_decide(mois, periode)
        if jour is not None and (contrat.id not in jours or jours[contrat.id][1] < jour):
            jours[contrat.id] = (contrat, jour)
    return tuple(
        ligne
        for numero in sorted(jours)
        for ligne in lignes_du_contrat(jours[numero][0], categorie, jours[numero][1])
    )


def manque_aujourd_hui(contrat: ContratLu, jour: date) -> str:
    """Say what a paramétrée does not know on a day and nobody entered; empty: nothing."""
    periode = periode_en_vigueur(contrat, jour)
    if contrat.regime is None or periode is None:
        return ""
    couverts = {li.population for li in periode.taux}
    for qui in populations_lues(contrat.population):
        taux = contrat.regime.taux(jour, qui)
        if isinstance(taux, TauxInconnus) and not couverts & {TOUS, qui}:
            return f"Au {afficher_date(jour)} : {taux.manque}"
    return ""

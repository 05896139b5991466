"""Drawing the contracts of prévoyance of an association, and whom each of them covers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from app.demonstration.rules.salaries import SalarieTire
from app.demonstration.rules.tirage import Tirage
from app.noyau.periodes import FIN_OUVERTE, Mois, Periode, lendemain
from app.prevoyance.rules.fiches import AUTRE, PARAMETREE
from app.prevoyance.rules.rattachements import effectif, population_convient
from app.prevoyance.rules.regimes import CADRE, NON_CADRE, Options, Regime
from app.prevoyance.rules.taux import FORFAIT, TOUS, PeriodeSaisie, TauxSaisi, categorie_de

PREMIER_JOUR = date(2019, 1, 1)
"""No contract of the demonstration begins before: the regimes have their rates from there on."""
RANG_REMPLACE = 1
"""Rank of the association whose contract was always closed and replaced in mid-life."""
REGIMES: Mapping[str, str] = {
    "2511": "SPORT",
    "1518": "ANIMATION",
    "1261": "CENTRES SOCIAUX",
    "1031": "FAMILLES RURALES",
    "2941": "AIDE A DOMICILE",
    "1285": "ARTISTE CCN 1285",
    "3090": "ARTISTE CCN 3090",
}
ATTENTE = {"CENTRES SOCIAUX": 4}
"""Months of seniority before affiliation (CCN ALISFA, chapitre XIII)."""
_OPTIONS = Options(forfait_social=True, csg_crds=True, deduction_po=True, deduction_pp=True)
_OPTIONS_SANTE = replace(_OPTIONS, deduction_pp=False)
"""The employer's part of santé is taxable (CGI, art. 83, 1° quater)."""
_A_LA_MAIN: Mapping[tuple[str, str], tuple[int, int]] = {
    ("FAMILLES RURALES", TOUS): (6_000, 9_000),
    ("ARTISTE CCN 1285", NON_CADRE): (1_200, 3_400),
    ("ARTISTE CCN 3090", NON_CADRE): (1_200, 3_400),
}
"""Rates typed into the contract where the regime has none: employee's, employer's."""


@dataclass(frozen=True, slots=True)
class RattachementTire:
    """Whom a contract covers: rank of the employee, of the contrat de travail, and the days."""

    salarie: int
    contrat: int
    demande: Periode
    jours: Periode


@dataclass(frozen=True, slots=True)
class PrevoyanceTiree:
    """A contract as columns, the family and name of its caisse, its periods, whom it covers."""

    fiche: dict[str, Any]
    caisse: tuple[str, str]
    periodes: tuple[PeriodeSaisie, ...]
    rattachements: tuple[RattachementTire, ...]


@dataclass(frozen=True, slots=True)
class Souscripteur:
    """The association that takes out contracts: its record, caisses to choose from, regimes."""

    rang: int
    fiche: Mapping[str, Any]
    organismes: Sequence[Mapping[str, Any]]
    salaries: Sequence[SalarieTire]
    caisses: Sequence[str]
    regimes: Mapping[str, Regime]
    aujourd_hui: date

    @property
    def categories(self) -> set[str]:
        """Categories of those employed, now or before."""
        return {c["categorie"] for s in self.salaries for c in s.contrats}

    def organisme(self, nature: str) -> Mapping[str, Any] | None:
        """Return the first line of « Identification des organismes » of a nature."""
        return next((o for o in self.organismes if o["nature"] == nature), None)


@dataclass(frozen=True, slots=True)
class _Couverture:
    """What is to be covered: by a branch regime, or by rates entered for spans of days."""

    population: str
    taux: tuple[TauxSaisi, ...] = ()
    regime: str = ""
    nature: str = "prevoyance"
    libelle: str = ""
    statuts: frozenset[str] = frozenset()
    suites: Mapping[date, tuple[TauxSaisi, ...]] = field(default_factory=dict)


def tirer_prevoyances(tirage: Tirage, s: Souscripteur) -> list[PrevoyanceTiree]:
    """Return the contracts of an association that employs somebody, the oldest first."""
    jours = _jours(s) if s.salaries else None
    if jours is None:
        return []
    tirees: list[PrevoyanceTiree] = []
    for couverture in _couvertures(tirage, s, jours):
        sante = couverture.nature == "sante"
        organisme = s.organisme("mutuelle" if sante else "prevoyance")
        if organisme is None:
            continue
        exclus = _exclus(tirage, s, 10 if sante else 2)
        for fiche, caisse, periode in _caisses(tirage, s, couverture, organisme, jours):
            periodes = _periodes(couverture, s.regimes, periode)
            couverts = _rattachements(s, couverture, periode, exclus)
            tirees.append(PrevoyanceTiree(fiche, caisse, periodes, tuple(couverts)))
    return tirees


def _jours(s: Souscripteur) -> Periode | None:
    """Return the days of the contracts: from the first hiring, to the end of the association.

    None when it ended before the first day that contracts may have.
    """
    debut = max(PREMIER_JOUR, Mois.de(s.fiche["premiere_embauche_le"]).debut)
    cesse_le: date | None = s.fiche["cesse_le"]
    fin = Mois.de(cesse_le).fin if cesse_le else FIN_OUVERTE
    return Periode(debut, fin) if debut <= fin else None


def _couvertures(tirage: Tirage, s: Souscripteur, jours: Periode) -> Iterator[_Couverture]:
    regime = REGIMES.get(s.fiche["idcc"], "")
    if regime.startswith("ARTISTE"):
        yield from _du_spectacle(s, regime)
    elif regime == "SPORT":
        if NON_CADRE in s.categories:
            yield _Couverture(NON_CADRE, regime=regime)
        if CADRE in s.categories:
            yield _cadres(tirage)
    elif regime:
        yield _Couverture(TOUS, _saisis(regime, TOUS), regime)
    elif s.fiche["idcc"] not in {"", "9999"} or tirage.chance(55):
        yield from _libres(tirage, s)
    if tirage.chance(86):
        yield _sante(tirage, s, jours)


def _du_spectacle(s: Souscripteur, regime: str) -> Iterator[_Couverture]:
    """Permanents of each category, then the artists engaged for long enough to be paid here."""
    for population in sorted(s.categories, reverse=True):
        yield _Couverture(f"permanent_{population}", regime=regime, statuts=frozenset({"general"}))
    statuts = {c["statut_paie"] for x in s.salaries for c in x.contrats}
    if "artiste" in statuts:
        saisis = _saisis(regime, NON_CADRE)
        artistes = frozenset({"artiste"})
        yield _Couverture(
            NON_CADRE, saisis, regime, libelle="Prévoyance artistes", statuts=artistes
        )


def _saisis(regime: str, population: str) -> tuple[TauxSaisi, ...]:
    parts = _A_LA_MAIN.get((regime, population))
    return (TauxSaisi(TOUS, "t1", *parts),) if parts else ()


def _cadres(tirage: Tirage) -> _Couverture:
    """Return a contract of cadres: 1.50 % of tranche 1 by the employer (ANI du 17/11/2017)."""
    taux = (
        TauxSaisi(TOUS, "t1", 0, 15_000),
        TauxSaisi(TOUS, "t2", tirage.entier(4, 8) * 1_000, tirage.entier(8, 12) * 1_000),
    )
    return _Couverture(CADRE, taux, libelle="Prévoyance cadres")


def _libres(tirage: Tirage, s: Souscripteur) -> Iterator[_Couverture]:
    if NON_CADRE in s.categories:
        salarial = tirage.entier(40, 75) * 100
        patronal = salarial + tirage.entier(0, 40) * 100
        bases = ("t1", "t2") if tirage.chance(60) else ("brut",)
        taux = tuple(TauxSaisi(TOUS, base, salarial, patronal) for base in bases)
        yield _Couverture(NON_CADRE, taux)
    if CADRE in s.categories:
        yield _cadres(tirage)


def _sante(tirage: Tirage, s: Souscripteur, jours: Periode) -> _Couverture:
    """Return a complémentaire santé: a fixed amount, half and half, raised some 1 January."""
    part = tirage.entier(18, 32) * 100
    montants, suites = part, {}
    annee = s.aujourd_hui.year
    for janvier in (date(annee - 1, 1, 1), date(annee, 1, 1)):
        if jours.debut < janvier < jours.fin and (s.rang == RANG_REMPLACE or tirage.chance(35)):
            montants += tirage.entier(3, 7) * montants // 100
            suites[janvier] = _moities(montants)
    return _Couverture(TOUS, _moities(part), nature="sante", libelle="Mutuelle", suites=suites)


def _moities(part: int) -> tuple[TauxSaisi, ...]:
    return (TauxSaisi(TOUS, FORFAIT, 0, 0, part, part),)


def _suffixe(couverture: _Couverture) -> str:
    """Return what tells the contracts of one caisse apart: those of cadres, of artists."""
    if "artiste" in couverture.statuts:
        return "-A"
    return "-C" if categorie_de(couverture.population) == CADRE else ""


def _caisses(
    tirage: Tirage,
    s: Souscripteur,
    couverture: _Couverture,
    organisme: Mapping[str, Any],
    jours: Periode,
) -> Iterator[tuple[dict[str, Any], tuple[str, str], Periode]]:
    """Yield the contract, or the one closed and the one that replaced it at another caisse."""
    suffixe = {CADRE: "-C", f"permanent_{CADRE}": "-C"}.get(couverture.population, "")
    reference = (
        f"{organisme['reference']}{suffixe or ('-A' if couverture.statuts == {'artiste'} else '')}"
    )
    periodes = [(organisme["nom"], reference, jours)]
    coupe = date(s.aujourd_hui.year - 1, 6, 30)
    change = s.rang == RANG_REMPLACE or tirage.chance(6)
    if couverture.nature == "prevoyance" and change and jours.debut < coupe < jours.fin:
        autres = [nom for nom in s.caisses if nom != organisme["nom"]] or [organisme["nom"]]
        nouvelle = (tirage.choisir(autres), tirage.chiffres(8) + suffixe)
        periodes = [
            (organisme["nom"], reference, Periode(jours.debut, coupe)),
            (*nouvelle, Periode(lendemain(coupe) or coupe, jours.fin)),
        ]
    for nom, numero, periode in periodes:
        yield (
            {
                "genre": PARAMETREE if couverture.regime else AUTRE,
                "regime": couverture.regime,
                "nature": couverture.nature,
                "reference": numero,
                "libelle": couverture.libelle,
                "population": couverture.population,
                "debut_le": periode.debut,
                "fin_le": periode.fin,
                "note": "",
            },
            (str(organisme["nature"]), nom),
            periode,
        )


def _periodes(
    couverture: _Couverture, regimes: Mapping[str, Regime], jours: Periode
) -> tuple[PeriodeSaisie, ...]:
    if couverture.regime:
        options = regimes[couverture.regime].options
        return (PeriodeSaisie(jours, options, couverture.taux),)
    options = _OPTIONS_SANTE if couverture.nature == "sante" else _OPTIONS
    coupes = {jours.debut: couverture.taux, **couverture.suites}
    debuts = sorted(coupes)
    return tuple(
        PeriodeSaisie(Periode(debut, _veille(suivant, jours.fin)), options, coupes[debut])
        for debut, suivant in zip(debuts, [*debuts[1:], None], strict=True)
    )


def _veille(suivant: date | None, fin: date) -> date:
    """Return the last day before the next period, or of the contract."""
    return fin if suivant is None else Mois.de(suivant).suivant(-1).fin


def _exclus(tirage: Tirage, s: Souscripteur, pour_cent: int) -> set[int]:
    """Return the ranks of those who were dispensed, or forgotten."""
    return {rang for rang in range(len(s.salaries)) if tirage.chance(pour_cent)}


def _rattachements(
    s: Souscripteur, couverture: _Couverture, jours: Periode, exclus: set[int]
) -> Iterator[RattachementTire]:
    attente = ATTENTE.get(couverture.regime, 0)
    for rang, salarie in enumerate(s.salaries):
        if rang in exclus:
            continue
        for lequel, c in enumerate(salarie.contrats):
            convient = population_convient(couverture.population, c["categorie"])
            if not convient or c["motif"] == "cee":
                continue
            if couverture.statuts and c["statut_paie"] not in couverture.statuts:
                continue
            travail = Periode(c["debut_le"], c["fin_le"])
            demande = _demande(travail, jours, attente)
            couverts = effectif(demande, travail, jours) if demande else None
            if demande is not None and couverts is not None:
                yield RattachementTire(rang, lequel, demande, couverts)


def _demande(travail: Periode, prevoyance: Periode, attente: int) -> Periode | None:
    """Return the adhesion asked for: both contracts run, after the months of seniority."""
    admis = Mois.de(travail.debut).suivant(attente).debut if attente else travail.debut
    adhesion = max(admis, prevoyance.debut)
    return Periode(adhesion, FIN_OUVERTE) if adhesion <= travail.fin else None

"""Forms of a contract of prévoyance and of a rattachement: fields, declared once, and reading."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from app.noyau import champs as c
from app.noyau.champs import OUI_NON, Champ
from app.noyau.erreurs import Avertissement, Constat
from app.noyau.periodes import FIN_OUVERTE, Periode, afficher_date, veille
from app.prevoyance.errors import (
    ContratDejaClos,
    ContratEnConflit,
    FinAvantLeDebut,
    FinHorsPeriode,
)
from app.prevoyance.rules.periodes import exiger_fin
from app.prevoyance.rules.regimes import Options, Regime, TauxInconnus
from app.prevoyance.rules.taux import (
    CHAMPS_TAUX,
    POPULATIONS,
    TOUS,
    TauxSaisi,
    populations_lues,
    taux_saisis,
    verifier_taux,
)

PARAMETREE: Final = "parametree"
AUTRE: Final = "autre"
GENRES = ((PARAMETREE, "Prévoyance paramétrée"), (AUTRE, "Autre prévoyance"))
NATURES = (
    ("prevoyance", "Prévoyance"),
    ("sante", "Complémentaire santé"),
    ("retraite_sup", "Retraite supplémentaire"),
)
LIBELLES_NATURE: Mapping[str, str] = dict(NATURES)

_CAISSE = Champ("organisme_id", "Caisse", c.entier(1, 2**31 - 1), obligatoire=True, vide=None)
_REFERENCE = Champ(
    "reference",
    "Référence du contrat",
    c.texte(40, largeur=18),
    obligatoire=True,
    aide="telle que la caisse l'écrit",
)
_LIBELLE = Champ("libelle", "Libellé", c.texte(60), aide="vide : celui de la nature")
_POPULATION = Champ("population", "Population", c.choix(*POPULATIONS), vide=TOUS)
_DEBUT = Champ("debut_le", "Date de début", c.DATE, obligatoire=True)
_FIN = Champ(
    "fin_le", "Date de fin", c.DATE, vide=FIN_OUVERTE, aide="vide tant qu'elle n'est pas connue"
)
_NOTE = Champ("note", "Note", c.texte(1000, zone=True))

CHAMPS_OPTIONS: tuple[Champ, ...] = (
    Champ("forfait_social", "Forfait social", c.choix(*OUI_NON), vide="0"),
    Champ("csg_crds", "Intégration CSG/CRDS", c.choix(*OUI_NON), vide="0"),
    Champ(
        "deduction_po",
        "Déduction du net imposable PO",
        c.choix(*OUI_NON),
        vide="0",
        aide="part ouvrière",
    ),
    Champ(
        "deduction_pp",
        "Déduction du net imposable PP",
        c.choix(*OUI_NON),
        vide="0",
        aide="part patronale",
    ),
)
"""The four options of P2."""
CHAMPS_COMMUNS: tuple[Champ, ...] = (
    _CAISSE,
    _REFERENCE,
    _LIBELLE,
    _POPULATION,
    _DEBUT,
    _FIN,
    _NOTE,
)
_DU_REGIME = Champ("population", "Population", c.texte(40), vide=TOUS)
CHAMPS_PARAMETREE: tuple[Champ, ...] = (
    Champ("regime", "Régime", c.texte(40), obligatoire=True),
    *(_DU_REGIME if champ is _POPULATION else champ for champ in CHAMPS_COMMUNS),
    *CHAMPS_TAUX,
)
"""Rates are entered only where the program does not know those of the regime; its population is
one of those that the regime has rates for, or all."""
CHAMPS_AUTRE: tuple[Champ, ...] = (
    Champ("nature", "Nature", c.choix(*NATURES), obligatoire=True),
    *CHAMPS_COMMUNS,
    *CHAMPS_OPTIONS,
    *CHAMPS_TAUX,
)
CHAMPS_PERIODE: tuple[Champ, ...] = (
    Champ("debut_le", "Date de début", c.DATE, vide=None),
    *CHAMPS_OPTIONS,
    *CHAMPS_TAUX,
)
"""A new period of an « autre prévoyance »."""
CHAMPS_RATTACHEMENT: tuple[Champ, ...] = (
    Champ("debut_le", "Date d'adhésion", c.DATE, vide=None),
    Champ("fin_le", "Date de fin", c.DATE, vide=FIN_OUVERTE),
)
_VRAI_FAUX = (("True", "Oui"), ("False", "Non"))
CHAMPS_DU_JOURNAL: tuple[Champ, ...] = (
    Champ("nature", "Nature", c.choix(*NATURES)),
    Champ("regime", "Régime", c.texte(40)),
    *(champ for champ in CHAMPS_COMMUNS if champ.nom != "organisme_id"),
    *(Champ(o.nom, o.libelle, c.choix(*_VRAI_FAUX), vide=None) for o in CHAMPS_OPTIONS),
    Champ("salarial_millioniemes", "Part salariale", c.taux(), vide=0),
    Champ("patronal_millioniemes", "Part patronale", c.taux(), vide=0),
    Champ("salarial_centimes", "Part salariale", c.euros(), vide=0),
    Champ("patronal_centimes", "Part patronale", c.euros(), vide=0),
    Champ("adhesion_le", "Adhésion demandée", c.DATE, vide=None),
    Champ("sortie_le", "Sortie demandée", c.DATE, vide=FIN_OUVERTE),
)
"""Columns of the four tables as the journal tells them."""
COLONNES_CONTRAT = ("regime", "nature", *(champ.nom for champ in CHAMPS_COMMUNS))

Lecture = tuple[dict[str, Any], list[Constat]]


def options_de(valeurs: Mapping[str, Any]) -> Options:
    """Return the four options of a form that was read."""
    return Options(**{champ.nom: valeurs.get(champ.nom) == "1" for champ in CHAMPS_OPTIONS})


def ecrire_options(options: Options) -> dict[str, str]:
    """Return the texts of the form for four options."""
    return {champ.nom: "1" if getattr(options, champ.nom) else "0" for champ in CHAMPS_OPTIONS}


def _fin_de_mois(valeurs: Mapping[str, Any]) -> list[Constat]:
    fin = valeurs.get("fin_le")
    if fin is None:
        return []
    try:
        exiger_fin(fin)
    except FinHorsPeriode as erreur:
        return [Constat.de_l_erreur(erreur)]
    return []


def _lire(champs: Sequence[Champ], saisie: Mapping[str, str]) -> Lecture:
    valeurs, constats = c.lire_fiche(champs, saisie)
    desordre = c.ordre_des_dates(valeurs, "debut_le", "fin_le")
    constats += desordre or _fin_de_mois(valeurs)
    return valeurs, constats


def lire_autre(saisie: Mapping[str, str]) -> Lecture:
    """Read the form of an « autre prévoyance »: values, and what is wrong beside each field."""
    valeurs, constats = _lire(CHAMPS_AUTRE, saisie)
    if "population" in valeurs and not _taux_illisibles(constats):
        constats += verifier_taux(taux_saisis(valeurs), valeurs["population"])
    return valeurs, constats


def lire_parametree(saisie: Mapping[str, str]) -> Lecture:
    """Read the form of a paramétrée; rates are asked later, where the regime has none."""
    valeurs, constats = _lire(CHAMPS_PARAMETREE, saisie)
    if "population" in valeurs and not _taux_illisibles(constats):
        lignes = taux_saisis(valeurs)
        constats += verifier_taux(lignes, valeurs["population"], requis=False)
    return valeurs, constats


def lire_periode(saisie: Mapping[str, str], population: str) -> Lecture:
    """Read the form of a new period of a contract for a population."""
    valeurs, constats = c.lire_fiche(CHAMPS_PERIODE, saisie)
    if not _taux_illisibles(constats):
        constats += verifier_taux(taux_saisis(valeurs), population)
    return valeurs, constats


def lire_identite(saisie: Mapping[str, str]) -> Lecture:
    """Read what of a contract costs nothing: reference, label, note."""
    return c.lire_fiche((_REFERENCE, _LIBELLE, _NOTE), saisie)


def lire_debut(saisie: Mapping[str, str]) -> Lecture:
    """Read the first day of a contract that replaces another."""
    return c.lire_fiche((_DEBUT,), saisie)


def fin_avant(contrat: Periode, debut: date) -> date:
    """Return the last day of a contract that another one replaces from a day on.

    Raises:
        FinHorsPeriode, FinAvantLeDebut, ContratDejaClos: it cannot end the day before.
    """
    fin = veille(debut)
    exiger_cloture(contrat, fin)
    return fin


def exiger_cloture(contrat: Periode, fin: date) -> None:
    """Stop unless a contract can be closed at a day.

    Raises:
        FinHorsPeriode: it does not end a month.
        FinAvantLeDebut: it precedes the contract.
        ContratDejaClos: the contract ends before, or that day already.
    """
    exiger_fin(fin, contrat)
    if fin < contrat.debut:
        raise FinAvantLeDebut(afficher_date(fin), afficher_date(contrat.debut))
    if fin >= contrat.fin:
        raise ContratDejaClos(afficher_date(contrat.fin))


_DES_TAUX = frozenset(champ.nom for champ in CHAMPS_TAUX)


def _taux_illisibles(constats: Sequence[Constat]) -> bool:
    return any(constat.champ in _DES_TAUX for constat in constats)


def populations_communes(une: str, autre: str) -> str:
    """Compare two populations: « meme », « partie » of the other, or « aucune »."""
    if une == autre:
        return "meme"
    return "partie" if TOUS in {une, autre} else "aucune"


def exiger_seul(
    periode: Periode, population: str, autres: Sequence[tuple[str, str, Periode]]
) -> list[Avertissement]:
    """Compare a contract with the others of its nature: (name, population, days).

    Returns:
        What is to be confirmed: one contract for all and one for a population, which may
        complete it.

    Raises:
        ContratEnConflit: two for one population over the same days.
    """
    avertissements = []
    for nom, la_sienne, jours in autres:
        commun = periode.intersection(jours)
        if commun is None:
            continue
        commune = populations_communes(population, la_sienne)
        if commune == "meme":
            raise ContratEnConflit(nom, str(commun))
        if commune == "partie":
            message = (
                f"Le contrat « {nom} » couvre déjà cette nature pour une partie des mêmes "
                f"salariés, {commun} : ils cotiseront aux deux."
            )
            avertissements.append(Avertissement("PRV-203", message))
    return avertissements


def avertir_regime(regime: Regime, idcc: str, debut: Periode) -> list[Avertissement]:
    """Return what is to be confirmed of a branch regime: the CCN, rates not read from the text.

    Args:
        regime: the regime.
        idcc: convention of the employer, "" when not known.
        debut: days of the contract.
    """
    avertissements = []
    if regime.idcc and idcc not in regime.idcc:
        siens = ", ".join(regime.idcc)
        message = f"Le régime « {regime.libelle} » est celui de la convention IDCC {siens} ; " + (
            f"l'employeur applique l'IDCC {idcc}." if idcc else "l'employeur n'en a pas."
        )
        avertissements.append(Avertissement("PRV-201", message))
    manques = [p.manque for p in regime.periodes() if p.manque and p.periode.recouvre(debut)]
    if manques:
        message = (
            f"Des taux du régime « {regime.libelle} » sont à confirmer : {' ; '.join(manques)}. "
            "Comparez-les à ceux de votre contrat."
        )
        avertissements.append(Avertissement("PRV-202", message))
    return avertissements


def _jours_lus(regime: Regime, jours: Periode) -> list[date]:
    """Return the days of a contract on which the rates of its regime begin to hold."""
    debuts = {max(p.periode.debut, jours.debut) for p in regime.periodes()}
    return sorted({jours.debut, *(d for d in debuts if jours.contient(d))})


def verifier_population(regime: Regime, population: str) -> list[Constat]:
    """Return what is wrong when a regime has no rates for a population, beside the field."""
    if population in {TOUS, *regime.populations}:
        return []
    choix = ", ".join([dict(POPULATIONS)[TOUS], *regime.populations.values()])
    return [Constat.de_l_erreur(c.ChoixInconnu(population, choix), "population")]


def _inconnus(regime: Regime, jours: Periode, population: str) -> dict[str, tuple[date, str]]:
    """Return, by population whose rates are unknown, the first such day and what is missing."""
    trouves: dict[str, tuple[date, str]] = {}
    for jour in _jours_lus(regime, jours):
        for qui in populations_lues(population):
            taux = regime.taux(jour, qui)
            if isinstance(taux, TauxInconnus):
                trouves.setdefault(qui, (jour, taux.manque))
    return trouves


def taux_a_renseigner(
    regime: Regime, jours: Periode, population: str, lignes: Sequence[TauxSaisi]
) -> list[tuple[str, date, str]]:
    """Return (population, day, what is missing) for rates that nobody gave.

    Looked at over all the days of the contract, whenever the regime changes.

    Args:
        regime: the regime.
        jours: of the contract.
        population: of the contract.
        lignes: the rates that the person entered.
    """
    saisis = {li.population for li in lignes}
    return [
        (qui, jour, manque)
        for qui, (jour, manque) in _inconnus(regime, jours, population).items()
        if not saisis & {TOUS, qui}
    ]


def taux_gardes(
    regime: Regime, jours: Periode, population: str, lignes: Sequence[TauxSaisi]
) -> tuple[TauxSaisi, ...]:
    """Return the rates entered that a paramétrée keeps: of populations that the regime lacks."""
    inconnus = _inconnus(regime, jours, population).keys()
    gardes = {TOUS, *inconnus} if inconnus else set()
    return tuple(li for li in lignes if li.population in gardes)

"""Strict reading of the data of a branch regime: units, keys, dates and sources are checked.

The file reader (`app.socle.donnees`) refuses a key twice, hence a date twice.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from app.noyau.periodes import FIN_OUVERTE, Periode, veille
from app.prevoyance.errors import RegimeRefuse
from app.prevoyance.rules.regimes import (
    BASES,
    POPULATIONS,
    LigneTaux,
    Options,
    PeriodeRegime,
    Regime,
    Taux,
    TauxConnus,
    TauxInconnus,
)

TOUS, MANQUE, SANS_OBJET = "tous", "manque", "sans_objet"
SUPPLEMENTAIRES = ("permanent_non_cadre", "permanent_cadre", "technicien_non_cadre")
"""Populations that only some texts set apart."""
NATURES = ("prevoyance", "sante", "retraite_sup")
_TAUX = re.compile(r"(\d{1,2})\.(\d{1,4}) %", re.ASCII)
_OPTIONS = ("forfait_social", "csg_crds", "deduction_po", "deduction_pp")
_REQUIS = {
    *("code", "libelle", "idcc", "nature", "article", "organismes"),
    *("options", "periodes", "verifie_le"),
}


def lire_taux(texte: object, regime: str) -> int:
    """Read « 0.485 % » into millionths.

    Raises:
        RegimeRefuse: no unit, or more than four decimals.

    >>> lire_taux("0.485 %", "SPORT")
    4850
    """
    m = _TAUX.fullmatch(texte) if isinstance(texte, str) else None
    if m is None:
        raise RegimeRefuse(regime, f"« {texte} » n'est pas un taux et son unité")
    return int(m[1]) * 10_000 + int(m[2].ljust(4, "0"))


def _table(brut: object, requis: set[str], permis: set[str], regime: str) -> Mapping[str, Any]:
    """Return a table whose keys are checked."""
    if not isinstance(brut, Mapping):
        raise RegimeRefuse(regime, f"« {brut} » n'est pas une suite de champs")
    cles = {str(c) for c in brut}
    if manquants := requis - cles:
        raise RegimeRefuse(regime, f"il manque {', '.join(sorted(manquants))}")
    if inconnus := cles - requis - permis:
        raise RegimeRefuse(regime, f"champ inconnu : {', '.join(sorted(inconnus))}")
    return brut


def _texte(brut: object, champ: str, regime: str) -> str:
    if not isinstance(brut, str) or not brut.strip():
        raise RegimeRefuse(regime, f"« {champ} » est vide ou n'est pas un texte")
    return brut


def _textes(brut: object, champ: str, regime: str) -> tuple[str, ...]:
    if not isinstance(brut, list):
        raise RegimeRefuse(regime, f"« {champ} » n'est pas une liste")
    return tuple(_texte(e, champ, regime) for e in brut)


def _lignes(brut: object, regime: str) -> tuple[LigneTaux, ...]:
    """Read rates by base, each with its two shares."""
    lignes = []
    for base, parts in _table(brut, set(), set(BASES), regime).items():
        lues = _table(parts, {"employeur", "salarie"}, set(), regime)
        salarial, patronal = (
            lire_taux(lues["salarie"], regime),
            lire_taux(lues["employeur"], regime),
        )
        lignes.append(LigneTaux(base, salarial, patronal))
    return tuple(lignes)


def _taux(brut: object, regime: str) -> Taux:
    """Read the rates of a population: by base, why there are none, or what is missing."""
    lu = _table(brut, set(), {*BASES, MANQUE, SANS_OBJET}, regime)
    for phrase in (MANQUE, SANS_OBJET):
        if phrase in lu:
            texte = _texte(_table(lu, {phrase}, set(), regime)[phrase], phrase, regime)
            return TauxInconnus(texte) if phrase == MANQUE else TauxConnus((), texte)
    if not lu:
        raise RegimeRefuse(regime, "une population n'a ni taux, ni raison de n'en pas avoir")
    return TauxConnus(_lignes(lu, regime))


def _noms(brut: object, regime: str) -> dict[str, str]:
    """Read who the regime has rates for, in its words; cadres and non-cadres always."""
    if brut is None:
        return dict(POPULATIONS)
    lus = _table(brut, set(POPULATIONS), set(SUPPLEMENTAIRES), regime)
    return {c: _texte(lus[c], c, regime) for c in (*POPULATIONS, *SUPPLEMENTAIRES) if c in lus}


def _populations(brut: Mapping[str, Any], noms: Mapping[str, str], regime: str) -> dict[str, Taux]:
    """Read the rates of each population; « tous » stands for all of them."""
    donnees = brut.keys() - {"texte", "a_verifier", "manque"}
    if TOUS in donnees and donnees != {TOUS}:
        raise RegimeRefuse(regime, "« tous » et une population sont donnés à la fois")
    if TOUS in donnees:
        return dict.fromkeys(noms, _taux(brut[TOUS], regime))
    if manquants := noms.keys() - donnees:
        raise RegimeRefuse(regime, f"il manque {', '.join(sorted(manquants))}")
    return {p: _taux(brut[p], regime) for p in noms}


def _periodes(brut: object, noms: Mapping[str, str], regime: str) -> tuple[PeriodeRegime, ...]:
    """Read the rates by date of effect: dates in order, a text for each."""
    if not isinstance(brut, Mapping) or not brut:
        raise RegimeRefuse(regime, "aucune date d'effet")
    dates = list(brut)
    if not all(isinstance(d, date) for d in dates):
        raise RegimeRefuse(regime, "une date d'effet n'est pas une date")
    if dates != sorted(set(dates)):
        raise RegimeRefuse(regime, "les dates d'effet ne sont pas dans l'ordre")
    fins = [*(veille(d) for d in dates[1:]), FIN_OUVERTE]
    return tuple(
        _periode(Periode(debut, fin), brut[debut], noms, regime)
        for debut, fin in zip(dates, fins, strict=True)
    )


def _periode(periode: Periode, brut: object, noms: Mapping[str, str], regime: str) -> PeriodeRegime:
    """Read a period: its text, its rates, what is to be confirmed."""
    permis = {"a_verifier", "manque", TOUS, *noms}
    lu = _table(brut, {"texte"}, permis, regime)
    a_verifier, manque = lu.get("a_verifier", False), lu.get("manque", "")
    if a_verifier not in {True, False} or not isinstance(manque, str):
        raise RegimeRefuse(regime, "« a_verifier » est vrai ou faux, « manque » est un texte")
    if a_verifier != bool(manque.strip()):
        raise RegimeRefuse(regime, "« a_verifier » va avec « manque », qui dit ce qui manque")
    texte = _texte(lu["texte"], "texte", regime)
    return PeriodeRegime(periode, _populations(lu, noms, regime), texte, manque)


def _options(brut: object, regime: str) -> tuple[Options, dict[str, str]]:
    """Read the four options, each with its legal text."""
    lues = _table(brut, set(_OPTIONS), set(), regime)
    valeurs, sources = {}, {}
    for nom in _OPTIONS:
        option = _table(lues[nom], {"valeur", "texte"}, set(), regime)
        if not isinstance(option["valeur"], bool):
            raise RegimeRefuse(regime, f"l'option « {nom} » n'est ni vraie ni fausse")
        valeurs[nom] = option["valeur"]
        sources[nom] = _texte(option["texte"], nom, regime)
    return Options(**valeurs), sources


def lire_regime(brut: object) -> Regime:
    """Read the data of a regime.

    Raises:
        RegimeRefuse: names the regime and what is wrong.
    """
    code = str(brut.get("code", "?")) if isinstance(brut, Mapping) else "?"
    lu = _table(brut, _REQUIS, {"note", "populations"}, code)
    if lu["nature"] not in NATURES:
        raise RegimeRefuse(code, f"nature inconnue : {lu['nature']}")
    if type(lu["verifie_le"]) is not date:
        raise RegimeRefuse(code, "« verifie_le » n'est pas une date")
    options, sources = _options(lu["options"], code)
    noms = _noms(lu.get("populations"), code)
    return Regime(
        code=_texte(lu["code"], "code", code),
        libelle=_texte(lu["libelle"], "libelle", code),
        populations=noms,
        idcc=_textes(lu["idcc"], "idcc", code),
        nature=lu["nature"],
        article=_texte(lu["article"], "article", code),
        organismes=_textes(lu["organismes"], "organismes", code),
        options=options,
        sources_options=sources,
        tranches=_periodes(lu["periodes"], noms, code),
        note=_texte(lu["note"], "note", code) if "note" in lu else "",
        verifie_le=lu["verifie_le"],
    )

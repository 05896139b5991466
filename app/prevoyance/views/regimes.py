"""Screens « Paramétrage (Taux) » › « Prévoyances paramétrées »: branch regimes, read only."""

from dataclasses import dataclass, replace
from datetime import date

from flask import Response, request

from app.noyau.champs import DATE, Champ
from app.noyau.periodes import DateIllisible, afficher_date, lire_date
from app.prevoyance.rules.fiches_regimes import (
    FicheRegime,
    RegimeVu,
    fiche_du_regime,
    regimes_au,
)
from app.prevoyance.service.regimes import lire_a_l_adresse, regimes
from app.prevoyance.views.racine import bp
from app.socle.web import ChampVu, formulaire_vide, page, transaction

AU = Champ("au", "Situation au", DATE)


@dataclass(frozen=True, slots=True)
class PageRegimes:
    """The regimes with their rates of a day."""

    au: ChampVu
    jour: str
    liste: tuple[RegimeVu, ...]


@dataclass(frozen=True, slots=True)
class PageRegime:
    """A regime with its options and its history."""

    fiche: FicheRegime


def _demande() -> tuple[ChampVu, date]:
    """Return the field of the day and the day asked for; today when it cannot be read."""
    with transaction() as t:
        aujourd_hui = t.aujourd_hui
    saisie = request.args.get("au", "").strip()
    try:
        jour = lire_date(saisie) if saisie else aujourd_hui
    except DateIllisible as refus:
        vu = formulaire_vide((AU,), {"au": saisie}).champ("au")
        return replace(vu, erreur=refus.texte(), remede=refus.texte_remede()), aujourd_hui
    return formulaire_vide((AU,), {"au": afficher_date(jour)}).champ("au"), jour


@bp.get("/regimes")
def lister_regimes() -> Response:
    """Show the regimes on a day (`au=JJ/MM/AAAA`, today when absent)."""
    au, jour = _demande()
    liste = regimes_au(regimes().values(), jour)
    return page("prevoyance/regimes.html", PageRegimes(au, afficher_date(jour), liste))


@bp.get("/regimes/<adresse>")
def montrer_regime(adresse: str) -> Response:
    """Show a regime: options, rates by date, what is to be confirmed today."""
    with transaction() as t:
        fiche = fiche_du_regime(lire_a_l_adresse(adresse), t.aujourd_hui)
    return page("prevoyance/regime.html", PageRegime(fiche))

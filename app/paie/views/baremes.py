"""Screens « Paramétrage (Taux) » of the barèmes: cotisations, parameters, neutral rates."""

from dataclasses import dataclass, replace
from datetime import date

from flask import Response, request

from app.noyau.champs import DATE, Champ, choix
from app.noyau.erreurs import Refus
from app.noyau.periodes import afficher_date
from app.paie.errors import BaremeIntrouvable
from app.paie.rules.affichage import jour_demande
from app.paie.rules.fiches_baremes import (
    FicheBareme,
    GrilleVue,
    LigneBareme,
    cotisations_en_vigueur,
    fiche_de_cotisation,
    fiche_de_parametre,
    grille_au,
    parametres_au,
    zone_en_mots,
)
from app.paie.service.baremes import moteur
from app.paie.views.racine import bp
from app.socle.web import ChampVu, formulaire_vide, page, transaction

AU = Champ("au", "Situation au", DATE)
_NEUTRES = "pas_neutre_"


@dataclass(frozen=True, slots=True)
class PageCotisations:
    """The cotisations in force on a day, by heading of the bulletin."""

    au: ChampVu
    jour: str
    rubriques: dict[str, tuple[LigneBareme, ...]]


@dataclass(frozen=True, slots=True)
class PageParametres:
    """Every figure that formulas ask for, on a day."""

    au: ChampVu
    jour: str
    lignes: tuple[LigneBareme, ...]


@dataclass(frozen=True, slots=True)
class PageNeutres:
    """The neutral rates of a zone on a day."""

    au: ChampVu
    zone: ChampVu
    jour: str
    grille: GrilleVue


@dataclass(frozen=True, slots=True)
class PageBareme:
    """One entry: what it is today, its history, its drawing."""

    fiche: FicheBareme
    onglet: str
    liste: str
    adresse: str


def _demande() -> tuple[ChampVu, date]:
    """Return the field of the day and the day asked for; today when it cannot be read."""
    with transaction() as t:
        aujourd_hui = t.aujourd_hui
    saisie = request.args.get("au", "").strip()
    try:
        jour = jour_demande(saisie, aujourd_hui)
    except Refus as refus:
        vu = formulaire_vide((AU,), {"au": saisie}).champ("au")
        return replace(vu, erreur=refus.texte(), remede=refus.texte_remede()), aujourd_hui
    return formulaire_vide((AU,), {"au": afficher_date(jour)}).champ("au"), jour


@bp.get("/baremes/cotisations")
def lister_cotisations() -> Response:
    """Show the cotisations in force on a day (`au=JJ/MM/AAAA`, today when absent)."""
    au, jour = _demande()
    rubriques = cotisations_en_vigueur(moteur().baremes, jour)
    return page("paie/baremes.html", PageCotisations(au, afficher_date(jour), rubriques))


@bp.get("/baremes/parametres")
def lister_parametres() -> Response:
    """Show the parameters on a day."""
    au, jour = _demande()
    lignes = parametres_au(moteur().baremes, jour)
    return page("paie/baremes_parametres.html", PageParametres(au, afficher_date(jour), lignes))


@bp.get("/baremes/neutres")
def montrer_neutres() -> Response:
    """Show the neutral rates of a zone (`zone`, the mainland when absent) on a day."""
    au, jour = _demande()
    grilles = moteur().baremes.grilles
    zones = tuple((c.removeprefix(_NEUTRES), zone_en_mots(g)) for c, g in grilles.items())
    zone = request.args.get("zone", zones[0][0])
    if zone not in dict(zones):
        raise BaremeIntrouvable(zone)
    champ = Champ("zone", "Zone", choix(*zones, largeur=40), obligatoire=True)
    vu = formulaire_vide((champ,), {"zone": zone}).champ("zone")
    grille = grille_au(grilles[_NEUTRES + zone], jour)
    return page("paie/baremes_neutres.html", PageNeutres(au, vu, afficher_date(jour), grille))


@bp.get("/baremes/cotisations/<code>")
def montrer_cotisation(code: str) -> Response:
    """Show a cotisation and its history."""
    with transaction() as t:
        fiche = fiche_de_cotisation(moteur().baremes, code, t.aujourd_hui)
    liste = "/bulletins/baremes/cotisations"
    return page("paie/bareme.html", PageBareme(fiche, "cotisations", liste, f"{liste}/{code}"))


@bp.get("/baremes/parametres/<code>")
def montrer_parametre(code: str) -> Response:
    """Show a parameter and its history."""
    with transaction() as t:
        fiche = fiche_de_parametre(moteur().baremes, code, t.aujourd_hui)
    liste = "/bulletins/baremes/parametres"
    return page("paie/bareme.html", PageBareme(fiche, "parametres", liste, f"{liste}/{code}"))

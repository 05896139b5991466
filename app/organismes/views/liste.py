"""The families of organismes, and the list of one."""

from dataclasses import dataclass

from flask import Response, request

from app.organismes import rules, service
from app.organismes.service.liste import FamilleResume, LigneListe
from app.organismes.views.racine import adresse_famille, adresse_fiche, bp
from app.socle.listes import Page
from app.socle.web import aller, page, transaction, vue_demandee


@dataclass(frozen=True, slots=True)
class PageFamilles:
    """« Organismes collecteurs »: the families."""

    familles: tuple[FamilleResume, ...]


@dataclass(frozen=True, slots=True)
class PageListe:
    """The organismes of a family, and the drop-down list that opens one."""

    famille: str
    titre: str
    adresse: str
    liste: Page[LigneListe]
    choix: tuple[tuple[str, str], ...]
    doublons: int


@bp.get("/")
def lister_les_familles() -> Response:
    """Show the families."""
    with transaction() as t:
        return page("organismes/familles.html", PageFamilles(tuple(service.lister_familles(t))))


@bp.get("/<famille>/")
def lister(famille: str) -> Response:
    """Show the organismes of a family."""
    with transaction() as t:
        modele = PageListe(
            famille=rules.famille_connue(famille),
            titre=rules.TITRES[famille],
            adresse=adresse_famille(famille),
            liste=service.lister_organismes(t, famille, vue_demandee(("archives",))),
            choix=tuple(service.choix_d_organismes(t, famille)),
            doublons=len(service.doublons_probables(t, famille)),
        )
    return page("organismes/liste.html", modele)


@bp.get("/<famille>/ouvrir")
def ouvrir(famille: str) -> Response:
    """Open the record chosen from the drop-down list (`organisme`)."""
    choisi = request.args.get("organisme", "")
    if not choisi.isdecimal() or len(choisi) > 15:
        return aller(adresse_famille(rules.famille_connue(famille)))
    return aller(adresse_fiche(int(choisi)))

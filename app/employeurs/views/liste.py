"""Module « Employeurs »: the list, and suggestions while one types an employer's name."""

from dataclasses import dataclass

from flask import Response, jsonify, request

from app.employeurs import service
from app.employeurs.rules import EmployeurResume
from app.employeurs.service.dossiers import DossierResume
from app.employeurs.views.racine import bp
from app.noyau.identifiants import afficher_siret
from app.socle.listes import Page
from app.socle.web import page, transaction, vue_demandee


@dataclass(frozen=True, slots=True)
class PageListe:
    """A page of employers, and the dossiers to filter by."""

    liste: Page[EmployeurResume]
    dossiers: tuple[DossierResume, ...]


@bp.get("/")
def lister() -> Response:
    """Show the employers."""
    with transaction() as t:
        liste = service.lister_employeurs(t, vue_demandee(("dossier", "archives", "manque")))
        dossiers = tuple(service.lister_dossiers(t, archives=None))
    return page("employeurs/liste.html", PageListe(liste, dossiers))


@bp.get("/suggestions")
def suggerer() -> Response:
    """Answer what is being typed with employers in use (JSON)."""
    with transaction() as t:
        trouves = service.suggerer_employeurs(t, request.args.get("q", "")[:100])
    return jsonify([_suggestion(e) for e in trouves])


def _suggestion(e: EmployeurResume) -> dict[str, str]:
    detail = " · ".join(x for x in (e.dossier, e.commune, afficher_siret(e.siret)) if x)
    return {"valeur": str(e.id), "libelle": e.raison_sociale, "detail": detail}

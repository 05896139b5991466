"""Module « Salariés »: the list."""

from dataclasses import dataclass

from flask import Response

from app.employeurs import service as employeurs
from app.employeurs.service.dossiers import DossierResume
from app.salaries import service
from app.salaries.rules import SalarieResume
from app.salaries.views.racine import bp
from app.socle.listes import Page
from app.socle.web import page, transaction, vue_demandee

FILTRES = ("dossier", "employeur", "presents", "archives")


@dataclass(frozen=True, slots=True)
class PageListe:
    """A page of employees, and what it can be filtered by."""

    liste: Page[SalarieResume]
    dossiers: tuple[DossierResume, ...]
    employeur: str


@bp.get("/")
def lister() -> Response:
    """Show the employees."""
    vue = vue_demandee(FILTRES)
    with transaction() as t:
        liste = service.lister_salaries(t, vue)
        dossiers = tuple(employeurs.lister_dossiers(t))
        numero = vue.numero("employeur") or 0
        employeur = employeurs.designations(t, [numero]).get(numero, "")
    return page("salaries/liste.html", PageListe(liste, dossiers, employeur))

"""Screen « Paramétrage (Taux) » › Conventions collectives."""

from dataclasses import dataclass

from flask import Blueprint, Response

from app.conventions import rules, service
from app.conventions.rules import Convention
from app.socle.listes import Page
from app.socle.web import page, transaction, vue_demandee

bp = Blueprint("conventions", __name__, url_prefix="/conventions")


@dataclass(frozen=True, slots=True)
class PageConventions:
    """The list of conventions collectives, and the states to filter by."""

    liste: Page[Convention]
    etats: tuple[str, ...]


@bp.get("/")
def lister() -> Response:
    """Show the conventions collectives."""
    with transaction() as t:
        liste = service.lister_conventions(t, vue_demandee(("etat", "associatives")))
    return page("conventions/liste.html", PageConventions(liste, rules.ETATS))

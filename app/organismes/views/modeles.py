"""« Reprendre d'une liste »: the known organismes that a new record may start from."""

from dataclasses import dataclass
from urllib.parse import quote

from flask import Response

from app.organismes import rules, service
from app.organismes.rules import Modele
from app.organismes.views.racine import adresse_famille, bp, retour_demande
from app.socle.listes import Page
from app.socle.web import page, transaction, vue_demandee


@dataclass(frozen=True, slots=True)
class PageModeles:
    """The known organismes of a family; `suite` carries where to go back to."""

    titre: str
    adresse: str
    suite: str
    liste: Page[Modele]


@bp.get("/<famille>/modeles")
def lister_les_modeles(famille: str) -> Response:
    """Show the known organismes of a family, those that the table has already marked."""
    with transaction() as t:
        liste = service.lister_modeles(t, famille, vue_demandee(("retour",)))
    retour = retour_demande()
    modele = PageModeles(
        titre=rules.TITRES[famille],
        adresse=adresse_famille(famille),
        suite=f"&retour={quote(retour, safe='')}" if retour else "",
        liste=liste,
    )
    return page("organismes/modeles.html", modele)

"""An employee archived, brought back, deleted."""

from dataclasses import dataclass

from flask import Response

from app.noyau.erreurs import Conflit
from app.salaries import rules, service
from app.salaries.views.racine import Cadre, bp, cadre
from app.socle.web import aller, message, page, transaction


@dataclass(frozen=True, slots=True)
class PageRefus:
    """A deletion that was refused, and what can be done instead."""

    cadre: Cadre
    code: str
    texte: str
    remede: str


@bp.post("/<int:numero>/archiver")
def archiver(numero: int) -> Response:
    """Take an employee out of the lists."""
    with transaction() as t:
        nom = service.lire_fiche_salarie(t, numero).nom
        entree = service.archiver_salarie(t, numero, archive=True)
    return message(aller(f"/salaries/{numero}"), f"« {nom} » archivé.", annuler=entree)


@bp.post("/<int:numero>/reprendre")
def reprendre(numero: int) -> Response:
    """Bring an archived employee back into the lists."""
    with transaction() as t:
        nom = service.lire_fiche_salarie(t, numero).nom
        entree = service.archiver_salarie(t, numero, archive=False)
    return message(aller(f"/salaries/{numero}"), f"« {nom} » repris.", annuler=entree)


@bp.post("/<int:numero>/supprimer")
def supprimer(numero: int) -> Response:
    """Delete an employee without contract; refused, archiving is offered."""
    with transaction() as t:
        autour = cadre(t, numero, rules.IDENTITE)
    try:
        with transaction() as t:
            entree = service.supprimer_salarie(t, numero)
    except Conflit as erreur:
        modele = PageRefus(autour, erreur.code, erreur.texte(), erreur.texte_remede())
        return page("salaries/refus.html", modele, erreur.statut)
    return message(aller("/salaries/"), f"« {autour.fiche.nom} » supprimé.", annuler=entree)

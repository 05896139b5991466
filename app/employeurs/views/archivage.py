"""An employer archived, brought back, deleted."""

from dataclasses import dataclass

from flask import Response

from app.employeurs import rules, service
from app.employeurs.views.racine import Cadre, bp, cadre
from app.noyau.erreurs import Conflit
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
    """Take an employer out of the lists."""
    with transaction() as t:
        nom = service.lire_fiche_employeur(t, numero).raison_sociale
        entree = service.archiver_employeur(t, numero, archive=True)
    return message(aller(f"/employeurs/{numero}"), f"« {nom} » archivé.", annuler=entree)


@bp.post("/<int:numero>/reprendre")
def reprendre(numero: int) -> Response:
    """Bring an archived employer back into the lists."""
    with transaction() as t:
        nom = service.lire_fiche_employeur(t, numero).raison_sociale
        entree = service.archiver_employeur(t, numero, archive=False)
    return message(aller(f"/employeurs/{numero}"), f"« {nom} » repris.", annuler=entree)


@bp.post("/<int:numero>/supprimer")
def supprimer(numero: int) -> Response:
    """Delete an employer without employees; refused, archiving is offered."""
    with transaction() as t:
        autour = cadre(t, numero, rules.IDENTITE)
    try:
        with transaction() as t:
            entree = service.supprimer_employeur(t, numero)
    except Conflit as erreur:
        modele = PageRefus(autour, erreur.code, erreur.texte(), erreur.texte_remede())
        return page("employeurs/refus.html", modele, erreur.statut)
    texte = f"« {autour.fiche.raison_sociale} » supprimé."
    return message(aller("/employeurs/"), texte, annuler=entree)

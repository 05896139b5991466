"""« Graphique » of a result: the page, its SVG."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Response, make_response, request

from app.extractions import rules, service
from app.extractions.documents.svg import MIME
from app.extractions.rules import Colonne
from app.extractions.rules.graphique import FORMES, PAS, DemandeGraphique
from app.extractions.service import Graphique, Resultat
from app.extractions.views.commun import bp, presentation_demandee, resultat_demande
from app.noyau.erreurs import DonneesRefusees
from app.socle.web import page

_CHOIX = ("abscisse", "ordonnee", "forme", "pas")


@dataclass(frozen=True, slots=True)
class PageGraphique:
    """The chart, what may be chosen, the view that it is made of."""

    resultat: Resultat
    graphique: Graphique
    demande: DemandeGraphique
    abscisses: tuple[Colonne, ...]
    ordonnees: tuple[Colonne, ...]
    formes: tuple[tuple[str, str], ...]
    pas: tuple[tuple[str, str], ...]
    image: str
    retour: str
    vue: tuple[tuple[str, str], ...]


def _lire(nom: str) -> tuple[Resultat, DemandeGraphique, Graphique]:
    resultat = resultat_demande(nom)
    presentation, constats = presentation_demandee(resultat)
    if constats:
        raise DonneesRefusees(tuple(constats))
    choix = {c: request.args.get(c, "") for c in _CHOIX}
    demande = rules.lire_demande_graphique(resultat.colonnes, **choix)
    return resultat, demande, service.dessiner(resultat, presentation, demande)


@bp.get("/resultats/<nom>/graphique")
def voir_graphique(nom: str) -> Response:
    """Show the chart, the choices that make it and its values."""
    resultat, demande, graphique = _lire(nom)
    debut = f"/extractions/resultats/{nom}"
    vue = tuple((cle, v) for cle, v in request.args.items() if cle not in _CHOIX)
    choix = {
        "abscisse": demande.abscisse.nom,
        "ordonnee": demande.ordonnee.nom,
        "forme": demande.forme,
        "pas": demande.pas,
    }
    modele = PageGraphique(
        resultat,
        graphique,
        demande,
        rules.abscisses(resultat.colonnes),
        rules.ordonnees(resultat.colonnes),
        FORMES,
        PAS,
        f"{debut}/graphique.svg?{urlencode([*vue, *choix.items()])}",
        f"{debut}?{urlencode(vue)}" if vue else debut,
        vue,
    )
    return page("extractions/graphique.html", modele)


@bp.get("/resultats/<nom>/graphique.svg")
def telecharger_svg(nom: str) -> Response:
    """Send the chart as SVG."""
    _, _, graphique = _lire(nom)
    return make_response(graphique.svg, 200, {"Content-Type": f"{MIME}; charset=utf-8"})

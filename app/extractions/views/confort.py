"""What a person arranges: sets of parameters, pinned queries, columns of the grid."""

from flask import Response, make_response, request

from app.extractions import service
from app.extractions.views.commun import bp, resultat_demande
from app.extractions.views.requetes import PageParametres
from app.noyau.erreurs import ErreurMetier
from app.socle.web import aller, formulaire, formulaire_vide, message, page, transaction


@bp.post("/<int:numero>/epingler")
def epingler(numero: int) -> Response:
    """Keep a query at hand."""
    with transaction() as t:
        requete = service.trouver(t, numero)
        service.epingler(t, requete)
    return message(aller(f"/extractions/?requete={requete.reference}"), "Requête épinglée.")


@bp.post("/<int:numero>/detacher")
def detacher(numero: int) -> Response:
    """Stop keeping a query at hand."""
    with transaction() as t:
        requete = service.trouver(t, numero)
        service.detacher(t, requete)
    return message(aller(f"/extractions/?requete={requete.reference}"), "Requête détachée.")


@bp.post("/<int:numero>/jeux")
def garder_jeu(numero: int) -> Response:
    """Keep what is typed in the window under a name."""
    nom = request.form.get("_nom_du_jeu", "")
    try:
        with transaction() as t:
            requete = service.trouver(t, numero)
            jeu = service.garder_jeu(t, requete, nom, formulaire())
    except ErreurMetier as erreur:
        return _montrer(numero, nom, f"{erreur.texte()} {erreur.texte_remede()}")
    return message(_montrer(numero, jeu.nom), f"Jeu de paramètres « {jeu.nom} » enregistré.")


@bp.post("/<int:numero>/jeux/<int:jeu>/supprimer")
def supprimer_jeu(numero: int, jeu: int) -> Response:
    """Delete a set of parameters."""
    with transaction() as t:
        requete = service.trouver(t, numero)
        nom = service.supprimer_jeu(t, requete, jeu)
    return message(_montrer(numero), f"Jeu de paramètres « {nom} » supprimé.")


def _montrer(numero: int, nom: str = "", erreur: str = "") -> Response:
    """Show the sets of a query again."""
    with transaction() as t:
        requete = service.trouver(t, numero)
        jeux = tuple(service.lister_jeux(t, requete))
    modele = PageParametres(requete, formulaire_vide([], {}), jeux, nom, erreur)
    return page("extractions/_jeux.html", modele, 422 if erreur else 200)


@bp.post("/resultats/<nom>/disposition")
def garder_disposition(nom: str) -> Response:
    """Keep order, widths and choice of the columns for the next results of the query."""
    resultat = resultat_demande(nom)
    with transaction() as t:
        service.garder_disposition(t, resultat.numero, request.form.get("colonnes", ""))
    return make_response("", 204)

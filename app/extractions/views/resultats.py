"""« Visualisation du résultat de la requête »: the page, and the lines that its grid asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, jsonify, make_response, request

from app.extractions import rules, service
from app.extractions.documents import FORMATS, Format
from app.extractions.rules import Colonne, Presentation
from app.extractions.rules.entete import LIBRES
from app.extractions.service import Resultat
from app.extractions.views.commun import bp, lancer, presentation_demandee, resultat_demande
from app.extractions.views.requetes import adresse_des_parametres
from app.noyau.erreurs import Constat, DonneesRefusees
from app.socle.errors import TacheDejaEnCours
from app.socle.taches import FINIE, EtatTache, Suivi
from app.socle.web import page, programme, transaction

DIRECT = 50_000
"""Lines that are sorted or filtered while the person waits; more make a job."""
FENETRE = 200


@dataclass(frozen=True, slots=True)
class ColonneVue:
    """A column of the grid, and what may be typed above it."""

    colonne: Colonne
    exemple: str


@dataclass(frozen=True, slots=True)
class PageResultat:
    """The result: what was asked, columns, formats, how it was last looked at."""

    resultat: Resultat
    colonnes: tuple[ColonneVue, ...]
    formats: tuple[Format, ...]
    presentation: str
    parametres: str
    disposition: str
    en_graphique: bool


@bp.get("/resultats/<nom>")
def visualiser_resultat(nom: str) -> Response:
    """Show the page; its grid asks for the lines."""
    resultat = resultat_demande(nom)
    colonnes = tuple(ColonneVue(c, rules.exemple(c.type)) for c in resultat.colonnes)
    with transaction() as t:
        disposition = service.lire_disposition(t, resultat.numero)
    demandee = request.query_string.decode()
    parametres = _parametres(resultat)
    en_graphique = bool(rules.ordonnees(resultat.colonnes) and rules.abscisses(resultat.colonnes))
    modele = PageResultat(
        resultat, colonnes, FORMATS, demandee, parametres, disposition, en_graphique
    )
    return page("extractions/resultat.html", modele)


def _parametres(resultat: Resultat) -> str:
    """Return the address where to ask again: the parameters, or the text of one's own query."""
    if resultat.numero >= LIBRES:
        return f"/extractions/libre?resultat={resultat.nom}"
    requete = service.trouver_requete(resultat.numero)
    return adresse_des_parametres(requete, service.ressaisies(requete, resultat.parametres))


@bp.get("/resultats/<nom>/lignes")
def lire_lignes(nom: str) -> Response:
    """Send a window of lines; 202 while a long sort or filter is being done."""
    resultat = resultat_demande(nom)
    presentation, constats = presentation_demandee(resultat)
    if constats:
        return _filtres_refuses(constats)
    if resultat.total > DIRECT and not resultat.est_prete(presentation):
        etat = _ordonner(resultat, presentation)
        if etat is None or etat.est_en_cours:
            return make_response(jsonify(_attente(etat)), 202)
        if etat.etat != FINIE:
            return make_response(jsonify({"erreur": {"message": etat.message}}), 409)
    debut = request.args.get("debut", 0, int)
    vue = service.montrer(resultat, presentation, debut, request.args.get("nombre", FENETRE, int))
    return jsonify(debut=vue.debut, total=vue.total, lignes=vue.lignes, sommes=vue.sommes)


def _filtres_refuses(constats: Sequence[Constat]) -> Response:
    refus = {c.champ: f"{c.message} {c.remede}" for c in constats}
    return make_response(jsonify({"filtres": refus}), 422)


def _attente(etat: EtatTache | None) -> dict[str, object]:
    if etat is None:
        return {"tache": None, "etape": ""}
    return {"tache": etat.id, "etape": etat.etape}


def _ordonner(resultat: Resultat, presentation: Presentation) -> EtatTache | None:
    """Follow the job that sorts and filters, started if need be; nothing: another waits for it."""
    tache = request.args.get("tache", "")
    if tache.isdecimal():
        return programme().taches.etat(int(tache))

    def travail(suivi: Suivi) -> dict[str, object]:
        resultat.preparer(presentation, suivi=suivi)
        return {"resultat": resultat.nom}

    genre = f"extraction-ordre-{resultat.cle(presentation)}-{resultat.nom}"
    try:
        return lancer(genre, f"Tri et filtre de « {resultat.designation} »", travail)
    except TacheDejaEnCours:
        return None


@bp.get("/resultats/<nom>/copie")
def copier(nom: str) -> Response:
    """Send cells for the clipboard, as text with tabs."""
    resultat = resultat_demande(nom)
    presentation, constats = presentation_demandee(resultat)
    if constats:
        raise DonneesRefusees(tuple(constats))
    texte = service.copier(
        resultat,
        presentation,
        request.args.get("debut", 0, int),
        request.args.get("nombre", 1, int),
        [n for n in request.args.get("noms", "").split(",") if n],
    )
    return make_response(texte, 200, {"Content-Type": "text/plain; charset=utf-8"})

"""« Requête libre »: the editor, the dictionary of the views beside it, queries that are kept."""

from dataclasses import dataclass, replace

from flask import Response, request

from app.extractions import service
from app.extractions.rules import libre as rules
from app.extractions.rules.entete import LIBRES
from app.extractions.rules.publiques import ColonnePublique, colonnes_publiques
from app.extractions.service import Enregistree
from app.extractions.views.commun import PageSuivi, arreter, bp, lancer, resultat_demande
from app.noyau.erreurs import ErreurMetier
from app.noyau.typographie import sans_accents
from app.socle.taches import FINIE, EtatTache, Suivi
from app.socle.web import aller, cible, message, page, programme, transaction

ADRESSE = "/extractions/libre"


@dataclass(frozen=True, slots=True)
class VuePublique:
    """A view of the dictionary: its columns, and the text that it is searched in."""

    nom: str
    libelle: str
    colonnes: tuple[tuple[ColonnePublique, str], ...]
    recherche: str


@dataclass(frozen=True, slots=True)
class PageLibre:
    """The editor, with what was refused and where; the dictionary; the queries kept."""

    sql: str
    gardee: Enregistree | None
    enregistrees: tuple[Enregistree, ...]
    vues: tuple[VuePublique, ...]
    nom: str = ""
    erreur: str = ""
    remede: str = ""
    place: tuple[int, int] | None = None
    suivi: PageSuivi | None = None


def _dictionnaire() -> tuple[VuePublique, ...]:
    vues = []
    for vue in service.lister_vues():
        colonnes = colonnes_publiques(vue)
        cherchees = tuple((c, sans_accents(f"{c.nom} {c.libelle}")) for c in colonnes)
        recherche = sans_accents(f"{vue.nom} {vue.titre}")
        vues.append(VuePublique(vue.nom, vue.titre, cherchees, recherche))
    return tuple(vues)


def _page(sql: str, numero: int = 0) -> PageLibre:
    with transaction() as t:
        enregistrees = tuple(service.lister_enregistrees(t))
    gardee = next((e for e in enregistrees if e.id == numero), None)
    return PageLibre(sql, gardee, enregistrees, _dictionnaire(), gardee.nom if gardee else "")


def _numero(texte: str) -> int:
    return int(texte) if texte.isdecimal() and len(texte) < 10 else 0


@bp.get("/libre")
def ecrire_requete() -> Response:
    """Show the editor: empty, with a query that was kept, or with that of a result."""
    numero = _numero(request.args.get("numero", ""))
    if nom := request.args.get("resultat"):
        resultat = resultat_demande(nom)
        sql = next((str(p.valeur) for p in resultat.parametres if p.nom == "sql"), "")
        return page("extractions/libre.html", _page(sql, resultat.numero - LIBRES))
    if not numero:
        return page("extractions/libre.html", _page(""))
    with transaction() as t:
        gardee = service.lire_enregistree(t, numero)
    return page("extractions/libre.html", _page(gardee.sql, numero))


def _refuser(sql: str, numero: int, erreur: ErreurMetier, nom: str = "") -> Response:
    modele = replace(
        _page(sql, numero),
        erreur=erreur.texte(),
        remede=erreur.texte_remede(),
        place=rules.place_du_refus(sql, erreur),
    )
    return page("extractions/libre.html", replace(modele, nom=nom or modele.nom), erreur.statut)


@bp.post("/libre/executer")
def executer_la_requete() -> Response:
    """Run what is written; what is refused is said beside the editor, with its place."""
    sql, numero = _texte(), _numero(request.form.get("numero", ""))
    ouvert = programme()
    base = ouvert.magasin.chemin
    titre = rules.TITRE
    if numero:
        with transaction() as t:
            gardee = service.lire_enregistree(t, numero)
        numero = numero if gardee.sql == sql.strip() else 0  # changed since: not that one
        titre = gardee.nom if numero else titre
    try:
        service.verifier_libre(base, sql)

        def travail(suivi: Suivi) -> dict[str, object]:
            return {
                "resultat": service.executer_libre(base, sql, titre, numero=numero, suivi=suivi).nom
            }

        etat = lancer("extraction-libre", titre, travail)
    except ErreurMetier as erreur:
        return _refuser(sql, numero, erreur)
    return _suivre(etat, sql, numero)


def _texte() -> str:
    return request.form.get("sql", "").replace("\r\n", "\n")


@bp.get("/libre/suivi/<int:tache>")
def suivre_la_requete(tache: int) -> Response:
    """Show how far the run is; at its end, show the result."""
    return _suivre(programme().taches.etat(tache), "", 0)


@bp.post("/libre/suivi/<int:tache>/annuler")
def annuler_la_requete(tache: int) -> Response:
    """Stop the run: nothing is kept, the text stays in the editor."""
    return _suivre(arreter(tache), "", 0)


def _suivre(etat: EtatTache, sql: str, numero: int) -> Response:
    if etat.etat == FINIE:
        return aller(f"/extractions/resultats/{etat.resultat['resultat']}")
    adresse = f"{ADRESSE}/suivi/{etat.id}"
    suivi = PageSuivi(etat, adresse, f"{adresse}/annuler", "")
    if cible() == "tache":
        return page("extractions/_suivi.html", suivi)
    return page("extractions/libre.html", replace(_page(sql, numero), suivi=suivi))


@bp.post("/libre/enregistrer")
def garder_la_requete() -> Response:
    """Keep what is written under a name; under its own name, it changes."""
    sql, nom = _texte(), request.form.get("nom", "")
    numero = _numero(request.form.get("numero", ""))
    if request.form.get("comme"):
        numero = 0
    try:
        with transaction() as t:
            gardee = service.enregistrer(t, nom, sql, numero)
    except ErreurMetier as erreur:
        return _refuser(sql, numero, erreur, nom)
    texte = f"La requête « {gardee.nom} » est enregistrée."
    return message(aller(f"{ADRESSE}?numero={gardee.id}"), texte)


@bp.post("/libre/<int:numero>/supprimer")
def supprimer_la_requete(numero: int) -> Response:
    """Delete a query that was kept; it can be brought back."""
    with transaction() as t:
        nom, entree = service.supprimer_enregistree(t, numero)
    return message(aller(ADRESSE), f"La requête « {nom} » est supprimée.", annuler=entree)

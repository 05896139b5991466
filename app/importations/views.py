"""Screens of the imports: choose a file, check what it would do, import it, see the result."""

from dataclasses import dataclass, replace

from flask import Blueprint, Response, make_response, request
from werkzeug.datastructures import FileStorage

from app.employeurs import service as employeurs
from app.employeurs.service.dossiers import DossierResume
from app.importations import documents
from app.importations.errors import FichierTropGros, FichierVide
from app.importations.rules.genres import EMPLOYEURS, GENRES, Genre
from app.importations.rules.lignes import CREER, ETATS, INCHANGEE, MODIFIER, Difference, Ligne
from app.importations.service import (
    OCTETS_MAX,
    Analyse,
    Demande,
    Depot,
    Entetes,
    analyser,
    deposer,
    importer,
    lire_entetes,
    noter,
    retirer,
    retrouver,
)
from app.noyau.erreurs import Constat, ErreurMetier
from app.socle.taches import EtatTache, Suivi
from app.socle.web import aller, cible, page, programme, transaction

bp = Blueprint("importations", __name__, url_prefix="/importations")

GENRE_DE_TACHE = "importation"
CONSTATS_MONTRES = 200
LIGNES_MONTREES = 50
CHAMPS_MONTRES = 6
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LISTES = {"employeurs": "/employeurs/", "salaries": "/salaries/", "contrats": "/salaries/"}


@dataclass(frozen=True, slots=True)
class PageChoix:
    """First screen: what to import, which file, which dossier."""

    genres: tuple[Genre, ...]
    genre: str
    dossiers: tuple[DossierResume, ...]
    dossier: str
    erreur: str = ""
    remede: str = ""


@dataclass(frozen=True, slots=True)
class PageApercu:
    """Second screen, before the file is read."""

    depot: Depot
    genre: Genre


@dataclass(frozen=True, slots=True)
class LigneVue:
    """A line of the preview: where it stands, of whom it speaks, what it brings."""

    numero: int
    designation: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Groupe:
    """The first lines of one state."""

    etat: str
    libelle: str
    combien: int
    lignes: tuple[LigneVue, ...]


@dataclass(frozen=True, slots=True)
class FragmentApercu:
    """What the file would do, and its columns."""

    depot: Depot
    genre: Genre
    entetes: Entetes
    dossiers: tuple[DossierResume, ...]
    analyse: Analyse | None
    groupes: tuple[Groupe, ...]
    constats: tuple[Constat, ...]
    combien_de_constats: int
    erreur: str = ""
    remede: str = ""


@dataclass(frozen=True, slots=True)
class PageSuivi:
    """Third screen: progress, then the result."""

    etat: EtatTache
    adresse: str
    retour: str
    liste: str
    suite: str


def _dossiers() -> tuple[DossierResume, ...]:
    with transaction() as t:
        return tuple(employeurs.lister_dossiers(t))


def _page_choix(
    genre: str, dossier: str = "", erreur: ErreurMetier | None = None, statut: int = 200
) -> Response:
    modele = PageChoix(tuple(GENRES.values()), genre, _dossiers(), dossier)
    if erreur is not None:
        modele = replace(modele, erreur=erreur.texte(), remede=erreur.texte_remede())
    return page("importations/choix.html", modele, statut)


def _genre_demande(nom: str) -> str:
    return nom if nom in GENRES else EMPLOYEURS


@bp.get("/")
def choisir() -> Response:
    """Show the first screen."""
    return _page_choix(_genre_demande(request.args.get("genre", "")))


@bp.get("/modele/<genre>.xlsx")
def telecharger_modele(genre: str) -> Response:
    """Send the template of a kind of file."""
    choisi = GENRES[_genre_demande(genre)]
    return _fichier(documents.modele(choisi), f"modele-{choisi.nom}.xlsx")


def _fichier(contenu: bytes, nom: str) -> Response:
    disposition = f'attachment; filename="{nom}"'
    return make_response(contenu, 200, {"Content-Type": _XLSX, "Content-Disposition": disposition})


@bp.post("/")
def recevoir() -> Response:
    """Keep the file that was sent, once it is known to be readable."""
    genre = _genre_demande(request.form.get("genre", ""))
    dossier = request.form.get("dossier", "")
    try:
        depot = _deposer(genre, dossier, request.files.get("fichier"))
    except ErreurMetier as erreur:
        return _page_choix(genre, dossier, erreur, erreur.statut)
    return aller(f"/importations/{depot.jeton}")


def _deposer(genre: str, dossier: str, envoi: FileStorage | None) -> Depot:
    nom = (envoi.filename if envoi else "") or "fichier"
    contenu = envoi.stream.read(OCTETS_MAX + 1) if envoi else b""
    if not contenu:
        raise FichierVide(nom)
    if len(contenu) > OCTETS_MAX:
        raise FichierTropGros(nom, OCTETS_MAX // 1024 // 1024)
    lire_entetes(Demande(genre, contenu, nom))
    return deposer(programme().dossier, genre, nom, contenu, dossier)


@bp.get("/<jeton>")
def apercevoir(jeton: str) -> Response:
    """Show the second screen; its content is asked for at once."""
    depot = retrouver(programme().dossier, jeton)
    return page("importations/apercu.html", PageApercu(depot, GENRES[depot.genre]))


def _demande(depot: Depot) -> Demande:
    return Demande(depot.genre, depot.fichier, depot.nom, depot.correspondance, depot.dossier)


@bp.get("/<jeton>/contenu")
def contenu(jeton: str) -> Response:
    """Show the columns of the file and what it would do."""
    return _contenu(retrouver(programme().dossier, jeton))


def _contenu(depot: Depot) -> Response:
    demande = _demande(depot)
    tetes = lire_entetes(demande)
    modele = FragmentApercu(depot, GENRES[depot.genre], tetes, _dossiers(), None, (), (), 0)
    try:
        with transaction() as t:
            analyse = analyser(t, demande, tetes=tetes)
    except ErreurMetier as erreur:
        modele = replace(modele, erreur=erreur.texte(), remede=erreur.texte_remede())
    else:
        constats = (*analyse.constats, *analyse.remarques)
        modele = replace(
            modele,
            analyse=analyse,
            groupes=_groupes(analyse),
            constats=constats[:CONSTATS_MONTRES],
            combien_de_constats=len(constats),
        )
    return page("importations/_contenu.html", modele)


def _groupes(analyse: Analyse) -> tuple[Groupe, ...]:
    """Return the first lines of each state; those in error are listed with their findings."""
    groupes = []
    for etat in (MODIFIER, CREER, INCHANGEE):
        lignes = [ligne for ligne in analyse.lignes if ligne.etat == etat][:LIGNES_MONTREES]
        vues = tuple(_ligne_vue(analyse.genre, ligne) for ligne in lignes)
        groupes.append(Groupe(etat, ETATS[etat], analyse.comptes[etat], vues))
    return tuple(groupes)


def _ligne_vue(genre: Genre, ligne: Ligne) -> LigneVue:
    """Return a line with what it changes, or what a new record brings beyond its name."""
    if ligne.etat != CREER:
        return LigneVue(ligne.numero, ligne.designation, ligne.differences)
    apports = [
        Difference(champ.libelle, "", champ.afficher(ligne.valeurs[champ.nom]))
        for champ in genre.champs
        if ligne.valeurs[champ.nom] != champ.vide
    ]
    utiles = [d for d in apports if d.apres not in ligne.designation]
    return LigneVue(ligne.numero, ligne.designation, tuple(utiles[:CHAMPS_MONTRES]))


@bp.post("/<jeton>/colonnes")
def designer_colonnes(jeton: str) -> Response:
    """Remember which field each column fills, and the dossier."""
    depot = retrouver(programme().dossier, jeton)
    choix = {
        int(nom.removeprefix("colonne-")): champ
        for nom, champ in request.form.items()
        if nom.removeprefix("colonne-").isdecimal()
    }
    dossier = request.form.get("dossier", depot.dossier)
    depot = replace(depot, correspondance=choix or depot.correspondance, dossier=dossier)
    noter(depot)
    if cible() == "apercu":
        return _contenu(depot)
    return aller(f"/importations/{jeton}")


@bp.get("/<jeton>/erreurs.xlsx")
def telecharger_erreurs(jeton: str) -> Response:
    """Send every finding as a workbook."""
    depot = retrouver(programme().dossier, jeton)
    with transaction() as t:
        analyse = analyser(t, _demande(depot))
    releve = documents.releve([*analyse.constats, *analyse.remarques])
    return _fichier(releve, f"a-corriger-{depot.genre}.xlsx")


@bp.post("/<jeton>/importer")
def lancer(jeton: str) -> Response:
    """Start the import in the background."""
    depot = retrouver(programme().dossier, jeton)
    bonnes = request.form.get("bonnes") == "1"
    attendues = request.form.get("attendues", "")
    ouvert = programme()

    def travail(suivi: Suivi) -> dict[str, object]:
        with ouvert.magasin.transaction(ouvert.par) as t:
            resultat = importer(
                t,
                _demande(depot),
                seulement_les_bonnes=bonnes,
                attendues=int(attendues) if attendues.isdecimal() else None,
                suivi=suivi,
            )
        retirer(depot)
        return resultat.en_donnees()

    libelle = f"Importation de « {depot.nom} »"
    numero = ouvert.taches.lancer(GENRE_DE_TACHE, libelle, travail, ouvert.par)
    return aller(f"/importations/{jeton}/suivi/{numero}")


@bp.get("/<jeton>/suivi/<int:numero>")
def suivre(jeton: str, numero: int) -> Response:
    """Show how far the import is, then its result."""
    etat = programme().taches.etat(numero)
    genre = str(etat.resultat.get("genre", ""))
    genres = list(GENRES)
    suite = genres[genres.index(genre) + 1 :][:1] if genre in genres else []
    modele = PageSuivi(
        etat,
        f"/importations/{jeton}/suivi/{numero}",
        f"/importations/{jeton}",
        _LISTES.get(genre, "/importations/"),
        suite[0] if suite else "",
    )
    fragment = cible() == "tache"
    return page("importations/_suivi.html" if fragment else "importations/suivi.html", modele)


@bp.post("/<jeton>/abandonner")
def abandonner(jeton: str) -> Response:
    """Remove the file and go back to the first screen."""
    depot = retrouver(programme().dossier, jeton)
    retirer(depot)
    return aller(f"/importations/?genre={depot.genre}")

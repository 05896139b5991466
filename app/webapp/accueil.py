"""First screens: first start, home, long jobs, help, quitting, windows of the desktop shell."""

from dataclasses import asdict, dataclass

from flask import Blueprint, Response, request

from app.employeurs import service as employeurs
from app.employeurs.rules import CHAMPS_DOSSIER
from app.noyau.erreurs import ErreurMetier
from app.salaries import service as salaries
from app.socle.listes import Vue
from app.socle.taches import EtatTache, Suivi
from app.socle.web import (
    FormulaireVu,
    aller,
    cible,
    etage,
    formulaire,
    formulaire_refuse,
    formulaire_vide,
    message,
    page,
    programme,
    transaction,
)

bp = Blueprint("accueil", __name__)


@dataclass(frozen=True, slots=True)
class PageAccueil:
    """Home: what the base holds."""

    dossiers: int
    employeurs: int
    salaries: int
    presents: int


@dataclass(frozen=True, slots=True)
class PagePremierDemarrage:
    """First start: the demonstration dossier, or an empty one."""

    formulaire: FormulaireVu


@dataclass(frozen=True, slots=True)
class PageTache:
    """A long job and where to go next."""

    etat: EtatTache
    adresse: str
    suite: str


@bp.get("/")
def accueillir() -> Response:
    """Show the first start on an empty base, else the home page."""
    with transaction() as t:
        dossiers = employeurs.lister_dossiers(t)
        if not employeurs.lister_dossiers(t, archives=None):
            vu = formulaire_vide(CHAMPS_DOSSIER[:1])
            return page("accueil/premier_demarrage.html", PagePremierDemarrage(vu))
        presents = Vue(filtres=(("presents", "1"),))
        modele = PageAccueil(
            len(dossiers),
            employeurs.lister_employeurs(t, Vue()).total,
            salaries.lister_salaries(t, Vue()).total,
            salaries.lister_salaries(t, presents).total,
        )
    return page("accueil/accueil.html", modele)


@bp.post("/premier-demarrage/demonstration")
def remplir() -> Response:
    """Fill the empty base with the demonstration dossiers, in the background."""
    from app.demonstration import service as demonstration  # noqa: PLC0415 -- heavy, once a base

    ouvert = programme()

    def travail(suivi: Suivi) -> dict[str, object]:
        with ouvert.magasin.transaction(ouvert.par) as t:
            return asdict(demonstration.remplir(t, aujourd_hui=t.aujourd_hui, suivi=suivi))

    libelle = "Préparation du dossier de démonstration"
    numero = ouvert.taches.lancer("demonstration", libelle, travail, ouvert.par)
    return aller(f"/taches/{numero}")


@bp.post("/premier-demarrage/dossier")
def commencer() -> Response:
    """Create the first dossier of a base that starts empty."""
    saisie = formulaire()
    try:
        with transaction() as t:
            employeurs.creer_dossier(t, saisie)
    except ErreurMetier as erreur:
        vu = formulaire_refuse(CHAMPS_DOSSIER[:1], saisie, erreur)
        modele = PagePremierDemarrage(vu)
        return page("accueil/premier_demarrage.html", modele, erreur.statut)
    return aller("/employeurs/nouveau")


@bp.get("/taches/<int:numero>")
def suivre(numero: int) -> Response:
    """Show how far a job is."""
    modele = PageTache(programme().taches.etat(numero), f"/taches/{numero}", "/")
    return page("accueil/_tache.html" if cible() == "tache" else "accueil/tache.html", modele)


@bp.post("/taches/<int:numero>/annuler")
def annuler(numero: int) -> Response:
    """Ask a job to stop at its next step."""
    programme().taches.annuler(numero)
    return message(aller(request.form.get("retour", f"/taches/{numero}")), "Arrêt demandé.")


@bp.post("/fenetre")
def ouvrir_fenetre() -> Response:
    """Open one of our pages in a window of its own (desktop only)."""
    bureau = etage().bureau
    chemin = request.form.get("chemin", "/")
    if bureau is None or not chemin.startswith("/") or chemin.startswith("//"):
        return aller("/")
    bureau.ouvrir(chemin, request.form.get("titre", "Clairpaie")[:80])
    return Response(status=204)


@bp.post("/avancer")
def avancer() -> Response:
    """Bring the main window forward: a second start of the program asks for it."""
    bureau = etage().bureau
    if bureau is not None:
        bureau.avancer()
    return Response(status=204)


@dataclass(frozen=True, slots=True)
class PageAuRevoir:
    """The program is closed, or is to be closed where it was started."""

    arrete: bool


@bp.post("/quitter")
def quitter() -> Response:
    """Close every window and stop; a browser is told that it may be closed."""
    bureau = etage().bureau
    if bureau is not None:
        bureau.quitter()
    return page("accueil/au_revoir.html", PageAuRevoir(bureau is not None))

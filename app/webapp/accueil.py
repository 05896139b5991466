"""First screens: first start, home, long jobs, help, quitting, windows of the desktop shell."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from flask import Blueprint, Response, request

from app.employeurs import service as employeurs
from app.employeurs.rules import CHAMPS_DOSSIER
from app.noyau.erreurs import ErreurMetier
from app.noyau.typographie import accorder
from app.salaries import service as salaries
from app.socle.listes import Vue
from app.socle.taches import EtatTache, Suivi
from app.socle.transaction import Transaction
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
class Tache:
    """Something to do: how many, what, and the screen that does it."""

    combien: int
    quoi: str
    adresse: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FragmentAFaire:
    """What waits for somebody, the most pressing first; empty: nothing."""

    taches: tuple[Tache, ...]


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


@bp.get("/a-faire")
def lister_a_faire() -> Response:
    """Answer with what waits for somebody, once the home page is on screen."""
    with transaction() as t:
        taches = (*_bulletins_a_faire(t), *_fiches_a_faire(t))
    return page("accueil/_a_faire.html", FragmentAFaire(tuple(x for x in taches if x.combien)))


def _bulletins_a_faire(t: Transaction) -> Iterator[Tache]:
    from app.paie.service.a_recalculer import compter_a_recalculer  # noqa: PLC0415 -- heavy
    from app.paie.service.avancement import brouillons_passes  # noqa: PLC0415
    from app.paie.service.portee import Portee  # noqa: PLC0415

    combien, a_regulariser = compter_a_recalculer(t, Portee())
    adresse = "/bulletins/a-recalculer"
    yield Tache(
        combien, accorder(combien, "bulletin à recalculer", "bulletins à recalculer"), adresse
    )
    mots = ("bulletin d'une année close à régulariser", "bulletins d'années closes à régulariser")
    yield Tache(a_regulariser, accorder(a_regulariser, *mots), adresse)
    brouillons, premier = brouillons_passes(t)
    mots = ("brouillon d'un mois passé à valider", "brouillons de mois passés à valider")
    adresse = f"/bulletins/?mois={premier}&etat=brouillon"
    depuis = f"le plus ancien : {premier.en_toutes_lettres}" if premier else ""
    yield Tache(brouillons, accorder(brouillons, *mots), adresse, depuis)


def _fiches_a_faire(t: Transaction) -> Iterator[Tache]:
    from app.prevoyance import service as prevoyance  # noqa: PLC0415 -- heavy

    manques = employeurs.compter_les_manques(t)
    for cle, quoi, detail in (
        ("taux_at", "sans taux AT/MP", "sans lui, aucun bulletin ne se calcule"),
        ("opco", "sans OPCO", "la contribution formation n'a pas de destinataire"),
    ):
        combien = manques[cle]
        texte = f"{accorder(combien, 'employeur')} {quoi}"
        yield Tache(combien, texte, f"/employeurs/?manque={cle}", detail)
    regimes = prevoyance.regimes_a_confirmer(t)
    mots = (
        "régime de prévoyance aux taux à confirmer",
        "régimes de prévoyance aux taux à confirmer",
    )
    detail = f"{accorder(sum(regimes.values()), 'contrat concerné', 'contrats concernés')}"
    yield Tache(len(regimes), accorder(len(regimes), *mots), "/prevoyance/regimes", detail)


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

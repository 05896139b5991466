"""Choice of a query, window « Paramètres de la requête », progress of its run."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from flask import Response, jsonify, request

from app.extractions import rules, service
from app.extractions.errors import RequeteAChoisir, RequeteIntrouvable
from app.extractions.rules import Parametre, Requete
from app.extractions.service import ChoixDossier, Enregistree, Execution, Jeu
from app.extractions.views.commun import PageSuivi, arreter, bp, lancer
from app.noyau import champs
from app.noyau.champs import Champ
from app.noyau.erreurs import DonneesRefusees, ErreurMetier
from app.noyau.typographie import accorder, sans_accents
from app.socle.taches import FINIE, Apercu, EtatTache, Suivi
from app.socle.web import (
    FormulaireVu,
    aller,
    cible,
    formulaire,
    formulaire_refuse,
    formulaire_vide,
    page,
    programme,
    transaction,
)

FENETRE = "fenetre"
"""Id of the element that holds the window."""
REMEDE = "Corrigez les valeurs signalées, puis validez de nouveau."


@dataclass(frozen=True, slots=True)
class RequeteVue:
    """A query of the drop-down list, and the text that it is searched in."""

    requete: Requete
    recherche: str

    @classmethod
    def de(cls, requete: Requete) -> "RequeteVue":
        """Return a query as the list shows it."""
        textes = (requete.designation, requete.theme, requete.description)
        return cls(requete, sans_accents(" ".join(textes)))


@dataclass(frozen=True, slots=True)
class PageParametres:
    """Window « Paramètres de la requête »."""

    requete: Requete
    formulaire: FormulaireVu
    jeux: tuple[Jeu, ...] = ()
    nom_du_jeu: str = ""
    erreur_du_jeu: str = ""


@dataclass(frozen=True, slots=True)
class ExecutionVue:
    """A run of late, and the address that asks for it again."""

    execution: Execution
    adresse: str


@dataclass(frozen=True, slots=True)
class PageRequetes:
    """The module: the list, the query that was validated, what is at hand, a window over it."""

    requetes: tuple[RequeteVue, ...]
    choisie: Requete | None
    saisie: str
    epinglees: tuple[Requete, ...] = ()
    executions: tuple[ExecutionVue, ...] = ()
    enregistrees: tuple[Enregistree, ...] = ()
    erreur: str = ""
    remede: str = ""
    parametres: PageParametres | None = None
    suivi: PageSuivi | None = None


def _page(choisie: Requete | None, *, saisie: str = "") -> PageRequetes:
    with transaction() as t:
        vues = tuple(RequeteVue.de(r) for r in service.toutes_les_requetes(t))
        epinglees = tuple(service.lister_epinglees(t))
        executions = tuple(
            ExecutionVue(e, adresse_des_parametres(e.requete, e.saisies))
            for e in service.lister_executions(t)
        )
        enregistrees = tuple(service.lister_enregistrees(t))
    nom = choisie.designation if choisie else saisie
    return PageRequetes(vues, choisie, nom, epinglees, executions, enregistrees)


def _trouver(saisie: int | str) -> Requete:
    with transaction() as t:
        return service.trouver(t, saisie)


def adresse_des_parametres(requete: Requete, saisies: Mapping[str, str]) -> str:
    """Return the address of the window of the parameters, with these values typed."""
    reste = f"?{urlencode(saisies)}" if saisies else ""
    return f"/extractions/{requete.numero}/parametres{reste}"


@bp.get("/")
def choisir() -> Response:
    """Show the list of queries; the one that was validated may be run."""
    saisie = request.args.get("requete")
    if saisie is None:
        return page("extractions/requetes.html", _page(None))
    try:
        modele = _page(_trouver(saisie))
    except (RequeteIntrouvable, RequeteAChoisir) as erreur:
        return _refuser(erreur, saisie)
    return page("extractions/requetes.html", modele)


def _refuser(erreur: ErreurMetier, saisie: str) -> Response:
    modele = replace(
        _page(None, saisie=saisie), erreur=erreur.texte(), remede=erreur.texte_remede()
    )
    return page("extractions/requetes.html", modele, 422)


@bp.get("/<int:numero>/parametres")
def parametrer(numero: int) -> Response:
    """Open the window of the parameters, with what the address says or the defaults."""
    requete = _trouver(numero)
    saisie = dict(request.args)
    jeu = saisie.pop("jeu", "")
    if jeu.isdecimal() and requete.parametre("jeu") is None:
        with transaction() as t:
            garde = service.lire_jeu(t, requete, int(jeu))
        return _ouvrir(requete, saisie | garde.saisies, garde.nom)
    return _ouvrir(requete, saisie)


def _ouvrir(requete: Requete, saisie: Mapping[str, str], nom_du_jeu: str = "") -> Response:
    with transaction() as t:
        textes = service.saisies_par_defaut(t, requete) | dict(saisie)
        dossiers = service.lister_dossiers(t)
        jeux = tuple(service.lister_jeux(t, requete))
    vu = formulaire_vide(champs_ordinaires(requete, dossiers), en_toutes_lettres(requete, textes))
    modele = PageParametres(requete, vu, jeux, nom_du_jeu)
    if cible() == FENETRE:
        return page("extractions/_fenetre.html", modele)
    return page("extractions/requetes.html", replace(_page(requete), parametres=modele))


def champs_ordinaires(requete: Requete, dossiers: list[ChoixDossier]) -> list[Champ]:
    """Return the fields that ask for the parameters of a query."""
    return [_champ(p, dossiers) for p in requete.parametres]


def _champ(p: Parametre, dossiers: list[ChoixDossier]) -> Champ:
    """Return the field that asks for a parameter."""
    if p.type == "dossier":
        choix = [(str(d.id), d.nom) for d in dossiers]
        tous = [(rules.TOUS, p.libelle_tous)] if p.tous else []
        nature = champs.choix(*tous, *choix, largeur=30)
    elif p.type == "employeur":
        nature = champs.texte(160, largeur=30)
    else:
        nature = p.champ.nature
    return Champ(
        p.nom, p.libelle, nature, groupe=p.type, obligatoire=p.obligatoire, aide=p.aide, vide=""
    )


def en_toutes_lettres(requete: Requete, textes: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of the form: « tous » is written in words where it is typed."""
    mots = {p.nom: p.libelle_tous for p in requete.parametres if p.type == "employeur"}
    return {n: mots.get(n, v) if v == rules.TOUS else v for n, v in textes.items()}


@bp.post("/<int:numero>/executer")
def executer(numero: int) -> Response:
    """Run the query with what was typed; a wrong value is said beside its field."""
    requete = _trouver(numero)
    saisie = formulaire()
    try:
        etat = _lancer(requete, saisie)
    except ErreurMetier as erreur:
        return _refuser_parametres(requete, saisie, erreur)
    return _suivre(requete, etat, saisie)


@bp.post("/visualiser")
def visualiser() -> Response:
    """Run at once the query chosen (the eye), or ask for the values that it cannot do without."""
    saisie = request.form.get("requete", "")
    try:
        requete = _trouver(saisie)
    except (RequeteIntrouvable, RequeteAChoisir) as erreur:
        reponse = _refuser(erreur, saisie)
        reponse.headers["HX-Retarget"] = reponse.headers["HX-Reselect"] = "#page"
        reponse.headers["HX-Reswap"] = "outerHTML"
        return reponse
    if not rules.sans_saisie(requete.parametres):
        return _ouvrir(requete, {})
    try:
        etat = _lancer(requete, {})
    except ErreurMetier as erreur:
        return _refuser_parametres(requete, {}, erreur)
    return _suivre(requete, etat, {})


def _lancer(requete: Requete, saisie: Mapping[str, str]) -> EtatTache:
    with transaction() as t:
        valeurs = service.lire_demande(t, requete, saisie)
    ouvert, apercu = programme(), Apercu()

    def travail(suivi: Suivi) -> dict[str, object]:
        resultat = service.executer(
            ouvert.magasin.chemin, requete, valeurs, suivi=suivi, montrer=apercu.montrer
        )
        with suppress(ErreurMetier), ouvert.transaction() as t:  # the result is there all the same
            service.noter_execution(t, requete, valeurs, resultat.total)
        return {"resultat": resultat.nom}

    return lancer(f"extraction-{requete.numero}", requete.designation, travail, apercu)


def _refuser_parametres(
    requete: Requete, saisie: Mapping[str, str], erreur: ErreurMetier
) -> Response:
    with transaction() as t:
        textes = service.saisies_par_defaut(t, requete) | dict(saisie)
        dossiers = service.lister_dossiers(t)
        jeux = tuple(service.lister_jeux(t, requete))
    vu = formulaire_refuse(
        champs_ordinaires(requete, dossiers), en_toutes_lettres(requete, textes), erreur
    )
    if isinstance(erreur, DonneesRefusees):
        fautes = accorder(len(erreur.constats), "valeur est", "valeurs sont")
        haut = f"La requête n'a pas été exécutée : {fautes} à corriger."
        vu = replace(vu, erreur=haut, remede=REMEDE)
    modele = PageParametres(requete, vu, jeux)
    if cible() == "parametres":
        return page("extractions/_parametres.html", modele, 422)
    if cible() == FENETRE:
        return page("extractions/_fenetre.html", modele, 422)
    return page("extractions/requetes.html", replace(_page(requete), parametres=modele), 422)


@bp.get("/<int:numero>/suivi/<int:tache>")
def suivre(numero: int, tache: int) -> Response:
    """Show how far the run is; at its end, show the result."""
    requete = _trouver(numero)
    return _suivre(requete, programme().taches.etat(tache), dict(request.args))


@bp.post("/<int:numero>/suivi/<int:tache>/annuler")
def annuler(numero: int, tache: int) -> Response:
    """Stop the run: nothing is kept, what was typed is one step away."""
    requete = _trouver(numero)
    return _suivre(requete, arreter(tache), dict(request.args))


def _suivre(requete: Requete, etat: EtatTache, saisie: Mapping[str, str]) -> Response:
    if etat.etat == FINIE:
        return aller(f"/extractions/resultats/{etat.resultat['resultat']}")
    suivi = _page_suivi(requete, etat, saisie)
    if cible() in {"parametres", "tache"}:
        return page("extractions/_suivi.html", suivi)
    if cible() == FENETRE:
        return page("extractions/_fenetre_suivi.html", suivi)
    return page("extractions/requetes.html", replace(_page(requete), suivi=suivi))


def _page_suivi(requete: Requete, etat: EtatTache, saisie: Mapping[str, str]) -> PageSuivi:
    reste = f"?{urlencode(saisie)}" if saisie else ""
    debut = f"/extractions/{requete.numero}"
    suivi = f"{debut}/suivi/{etat.id}"
    return PageSuivi(
        etat, f"{suivi}{reste}", f"{suivi}/annuler{reste}", f"{debut}/parametres{reste}"
    )


@bp.get("/employeurs")
def suggerer() -> Response:
    """Propose employers while the person types."""
    with transaction() as t:
        trouves = service.suggerer_employeurs(
            t, request.args.get("q", "")[:100], request.args.get("dossier", "")
        )
    return jsonify([asdict(s) for s in trouves])

"""« Extractions programmées »: the list, the form of one, run now, on hold, deleted."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response

from app.extractions import service
from app.extractions.rules import Requete, programmation
from app.extractions.rules.programmation import FICHIER, PREFIXE, Programmee
from app.extractions.service import ChoixDossier, ProgrammeeVue
from app.extractions.views.commun import PageSuivi, arreter, bp, lancer
from app.extractions.views.requetes import champs_ordinaires, en_toutes_lettres
from app.noyau.champs import Champ
from app.noyau.champs_planning import PLANNING
from app.noyau.erreurs import ErreurMetier
from app.socle.taches import FINIE, EtatTache, Suivi
from app.socle.web import (
    ChampVu,
    FormulaireVu,
    aller,
    cible,
    formulaire,
    formulaire_refuse,
    formulaire_vide,
    message,
    page,
    programme,
    transaction,
    version_vue,
)

ADRESSE = "/extractions/programmees"


@dataclass(frozen=True, slots=True)
class LigneProgrammee:
    """A planned extraction of the list, its parameters in words."""

    vue: ProgrammeeVue
    parametres: str


@dataclass(frozen=True, slots=True)
class PageProgrammees:
    """The list, and the run that goes on."""

    lignes: tuple[LigneProgrammee, ...]
    suivi: PageSuivi | None = None


@dataclass(frozen=True, slots=True)
class PageProgrammee:
    """The form: name, parameters, planning, file."""

    titre: str
    requete: Requete
    action: str
    formulaire: FormulaireVu
    nom: ChampVu
    parametres: tuple[ChampVu, ...]
    planning: tuple[ChampVu, ...]
    format: ChampVu
    repertoire: ChampVu


def _champs(requete: Requete, dossiers: list[ChoixDossier] | None = None) -> list[Champ]:
    if dossiers is None:
        with transaction() as t:
            dossiers = service.lister_dossiers(t)
    ordinaires = {c.nom: c for c in champs_ordinaires(requete, dossiers)}
    demandes = programmation.champs_des_parametres(requete, ordinaires)
    return [*service.CHAMPS_PROGRAMMEE, *demandes]


def _page(suivi: PageSuivi | None = None) -> Response:
    with transaction() as t:
        vues, dossiers = service.lister_programmees(t), service.lister_dossiers(t)
    lignes = tuple(LigneProgrammee(v, _en_mots(v, dossiers)) for v in vues)
    return page("extractions/programmees.html", PageProgrammees(lignes, suivi))


def _en_mots(vue: ProgrammeeVue, dossiers: list[ChoixDossier]) -> str:
    if vue.requete is None:
        return ""
    return programmation.parametres_en_mots(_champs(vue.requete, dossiers), vue.programmee.saisies)


@bp.get("/programmees")
def lister() -> Response:
    """Show the list."""
    return _page()


def _formulaire(
    requete: Requete, vu: FormulaireVu, gardee: Programmee | None = None, statut: int = 200
) -> Response:
    modele = PageProgrammee(
        titre=f"Extraction « {gardee.nom} »" if gardee else "Nouvelle extraction programmée",
        requete=requete,
        action=f"{ADRESSE}/{gardee.id}" if gardee else f"/extractions/{requete.numero}/programmer",
        formulaire=vu,
        nom=vu.champ("nom"),
        parametres=tuple(c for c in vu.champs if c.nom.startswith(PREFIXE)),
        planning=vu.groupe(PLANNING),
        format=next(c for c in vu.groupe(FICHIER) if c.nom == "format"),
        repertoire=vu.champ("repertoire"),
    )
    return page("extractions/programmee.html", modele, statut)


@bp.get("/<int:numero>/programmer")
def preparer_programmee(numero: int) -> Response:
    """Show the form for a query: each month, on the first at 8 o'clock, in XLSX."""
    with transaction() as t:
        requete = service.trouver(t, numero)
        defauts = en_toutes_lettres(requete, service.saisies_par_defaut(t, requete))
        jour = t.aujourd_hui.replace(day=1)
    champs = _champs(requete)
    textes = {f"{PREFIXE}{nom}": texte for nom, texte in defauts.items()}
    textes |= {c.nom: c.ecrire(c.vide) for c in champs if c.vide}
    textes |= {"nom": requete.titre, "heure": "08:00", "debut_le": f"{jour:%d/%m/%Y}"}
    return _formulaire(requete, formulaire_vide(champs, textes))


@bp.post("/<int:numero>/programmer")
def creer_programmee(numero: int) -> Response:
    """Plan a query."""
    saisie = formulaire()
    with transaction() as t:
        requete = service.trouver(t, numero)
    try:
        with transaction() as t:
            faite = service.programmer(t, requete, saisie)
    except ErreurMetier as erreur:
        vu = formulaire_refuse(_champs(requete), saisie, erreur)
        return _formulaire(requete, vu, statut=erreur.statut)
    return message(aller(ADRESSE), f"L'extraction « {faite.nom} » est programmée.")


def _textes(
    gardee: Programmee, valeurs: Mapping[str, object], champs: list[Champ]
) -> dict[str, str]:
    propres = {c.nom: c.ecrire(valeurs[c.nom]) for c in champs if c.nom in valeurs}
    return propres | {f"{PREFIXE}{n}": v for n, v in gardee.saisies.items()}


@bp.get("/programmees/<int:numero>")
def voir_programmee(numero: int) -> Response:
    """Show the form of a planned extraction."""
    with transaction() as t:
        gardee = service.lire_programmee(t, numero)
        requete = service.trouver(t, gardee.requete)
        valeurs = service.valeurs_de_la_programmee(t, numero)
    champs = _champs(requete)
    vu = formulaire_vide(champs, _textes(gardee, valeurs, champs), gardee.version)
    return _formulaire(requete, vu, gardee)


@bp.post("/programmees/<int:numero>")
def changer_programmee(numero: int) -> Response:
    """Change a planned extraction."""
    saisie = formulaire()
    with transaction() as t:
        gardee = service.lire_programmee(t, numero)
        requete = service.trouver(t, gardee.requete)
    try:
        with transaction() as t:
            faite = service.modifier_programmee(t, numero, saisie, version_vue())
    except ErreurMetier as erreur:
        vu = formulaire_refuse(_champs(requete), saisie, erreur, version_vue())
        return _formulaire(requete, vu, gardee, erreur.statut)
    return message(aller(ADRESSE), f"L'extraction « {faite.nom} » est enregistrée.")


@bp.post("/programmees/<int:numero>/suspendre")
def suspendre_programmee(numero: int) -> Response:
    """Put on hold."""
    with transaction() as t:
        p = service.suspendre(t, numero, active=False)
    return message(aller(ADRESSE), f"L'extraction « {p.nom} » est suspendue.")


@bp.post("/programmees/<int:numero>/reprendre")
def reprendre_programmee(numero: int) -> Response:
    """Start again."""
    with transaction() as t:
        p = service.suspendre(t, numero, active=True)
    return message(aller(ADRESSE), f"L'extraction « {p.nom} » reprend.")


@bp.post("/programmees/<int:numero>/supprimer")
def retirer_programmee(numero: int) -> Response:
    """Delete; it can be brought back."""
    with transaction() as t:
        nom, entree = service.supprimer_programmee(t, numero)
    return message(aller(ADRESSE), f"L'extraction « {nom} » est supprimée.", annuler=entree)


@bp.post("/programmees/<int:numero>/executer")
def executer_maintenant(numero: int) -> Response:
    """Run now, as the planning would."""
    with transaction() as t:
        gardee = service.lire_programmee(t, numero)
    ouvert = programme()

    def travail(suivi: Suivi) -> dict[str, object]:
        faite = service.executer_programmee(ouvert, numero, suivi)
        return {"fichier": faite.fichier, "lignes": faite.lignes}

    return _suivre(lancer(f"extraction-programmee-{numero}", gardee.nom, travail))


@bp.get("/programmees/suivi/<int:tache>")
def suivre_programmee(tache: int) -> Response:
    """Show how far the run is; at its end, the list says what it gave."""
    return _suivre(programme().taches.etat(tache))


@bp.post("/programmees/suivi/<int:tache>/annuler")
def annuler_programmee(tache: int) -> Response:
    """Stop the run: no file is left."""
    return _suivre(arreter(tache))


def _suivre(etat: EtatTache) -> Response:
    if etat.etat == FINIE:
        return message(aller(ADRESSE), f"Fichier écrit : {etat.resultat['fichier']}")
    adresse = f"{ADRESSE}/suivi/{etat.id}"
    suivi = PageSuivi(etat, adresse, f"{adresse}/annuler", "")
    if cible() == "tache":
        return page("extractions/_suivi.html", suivi)
    return _page(suivi)

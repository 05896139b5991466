"""Screens « Sauvegarder / Restaurer » of the Centre de maintenance, and the standing indicator."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, request

from app.noyau.champs import DATE, Champ
from app.noyau.erreurs import DonneesRefusees, ErreurMetier
from app.noyau.typographie import accorder
from app.sauvegardes import service
from app.sauvegardes.rules.etats import DATE as DATE_INCORRECTE
from app.sauvegardes.rules.etats import Anomalie, Temoin
from app.sauvegardes.rules.script import (
    CHAMPS_NOUVEAU,
    CHAMPS_SCRIPT,
    DESTINATION,
    PLANNING,
    SECRET,
)
from app.sauvegardes.service import SauvegardeVue, ScriptVu
from app.socle.contexte import ProgrammeOuvert
from app.socle.taches import EtatTache, Suivi
from app.socle.web import (
    ChampVu,
    FormulaireVu,
    aller,
    cible,
    formulaire,
    formulaire_de,
    formulaire_refuse,
    message,
    page,
    programme,
    transaction,
    version_vue,
)

bp = Blueprint("sauvegardes", __name__, url_prefix="/sauvegardes")

ACCUEIL = "/sauvegardes/"
RESTAURATION = "/sauvegardes/restaurer"
GENRE = "sauvegarde"
"""Kind of the jobs: one run, restore or verification at a time."""
CHAMP_AU = Champ("au", "Repousser au", DATE, obligatoire=True)


@dataclass(frozen=True, slots=True)
class PageModule:
    """« Module de sauvegardes »: the scripts, what is wrong with them."""

    scripts: tuple[ScriptVu, ...]
    anomalies: tuple[Anomalie, ...]
    dates: int


@dataclass(frozen=True, slots=True)
class PageScript:
    """The form of a script, new or not, and its backups."""

    titre: str
    action: str
    formulaire: FormulaireVu
    rubriques: tuple[tuple[str, tuple[ChampVu, ...]], ...]
    script: int
    nom: str
    sauvegardes: tuple[SauvegardeVue, ...]


@dataclass(frozen=True, slots=True)
class PageCle:
    """The recovery key of a new script, shown once."""

    nom: str
    cle: str


@dataclass(frozen=True, slots=True)
class PageRestaurer:
    """« Restaurer une sauvegarde »: the scripts, the backups of the chosen one."""

    scripts: tuple[ScriptVu, ...]
    choisi: int
    sauvegardes: tuple[SauvegardeVue, ...]
    precautions: tuple[SauvegardeVue, ...]
    fichier: str
    erreur: str
    remede: str


@dataclass(frozen=True, slots=True)
class PageSuivi:
    """A run, a restore or a verification as it goes, then its result."""

    etat: EtatTache
    adresse: str


@dataclass(frozen=True, slots=True)
class FragmentTemoin:
    """The standing indicator of the main window."""

    temoin: Temoin


@bp.get("/")
def montrer() -> Response:
    """Show the scripts with their next run, and what is wrong."""
    with transaction() as t:
        vus = service.lister_scripts(t)
        anomalies = service.anomalies_de(t, vus)
    dates = sum(a.genre == DATE_INCORRECTE for a in anomalies)
    return page("sauvegardes/module.html", PageModule(tuple(vus), tuple(anomalies), dates))


@bp.get("/temoin")
def montrer_le_temoin() -> Response:
    """Show how the backups stand, in the bar of the main window."""
    with transaction() as t:
        temoin = service.lire_temoin(t)
    return page("sauvegardes/_temoin.html", FragmentTemoin(temoin))


def _page_script(vu: FormulaireVu, numero: int = 0, nom: str = "", statut: int = 200) -> Response:
    sauvegardes: tuple[SauvegardeVue, ...] = ()
    if numero:
        with transaction() as t:
            sauvegardes = tuple(service.lister_sauvegardes(t, numero))
    titres = (PLANNING, DESTINATION) if numero else (PLANNING, DESTINATION, SECRET)
    modele = PageScript(
        titre=f"Script « {nom} »" if numero else "Nouveau script de sauvegarde",
        action=f"/sauvegardes/{numero}" if numero else "/sauvegardes/nouveau",
        formulaire=vu,
        rubriques=tuple((titre, vu.groupe(titre)) for titre in titres),
        script=numero,
        nom=nom,
        sauvegardes=sauvegardes,
    )
    return page("sauvegardes/script.html", modele, statut)


@bp.get("/nouveau")
def preparer() -> Response:
    """Show the form of a new script: every day at 23:00 from today."""
    with transaction() as t:
        jour = t.aujourd_hui
    valeurs = {"nombre": 1, "unite": "jour", "heure": "23:00", "debut_le": jour, "garder": 5}
    return _page_script(formulaire_de(CHAMPS_NOUVEAU, valeurs | {"chiffrer": "0"}))


@bp.post("/nouveau")
def creer() -> Response:
    """Create a script; one that encrypts shows its recovery key, once."""
    saisie = formulaire()
    try:
        with transaction() as t:
            cree = service.creer_script(t, saisie)
    except ErreurMetier as erreur:
        vu = formulaire_refuse(CHAMPS_NOUVEAU, saisie, erreur)
        return _page_script(vu, statut=erreur.statut)
    texte = f"Le script « {cree.nom} » est enregistré."
    if cree.cle:
        return message(page("sauvegardes/cle.html", PageCle(cree.nom, cree.cle)), texte)
    return message(aller(ACCUEIL), texte)


@bp.get("/<int:numero>")
def ouvrir(numero: int) -> Response:
    """Show a script and its backups."""
    with transaction() as t:
        script = service.lire_script(t, numero)
        valeurs = service.valeurs_du_script(t, numero)
    vu = formulaire_de(CHAMPS_SCRIPT, valeurs, script.version)
    return _page_script(vu, numero, script.nom)


@bp.post("/<int:numero>")
def modifier(numero: int) -> Response:
    """Save a script."""
    saisie = formulaire()
    with transaction() as t:
        nom = service.lire_script(t, numero).nom
    try:
        with transaction() as t:
            service.modifier_script(t, numero, saisie, version_vue())
    except ErreurMetier as erreur:
        vu = formulaire_refuse(CHAMPS_SCRIPT, saisie, erreur, version_vue())
        return _page_script(vu, numero, nom, erreur.statut)
    return message(aller(ACCUEIL), f"Le script « {nom} » est enregistré.")


@bp.post("/<int:numero>/supprimer")
def supprimer(numero: int) -> Response:
    """Delete a script; its files stay."""
    with transaction() as t:
        nom = service.supprimer_script(t, numero)
    return message(aller(ACCUEIL), f"Le script « {nom} » est supprimé ; ses fichiers restent.")


@bp.post("/<int:numero>/emplacement")
def deplacer(numero: int) -> Response:
    """Give a script another folder (« Parcourir »)."""
    return _corriger(
        lambda: _en_transaction(
            lambda t: service.deplacer_script(t, numero, request.form.get("dossier", ""))
        ),
        "L'emplacement est changé.",
    )


@bp.post("/<int:numero>/repousser")
def repousser(numero: int) -> Response:
    """Push every run of a script back to a day (« Repousser les dates »)."""
    return _corriger(
        lambda: _en_transaction(
            lambda t: service.repousser_script(t, numero, CHAMP_AU.lire(request.form.get("au", "")))
        ),
        "Les dates sont repoussées.",
    )


def _en_transaction(action: Callable[..., object]) -> None:
    with transaction() as t:
        action(t)


def _corriger(action: Callable[[], None], texte: str) -> Response:
    """Do something to a script, then show them again, with what was refused if it was."""
    try:
        action()
    except ErreurMetier as erreur:
        constats = erreur.constats if isinstance(erreur, DonneesRefusees) else ()
        dit = constats[0].message if constats else erreur.texte()
        return message(aller(ACCUEIL), dit, genre="erreur")
    return message(aller(ACCUEIL), texte)


@bp.post("/remettre-a-jour")
def remettre_a_jour() -> Response:
    """Put the dates of every script right in one go (« Tout remettre à jour »)."""
    with transaction() as t:
        anomalies = service.anomalies_de(t, service.lister_scripts(t))
        numeros = sorted({a.script_id for a in anomalies if a.genre == DATE_INCORRECTE})
        combien = service.remettre_a_jour(t, numeros)
    texte = f"{accorder(combien, 'script remis', 'scripts remis')} à jour."
    return message(aller(ACCUEIL), texte)


def _lancer(libelle: str, travail: Callable[[ProgrammeOuvert, Suivi], dict[str, object]]) -> str:
    """Start a job; returns the address where it is followed."""
    ouvert = programme()
    numero = ouvert.taches.lancer(GENRE, libelle, lambda suivi: travail(ouvert, suivi), ouvert.par)
    return f"/sauvegardes/suivi/{numero}"


@bp.post("/<int:numero>/executer")
def executer(numero: int) -> Response:
    """Run a script in the background."""
    with transaction() as t:
        nom = service.lire_script(t, numero).nom
    adresse = _lancer(
        f"Sauvegarde « {nom} »",
        lambda ouvert, suivi: service.executer_script(ouvert, numero, suivi).en_donnees(),
    )
    return aller(adresse)


@bp.post("/verifier")
def verifier() -> Response:
    """Read every backup again, in the background."""

    def travail(ouvert: ProgrammeOuvert, suivi: Suivi) -> dict[str, object]:
        verdicts = service.verifier_sauvegardes(ouvert, suivi=suivi)
        return {"verdicts": [v.en_donnees() for v in verdicts]}

    return aller(_lancer("Vérification des sauvegardes", travail))


@bp.get("/suivi/<int:numero>")
def suivre(numero: int) -> Response:
    """Show how far a job is, then its result."""
    modele = PageSuivi(programme().taches.etat(numero), f"/sauvegardes/suivi/{numero}")
    fragment = cible() == "tache"
    return page("sauvegardes/_suivi.html" if fragment else "sauvegardes/suivi.html", modele)


def _page_restaurer(choisi: int, fichier: str = "", erreur: ErreurMetier | None = None) -> Response:
    with transaction() as t:
        service.relever(t)
        vus = service.lister_scripts(t)
        numeros = [vu.script.id for vu in vus]
        choisi = choisi if choisi in numeros else (numeros[0] if numeros else 0)
        modele = PageRestaurer(
            scripts=tuple(vus),
            choisi=choisi,
            sauvegardes=tuple(service.lister_sauvegardes(t, choisi)) if choisi else (),
            precautions=tuple(service.lister_sauvegardes(t, precautions=True)),
            fichier=fichier,
            erreur=erreur.texte() if erreur else "",
            remede=erreur.texte_remede() if erreur else "",
        )
    return page("sauvegardes/restaurer.html", modele, erreur.statut if erreur else 200)


@bp.get("/restaurer")
def choisir() -> Response:
    """Show the backups of a script, to restore one."""
    demande = request.args.get("script", "")
    return _page_restaurer(int(demande) if demande.isdecimal() and len(demande) < 10 else 0)


@bp.post("/restaurer")
def restaurer() -> Response:
    """Restore a backup of the list, or any file, in the background."""
    numero, cle = request.form.get("sauvegarde", ""), request.form.get("cle", "")
    fichier = request.form.get("fichier", "").strip().strip('"')
    if numero.isdecimal():
        with transaction() as t:
            fichier = service.lire_sauvegarde(t, int(numero)).fichier

    def travail(ouvert: ProgrammeOuvert, suivi: Suivi) -> dict[str, object]:
        return service.restaurer(ouvert, Path(fichier).expanduser(), cle, suivi).en_donnees()

    try:
        adresse = _lancer(f"Restauration de « {Path(fichier).name} »", travail)
    except ErreurMetier as erreur:
        return _page_restaurer(0, fichier, erreur)
    return aller(adresse)

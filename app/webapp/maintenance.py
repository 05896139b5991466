"""Centre de maintenance: a window of its own that gathers what keeps the program well."""

from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from flask import Blueprint, Response, request

from app.employeurs import rules as employeurs
from app.employeurs.service import champs_des_lignes
from app.noyau.champs import Champ, choix, lire_fiche, texte
from app.noyau.erreurs import ErreurMetier
from app.organismes import rules as organismes
from app.paie.rules.etats import CHAMPS_BULLETIN
from app.paie.rules.paiement import CHAMPS_PAIEMENT
from app.paie.rules.reprise import CHAMPS_REPRISE
from app.paie.rules.saisie import CHAMPS_SAISIE
from app.salaries import rules as salaries
from app.sauvegardes.rules.script import CHAMPS_SCRIPT
from app.socle import journal
from app.socle.fiches import exiger
from app.socle.historique import (
    ACTIONS,
    Changement,
    LigneJournal,
    changements,
    lister_journal,
    objets,
)
from app.socle.listes import Page
from app.socle.reglages import REGLAGES, Reglage
from app.socle.taches import EtatTache, Suivi
from app.socle.web import (
    FormulaireVu,
    adresse_locale,
    aller,
    cible,
    formulaire,
    formulaire_de,
    formulaire_refuse,
    message,
    page,
    programme,
    transaction,
    vue_demandee,
)
from app.verification.service import verifier

bp = Blueprint("maintenance", __name__, url_prefix="/maintenance")

A_L_ECRAN = ("theme", "par", "journaux")
_CHOIX = {"systeme": "Comme le système", "clair": "Claire", "sombre": "Sombre"}


@dataclass(frozen=True, slots=True)
class PageEtat:
    """State of the program and of its base; sizes in bytes."""

    version: str
    dossier: str
    base: str
    taille: int
    modifiee_a: datetime
    journal_technique: str


@dataclass(frozen=True, slots=True)
class PageVerification:
    """The verification as it goes, then what it found."""

    etat: EtatTache
    adresse: str


CHAMPS: dict[str, tuple[Champ, ...]] = {
    "dossier": employeurs.CHAMPS_DOSSIER,
    "employeur": employeurs.CHAMPS_EMPLOYEUR,
    "organisme": organismes.CHAMPS_ORGANISME,
    "salarie": salaries.CHAMPS_SALARIE,
    "contrat": salaries.CHAMPS_CONTRAT,
    "saisie_mois": CHAMPS_SAISIE,
    "bulletin": CHAMPS_BULLETIN,
    "reprise_conges": CHAMPS_REPRISE,
    "reglage_paie": CHAMPS_PAIEMENT,
    "script_sauvegarde": CHAMPS_SCRIPT,
}
"""The fields of each journalled record, by table: how the journal names and shows them."""


@dataclass(frozen=True, slots=True)
class LigneVue:
    """A change with its fields in words."""

    entree: LigneJournal
    changements: tuple[Changement, ...]


@dataclass(frozen=True, slots=True)
class PageJournal:
    """The journal of changes and what it can be filtered by."""

    liste: Page[LigneVue]
    objets: dict[str, str]
    actions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PageReglages:
    """The settings that a person may change."""

    formulaire: FormulaireVu


@bp.get("/")
def accueillir() -> Response:
    """Show the state of the program and of its base."""
    ouvert = programme()
    chemin: Path = ouvert.magasin.chemin
    fichiers = [f for f in (chemin, chemin.with_name(f"{chemin.name}-wal")) if f.exists()]
    fiches = [f.stat() for f in fichiers]
    modele = PageEtat(
        version("clairpaie"),
        str(ouvert.dossier),
        str(chemin),
        sum(f.st_size for f in fiches),
        datetime.fromtimestamp(max(f.st_mtime for f in fiches), UTC).replace(tzinfo=None),
        str(ouvert.dossier / "journaux" / "clairpaie.log"),
    )
    return page("maintenance/etat.html", modele)


@bp.post("/verification")
def lancer_verification() -> Response:
    """Start verifying the base in the background."""
    ouvert = programme()

    def travail(suivi: Suivi) -> dict[str, object]:
        return verifier(ouvert.magasin.chemin, suivi).en_donnees()

    numero = ouvert.taches.lancer("verification", "Vérification de la base", travail, ouvert.par)
    return aller(f"/maintenance/verification/{numero}")


@bp.get("/verification/<int:numero>")
def suivre_verification(numero: int) -> Response:
    """Show how far the verification is, then what it found."""
    modele = PageVerification(
        programme().taches.etat(numero), f"/maintenance/verification/{numero}"
    )
    fragment = cible() == "tache"
    gabarit = "maintenance/_verification.html" if fragment else "maintenance/verification.html"
    return page(gabarit, modele)


@bp.get("/journal")
def lister_le_journal() -> Response:
    """Show every change of every record, latest first."""
    with transaction() as t:
        liste = lister_journal(t, vue_demandee(("objet", "action")))
        champs = CHAMPS | {"organisme_employeur": champs_des_lignes(t)}
    vues = [LigneVue(e, changements(e, champs.get(e.objet, ()))) for e in liste.lignes]
    modele = PageJournal(Page(vues, liste.total, liste.vue), objets(), ACTIONS)
    return page("maintenance/journal.html", modele)


@bp.post("/journal/<int:numero>/annuler")
def annuler_une_modification(numero: int) -> Response:
    """Undo one change, and go back where the person was."""
    with transaction() as t:
        fiche = journal.annuler_entree(t.session, numero)
        t.session.flush()
        journal.annoncer_l_annulation(t, fiche, numero)
        nom = str(fiche)
    retour = adresse_locale(request.form.get("retour", ""), "/maintenance/journal")
    return message(aller(retour), f"« {nom} » : modification annulée.")


def _champ(reglage: Reglage) -> Champ:
    if reglage.choix:
        nature = choix(*((valeur, _CHOIX.get(valeur, valeur)) for valeur in reglage.choix))
        return Champ(reglage.cle, reglage.libelle, nature, aide=reglage.aide, obligatoire=True)
    return Champ(reglage.cle, reglage.libelle, texte(80), aide=reglage.aide)


CHAMPS_REGLAGES = tuple(_champ(r) for r in REGLAGES if r.cle in A_L_ECRAN)


@bp.get("/reglages")
def montrer_les_reglages() -> Response:
    """Show the settings."""
    valeurs = dict(programme().reglages)
    return page("maintenance/reglages.html", PageReglages(formulaire_de(CHAMPS_REGLAGES, valeurs)))


@bp.post("/reglages")
def enregistrer_les_reglages() -> Response:
    """Write the settings to the file of the data folder."""
    saisie = formulaire()
    try:
        valeurs, constats = lire_fiche(CHAMPS_REGLAGES, saisie)
        exiger(constats)
        programme().reglages.enregistrer(valeurs)
    except ErreurMetier as erreur:
        vu = formulaire_refuse(CHAMPS_REGLAGES, saisie, erreur)
        return page("maintenance/reglages.html", PageReglages(vu), erreur.statut)
    return message(aller("/maintenance/reglages"), "Réglages enregistrés.")

"""Module « Dossiers »: archived and not, created, renamed, archived, deleted when empty."""

from dataclasses import dataclass

from flask import Response, request

from app.employeurs import service
from app.employeurs.rules import CHAMPS_DOSSIER
from app.employeurs.service.dossiers import DossierResume
from app.employeurs.views.racine import bp
from app.noyau.erreurs import ErreurMetier
from app.socle.web import (
    FormulaireVu,
    aller,
    formulaire,
    formulaire_de,
    formulaire_refuse,
    formulaire_vide,
    message,
    page,
    transaction,
    version_vue,
)

ADRESSE = "/employeurs/dossiers"


@dataclass(frozen=True, slots=True)
class PageDossiers:
    """The dossiers of one state, how many of each state, and a form when one is open."""

    dossiers: tuple[DossierResume, ...]
    archives: bool
    nombre_en_cours: int
    nombre_archives: int
    formulaire: FormulaireVu | None
    modifie: DossierResume | None


def _montrer(
    *,
    archives: bool = False,
    vu: FormulaireVu | None = None,
    modifie: DossierResume | None = None,
    statut: int = 200,
) -> Response:
    with transaction() as t:
        tous = service.lister_dossiers(t, archives=None)
    montres = tuple(d for d in tous if d.est_archive == archives)
    nombre_archives = sum(d.est_archive for d in tous)
    modele = PageDossiers(
        montres, archives, len(tous) - nombre_archives, nombre_archives, vu, modifie
    )
    return page("employeurs/dossiers.html", modele, statut)


@bp.get("/dossiers")
def lister_les_dossiers() -> Response:
    """Show « Dossiers non archivés », or « Dossiers archivés » (`archives=1`)."""
    return _montrer(archives=request.args.get("archives") == "1")


@bp.get("/dossiers/nouveau")
def preparer_un_dossier() -> Response:
    """Show the form of a new dossier above the list."""
    return _montrer(vu=formulaire_vide(CHAMPS_DOSSIER))


@bp.post("/dossiers/nouveau")
def creer_un_dossier() -> Response:
    """Create a dossier."""
    saisie = formulaire()
    try:
        with transaction() as t:
            service.creer_dossier(t, saisie)
    except ErreurMetier as erreur:
        vu = formulaire_refuse(CHAMPS_DOSSIER, saisie, erreur)
        return _montrer(vu=vu, statut=erreur.statut)
    return message(aller(ADRESSE), f"Dossier « {saisie['nom'].strip()} » créé.")


@bp.get("/dossiers/<int:numero>")
def montrer_un_dossier(numero: int) -> Response:
    """Show the form of a dossier above the list."""
    with transaction() as t:
        dossier = service.lire_dossier(t, numero)
    valeurs = {"nom": dossier.nom, "note": dossier.note}
    vu = formulaire_de(CHAMPS_DOSSIER, valeurs, dossier.version)
    return _montrer(archives=dossier.est_archive, vu=vu, modifie=dossier)


@bp.post("/dossiers/<int:numero>")
def modifier_un_dossier(numero: int) -> Response:
    """Save a dossier's name and note."""
    saisie, version = formulaire(), version_vue()
    try:
        with transaction() as t:
            dossier = service.lire_dossier(t, numero)
            service.modifier_dossier(t, numero, saisie, version)
    except ErreurMetier as erreur:
        vu = formulaire_refuse(CHAMPS_DOSSIER, saisie, erreur, version)
        with transaction() as t:
            dossier = service.lire_dossier(t, numero)
        return _montrer(archives=dossier.est_archive, vu=vu, modifie=dossier, statut=erreur.statut)
    return message(aller(_liste(dossier)), "Enregistré.")


def _liste(dossier: DossierResume) -> str:
    return f"{ADRESSE}?archives=1" if dossier.est_archive else ADRESSE


@bp.post("/dossiers/<int:numero>/archiver")
def archiver_un_dossier(numero: int) -> Response:
    """Take a dossier and its employers out of the lists."""
    with transaction() as t:
        dossier = service.lire_dossier(t, numero)
        entree = service.archiver_dossier(t, numero, archive=True)
    return message(aller(ADRESSE), f"Dossier « {dossier.nom} » archivé.", annuler=entree)


@bp.post("/dossiers/<int:numero>/reprendre")
def reprendre_un_dossier(numero: int) -> Response:
    """Bring an archived dossier back into the lists."""
    with transaction() as t:
        dossier = service.lire_dossier(t, numero)
        entree = service.archiver_dossier(t, numero, archive=False)
    texte = f"Dossier « {dossier.nom} » repris : ses employeurs sont de nouveau dans les listes."
    return message(aller(ADRESSE), texte, annuler=entree)


@bp.post("/dossiers/<int:numero>/supprimer")
def supprimer_un_dossier(numero: int) -> Response:
    """Delete an empty dossier."""
    with transaction() as t:
        dossier = service.lire_dossier(t, numero)
        entree = service.supprimer_dossier(t, numero)
    return message(aller(_liste(dossier)), f"Dossier « {dossier.nom} » supprimé.", annuler=entree)

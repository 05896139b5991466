"""The record of an organisme: new, shown, changed, archived, deleted."""

from dataclasses import dataclass
from urllib.parse import quote

from flask import Response, request

from app.noyau.erreurs import ErreurMetier
from app.organismes import rules, service
from app.organismes.errors import OrganismeEnDouble, OrganismeUtilise
from app.organismes.rules import CHAMPS_ORGANISME
from app.organismes.service.fiche import FicheOrganisme
from app.organismes.views.racine import adresse_famille, adresse_fiche, bp, retour_demande
from app.socle.historique import LigneHistorique
from app.socle.web import (
    ChampVu,
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

RUBRIQUES = (rules.IDENTITE, rules.ADRESSE, rules.CONTACT)
Existant = tuple[int, str] | None
"""Number and name of the organisme that already bears the name typed."""


@dataclass(frozen=True, slots=True)
class PageNouveau:
    """The form of a new organisme of a family."""

    famille: str
    titre: str
    adresse: str
    action: str
    retour: str
    liste: str
    formulaire: FormulaireVu
    rubriques: tuple[tuple[str, tuple[ChampVu, ...]], ...]
    existant: Existant


@dataclass(frozen=True, slots=True)
class PageFiche:
    """A record: its form, who uses it, the others of its family in a drop-down list."""

    fiche: FicheOrganisme
    titre: str
    adresse: str
    adresse_liste: str
    choix: tuple[tuple[str, str], ...]
    formulaire: FormulaireVu
    rubriques: tuple[tuple[str, tuple[ChampVu, ...]], ...]
    existant: Existant
    refus: str
    remede: str
    journal: tuple[LigneHistorique, ...]


def _rubriques(vu: FormulaireVu) -> tuple[tuple[str, tuple[ChampVu, ...]], ...]:
    return tuple((titre, vu.groupe(titre)) for titre in RUBRIQUES)


def _existant(erreur: ErreurMetier | None) -> Existant:
    double = isinstance(erreur, OrganismeEnDouble)
    return (erreur.organisme_id, erreur.nom) if double else None  # type: ignore[union-attr]


def _page_nouveau(famille: str, vu: FormulaireVu, erreur: ErreurMetier | None = None) -> Response:
    retour = retour_demande()
    suite = f"?retour={quote(retour, safe='')}" if retour else ""
    adresse = adresse_famille(famille)
    modele = PageNouveau(
        famille=famille,
        titre=rules.TITRES[famille],
        adresse=adresse,
        action=f"{adresse}nouveau{suite}",
        retour=retour or adresse,
        liste=f"{adresse}modeles{suite}",
        formulaire=vu,
        rubriques=_rubriques(vu),
        existant=_existant(erreur),
    )
    return page("organismes/nouveau.html", modele, erreur.statut if erreur else 200)


@bp.get("/<famille>/nouveau")
def preparer(famille: str) -> Response:
    """Show the form of a new organisme; `modele` fills it in from the list of known ones."""
    textes = {"famille": rules.famille_connue(famille)}
    rang = request.args.get("modele", "")
    if rang.isdecimal() and len(rang) < 7:
        textes = service.lire_modele(int(rang)).textes(famille)
    return _page_nouveau(famille, formulaire_vide(CHAMPS_ORGANISME, textes))


@bp.post("/<famille>/nouveau")
def creer(famille: str) -> Response:
    """Create an organisme, then go back to the list, or to the form that wanted it."""
    rules.famille_connue(famille)
    saisie = formulaire()
    try:
        with transaction() as t:
            numero = service.creer_organisme(t, saisie)
            creee = service.lire_fiche(t, numero)
    except ErreurMetier as erreur:
        return _page_nouveau(famille, formulaire_refuse(CHAMPS_ORGANISME, saisie, erreur), erreur)
    retour = retour_demande()
    if retour:
        lien = "&" if "?" in retour else "?"
        retour = f"{retour}{lien}nature={creee.famille}&organisme_id={numero}"
    texte = f"« {creee.nom} » figure maintenant parmi les organismes."
    return message(aller(retour or adresse_famille(creee.famille)), texte)


def _page_fiche(
    numero: int,
    vu: FormulaireVu | None = None,
    erreur: ErreurMetier | None = None,
) -> Response:
    with transaction() as t:
        fiche = service.lire_fiche(t, numero)
        choix = service.choix_d_organismes(t, fiche.famille, numero)
        journal = service.lire_journal(t, numero)
    montre = vu or formulaire_de(CHAMPS_ORGANISME, fiche.valeurs, fiche.version)
    seul = erreur is not None and vu is None
    modele = PageFiche(
        fiche=fiche,
        titre=rules.TITRES[fiche.famille],
        adresse=adresse_fiche(numero),
        adresse_liste=adresse_famille(fiche.famille),
        choix=tuple(choix),
        formulaire=montre,
        rubriques=_rubriques(montre),
        existant=_existant(erreur),
        refus=erreur.texte() if erreur and seul else "",
        remede=f"{erreur.texte_remede()} ({erreur.code})" if erreur and seul else "",
        journal=tuple(journal),
    )
    return page("organismes/fiche.html", modele, erreur.statut if erreur else 200)


@bp.get("/<int:numero>")
def montrer(numero: int) -> Response:
    """Show a record."""
    return _page_fiche(numero)


@bp.post("/<int:numero>")
def enregistrer(numero: int) -> Response:
    """Save a record."""
    saisie, version = formulaire(), version_vue()
    try:
        with transaction() as t:
            service.modifier_organisme(t, numero, saisie, version)
    except ErreurMetier as erreur:
        vu = formulaire_refuse(CHAMPS_ORGANISME, saisie, erreur, version)
        return _page_fiche(numero, vu, erreur)
    return message(aller(adresse_fiche(numero)), "Enregistré.")


@bp.post("/<int:numero>/archiver")
def archiver(numero: int) -> Response:
    """Take an organisme out of the lists of choices."""
    with transaction() as t:
        fiche = service.lire_fiche(t, numero)
        entree = service.archiver_organisme(t, numero, archive=True)
    reponse = aller(adresse_famille(fiche.famille))
    return message(reponse, f"« {fiche.nom} » archivé : il n'est plus proposé.", annuler=entree)


@bp.post("/<int:numero>/reprendre")
def reprendre(numero: int) -> Response:
    """Bring an archived organisme back into the lists of choices."""
    with transaction() as t:
        fiche = service.lire_fiche(t, numero)
        entree = service.archiver_organisme(t, numero, archive=False)
    return message(aller(adresse_fiche(numero)), f"« {fiche.nom} » repris.", annuler=entree)


@bp.post("/<int:numero>/supprimer")
def supprimer(numero: int) -> Response:
    """Delete an organisme that nobody uses; otherwise say who does, and offer to archive it."""
    try:
        with transaction() as t:
            fiche = service.lire_fiche(t, numero)
            entree = service.supprimer_organisme(t, numero)
    except OrganismeUtilise as refus:
        return _page_fiche(numero, erreur=refus)
    reponse = aller(adresse_famille(fiche.famille))
    return message(reponse, f"« {fiche.nom} » supprimé.", annuler=entree)

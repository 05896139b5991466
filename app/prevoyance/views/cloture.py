"""« Clôturer le contrat » and « Supprimer » of an employer: P8, P9."""

from dataclasses import dataclass
from datetime import date

from flask import Response, request

from app.employeurs.service import lire_organisme
from app.employeurs.service.cadre import Cadre, cadre
from app.noyau.erreurs import Avertissement, ConfirmationRequise, Conflit, ErreurMetier
from app.noyau.periodes import afficher_date, lire_date
from app.noyau.typographie import accorder
from app.prevoyance.errors import BulletinsRattaches
from app.prevoyance.rules.fiches import AUTRE, PARAMETREE, exiger_cloture
from app.prevoyance.service.cloture import (
    ContratCloture,
    ContratSupprime,
    cloturer_contrat,
    supprimer_contrat,
)
from app.prevoyance.service.lecture import FichePrevoyance, lire_contrat, lister_contrats
from app.prevoyance.service.lecture_suppression import verifier_suppression
from app.prevoyance.service.rattachements import salaries_rattaches
from app.prevoyance.views.contrat import PageDuContrat, autour, choisis
from app.prevoyance.views.modification import fin_saisie, page_fin
from app.prevoyance.views.racine import (
    ONGLET,
    adresse_contrat,
    adresse_employeur,
    annoncer,
    bp,
)
from app.prevoyance.views.vus import RattacheVu, SalarieVu, rattaches_a_choisir, rattaches_vus
from app.socle.web import aller, confirmes, formulaire, page, transaction, version_vue

CLOTURER = "Clôturer le contrat"
SUPPRIMER = "Supprimer le contrat"
EXPLICATION = (
    "La date de fin clôt le contrat et le rattachement de ses salariés, choisis à l'étape suivante."
)


@dataclass(frozen=True, slots=True)
class PageCloturer(PageDuContrat):
    """The employees attached after the end, to choose from; what waits for a confirmation."""

    adresse: str
    fin: str
    version: int
    salaries: tuple[SalarieVu, ...]
    a_confirmer: tuple[Avertissement, ...]
    erreur: str
    remede: str


@dataclass(frozen=True, slots=True)
class PageSupprimer(PageDuContrat):
    """The employees attached, for « Oui »; or why it is refused."""

    rattaches: tuple[RattacheVu, ...]
    erreur: str
    remede: str
    code: str


@dataclass(frozen=True, slots=True)
class PageCaisse:
    """The last contract of a caisse was deleted: does its line still serve?"""

    cadre: Cadre
    genre: str
    retour: str
    caisse: str
    ligne: int


@bp.get("/contrats/<int:numero>/cloturer")
def demander_la_cloture(numero: int) -> Response:
    """Show the first step: the date that closes the contract."""
    return page_fin(numero, CLOTURER, EXPLICATION)


@bp.post("/contrats/<int:numero>/cloturer")
def choisir_la_cloture(numero: int) -> Response:
    """Go on to the employees; a date that ends no pay period is refused, with the nearest."""
    saisie = formulaire()
    try:
        fin = fin_saisie(saisie)
        with transaction() as t:
            exiger_cloture(lire_contrat(t, numero).periode, fin)
    except ErreurMetier as erreur:
        return page_fin(numero, CLOTURER, EXPLICATION, saisie, erreur)
    return aller(f"{adresse_contrat(numero)}/cloturer/{fin.isoformat()}")


def _cloturer(numero: int, fin: date, erreur: ErreurMetier | None = None) -> Response:
    coches = None if erreur is None else choisis()
    a_confirmer = erreur.avertissements if isinstance(erreur, ConfirmationRequise) else ()
    with transaction() as t:
        fiche = lire_contrat(t, numero)
        attaches = [r for r in salaries_rattaches(t, numero) if r.periode.fin > fin]
        modele = PageCloturer(
            **autour(t, fiche, CLOTURER),
            adresse=f"{adresse_contrat(numero)}/cloturer/{fin.isoformat()}",
            fin=afficher_date(fin),
            version=fiche.version,
            salaries=rattaches_a_choisir(attaches, coches),
            a_confirmer=a_confirmer,
            erreur=erreur.texte() if erreur and not a_confirmer else "",
            remede=erreur.texte_remede() if erreur else "",
        )
    return page("prevoyance/cloturer.html", modele, erreur.statut if erreur else 200)


@bp.get("/contrats/<int:numero>/cloturer/<fin>")
def choisir_les_salaries_de_la_cloture(numero: int, fin: str) -> Response:
    """Show the second step: the employees attached, all chosen.

    Raises:
        DateIllisible: the address was made by hand.
    """
    return _cloturer(numero, lire_date(fin))


@bp.post("/contrats/<int:numero>/cloturer/<fin>")
def cloturer(numero: int, fin: str) -> Response:
    """Close the contract and the rattachements chosen."""
    jour = lire_date(fin)
    try:
        with transaction() as t:
            fait = cloturer_contrat(
                t, numero, jour, choisis(), version=version_vue(), confirmes=confirmes()
            )
            employeur_id = lire_contrat(t, numero).employeur_id
            suite = aller(adresse_contrat(numero))
            return annoncer(t, suite, _texte_cloture(fait), employeur_id, fait.entree)
    except ErreurMetier as erreur:
        if erreur.statut == 404:
            raise
        return _cloturer(numero, jour, erreur)


def _texte_cloture(fait: ContratCloture) -> str:
    fin = afficher_date(fait.fin)
    if not fait.est_clos:
        combien = accorder(fait.salaries, "rattachement clôturé", "rattachements clôturés")
        return f"{combien} au {fin} ; le contrat reste ouvert pour les autres salariés."
    return f"Contrat clôturé au {fin}, avec {accorder(fait.salaries, 'rattachement')}."


def _supprimer(numero: int, erreur: ErreurMetier | None = None) -> Response:
    with transaction() as t:
        fiche = lire_contrat(t, numero)
        attaches = salaries_rattaches(t, numero)
        modele = PageSupprimer(
            **autour(t, fiche, SUPPRIMER),
            rattaches=rattaches_vus(attaches, fiche, t.aujourd_hui),
            erreur=erreur.texte() if erreur else "",
            remede=erreur.texte_remede() if erreur else "",
            code=erreur.code if erreur else "",
        )
    return page("prevoyance/supprimer.html", modele, erreur.statut if erreur else 200)


@bp.get("/contrats/<int:numero>/supprimer")
def demander_la_suppression(numero: int) -> Response:
    """Show whom the deletion is about; when bulletins are tied, say so and offer to close."""
    try:
        with transaction() as t:
            verifier_suppression(t, numero)
    except BulletinsRattaches as erreur:
        return _supprimer(numero, erreur)
    return _supprimer(numero)


@bp.post("/contrats/<int:numero>/supprimer")
def supprimer(numero: int) -> Response:
    """Delete a contract for all; after the last one of a caisse, its line may go too."""
    try:
        with transaction() as t:
            fiche = lire_contrat(t, numero)
            fait = supprimer_contrat(t, numero)
            return annoncer(
                t,
                aller(_apres_suppression(fiche, fait)),
                f"« {fiche.designation} » supprimé.",
                fiche.employeur_id,
                fait.entree,
            )
    except Conflit as erreur:
        return _supprimer(numero, erreur)


def _apres_suppression(fiche: FichePrevoyance, fait: ContratSupprime) -> str:
    if fait.derniere_de_la_caisse and fait.organisme_employeur_id is not None:
        ligne = fait.organisme_employeur_id
        return f"/prevoyance/employeurs/{fiche.employeur_id}/caisses/{ligne}?genre={fiche.genre}"
    return adresse_employeur(fiche.employeur_id, fiche.genre)


@bp.get("/employeurs/<int:numero>/caisses/<int:ligne>")
def montrer_une_caisse_sans_contrat(numero: int, ligne: int) -> Response:
    """Lead to take a caisse without contract out of « Identification des organismes »."""
    genre = AUTRE if request.args.get("genre") == AUTRE else PARAMETREE
    retour = adresse_employeur(numero, genre)
    with transaction() as t:
        lue = lire_organisme(t, numero, ligne)
        nommees = {contrat.organisme_id for contrat in lister_contrats(t, numero)}
        modele = PageCaisse(cadre(t, numero, ONGLET), genre, retour, lue.nom, ligne)
    if lue.valeurs["organisme_id"] in nommees:  # the deletion was undone meanwhile
        return aller(retour)
    return page("prevoyance/caisse_inutile.html", modele)

"""The bulletins of a person, by year, and the paid leave of its contracts."""

from dataclasses import dataclass
from typing import Any

from flask import Response

from app.noyau.erreurs import ErreurMetier
from app.noyau.periodes import NOMS_DES_MOIS
from app.paie.rules.etats import Etat
from app.paie.rules.reprise import CHAMPS_REPRISE
from app.paie.service.conges import (
    CongesDuContrat,
    enregistrer_reprise,
    lire_reprises,
    lister_conges,
)
from app.paie.service.lire import lister_bulletins_du_salarie
from app.paie.views.racine import GENRES, bp
from app.salaries.service import lire_contrat, lire_fiche_salarie
from app.salaries.service.fiche import FicheSalarie
from app.socle.web import (
    FormulaireVu,
    aller,
    formulaire,
    formulaire_refuse,
    formulaire_vide,
    message,
    page,
    transaction,
)


@dataclass(frozen=True, slots=True)
class PageBulletinsDuSalarie:
    """The current bulletins of a person, latest year first."""

    fiche: FicheSalarie
    annees: dict[int, list[dict[str, Any]]]
    noms_des_mois: tuple[str, ...]
    etats: dict[str, str]
    genres: dict[str, str]
    conges: tuple[CongesDuContrat, ...]


@dataclass(frozen=True, slots=True)
class PageReprise:
    """The form of what a contract brings from another program."""

    nom: str
    contrat: str
    formulaire: FormulaireVu
    adresse: str
    retour: str


@bp.get("/salarie/<int:numero>")
def lister_ses_bulletins(numero: int) -> Response:
    """Show the bulletins of a person."""
    with transaction() as t:
        fiche = lire_fiche_salarie(t, numero)
        annees = lister_bulletins_du_salarie(t, numero)
        conges = tuple(lister_conges(t, numero))
    etats = {str(e): e.en_mots for e in Etat}
    modele = PageBulletinsDuSalarie(fiche, annees, NOMS_DES_MOIS, etats, GENRES, conges)
    return page("paie/salarie.html", modele)


def _page_reprise(salarie: int, contrat: int, vu: FormulaireVu, statut: int = 200) -> Response:
    with transaction() as t:
        fiche = lire_fiche_salarie(t, salarie)
        designation = lire_contrat(t, salarie, contrat).designation
    retour = f"/bulletins/salarie/{salarie}"
    adresse = f"{retour}/contrats/{contrat}/conges"
    modele = PageReprise(fiche.nom, designation, vu, adresse, retour)
    return page("paie/reprise_conges.html", modele, statut)


@bp.get("/salarie/<int:salarie>/contrats/<int:contrat>/conges")
def montrer_la_reprise(salarie: int, contrat: int) -> Response:
    """Show what a contract brings from another program."""
    with transaction() as t:
        reprise = lire_reprises(t, [contrat]).get(contrat)
    textes = reprise.textes if reprise else {}
    return _page_reprise(salarie, contrat, formulaire_vide(CHAMPS_REPRISE, textes))


@bp.post("/salarie/<int:salarie>/contrats/<int:contrat>/conges")
def reprendre_les_conges(salarie: int, contrat: int) -> Response:
    """Write what a contract brings from another program."""
    saisie = formulaire()
    try:
        with transaction() as t:
            enregistrer_reprise(t, salarie, contrat, saisie)
    except ErreurMetier as refus:
        vu = formulaire_refuse(CHAMPS_REPRISE, saisie, refus)
        return _page_reprise(salarie, contrat, vu, refus.statut)
    return message(aller(f"/bulletins/salarie/{salarie}"), "Reprise des congés enregistrée.")

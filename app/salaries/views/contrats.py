"""Tab « Contrats de travail »: the contracts of an employee, one of them in a form."""

from dataclasses import dataclass
from datetime import date

from flask import Response

from app.noyau.erreurs import ErreurMetier
from app.salaries import rules, service
from app.salaries.rules import CHAMPS_CONTRAT
from app.salaries.service.contrats import FicheContrat
from app.salaries.views.racine import Cadre, bp, cadre
from app.socle.web import (
    ChampVu,
    FormulaireVu,
    aller,
    confirmes,
    formulaire,
    formulaire_de,
    formulaire_refuse,
    formulaire_vide,
    message,
    page,
    transaction,
    version_vue,
)

RUBRIQUES = (
    ("Contrat", ("nature", "debut_le", "fin_le", "motif")),
    ("Emploi", ("emploi", "categorie", "classification")),
    ("Temps et rémunération", ("heures_centiemes", "salaire_centimes", "taux_pas_millioniemes")),
    ("Cotisations", ("statut_paie",)),
)
"""The form of a contract under its headings."""


@dataclass(frozen=True, slots=True)
class PageContrats:
    """The contracts of an employee, latest first."""

    cadre: Cadre
    contrats: tuple[FicheContrat, ...]
    natures: dict[str, str]
    categories: dict[str, str]
    aujourd_hui: date


@dataclass(frozen=True, slots=True)
class PageContrat:
    """The form of a contract; `contrat` is None for a new one."""

    cadre: Cadre
    contrat: FicheContrat | None
    formulaire: FormulaireVu
    rubriques: tuple[tuple[str, tuple[ChampVu, ...]], ...]


def _page(
    numero: int, vu: FormulaireVu, contrat: FicheContrat | None = None, statut: int = 200
) -> Response:
    with transaction() as t:
        autour = cadre(t, numero, "contrats")
    rubriques = tuple((titre, tuple(vu.champ(n) for n in noms)) for titre, noms in RUBRIQUES)
    return page("salaries/contrat.html", PageContrat(autour, contrat, vu, rubriques), statut)


@bp.get("/<int:numero>/contrats")
def lister_ses_contrats(numero: int) -> Response:
    """Show the tab."""
    with transaction() as t:
        modele = PageContrats(
            cadre(t, numero, "contrats"),
            tuple(service.lister_contrats(t, numero)),
            dict(rules.NATURES),
            dict(rules.CATEGORIES),
            t.aujourd_hui,
        )
    return page("salaries/contrats.html", modele)


@bp.get("/<int:numero>/contrats/nouveau")
def preparer_un_contrat(numero: int) -> Response:
    """Show the form of a new contract."""
    return _page(numero, formulaire_vide(CHAMPS_CONTRAT))


@bp.post("/<int:numero>/contrats/nouveau")
def creer_un_contrat(numero: int) -> Response:
    """Create a contract; what is unusual is to be confirmed."""
    saisie = formulaire()
    try:
        with transaction() as t:
            service.creer_contrat(t, numero, saisie, confirmes())
    except ErreurMetier as erreur:
        vu = formulaire_refuse(CHAMPS_CONTRAT, saisie, erreur)
        return _page(numero, vu, statut=erreur.statut)
    return message(aller(f"/salaries/{numero}/contrats"), "Contrat de travail enregistré.")


@bp.get("/<int:numero>/contrats/<int:contrat>")
def montrer_un_contrat(numero: int, contrat: int) -> Response:
    """Show the form of a contract."""
    with transaction() as t:
        fiche = service.lire_contrat(t, numero, contrat)
    vu = formulaire_de(CHAMPS_CONTRAT, fiche.valeurs, fiche.version)
    return _page(numero, vu, fiche)


@bp.post("/<int:numero>/contrats/<int:contrat>")
def modifier_un_contrat(numero: int, contrat: int) -> Response:
    """Save a contract; what is unusual is to be confirmed."""
    saisie, version = formulaire(), version_vue()
    try:
        with transaction() as t:
            service.modifier_contrat(
                t, numero, contrat, saisie, version=version, confirmes=confirmes()
            )
    except ErreurMetier as erreur:
        vu = formulaire_refuse(CHAMPS_CONTRAT, saisie, erreur, version)
        with transaction() as t:
            fiche = service.lire_contrat(t, numero, contrat)
        return _page(numero, vu, fiche, erreur.statut)
    return message(aller(f"/salaries/{numero}/contrats"), "Enregistré.")


@bp.post("/<int:numero>/contrats/<int:contrat>/supprimer")
def supprimer_un_contrat(numero: int, contrat: int) -> Response:
    """Delete a contract."""
    with transaction() as t:
        supprime = service.supprimer_contrat(t, numero, contrat)
    texte = f"Contrat « {supprime.fiche.designation} » supprimé."
    return message(aller(f"/salaries/{numero}/contrats"), texte, annuler=supprime.entree)

"""« Fiche administrative employeur »: identity, bank, employees, journal."""

from dataclasses import dataclass

from flask import Response

from app.employeurs import rules, service
from app.employeurs.rules import LigneSalarie
from app.employeurs.views.racine import Cadre, bp, cadre, champs_de
from app.noyau.erreurs import ErreurMetier
from app.socle.historique import LigneHistorique
from app.socle.listes import Page
from app.socle.web import (
    ChampVu,
    FormulaireVu,
    aller,
    formulaire,
    formulaire_de,
    formulaire_refuse,
    message,
    page,
    transaction,
    version_vue,
    vue_demandee,
)

RUBRIQUES_IDENTITE = (
    (
        "Association",
        ("raison_sociale", "sigle", "forme", "siret", "naf", "rna", "creee_le", "cesse_le"),
    ),
    (
        "Adresse et contact",
        ("voie", "complement", "code_postal", "commune", "telephone", "courriel"),
    ),
    ("Représentant légal", ("representant", "qualite")),
    ("Emploi", ("effectif", "premiere_embauche_le", "taux_at_millioniemes")),
)
"""The tab « Identité » under its headings."""


@dataclass(frozen=True, slots=True)
class PageFormulaire:
    """A tab that is one form, under headings."""

    cadre: Cadre
    formulaire: FormulaireVu
    rubriques: tuple[tuple[str, tuple[ChampVu, ...]], ...]


@dataclass(frozen=True, slots=True)
class PageSalaries:
    """The tab « Salariés »."""

    cadre: Cadre
    liste: Page[LigneSalarie]


@dataclass(frozen=True, slots=True)
class PageJournal:
    """The tab « Journal »."""

    cadre: Cadre
    lignes: tuple[LigneHistorique, ...]


def rubriques_identite(vu: FormulaireVu) -> tuple[tuple[str, tuple[ChampVu, ...]], ...]:
    """Return the fields of identity under their headings."""
    return tuple((titre, tuple(vu.champ(n) for n in noms)) for titre, noms in RUBRIQUES_IDENTITE)


def _rubriques(onglet: str, vu: FormulaireVu) -> tuple[tuple[str, tuple[ChampVu, ...]], ...]:
    if onglet == rules.IDENTITE:
        return rubriques_identite(vu)
    return (("Compte de l'association", vu.champs),)


def _montrer(numero: int, onglet: str) -> Response:
    with transaction() as t:
        autour = cadre(t, numero, onglet)
    vu = formulaire_de(champs_de(onglet), autour.fiche.valeurs, autour.fiche.version)
    modele = PageFormulaire(autour, vu, _rubriques(onglet, vu))
    return page("employeurs/formulaire.html", modele)


def _enregistrer(numero: int, onglet: str) -> Response:
    saisie, version = formulaire(), version_vue()
    try:
        with transaction() as t:
            service.modifier_employeur(t, numero, saisie, version)
    except ErreurMetier as erreur:
        vu = formulaire_refuse(champs_de(onglet), saisie, erreur, version)
        with transaction() as t:
            autour = cadre(t, numero, onglet)
        modele = PageFormulaire(autour, vu, _rubriques(onglet, vu))
        return page("employeurs/formulaire.html", modele, erreur.statut)
    return message(aller(f"/employeurs/{numero}/{onglet}"), "Enregistré.")


@bp.get("/<int:numero>")
@bp.get("/<int:numero>/identite")
def montrer_l_identite(numero: int) -> Response:
    """Show the tab « Identité »."""
    return _montrer(numero, rules.IDENTITE)


@bp.post("/<int:numero>/identite")
def enregistrer_l_identite(numero: int) -> Response:
    """Save the tab « Identité »."""
    return _enregistrer(numero, rules.IDENTITE)


@bp.get("/<int:numero>/banque")
def montrer_la_banque(numero: int) -> Response:
    """Show the tab « Coordonnées bancaires »."""
    return _montrer(numero, rules.BANQUE)


@bp.post("/<int:numero>/banque")
def enregistrer_la_banque(numero: int) -> Response:
    """Save the tab « Coordonnées bancaires »."""
    return _enregistrer(numero, rules.BANQUE)


@bp.get("/<int:numero>/salaries")
def lister_ses_salaries(numero: int) -> Response:
    """Show the tab « Salariés »."""
    with transaction() as t:
        autour = cadre(t, numero, "salaries")
        liste = service.lister_salaries_de(t, numero, vue_demandee(("archives",)))
    return page("employeurs/salaries.html", PageSalaries(autour, liste))


@bp.get("/<int:numero>/journal")
def montrer_le_journal(numero: int) -> Response:
    """Show the tab « Journal »."""
    with transaction() as t:
        autour = cadre(t, numero, "journal")
        lignes = tuple(service.lire_journal(t, numero))
    return page("employeurs/journal.html", PageJournal(autour, lignes))

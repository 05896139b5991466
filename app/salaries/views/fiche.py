"""« Fiche administrative salarié »: identity, address, bank, journal."""

from dataclasses import dataclass

from flask import Response

from app.noyau.erreurs import ErreurMetier
from app.opco import service as opco
from app.salaries import rules, service
from app.salaries.views.racine import Cadre, bp, cadre, champs_de
from app.socle.historique import LigneHistorique
from app.socle.transaction import Transaction
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
)

RUBRIQUES_IDENTITE = (
    ("État civil", ("civilite", "nom_naissance", "nom_usage", "prenoms", "matricule")),
    ("Naissance", ("nir", "ne_le", "ne_a", "ne_departement", "nationalite")),
    ("Famille", ("situation", "enfants")),
    ("Formation professionnelle", ("opco",)),
)
"""The tab « Identité » under its headings."""


@dataclass(frozen=True, slots=True)
class PageFormulaire:
    """A tab that is one form, under headings."""

    cadre: Cadre
    formulaire: FormulaireVu
    rubriques: tuple[tuple[str, tuple[ChampVu, ...]], ...]


@dataclass(frozen=True, slots=True)
class PageJournal:
    """The tab « Journal »."""

    cadre: Cadre
    lignes: tuple[LigneHistorique, ...]


def avec_caisses(t: Transaction, vu: FormulaireVu) -> FormulaireVu:
    """Return the form with the OPCO suggested under « Caisse de formation », when it has it."""
    return vu.avec_suggestions("opco", opco.libelles(t))


def rubriques_identite(vu: FormulaireVu) -> tuple[tuple[str, tuple[ChampVu, ...]], ...]:
    """Return the fields of identity under their headings."""
    return tuple((titre, tuple(vu.champ(n) for n in noms)) for titre, noms in RUBRIQUES_IDENTITE)


def _rubriques(onglet: str, vu: FormulaireVu) -> tuple[tuple[str, tuple[ChampVu, ...]], ...]:
    if onglet == rules.IDENTITE:
        return rubriques_identite(vu)
    titre = "Adresse et contact" if onglet == rules.COORDONNEES else "Compte du salarié"
    return ((titre, vu.champs),)


def _montrer(numero: int, onglet: str) -> Response:
    with transaction() as t:
        autour = cadre(t, numero, onglet)
        vu = formulaire_de(champs_de(onglet), autour.fiche.valeurs, autour.fiche.version)
        vu = avec_caisses(t, vu)
    modele = PageFormulaire(autour, vu, _rubriques(onglet, vu))
    return page("salaries/formulaire.html", modele)


def _enregistrer(numero: int, onglet: str) -> Response:
    saisie, version = formulaire(), version_vue()
    try:
        with transaction() as t:
            service.modifier_salarie(t, numero, saisie, version)
    except ErreurMetier as erreur:
        vu = formulaire_refuse(champs_de(onglet), saisie, erreur, version)
        with transaction() as t:
            autour, vu = cadre(t, numero, onglet), avec_caisses(t, vu)
        modele = PageFormulaire(autour, vu, _rubriques(onglet, vu))
        return page("salaries/formulaire.html", modele, erreur.statut)
    return message(aller(f"/salaries/{numero}/{onglet}"), "Enregistré.")


@bp.get("/<int:numero>")
@bp.get("/<int:numero>/identite")
def montrer_l_identite(numero: int) -> Response:
    """Show the tab « Identité »."""
    return _montrer(numero, rules.IDENTITE)


@bp.post("/<int:numero>/identite")
def enregistrer_l_identite(numero: int) -> Response:
    """Save the tab « Identité »."""
    return _enregistrer(numero, rules.IDENTITE)


@bp.get("/<int:numero>/coordonnees")
def montrer_les_coordonnees(numero: int) -> Response:
    """Show the tab « Coordonnées »."""
    return _montrer(numero, rules.COORDONNEES)


@bp.post("/<int:numero>/coordonnees")
def enregistrer_les_coordonnees(numero: int) -> Response:
    """Save the tab « Coordonnées »."""
    return _enregistrer(numero, rules.COORDONNEES)


@bp.get("/<int:numero>/banque")
def montrer_la_banque(numero: int) -> Response:
    """Show the tab « Coordonnées bancaires »."""
    return _montrer(numero, rules.BANQUE)


@bp.post("/<int:numero>/banque")
def enregistrer_la_banque(numero: int) -> Response:
    """Save the tab « Coordonnées bancaires »."""
    return _enregistrer(numero, rules.BANQUE)


@bp.get("/<int:numero>/journal")
def montrer_le_journal(numero: int) -> Response:
    """Show the tab « Journal »."""
    with transaction() as t:
        autour = cadre(t, numero, "journal")
        lignes = tuple(service.lire_journal(t, numero))
    return page("salaries/journal.html", PageJournal(autour, lignes))

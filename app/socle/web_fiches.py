"""The screens that every kind of record has: forms by tab, archiving, deletion, journal.

A capability declares its own (`EcransDeFiche`) and puts them on its blueprint; the tabs that are
more than a form stay views of theirs, saved by `enregistrer`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from flask import Blueprint, Response

from app.noyau.champs import Champ
from app.noyau.erreurs import Conflit, ErreurMetier
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

Rubriques = tuple[tuple[str, tuple[ChampVu, ...]], ...]
"""Headings of a form, each with its fields."""
NomsParRubrique = Sequence[tuple[str, Sequence[str]]]
"""Headings, each with the names of its fields; no name: all those of the tab."""


class FicheLue(Protocol):
    """A record as its screens read it."""

    @property
    def valeurs(self) -> Mapping[str, Any]:
        """Values of its fields."""

    @property
    def version(self) -> int:
        """Its version, so that two people do not overwrite each other."""


class CadreDeFiche(Protocol):
    """What stands around each tab of a record."""

    @property
    def fiche(self) -> FicheLue:
        """The record."""


@dataclass(frozen=True, slots=True)
class PageFormulaire:
    """A tab that is one form, under headings."""

    cadre: CadreDeFiche
    formulaire: FormulaireVu
    rubriques: Rubriques


@dataclass(frozen=True, slots=True)
class PageJournal:
    """The tab « Journal »."""

    cadre: CadreDeFiche
    lignes: tuple[LigneHistorique, ...]


@dataclass(frozen=True, slots=True)
class PageRefus:
    """A deletion that was refused, and what can be done instead."""

    cadre: CadreDeFiche
    code: str
    texte: str
    remede: str


def ranger(vu: FormulaireVu, rubriques: NomsParRubrique) -> Rubriques:
    """Return the fields of a form under their headings."""
    return tuple(
        (titre, tuple(vu.champ(n) for n in noms) if noms else vu.champs)
        for titre, noms in rubriques
    )


def _tel_quel(_t: Transaction, vu: FormulaireVu) -> FormulaireVu:
    return vu


@dataclass(frozen=True, slots=True)
class EcransDeFiche:
    """The screens of a kind of record.

    `mot` is its address and the folder of its templates; `onglets` the tabs that are one form,
    each with its headings, the first being shown when none is asked; `nommer` says the record
    in a message, `completer` adds to a form what comes from the base (suggestions).
    """

    mot: str
    cadre: Callable[[Transaction, int, str], CadreDeFiche]
    champs: Callable[[str], tuple[Champ, ...]]
    onglets: Mapping[str, NomsParRubrique]
    nommer: Callable[[Any], str]
    modifier: Callable[[Transaction, int, Mapping[str, str], int | None], object]
    archiver: Callable[[Transaction, int, bool], int | None]
    supprimer: Callable[[Transaction, int], int | None]
    lire_journal: Callable[[Transaction, int], Sequence[LigneHistorique]]
    completer: Callable[[Transaction, FormulaireVu], FormulaireVu] = _tel_quel

    def brancher(self, bp: Blueprint) -> None:
        """Put the screens on a blueprint."""
        for rang, onglet in enumerate(self.onglets):
            self._brancher_l_onglet(bp, onglet, est_premier=rang == 0)
        ici = "/<int:numero>"
        bp.add_url_rule(f"{ici}/journal", "journal", self._montrer_le_journal)
        for nom, geste in (
            ("archiver", self._archiver),
            ("reprendre", self._reprendre),
            ("supprimer", self._supprimer),
        ):
            bp.add_url_rule(f"{ici}/{nom}", nom, geste, methods=["POST"])

    def _brancher_l_onglet(self, bp: Blueprint, onglet: str, *, est_premier: bool) -> None:
        def montrer(numero: int) -> Response:
            return self._montrer(numero, onglet)

        def enregistrer(numero: int) -> Response:
            return self.enregistrer(numero, onglet, self._montrer)

        adresse = f"/<int:numero>/{onglet}"
        bp.add_url_rule(adresse, f"montrer_{onglet}", montrer)
        bp.add_url_rule(adresse, f"enregistrer_{onglet}", enregistrer, methods=["POST"])
        if est_premier:
            bp.add_url_rule("/<int:numero>", "montrer", montrer)

    def _montrer(
        self, numero: int, onglet: str, refuse: FormulaireVu | None = None, statut: int = 200
    ) -> Response:
        with transaction() as t:
            autour = self.cadre(t, numero, onglet)
            lu = autour.fiche
            vu = refuse or formulaire_de(self.champs(onglet), lu.valeurs, lu.version)
            vu = self.completer(t, vu)
        modele = PageFormulaire(autour, vu, ranger(vu, self.onglets[onglet]))
        return page(f"{self.mot}/formulaire.html", modele, statut)

    def enregistrer(
        self,
        numero: int,
        onglet: str,
        remontrer: Callable[[int, str, FormulaireVu, int], Response],
    ) -> Response:
        """Save a tab; a refused form is shown again as it was typed, by `remontrer`."""
        saisie, version = formulaire(), version_vue()
        try:
            with transaction() as t:
                self.modifier(t, numero, saisie, version)
        except ErreurMetier as erreur:
            vu = formulaire_refuse(self.champs(onglet), saisie, erreur, version)
            return remontrer(numero, onglet, vu, erreur.statut)
        return message(aller(f"/{self.mot}/{numero}/{onglet}"), "Enregistré.")

    def _montrer_le_journal(self, numero: int) -> Response:
        with transaction() as t:
            autour = self.cadre(t, numero, "journal")
            lignes = tuple(self.lire_journal(t, numero))
        return page(f"{self.mot}/journal.html", PageJournal(autour, lignes))

    def _archiver(self, numero: int) -> Response:
        return self._ranger_la_fiche(numero, archive=True)

    def _reprendre(self, numero: int) -> Response:
        return self._ranger_la_fiche(numero, archive=False)

    def _ranger_la_fiche(self, numero: int, *, archive: bool) -> Response:
        with transaction() as t:
            nom = self.nommer(self.cadre(t, numero, next(iter(self.onglets))).fiche)
            entree = self.archiver(t, numero, archive)
        fait = "archivé" if archive else "repris"
        return message(aller(f"/{self.mot}/{numero}"), f"« {nom} » {fait}.", annuler=entree)

    def _supprimer(self, numero: int) -> Response:
        with transaction() as t:
            autour = self.cadre(t, numero, next(iter(self.onglets)))
        try:
            with transaction() as t:
                entree = self.supprimer(t, numero)
        except Conflit as erreur:
            modele = PageRefus(autour, erreur.code, erreur.texte(), erreur.texte_remede())
            return page(f"{self.mot}/refus.html", modele, erreur.statut)
        texte = f"« {self.nommer(autour.fiche)} » supprimé."
        return message(aller(f"/{self.mot}/"), texte, annuler=entree)

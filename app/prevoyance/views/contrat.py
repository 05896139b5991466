"""A contract of an employer: its periods, its employees; who is attached to it."""

from dataclasses import dataclass
from typing import Any

from flask import Response, request

from app.employeurs.service.cadre import Cadre, cadre
from app.noyau.erreurs import ErreurMetier
from app.noyau.typographie import accorder
from app.prevoyance.service.historique import lire_journal
from app.prevoyance.service.lecture import FichePrevoyance, lire_contrat
from app.prevoyance.service.lecture_choix import caisses_a_choisir, salaries_a_choisir
from app.prevoyance.service.rattachements import attacher, salaries_rattaches
from app.prevoyance.views.racine import ONGLET, TITRES, adresse_employeur, annoncer, bp
from app.prevoyance.views.vus import (
    ContratVu,
    PeriodeVue,
    RattacheVu,
    SalarieVu,
    a_choisir,
    contrat_vu,
    identite,
    periodes_vues,
    rattaches_vus,
)
from app.socle.historique import LigneHistorique
from app.socle.transaction import Transaction
from app.socle.web import aller, page, transaction


@dataclass(frozen=True, slots=True)
class PageDuContrat:
    """What stands around every step of a contract; `etape` is its title, "" for the contract."""

    cadre: Cadre
    genre: str
    titre_genre: str
    retour: str
    contrat: ContratVu
    etape: str


@dataclass(frozen=True, slots=True)
class PageContrat(PageDuContrat):
    """A contract: periods, rates, options, employees, its journal, what can be done."""

    manque: str
    caisse_absente: bool
    identite: tuple[tuple[str, str], ...]
    periodes: tuple[PeriodeVue, ...]
    rattaches: tuple[RattacheVu, ...]
    journal: tuple[LigneHistorique, ...]


@dataclass(frozen=True, slots=True)
class PageAttacher(PageDuContrat):
    """The employees of the employer to choose from, and what was refused."""

    est_nouveau: bool
    salaries: tuple[SalarieVu, ...]
    erreur: str
    remede: str


def autour(t: Transaction, fiche: FichePrevoyance, etape: str) -> dict[str, Any]:
    """Return the fields of `PageDuContrat` for a step."""
    return {
        "cadre": cadre(t, fiche.employeur_id, ONGLET),
        "genre": fiche.genre,
        "titre_genre": TITRES[fiche.genre],
        "retour": adresse_employeur(fiche.employeur_id, fiche.genre),
        "contrat": contrat_vu(fiche, t.aujourd_hui),
        "etape": etape,
    }


@bp.get("/contrats/<int:numero>")
def montrer_un_contrat(numero: int) -> Response:
    """Show a contract."""
    with transaction() as t:
        fiche = lire_contrat(t, numero)
        siennes = {n for n, _ in caisses_a_choisir(t, fiche.employeur_id).de_l_employeur}
        modele = PageContrat(
            **autour(t, fiche, ""),
            manque=fiche.manque,
            caisse_absente=str(fiche.organisme_id) not in siennes,
            identite=identite(fiche),
            periodes=periodes_vues(fiche, t.aujourd_hui),
            rattaches=rattaches_vus(salaries_rattaches(t, numero), fiche, t.aujourd_hui),
            journal=tuple(lire_journal(t, numero)),
        )
    return page("prevoyance/contrat.html", modele)


def _attacher(
    numero: int, coches: list[int] | None = None, erreur: ErreurMetier | None = None
) -> Response:
    with transaction() as t:
        fiche = lire_contrat(t, numero)
        modele = PageAttacher(
            **autour(t, fiche, "Attacher des salariés"),
            est_nouveau="nouveau" in request.args,
            salaries=a_choisir(salaries_a_choisir(t, numero), coches),
            erreur=erreur.texte() if erreur else "",
            remede=erreur.texte_remede() if erreur else "",
        )
    return page("prevoyance/attacher.html", modele, erreur.statut if erreur else 200)


@bp.get("/contrats/<int:numero>/salaries")
def choisir_des_salaries(numero: int) -> Response:
    """Show the employees of the employer; all of those who may be attached are chosen."""
    return _attacher(numero)


def choisis() -> list[int]:
    """Return the contrats de travail chosen in a list."""
    return [int(n) for n in request.form.getlist("contrat") if n.isdecimal() and len(n) < 10]


@bp.post("/contrats/<int:numero>/salaries")
def attacher_des_salaries(numero: int) -> Response:
    """Attach those chosen; none: the contract is kept on the employer only."""
    coches = choisis()
    try:
        with transaction() as t:
            fiche = lire_contrat(t, numero)
            combien = len(attacher(t, numero, coches))
            suite = aller(f"/prevoyance/contrats/{numero}")
            texte = (
                f"{accorder(combien, 'salarié attaché', 'salariés attachés')} au contrat."
                if combien
                else "Contrat gardé sur l'employeur seulement."
            )
            return annoncer(t, suite, texte, fiche.employeur_id)
    except ErreurMetier as erreur:
        if erreur.statut == 404:
            raise
        return _attacher(numero, coches, erreur)

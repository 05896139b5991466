"""Tab « Prévoyance/Retraite » of an employer: its contracts of each kind, and new ones."""

from dataclasses import dataclass, replace
from typing import Any

from flask import Response, request

from app.employeurs.service.cadre import Cadre, cadre
from app.noyau import champs as c
from app.noyau.champs import Champ
from app.noyau.erreurs import ErreurMetier
from app.noyau.periodes import Mois, afficher_date
from app.prevoyance.rules import fiches
from app.prevoyance.rules.fiches import AUTRE, PARAMETREE
from app.prevoyance.service.creation import creer_autre, creer_parametree
from app.prevoyance.service.lecture import lister_contrats
from app.prevoyance.service.lecture_choix import (
    CaissesAChoisir,
    caisses_a_choisir,
    salaries_a_choisir,
)
from app.prevoyance.service.regimes import regimes
from app.prevoyance.views.racine import (
    AIDES,
    MOTS,
    ONGLET,
    TITRES,
    adresse_contrat,
    adresse_employeur,
    bp,
)
from app.prevoyance.views.taux import (
    GrilleVue,
    OptionVue,
    RegimeVu,
    grille,
    jour_du_formulaire,
    options_du_formulaire,
    population_vue,
    regime_vu,
)
from app.prevoyance.views.vus import ContratVu, contrat_vu
from app.socle.transaction import Transaction
from app.socle.web import (
    ChampVu,
    FormulaireVu,
    aller,
    confirmes,
    formulaire,
    formulaire_refuse,
    formulaire_vide,
    message,
    page,
    transaction,
)

DU_CONTRAT = ("reference", "libelle", "fin_le", "note")
"""Fields of a paramétrée below its regime, the caisse apart."""
D_UNE_AUTRE = ("nature", "population", "reference", "libelle", "debut_le", "fin_le", "note")
"""Fields of an « autre prévoyance » above its rates, the caisse apart."""


@dataclass(frozen=True, slots=True)
class PageContrats:
    """The contracts of one kind of an employer, as icons."""

    cadre: Cadre
    genre: str
    titre_genre: str
    aide: str
    retour: str
    contrats: tuple[ContratVu, ...]


@dataclass(frozen=True, slots=True)
class PageParametree:
    """The form of a new paramétrée: its regime is shown, not typed."""

    cadre: Cadre
    genre: str
    retour: str
    formulaire: FormulaireVu
    caisses: CaissesAChoisir
    champs_contrat: tuple[ChampVu, ...]
    regime: RegimeVu | None
    population: ChampVu
    saisie: GrilleVue


@dataclass(frozen=True, slots=True)
class FragmentRegime:
    """A regime as it is at the date being typed, its populations, its rates to type if any."""

    regime: RegimeVu | None
    population: ChampVu
    saisie: GrilleVue


@dataclass(frozen=True, slots=True)
class PageAutre:
    """The form of a new « autre prévoyance »."""

    cadre: Cadre
    genre: str
    retour: str
    formulaire: FormulaireVu
    caisses: CaissesAChoisir
    champs_contrat: tuple[ChampVu, ...]
    saisie: GrilleVue
    options: tuple[OptionVue, ...]


def champs_parametree() -> tuple[Champ, ...]:
    """Return the fields of a paramétrée; the regime is a list to choose from."""
    choix = c.choix(*((code, r.libelle) for code, r in regimes().items()), largeur=30)
    return tuple(
        replace(champ, nature=choix) if champ.nom == "regime" else champ
        for champ in fiches.CHAMPS_PARAMETREE
    )


def regime_demande(vu: FormulaireVu, t: Transaction) -> dict[str, Any]:
    """Return the fields of `FragmentRegime` for a form: nothing of a regime none is chosen of."""
    regime = regimes().get(vu.champ("regime").valeur)
    population = population_vue(vu, regime)
    jour = jour_du_formulaire(vu.champ("debut_le").valeur, t.aujourd_hui)
    return {
        "regime": regime and regime_vu(regime, jour, population.valeur),
        "population": population,
        "saisie": grille(vu, population.valeur),
    }


def _lister(numero: int, genre: str) -> Response:
    with transaction() as t:
        lus = lister_contrats(t, numero, genre)
        modele = PageContrats(
            cadre(t, numero, ONGLET),
            genre,
            TITRES[genre],
            AIDES[genre],
            adresse_employeur(numero, genre),
            tuple(contrat_vu(contrat, t.aujourd_hui) for contrat in lus),
        )
    return page("prevoyance/contrats.html", modele)


@bp.get("/employeurs/<int:numero>")
def montrer_les_contrats(numero: int) -> Response:
    """Show the tab, on the paramétrées; on the others when there are only these."""
    with transaction() as t:
        genres = {contrat.genre for contrat in lister_contrats(t, numero)}
    return _lister(numero, AUTRE if genres == {AUTRE} else PARAMETREE)


@bp.get("/employeurs/<int:numero>/<any(parametrees, autres):mot>")
def lister_les_contrats(numero: int, mot: str) -> Response:
    """Show the contracts of one kind."""
    return _lister(numero, MOTS[mot])


def textes_de_depart(t: Transaction) -> dict[str, str]:
    """Return what a new contract starts with: this month, for all employees."""
    return {"debut_le": afficher_date(Mois.de(t.aujourd_hui).debut), "population": "tous"}


def _parametree(numero: int, vu: FormulaireVu | None = None, statut: int = 200) -> Response:
    with transaction() as t:
        vu = vu or formulaire_vide(champs_parametree(), textes_de_depart(t))
        modele = PageParametree(
            cadre(t, numero, ONGLET),
            PARAMETREE,
            adresse_employeur(numero, PARAMETREE),
            vu,
            caisses_a_choisir(t, numero),
            tuple(vu.champ(nom) for nom in DU_CONTRAT),
            **regime_demande(vu, t),
        )
    return page("prevoyance/nouvelle_parametree.html", modele, statut)


@bp.get("/employeurs/<int:numero>/parametrees/nouveau")
def preparer_une_parametree(numero: int) -> Response:
    """Show the form of a new paramétrée."""
    return _parametree(numero)


@bp.get("/regime")
def montrer_le_regime() -> Response:
    """Show the rates and options of the regime being chosen, at the date being typed."""
    textes = {nom: str(valeur) for nom, valeur in request.args.items()}
    vu = formulaire_vide(champs_parametree(), textes)
    with transaction() as t:
        modele = FragmentRegime(**regime_demande(vu, t))
    return page("prevoyance/_regime.html", modele)


@bp.post("/employeurs/<int:numero>/parametrees/nouveau")
def creer_une_parametree(numero: int) -> Response:
    """Create a paramétrée; then the employees are chosen."""
    saisie = formulaire()
    try:
        with transaction() as t:
            contrat_id = creer_parametree(t, numero, saisie, confirmes())
            suite = _suite(t, contrat_id)
    except ErreurMetier as erreur:
        return _parametree(numero, formulaire_refuse(champs_parametree(), saisie, erreur),
                           erreur.statut)  # fmt: skip
    return _aller_a(suite)


def _suite(t: Transaction, contrat_id: int) -> str:
    """Return where one goes on: the list of employees, the contract when there are none."""
    adresse = adresse_contrat(contrat_id)
    return f"{adresse}/salaries?nouveau=1" if salaries_a_choisir(t, contrat_id) else adresse


def _aller_a(suite: str) -> Response:
    """Go on; the list of employees says by itself that the contract is saved."""
    reponse = aller(suite)
    return reponse if "salaries" in suite else message(reponse, "Contrat enregistré.")


def _autre(numero: int, vu: FormulaireVu | None = None, statut: int = 200) -> Response:
    with transaction() as t:
        vu = vu or formulaire_vide(fiches.CHAMPS_AUTRE, textes_de_depart(t))
        modele = PageAutre(
            cadre(t, numero, ONGLET),
            AUTRE,
            adresse_employeur(numero, AUTRE),
            vu,
            caisses_a_choisir(t, numero),
            tuple(vu.champ(nom) for nom in D_UNE_AUTRE),
            grille(vu),
            options_du_formulaire(vu),
        )
    return page("prevoyance/nouvelle_autre.html", modele, statut)


@bp.get("/employeurs/<int:numero>/autres/nouveau")
def preparer_une_autre(numero: int) -> Response:
    """Show the form of a new « autre prévoyance »."""
    return _autre(numero)


@bp.post("/employeurs/<int:numero>/autres/nouveau")
def creer_une_autre(numero: int) -> Response:
    """Create an « autre prévoyance »; then the employees are chosen."""
    saisie = formulaire()
    try:
        with transaction() as t:
            contrat_id = creer_autre(t, numero, saisie, confirmes())
            suite = _suite(t, contrat_id)
    except ErreurMetier as erreur:
        vu = formulaire_refuse(fiches.CHAMPS_AUTRE, saisie, erreur)
        return _autre(numero, vu, erreur.statut)
    return _aller_a(suite)

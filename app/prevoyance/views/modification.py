"""« Modifier le contrat » (autre) and « Remplacer le contrat » (paramétrée): P6, P7."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import Response

from app.noyau import champs as c
from app.noyau.champs import Champ
from app.noyau.erreurs import DonneesRefusees, ErreurMetier
from app.noyau.periodes import afficher_date, lendemain, lire_date
from app.noyau.typographie import accorder
from app.prevoyance.errors import FinHorsPeriode
from app.prevoyance.rules import fiches
from app.prevoyance.service.lecture import FichePrevoyance, lire_contrat
from app.prevoyance.service.lecture_choix import CaissesAChoisir, caisses_a_choisir
from app.prevoyance.service.modification import (
    ContratRemplace,
    modifier_autre,
    remplacer_parametree,
    saisie_de_la_suite,
)
from app.prevoyance.views.contrat import PageDuContrat, autour
from app.prevoyance.views.employeur import DU_CONTRAT, champs_parametree, regime_demande
from app.prevoyance.views.racine import adresse_contrat, annoncer, bp
from app.prevoyance.views.taux import (
    GrilleVue,
    OptionVue,
    RegimeVu,
    grille,
    options_du_formulaire,
)
from app.socle.web import (
    ChampVu,
    FormulaireVu,
    aller,
    confirmes,
    formulaire,
    formulaire_refuse,
    formulaire_vide,
    page,
    transaction,
    version_vue,
)

CHAMP_FIN = (
    Champ(
        "fin_le",
        "Date de fin",
        c.DATE,
        obligatoire=True,
        aide="fin d'une période de paie : le dernier jour d'un mois",
    ),
)
MODIFIER = "Modifier le contrat"
REMPLACER = "Remplacer le contrat"


@dataclass(frozen=True, slots=True)
class PageFin(PageDuContrat):
    """The date that closes; when it was refused, the nearest ones."""

    formulaire: FormulaireVu
    adresse: str
    explication: str
    proches: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class PagePeriode(PageDuContrat):
    """The period that opens the day after."""

    formulaire: FormulaireVu
    adresse: str
    fin: str
    debut: str
    saisie: GrilleVue
    options: tuple[OptionVue, ...]


@dataclass(frozen=True, slots=True)
class PageRemplacer(PageDuContrat):
    """The paramétrée that takes the place of another."""

    formulaire: FormulaireVu
    caisses: CaissesAChoisir
    champs_contrat: tuple[ChampVu, ...]
    regime: RegimeVu | None
    population: ChampVu
    saisie: GrilleVue
    combien: int
    proches: tuple[date, ...]
    autres: dict[str, str]


def dates_offertes(erreur: ErreurMetier | None) -> tuple[date, ...]:
    """Return the nearest valid dates that a refusal offers."""
    return erreur.dates if isinstance(erreur, FinHorsPeriode) else ()


def sans_bandeau(vu: FormulaireVu, proches: Sequence[date]) -> FormulaireVu:
    """Return a form that says its refusal once: beside the date, above which others are offered."""
    return replace(vu, erreur="", remede="") if proches else vu


def page_fin(
    numero: int,
    etape: str,
    explication: str,
    saisie: Mapping[str, str] | None = None,
    erreur: ErreurMetier | None = None,
) -> Response:
    """Show the first step of an action that closes: its date."""
    vu = (
        formulaire_vide(CHAMP_FIN)
        if erreur is None
        else formulaire_refuse(CHAMP_FIN, saisie or {}, erreur)
    )
    mot = "modifier" if etape == MODIFIER else "cloturer"
    with transaction() as t:
        modele = PageFin(
            **autour(t, lire_contrat(t, numero), etape),
            formulaire=sans_bandeau(vu, dates_offertes(erreur)),
            adresse=f"{adresse_contrat(numero)}/{mot}",
            explication=explication,
            proches=dates_offertes(erreur),
        )
    return page("prevoyance/fin.html", modele, erreur.statut if erreur else 200)


def fin_saisie(saisie: Mapping[str, str]) -> date:
    """Return the date that closes.

    Raises:
        DonneesRefusees: it is missing, or cannot be read.
    """
    valeurs, constats = c.lire_fiche(CHAMP_FIN, saisie)
    if constats:
        raise DonneesRefusees(tuple(constats))
    fin: date = valeurs["fin_le"]
    return fin


EXPLICATION = (
    "La date de fin arrête la période en cours ; une nouvelle période s'ouvre le lendemain, "
    "avec ses taux et ses options."
)


@bp.get("/contrats/<int:numero>/modifier")
def demander_la_fin(numero: int) -> Response:
    """Show the first step: the date that closes the period."""
    return page_fin(numero, MODIFIER, EXPLICATION)


@bp.post("/contrats/<int:numero>/modifier")
def choisir_la_fin(numero: int) -> Response:
    """Go on to the new period; a date that ends no pay period is refused, with the nearest."""
    saisie = formulaire()
    try:
        fin = fin_saisie(saisie)
        with transaction() as t:
            saisie_de_la_suite(t, numero, fin)
    except ErreurMetier as erreur:
        return page_fin(numero, MODIFIER, EXPLICATION, saisie, erreur)
    return aller(f"{adresse_contrat(numero)}/modifier/{fin.isoformat()}")


def _periode(numero: int, fin: date, vu: FormulaireVu | None = None, statut: int = 200) -> Response:
    with transaction() as t:
        fiche = lire_contrat(t, numero)
        suite = saisie_de_la_suite(t, numero, fin)
        vu = vu or formulaire_vide(fiches.CHAMPS_PERIODE, suite)
        if vu.version is None:
            vu = _avec_version(vu, fiche)
        modele = PagePeriode(
            **autour(t, fiche, MODIFIER),
            formulaire=vu,
            adresse=f"{adresse_contrat(numero)}/modifier/{fin.isoformat()}",
            fin=afficher_date(fin),
            debut=afficher_date(lendemain(fin)),
            saisie=grille(vu, fiche.population),
            options=options_du_formulaire(vu),
        )
    return page("prevoyance/periode.html", modele, statut)


def _avec_version(vu: FormulaireVu, fiche: FichePrevoyance) -> FormulaireVu:
    return replace(vu, version=fiche.version)


@bp.get("/contrats/<int:numero>/modifier/<fin>")
def preparer_la_periode(numero: int, fin: str) -> Response:
    """Show the second step: the period of the next day, as the last one was.

    Raises:
        DateIllisible, FinHorsPeriode, FinHorsDernierePeriode: the address was made by hand.
    """
    return _periode(numero, lire_date(fin))


@bp.post("/contrats/<int:numero>/modifier/<fin>")
def ouvrir_la_periode(numero: int, fin: str) -> Response:
    """Close the period, open the next one."""
    saisie, version, jour = formulaire(), version_vue(), lire_date(fin)
    try:
        with transaction() as t:
            modifier_autre(t, numero, jour, saisie, version=version, confirmes=confirmes())
            employeur_id = lire_contrat(t, numero).employeur_id
            texte = f"Nouvelle période à partir du {afficher_date(lendemain(jour))}."
            return annoncer(t, aller(adresse_contrat(numero)), texte, employeur_id)
    except ErreurMetier as erreur:
        vu = formulaire_refuse(fiches.CHAMPS_PERIODE, saisie, erreur, version)
        return _periode(numero, jour, vu, erreur.statut)


def _remplacer(
    numero: int,
    saisie: Mapping[str, str] | None = None,
    erreur: ErreurMetier | None = None,
    version: int | None = None,
) -> Response:
    proches = tuple(d for fin in dates_offertes(erreur) if (d := lendemain(fin)) is not None)
    if isinstance(erreur, FinHorsPeriode):
        erreur.champ = "debut_le"  # what was typed is the first day of the new contract
    with transaction() as t:
        fiche = lire_contrat(t, numero)
        vu = (
            _avec_version(formulaire_vide(champs_parametree(), _depart(fiche)), fiche)
            if erreur is None
            else formulaire_refuse(champs_parametree(), saisie or {}, erreur, version)
        )
        modele = PageRemplacer(
            **autour(t, fiche, REMPLACER),
            formulaire=sans_bandeau(vu, proches),
            caisses=caisses_a_choisir(t, fiche.employeur_id),
            champs_contrat=tuple(vu.champ(nom) for nom in DU_CONTRAT),
            **regime_demande(vu, t),
            combien=fiche.rattaches,
            proches=proches,
            autres={**(saisie or {}), "_version": str(vu.version or "")},
        )
    return page("prevoyance/remplacer.html", modele, erreur.statut if erreur else 200)


def _depart(fiche: FichePrevoyance) -> dict[str, str]:
    """Return what the new contract takes from the old one."""
    return {
        "regime": fiche.regime.code if fiche.regime else "",
        "organisme_id": str(fiche.organisme_id),
        "reference": fiche.reference,
        "libelle": fiche.libelle,
        "population": fiche.population,
    }


@bp.get("/contrats/<int:numero>/remplacer")
def preparer_le_remplacement(numero: int) -> Response:
    """Show the form of the contract that takes the place of a paramétrée."""
    return _remplacer(numero)


@bp.post("/contrats/<int:numero>/remplacer")
def remplacer_un_contrat(numero: int) -> Response:
    """Close a paramétrée, create the new one, move the employees: one action, history kept."""
    saisie, version = formulaire(), version_vue()
    try:
        with transaction() as t:
            fait = remplacer_parametree(t, numero, saisie, version=version, confirmes=confirmes())
            employeur_id = lire_contrat(t, fait.contrat_id).employeur_id
            suite = aller(adresse_contrat(fait.contrat_id))
            return annoncer(t, suite, _texte_remplace(fait), employeur_id)
    except ErreurMetier as erreur:
        return _remplacer(numero, saisie, erreur, version)


def _texte_remplace(fait: ContratRemplace) -> str:
    suivis = accorder(fait.salaries, "salarié repris", "salariés repris")
    texte = f"Contrat remplacé, l'ancien clôturé au {afficher_date(fait.fin)} : {suivis}."
    if fait.laisses:
        texte += f" Non repris : {', '.join(fait.laisses)}."
    return texte

"""Tabs « Identification des organismes » and « Prévoyance/Retraite »: lines of organismes."""

from dataclasses import dataclass

from flask import Response, request

from app.employeurs import rules, service
from app.employeurs.rules import CHAMPS_ORGANISME
from app.employeurs.service.organismes import LigneOrganisme
from app.employeurs.views.racine import Cadre, bp, cadre
from app.noyau.erreurs import ErreurMetier
from app.socle.web import (
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

NATURES = dict(rules.NATURES_ORGANISME)
REGIMES = dict(rules.REGIMES_ORGANISME)


@dataclass(frozen=True, slots=True)
class PageOrganismes:
    """The lines of an employer, and the form of one of them when it is open."""

    cadre: Cadre
    lignes: tuple[LigneOrganisme, ...]
    formulaire: FormulaireVu | None
    modifie: LigneOrganisme | None
    adresse: str
    natures: dict[str, str]
    regimes: dict[str, str]


@dataclass(frozen=True, slots=True)
class PagePrevoyance:
    """The lines of prévoyance, retraite and mutuelle, by nature."""

    cadre: Cadre
    groupes: tuple[tuple[str, str, tuple[LigneOrganisme, ...]], ...]
    regimes: dict[str, str]


def _onglet() -> str:
    """Return the tab that asked, to go back to it."""
    return "prevoyance" if request.args.get("retour") == "prevoyance" else "organismes"


def _page(
    numero: int, vu: FormulaireVu | None = None, ligne: int | None = None, statut: int = 200
) -> Response:
    onglet = _onglet()
    with transaction() as t:
        modele = PageOrganismes(
            cadre=cadre(t, numero, onglet),
            lignes=tuple(service.lister_organismes(t, numero)),
            formulaire=vu and vu.avec_suggestions("nom", service.suggerer_organismes(t)),
            modifie=None if ligne is None else service.lire_organisme(t, numero, ligne),
            adresse=f"/employeurs/{numero}/organismes/{ligne or 'nouveau'}?retour={onglet}",
            natures=NATURES,
            regimes=REGIMES,
        )
    return page("employeurs/organismes.html", modele, statut)


@bp.get("/<int:numero>/organismes")
def lister_les_organismes(numero: int) -> Response:
    """Show the tab « Identification des organismes »."""
    return _page(numero)


@bp.get("/<int:numero>/prevoyance")
def montrer_la_prevoyance(numero: int) -> Response:
    """Show the tab « Prévoyance/Retraite »."""
    with transaction() as t:
        autour = cadre(t, numero, rules.PREVOYANCE)
        lignes = service.lister_organismes(t, numero)
    groupes = tuple(
        (nature, NATURES[nature], tuple(o for o in lignes if o.nature == nature))
        for nature in rules.NATURES_PREVOYANCE
    )
    return page("employeurs/prevoyance.html", PagePrevoyance(autour, groupes, REGIMES))


@bp.get("/<int:numero>/organismes/nouveau")
def preparer_un_organisme(numero: int) -> Response:
    """Show the form of a new line after the last one; `nature` is filled in beforehand."""
    nature = request.args.get("nature", "")
    textes = {"nature": nature if nature in NATURES else ""}
    return _page(numero, formulaire_vide(CHAMPS_ORGANISME, textes))


@bp.post("/<int:numero>/organismes/nouveau")
def ajouter_un_organisme(numero: int) -> Response:
    """Add a line."""
    saisie = formulaire()
    try:
        with transaction() as t:
            service.ajouter_organisme(t, numero, saisie)
    except ErreurMetier as erreur:
        vu = formulaire_refuse(CHAMPS_ORGANISME, saisie, erreur)
        return _page(numero, vu, statut=erreur.statut)
    return message(aller(f"/employeurs/{numero}/{_onglet()}"), "Enregistré.")


@bp.get("/<int:numero>/organismes/<int:ligne>")
def montrer_un_organisme(numero: int, ligne: int) -> Response:
    """Show the form of a line."""
    with transaction() as t:
        lu = service.lire_organisme(t, numero, ligne)
    return _page(numero, formulaire_de(CHAMPS_ORGANISME, lu.valeurs, lu.version), ligne)


@bp.post("/<int:numero>/organismes/<int:ligne>")
def modifier_un_organisme(numero: int, ligne: int) -> Response:
    """Save a line."""
    saisie, version = formulaire(), version_vue()
    try:
        with transaction() as t:
            service.modifier_organisme(t, numero, ligne, saisie, version)
    except ErreurMetier as erreur:
        vu = formulaire_refuse(CHAMPS_ORGANISME, saisie, erreur, version)
        return _page(numero, vu, ligne, erreur.statut)
    return message(aller(f"/employeurs/{numero}/{_onglet()}"), "Enregistré.")


@bp.post("/<int:numero>/organismes/<int:ligne>/supprimer")
def supprimer_un_organisme(numero: int, ligne: int) -> Response:
    """Take a line away."""
    with transaction() as t:
        supprime = service.supprimer_organisme(t, numero, ligne)
    reponse = aller(f"/employeurs/{numero}/{_onglet()}")
    return message(reponse, f"« {supprime.nom} » retiré.", annuler=supprime.entree)

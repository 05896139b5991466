"""A new employee: the employer, the identity; the contract comes next."""

from dataclasses import dataclass, replace

from flask import Response, request

from app.employeurs import service as employeurs
from app.noyau.champs import Champ, texte
from app.noyau.erreurs import ErreurMetier
from app.salaries import rules, service
from app.salaries.views.fiche import RUBRIQUES_IDENTITE, avec_caisses
from app.salaries.views.racine import bp, champs_de
from app.socle.web import (
    ChampVu,
    FormulaireVu,
    aller,
    formulaire,
    formulaire_refuse,
    formulaire_vide,
    message,
    page,
    transaction,
)
from app.socle.web_fiches import ranger

CHAMPS = (
    Champ(
        "employeur",
        "Employeur",
        texte(10),
        obligatoire=True,
        aide="tapez son nom, sa commune ou son SIRET, puis choisissez-le dans la liste",
    ),
    *champs_de(rules.IDENTITE),
    *champs_de(rules.COORDONNEES),
)


@dataclass(frozen=True, slots=True)
class PageNouveau:
    """The form of a new employee, and the name of the employer chosen."""

    formulaire: FormulaireVu
    employeur: str
    rubriques: tuple[tuple[str, tuple[ChampVu, ...]], ...]
    retour: str


def _page(vu: FormulaireVu, nom: str, statut: int = 200) -> Response:
    numero = request.args.get("employeur", "")
    retour = f"/employeurs/{numero}/salaries" if numero.isdecimal() else "/salaries/"
    with transaction() as t:
        vu = avec_caisses(t, vu)
    rubriques = (*ranger(vu, RUBRIQUES_IDENTITE), ("Coordonnées", vu.groupe(rules.COORDONNEES)))
    return page("salaries/nouveau.html", PageNouveau(vu, nom, rubriques, retour), statut)


def _designation(numero: str) -> str:
    if not numero.isdecimal():
        return ""
    with transaction() as t:
        return employeurs.designations(t, [int(numero)]).get(int(numero), "")


@bp.get("/nouveau")
def preparer() -> Response:
    """Show the empty form; `employeur` chooses whose employee it is."""
    numero = request.args.get("employeur", "")
    nom = _designation(numero)
    textes = {"employeur": numero if nom else ""}
    textes |= {c.nom: c.vide for c in CHAMPS if c.nom == "nationalite"}
    return _page(formulaire_vide(CHAMPS, textes), nom)


@bp.post("/nouveau")
def creer() -> Response:
    """Create the employee, then go to the contract."""
    saisie = formulaire()
    numero = saisie.get("employeur", "")
    try:
        with transaction() as t:
            salarie = service.creer_salarie(t, int(numero) if numero.isdecimal() else None, saisie)
    except ErreurMetier as erreur:
        vu = formulaire_refuse(CHAMPS, saisie, erreur)
        nom = _designation(numero) or request.form.get("_employeur", "")
        return _page(_viser_la_liste(vu, nom), nom, erreur.statut)
    texte_cree = "Salarié créé. Saisissez maintenant son contrat de travail."
    return message(aller(f"/salaries/{salarie}/contrats/nouveau"), texte_cree)


def _viser_la_liste(vu: FormulaireVu, nom: str) -> FormulaireVu:
    """Say to choose in the list when a name was typed that stands for no employer."""
    remede = "Choisissez un employeur de la liste qui s'ouvre pendant la saisie."
    champs = tuple(
        replace(c, remede=remede) if c.nom == "employeur" and c.erreur and nom else c
        for c in vu.champs
    )
    return replace(vu, champs=champs)

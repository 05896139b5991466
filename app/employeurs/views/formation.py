"""Tab « Formation professionnelle »: the OPCO of the employer."""

from dataclasses import dataclass

from flask import Response

from app.conventions import service as conventions
from app.conventions.rules import Convention
from app.employeurs import rules, service
from app.employeurs.views.fiche import ECRANS
from app.employeurs.views.racine import Cadre, bp, cadre, champs_de
from app.opco import service as opco
from app.opco.rules import SituationOpco
from app.socle.web import (
    FormulaireVu,
    formulaire_de,
    page,
    transaction,
)


@dataclass(frozen=True, slots=True)
class PageFormation:
    """The form, the convention it follows and how the OPCO on record stands against it."""

    cadre: Cadre
    formulaire: FormulaireVu
    convention: Convention | None
    situation: SituationOpco
    successeurs: tuple[str, ...]
    est_inconnu: bool


def _page(
    numero: int,
    onglet: str = rules.FORMATION,
    vu: FormulaireVu | None = None,
    statut: int = 200,
) -> Response:
    with transaction() as t:
        autour = cadre(t, numero, onglet)
        valeurs = autour.fiche.valeurs
        montre = vu or formulaire_de(champs_de(onglet), valeurs, autour.fiche.version)
        modele = PageFormation(
            autour,
            montre.avec_suggestions("opco", opco.libelles(t)),
            conventions.lire(t, valeurs["idcc"]) if valeurs["idcc"] else None,
            service.situation_opco(t, valeurs["idcc"], valeurs["opco"]),
            service.successeurs_opca(t, valeurs["opco"]),
            not opco.est_connu(t, valeurs["opco"]),
        )
    return page("employeurs/formation.html", modele, statut)


@bp.get("/<int:numero>/formation")
def montrer_la_formation(numero: int) -> Response:
    """Show the tab."""
    return _page(numero)


@bp.post("/<int:numero>/formation")
def enregistrer_la_formation(numero: int) -> Response:
    """Save the OPCO, the adherent number and since when."""
    return ECRANS.enregistrer(numero, rules.FORMATION, _page)

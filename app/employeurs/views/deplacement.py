"""An employer put into another dossier."""

from dataclasses import dataclass

from flask import Response

from app.employeurs import rules, service
from app.employeurs.views.racine import Cadre, bp, cadre
from app.noyau.champs import Champ, choix, lire_fiche
from app.noyau.erreurs import ErreurMetier
from app.socle.fiches import exiger
from app.socle.transaction import Transaction
from app.socle.web import (
    FormulaireVu,
    aller,
    formulaire,
    formulaire_refuse,
    formulaire_vide,
    message,
    page,
    transaction,
)


@dataclass(frozen=True, slots=True)
class PageDeplacement:
    """The dossiers that an employer may go to."""

    cadre: Cadre
    formulaire: FormulaireVu


def _champs(t: Transaction) -> tuple[Champ, ...]:
    dossiers = [(str(d.id), d.nom) for d in service.lister_dossiers(t)]
    return (Champ("dossier", "Dossier", choix(*dossiers or [("", "")]), obligatoire=True),)


@bp.get("/<int:numero>/dossier")
def preparer_un_deplacement(numero: int) -> Response:
    """Show the dossiers to choose from."""
    with transaction() as t:
        autour = cadre(t, numero, rules.IDENTITE)
        champs = _champs(t)
    vu = formulaire_vide(champs, {"dossier": str(autour.fiche.dossier_id)})
    return page("employeurs/deplacement.html", PageDeplacement(autour, vu))


@bp.post("/<int:numero>/dossier")
def deplacer(numero: int) -> Response:
    """Put the employer into the dossier that was chosen."""
    saisie = formulaire()
    with transaction() as t:
        autour = cadre(t, numero, rules.IDENTITE)
        champs = _champs(t)
    try:
        with transaction() as t:
            valeurs, constats = lire_fiche(champs, saisie)
            exiger(constats)
            service.deplacer_employeur(t, numero, int(valeurs["dossier"]))
    except ErreurMetier as erreur:
        vu = formulaire_refuse(champs, saisie, erreur)
        return page("employeurs/deplacement.html", PageDeplacement(autour, vu), erreur.statut)
    return message(aller(f"/employeurs/{numero}"), "Enregistré.")

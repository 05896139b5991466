"""A new employer: its dossier, its identity."""

from dataclasses import dataclass

from flask import Response, request

from app.employeurs import rules, service
from app.employeurs.views.fiche import RUBRIQUES_IDENTITE
from app.employeurs.views.racine import bp, champs_de
from app.noyau.champs import Champ, choix
from app.noyau.erreurs import ErreurMetier
from app.socle.transaction import Transaction
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


@dataclass(frozen=True, slots=True)
class PageNouveau:
    """The form of a new employer; without any dossier, only the way to create one."""

    formulaire: FormulaireVu
    rubriques: tuple[tuple[str, tuple[ChampVu, ...]], ...]
    sans_dossier: bool
    retour: str


def _champs(t: Transaction) -> tuple[Champ, ...]:
    dossiers = [(str(d.id), d.nom) for d in service.lister_dossiers(t)]
    nature = choix(*dossiers or [("", "")])
    return (Champ("dossier", "Dossier", nature, obligatoire=True), *champs_de(rules.IDENTITE))


def _page(champs: tuple[Champ, ...], vu: FormulaireVu, statut: int = 200) -> Response:
    dossier = request.args.get("dossier", "")
    retour = f"/employeurs/?dossier={dossier}" if dossier.isdecimal() else "/employeurs/"
    rubriques = (("Dossier", (vu.champ("dossier"),)), *ranger(vu, RUBRIQUES_IDENTITE))
    sans_dossier = champs[0].nature.choix == (("", ""),)
    return page("employeurs/nouveau.html", PageNouveau(vu, rubriques, sans_dossier, retour), statut)


@bp.get("/nouveau")
def preparer() -> Response:
    """Show the empty form; `dossier` chooses where the employer goes."""
    with transaction() as t:
        champs = _champs(t)
    dossiers = [valeur for valeur, _ in champs[0].nature.choix]
    demande = request.args.get("dossier", "")
    seul = dossiers[0] if len(dossiers) == 1 else ""
    textes = {"dossier": demande if demande in dossiers else seul}
    return _page(champs, formulaire_vide(champs, textes))


@bp.post("/nouveau")
def creer() -> Response:
    """Create the employer, then go to its convention collective."""
    saisie = formulaire()
    dossier = saisie.get("dossier", "")
    with transaction() as t:
        champs = _champs(t)
    try:
        with transaction() as t:
            numero = service.creer_employeur(
                t, int(dossier) if dossier.isdecimal() else None, saisie
            )
    except ErreurMetier as erreur:
        return _page(champs, formulaire_refuse(champs, saisie, erreur), erreur.statut)
    texte = "Employeur créé. Indiquez maintenant sa convention collective."
    return message(aller(f"/employeurs/{numero}/convention"), texte)

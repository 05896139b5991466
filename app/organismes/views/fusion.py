"""« Fusionner des doublons »: likely ones, the choice of the one kept, the preview, the fusion."""

from dataclasses import dataclass

from flask import Response, request

from app.noyau.champs import Champ, choix
from app.noyau.erreurs import ErreurMetier
from app.organismes import rules, service
from app.organismes.errors import FusionRefusee
from app.organismes.rules import Organisme
from app.organismes.service.fusion import ApercuFusion
from app.organismes.views.racine import adresse_famille, adresse_fiche, bp
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
class PageFusion:
    """The pair being chosen, likely pairs, and what the fusion of the pair would do."""

    titre: str
    adresse: str
    formulaire: FormulaireVu
    doublons: tuple[tuple[Organisme, Organisme], ...]
    apercu: ApercuFusion | None


def _champs(t: Transaction, famille: str) -> tuple[Champ, Champ]:
    noms = [
        (str(o.id), f"{o.nom} (archivé)" if o.est_archive else o.nom)
        for o in service.organismes_de(t, famille)
    ]
    nature = choix(*noms or [("", "—")], largeur=40)
    return (
        Champ("garde", "Organisme à conserver", nature, obligatoire=True),
        Champ("absorbe", "Doublon, qui disparaîtra", nature, obligatoire=True),
    )


def _numeros(saisie: dict[str, str]) -> tuple[int, int]:
    """Return the pair.

    Raises:
        FusionRefusee: it is not chosen.
    """
    textes = [saisie.get(nom, "") for nom in ("garde", "absorbe")]
    if not all(t.isdecimal() and len(t) <= 15 for t in textes):
        raise FusionRefusee("il en manque un")
    return int(textes[0]), int(textes[1])


@bp.get("/<famille>/fusion")
def preparer_la_fusion(famille: str) -> Response:
    """Show likely duplicates; with `garde` and `absorbe`, what their fusion would do."""
    saisie = {n: request.args.get(n, "") for n in ("garde", "absorbe")}
    complete = "absorbe" in request.args
    return _page(famille, saisie, apercevoir=complete)


def _page(
    famille: str, saisie: dict[str, str], *, apercevoir: bool, refus: ErreurMetier | None = None
) -> Response:
    apercu = None
    with transaction() as t:
        champs = _champs(t, famille)
        if apercevoir:
            try:
                apercu = service.apercevoir_fusion(t, *_numeros(saisie))
            except FusionRefusee as erreur:
                refus = erreur
        doublons = service.doublons_probables(t, famille)
    vu = formulaire_refuse(champs, saisie, refus) if refus else formulaire_vide(champs, saisie)
    modele = PageFusion(
        rules.TITRES[famille], adresse_famille(famille), vu, tuple(doublons), apercu
    )
    return page("organismes/fusion.html", modele, refus.statut if refus else 200)


@bp.post("/<famille>/fusion")
def fusionner(famille: str) -> Response:
    """Make the pair one."""
    rules.famille_connue(famille)
    saisie = formulaire()
    try:
        garde, absorbe = _numeros(saisie)
        with transaction() as t:
            fusion = service.fusionner(t, garde, absorbe)
    except FusionRefusee as refus:
        return _page(famille, saisie, apercevoir=False, refus=refus)
    quoi = rules.en_mots(fusion.usages)
    suite = f" Rattaché à lui : {quoi}." if quoi else ""
    texte = f"« {fusion.absorbe} » a été fusionné avec « {fusion.garde} ».{suite}"
    return message(aller(adresse_fiche(garde)), texte, annuler=fusion.entree)

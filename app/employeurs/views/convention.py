"""Tab « Convention collective »: the CCN, its state, the OPCO that it proposes."""

from dataclasses import dataclass

from flask import Response, jsonify, request

from app.conventions import service as conventions
from app.conventions.rules import Convention
from app.employeurs import rules, service
from app.employeurs.views.fiche import ECRANS
from app.employeurs.views.racine import Cadre, bp, cadre, champs_de
from app.noyau.erreurs import ErreurMetier
from app.noyau.identifiants import lire_idcc
from app.opco.rules import SituationOpco
from app.socle.transaction import Transaction
from app.socle.web import (
    FormulaireVu,
    aller,
    formulaire_de,
    message,
    page,
    transaction,
)


@dataclass(frozen=True, slots=True)
class Choisie:
    """A convention as the tab shows it: what is known of the IDCC, and the OPCO it wants."""

    idcc: str
    convention: Convention | None
    remplacantes: tuple[Convention, ...]
    est_close: bool
    opco: SituationOpco


@dataclass(frozen=True, slots=True)
class PageConvention:
    """The tab: the form, the convention on record, and the one that the NAF points to."""

    cadre: Cadre
    formulaire: FormulaireVu
    choisie: Choisie
    probable: Convention | None


@dataclass(frozen=True, slots=True)
class FragmentConvention:
    """A convention that is being chosen, not saved yet."""

    choisie: Choisie


def _choisie(t: Transaction, idcc: str, opco: str) -> Choisie:
    convention = conventions.lire(t, idcc) if idcc else None
    suivantes = convention.remplacantes if convention else ()
    lues = (conventions.lire(t, suivante) for suivante in suivantes)
    return Choisie(
        idcc=idcc,
        convention=convention,
        remplacantes=tuple(c for c in lues if c is not None),
        est_close=convention is not None and convention.est_close(t.aujourd_hui),
        opco=service.situation_opco(t, idcc, opco),
    )


def _page(
    numero: int,
    onglet: str = rules.CONVENTION,
    vu: FormulaireVu | None = None,
    statut: int = 200,
) -> Response:
    with transaction() as t:
        autour = cadre(t, numero, onglet)
        valeurs = autour.fiche.valeurs
        choisie = _choisie(t, valeurs["idcc"], valeurs["opco"])
        modele = PageConvention(
            autour,
            vu or formulaire_de(champs_de(onglet), valeurs, autour.fiche.version),
            choisie,
            conventions.lire(t, autour.ccn_probable.idcc) if autour.ccn_probable else None,
        )
    return page("employeurs/convention.html", modele, statut)


@bp.get("/<int:numero>/convention")
def montrer_la_convention(numero: int) -> Response:
    """Show the tab."""
    return _page(numero)


@bp.post("/<int:numero>/convention")
def enregistrer_la_convention(numero: int) -> Response:
    """Save the IDCC; an unknown or a closed convention is said, not refused."""
    return ECRANS.enregistrer(numero, rules.CONVENTION, _page)


@bp.get("/<int:numero>/convention/apercu")
def apercevoir_une_convention(numero: int) -> Response:
    """Show what is known of the IDCC being typed, and its OPCO."""
    try:
        idcc = lire_idcc(request.args.get("idcc", ""))
    except ErreurMetier:
        idcc = ""
    with transaction() as t:
        fiche = service.lire_fiche_employeur(t, numero)
        choisie = _choisie(t, idcc, fiche.valeurs["opco"])
    return page("employeurs/_convention.html", FragmentConvention(choisie))


@bp.post("/<int:numero>/opco")
def appliquer_l_opco(numero: int) -> Response:
    """Write the OPCO of the convention into the record and the line of organismes."""
    with transaction() as t:
        nom = service.appliquer_opco(t, numero)
    texte = (
        f"OPCO {nom} inscrit dans « Formation professionnelle » et parmi les organismes."
        if nom
        else "Aucun OPCO ne correspond à cette convention : choisissez-le vous-même."
    )
    retour = "formation" if request.form.get("retour") == "formation" else "convention"
    return message(aller(f"/employeurs/{numero}/{retour}"), texte)


@bp.get("/conventions")
def suggerer_des_conventions() -> Response:
    """Answer a number or words being typed with conventions collectives (JSON)."""
    with transaction() as t:
        trouvees = conventions.chercher(t, request.args.get("q", "")[:100], 12)
    return jsonify([_suggestion(c) for c in trouvees])


def _suggestion(c: Convention) -> dict[str, str]:
    titre = c.titre if c.titre_court else ""
    return {
        "valeur": c.idcc,
        "libelle": c.designation,
        "detail": " · ".join(x for x in (titre, c.etat.capitalize()) if x),
    }

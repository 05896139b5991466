"""Tabs « Identification des organismes » and « Prévoyance/Retraite »: lines of organismes."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import Response, request

from app.employeurs import rules, service
from app.employeurs.rules import CHAMPS_ORGANISME
from app.employeurs.service.organismes import LigneOrganisme
from app.employeurs.views.racine import Cadre, bp, cadre
from app.noyau.champs import Champ, ChampObligatoire
from app.noyau.erreurs import Constat, DonneesRefusees, ErreurMetier
from app.organismes import service as organismes
from app.socle.web import (
    FormulaireVu,
    aller,
    formulaire,
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
    creer: str
    natures: dict[str, str]
    regimes: dict[str, str]


@dataclass(frozen=True, slots=True)
class PagePrevoyance:
    """The lines of prévoyance, retraite and mutuelle, by nature."""

    cadre: Cadre
    groupes: tuple[tuple[str, str, tuple[LigneOrganisme, ...]], ...]
    regimes: dict[str, str]


@dataclass(frozen=True, slots=True)
class FragmentCaisse:
    """The caisses of the nature that is being chosen."""

    formulaire: FormulaireVu
    creer: str


def _onglet() -> str:
    """Return the tab that asked, to go back to it."""
    return "prevoyance" if request.args.get("retour") == "prevoyance" else "organismes"


def _adresse(numero: int, ligne: int | None) -> str:
    return f"/employeurs/{numero}/organismes/{ligne or 'nouveau'}?retour={_onglet()}"


def _champs(nature: str, garde: object = None) -> tuple[Champ, ...]:
    """Return the fields of a line of this nature; `garde`: number of its present caisse."""
    with transaction() as t:
        retenue = int(garde) if isinstance(garde, int) else None
        return rules.champs_organisme(organismes.choix_d_organismes(t, nature, retenue))


def _demande() -> dict[str, str]:
    """Return the fields that the address fills in, as someone left them to create a caisse."""
    return {c.nom: request.args[c.nom] for c in CHAMPS_ORGANISME if c.nom in request.args}


def _page(
    numero: int, vu: FormulaireVu | None = None, ligne: int | None = None, statut: int = 200
) -> Response:
    onglet = _onglet()
    with transaction() as t:
        modele = PageOrganismes(
            cadre=cadre(t, numero, onglet),
            lignes=tuple(service.lister_organismes(t, numero)),
            formulaire=vu,
            modifie=None if ligne is None else service.lire_organisme(t, numero, ligne),
            adresse=_adresse(numero, ligne),
            creer=_adresse_de_creation(numero, ligne),
            natures=NATURES,
            regimes=REGIMES,
        )
    return page("employeurs/organismes.html", modele, statut)


def _adresse_de_creation(numero: int, ligne: int | None) -> str:
    suite = f"&ligne={ligne}" if ligne else ""
    return f"/employeurs/{numero}/organismes/caisses?retour={_onglet()}{suite}"


def _ligne_demandee() -> int | None:
    ligne = request.args.get("ligne", "")
    return int(ligne) if ligne.isdecimal() and len(ligne) <= 15 else None


@bp.get("/<int:numero>/organismes/caisses")
def proposer_les_caisses(numero: int) -> Response:
    """Show the caisses of the nature that is being chosen."""
    saisie = _demande()
    vu = formulaire_vide(_champs(saisie.get("nature", "")), saisie)
    creer = _adresse_de_creation(numero, _ligne_demandee())
    return page("employeurs/_caisse.html", FragmentCaisse(vu, creer))


@bp.post("/<int:numero>/organismes/caisses")
def creer_une_caisse(numero: int) -> Response:
    """Go and create a caisse of the nature chosen; the way back keeps what was typed."""
    saisie, ligne = formulaire(), _ligne_demandee()
    nature = saisie.get("nature", "")
    if nature not in NATURES:
        manque = DonneesRefusees((Constat.de_l_erreur(ChampObligatoire("Nature"), "nature"),))
        vu = formulaire_refuse(_champs(nature), saisie, manque)
        return _page(numero, vu, ligne, manque.statut)
    gardes = {c.nom: saisie[c.nom] for c in CHAMPS_ORGANISME if saisie.get(c.nom)}
    gardes.pop("organisme_id", None)
    retour = f"{_adresse(numero, ligne)}&{urlencode(gardes)}"
    return aller(f"/organismes/{nature}/nouveau?{urlencode({'retour': retour})}")


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
    demande = {"nature": "", **_demande()}
    if demande["nature"] not in NATURES:
        demande["nature"] = ""
    return _page(numero, formulaire_vide(_champs(demande["nature"]), demande))


@bp.post("/<int:numero>/organismes/nouveau")
def ajouter_un_organisme(numero: int) -> Response:
    """Add a line."""
    saisie = formulaire()
    try:
        with transaction() as t:
            service.ajouter_organisme(t, numero, saisie)
    except ErreurMetier as erreur:
        vu = formulaire_refuse(_champs(saisie.get("nature", "")), saisie, erreur)
        return _page(numero, vu, statut=erreur.statut)
    return message(aller(f"/employeurs/{numero}/{_onglet()}"), "Enregistré.")


@bp.get("/<int:numero>/organismes/<int:ligne>")
def montrer_un_organisme(numero: int, ligne: int) -> Response:
    """Show the form of a line."""
    with transaction() as t:
        lu = service.lire_organisme(t, numero, ligne)
    textes = {c.nom: c.ecrire(lu.valeurs[c.nom]) for c in CHAMPS_ORGANISME} | _demande()
    champs = _champs(textes["nature"], lu.organisme_id)
    return _page(numero, replace(formulaire_vide(champs, textes), version=lu.version), ligne)


@bp.post("/<int:numero>/organismes/<int:ligne>")
def modifier_un_organisme(numero: int, ligne: int) -> Response:
    """Save a line."""
    saisie, version = formulaire(), version_vue()
    try:
        with transaction() as t:
            service.modifier_organisme(t, numero, ligne, saisie, version)
    except ErreurMetier as erreur:
        with transaction() as t:
            lu = service.lire_organisme(t, numero, ligne)
        champs = _champs(saisie.get("nature", ""), lu.organisme_id)
        vu = formulaire_refuse(champs, saisie, erreur, version)
        return _page(numero, vu, ligne, erreur.statut)
    return message(aller(f"/employeurs/{numero}/{_onglet()}"), "Enregistré.")


@bp.post("/<int:numero>/organismes/<int:ligne>/supprimer")
def supprimer_un_organisme(numero: int, ligne: int) -> Response:
    """Take a line away."""
    with transaction() as t:
        supprime = service.supprimer_organisme(t, numero, ligne)
    reponse = aller(f"/employeurs/{numero}/{_onglet()}")
    return message(reponse, f"« {supprime.nom} » retiré.", annuler=supprime.entree)

"""« Caisses sociales » › « PRÉVOYANCE » of an employee: P10, P11."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import Response, request

from app.noyau import champs as c
from app.noyau.champs import Champ
from app.noyau.erreurs import Conflit, DonneesRefusees, ErreurMetier
from app.noyau.periodes import FIN_OUVERTE, afficher_date
from app.prevoyance.rules.fiches import AUTRE, CHAMPS_RATTACHEMENT, PARAMETREE
from app.prevoyance.service.lecture import FichePrevoyance
from app.prevoyance.service.salarie import (
    ContratDuSalarie,
    cloturer_rattachement,
    contrats_du_salarie,
    contrats_pour,
    creer_rattachement,
    lire_rattachement,
    modifier_rattachement,
    supprimer_rattachement,
)
from app.prevoyance.views.modification import (
    CHAMP_FIN,
    dates_offertes,
    fin_saisie,
    sans_bandeau,
)
from app.prevoyance.views.racine import (
    MOTS,
    MOTS_DES_GENRES,
    ONGLET_SALARIE,
    TITRES,
    adresse_salarie,
    annoncer,
    bp,
)
from app.prevoyance.views.vus import ContratVu, contrat_vu, date_du_metier, etats_du_rattachement
from app.salaries.service import Emploi, emplois_du_salarie
from app.salaries.service.cadre import Cadre, cadre
from app.socle.transaction import Transaction
from app.socle.web import (
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


@dataclass(frozen=True, slots=True)
class PageDuSalarie:
    """What stands around every screen of the contracts of an employee."""

    cadre: Cadre
    genre: str
    mot_genre: str
    titre_genre: str
    ici: str


@dataclass(frozen=True, slots=True)
class RattachementVu:
    """A contract of an employee: its icon, with the dates of the rattachement, its address."""

    id: int
    adresse: str
    contrat: ContratVu


@dataclass(frozen=True, slots=True)
class PageRattachements(PageDuSalarie):
    """The contracts of one kind of an employee, as icons."""

    rattachements: tuple[RattachementVu, ...]


@dataclass(frozen=True, slots=True)
class PageRattacher(PageDuSalarie):
    """A new contract of an employee: which one, then its dates once « Valider » was chosen."""

    choix: tuple[tuple[str, str], ...]
    choisi: str
    emplois: tuple[tuple[str, str], ...]
    emploi: str
    formulaire: FormulaireVu | None
    proches: tuple[date, ...]
    autres: dict[str, str]


@dataclass(frozen=True, slots=True)
class PageRattachement(PageDuSalarie):
    """The dates of a rattachement, to change or to close."""

    titre: str
    explication: str
    contrat: ContratVu
    adresse: str
    formulaire: FormulaireVu
    proches: tuple[date, ...]
    autres: dict[str, str]


@dataclass(frozen=True, slots=True)
class PageRefus(PageDuSalarie):
    """A deletion that was refused."""

    contrat: ContratVu
    adresse: str
    erreur: str
    remede: str
    code: str


def _autour(t: Transaction, salarie_id: int, genre: str) -> dict[str, Any]:
    """Return the fields of `PageDuSalarie`."""
    return {
        "cadre": cadre(t, salarie_id, ONGLET_SALARIE),
        "genre": genre,
        "mot_genre": MOTS_DES_GENRES[genre],
        "titre_genre": TITRES[genre],
        "ici": adresse_salarie(salarie_id, genre),
    }


def _adresse(numero: int) -> str:
    return f"/prevoyance/rattachements/{numero}"


def _contrat_vu(lu: ContratDuSalarie, aujourd_hui: date) -> ContratVu:
    """Return the icon of a contract with the dates and the state of the rattachement."""
    r = lu.rattachement
    vu = contrat_vu(lu.contrat, aujourd_hui)
    manque = (("alerte", "Taux à confirmer"),) if lu.contrat.manque else ()
    return replace(
        vu,
        adresse=_adresse(r.id),
        dates=f"Du {afficher_date(r.periode.debut)} au {date_du_metier(r.periode.fin)}",
        detail=r.emploi.emploi,
        etats=etats_du_rattachement(r, aujourd_hui) + manque,
        est_clos=r.periode.fin < aujourd_hui,
    )


def _lister(numero: int, genre: str) -> Response:
    with transaction() as t:
        lus = [lu for lu in contrats_du_salarie(t, numero) if lu.contrat.genre == genre]
        modele = PageRattachements(
            **_autour(t, numero, genre),
            rattachements=tuple(
                RattachementVu(
                    lu.rattachement.id,
                    _adresse(lu.rattachement.id),
                    _contrat_vu(lu, t.aujourd_hui),
                )
                for lu in lus
            ),
        )
    return page("prevoyance/rattachements.html", modele)


@bp.get("/salaries/<int:numero>")
def montrer_ses_contrats(numero: int) -> Response:
    """Show the tab, on the paramétrées; on the others when there are only these."""
    with transaction() as t:
        genres = {lu.contrat.genre for lu in contrats_du_salarie(t, numero)}
    return _lister(numero, AUTRE if genres == {AUTRE} else PARAMETREE)


@bp.get("/salaries/<int:numero>/<any(parametrees, autres):mot>")
def lister_ses_contrats_de_prevoyance(numero: int, mot: str) -> Response:
    """Show the contracts of one kind."""
    return _lister(numero, MOTS[mot])


def _offerts(
    t: Transaction, emplois: Sequence[Emploi], genre: str
) -> dict[int, list[FichePrevoyance]]:
    """Return the contracts of the employer by contrat de travail."""
    return {
        e.contrat_id: [f for f in contrats_pour(t, e.contrat_id) if f.genre == genre]
        for e in emplois
    }


def _libelle(fiche: FichePrevoyance) -> str:
    return f"{fiche.designation} – {fiche.caisse} ({fiche.periode})"


def _rattacher(
    numero: int, genre: str, saisie: Mapping[str, str], erreur: ErreurMetier | None = None
) -> Response:
    """Show the choice of a contract, and its dates once both are chosen."""
    with transaction() as t:
        emplois = emplois_du_salarie(t, numero)[::-1]
        offerts = _offerts(t, emplois, genre)
        par_numero = {str(f.id): f for liste in offerts.values() for f in liste}
        emploi, fiche = _choix(saisie, emplois, offerts, par_numero)
        vu = None
        if erreur is not None:
            vu = formulaire_refuse(CHAMPS_RATTACHEMENT, saisie, erreur)
        elif emploi is not None and fiche is not None and "contrat_prevoyance_id" in saisie:
            debut = max(emploi.periode.debut, fiche.periode.debut)
            textes = {"debut_le": afficher_date(debut), "fin_le": date_du_metier(FIN_OUVERTE)}
            vu = formulaire_vide(CHAMPS_RATTACHEMENT, textes)
        modele = PageRattacher(
            **_autour(t, numero, genre),
            choix=tuple((n, _libelle(f)) for n, f in par_numero.items()),
            choisi=str(fiche.id) if fiche else "",
            emplois=tuple((str(e.contrat_id), f"{e.emploi} ({e.periode})") for e in emplois),
            emploi=str(emploi.contrat_id) if emploi else "",
            formulaire=vu and sans_bandeau(vu, dates_offertes(erreur)),
            proches=dates_offertes(erreur),
            autres=dict(saisie),
        )
    return page("prevoyance/rattacher.html", modele, erreur.statut if erreur else 200)


def _choix(
    saisie: Mapping[str, str],
    emplois: Sequence[Emploi],
    offerts: Mapping[int, Sequence[FichePrevoyance]],
    par_numero: Mapping[str, FichePrevoyance],
) -> tuple[Emploi | None, FichePrevoyance | None]:
    """Return the contrat de travail and the contract chosen; at first the latest that fit."""
    fiche = par_numero.get(saisie.get("contrat_prevoyance_id", ""))
    avec = [e for e in emplois if offerts[e.contrat_id]]
    emploi = next(
        (e for e in emplois if str(e.contrat_id) == saisie.get("contrat_id")),
        avec[0] if avec else None,
    )
    return emploi, fiche


@bp.get("/salaries/<int:numero>/<any(parametrees, autres):mot>/nouveau")
def preparer_un_rattachement(numero: int, mot: str) -> Response:
    """Show the employer's contracts; « Valider » shows the dates."""
    return _rattacher(numero, MOTS[mot], request.args.to_dict())


@bp.post("/salaries/<int:numero>/<any(parametrees, autres):mot>/nouveau")
def creer_un_rattachement(numero: int, mot: str) -> Response:
    """Attach the employee from the date of adhesion on."""
    saisie = formulaire()
    try:
        debut, fin = _dates(saisie)
        with transaction() as t:
            creer_rattachement(
                t,
                _numero(saisie, "contrat_prevoyance_id"),
                _numero(saisie, "contrat_id"),
                debut,
                fin,
                confirmes=confirmes(),
            )
            employeur_id = cadre(t, numero, ONGLET_SALARIE).fiche.employeur_id
            suite = aller(adresse_salarie(numero, MOTS[mot]))
            return annoncer(t, suite, "Salarié rattaché au contrat.", employeur_id)
    except ErreurMetier as erreur:
        return _rattacher(numero, MOTS[mot], saisie, erreur)


def _numero(saisie: Mapping[str, str], nom: str) -> int:
    texte = saisie.get(nom, "")
    return int(texte) if texte.isdecimal() and len(texte) < 10 else 0


def _dates(saisie: Mapping[str, str]) -> tuple[date, date]:
    """Read both dates; no end is 31/12/9999.

    Raises:
        DonneesRefusees: the first one is missing, or one cannot be read.
    """
    requis = tuple(replace(ch, obligatoire=ch.nom == "debut_le") for ch in CHAMPS_RATTACHEMENT)
    valeurs, constats = c.lire_fiche(requis, saisie)
    constats += c.ordre_des_dates(valeurs, "debut_le", "fin_le")
    if constats:
        raise DonneesRefusees(tuple(constats))
    return valeurs["debut_le"], valeurs["fin_le"]


MODIFIER, CLOTURER = "Modifier le contrat", "Clôturer le contrat"
EXPLICATIONS = {
    MODIFIER: "Seules les dates changent. Une date de fin au 31/12/9999 : le contrat n'est pas "
    "terminé pour ce salarié.",
    CLOTURER: "La date de clôture arrête le rattachement de ce salarié ; le contrat de "
    "l'employeur continue.",
}


def _dater(
    numero: int,
    titre: str,
    saisie: Mapping[str, str] | None = None,
    erreur: ErreurMetier | None = None,
    version: int | None = None,
) -> Response:
    """Show the dates of a rattachement, to change or to close."""
    champs: tuple[Champ, ...] = CHAMPS_RATTACHEMENT if titre == MODIFIER else CHAMP_FIN
    with transaction() as t:
        lu = lire_rattachement(t, numero)
        r = lu.rattachement
        if erreur is None:
            fin = date_du_metier(r.sortie) if titre == MODIFIER else ""
            textes = {"debut_le": afficher_date(r.adhesion), "fin_le": fin}
            vu = replace(formulaire_vide(champs, textes), version=r.version)
        else:
            vu = formulaire_refuse(champs, saisie or {}, erreur, version)
        modele = PageRattachement(
            **_autour(t, r.emploi.salarie_id, lu.contrat.genre),
            titre=titre,
            explication=EXPLICATIONS[titre],
            contrat=_contrat_vu(lu, t.aujourd_hui),
            adresse=_adresse(numero) + ("" if titre == MODIFIER else "/cloturer"),
            formulaire=sans_bandeau(vu, dates_offertes(erreur)),
            proches=dates_offertes(erreur),
            autres={**(saisie or {}), "_version": str(vu.version or "")},
        )
    return page("prevoyance/rattachement.html", modele, erreur.statut if erreur else 200)


@bp.get("/rattachements/<int:numero>")
def montrer_un_rattachement(numero: int) -> Response:
    """Show the two dates of a rattachement."""
    return _dater(numero, MODIFIER)


@bp.post("/rattachements/<int:numero>")
def modifier_un_rattachement(numero: int) -> Response:
    """Save the two dates of a rattachement."""
    saisie, version = formulaire(), version_vue()
    try:
        debut, fin = _dates(saisie)
        with transaction() as t:
            modifier_rattachement(t, numero, debut, fin, version=version, confirmes=confirmes())
            return _revenir(t, lire_rattachement(t, numero), "Enregistré.")
    except ErreurMetier as erreur:
        return _dater(numero, MODIFIER, saisie, erreur, version)


def _revenir(
    t: Transaction, lu: ContratDuSalarie, texte: str, annuler: int | None = None
) -> Response:
    """Go back to the contracts of the employee, with what was done."""
    suite = aller(adresse_salarie(lu.rattachement.emploi.salarie_id, lu.contrat.genre))
    return annoncer(t, suite, texte, lu.contrat.employeur_id, annuler)


@bp.get("/rattachements/<int:numero>/cloturer")
def demander_la_fin_du_rattachement(numero: int) -> Response:
    """Show the closing date to fill in."""
    return _dater(numero, CLOTURER)


@bp.post("/rattachements/<int:numero>/cloturer")
def cloturer_un_rattachement(numero: int) -> Response:
    """Close a rattachement."""
    saisie, version = formulaire(), version_vue()
    try:
        fin = fin_saisie(saisie)
        with transaction() as t:
            entree = cloturer_rattachement(t, numero, fin, version=version)
            lu = lire_rattachement(t, numero)
            return _revenir(t, lu, f"Contrat clôturé au {afficher_date(fin)}.", entree)
    except ErreurMetier as erreur:
        return _dater(numero, CLOTURER, saisie, erreur, version)


@bp.post("/rattachements/<int:numero>/supprimer")
def supprimer_un_rattachement(numero: int) -> Response:
    """Delete a rattachement; refused when bulletins are tied to it, closing is offered."""
    try:
        with transaction() as t:
            lu = lire_rattachement(t, numero)
            fait = supprimer_rattachement(t, numero)
            return _revenir(t, lu, f"« {fait.contrat} » supprimé pour ce salarié.", fait.entree)
    except Conflit as erreur:
        with transaction() as t:
            lu = lire_rattachement(t, numero)
            modele = PageRefus(
                **_autour(t, lu.rattachement.emploi.salarie_id, lu.contrat.genre),
                contrat=_contrat_vu(lu, t.aujourd_hui),
                adresse=_adresse(numero),
                erreur=erreur.texte(),
                remede=erreur.texte_remede(),
                code=erreur.code,
            )
        return page("prevoyance/rattachement_refus.html", modele, erreur.statut)

"""Entry grid of an employer's month: hours, absences, bonuses of each employee."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import Response, request

from app.employeurs import service as employeurs
from app.noyau.champs import Champ
from app.noyau.erreurs import Constat, DonneesRefusees, ErreurMetier
from app.noyau.periodes import Mois
from app.noyau.typographie import accorder
from app.paie.rules.saisie import champs_utiles
from app.paie.service.avancement import EmployeurDuMois, lister_avancement
from app.paie.service.calculer import BilanCalcul, calculer_le_mois
from app.paie.service.exercices import est_clos
from app.paie.service.paiement import dates_de_paiement
from app.paie.service.portee import Portee
from app.paie.service.saisir import LigneSaisie, enregistrer_saisies, lister_saisies
from app.paie.views.racine import (
    GENRES,
    adresse_du_mois,
    bp,
    mois_demande,
    portee_demandee,
)
from app.socle.transaction import Transaction
from app.socle.web import aller, formulaire, message, page, transaction

Saisies = dict[int, dict[str, str]]
Textes = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class LigneVue:
    """A line of the grid as it is shown: texts by field, errors by field."""

    ligne: LigneSaisie
    textes: dict[str, str]
    erreurs: dict[str, Constat]


@dataclass(frozen=True, slots=True)
class PageSaisie:
    """The grid, the employers before and after with work left, what a calculation found."""

    mois: Mois
    titre_du_mois: str
    mois_precedent: str
    mois_suivant: str
    employeur: int | None
    nom: str
    champs: tuple[Champ, ...]
    lignes: tuple[LigneVue, ...]
    avant: EmployeurDuMois | None
    apres: EmployeurDuMois | None
    restants: tuple[EmployeurDuMois, ...]
    adresse: str
    retour: str
    genres: dict[str, str]
    sans_formation: tuple[tuple[int, str], ...] = ()
    clos: bool = False
    payee_le: date | None = None
    bilan: BilanCalcul | None = None
    erreur: str = ""
    remede: str = ""


def _restants(t: Transaction, mois: Mois, portee: Portee) -> list[EmployeurDuMois]:
    """Return the employers of the dossier with work left; of the employer's own when none."""
    dossier = portee.dossier
    if dossier is None and portee.employeur is not None:
        dossier = employeurs.lire_fiche_employeur(t, portee.employeur).dossier_id
    avancement = lister_avancement(t, mois, Portee(dossier=dossier))
    return [e for e in avancement if e.reste or e.id == portee.employeur]


def _champs(
    t: Transaction, numero: int | None, saisies: list[LigneSaisie], textes: Textes
) -> tuple[Champ, ...]:
    """Return the columns of an employer's grid; those where something was typed are there."""
    fiche = employeurs.valeurs_en_masse(t, [numero]).get(numero, {}) if numero else {}
    statuts = {li.contrat.statut_paie for li in saisies}
    heures = [li.contrat.heures_centiemes for li in saisies]
    return champs_utiles(fiche.get("idcc"), statuts, heures, textes)


def _preparer(
    t: Transaction, mois: Mois, portee: Portee, tapes: Saisies | None = None
) -> PageSaisie:
    restants = _restants(t, mois, portee)
    numeros = [e.id for e in restants]
    rang = numeros.index(portee.employeur) if portee.employeur in numeros else None
    numero = portee.employeur
    chez = Portee(employeur=numero)
    saisies = lister_saisies(t, mois, numero) if numero else []
    tapees = (tapes or {}).values()
    return PageSaisie(
        mois=mois,
        titre_du_mois=mois.en_toutes_lettres,
        mois_precedent=adresse_du_mois(mois.suivant(-1), portee, "saisie"),
        mois_suivant=adresse_du_mois(mois.suivant(), portee, "saisie"),
        employeur=numero,
        nom=employeurs.designations(t, [numero]).get(numero, "") if numero else "",
        champs=_champs(t, numero, saisies, [*(li.textes for li in saisies), *tapees]),
        lignes=tuple(LigneVue(li, li.textes, {}) for li in saisies),
        avant=restants[rang - 1] if rang else None,
        apres=restants[rang + 1] if rang is not None and rang + 1 < len(restants) else None,
        restants=tuple(e for e in restants if e.reste),
        adresse=adresse_du_mois(mois, portee, "saisie"),
        retour=adresse_du_mois(mois, chez if numero else portee),
        genres=GENRES,
        sans_formation=tuple(employeurs.lister_sans_formation(t, [numero])) if numero else (),
        clos=est_clos(t, numero, mois.annee) if numero else False,
        payee_le=dates_de_paiement(t, mois, [numero])[numero] if numero else None,
    )


@bp.get("/saisie")
def preparer_la_saisie() -> Response:
    """Show the grid of an employer, or the employers to choose from."""
    with transaction() as t:
        modele = _preparer(t, mois_demande(t), portee_demandee())
    return page("paie/saisie.html", modele)


def _lire() -> Saisies:
    """Return what was typed, by contract then by field."""
    saisies: Saisies = defaultdict(dict)
    for nom, valeur in formulaire().items():
        contrat, _, champ = nom.partition("-")
        if contrat.isdecimal():
            saisies[int(contrat)][champ] = valeur
    return dict(saisies)


def _refuser(modele: PageSaisie, saisies: Saisies, erreur: ErreurMetier) -> PageSaisie:
    """Return the grid as it was typed, with what was refused in its cell."""
    constats = erreur.constats if isinstance(erreur, DonneesRefusees) else ()
    erreurs: dict[int, dict[str, Constat]] = defaultdict(dict)
    for constat in constats:
        contrat, _, champ = constat.champ.partition("-")
        erreurs[int(contrat)].setdefault(champ, constat)
    lignes = tuple(
        replace(
            li,
            textes=li.textes | saisies.get(li.ligne.contrat.contrat_id, {}),
            erreurs=erreurs[li.ligne.contrat.contrat_id],
        )
        for li in modele.lignes
    )
    return replace(modele, lignes=lignes, erreur=erreur.texte(), remede=erreur.texte_remede())


@bp.post("/saisie")
def enregistrer() -> Response:
    """Save the grid; calculate the employer's month at once when asked."""
    saisies, portee = _lire(), portee_demandee()
    bilan: BilanCalcul | None = None
    try:
        with transaction() as t:
            mois = mois_demande(t)
            changees = enregistrer_saisies(t, mois, portee.employeur or 0, saisies)
            if request.form.get("_calculer"):
                bilan = calculer_le_mois(t, mois, [portee.employeur or 0])
    except ErreurMetier as erreur:
        with transaction() as t:
            vide = _preparer(t, mois_demande(t), portee, saisies)
            modele = _refuser(vide, saisies, erreur)
        return page("paie/saisie.html", modele, erreur.statut)
    if bilan is None:
        texte = f"Enregistré : {accorder(changees, 'ligne modifiée', 'lignes modifiées')}."
        return message(aller(adresse_du_mois(mois, portee, "saisie")), texte)
    with transaction() as t:
        modele = replace(_preparer(t, mois, portee), bilan=bilan)
    return page("paie/saisie.html", modele)

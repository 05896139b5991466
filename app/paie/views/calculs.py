"""Calculate, validate, recalculate a month: long jobs, and what they found."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, request

from app.noyau.periodes import Mois
from app.noyau.typographie import accorder
from app.paie.rules.paiement import CHAMP_PAYE_LE
from app.paie.service.calculer import calculer_le_mois
from app.paie.service.portee import Portee
from app.paie.service.recalculer import recalculer
from app.paie.service.valider import compter_perimes, valider_le_mois
from app.paie.views.racine import (
    adresse_du_mois,
    bp,
    mois_demande,
    portee_demandee,
)
from app.socle.taches import EtatTache, Suivi
from app.socle.transaction import Transaction
from app.socle.web import aller, cible, message, page, programme, transaction

GENRE = "paie"
CONSTATS_GARDES = 500
"""Findings and differences that the result of a job keeps; the others are only counted."""


@dataclass(frozen=True, slots=True)
class PageOperation:
    """Progress of a calculation, then its result."""

    etat: EtatTache
    adresse: str
    retour: str
    saisie: str
    titre: str


def _lancer(
    libelle: str, mois: Mois, portee: Portee, faire: Callable[[Transaction, Suivi], dict[str, Any]]
) -> Response:
    """Start a job in a transaction of its own, and go and see how far it is."""
    ouvert = programme()

    def travail(suivi: Suivi) -> dict[str, Any]:
        with ouvert.magasin.transaction(ouvert.par) as t:
            resultat = faire(t, suivi)
        for nom in ("constats", "ecarts"):
            if nom in resultat:
                resultat[f"combien_de_{nom}"] = len(resultat[nom])
                resultat[nom] = resultat[nom][:CONSTATS_GARDES]
        return resultat

    numero = ouvert.taches.lancer(GENRE, libelle, travail, ouvert.par)
    return aller(adresse_du_mois(mois, portee, f"operations/{numero}"))


@bp.post("/calculer")
def calculer() -> Response:
    """Calculate the month of the dossier or the employer asked for, of all when none is."""
    portee = portee_demandee()
    with transaction() as t:
        mois = mois_demande(t)

    def faire(t: Transaction, suivi: Suivi) -> dict[str, Any]:
        return calculer_le_mois(t, mois, portee.employeurs(t), suivi=suivi).en_donnees()

    return _lancer(f"Calcul des bulletins de {mois.en_toutes_lettres}", mois, portee, faire)


@bp.post("/recalculer")
def tout_recalculer() -> Response:
    """Recalculate every bulletin that a change touched, whatever its month."""
    portee = portee_demandee()
    with transaction() as t:
        mois = mois_demande(t)

    def faire(t: Transaction, suivi: Suivi) -> dict[str, Any]:
        return recalculer(t, portee, suivi).en_donnees()

    return _lancer("Recalcul des bulletins", mois, portee, faire)


@bp.post("/valider")
def valider_le_mois_demande() -> Response:
    """Validate the drafts of the month; `paye_le` empty: each employer's habit.

    When some are to be computed again first, it is a long job, whose result says how many.
    """
    portee = portee_demandee()
    paye_le = CHAMP_PAYE_LE.lire(request.form.get("paye_le", ""))
    with transaction() as t:
        mois = mois_demande(t)
        perimes = compter_perimes(t, mois, portee)
        combien = 0 if perimes else valider_le_mois(t, mois, portee, paye_le).valides
    if not perimes:
        texte = f"{accorder(combien, 'bulletin validé', 'bulletins validés')}."
        return message(aller(adresse_du_mois(mois, portee)), texte)

    def faire(t: Transaction, suivi: Suivi) -> dict[str, Any]:
        return valider_le_mois(t, mois, portee, paye_le, suivi).en_donnees()

    return _lancer(f"Validation des bulletins de {mois.en_toutes_lettres}", mois, portee, faire)


@bp.get("/operations/<int:numero>")
def suivre(numero: int) -> Response:
    """Show how far a calculation is, then its result."""
    portee = portee_demandee()
    with transaction() as t:
        mois = mois_demande(t)
    modele = PageOperation(
        programme().taches.etat(numero),
        adresse_du_mois(mois, portee, f"operations/{numero}"),
        adresse_du_mois(mois, portee),
        adresse_du_mois(mois, portee, "saisie") if portee.employeur else "",
        mois.en_toutes_lettres,
    )
    fragment = cible() == "tache"
    return page("paie/_operation.html" if fragment else "paie/operation.html", modele)

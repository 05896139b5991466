"""When an employer pays: its habit, and the day of one bulletin."""

from dataclasses import dataclass

from flask import Response, request

from app.employeurs.service import lire_fiche_employeur
from app.noyau.champs import Champ
from app.noyau.erreurs import DonneesRefusees
from app.paie.rules.paiement import CHAMP_PAYE_LE, CHAMPS_PAIEMENT
from app.paie.service.paiement import enregistrer_reglage, lire_reglage
from app.paie.service.portee import Portee
from app.paie.service.valider import dater_le_paiement
from app.paie.views.racine import adresse_du_mois, bp, mois_demande
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
class PagePaiement:
    """The habit of an employer, and the screen that it was opened from."""

    nom: str
    formulaire: FormulaireVu
    adresse: str
    retour: str
    titre_du_mois: str


def _page(employeur: int, vu: FormulaireVu, statut: int = 200) -> Response:
    with transaction() as t:
        nom, mois = lire_fiche_employeur(t, employeur).raison_sociale, mois_demande(t)
    adresse = f"/bulletins/paiement/{employeur}?mois={mois}"
    retour = adresse_du_mois(mois, Portee(employeur=employeur), "saisie")
    modele = PagePaiement(nom, vu, adresse, retour, mois.en_toutes_lettres)
    return page("paie/paiement.html", modele, statut)


@bp.get("/paiement/<int:employeur>")
def montrer_le_paiement(employeur: int) -> Response:
    """Show when an employer pays."""
    with transaction() as t:
        textes = lire_reglage(t, employeur)
    return _page(employeur, formulaire_vide(CHAMPS_PAIEMENT, textes))


@bp.post("/paiement/<int:employeur>")
def regler_le_paiement(employeur: int) -> Response:
    """Write when an employer pays."""
    saisie = formulaire()
    try:
        with transaction() as t:
            enregistrer_reglage(t, employeur, saisie)
            mois = mois_demande(t)
    except DonneesRefusees as refus:
        return _page(employeur, formulaire_refuse(CHAMPS_PAIEMENT, saisie, refus), refus.statut)
    retour = adresse_du_mois(mois, Portee(employeur=employeur), "saisie")
    return message(aller(retour), "Date de paiement habituelle enregistrée.")


@bp.post("/<int:numero>/paiement")
def dater(numero: int) -> Response:
    """Say when a bulletin is paid."""
    champ = Champ(CHAMP_PAYE_LE.nom, CHAMP_PAYE_LE.libelle, CHAMP_PAYE_LE.nature, obligatoire=True)
    paye_le = champ.lire(request.form.get(champ.nom, ""))
    with transaction() as t:
        dater_le_paiement(t, numero, paye_le)
    return message(aller(f"/bulletins/{numero}"), "Date de paiement enregistrée.")

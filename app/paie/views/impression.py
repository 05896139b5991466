"""Print: one bulletin, the month as a long job, the livre de paie."""

from dataclasses import dataclass
from io import BytesIO

from flask import Response, request, send_file
from flask.blueprints import BlueprintSetupState

from app.noyau.erreurs import DonneesRefusees
from app.noyau.periodes import DateIllisible, Mois, lire_date
from app.paie.rules.impression import CHAMPS_IMPRESSION, ChoixImpression, lire_choix
from app.paie.service.a_imprimer import Perimetre, lire_perimetre
from app.paie.service.impressions import (
    preparer_impression,
    trouver_impression,
    vider_impressions,
)
from app.paie.service.imprimer import imprimer_un_bulletin
from app.paie.service.livre import preparer_livre
from app.paie.service.portee import Portee
from app.paie.views.racine import (
    adresse_du_mois,
    bp,
    mois_demande,
    portee_demandee,
)
from app.socle.taches import FINIE, EtatTache, Suivi
from app.socle.web import (
    FormulaireVu,
    aller,
    cible,
    formulaire,
    formulaire_refuse,
    formulaire_vide,
    page,
    programme,
    transaction,
)

GENRE = "impression"


@dataclass(frozen=True, slots=True)
class PageImpression:
    """What to print, and how."""

    titre_du_mois: str
    perimetre: Perimetre
    formulaire: FormulaireVu
    adresse: str
    livre: str
    retour: str


@dataclass(frozen=True, slots=True)
class PageSuiviImpression:
    """Progress of a batch, then its file."""

    etat: EtatTache
    titre_du_mois: str
    adresse: str
    fichier: str
    recommencer: str
    retour: str


def _vider(etat: BlueprintSetupState) -> None:
    """Remove the batches of the launch before, which nothing shows any more."""
    vider_impressions(etat.app.extensions["clairpaie"].programme.dossier)


bp.record_once(_vider)


@bp.get("/<int:numero>.pdf")
def telecharger_bulletin(numero: int) -> Response:
    """Send the PDF of a bulletin; `paiement=JJ/MM/AAAA` says when it was paid."""
    try:
        paye_le = lire_date(request.args.get("paiement", ""))
    except DateIllisible:
        paye_le = None
    with transaction() as t:
        pdf = imprimer_un_bulletin(t, numero, paye_le)
    return _envoyer(pdf.contenu, pdf.nom, "application/pdf")


def _envoyer(contenu: bytes, nom: str, mime: str) -> Response:
    return send_file(BytesIO(contenu), mimetype=mime, as_attachment=True, download_name=nom)


@bp.get("/livre")
def telecharger_livre() -> Response:
    """Send the livre de paie of a month (`format=xlsx` or `pdf`)."""
    portee = portee_demandee()
    with transaction() as t:
        livre = preparer_livre(t, mois_demande(t), portee, request.args.get("format", "xlsx"))
    return _envoyer(livre.contenu, livre.nom, livre.mime)


@bp.get("/impression")
def choisir_impression() -> Response:
    """Ask how the bulletins of the month are to be printed."""
    portee = portee_demandee()
    with transaction() as t:
        mois = mois_demande(t)
    vide = formulaire_vide(CHAMPS_IMPRESSION)
    return _page_impression(mois, portee, vide)


def _page_impression(mois: Mois, portee: Portee, vu: FormulaireVu, statut: int = 200) -> Response:
    with transaction() as t:
        perimetre = lire_perimetre(t, mois, portee)
    modele = PageImpression(
        mois.en_toutes_lettres,
        perimetre,
        vu,
        adresse_du_mois(mois, portee, "impression"),
        adresse_du_mois(mois, portee, "livre"),
        adresse_du_mois(mois, portee),
    )
    return page("paie/impression.html", modele, statut)


@bp.post("/impression")
def imprimer() -> Response:
    """Start printing the bulletins of the month."""
    portee, saisie = portee_demandee(), formulaire()
    with transaction() as t:
        mois = mois_demande(t)
    choix, constats = lire_choix(saisie)
    if constats:
        refus = DonneesRefusees(tuple(constats))
        vu = formulaire_refuse(CHAMPS_IMPRESSION, saisie, refus)
        return _page_impression(mois, portee, vu, refus.statut)
    return aller(adresse_du_mois(mois, portee, f"impression/{_lancer(mois, portee, choix)}"))


def _lancer(mois: Mois, portee: Portee, choix: ChoixImpression) -> int:
    ouvert = programme()

    def travail(suivi: Suivi) -> dict[str, object]:
        with ouvert.magasin.transaction(ouvert.par) as t:
            prete = preparer_impression(t, ouvert.dossier, mois, portee, choix, suivi=suivi)
        return prete.en_donnees()

    libelle = f"Impression des bulletins de {mois.en_toutes_lettres}"
    return ouvert.taches.lancer(GENRE, libelle, travail, ouvert.par)


@bp.get("/impression/<int:numero>")
def suivre_impression(numero: int) -> Response:
    """Show how far the batch is, then its file."""
    portee = portee_demandee()
    with transaction() as t:
        mois = mois_demande(t)
    etat = programme().taches.etat(numero)
    pret = etat.etat == FINIE
    modele = PageSuiviImpression(
        etat,
        mois.en_toutes_lettres,
        adresse_du_mois(mois, portee, f"impression/{numero}"),
        f"/bulletins/impression/{numero}/fichier" if pret else "",
        adresse_du_mois(mois, portee, "impression"),
        adresse_du_mois(mois, portee),
    )
    fragment = cible() == "tache"
    return page("paie/_impression.html" if fragment else "paie/suivi_impression.html", modele)


@bp.get("/impression/<int:numero>/fichier")
def telecharger_impression(numero: int) -> Response:
    """Send the file of a batch."""
    resultat = programme().taches.etat(numero).resultat
    fichier = str(resultat.get("fichier", ""))
    chemin = trouver_impression(programme().dossier, str(resultat.get("jeton", "")), fichier)
    return send_file(chemin, as_attachment=True, download_name=fichier)

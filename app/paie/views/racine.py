"""What the screens of the payroll share: the blueprint, the month, whom it is about."""

from urllib.parse import urlencode

from flask import Blueprint, request

from app.noyau.periodes import DateIllisible, Mois
from app.paie.service.portee import Portee
from app.socle.transaction import Transaction

bp = Blueprint("paie", __name__, url_prefix="/bulletins")

GENRES = {
    "brouillon": "point",
    "valide": "bon",
    "a_recalculer": "alerte",
    "remplace": "archive",
    "a_calculer": "attente",
}
"""Icon of each state of a bulletin, by the names of the macro `etat`."""


def mois_demande(t: Transaction) -> Mois:
    """Return the month of the address, this one when there is none."""
    try:
        return Mois.lire(request.args.get("mois", ""))
    except DateIllisible:
        return Mois.de(t.aujourd_hui)


def portee_demandee() -> Portee:
    """Return whom the address limits an action to."""
    return Portee.de(request.args.get("dossier", ""), request.args.get("employeur", ""))


def adresse_du_mois(mois: Mois, portee: Portee | None = None, chemin: str = "") -> str:
    """Return the address of a screen of the month, for a dossier or an employer."""
    limites = portee or Portee()
    demande: dict[str, object] = {"mois": mois}
    if limites.dossier is not None:
        demande["dossier"] = limites.dossier
    if limites.employeur is not None:
        demande["employeur"] = limites.employeur
    return f"/bulletins/{chemin}?{urlencode(demande)}"

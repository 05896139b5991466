"""Screen « Bulletins »: the contracts to be paid for a month."""

from dataclasses import dataclass

from flask import Blueprint, Response, request

from app.employeurs import service as employeurs
from app.employeurs.service.dossiers import DossierResume
from app.noyau.periodes import DateIllisible, Mois
from app.paie import service
from app.paie.service import APayer
from app.socle.listes import Page
from app.socle.web import page, transaction, vue_demandee

bp = Blueprint("paie", __name__, url_prefix="/bulletins")

MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


@dataclass(frozen=True, slots=True)
class PageBulletins:
    """The contracts to be paid for a month, its neighbours, the dossiers to filter by."""

    mois: Mois
    titre_du_mois: str
    precedent: Mois
    suivant: Mois
    liste: Page[APayer]
    dossiers: tuple[DossierResume, ...]


def titre_du_mois(mois: Mois) -> str:
    """Return « juin 2026 »."""
    return f"{MOIS[mois.mois - 1]} {mois.annee}"


def _mois_demande(defaut: Mois) -> Mois:
    try:
        return Mois.lire(request.args.get("mois", ""))
    except DateIllisible:
        return defaut


@bp.get("/")
def lister() -> Response:
    """Show the contracts to be paid for a month (this one unless `mois=AAAA-MM` says another)."""
    with transaction() as t:
        mois = _mois_demande(Mois.de(t.aujourd_hui))
        liste = service.lister_a_payer(t, mois, vue_demandee(("mois", "dossier")))
        dossiers = tuple(employeurs.lister_dossiers(t))
    modele = PageBulletins(
        mois, titre_du_mois(mois), mois.suivant(-1), mois.suivant(), liste, dossiers
    )
    return page("paie/bulletins.html", modele)

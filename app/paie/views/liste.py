"""Module « Bulletins »: the contracts to be paid for a month, with their bulletins."""

from dataclasses import dataclass

from flask import Response

from app.employeurs import service as employeurs
from app.employeurs.service.dossiers import DossierResume
from app.noyau.periodes import Mois
from app.paie import service
from app.paie.rules.paiement import CHAMP_PAYE_LE
from app.paie.service import APayer
from app.paie.service.avancement import ETATS, compter_par_etat
from app.paie.service.exercices import est_clos
from app.paie.service.portee import Portee
from app.paie.service.recalculer import a_recalculer
from app.paie.service.valider import compter_perimes
from app.paie.views.racine import (
    GENRES,
    adresse_du_mois,
    bp,
    mois_demande,
    portee_demandee,
)
from app.socle.listes import Page
from app.socle.web import ChampVu, formulaire_vide, page, transaction, vue_demandee

FILTRES = ("mois", "dossier", "employeur", "etat")


@dataclass(frozen=True, slots=True)
class PageBulletins:
    """The contracts to be paid for a month, counted by state, and what they are filtered by.

    `perimes` counts the drafts to be computed again before they are validated.
    """

    mois: Mois
    titre_du_mois: str
    precedent: Mois
    suivant: Mois
    liste: Page[APayer]
    comptes: dict[str, int]
    perimes: int
    a_recalculer: dict[str, int]
    sans_formation: tuple[tuple[int, str], ...]
    dossiers: tuple[DossierResume, ...]
    employeur: str
    portee: Portee
    actions: dict[str, str]
    etats: dict[str, str]
    genres: dict[str, str]
    clos: bool
    paye_le: ChampVu


def _actions(mois: Mois, portee: Portee) -> dict[str, str]:
    """Return the addresses of what can be done with the month."""
    chemins = ("calculer", "valider", "recalculer", "saisie")
    return {chemin: adresse_du_mois(mois, portee, chemin) for chemin in chemins}


@bp.get("/")
def lister() -> Response:
    """Show the contracts to be paid for a month (this one unless `mois=AAAA-MM` says another)."""
    vue, portee = vue_demandee(FILTRES), portee_demandee()
    numero = portee.employeur or 0
    with transaction() as t:
        mois = mois_demande(t)
        liste = service.lister_a_payer(t, mois, vue)
        modele = PageBulletins(
            mois=mois,
            titre_du_mois=mois.en_toutes_lettres,
            precedent=mois.suivant(-1),
            suivant=mois.suivant(),
            liste=liste,
            comptes=compter_par_etat(t, mois, portee.vue()),
            perimes=compter_perimes(t, mois, portee),
            a_recalculer={m.en_toutes_lettres: n for m, n in a_recalculer(t, portee).items()},
            sans_formation=tuple(employeurs.lister_sans_formation(t, portee.employeurs(t))),
            dossiers=tuple(employeurs.lister_dossiers(t)),
            employeur=employeurs.designations(t, [numero]).get(numero, ""),
            portee=portee,
            actions=_actions(mois, portee),
            etats=ETATS,
            genres=GENRES,
            clos=numero > 0 and est_clos(t, numero, mois.annee),
            paye_le=formulaire_vide((CHAMP_PAYE_LE,)).champ("paye_le"),
        )
    return page("paie/bulletins.html", modele)

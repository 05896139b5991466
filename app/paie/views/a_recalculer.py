"""« Bulletins à recalculer »: the work list, before and after, the recalculation in one action."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Response, request

from app.employeurs import service as employeurs
from app.employeurs.service.dossiers import DossierResume
from app.noyau.typographie import accorder
from app.paie.rules.comparaison import AJOUTEE, IDENTIQUE, MODIFIEE, RETIREE, Comparaison
from app.paie.service.a_recalculer import (
    PAR_PAGE,
    ARegulariser,
    ListeARecalculer,
    lister_a_recalculer,
    lister_a_regulariser,
)
from app.paie.service.portee import Portee
from app.paie.service.recalculer import recalculer
from app.paie.service.simuler import simuler
from app.paie.service.valider import bulletin
from app.paie.views.racine import bp, portee_demandee
from app.socle.taches import EtatTache, Suivi
from app.socle.web import aller, cible, page, programme, transaction, vue_demandee

GENRE = "paie"
ADRESSE = "/bulletins/a-recalculer"
ECARTS_GARDES = 500
"""Findings and differences that the result of a job keeps; the others are only counted."""
SIGNES = {AJOUTEE: "bon", RETIREE: "erreur", MODIFIEE: "alerte", IDENTIQUE: "point"}
"""Icon and colour of what happened to a line, beside its word."""


@dataclass(frozen=True, slots=True)
class PageARecalculer:
    """What is to be recalculated, by employer; apart, the closed years to be regularised."""

    liste: ListeARecalculer
    regularisations: tuple[ARegulariser, ...]
    dossiers: tuple[DossierResume, ...]
    portee: Portee
    employeur: str
    adresse: str
    recalculer: str
    precedente: str
    suivante: str
    premier: int


@dataclass(frozen=True, slots=True)
class FragmentComparaison:
    """What a recalculation changes, line by line and total by total."""

    comparaison: Comparaison
    signes: dict[str, str]


@dataclass(frozen=True, slots=True)
class PageRecalcul:
    """Progress of a recalculation, then its report."""

    etat: EtatTache
    adresse: str
    retour: str


def adresse_de(portee: Portee, chemin: str = "", page_voulue: int = 1) -> str:
    """Return the address of the work list, or of an action on it, for a dossier or an employer."""
    demande: dict[str, int] = {}
    if portee.dossier is not None:
        demande["dossier"] = portee.dossier
    if portee.employeur is not None:
        demande["employeur"] = portee.employeur
    if page_voulue > 1:
        demande["page"] = page_voulue
    suite = f"?{urlencode(demande)}" if demande else ""
    return f"{ADRESSE}{chemin}{suite}"


@bp.get("/a-recalculer")
def lister_les_bulletins() -> Response:
    """Show what is to be recalculated, of a dossier or an employer when the address says so."""
    portee, voulue = portee_demandee(), vue_demandee(()).page
    with transaction() as t:
        liste = lister_a_recalculer(t, portee, voulue)
        numero = portee.employeur or 0
        modele = PageARecalculer(
            liste=liste,
            regularisations=tuple(lister_a_regulariser(t, portee)),
            dossiers=tuple(employeurs.lister_dossiers(t)),
            portee=portee,
            employeur=employeurs.designations(t, [numero]).get(numero, ""),
            adresse=ADRESSE,
            recalculer=adresse_de(portee, "/recalculer"),
            precedente=adresse_de(portee, page_voulue=liste.page - 1) if liste.page > 1 else "",
            suivante=(
                adresse_de(portee, page_voulue=liste.page + 1) if liste.page < liste.pages else ""
            ),
            premier=(liste.page - 1) * PAR_PAGE + 1,
        )
    return page("paie/a_recalculer.html", modele)


@bp.get("/a-recalculer/<int:numero>")
def comparer_un_bulletin(numero: int) -> Response:
    """Show before and after for one bulletin; nothing is written."""
    with transaction() as t:
        comparaison = simuler(t, [bulletin(t, numero).id])[numero]
    return page("paie/_comparaison.html", FragmentComparaison(comparaison, SIGNES))


@bp.post("/a-recalculer/recalculer")
def recalculer_les_choisis() -> Response:
    """Recalculate the bulletins ticked, or all of them (`tout`), as a long job."""
    portee = portee_demandee()
    tout = "tout" in request.form
    choisis = None if tout else frozenset(map(int, filter(str.isdecimal, _coches())))
    combien = "Recalcul de tous les bulletins à recalculer"
    if choisis is not None:
        combien = f"Recalcul de {accorder(len(choisis), 'bulletin')}"
    ouvert = programme()

    def travail(suivi: Suivi) -> dict[str, Any]:
        with ouvert.magasin.transaction(ouvert.par) as t:
            resultat = recalculer(t, portee, suivi, choisis=choisis).en_donnees()
        for nom in ("constats", "ecarts"):
            trouves: Any = resultat[nom]
            resultat[f"combien_de_{nom}"] = len(trouves)
            resultat[nom] = trouves[:ECARTS_GARDES]
        return resultat

    numero = ouvert.taches.lancer(GENRE, combien, travail, ouvert.par)
    return aller(adresse_de(portee, f"/operations/{numero}"))


def _coches() -> list[str]:
    return request.form.getlist("bulletin")


@bp.get("/a-recalculer/operations/<int:numero>")
def suivre_le_recalcul(numero: int) -> Response:
    """Show how far a recalculation is, then its report."""
    portee = portee_demandee()
    modele = PageRecalcul(
        programme().taches.etat(numero),
        adresse_de(portee, f"/operations/{numero}"),
        adresse_de(portee),
    )
    fragment = cible() == "tache"
    return page("paie/_recalcul.html" if fragment else "paie/recalcul.html", modele)

"""Copies kept elsewhere: on a USB stick in one action, as the image of a CD or DVD."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, request

from app.noyau.erreurs import ErreurMetier
from app.sauvegardes import service
from app.sauvegardes.service import SupportVu
from app.sauvegardes.views.racine import ACCUEIL, bp, lancer
from app.socle.contexte import ProgrammeOuvert
from app.socle.taches import Suivi
from app.socle.web import aller, message, page, programme, transaction

Travail = Callable[[ProgrammeOuvert, Suivi], dict[str, object]]


@dataclass(frozen=True, slots=True)
class PageCopier:
    """« Copier sur une clé USB »: the media that are plugged in."""

    supports: tuple[SupportVu, ...]


@bp.get("/copier")
def choisir_un_support() -> Response:
    """Show the media that are plugged in, to copy the latest backups on one."""
    supports = tuple(service.lister_supports(programme()))
    return page("sauvegardes/copier.html", PageCopier(supports))


@bp.post("/copier")
def copier() -> Response:
    """Copy the latest backups: at once when one medium is plugged in, else it is chosen first."""
    demande = request.form.get("support", "")
    supports = service.lister_supports(programme())
    if not demande and len(supports) == 1:
        demande = supports[0].choix
    if not demande:
        return aller("/sauvegardes/copier")

    def travail(ouvert: ProgrammeOuvert, suivi: Suivi) -> dict[str, object]:
        return service.copier_sur_support(ouvert, demande, suivi).en_donnees()

    return _lancer("Copie sur une clé USB", travail)


@bp.post("/<int:numero>/image")
def graver(numero: int) -> Response:
    """Make the image of a CD or DVD of a script's backups, in a folder."""
    dossier = request.form.get("dossier_image", "").strip()
    with transaction() as t:
        nom = service.lire_script(t, numero).nom

    def travail(ouvert: ProgrammeOuvert, suivi: Suivi) -> dict[str, object]:
        return service.creer_image(ouvert, numero, dossier, suivi).en_donnees()

    return _lancer(f"Image ISO de « {nom} »", travail)


def _lancer(libelle: str, travail: Travail) -> Response:
    try:
        return aller(lancer(libelle, travail))
    except ErreurMetier as erreur:
        return message(aller(ACCUEIL), erreur.texte(), genre="erreur")

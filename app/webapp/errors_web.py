"""Errors to answers: a refusal becomes its page or toast, anything else a bug with a reference."""

import logging
from dataclasses import dataclass

from flask import Flask, Response, jsonify, make_response, request
from werkzeug.exceptions import HTTPException

from app.noyau.erreurs import ErreurMetier
from app.noyau.typographie import typographier
from app.socle.journalisation import noter_bogue
from app.socle.web import est_fragment, message, page

_log = logging.getLogger(__name__)

TEXTES: dict[int, tuple[str, str]] = {
    400: ("Cette demande n'est pas comprise.", "Revenez à l'écran précédent et recommencez."),
    403: (
        "Cette page ne s'ouvre que depuis la fenêtre de Clairpaie.",
        "Ouvrez le programme, ou l'adresse complète qu'il a affichée au démarrage.",
    ),
    404: ("Cette page n'existe pas.", "Choisissez un module dans le volet de navigation."),
    405: ("Cette action n'est pas possible ici.", "Revenez à l'écran précédent."),
    413: ("Ce fichier est trop volumineux (64 Mo au plus).", "Découpez-le en plusieurs fichiers."),
}


@dataclass(frozen=True, slots=True)
class PageErreur:
    """What the error page shows."""

    code: str
    texte: str
    remede: str


def _repondre(statut: int, code: str, texte: str, remede: str) -> Response:
    if request.accept_mimetypes.best == "application/json":
        reponse = jsonify({"erreur": {"code": code, "message": texte, "remede": remede}})
        reponse.status_code = statut
        return reponse
    if est_fragment():
        reponse = make_response("", statut, {"HX-Reswap": "none"})
        return message(reponse, f"{texte} {remede} ({code})", genre="erreur")
    if statut == 403:
        return make_response(
            typographier(f"403 : {texte} {remede}"),
            403,
            {"Content-Type": "text/plain; charset=utf-8"},
        )
    return page("erreur.html", PageErreur(code, texte, remede), statut)


def _refus(erreur: ErreurMetier) -> Response:
    return _repondre(erreur.statut, erreur.code, erreur.texte(), erreur.texte_remede())


def _http(erreur: HTTPException) -> Response:
    statut = erreur.code or 500
    if statut < 400:
        return make_response(erreur.get_response())
    texte, remede = TEXTES.get(statut, TEXTES[400])
    return _repondre(statut, f"HTTP {statut}", typographier(texte), typographier(remede))


def _bogue(erreur: Exception) -> Response:
    reference = noter_bogue(_log, erreur)
    texte = "Une erreur imprévue s'est produite ; votre dernière action n'a pas été enregistrée."
    remede = f"Recommencez. Si l'erreur revient, donnez la référence {reference} au support."
    return _repondre(500, reference, typographier(texte), typographier(remede))


def installer(app: Flask) -> None:
    """Register one handler per family."""
    app.register_error_handler(ErreurMetier, _refus)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _bogue)

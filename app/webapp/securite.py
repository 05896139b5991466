"""Security of the loopback floor.

Rules:
- Only the names 127.0.0.1 and localhost are answered (a rebinding name gets 403).
- Every request bears the launch's token in a cookie (HttpOnly, SameSite=Strict); the address
  `/ouvrir?jeton=…` sets it once and leaves the token out of the address afterwards.
- A request that changes something comes from our own pages: its Origin is ours.
- Pages may run only our own files: no inline script or style, no frame, no other host.
"""

import hmac
import re
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, redirect, request
from werkzeug.wrappers import Response as ReponseBrute

from app.socle.lancement import OUVRIR, nom_du_cookie

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
NOMS = frozenset({"127.0.0.1", "localhost"})
SURES = frozenset({"GET", "HEAD", "OPTIONS"})
_CHEZ_NOUS = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f]*")
"""A path of ours: browsers read `//`, `/\\` and `/<tab>/` as the start of another host."""


def _hote_demande() -> tuple[str, int]:
    """Return the name and port of the Host header; an empty name when it is malformed."""
    try:
        hote = urlsplit("//" + request.host)
        nom, port = hote.hostname or "", hote.port or 80
    except ValueError:
        return "", 0
    return nom, port


def _jeton_bon(jeton: str | None) -> bool:
    attendu = str(current_app.config["JETON"])
    return jeton is not None and hmac.compare_digest(jeton.encode(), attendu.encode())


def _ouvrir(port: int) -> ReponseBrute:
    vers = request.args.get("vers", "/")
    reponse = redirect(vers if _CHEZ_NOUS.fullmatch(vers) else "/", 303)
    reponse.set_cookie(
        nom_du_cookie(port),
        str(current_app.config["JETON"]),
        httponly=True,
        samesite="Strict",
        path="/",
    )
    return reponse


def _controler() -> ReponseBrute | None:
    nom, port = _hote_demande()
    if nom not in NOMS:
        abort(403)
    if request.path == OUVRIR and request.method == "GET":
        if not _jeton_bon(request.args.get("jeton")):
            abort(403)
        return _ouvrir(port)
    if not _jeton_bon(request.cookies.get(nom_du_cookie(port))):
        abort(403)
    origine = request.headers.get("Origin")
    if origine is not None and origine != f"{request.scheme}://{request.host}":
        abort(403)
    if request.method not in SURES and origine is None:
        abort(403)
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(403)
    return None


def _proteger(reponse: Response) -> Response:
    reponse.headers["Content-Security-Policy"] = CSP
    reponse.headers["X-Content-Type-Options"] = "nosniff"
    reponse.headers["Referrer-Policy"] = "same-origin"
    reponse.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    reponse.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if request.endpoint != "static":
        reponse.headers["Cache-Control"] = "no-store"
    elif "v" not in request.args:  # imported by a module: no digest in its address
        reponse.headers["Cache-Control"] = "no-cache"
    return reponse


def installer(app: Flask) -> None:
    """Put the checks before every request and the headers on every response."""
    app.before_request(_controler)
    app.after_request(_proteger)

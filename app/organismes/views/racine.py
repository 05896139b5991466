"""What the screens of organismes collecteurs share: the blueprint, the addresses."""

from typing import Final

from flask import Blueprint, request

from app.socle.web import adresse_locale

bp = Blueprint("organismes", __name__, url_prefix="/organismes")
RACINE: Final = "/organismes/"


def adresse_famille(famille: str) -> str:
    """Return the address of the list of a family."""
    return f"{RACINE}{famille}/"


def adresse_fiche(numero: int) -> str:
    """Return the address of a record."""
    return f"{RACINE}{numero}"


def retour_demande() -> str:
    """Return where the person came from, to go back there with the new organisme; "" if none."""
    return adresse_locale(request.args.get("retour", ""), "")

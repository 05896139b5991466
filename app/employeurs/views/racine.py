"""What the screens of employers share: the blueprint, the fields of a tab."""

from flask import Blueprint

from app.employeurs import rules
from app.employeurs.service.cadre import Cadre, cadre
from app.noyau.champs import Champ

__all__ = ["Cadre", "bp", "cadre", "champs_de"]

bp = Blueprint("employeurs", __name__, url_prefix="/employeurs")


def champs_de(groupe: str) -> tuple[Champ, ...]:
    """Return the fields of a tab."""
    return tuple(c for c in rules.CHAMPS_EMPLOYEUR if c.groupe == groupe)

"""What the screens of employees share: the blueprint, the fields of a tab."""

from flask import Blueprint

from app.noyau.champs import Champ
from app.salaries import rules
from app.salaries.service.cadre import Cadre, cadre

__all__ = ["Cadre", "bp", "cadre", "champs_de"]

bp = Blueprint("salaries", __name__, url_prefix="/salaries")


def champs_de(groupe: str) -> tuple[Champ, ...]:
    """Return the fields of a tab."""
    return tuple(c for c in rules.CHAMPS_SALARIE if c.groupe == groupe)

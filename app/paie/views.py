"""Screens of paie."""

from flask import Blueprint

bp = Blueprint("paie", __name__, url_prefix="/bulletins")


@bp.get("/")
def accueillir() -> str:
    """Show the list."""
    return ""

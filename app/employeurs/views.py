"""Screens of employeurs."""

from flask import Blueprint

bp = Blueprint("employeurs", __name__, url_prefix="/employeurs")


@bp.get("/")
def accueillir() -> str:
    """Show the list."""
    return ""

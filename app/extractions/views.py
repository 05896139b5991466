"""Screens of extractions."""

from flask import Blueprint

bp = Blueprint("extractions", __name__, url_prefix="/extractions")


@bp.get("/")
def accueillir() -> str:
    """Show the list."""
    return ""

"""Screens of conventions."""

from flask import Blueprint

bp = Blueprint("conventions", __name__, url_prefix="/conventions")


@bp.get("/")
def accueillir() -> str:
    """Show the list."""
    return ""

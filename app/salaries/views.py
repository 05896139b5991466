"""Screens of salaries."""

from flask import Blueprint

bp = Blueprint("salaries", __name__, url_prefix="/salaries")


@bp.get("/")
def accueillir() -> str:
    """Show the list."""
    return ""

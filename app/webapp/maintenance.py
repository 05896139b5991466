"""Centre de maintenance: a window of its own that gathers what keeps the program well."""

from flask import Blueprint

bp = Blueprint("maintenance", __name__, url_prefix="/maintenance")


@bp.get("/")
def accueillir() -> str:
    """Show the window."""
    return ""

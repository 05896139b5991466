"""Screens « Sauvegarder / Restaurer » of the Centre de maintenance, and the standing indicator."""

from app.sauvegardes.views import copies, module, restaurer, scripts
from app.sauvegardes.views.racine import bp

__all__ = ["bp", "copies", "module", "restaurer", "scripts"]

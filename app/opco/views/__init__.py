"""Screens of the OPCO: reference lists, the correspondence applied to the employers."""

from app.opco.views import correspondance, listes
from app.opco.views.racine import bp

__all__ = ["bp", "correspondance", "listes"]

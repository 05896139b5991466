"""Screens of the extractions: choice of a query, its parameters, its result, exports."""

from app.extractions.views import exports, requetes, resultats
from app.extractions.views.commun import bp

__all__ = ["bp", "exports", "requetes", "resultats"]

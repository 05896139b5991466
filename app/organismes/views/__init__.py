"""Screens « Paramétrage (Taux) » › « Organismes collecteurs »."""

from app.organismes.views import fiche, fusion, liste, modeles
from app.organismes.views.racine import bp

__all__ = ["bp", "fiche", "fusion", "liste", "modeles"]

"""Screens of employees: list, fiche administrative, contrats de travail."""

from app.salaries.views import contrats, fiche, liste, nouveau
from app.salaries.views.racine import bp

__all__ = ["archivage", "bp", "contrats", "fiche", "liste", "nouveau"]

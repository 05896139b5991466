"""Screens of prévoyance: branch regimes, contracts of the employer and of the employee."""

from app.prevoyance.views import cloture, contrat, employeur, modification, regimes, salarie
from app.prevoyance.views.racine import bp

__all__ = ["bp", "cloture", "contrat", "employeur", "modification", "regimes", "salarie"]

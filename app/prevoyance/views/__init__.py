"""Screens of prévoyance, within the fiches of the employer and of the employee."""

from app.prevoyance.views import cloture, contrat, employeur, modification, salarie
from app.prevoyance.views.racine import bp

__all__ = ["bp", "cloture", "contrat", "employeur", "modification", "salarie"]

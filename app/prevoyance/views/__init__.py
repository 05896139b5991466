"""Screens of prévoyance: branch regimes."""

from app.prevoyance.views import regimes
from app.prevoyance.views.racine import bp

__all__ = ["bp", "regimes"]

"""Screens of employers: dossiers, list, fiche administrative."""

from app.employeurs.views import (
    convention,
    deplacement,
    dossiers,
    fiche,
    formation,
    liste,
    nouveau,
    organismes,
)
from app.employeurs.views.racine import bp

__all__ = [
    "bp",
    "convention",
    "deplacement",
    "dossiers",
    "fiche",
    "formation",
    "liste",
    "nouveau",
    "organismes",
]

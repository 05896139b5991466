"""Screens of employers: dossiers, list, fiche administrative."""

from app.employeurs.views import (
    archivage,
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
    "archivage",
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

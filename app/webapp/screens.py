"""Explicit list of the screens: blueprints, and the volet de navigation."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from flask import Blueprint

ACCUEIL = "app.webapp.accueil"
VUES = (
    ACCUEIL,
    "app.employeurs.views",
    "app.salaries.views",
    "app.prevoyance.views",
    "app.paie.views",
    "app.conventions.views",
    "app.opco.views",
    "app.organismes.views",
    "app.extractions.views",
    "app.importations.views",
    "app.sauvegardes.views",
    "app.webapp.maintenance",
    "app.webapp.aide",
    "app.webapp.parcourir",
)
"""Modules that hold the screens; named, so that the window opens before all are imported."""


def blueprints(vues: Sequence[str] = VUES) -> tuple[Blueprint, ...]:
    """Import the screens and return their blueprints."""
    return tuple(import_module(vue).bp for vue in vues)


@dataclass(frozen=True, slots=True)
class Module:
    """An entry of the volet de navigation."""

    nom: str
    adresse: str
    icone: str
    fenetre: bool = False
    touche: str = ""


NAVIGATION = (
    Module("Dossiers", "/employeurs/dossiers", "dossier", touche="1"),
    Module("Employeurs", "/employeurs/", "employeur", touche="2"),
    Module("Salariés", "/salaries/", "salarie", touche="3"),
    Module("Bulletins", "/bulletins/", "bulletin", touche="4"),
    Module("Paramétrage (Taux)", "/bulletins/baremes/cotisations", "taux", touche="5"),
    Module("Extractions de données", "/extractions/", "extraction", touche="6"),
    Module("Centre de maintenance", "/maintenance/", "maintenance", fenetre=True, touche="7"),
)

MAINTENANCE: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "Maintenir",
        (
            ("État du programme", "/maintenance/", "base"),
            ("Sauvegarder / Restaurer", "/sauvegardes/", "disquette"),
            ("Restaurer une sauvegarde", "/sauvegardes/restaurer", "fleche"),
            ("Journal des modifications", "/maintenance/journal", "journal"),
        ),
    ),
    ("Administrer", (("Réglages", "/maintenance/reglages", "reglage"),)),
)
"""Volet of the Centre de maintenance: headings, then (name, address, icon)."""

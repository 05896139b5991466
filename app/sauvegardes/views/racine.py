"""The blueprint of the backups, and the jobs that its screens start."""

from collections.abc import Callable

from flask import Blueprint

from app.socle.contexte import ProgrammeOuvert
from app.socle.taches import Suivi
from app.socle.web import programme

bp = Blueprint("sauvegardes", __name__, url_prefix="/sauvegardes")

ACCUEIL = "/sauvegardes/"
GENRE = "sauvegarde"
"""Kind of the jobs: one run, restore or verification at a time."""


def lancer(libelle: str, travail: Callable[[ProgrammeOuvert, Suivi], dict[str, object]]) -> str:
    """Start a job; returns the address where it is followed."""
    ouvert = programme()
    numero = ouvert.taches.lancer(GENRE, libelle, lambda suivi: travail(ouvert, suivi), ouvert.par)
    return f"/sauvegardes/suivi/{numero}"

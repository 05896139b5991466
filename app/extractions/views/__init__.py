"""Screens of the extractions: choice of a query, its parameters, its result, exports."""

from flask.blueprints import BlueprintSetupState

from app.extractions.service import vider
from app.extractions.views import (
    confort,
    exports,
    graphique,
    libre,
    programmees,
    requetes,
    resultats,
)
from app.extractions.views.commun import bp


def _vider(etat: BlueprintSetupState) -> None:
    """Delete the results of the launch before, which nothing shows any more."""
    vider(etat.app.extensions["clairpaie"].programme.magasin.chemin)


bp.record_once(_vider)

__all__ = ["bp", "confort", "exports", "graphique", "libre", "programmees", "requetes", "resultats"]

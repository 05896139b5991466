"""Use cases of imports: read a file, preview it, import it, keep it in between."""

from app.importations.service.analyse import (
    Analyse,
    Demande,
    Entetes,
    analyser,
    lire_entetes,
)
from app.importations.service.depot import Depot, deposer, nettoyer, noter, retirer, retrouver
from app.importations.service.ecriture import Resultat, importer
from app.importations.service.lecture import OCTETS_MAX

__all__ = [
    "OCTETS_MAX",
    "Analyse",
    "Demande",
    "Depot",
    "Entetes",
    "Resultat",
    "analyser",
    "deposer",
    "importer",
    "lire_entetes",
    "nettoyer",
    "noter",
    "retirer",
    "retrouver",
]

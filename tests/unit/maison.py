"""What the tests of the house itself share: folders, capabilities, prefixes, error classes."""

import importlib
import pkgutil
from pathlib import Path

import app
from app.noyau.erreurs import ErreurMetier

RACINE = Path(__file__).resolve().parents[2]
APP = RACINE / "app"
WEB = RACINE / "web"
PREFIXES = {
    "employeurs": "EMP",
    "salaries": "SAL",
    "conventions": "CCN",
    "opco": "OPC",
    "organismes": "ORG",
    "paie": "PAI",
    "prevoyance": "PRV",
    "extractions": "EXT",
    "importations": "IMP",
    "sauvegardes": "SAU",
    "verification": "VER",
    "demonstration": "DEM",
}
"""The capabilities, each with the prefix of its refusals."""
SOCLE = {"noyau": "TEC", "socle": "TEC", "webapp": "WEB", "desktop": "TEC", "cli": "TEC"}


def erreurs() -> list[type[ErreurMetier]]:
    """Return every class of refusal of the program."""
    for module in pkgutil.walk_packages(app.__path__, "app."):
        if not module.name.startswith(("app.migrations", "app.__main__")):
            importlib.import_module(module.name)
    ours = (c for c in _descendants(ErreurMetier) if c.__module__.startswith("app."))
    return [c for c in ours if c.message]


def _descendants(classe: type[ErreurMetier]) -> list[type[ErreurMetier]]:
    filles = classe.__subclasses__()
    return [*filles, *(petite for fille in filles for petite in _descendants(fille))]

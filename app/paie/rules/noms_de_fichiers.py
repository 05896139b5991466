"""Names of printed files: readable, safe on every system, never twice in a folder."""

import re
from collections.abc import Container

_INTERDITS = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_RESERVES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")
LONGUEUR_MAX = 70


def nom_sur(texte: str, defaut: str = "Sans nom") -> str:
    """Return a text as the name of a file or folder (without extension).

    Windows refuses some characters, device names, and a final dot or space.

    >>> nom_sur(" A/B : l'école. "), nom_sur("CON"), nom_sur("..")
    ("A B l'école", 'CON_', 'Sans nom')
    """
    propre = " ".join(_INTERDITS.sub(" ", texte).split())
    propre = propre[:LONGUEUR_MAX].strip(" .") or defaut
    return f"{propre}_" if _RESERVES.fullmatch(propre) else propre


def nom_libre(nom: str, pris: Container[str]) -> str:
    """Return the name, numbered when it is taken; `pris` holds names in lower case."""
    libre, rang = nom, 2
    while libre.casefold() in pris:
        libre = f"{nom} ({rang})"
        rang += 1
    return libre

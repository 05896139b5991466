"""Names of printed files: readable, safe on every system, never twice in a folder."""

import re
from collections.abc import Container, Iterable
from typing import NamedTuple

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


class Employeur(NamedTuple):
    """An employer that files are about."""

    id: int
    raison_sociale: str
    siret: str


def noms_des_employeurs(tous: Iterable[Employeur]) -> dict[int, str]:
    """Return a name for each employer's files, by number: stable, and never another's.

    Of those whose names would be the same, the first recorded keeps it; the others bear their
    SIRET or their number, whether they are printed together or apart.

    >>> noms_des_employeurs([Employeur(1, "Judo", ""), Employeur(4, "JUDO", "73282932000074")])
    {1: 'Judo', 4: 'JUDO (73282932000074)'}
    """
    noms: dict[int, str] = {}
    pris: set[str] = set()
    for e in sorted(tous):
        nom = nom_sur(e.raison_sociale)
        for marque in (e.siret, f"n° {e.id}"):
            if nom.casefold() in pris and marque:
                nom = f"{nom_sur(e.raison_sociale)} ({marque})"
        noms[e.id] = nom = nom_libre(nom, pris)
        pris.add(nom.casefold())
    return noms

"""The barèmes, read from their data files and checked at the first need."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from app.paie.errors import BaremeRefuse
from app.paie.rules.assiettes import ASSIETTES
from app.paie.rules.baremes import (
    Baremes,
    Cotisation,
    Parametre,
    lire_cotisation,
    lire_grille,
    lire_parametre,
)
from app.paie.rules.calcul import Moteur
from app.paie.rules.formules import FORMULES
from app.socle.donnees import lire_yaml

DOSSIER = Path(__file__).parents[1] / "baremes"


def _lire(chemin: Path) -> list[dict[str, Any]]:
    brut = lire_yaml(chemin.read_text(encoding="utf-8"), chemin.name)
    if not isinstance(brut, list) or not all(isinstance(e, dict) for e in brut):
        raise BaremeRefuse(chemin.name, "ce doit être une liste d'entrées")
    return brut


def charger_baremes(dossier: Path = DOSSIER) -> Baremes:
    """Read every figure, cotisation and grid of a folder.

    Raises:
        BaremeRefuse, DonneesInternes: an entry is not as it must be; it is named.
    """
    parametres: dict[str, Parametre] = {}
    for brut in _lire(dossier / "parametres.yaml"):
        parametre = lire_parametre(brut)
        if parametre.code in parametres:
            raise BaremeRefuse(parametre.code, "ce code figure deux fois")
        parametres[parametre.code] = parametre
    cotisations: list[Cotisation] = []
    for chemin in sorted((dossier / "cotisations").glob("*.yaml")):
        for brut in _lire(chemin):
            cotisations.append(lire_cotisation(brut, len(cotisations), ASSIETTES, FORMULES))
    codes = [c.code for c in cotisations]
    if len(set(codes)) != len(codes):
        doubles = sorted({c for c in codes if codes.count(c) > 1})
        raise BaremeRefuse(doubles[0], "ce code figure deux fois")
    grilles = {g.code: g for g in map(lire_grille, _lire(dossier / "pas.yaml"))}
    return Baremes(parametres, tuple(cotisations), grilles)


@cache
def empreinte_des_baremes(dossier: Path = DOSSIER) -> str:
    """Return the digest of the data files, without reading what they say."""
    empreinte = sha256()
    for chemin in sorted(dossier.rglob("*.yaml")):
        empreinte.update(chemin.read_bytes())
    return empreinte.hexdigest()


@cache
def moteur() -> Moteur:
    """Return the engine over the program's own barèmes.

    Raises:
        BaremeRefuse, DonneesInternes: see `charger_baremes`.
    """
    return Moteur(charger_baremes())

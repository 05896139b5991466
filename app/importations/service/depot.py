"""The uploaded file between its preview and its import: a private folder, a random name.

Rules:
- Names are drawn at random and checked when they come back: no path can be asked for.
- A file is removed after its import, and what was left by a former run at start.
"""

import json
import re
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.importations.errors import DepotIntrouvable
from app.importations.rules.genres import GENRES
from app.socle.fichiers import ecrire_texte, preparer_dossier, remplacer

DOSSIER = "importations"
_JETON = re.compile(r"[A-Za-z0-9_-]{20,40}")
_NOM_MAX = 120


@dataclass(frozen=True, slots=True)
class Depot:
    """A file that waits: its mark, kind, original name, place, and what the person chose."""

    jeton: str
    genre: str
    nom: str
    fichier: Path
    dossier: str = ""
    correspondance: Mapping[int, str] | None = field(default=None)


def _racine(donnees: Path) -> Path:
    return donnees / DOSSIER


def deposer(donnees: Path, genre: str, nom: str, contenu: bytes, dossier: str = "") -> Depot:
    """Keep a file until its import.

    Raises:
        DossierIllisible, DisquePlein: the data folder cannot be written.
    """
    jeton = secrets.token_urlsafe(24)
    place = _racine(donnees) / jeton
    preparer_dossier(place)
    place.chmod(0o700)
    propre = "".join(c for c in Path(nom.replace("\\", "/")).name if c.isprintable())
    depot = Depot(jeton, genre, propre[-_NOM_MAX:] or "fichier", place / "fichier", dossier)
    with remplacer(depot.fichier) as provisoire:
        provisoire.write_bytes(contenu)
    noter(depot)
    return depot


def noter(depot: Depot) -> None:
    """Remember what the person chose for a file."""
    etat = {
        "genre": depot.genre,
        "nom": depot.nom,
        "dossier": depot.dossier,
        "correspondance": None
        if depot.correspondance is None
        else {str(i): n for i, n in depot.correspondance.items()},
    }
    ecrire_texte(depot.fichier.with_name("etat.json"), json.dumps(etat, ensure_ascii=False))


def retrouver(donnees: Path, jeton: str) -> Depot:
    """Return the file that waits under a mark.

    Raises:
        DepotIntrouvable: none; it was imported, or the program was started again.
    """
    if not _JETON.fullmatch(jeton):
        raise DepotIntrouvable
    place = _racine(donnees) / jeton
    try:
        etat = json.loads((place / "etat.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise DepotIntrouvable from None
    if etat["genre"] not in GENRES or not (place / "fichier").is_file():
        raise DepotIntrouvable
    choix = etat["correspondance"]
    correspondance = None if choix is None else {int(i): str(n) for i, n in choix.items()}
    return Depot(
        jeton, etat["genre"], etat["nom"], place / "fichier", etat["dossier"], correspondance
    )


def retirer(depot: Depot) -> None:
    """Remove a file once it has served."""
    shutil.rmtree(depot.fichier.parent, ignore_errors=True)


def nettoyer(donnees: Path) -> int:
    """Remove what a former run left; returns how many files. Called when the program starts."""
    racine = _racine(donnees)
    restes = [p for p in racine.iterdir() if p.is_dir()] if racine.is_dir() else []
    for reste in restes:
        shutil.rmtree(reste, ignore_errors=True)
    return len(restes)

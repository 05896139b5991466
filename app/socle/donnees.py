"""Data files: the strict reader (`yaml_strict` has its rules) and digests."""

import hashlib
from pathlib import Path
from typing import Any


def lire_yaml(texte: str, fichier: str) -> Any:
    """Read strict YAML.

    Raises:
        DonneesInternes: not YAML, or a key twice; names the file and the line.
    """
    from app.socle import yaml_strict  # noqa: PLC0415 -- 35 ms that an ordinary start does without

    return yaml_strict.lire_yaml(texte, fichier)


def ecrire_yaml(valeurs: dict[str, Any]) -> str:
    """Write plain values as YAML that `lire_yaml` reads back."""
    from app.socle import yaml_strict  # noqa: PLC0415 -- see `lire_yaml`

    return yaml_strict.ecrire_yaml(valeurs)


def empreinte(*fichiers: Path) -> str:
    """Return the SHA-256 of files, in order."""
    somme = hashlib.sha256()
    for fichier in fichiers:
        somme.update(fichier.read_bytes())
    return somme.hexdigest()

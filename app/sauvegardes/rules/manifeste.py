"""What a backup says of itself, and the shape in which it says it.

A backup is one ZIP file, its parts stored as they are:

- `LISEZMOI.txt`: how to open it by hand, in French;
- `base.sqlite3.zst` (`base.sqlite3.zst.age` when encrypted): the base, compressed by zstd;
- `cle.age` when encrypted: the recovery key, itself encrypted by the passphrase;
- `manifeste.json`: this module's values.

The comment of the ZIP file is the SHA-256 of everything before it: one flipped bit anywhere
is seen, also where ZIP itself looks at nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from app.sauvegardes.errors import SauvegardeIllisible

FORMAT = 1
MANIFESTE, LISEZMOI, CLE = "manifeste.json", "LISEZMOI.txt", "cle.age"
BASE, BASE_CHIFFREE = "base.sqlite3.zst", "base.sqlite3.zst.age"
SUFFIXE = ".clairpaie"
EMPREINTE = 64
"""Length of the digest, hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class Manifeste:
    """What was saved: `taille` (bytes) and `sha256` are those of the SQLite file.

    `tables` counts the rows of the tables that people know; `schema` is the migration.
    """

    script: str
    programme: str
    schema: str
    faite_a: datetime
    taille: int
    sha256: str
    chiffree: bool = False
    tables: Mapping[str, int] = field(default_factory=dict)
    format: int = FORMAT

    def en_json(self) -> bytes:
        """Return the manifest as it is written."""
        donnees = {
            "format": self.format,
            "script": self.script,
            "programme": self.programme,
            "schema": self.schema,
            "faite_a": self.faite_a.astimezone(UTC).isoformat(),
            "taille": self.taille,
            "sha256": self.sha256,
            "chiffree": self.chiffree,
            "tables": dict(sorted(self.tables.items())),
        }
        return json.dumps(donnees, ensure_ascii=False, indent=1).encode()


def lire_manifeste(octets: bytes, fichier: str) -> Manifeste:
    """Read a manifest.

    Raises:
        SauvegardeIllisible: it is not one, or of a later format.
    """
    try:
        donnees: dict[str, Any] = json.loads(octets)
        if donnees["format"] > FORMAT:
            raise SauvegardeIllisible(fichier, "elle vient d'une version plus récente de Clairpaie")
        return Manifeste(
            script=str(donnees["script"]),
            programme=str(donnees["programme"]),
            schema=str(donnees["schema"]),
            faite_a=datetime.fromisoformat(donnees["faite_a"]),
            taille=int(donnees["taille"]),
            sha256=str(donnees["sha256"]),
            chiffree=bool(donnees["chiffree"]),
            tables={str(n): int(v) for n, v in donnees["tables"].items()},
            format=int(donnees["format"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as erreur:
        raise SauvegardeIllisible(fichier, "sa description est abîmée") from erreur


def lisezmoi(*, chiffree: bool) -> str:
    """Return how to open a backup by hand."""
    ouverture = (
        "   age -d -o cle.txt cle.age            (demande la phrase secrète)\n"
        f"   age -d -i cle.txt -o {BASE} {BASE_CHIFFREE}\n"
        "   (avec la clé de récupération : l'écrire dans cle.txt, puis la seconde ligne seule)\n"
        if chiffree
        else ""
    )
    return (
        "Sauvegarde de Clairpaie\n"
        "=======================\n\n"
        "Pour la restaurer : Centre de maintenance, Maintenir, Restaurer une sauvegarde.\n\n"
        "Pour l'ouvrir sans Clairpaie, ce fichier est un ZIP ordinaire :\n\n"
        "1. l'extraire (unzip, ou le renommer en .zip et l'ouvrir) ;\n"
        f"2. dans le dossier extrait :\n{ouverture}"
        f"   zstd -d {BASE}                       (donne base.sqlite3)\n"
        "   sqlite3 base.sqlite3\n\n"
        "manifeste.json dit la version, la taille et l'empreinte SHA-256 de base.sqlite3.\n"
    )

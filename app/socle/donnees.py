"""Strict reader of data files: YAML without its traps, and digests.

Only null, true/false, plain integers and ISO dates are resolved; everything else is text
(plain YAML turns 0016 into 14, 23:00 into 1380 and NO into false). A key twice is refused.
"""

import hashlib
import re
from pathlib import Path
from typing import Any

import yaml

from app.socle.errors import DonneesInternes


class _Strict(yaml.SafeLoader):
    """Loader with four implicit types and no double keys."""


_Strict.yaml_implicit_resolvers = {}
for _etiquette, _motif, _premiers in (
    ("null", r"null|", ["n", ""]),
    ("bool", r"true|false", list("tf")),
    ("int", r"0|-?[1-9][0-9]*", list("-0123456789")),
    ("timestamp", r"\d{4}-\d{2}-\d{2}", list("0123456789")),
):
    _Strict.add_implicit_resolver(
        f"tag:yaml.org,2002:{_etiquette}", re.compile(f"^(?:{_motif})$"), _premiers
    )


def _table(chargeur: _Strict, noeud: yaml.MappingNode) -> dict[Any, Any]:
    resultat: dict[Any, Any] = {}
    for cle_noeud, valeur_noeud in noeud.value:
        cle = chargeur.construct_object(cle_noeud, deep=True)
        if cle in resultat:
            raise yaml.constructor.ConstructorError(
                None, None, f"clé en double : {cle}", cle_noeud.start_mark
            )
        resultat[cle] = chargeur.construct_object(valeur_noeud, deep=True)
    return resultat


_Strict.add_constructor("tag:yaml.org,2002:map", _table)


def lire_yaml(texte: str, fichier: str) -> Any:
    """Read strict YAML.

    Raises:
        DonneesInternes: not YAML, or a key twice; names the file and the line.
    """
    try:
        return yaml.load(texte, Loader=_Strict)  # noqa: S506 -- derived from SafeLoader
    except (yaml.YAMLError, ValueError) as erreur:
        raise DonneesInternes(fichier, str(erreur)) from erreur


def empreinte(*fichiers: Path) -> str:
    """Return the SHA-256 of files, in order."""
    somme = hashlib.sha256()
    for fichier in fichiers:
        somme.update(fichier.read_bytes())
    return somme.hexdigest()

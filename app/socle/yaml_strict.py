"""Strict YAML, without its traps; imported by the first file read, which most starts do without.

Only null, true/false, plain integers and ISO dates are resolved; everything else is text
(plain YAML turns 0016 into 14, 23:00 into 1380 and NO into false). A key twice is refused.
"""

import re
from datetime import date
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
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", list("0123456789")),
):
    _Strict.add_implicit_resolver(
        f"tag:yaml.org,2002:{_etiquette}", re.compile(f"^(?:{_motif})$"), _premiers
    )


class _Refuse(yaml.constructor.ConstructorError):
    """What is YAML, but not in our files; `problem` says why in French."""

    def __init__(self, probleme: str, noeud: yaml.Node) -> None:
        super().__init__(None, None, probleme, noeud.start_mark)


def _table(chargeur: _Strict, noeud: yaml.MappingNode) -> dict[Any, Any]:
    resultat: dict[Any, Any] = {}
    for cle_noeud, valeur_noeud in noeud.value:
        if not isinstance(cle_noeud, yaml.ScalarNode):
            raise _Refuse("une clé est un texte, un nombre ou une date", cle_noeud)
        cle = chargeur.construct_object(cle_noeud, deep=True)
        if cle in resultat:
            raise _Refuse(f"clé en double : {cle}", cle_noeud)
        resultat[cle] = chargeur.construct_object(valeur_noeud, deep=True)
    return resultat


def _jour(_chargeur: _Strict, noeud: yaml.ScalarNode) -> date:
    try:
        return date.fromisoformat(noeud.value)
    except ValueError:
        raise _Refuse(f"date impossible : {noeud.value}", noeud) from None


def _flottant(_chargeur: _Strict, noeud: yaml.ScalarNode) -> Any:
    raise _Refuse(f"nombre sans unité : {noeud.value}", noeud)


_Strict.add_constructor("tag:yaml.org,2002:map", _table)
_Strict.add_constructor("tag:yaml.org,2002:timestamp", _jour)
_Strict.add_constructor("tag:yaml.org,2002:float", _flottant)


def lire_yaml(texte: str, fichier: str) -> Any:
    """Read strict YAML.

    Raises:
        DonneesInternes: not YAML, or a key twice; names the file and the line.
    """
    try:
        return yaml.load(texte, Loader=_Strict)  # noqa: S506 -- derived from SafeLoader
    except (yaml.YAMLError, ValueError) as erreur:
        raise DonneesInternes(fichier, _cause(erreur)) from erreur


def _cause(erreur: Exception) -> str:
    """Say in French what is wrong, with the line where it stands."""
    repere = getattr(erreur, "problem_mark", None)
    if repere is None:
        return "un caractère ou un nombre n'y a pas sa place"
    probleme = erreur.problem if isinstance(erreur, _Refuse) else "écriture YAML incorrecte"
    return f"ligne {repere.line + 1}, {probleme}"


class _Ecrivain(yaml.SafeDumper):
    """Writes any text so that it is read back: line ends and rare spaces escaped."""


def _texte(ecrivain: yaml.SafeDumper, texte: str) -> yaml.ScalarNode:
    style = None if texte.isprintable() else '"'
    return ecrivain.represent_scalar("tag:yaml.org,2002:str", texte, style=style)


_Ecrivain.add_representer(str, _texte)


def ecrire_yaml(valeurs: dict[str, Any]) -> str:
    """Write plain values as YAML that `lire_yaml` reads back."""
    return yaml.dump(valeurs, Dumper=_Ecrivain, allow_unicode=True)

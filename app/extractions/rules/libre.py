"""Queries that a person writes: one SELECT over the public views, checked before it runs.

Rules:
- One statement, SELECT or WITH, without bound values.
- Functions are those of a list: none reads a file, loads code or fills the memory.
- A column has a name of its own, so that it can be sorted, filtered and exported.
"""

import re
from collections.abc import Callable, Sequence

from app.extractions.errors import (
    ColonneNonExportable,
    EcritureInterdite,
    ErreurDeSyntaxe,
    NomInconnu,
    PlusieursInstructions,
    RequeteLibreVide,
)
from app.extractions.rules.entete import LIBRES, Requete, sql_nu
from app.noyau.erreurs import ErreurMetier

TITRE, THEME = "Requête libre", "Mes requêtes"
DESCRIPTION = "Requête écrite ici, sur les vues. Elle ne fait que lire vos données."
LONGUEUR_MAX = 20_000
"""Characters."""
SECONDES_MAX = 30
LIGNES_MAX = 200_000
_NEUTRES = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)
_ECRITURE = re.compile(r"\b(?:INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
_LIE = re.compile(r"[?@$#]\w*|:\w+")
FONCTIONS = frozenset(
    [
        "abs",
        "avg",
        "cast",
        "ceil",
        "ceiling",
        "coalesce",
        "count",
        "cume_dist",
        "date",
        "datetime",
        "dense_rank",
        "first_value",
        "floor",
        "format",
        "glob",
        "group_concat",
        "hex",
        "ifnull",
        "iif",
        "instr",
        "julianday",
        "lag",
        "last_value",
        "lead",
        "length",
        "like",
        "lower",
        "ltrim",
        "max",
        "min",
        "mod",
        "nth_value",
        "ntile",
        "nullif",
        "percent_rank",
        "printf",
        "quote",
        "rank",
        "replace",
        "round",
        "row_number",
        "rtrim",
        "sans_accents",
        "sign",
        "strftime",
        "substr",
        "substring",
        "sum",
        "time",
        "total",
        "trim",
        "typeof",
        "unicode",
        "unixepoch",
        "upper",
    ]
)
"""Functions of SQLite that a query may call, `sans_accents` besides."""


def lire_libre(saisie: str) -> str:
    """Return the SELECT that was written, without its last « ; ».

    Raises:
        RequeteLibreVide: nothing was written.
        PlusieursInstructions: more than one statement.
        EcritureInterdite: not a SELECT, or too long, or a bound value.
    """
    sql = saisie.replace("\r\n", "\n").strip()
    nue = sql_nu(sql).strip()
    while nue.endswith(";"):
        sql = sql[: sql.rindex(";")].rstrip()
        nue = nue[:-1].rstrip()
    if not nue:
        raise RequeteLibreVide
    if ";" in nue:
        raise PlusieursInstructions
    mot = re.match(r"\w+|.", nue)
    premier = mot[0].upper() if mot else ""
    if premier not in {"SELECT", "WITH"}:
        raise EcritureInterdite(premier)
    if ecriture := _ECRITURE.search(nue):
        raise EcritureInterdite(ecriture[0].upper())
    if lie := _LIE.search(nue):
        raise EcritureInterdite(lie[0])
    if len(sql) > LONGUEUR_MAX:
        raise EcritureInterdite(f"{sql[:30]}…")
    return sql


def requete_libre(sql: str, titre: str = TITRE, numero: int = 0) -> Requete:
    """Return a SELECT as the catalogue has its own; `numero`: that of a saved one, 0: not saved."""
    return Requete(LIBRES + numero, titre, THEME, DESCRIPTION, (), {}, sql, "")


def verifier_colonnes(noms: Sequence[str]) -> None:
    """Check that each column has a name of its own.

    Raises:
        ColonneNonExportable: two bear the same.
    """
    for nom in noms:
        propre = re.sub(r":\d+$", "", nom)  # SQLite numbers those that come again
        if propre != nom and propre in noms:
            raise ColonneNonExportable(propre, "deux colonnes portent ce nom")


def noms_simples(noms: Sequence[str]) -> list[str]:
    """Return names that every export takes: « sum(brut) » is `sum_brut`; each comes once.

    >>> noms_simples(["nom", "sum(brut)", "sum( brut )"])
    ['nom', 'sum_brut', 'sum_brut_2']
    """
    simples: list[str] = []
    for nom in noms:
        propre = re.sub(r"\W+", "_", nom).strip("_")[:60]
        if not propre or propre[0].isdigit():
            propre = f"colonne_{propre}".rstrip("_")
        rang = 1
        while (essai := propre if rang == 1 else f"{propre}_{rang}") in simples:
            rang += 1
        simples.append(essai)
    return simples


def place_du_refus(sql: str, refus: ErreurMetier) -> tuple[int, int] | None:
    """Return the line and the column, from 1, of what was refused; None when it has no place."""
    if isinstance(refus, ErreurDeSyntaxe):
        return refus.ligne, refus.colonne
    nomme = getattr(refus, "nom", "") or getattr(refus, "mot", "")
    if isinstance(refus, NomInconnu):
        nomme = "".join(re.findall(r"« (\S+) »", refus.cause)[:1]).rpartition(".")[2]
    if not nomme:
        return None
    nu = _NEUTRES.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), sql)
    trouve = re.search(rf"(?<!\w){re.escape(nomme)}(?!\w)", nu, re.IGNORECASE)
    return _position(sql, trouve.start()) if trouve else None


def placer(sql: str, mot: str, se_trompe: Callable[[str], bool]) -> tuple[int, int]:
    """Return the line and the column, from 1, of the word that a reader stumbles over.

    Args:
        sql: what is read.
        mot: the word.
        se_trompe: tells whether the beginning of the text makes the same trouble.
    """
    trouves = [m.start() for m in re.finditer(re.escape(mot), sql)] if mot else []
    place = next((d for d in trouves if se_trompe(sql[: d + len(mot)])), len(sql))
    return _position(sql, place)


def _position(sql: str, place: int) -> tuple[int, int]:
    avant = sql[:place]
    return avant.count("\n") + 1, place - (avant.rfind("\n") + 1) + 1

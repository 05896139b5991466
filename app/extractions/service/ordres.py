"""Orders of a result: the file (rank → line) of a sorted or filtered view, and its sums."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from app.extractions.rules import Colonne, Condition, Presentation
from app.extractions.rules.colonnes import TypeColonne, cle_de_tri
from app.socle.taches import Suivi

PAS = 20_000
"""SQLite instructions between two looks at the wish to cancel."""

Cumuls = dict[str, int]
"""Sum of each column that is summed, by name; the number of lines under the empty name."""


def sommer(
    connexion: sqlite3.Connection, colonnes: Sequence[Colonne], source: str = "lignes"
) -> Cumuls:
    """Return the count and the sums of lines."""
    sommees = [(i, c.nom) for i, c in enumerate(colonnes) if c.type.est_somme]
    champs = "".join(f", coalesce(sum(c{i}), 0)" for i, _ in sommees)
    requete = f"SELECT count(*){champs} FROM {source}"  # noqa: S608 -- our own names
    ligne = connexion.execute(requete).fetchone()
    return {"": ligne[0], **{nom: ligne[j] for j, (_, nom) in enumerate(sommees, 1)}}


def construire(
    lignes: Path,
    destination: Path,
    colonnes: Sequence[Colonne],
    presentation: Presentation,
    *,
    suivi: Suivi,
    cumuls: Cumuls,
) -> None:
    """Write the order of a view: lines that answer the filters, in the order asked for.

    Empty cells come last, whatever the direction; equal ones keep the order of the query.

    Args:
        lignes: the file of the result.
        destination: the file to write.
        colonnes: columns of the result.
        presentation: sort and filters.
        suivi: asked whether to go on.
        cumuls: those of the whole result, which a sort alone does not change.

    Raises:
        sqlite3.DatabaseError: no room, or interrupted.
    """
    suivi.etape("Filtre des lignes" if presentation.conditions else "Tri des lignes")
    with closing(sqlite3.connect(destination, isolation_level=None)) as cible:
        cible.create_function("cle", 1, cle_de_tri, deterministic=True)
        cible.set_progress_handler(suivi.annule, PAS)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "temp_store = FILE"):
            cible.execute(f"PRAGMA {pragma}")
        cible.execute("ATTACH DATABASE ? AS source", (str(lignes),))
        cible.execute("BEGIN")
        source = "source.lignes l"
        if presentation.conditions:
            source = _filtrer(cible, presentation, colonnes)
            cumuls = sommer(cible, colonnes, source)
        if presentation.tri:
            suivi.etape("Tri des lignes")
        cible.execute("CREATE TABLE rangs (rang INTEGER PRIMARY KEY, ligne INTEGER NOT NULL)")
        cible.execute(
            f"INSERT INTO rangs (ligne) SELECT l.ligne FROM {source}"  # noqa: S608 -- our names
            f" ORDER BY {_ordre(presentation, colonnes)}"
        )
        cible.execute("CREATE TABLE cumuls (valeur TEXT)")
        cible.execute("INSERT INTO cumuls VALUES (?)", (json.dumps(cumuls),))
        cible.execute("COMMIT")


def _filtrer(
    cible: sqlite3.Connection, presentation: Presentation, colonnes: Sequence[Colonne]
) -> str:
    """Keep aside the lines that answer the filters, read once; returns where to read them."""
    ou, valeurs = _conditions(presentation.conditions, colonnes)
    cible.execute("CREATE TEMP TABLE gardees (ligne INTEGER PRIMARY KEY)")
    cible.execute(
        f"INSERT INTO gardees SELECT ligne FROM source.lignes{ou}",  # noqa: S608 -- our names
        valeurs,
    )
    return "gardees g CROSS JOIN source.lignes l ON l.ligne = g.ligne"


def _ordre(presentation: Presentation, colonnes: Sequence[Colonne]) -> str:
    if not presentation.tri:
        return "l.ligne"
    rang = next(i for i, c in enumerate(colonnes) if c.nom == presentation.tri)
    cle = f"cle(c{rang})" if colonnes[rang].type is TypeColonne.TEXTE else f"c{rang}"
    return f"c{rang} IS NULL, {cle} {'DESC' if presentation.descendant else 'ASC'}, l.ligne"


def _conditions(
    conditions: Sequence[Condition], colonnes: Sequence[Colonne]
) -> tuple[str, list[object]]:
    """Return the WHERE of a view and its bound values."""
    rangs = {c.nom: f"c{i}" for i, c in enumerate(colonnes)}
    morceaux: list[str] = []
    valeurs: list[object] = []
    for condition in conditions:
        morceau, liees = _condition(condition, rangs[condition.colonne])
        morceaux.append(f"({morceau})")
        valeurs += liees
    return (" WHERE " + " AND ".join(morceaux) if morceaux else ""), valeurs


_GENRES = {
    "contient": "instr(cle({0}), ?) > 0",
    "sans": "coalesce(instr(cle({0}), ?), 0) = 0",
    "egal": "cle({0}) = ?",
    "apres": "{0} > ?",
    "avant": "{0} < ?",
    "hors": "{0} IS NULL OR {0} NOT BETWEEN ? AND ?",
    "vide": "{0} IS NULL",
    "rempli": "{0} IS NOT NULL",
}


def _condition(condition: Condition, champ: str) -> tuple[str, list[object]]:
    if condition.genre != "entre":
        return _GENRES[condition.genre].format(champ), list(condition.valeurs)
    bornes = zip((">=", "<="), condition.valeurs, strict=True)
    gardees = [(signe, valeur) for signe, valeur in bornes if valeur is not None]
    return " AND ".join(f"{champ} {s} ?" for s, _ in gardees), [v for _, v in gardees]

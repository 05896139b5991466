"""What text formats share: decimal comma, JJ/MM/AAAA, cells that no spreadsheet computes."""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

from app.extractions.rules import TypeColonne, exporter_texte
from app.extractions.rules.colonnes import Valeur, ecriture
from app.extractions.rules.extraction import Extraction

FORMULES = ("=", "+", "-", "@")
"""A text that begins so would be computed by a spreadsheet: an apostrophe goes before it."""
_ESPACES = dict.fromkeys([*range(32), 127], " ")


def cellule(valeur: Valeur, genre: TypeColonne) -> str:
    """Write one value; control characters and line ends of texts become spaces."""
    if isinstance(valeur, str) and genre is not TypeColonne.DATE:
        return _texte(valeur)
    return exporter_texte(valeur, genre)


def _texte(valeur: str) -> str:
    texte = valeur if valeur.isprintable() else valeur.translate(_ESPACES)
    return "'" + texte if texte.lstrip().startswith(FORMULES) else texte


def _ecrivain(genre: TypeColonne) -> Callable[[Valeur], str]:
    """Return what writes the cells of a column, as `cellule` does."""
    if not genre.est_nombre:
        return lambda v: cellule(v, genre)
    ecrire = ecriture(genre)
    return lambda v: "" if v is None else ecrire(int(v))


def titre(libelle: str, genre: TypeColonne) -> str:
    """Write a heading; rates say that they are in percent."""
    return _texte(f"{libelle} (%)" if genre is TypeColonne.TAUX else libelle)


def ecrire_separe(
    chemin: Path, extraction: Extraction, lignes: Iterable[tuple[Valeur, ...]], separateur: str
) -> None:
    """Write a UTF-8 text with BOM: headings, then a line each, ended by CR LF."""
    cellules = [_ecrivain(c.type) for c in extraction.colonnes]
    with chemin.open("w", encoding="utf-8-sig", newline="") as fichier:
        sortie = csv.writer(fichier, delimiter=separateur, lineterminator="\r\n")
        sortie.writerow(titre(c.libelle, c.type) for c in extraction.colonnes)
        for ligne in lignes:
            sortie.writerow([f(v) for f, v in zip(cellules, ligne, strict=True)])

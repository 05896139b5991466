"""What text formats share: decimal comma, JJ/MM/AAAA, cells that no spreadsheet computes."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from app.extractions.documents.blocs import (
    Cellules,
    Retenues,
    fractions,
    nombres,
    par_colonnes,
    textes,
)
from app.extractions.documents.sql import Composables, expression, relire_bloc
from app.extractions.rules import TypeColonne, exporter_texte
from app.extractions.rules.colonnes import Valeur
from app.extractions.rules.extraction import Extraction

FORMULES = ("=", "+", "-", "@")
"""A text that begins so would be computed by a spreadsheet: an apostrophe goes before it."""
FIN = "\r\n"
_PERMIS = " -!#-:<-~\u00a0-\u167f"
"""No control character, no quote, no semicolon, no space but two."""
_FRACTIONS = {
    TypeColonne.MONTANT: fractions(2, ","),
    TypeColonne.HEURES: fractions(2, ","),
    TypeColonne.DECIMAL: fractions(2, ","),
    TypeColonne.TAUX: fractions(4, ",", garder=2),
}
_ESPACES = dict.fromkeys([*range(32), 127], " ")


def cellule(valeur: Valeur, genre: TypeColonne) -> str:
    """Write one value; control characters and line ends of texts become spaces."""
    if isinstance(valeur, str) and genre is not TypeColonne.DATE:
        return _texte(valeur)
    return exporter_texte(valeur, genre)


def _texte(valeur: str) -> str:
    texte = valeur if valeur.isprintable() else valeur.translate(_ESPACES)
    return "'" + texte if texte.lstrip().startswith(FORMULES) else texte


def _ecrivain(genre: TypeColonne, separateur: str) -> Cellules:
    """Return what writes the cells of a column, as `cellule` does, quoted where they must be."""
    if genre is TypeColonne.DATE:
        return Retenues(lambda v: exporter_texte(v, genre)).de
    if not genre.est_nombre:
        return textes(_PERMIS, lambda v: _entre_guillemets(_texte(v), separateur), vide="")
    return nombres(_FRACTIONS.get(genre, ()), vide="")


def _entre_guillemets(texte: str, separateur: str) -> str:
    if '"' in texte or separateur in texte:
        return '"' + texte.replace('"', '""') + '"'
    return texte


def titre(libelle: str, genre: TypeColonne) -> str:
    """Write a heading; rates say that they are in percent."""
    return _texte(f"{libelle} (%)" if genre is TypeColonne.TAUX else libelle)


def ecrire_separe(
    chemin: Path,
    extraction: Extraction,
    lignes: Iterable[tuple[Valeur, ...]] | Composables,
    separateur: str,
) -> None:
    """Write a UTF-8 text with BOM: headings, then a line each, ended by CR LF.

    Lines that SQLite can compose are composed by it; the same bytes are written either way.
    """
    cellules = [_ecrivain(c.type, separateur) for c in extraction.colonnes]
    titres = [titre(c.libelle, c.type) for c in extraction.colonnes]
    with chemin.open("wb") as fichier:
        entete = separateur.join(_entre_guillemets(t, separateur) for t in titres) + FIN
        fichier.write(entete.encode("utf-8-sig"))
        if not hasattr(lignes, "composer"):
            fichier.writelines(_ecrire_blocs(lignes, cellules, separateur))
            return
        types = [c.type for c in extraction.colonnes]
        for bloc in lignes.composer(lambda champs: expression(champs, separateur, FIN)):
            if (octets := relire_bloc(bloc, types, separateur, FIN)) is not None:
                fichier.write(octets)
            else:
                fichier.writelines(_ecrire_blocs(bloc.relire(), cellules, separateur))


def _ecrire_blocs(
    lignes: Iterable[tuple[Valeur, ...]], cellules: Sequence[Cellules], separateur: str
) -> Iterator[bytes]:
    """Give lines written cell by cell, by blocks."""
    for _, textes_du_bloc in par_colonnes(lignes, cellules):
        yield (FIN.join(map(separateur.join, textes_du_bloc)) + FIN).encode()

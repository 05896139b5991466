"""What both writers of workbooks share: number formats, limits of sheets, texts made safe."""

import re
from datetime import date

from app.extractions.rules import TypeColonne

LIGNES_PAR_FEUILLE = 1_048_575
"""Lines under the header of a sheet, which holds 1 048 576 (Excel specifications and limits)."""
CARACTERES_MAX = 32_767
"""Characters that a cell holds (same source)."""
PREMIER_JOUR_SUR = "1900-03-01"
"""Spreadsheets believe in a 29 February 1900: days before it would be shown one off."""
FOND_ENTETE = "14577F"
NOM_FEUILLE = "Résultat"
NOM_PARAMETRES = "Paramètres"
FORMATS = {
    TypeColonne.TEXTE: "@",
    TypeColonne.IDENTIFIANT: "@",
    TypeColonne.ENTIER: "#,##0",
    TypeColonne.NUMERO: "0",
    TypeColonne.MONTANT: '#,##0.00\\ "€"',
    TypeColonne.TAUX: "0.00##%",
    TypeColonne.HEURES: "#,##0.00",
    TypeColonne.DECIMAL: "#,##0.00",
    TypeColonne.DATE: "dd/mm/yyyy",
}
DECIMALES = {
    TypeColonne.MONTANT: 2,
    TypeColonne.HEURES: 2,
    TypeColonne.DECIMAL: 2,
    TypeColonne.TAUX: 6,
}
"""What the stored whole number is divided by, as a power of ten: a rate is a share of one."""
_JOUR_ZERO = date(1899, 12, 30)
_ILLEGAUX = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 forbids."""
_ECHAPPES = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""A text that spreadsheets would read as a character (ECMA-376, ST_Xstring)."""


def texte_sur(texte: str) -> str:
    """Return a text that XML and spreadsheets keep as it is: what they forbid is left out."""
    return _ECHAPPES.sub("_x005F_", _ILLEGAUX.sub("", texte)[:CARACTERES_MAX])


def nom_de_feuille(rang: int) -> str:
    """Return the name of the sheet of that rank, from 1."""
    return NOM_FEUILLE if rang == 1 else f"{NOM_FEUILLE} {rang}"


def numero_de_jour(iso: str) -> int:
    """Return the number that spreadsheets give to a day since March 1900.

    >>> numero_de_jour("2026-06-15")
    46188
    """
    return (date.fromisoformat(iso) - _JOUR_ZERO).days

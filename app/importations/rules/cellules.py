"""A spreadsheet's cell as exact text: what a person would have typed in the form.

Rules:
- A whole number keeps all its digits, never « 7.3E+13 ».
- A decimal has the 15 significant digits that a spreadsheet itself keeps; nothing is rounded to
  centimes: the field refuses what is too precise.
- A percentage cell (0,0211 shown as 2,11 %) is multiplied by 100 by moving its comma.
- A number in an identifier gets back the zeros that the spreadsheet dropped in front.
- A date is written JJ/MM/AAAA; its time of day is left out, as the spreadsheet shows it.
"""

import re
from datetime import date, datetime, timedelta

from app.importations.errors import CelluleEnErreur, NombreAbrege
from app.noyau.champs import Champ
from app.noyau.periodes import afficher_date

Cellule = object
"""What a file holds: text, whole number, decimal, date, boolean, or nothing."""

ERREURS = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#VALEUR!", "#NOM?")
)
_ABREGE = re.compile(r"[+-]?\d(?:[.,]\d+)?E\+?\d{1,3}", re.IGNORECASE)
_ORIGINE = date(1899, 12, 30)
_DERNIER_JOUR = 73_050
"""Day number of 31/12/2099 in a spreadsheet."""
_ZEROS_PERDUS = 3
"""How many zeros in front an identifier may have had: « 0029 », « 005520135 00038 »."""
_CHIFFRES = {"siret": 14, "code_postal": 5, "idcc": 4, "ne_departement": 2}


def en_texte(valeur: Cellule) -> str:
    """Return the exact text of a cell, whatever the field.

    >>> en_texte(73282932000074), en_texte(1850.1), en_texte(None)
    ('73282932000074', '1850,1', '')
    """
    if valeur is None:
        return ""
    if isinstance(valeur, str):
        return valeur.strip()
    if isinstance(valeur, bool):
        return "Oui" if valeur else "Non"
    if isinstance(valeur, date):
        return afficher_date(valeur.date() if isinstance(valeur, datetime) else valeur)
    decimal = not isinstance(valeur, int) and hasattr(valeur, "is_integer")
    return _decimal(valeur, 0) if decimal else str(valeur)


def en_pourcentage(valeur: Cellule) -> str:
    """Return « 2,11 % » for a cell that holds 0.0211 and is shown in percent.

    >>> en_pourcentage(0.0211), en_pourcentage(1)
    ('2,11 %', '100 %')
    """
    return f"{_decimal(valeur, 2)} %"


def _decimal(valeur: object, decalage: int) -> str:
    """Write a number plainly with 15 significant digits, its comma moved to the right."""
    mantisse, _, exposant = f"{valeur:.15g}".partition("e")
    signe = "-" if mantisse.startswith("-") else ""
    entiere, _, fraction = mantisse.lstrip("-").partition(".")
    place = len(entiere) + int(exposant or 0) + decalage
    chiffres = entiere + fraction
    if place <= 0:
        chiffres, place = "0" * (1 - place) + chiffres, 1
    chiffres = chiffres.ljust(place, "0")
    avant, apres = chiffres[:place].lstrip("0") or "0", chiffres[place:].rstrip("0")
    return signe + avant + (f",{apres}" if apres else "")


def texte_pour(champ: Champ, valeur: Cellule) -> str:
    """Return the text that a cell gives to a field.

    Raises:
        CelluleEnErreur: the cell shows a failed formula.
        NombreAbrege: text in scientific notation, which lost digits.
    """
    texte = en_texte(valeur)
    if not texte or isinstance(valeur, str):
        if texte in ERREURS:
            raise CelluleEnErreur(texte)
        if champ.nature.nom != "texte" and _ABREGE.fullmatch(texte):
            raise NombreAbrege(texte)
        return texte
    if isinstance(valeur, bool | date) or not texte.isdecimal():
        return texte
    if champ.nature.nom == "date":
        return _date_en_nombre(texte)
    longueur = _CHIFFRES.get(champ.nature.nom) or _CHIFFRES.get(champ.nom) or 0
    perdus = longueur - len(texte)
    return texte.zfill(longueur) if 0 < perdus <= _ZEROS_PERDUS else texte


def _date_en_nombre(texte: str) -> str:
    """Read a date that lost its format: a day number, or JJMMAAAA without its first zero."""
    if len(texte) in {7, 8}:
        return texte.zfill(8)
    if 0 < int(texte) <= _DERNIER_JOUR:
        return afficher_date(_ORIGINE + timedelta(int(texte)))
    return texte

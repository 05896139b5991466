"""Identifiers of the trade: NIR, SIRET, IBAN, NAF, RNA, IDCC… read, shown, masked.

Keys and structures are checked by python-stdnum; this module says in French what is wrong.
Stored form: compact upper case, text (a leading zero is part of the identifier).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from stdnum import bic as stdnum_bic
from stdnum import iban as stdnum_iban
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError
from stdnum.fr import nir as stdnum_nir
from stdnum.fr import siret as stdnum_siret

from app.noyau.erreurs import Refus

_INUTILES = re.compile(r"[\s\u00a0\u202f.\-/_]+")
_NAF = re.compile(r"\d{4}[A-Z]")
_RNA = re.compile(r"W[0-9A-Z]{3}\d{6}")
_POSTAL = re.compile(r"\d{5}")
_COURRIEL = re.compile(r"[^@\s<>()\"',;]+@[^@\s<>()\"',;.]+(?:\.[^@\s<>()\"',;.]+)+")
_TELEPHONE = re.compile(r"(?:0[1-9]\d{8}|\+\d{8,15})")


@dataclass(eq=False)
class IdentifiantIncomplet(Refus):
    """Not the number of characters that the identifier has."""

    code = "TEC-120"
    message = "{nom} compte {attendu} : {combien} saisis."
    remede = "Vérifiez la saisie : il manque des caractères, ou il y en a trop."

    nom: str
    attendu: str
    combien: int


@dataclass(eq=False)
class CleFausse(Refus):
    """The control key does not agree with the other digits."""

    code = "TEC-121"
    message = "La clé de contrôle de {nom} est fausse : au moins un caractère est inexact."
    remede = "Comparez-le, caractère par caractère, avec {document}."

    nom: str
    document: str


@dataclass(eq=False)
class IdentifiantMalForme(Refus):
    """The shape is not that of the identifier."""

    code = "TEC-122"
    message = "« {saisie} » n'a pas la forme d'un {nom}."
    remede = "Écrivez par exemple {exemple}."

    saisie: str
    nom: str
    exemple: str


def compacter(saisie: str) -> str:
    """Drop spaces, points, dashes and slashes; upper case."""
    return _INUTILES.sub("", saisie).upper()


def _controler(valider: Callable[[str], str], compact: str, nom: str, document: str) -> str:
    """Run one of python-stdnum's checks and translate what it finds."""
    try:
        return str(valider(compact))
    except InvalidChecksum:
        raise CleFausse(("cet " if nom[0] in "AEIO" else "ce ") + nom, document) from None
    except ValidationError:
        raise IdentifiantMalForme(compact, nom, _EXEMPLES[nom]) from None


_EXEMPLES = {
    "NIR": "2 55 08 14 168 025 38 (13 caractères et la clé)",
    "SIRET": "732 829 320 00074",
    "IBAN": "FR76 3000 6000 0112 3456 7890 189",
    "BIC": "AGRIFRPP",
}


def lire_nir(saisie: str) -> str:
    """Read a NIR (numéro de sécurité sociale) with its key; 15 characters, Corsica included.

    Raises:
        IdentifiantIncomplet: not 15 characters.
        CleFausse: the key is wrong.
        IdentifiantMalForme: a character or a part is impossible.

    Source:
        INSEE, répertoire national d'identification; key 97 − (number mod 97).
    """
    compact = compacter(saisie)
    if len(compact) != 15:
        raise IdentifiantIncomplet("Un NIR", "15 caractères avec sa clé", len(compact))
    if not re.fullmatch(r"[1-478]\d{4}(?:\d{2}|2[AB])\d{8}", compact):
        raise IdentifiantMalForme(saisie, "NIR", _EXEMPLES["NIR"])
    document = "l'attestation de droits ou la carte Vitale du salarié"
    return _controler(stdnum_nir.validate, compact, "NIR", document)


def lire_siret(saisie: str) -> str:
    """Read a SIRET: 14 digits, Luhn key (La Poste's own rule included).

    Raises:
        IdentifiantIncomplet: not 14 characters.
        CleFausse: the key is wrong.
        IdentifiantMalForme: not digits.
    """
    compact = compacter(saisie)
    if len(compact) != 14:
        raise IdentifiantIncomplet("Un SIRET", "14 chiffres", len(compact))
    document = "l'avis de situation au répertoire SIRENE"
    return _controler(stdnum_siret.validate, compact, "SIRET", document)


def lire_iban(saisie: str) -> str:
    """Read an IBAN, any country.

    Raises:
        IdentifiantIncomplet: not the length of that country's IBAN.
        CleFausse: a key is wrong.
        IdentifiantMalForme: not an IBAN.

    Source:
        ISO 13616; key modulo 97.
    """
    compact = compacter(saisie)
    if compact.startswith("FR") and len(compact) != 27:
        raise IdentifiantIncomplet("Un IBAN français", "27 caractères", len(compact))
    try:
        stdnum_iban.validate(compact, check_country=False)
    except InvalidLength:
        raise IdentifiantIncomplet(
            "Cet IBAN", "un autre nombre de caractères", len(compact)
        ) from None
    except ValidationError:
        pass
    return _controler(stdnum_iban.validate, compact, "IBAN", "le relevé d'identité bancaire")


def lire_bic(saisie: str) -> str:
    """Read a BIC (ISO 9362), 8 or 11 characters."""
    return _controler(stdnum_bic.validate, compacter(saisie), "BIC", "le relevé bancaire")


def _motif(motif: re.Pattern[str], valeur: str, saisie: str, nom: str, exemple: str) -> str:
    if not motif.fullmatch(valeur):
        raise IdentifiantMalForme(saisie, nom, exemple)
    return valeur


def lire_naf(saisie: str) -> str:
    """Read a NAF/APE code; stored without point: « 9312Z »."""
    return _motif(_NAF, compacter(saisie), saisie, "code NAF", "93.12Z")


def lire_rna(saisie: str) -> str:
    """Read a RNA number (répertoire national des associations): W and nine characters."""
    return _motif(_RNA, compacter(saisie), saisie, "numéro RNA", "W751234567")


def lire_idcc(saisie: str) -> str:
    """Read an IDCC; stored as four characters, zeros in front: « 0029 »."""
    compact = compacter(saisie)
    if not re.fullmatch(r"\d{1,4}", compact):
        raise IdentifiantMalForme(saisie, "IDCC", "2511 ou 0029")
    return compact.zfill(4)


def lire_code_postal(saisie: str) -> str:
    """Read a French postcode; a lost leading zero is put back."""
    compact = compacter(saisie)
    if re.fullmatch(r"\d{4}", compact):
        compact = "0" + compact
    return _motif(_POSTAL, compact, saisie, "code postal", "75011")


def lire_courriel(saisie: str) -> str:
    """Read an e-mail address (shape only)."""
    return _motif(_COURRIEL, saisie.strip(), saisie, "courriel", "contact@association.fr")


def lire_telephone(saisie: str) -> str:
    """Read a French or international telephone number; a lost leading zero is put back."""
    compact = re.sub(r"[\s\u00a0\u202f.\-/()]+", "", saisie)
    if re.fullmatch(r"[1-9]\d{8}", compact):
        compact = "0" + compact
    return _motif(_TELEPHONE, compact, saisie, "numéro de téléphone", "01 23 45 67 89")


def _grouper(valeur: str, *longueurs: int) -> str:
    morceaux, reste = [], valeur
    for longueur in longueurs:
        morceaux.append(reste[:longueur])
        reste = reste[longueur:]
    return " ".join(m for m in (*morceaux, reste) if m)


def afficher_nir(nir: str) -> str:
    """Write « 2 55 08 14 168 025 38 »."""
    return _grouper(nir, 1, 2, 2, 2, 3, 3, 2)


def afficher_siret(siret: str) -> str:
    """Write « 732 829 320 00074 »."""
    return _grouper(siret, 3, 3, 3, 5)


def afficher_iban(iban: str) -> str:
    """Write groups of four."""
    return " ".join(iban[i : i + 4] for i in range(0, len(iban), 4))


def afficher_naf(naf: str) -> str:
    """Write « 93.12Z »."""
    return f"{naf[:2]}.{naf[2:]}" if len(naf) == 5 else naf


def afficher_telephone(telephone: str) -> str:
    """Write French numbers by pairs."""
    if telephone.startswith("0") and len(telephone) == 10:
        return _grouper(telephone, 2, 2, 2, 2, 2)
    return telephone


_PERSONNELS = re.compile(
    r"\b[1-478]\s?\d{2}\s?\d{2}\s?(?:\d{2}|2[ABab])\s?\d{3}\s?\d{3}(?:\s?\d{2})?\b"  # NIR
    r"|\b[A-Za-z]{2}\d{2}(?:\s?[A-Za-z0-9]{4}){3,7}(?:\s?[A-Za-z0-9]{1,3})?\b"  # IBAN
)


def masquer(texte: str) -> str:
    """Replace NIR and IBAN by stars, for logs and error reports."""
    return _PERSONNELS.sub("***", texte)

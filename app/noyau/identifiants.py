"""Identifiers of the trade: NIR, SIRET, IBAN, NAF, RNA, IDCC… read, shown, masked.

Keys and structures are checked by python-stdnum; this module says in French what is wrong.
Stored form: compact upper case, text (a leading zero is part of the identifier).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from stdnum import bic as stdnum_bic
from stdnum import iban as stdnum_iban
from stdnum import numdb
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.fr import nir as stdnum_nir
from stdnum.fr import siren as stdnum_siren
from stdnum.fr import siret as stdnum_siret

from app.noyau.erreurs import Refus

_INUTILES = re.compile(r"[\s\u00a0\u202f.\-/_]+")
_NIR = re.compile(r"[1-478]\d{4}(?:\d{2}|2[AB])\d{8}", re.ASCII)
_NAF = re.compile(r"\d{4}[A-Z]", re.ASCII)
_RNA = re.compile(r"W[0-9A-Z]{3}\d{6}", re.ASCII)
_IDCC = re.compile(r"\d{1,4}", re.ASCII)
_POSTAL = re.compile(r"\d{5}", re.ASCII)
_COURRIEL = re.compile(r"[^@\s<>()\"',;]+@[^@\s<>()\"',;.]+(?:\.[^@\s<>()\"',;.]+)+")
_TELEPHONE = re.compile(r"(?:0[1-9]\d{8}|\+[1-9]\d{7,14})", re.ASCII)
_IBAN = numdb.get("iban")
_LONGUEURS = re.compile(r"(\d+)!", re.ASCII)


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
    "SIREN": "732 829 320",
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
    if not _NIR.fullmatch(compact):
        raise IdentifiantMalForme(saisie, "NIR", _EXEMPLES["NIR"])
    document = "l'attestation de droits ou la carte Vitale du salarié"
    return _controler(stdnum_nir.validate, compact, "NIR", document)


def lire_siret(saisie: str) -> str:
    """Read a SIRET: 14 digits, Luhn key (La Poste's own rule included).

    Raises:
        IdentifiantIncomplet: not 14 characters.
        CleFausse: the key is wrong.
        IdentifiantMalForme: not digits, or zeros only.
    """
    compact = compacter(saisie)
    if len(compact) != 14:
        raise IdentifiantIncomplet("Un SIRET", "14 chiffres", len(compact))
    if not compact.strip("0"):
        raise IdentifiantMalForme(saisie, "SIRET", _EXEMPLES["SIRET"])
    document = "l'avis de situation au répertoire SIRENE"
    return _controler(stdnum_siret.validate, compact, "SIRET", document)


def lire_siren(saisie: str) -> str:
    """Read a SIREN: 9 digits, Luhn key.

    Raises:
        IdentifiantIncomplet: not 9 characters.
        CleFausse: the key is wrong.
        IdentifiantMalForme: not digits, or zeros only.
    """
    compact = compacter(saisie)
    if len(compact) != 9:
        raise IdentifiantIncomplet("Un SIREN", "9 chiffres", len(compact))
    if not compact.strip("0"):
        raise IdentifiantMalForme(saisie, "SIREN", _EXEMPLES["SIREN"])
    document = "l'avis de situation au répertoire SIRENE"
    return _controler(stdnum_siren.validate, compact, "SIREN", document)


def lire_iban(saisie: str) -> str:
    """Read an IBAN of any country that has them.

    National keys and lists of banks are left alone: the latter are older than some banks.

    Raises:
        IdentifiantIncomplet: not the length of that country's IBAN.
        CleFausse: a key is wrong.
        IdentifiantMalForme: not an IBAN.

    Source:
        ISO 13616 (registry of national lengths kept by python-stdnum); key modulo 97.
    """
    compact = compacter(saisie)
    longueur = _longueur_iban(compact[:2])
    if not longueur:
        raise IdentifiantMalForme(saisie, "IBAN", _EXEMPLES["IBAN"])
    if len(compact) != longueur:
        pays = "Un IBAN français" if compact[:2] == "FR" else f"Un IBAN {compact[:2]}"
        raise IdentifiantIncomplet(pays, f"{longueur} caractères", len(compact))
    return _controler(_valider_iban, compact, "IBAN", "le relevé d'identité bancaire")


def _valider_iban(compact: str) -> str:
    return str(stdnum_iban.validate(compact, check_country=False))


def _longueur_iban(pays: str) -> int:
    """Return how many characters the IBAN of a country has, 0 when it has none."""
    structure = "".join(connu.get("bban", "") for _, connu in _IBAN.info(pays))
    longueurs = [int(n) for n in _LONGUEURS.findall(structure)]
    return 4 + sum(longueurs) if longueurs else 0


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
    if not _IDCC.fullmatch(compact):
        raise IdentifiantMalForme(saisie, "IDCC", "2511 ou 0029")
    return compact.zfill(4)


def lire_code_postal(saisie: str) -> str:
    """Read a French postcode; a lost leading zero is put back."""
    compact = compacter(saisie)
    if len(compact) == 4:
        compact = "0" + compact
    return _motif(_POSTAL, compact, saisie, "code postal", "75011")


def lire_courriel(saisie: str) -> str:
    """Read an e-mail address (shape only)."""
    return _motif(_COURRIEL, saisie.strip(), saisie, "courriel", "contact@association.fr")


def lire_telephone(saisie: str) -> str:
    """Read a French or international telephone number; a lost leading zero is put back.

    « +33 (0)1 23… » loses the zero in brackets, which is not dialled from abroad.
    """
    compact = re.sub(r"[\s\u00a0\u202f.\-/()]+", "", saisie.replace("(0)", ""))
    if len(compact) == 9 and compact[0] != "0":
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


def afficher_siren(siren: str) -> str:
    """Return « 732 829 320 »."""
    return _grouper(siren, 3, 3, 3)


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


_ENTRE = r"[\s.\-/_]?"
_PERSONNELS = re.compile(
    rf"(?<!\d)[1-478]{_ENTRE}\d\d{_ENTRE}\d\d{_ENTRE}(?:\d\d|2[ABab])"
    rf"{_ENTRE}\d{{3}}{_ENTRE}\d{{3}}(?:{_ENTRE}\d\d)?(?!\d)"  # NIR
    rf"|(?<![A-Za-z0-9])[A-Za-z]{{2}}\d\d(?:{_ENTRE}[A-Za-z0-9]{{4}}){{2,7}}"
    rf"(?:{_ENTRE}[A-Za-z0-9]{{1,3}})?(?![A-Za-z0-9])"  # IBAN
)


def masquer(texte: str) -> str:
    """Replace NIR and IBAN by stars, for logs and error reports.

    They are known in each form that the fields accept; what only looks like one goes too.

    >>> masquer("salarié 2 55 08 14 168 025 38, compte FR7630006000011234567890189")
    'salarié ***, compte ***'
    """
    return _PERSONNELS.sub("***", texte)

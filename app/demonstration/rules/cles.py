"""Identifiers with good keys: SIRET, NIR, RNA, IBAN, and telephones of nobody.

Sources:
    SIRET: INSEE, Luhn's key over SIREN and over SIRET.
    NIR: INSEE, sex, year, month, commune or country, order, key 97 - (number mod 97).
    IBAN: ISO 13616, and the clé RIB (Comité français d'organisation et de normalisation
    bancaires).
    Telephones: ARCEP, numbers set apart for works of fiction (décision 2018-0881).
"""

from datetime import date

from app.demonstration.rules.matiere import Banque
from app.demonstration.rules.tirage import Tirage

ORDRE_SANS_NAISSANCE = 900
"""Order numbers from here on: as good as never given, so that no NIR is a real person's."""
_CORSE = {"2A": "19", "2B": "18"}
_OUTRE_MER = {"971": "9G", "972": "9M", "973": "9C", "974": "9R"}


def cle_de_luhn(chiffres: str) -> str:
    """Return the digit that makes the whole pass Luhn's check."""
    doubles = [int(c) * (2 - rang % 2) for rang, c in enumerate(reversed(chiffres))]
    return str(-sum(d - 9 if d > 9 else d for d in doubles) % 10)


def siret(tirage: Tirage) -> str:
    """Return a SIRET whose SIREN and whole both have a good key."""
    racine = tirage.choisir("34578") + f"{tirage.entier(0, 9_999_999):07}"
    siren = racine + cle_de_luhn(racine)
    nic = f"{tirage.peser(((1, 70), (2, 20), (3, 10))):04}"
    return siren + nic + cle_de_luhn(siren + nic)


def nir(tirage: Tirage, naissance: date, insee: str, *, femme: bool) -> str:
    """Return the NIR of somebody born that day in that commune or country."""
    lieu = insee
    if insee[:2] in _CORSE and naissance.year < 1976:
        lieu = "20" + insee[2:]
    ordre = tirage.entier(ORDRE_SANS_NAISSANCE, 989)
    numero = f"{2 if femme else 1}{naissance.year % 100:02}{naissance.month:02}{lieu}{ordre:03}"
    departement = _CORSE.get(lieu[:2], lieu[:2])
    chiffres = int(numero[:5] + departement + numero[7:])
    return f"{numero}{97 - chiffres % 97:02}"


def departement(insee: str) -> str:
    """Return the département of a commune: two characters, three overseas, 99 abroad."""
    return insee[:3] if insee.startswith("97") else insee[:2]


def rna(tirage: Tirage, insee: str) -> str:
    """Return a RNA number of the préfecture or sous-préfecture."""
    prefixe = _OUTRE_MER.get(departement(insee), departement(insee))
    return f"W{prefixe}{tirage.entier(1, 4)}{tirage.entier(0, 999_999):06}"


def iban(tirage: Tirage, banque: Banque) -> str:
    """Return a French IBAN with the clé RIB and the key of the IBAN."""
    guichet, compte = f"{tirage.entier(1, 99_999):05}", f"{tirage.entier(1, 10**11 - 1):011}"
    rib = 97 - (89 * int(banque.code) + 15 * int(guichet) + 3 * int(compte)) % 97
    bban = f"{banque.code}{guichet}{compte}{rib:02}"
    cle = 98 - int(f"{bban}152700") % 97  # « FR00 » written in digits, at the end
    return f"FR{cle:02}{bban}"


def telephone(tirage: Tirage, *, mobile: bool) -> str:
    """Return a telephone number that is given to nobody."""
    if mobile:
        return f"063998{tirage.entier(0, 9_999):04}"
    return tirage.choisir(("019900", "026191", "035301", "046571", "053649")) + (
        f"{tirage.entier(0, 9_999):04}"
    )

"""OPCO: their names, the correspondence from IDCC, the state of an employer's OPCO.

Rules:
- An IDCC has at most one OPCO on a day; the periods of one IDCC never overlap.
- The correspondence of a closed convention ends the day it closes.
- The OPCO took over from the OPCA on 01/04/2019: nothing corresponds before.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Final

from app.conventions.rules import ABSENCE, Convention
from app.noyau.periodes import FIN_OUVERTE, Periode, pavage
from app.noyau.typographie import sans_accents
from app.opco.errors import CorrespondancesRefusees

NON_REPERTORIEE: Final = "Caisse non répertoriée"
"""What stands for the OPCO of an employer that declares no convention collective."""
REFORME: Final = date(2019, 4, 1)
"""First day of the OPCO (arrêtés of 29/03/2019, JO of 31/03/2019)."""

COLONNES_OPCO = ("code", "libelle", "nom_officiel", "siren", "agrement", "sources")
COLONNES_CORRESPONDANCES = ("idcc", "opco", "debut_le", "fin_le", "sources")
COLONNES_ANCIENS = (
    "opca",
    "opco",
    "autres_opco",
    "champ",
    "regle",
    "fin_le",
    "opco_depuis_le",
)


class EtatOpco(StrEnum):
    """How the OPCO of an employer's record stands against the correspondence."""

    A_JOUR = "à jour"
    A_METTRE_A_JOUR = "à mettre à jour"
    SANS_CONVENTION = "sans convention"
    CONVENTION_CLOTUREE = "convention clôturée"
    NON_REPERTORIEE = "caisse non répertoriée"


@dataclass(frozen=True, slots=True)
class Opco:
    """An opérateur de compétences."""

    code: str
    libelle: str
    nom_officiel: str


@dataclass(frozen=True, slots=True)
class Correspondance:
    """The OPCO of an IDCC for a period."""

    idcc: str
    opco_code: str
    periode: Periode


@dataclass(frozen=True, slots=True)
class AncienOpca:
    """A former OPCA and the OPCO that took over, others for some of its branches."""

    nom: str
    opco: str
    autres: tuple[str, ...]
    regle: str
    opco_depuis_le: date


@dataclass(frozen=True, slots=True)
class SituationOpco:
    """What an employer's OPCO should be, and how the record stands against it."""

    etat: EtatOpco
    attendu: str


def lire_opco(lignes: Iterable[Mapping[str, str]]) -> list[Opco]:
    """Read the rows of `data/opco.csv`.

    Raises:
        CorrespondancesRefusees: an OPCO twice, or without a name.
    """
    liste: dict[str, Opco] = {}
    for ligne in lignes:
        code = ligne["code"]
        if not (code and ligne["libelle"] and ligne["nom_officiel"]):
            raise CorrespondancesRefusees(code, "un nom manque")
        if code in liste:
            raise CorrespondancesRefusees(code, "cet OPCO figure deux fois")
        liste[code] = Opco(code, ligne["libelle"], ligne["nom_officiel"])
    return list(liste.values())


def lire_correspondances(
    lignes: Iterable[Mapping[str, str]], codes: Collection[str]
) -> list[Correspondance]:
    """Read the rows of `data/correspondances.csv`.

    Raises:
        CorrespondancesRefusees: an unknown OPCO, a date that is none, two OPCO the same day.
    """
    par_idcc: dict[str, list[Correspondance]] = {}
    for ligne in lignes:
        idcc = ligne["idcc"]
        if len(idcc) != 4 or not idcc.isdecimal():
            raise CorrespondancesRefusees(idcc, "un IDCC compte quatre chiffres")
        if ligne["opco"] not in codes:
            raise CorrespondancesRefusees(idcc, f"l'OPCO « {ligne['opco']} » est inconnu")
        debut = _lire_date(idcc, ligne["debut_le"])
        fin = _lire_date(idcc, ligne["fin_le"]) if ligne["fin_le"] else FIN_OUVERTE
        if fin < debut:
            raise CorrespondancesRefusees(idcc, "la fin précède le début")
        nouvelle = Correspondance(idcc, ligne["opco"], Periode(debut, fin))
        par_idcc.setdefault(idcc, []).append(nouvelle)
    for idcc, liste in par_idcc.items():
        recouvrements, _ = pavage([c.periode for c in liste])
        if recouvrements:
            raise CorrespondancesRefusees(idcc, f"deux OPCO {recouvrements[0]}")
    return [c for liste in par_idcc.values() for c in liste]


def lire_anciens_opca(
    lignes: Iterable[Mapping[str, str]], codes: Collection[str]
) -> list[AncienOpca]:
    """Read the rows of `data/anciens_opca.csv`.

    Raises:
        CorrespondancesRefusees: an unknown OPCO, or a date that is none.
    """
    anciens = []
    for ligne in lignes:
        nom = ligne["opca"]
        autres = tuple(code for code in ligne["autres_opco"].split(";") if code)
        for code in (ligne["opco"], *autres):
            if code not in codes:
                raise CorrespondancesRefusees(nom, f"l'OPCO « {code} » est inconnu")
        depuis = _lire_date(nom, ligne["opco_depuis_le"])
        anciens.append(AncienOpca(nom, ligne["opco"], autres, ligne["regle"], depuis))
    return anciens


def _lire_date(designation: str, texte: str) -> date:
    try:
        return date.fromisoformat(texte)
    except ValueError:
        cause = f"« {texte} » n'est pas une date AAAA-MM-JJ"
        raise CorrespondancesRefusees(designation, cause) from None


def successeurs(anciens: Iterable[AncienOpca], opca: str, au: date) -> tuple[str, ...]:
    """Return the OPCO that took over from a former OPCA, the main one first.

    None before the reform, or for another name. More than one: the IDCC decides, never the
    OPCA alone.
    """
    for ancien in anciens:
        if sans_accents(ancien.nom) == sans_accents(opca) and ancien.opco_depuis_le <= au:
            return (ancien.opco, *ancien.autres)
    return ()


def designe(texte: str, opco: Opco) -> bool:
    """Tell whether a text names this OPCO, whatever its case and accents."""
    return sans_accents(texte) in _cles(opco)


@cache
def _cles(opco: Opco) -> frozenset[str]:
    """Return the names of an OPCO, without case and accents; asked thousands of times."""
    return frozenset(map(sans_accents, (opco.code, opco.libelle, opco.nom_officiel)))


def est_sans_caisse(opco: str) -> bool:
    """Tell whether a record names no training body (none, or « Caisse non répertoriée »)."""
    return sans_accents(opco) in {"", sans_accents(NON_REPERTORIEE)}


def situation(
    *,
    idcc: str,
    actuel: str,
    convention: Convention | None,
    attendu: Opco | None,
    au: date,
) -> SituationOpco:
    """Compare the OPCO written in an employer's record with the correspondence of a day.

    Args:
        idcc: of the employer, "" when it has none.
        actuel: the OPCO as the record has it, "" when it has none.
        convention: the one of that IDCC, None when the IDCC is not known.
        attendu: the OPCO of that IDCC on that day, None when none corresponds.
        au: the day.
    """
    if not idcc:
        return SituationOpco(EtatOpco.SANS_CONVENTION, NON_REPERTORIEE)
    if idcc == ABSENCE or attendu is None:
        close = convention is not None and convention.est_close(au)
        etat = EtatOpco.CONVENTION_CLOTUREE if close else EtatOpco.NON_REPERTORIEE
        return SituationOpco(etat, NON_REPERTORIEE)
    etat = EtatOpco.A_JOUR if designe(actuel, attendu) else EtatOpco.A_METTRE_A_JOUR
    return SituationOpco(etat, attendu.libelle)

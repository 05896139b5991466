"""Declared fields: one entry makes the form, the check, the import column and the label.

A `Champ` says how a value is typed, read, shown again and named in a spreadsheet.
`lire_fiche` reads a whole record and collects every defect, each beside its field.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.noyau import argent, identifiants, periodes
from app.noyau.erreurs import Constat, ErreurMetier, Refus
from app.noyau.typographie import sans_accents

_ABSOLU = re.compile(r"/|\\\\|//|[A-Za-z]:[\\/]|~")
OUI_NON = (("1", "Oui"), ("0", "Non"))


@dataclass(eq=False)
class ChampObligatoire(Refus):
    """A field that must not be left empty."""

    code = "TEC-130"
    message = "{libelle} : ce champ est à remplir."
    remede = "Renseignez « {libelle} »."

    libelle: str


@dataclass(eq=False)
class TexteTropLong(Refus):
    """More characters than the field keeps."""

    code = "TEC-131"
    message = "Ce texte compte {combien} caractères, {maximum} au plus."
    remede = "Abrégez-le."

    combien: int
    maximum: int


@dataclass(eq=False)
class ChoixInconnu(Refus):
    """A value outside the list of choices."""

    code = "TEC-132"
    message = "« {saisie} » ne fait pas partie des choix."
    remede = "Choisissez parmi : {choix}."

    saisie: str
    choix: str


@dataclass(eq=False)
class HorsLimites(Refus):
    """A number below the least or above the greatest accepted."""

    code = "TEC-133"
    message = "{saisie} est hors des limites : de {minimum} à {maximum}."
    remede = "Vérifiez le nombre et son unité."

    saisie: str
    minimum: str
    maximum: str


@dataclass(eq=False)
class AdresseRelative(Refus):
    """The address of a folder or file that does not say from where."""

    code = "TEC-135"
    message = "« {saisie} » n'est pas une adresse complète."
    remede = (
        "Écrivez-la depuis le début : /media/sauvegardes, D:\\Sauvegardes ou "
        "\\\\serveur\\partage, ou cliquez sur « Parcourir »."
    )

    saisie: str


@dataclass(frozen=True, slots=True)
class Nature:
    """How one kind of value is typed, read and shown.

    `lire` takes non-empty text and raises a `Refus`; `ecrire` gives the text of the form.
    `saisie` names the form control; `largeur` is a width in characters.
    """

    nom: str
    lire: Callable[[str], Any]
    ecrire: Callable[[Any], str] = str
    saisie: str = "texte"
    largeur: int = 20
    exemple: str = ""
    choix: tuple[tuple[str, str], ...] = ()


def texte(maximum: int = 120, *, largeur: int = 30, zone: bool = False) -> Nature:
    """Free text of at most that many characters.

    Kinds of space become plain ones (so do line ends, but in a `zone`); control characters
    are dropped; letters and their accents are kept as one character.
    """

    def lire(saisie: str) -> str:
        composee = unicodedata.normalize("NFC", saisie.replace("\r\n", "\n"))
        propre = "".join(
            c if c.isprintable() or (zone and c == "\n") else " " if c.isspace() else ""
            for c in composee
        ).strip()
        if len(propre) > maximum:
            raise TexteTropLong(len(propre), maximum)
        return propre

    return Nature("texte", lire, saisie="zone" if zone else "texte", largeur=largeur)


def choix(*valeurs: tuple[str, str], largeur: int = 20) -> Nature:
    """One of (stored value, label); reads either, whatever its case and accents."""
    cles = {sans_accents(cle): v for v, libelle in valeurs for cle in (v, libelle)}
    libelles = dict(valeurs)

    def lire(saisie: str) -> str:
        trouve = cles.get(sans_accents(saisie))
        if trouve is None:
            raise ChoixInconnu(saisie, ", ".join(libelles.values()))
        return trouve

    return Nature(
        "choix",
        lire,
        saisie="choix",
        largeur=largeur,
        exemple=valeurs[0][1],
        choix=tuple(valeurs),
    )


def adresse(exemple: str, *, largeur: int = 60) -> Nature:
    """The address of a folder or file, whole: nobody knows where a night starts from."""

    def lire(saisie: str) -> str:
        propre = saisie.strip().strip('"')
        if not _ABSOLU.match(propre):
            raise AdresseRelative(propre)
        return propre

    return Nature("dossier", lire, largeur=largeur, exemple=exemple)


def entier(minimum: int, maximum: int, *, largeur: int = 8) -> Nature:
    """A whole number within limits."""

    def lire(saisie: str) -> int:
        return _borner(argent.lire_entier(saisie, str(minimum)), minimum, maximum, str)

    return Nature("entier", lire, saisie="nombre", largeur=largeur, exemple=str(minimum))


def _borner(valeur: int, minimum: int, maximum: int, ecrire: Callable[[Any], str]) -> int:
    if not minimum <= valeur <= maximum:
        raise HorsLimites(ecrire(valeur), ecrire(minimum), ecrire(maximum))
    return valeur


def _decimal(
    nom: str,
    lire: Callable[[str], int],
    afficher: Callable[[Any], str],
    bornes: tuple[int, int],
    *,
    decimales: int,
    exemple: str,
) -> Nature:
    def lire_borne(saisie: str) -> int:
        return _borner(lire(saisie), bornes[0], bornes[1], afficher)

    def ecrire(valeur: int) -> str:
        return argent.nombre_decimal(valeur, decimales, 2)

    return Nature(nom, lire_borne, ecrire, saisie="nombre", largeur=12, exemple=exemple)


def euros(minimum: int = 0, maximum: int = 100_000_000) -> Nature:
    """An amount; limits and value in centimes."""
    bornes = (minimum, maximum)
    return _decimal(
        "euros", argent.lire_euros, argent.afficher_euros, bornes, decimales=2, exemple="1 850,00"
    )


def taux(maximum: int = 1_000_000) -> Nature:
    """A rate typed in percent; limit and value in millionths."""
    bornes = (0, maximum)
    return _decimal(
        "taux", argent.lire_taux, argent.afficher_taux, bornes, decimales=4, exemple="2,11"
    )


def heures(maximum: int) -> Nature:
    """A duration in decimal hours; limit and value in hundredths."""
    bornes = (0, maximum)
    return _decimal(
        "heures", argent.lire_heures, argent.afficher_heures, bornes, decimales=2, exemple="151,67"
    )


def jours(maximum: int) -> Nature:
    """A number of days, parts of days included; limit and value in hundredths."""
    bornes = (0, maximum)
    return _decimal(
        "jours", argent.lire_jours, argent.afficher_jours, bornes, decimales=2, exemple="2,5"
    )


DATE = Nature(
    "date",
    periodes.lire_date,
    periodes.afficher_date,
    saisie="date",
    largeur=12,
    exemple="01/09/2026",
)
NIR = Nature(
    "nir",
    identifiants.lire_nir,
    identifiants.afficher_nir,
    largeur=23,
    exemple="2 55 08 14 168 025 38",
)
SIRET = Nature(
    "siret",
    identifiants.lire_siret,
    identifiants.afficher_siret,
    largeur=19,
    exemple="732 829 320 00074",
)
SIREN = Nature(
    "siren",
    identifiants.lire_siren,
    identifiants.afficher_siren,
    largeur=14,
    exemple="732 829 320",
)
IBAN = Nature(
    "iban",
    identifiants.lire_iban,
    identifiants.afficher_iban,
    largeur=36,
    exemple="FR76 3000 6000 0112 3456 7890 189",
)
BIC = Nature("bic", identifiants.lire_bic, largeur=13, exemple="AGRIFRPP")
NAF = Nature("naf", identifiants.lire_naf, identifiants.afficher_naf, largeur=8, exemple="93.12Z")
RNA = Nature("rna", identifiants.lire_rna, largeur=12, exemple="W751234567")
IDCC = Nature("idcc", identifiants.lire_idcc, largeur=6, exemple="2511")
CODE_POSTAL = Nature("code_postal", identifiants.lire_code_postal, largeur=7, exemple="75011")
COURRIEL = Nature(
    "courriel",
    identifiants.lire_courriel,
    saisie="courriel",
    largeur=30,
    exemple="contact@association.fr",
)
TELEPHONE = Nature(
    "telephone",
    identifiants.lire_telephone,
    identifiants.afficher_telephone,
    saisie="telephone",
    largeur=16,
    exemple="01 23 45 67 89",
)


@dataclass(frozen=True, slots=True)
class Champ:
    """One field of a record.

    `vide` is the value of an empty field (None, or "" for text columns); `groupe` is the tab
    or the heading under which the form shows it; `synonymes` are other spreadsheet headings.
    """

    nom: str
    libelle: str
    nature: Nature
    groupe: str = ""
    obligatoire: bool = False
    aide: str = ""
    vide: Any = ""
    synonymes: tuple[str, ...] = ()

    def lire(self, saisie: str) -> Any:
        """Read what was typed.

        Raises:
            ChampObligatoire: empty though required.
            Refus: what the nature of the field says.
        """
        propre = saisie.strip()
        valeur = self.nature.lire(propre) if propre else ""
        if valeur != "":
            return valeur
        if self.obligatoire:
            raise ChampObligatoire(self.libelle)
        return self.vide

    def ecrire(self, valeur: Any) -> str:
        """Return the text that the form shows for a stored value; "" when nothing is known."""
        if valeur is None or valeur in {"", periodes.FIN_OUVERTE}:
            return ""
        return self.nature.ecrire(valeur)

    def afficher(self, valeur: Any) -> str:
        """Return the text for reading: the label of a choice, « — » when nothing is known."""
        if self.nature.choix:
            return dict(self.nature.choix).get(str(valeur), "") or "—"
        return self.ecrire(valeur) or "—"


def lire_fiche(
    champs: Iterable[Champ], saisie: Mapping[str, str]
) -> tuple[dict[str, Any], list[Constat]]:
    """Read a whole record.

    Returns:
        The values of the fields that are good, and a finding beside each that is not.
    """
    valeurs: dict[str, Any] = {}
    constats: list[Constat] = []
    for champ in champs:
        try:
            valeurs[champ.nom] = champ.lire(saisie.get(champ.nom, ""))
        except ErreurMetier as erreur:
            constats.append(Constat.de_l_erreur(erreur, champ.nom))
    return valeurs, constats


def ecrire_fiche(champs: Iterable[Champ], valeurs: Mapping[str, Any]) -> dict[str, str]:
    """Return the texts of a form for stored values."""
    return {c.nom: c.ecrire(valeurs.get(c.nom)) for c in champs}


def ordre_des_dates(valeurs: Mapping[str, Any], debut: str, fin: str) -> list[Constat]:
    """Return the finding of two dates the wrong way round, beside the end."""
    premiere, derniere = valeurs.get(debut), valeurs.get(fin)
    if isinstance(premiere, date) and isinstance(derniere, date) and derniere < premiere:
        erreur = periodes.PeriodeInversee(
            periodes.afficher_date(premiere), periodes.afficher_date(derniere)
        )
        return [Constat.de_l_erreur(erreur, fin)]
    return []

"""The employer's record: its fields, declared once, and what they must satisfy.

The form, the spreadsheet import, the command line and the journal all read these lists.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from app.employeurs.errors import ReferenceManquante
from app.noyau import champs as c
from app.noyau.champs import Champ
from app.noyau.erreurs import Constat
from app.noyau.typographie import sans_accents
from app.opco.rules import est_sans_caisse
from app.organismes.rules import NATURES

IDENTITE = "identite"
CONVENTION = "convention"
ORGANISMES = "organismes"
FORMATION = "formation"
PREVOYANCE = "prevoyance"
BANQUE = "banque"

FORMES = (
    ("association", "Association loi 1901"),
    ("association_rup", "Association reconnue d'utilité publique"),
    ("alsace_moselle", "Association de droit local (Alsace-Moselle)"),
    ("fondation", "Fondation"),
    ("comite", "Comité social et économique"),
    ("autre", "Autre organisme sans but lucratif"),
)

CHAMPS_DOSSIER = (
    Champ("nom", "Nom du dossier", c.texte(80), obligatoire=True),
    Champ("note", "Note", c.texte(1000, zone=True)),
)

CHAMPS_EMPLOYEUR: tuple[Champ, ...] = (
    Champ(
        "raison_sociale",
        "Raison sociale",
        c.texte(150, largeur=40),
        IDENTITE,
        obligatoire=True,
        synonymes=("nom", "association", "dénomination", "employeur"),
    ),
    Champ("sigle", "Sigle", c.texte(30, largeur=12), IDENTITE),
    Champ("forme", "Forme juridique", c.choix(*FORMES), IDENTITE, vide="association"),
    Champ("siret", "SIRET", c.SIRET, IDENTITE, aide="14 chiffres", synonymes=("n° siret",)),
    Champ("naf", "Code NAF", c.NAF, IDENTITE, synonymes=("ape", "code ape", "code naf/ape")),
    Champ("rna", "Numéro RNA", c.RNA, IDENTITE, aide="W suivi de 9 caractères"),
    Champ("creee_le", "Date de création", c.DATE, IDENTITE, vide=None),
    Champ("voie", "Adresse", c.texte(), IDENTITE, synonymes=("rue", "adresse 1", "voie")),
    Champ("complement", "Complément d'adresse", c.texte(), IDENTITE, synonymes=("adresse 2",)),
    Champ("code_postal", "Code postal", c.CODE_POSTAL, IDENTITE, synonymes=("cp",)),
    Champ("commune", "Commune", c.texte(80), IDENTITE, synonymes=("ville",)),
    Champ("telephone", "Téléphone", c.TELEPHONE, IDENTITE, synonymes=("tél", "tel")),
    Champ("courriel", "Courriel", c.COURRIEL, IDENTITE, synonymes=("email", "e-mail", "mail")),
    Champ("representant", "Représentant légal", c.texte(80), IDENTITE, synonymes=("président",)),
    Champ("qualite", "Qualité du représentant", c.texte(60, largeur=20), IDENTITE),
    Champ(
        "effectif",
        "Effectif",
        c.entier(0, 100_000),
        IDENTITE,
        vide=0,
        aide="en équivalent temps plein",
    ),
    Champ("premiere_embauche_le", "Première embauche", c.DATE, IDENTITE, vide=None),
    Champ("cesse_le", "Cessation d'activité", c.DATE, IDENTITE, vide=None),
    Champ(
        "taux_at_millioniemes",
        "Taux AT/MP",
        c.taux(),
        IDENTITE,
        vide=None,
        aide="en %, notifié par la CARSAT",
        synonymes=("taux at", "at/mp", "taux accident du travail"),
    ),
    Champ("idcc", "Convention collective (IDCC)", c.IDCC, CONVENTION, synonymes=("idcc", "ccn")),
    Champ("opco", "OPCO", c.texte(120), FORMATION, synonymes=("caisse opco", "opca")),
    Champ("opco_adherent", "Numéro d'adhérent", c.texte(30, largeur=16), FORMATION),
    Champ("opco_depuis_le", "Adhésion depuis le", c.DATE, FORMATION, vide=None),
    Champ("titulaire", "Titulaire du compte", c.texte(70), BANQUE),
    Champ("iban", "IBAN", c.IBAN, BANQUE),
    Champ("bic", "BIC", c.BIC, BANQUE, aide="8 ou 11 caractères"),
)

NATURES_ORGANISME = NATURES
REGIMES_ORGANISME = (
    ("general", "Général"),
    ("alsace_moselle", "Alsace-Moselle"),
    ("artiste", "Artiste"),
)

CHAMPS_ORGANISME: tuple[Champ, ...] = (
    Champ("nature", "Nature", c.choix(*NATURES_ORGANISME), obligatoire=True),
    Champ("regime", "Type de régime", c.choix(*REGIMES_ORGANISME), vide="general"),
    Champ("organisme_id", "Organisme", c.entier(1, 10**15), obligatoire=True),
    Champ(
        "reference",
        "Référence",
        c.texte(40, largeur=18),
        aide="n° de compte, d'adhérent ou de contrat",
    ),
    Champ("depuis_le", "Depuis le", c.DATE, vide=None),
)


NATURES_A_CONTRAT = ("prevoyance", "mutuelle")
"""Natures whose line designates a contract, by its reference."""
NATURES_PREVOYANCE = ("prevoyance", "retraite", "mutuelle")
"""Natures shown by the tab « Prévoyance/Retraite »."""
NATURE_FORMATION = "formation"

DANS_LA_CLE = ("raison_sociale", "sigle", "siret", "commune", "idcc")


def cle_employeur(valeurs: Mapping[str, Any]) -> str:
    """Return what a search for an employer looks in; lists are ordered by it, so the name leads."""
    return sans_accents(" ".join(str(valeurs.get(n) or "") for n in DANS_LA_CLE))


@dataclass(frozen=True, slots=True)
class EmployeurResume:
    """A line of the list of employers."""

    id: int
    dossier_id: int
    dossier: str
    raison_sociale: str
    siret: str
    commune: str
    idcc: str
    opco: str
    salaries: int
    est_archive: bool


class LigneSalarie(Protocol):
    """An employee as the tab « Salariés » shows one; the capability of employees answers."""

    @property
    def id(self) -> int:
        """Number of the employee."""

    @property
    def nom(self) -> str:
        """Name in use."""

    @property
    def prenoms(self) -> str:
        """First names."""

    @property
    def nir(self) -> str:
        """NIR, "" when not known."""

    @property
    def emploi(self) -> str:
        """Job of the latest contract, "" without contract."""

    @property
    def nature(self) -> str:
        """Nature of the latest contract, "" without contract."""

    @property
    def debut_le(self) -> date | None:
        """First day of the latest contract."""

    @property
    def fin_le(self) -> date | None:
        """Last day of the latest contract, None while it is not known."""


def sans_formation(opco: str) -> bool:
    """Tell whether a record names no training body (none, or « Caisse non répertoriée »)."""
    return est_sans_caisse(opco)


def lire_dossier(saisie: Mapping[str, str]) -> tuple[dict[str, Any], list[Constat]]:
    """Read a dossier's form."""
    return c.lire_fiche(CHAMPS_DOSSIER, saisie)


def lire_employeur(
    saisie: Mapping[str, str], aujourd_hui: date
) -> tuple[dict[str, Any], list[Constat]]:
    """Read an employer's form: values, and what is wrong beside each field.

    Dates must follow one another, and creation may not lie in the future.
    """
    valeurs, constats = c.lire_fiche(CHAMPS_EMPLOYEUR, saisie)
    constats += c.ordre_des_dates(valeurs, "creee_le", "cesse_le")
    constats += c.ordre_des_dates(valeurs, "premiere_embauche_le", "cesse_le")
    creee = valeurs.get("creee_le")
    if creee is not None and creee > aujourd_hui:
        constats.append(
            Constat(
                "EMP-110",
                "La date de création est dans l'avenir.",
                "Vérifiez l'année.",
                "creee_le",
            )
        )
    return valeurs, constats


def lire_organisme(saisie: Mapping[str, str]) -> tuple[dict[str, Any], list[Constat]]:
    """Read one line of « Identification des organismes »: its caisse is a number of the table."""
    valeurs, constats = c.lire_fiche(CHAMPS_ORGANISME, saisie)
    if valeurs.get("nature") in NATURES_A_CONTRAT and valeurs.get("reference") == "":
        constats.append(Constat.de_l_erreur(ReferenceManquante()))
    return valeurs, constats


def champs_organisme(choix: Sequence[tuple[str, str]]) -> tuple[Champ, ...]:
    """Return the fields of a line, its caisse one of these choices (number, name)."""
    nature = replace(c.choix(*choix or [("", "")], largeur=40), choix=tuple(choix))
    return tuple(
        replace(x, nature=nature) if x.nom == "organisme_id" else x for x in CHAMPS_ORGANISME
    )

"""Refusals of employers and dossiers (prefix EMP)."""

from dataclasses import dataclass

from app.noyau.erreurs import Conflit, Introuvable


@dataclass(eq=False)
class EmployeurIntrouvable(Introuvable):
    """No employer of that number."""

    code = "EMP-101"
    message = "Cet employeur n'existe pas, ou a été supprimé."
    remede = "Revenez à la liste des employeurs et choisissez-en un autre."


@dataclass(eq=False)
class DossierIntrouvable(Introuvable):
    """No dossier of that number or name."""

    code = "EMP-102"
    message = "Le dossier « {designation} » n'existe pas."
    remede = "Choisissez un dossier de la liste, ou créez-le d'abord."

    designation: str


@dataclass(eq=False)
class DossierEnDouble(Conflit):
    """A dossier of that name exists."""

    code = "EMP-103"
    message = "Un dossier nommé « {nom} » existe déjà."
    remede = "Donnez-lui un autre nom, ou ouvrez le dossier existant."
    champ = "nom"

    nom: str


@dataclass(eq=False)
class EmployeurEnDouble(Conflit):
    """Another employer of the dossier has this SIRET."""

    code = "EMP-104"
    message = "« {raison_sociale} » porte déjà ce SIRET dans ce dossier."
    remede = "Ouvrez la fiche existante, ou corrigez le SIRET."
    champ = "siret"

    raison_sociale: str


@dataclass(eq=False)
class EmployeurNonVide(Conflit):
    """An employer that still has employees cannot be deleted."""

    code = "EMP-105"
    message = (
        "« {raison_sociale} » a encore {salaries} : sa suppression effacerait des données de paie."
    )
    remede = "Archivez plutôt l'employeur : il quitte les listes et peut être repris à tout moment."

    raison_sociale: str
    salaries: str


@dataclass(eq=False)
class DossierNonVide(Conflit):
    """A dossier that still has employers cannot be deleted."""

    code = "EMP-106"
    message = "Le dossier « {nom} » contient encore {employeurs}."
    remede = "Archivez plutôt le dossier, ou déplacez ses employeurs d'abord."

    nom: str
    employeurs: str


@dataclass(eq=False)
class OrganismeIntrouvable(Introuvable):
    """No such line of « Identification des organismes »."""

    code = "EMP-107"
    message = "Cette ligne d'organisme n'existe plus."
    remede = "Rechargez la fiche de l'employeur."

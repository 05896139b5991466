"""Refusals of employers and dossiers (prefix EMP)."""

from dataclasses import dataclass

from app.noyau.erreurs import Conflit, Introuvable, Refus


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


@dataclass(eq=False)
class OrganismeInconnu(Refus):
    """The caisse of a line is not in the table of organismes collecteurs."""

    code = "EMP-108"
    message = "Cette caisse ne figure pas dans la table des organismes collecteurs."
    remede = "Choisissez-la dans la liste, ou créez-la d'abord par « Nouvel organisme »."
    champ = "organisme_id"


@dataclass(eq=False)
class OrganismeDAutreNature(Refus):
    """The caisse of a line is of another family than the line's nature."""

    code = "EMP-109"
    message = "« {nom} » est un organisme d'une autre nature : {famille}."
    remede = "Choisissez une caisse de la nature de la ligne, ou changez la nature."
    champ = "organisme_id"

    nom: str
    famille: str


@dataclass(eq=False)
class ReferenceManquante(Refus):
    """A line of prévoyance or mutuelle without the reference of its contract."""

    code = "EMP-111"
    message = "La référence du contrat manque : elle le désigne dans les déclarations."
    remede = "Recopiez-la du contrat ou de la fiche de paramétrage de la caisse."
    champ = "reference"

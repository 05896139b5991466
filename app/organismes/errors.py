"""Refusals of the organismes collecteurs (prefix ORG)."""

from dataclasses import dataclass

from app.noyau.erreurs import Conflit, Introuvable, Refus


@dataclass(eq=False)
class OrganismeIntrouvable(Introuvable):
    """No organisme of that number."""

    code = "ORG-101"
    message = "Cet organisme n'existe pas, ou a été supprimé."
    remede = "Revenez à la liste des organismes collecteurs et choisissez-en un autre."


@dataclass(eq=False)
class OrganismeEnDouble(Conflit):
    """Another organisme of the family has this name, whatever its case and accents."""

    code = "ORG-102"
    message = "« {nom} » existe déjà parmi les organismes de cette famille{etat}."
    remede = "Ouvrez la fiche existante, ou donnez un autre nom."
    champ = "nom"

    nom: str
    etat: str
    organisme_id: int


@dataclass(eq=False)
class OrganismeUtilise(Conflit):
    """An organisme that records name cannot be deleted."""

    code = "ORG-103"
    message = "« {nom} » est encore utilisé par {usages}."
    remede = "Archivez-le plutôt : il n'est plus proposé, et les fiches qui le nomment le gardent."

    nom: str
    usages: str


@dataclass(eq=False)
class CodeDsnMalForme(Refus):
    """The shape is not that of the codes of this family in the DSN."""

    code = "ORG-104"
    message = "« {saisie} » n'a pas la forme d'un code DSN de cette famille d'organismes."
    remede = "Recopiez le code de la fiche de paramétrage de l'organisme : {exemples}."
    champ = "code_dsn"

    saisie: str
    exemples: str


@dataclass(eq=False)
class FamilleUtilisee(Conflit):
    """The family of an organisme that records name does not change."""

    code = "ORG-105"
    message = "La famille de « {nom} » ne peut plus changer : il est utilisé par {usages}."
    remede = "Créez l'organisme dans l'autre famille, puis choisissez-le dans ces fiches."
    champ = "famille"

    nom: str
    usages: str


@dataclass(eq=False)
class FusionRefusee(Refus):
    """These two organismes cannot become one."""

    code = "ORG-106"
    message = "Ces organismes ne peuvent pas être fusionnés : {cause}."
    remede = "Choisissez l'organisme à conserver et un autre organisme de la même famille."
    champ = "absorbe"

    cause: str


@dataclass(eq=False)
class ModelesRefuses(Refus):
    """The list of known organismes is not as it must be."""

    code = "ORG-107"
    message = "La liste des organismes connus est refusée, « {designation} » : {cause}."
    remede = "Réinstallez le programme, ou appelez le support en donnant le code ORG-107."

    designation: str
    cause: str


@dataclass(eq=False)
class FamilleInconnue(Introuvable):
    """No family of that name."""

    code = "ORG-108"
    message = "Il n'existe pas de famille d'organismes « {famille} »."
    remede = "Choisissez une famille dans « Organismes collecteurs »."

    famille: str


@dataclass(eq=False)
class SiteMalForme(Refus):
    """Not the address of a site."""

    code = "ORG-109"
    message = "« {saisie} » n'a pas la forme d'une adresse de site."
    remede = "Écrivez par exemple www.exemple.fr."
    champ = "site"

    saisie: str

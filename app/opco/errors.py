"""Refusals of OPCO (prefix OPC)."""

from dataclasses import dataclass

from app.noyau.erreurs import Conflit, Introuvable, Refus


@dataclass(eq=False)
class CorrespondancesRefusees(Refus):
    """The data files of OPCO are not as they must be."""

    code = "OPC-101"
    message = "La table de correspondance OPCO est refusée, « {designation} » : {cause}."
    remede = "Réinstallez le programme, ou appelez le support en donnant le code OPC-101."

    designation: str
    cause: str


@dataclass(eq=False)
class ConventionIntrouvable(Introuvable):
    """No convention collective of that IDCC."""

    code = "OPC-102"
    message = "Aucune convention collective ne porte l'IDCC « {idcc} »."
    remede = "Cherchez-la par les mots de son titre dans « Conventions collectives »."

    idcc: str


@dataclass(eq=False)
class ApplicationIntrouvable(Introuvable):
    """No application of the correspondence of that number."""

    code = "OPC-103"
    message = "L'application n° {numero} des correspondances OPCO n'existe pas."
    remede = "Choisissez-en une dans « Correspondance OPCO », rubrique « Applications »."

    numero: int


@dataclass(eq=False)
class ApplicationDejaAnnulee(Conflit):
    """An application is undone once."""

    code = "OPC-104"
    message = "L'application n° {numero} des correspondances OPCO est déjà annulée."
    remede = "Appliquez de nouveau les correspondances si vous voulez les remettre."

    numero: int


@dataclass(eq=False)
class RienAAnnuler(Conflit):
    """No application stands."""

    code = "OPC-105"
    message = "Aucune application des correspondances OPCO n'est à annuler."
    remede = "La liste des applications se trouve dans « Correspondance OPCO »."

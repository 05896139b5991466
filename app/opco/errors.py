"""Refusals of OPCO (prefix OPC)."""

from dataclasses import dataclass

from app.noyau.erreurs import Introuvable, Refus


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

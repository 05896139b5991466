"""Refusals of conventions collectives (prefix CCN)."""

from dataclasses import dataclass

from app.noyau.erreurs import Refus


@dataclass(eq=False)
class ConventionsRefusees(Refus):
    """The data file of conventions collectives is not as it must be."""

    code = "CCN-101"
    message = "La liste des conventions collectives est refusée, IDCC « {idcc} » : {cause}."
    remede = "Réinstallez le programme, ou appelez le support en donnant le code CCN-101."

    idcc: str
    cause: str

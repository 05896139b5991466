"""Refusals of the payroll (prefix PAI)."""

from dataclasses import dataclass

from app.noyau.erreurs import Refus


@dataclass(eq=False)
class BaremeInconnu(Refus):
    """A figure asked for before its first date, or after it was repealed."""

    code = "PAI-101"
    message = "« {libelle} » n'a pas de valeur au {jour}."
    remede = "Choisissez un mois à partir de janvier 2019, ou mettez les barèmes à jour."

    libelle: str
    jour: str


@dataclass(eq=False)
class BaremeRefuse(Refus):
    """A data file of the barèmes is not as it must be."""

    code = "PAI-102"
    message = "Le barème « {bareme} » est refusé : {cause}."
    remede = "Réinstallez le programme, ou appelez le support en donnant le code PAI-102."

    bareme: str
    cause: str


@dataclass(eq=False)
class CasIllisible(Refus):
    """A case to compute that cannot be read."""

    code = "PAI-103"
    message = "Le cas « {cas} » n'est pas lisible, « {champ_du_cas} » : {cause}."
    remede = "Corrigez ce champ ; l'aide « Bulletins » donne un exemple complet."

    cas: str
    champ_du_cas: str
    cause: str

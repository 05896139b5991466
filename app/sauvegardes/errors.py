"""Refusals of the backups."""

from dataclasses import dataclass

from app.noyau.erreurs import Indisponible, Refus


@dataclass(eq=False)
class SauvegardeIllisible(Refus):
    """A file is no backup, or is damaged."""

    code = "SAU-101"
    message = "« {fichier} » ne peut pas servir de sauvegarde : {cause}."
    remede = (
        "Choisissez une autre sauvegarde de la liste ; votre base actuelle n'a pas été modifiée."
    )

    fichier: str
    cause: str


@dataclass(eq=False)
class SauvegardeVerrouillee(Refus):
    """An encrypted backup was not given the right key."""

    code = "SAU-102"
    message = "« {fichier} » est chiffrée et ne s'ouvre pas avec ce qui a été saisi."
    remede = (
        "Saisissez la phrase secrète choisie pour ce script, ou la clé de récupération imprimée "
        "ce jour-là (elle commence par AGE-SECRET-KEY-). Majuscules et espaces comptent."
    )
    champ = "cle"

    fichier: str


@dataclass(eq=False)
class BaseASauvegarderAbimee(Indisponible):
    """The base itself is damaged: what would be saved could not be trusted."""

    code = "SAU-103"
    message = "La base n'a pas été sauvegardée, car elle est abîmée : {cause}."
    remede = "Restaurez la dernière bonne sauvegarde, ou appelez l'assistance avant de continuer."

    cause: str


@dataclass(eq=False)
class RelectureDifferente(Indisponible):
    """What was read back is not what was written."""

    code = "SAU-104"
    message = "La sauvegarde écrite dans « {dossier} » ne se relit pas comme elle a été écrite."
    remede = (
        "Le support est sans doute défaillant : rien n'y a été gardé. Choisissez un autre "
        "emplacement, puis relancez."
    )

    dossier: str

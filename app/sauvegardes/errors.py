"""Refusals of the backups."""

from dataclasses import dataclass

from app.noyau.erreurs import Conflit, Indisponible, Introuvable, Refus


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


@dataclass(eq=False)
class SauvegardeTropRecente(Refus):
    """A backup made by a newer version of the program."""

    code = "SAU-105"
    message = "« {fichier} » vient d'un Clairpaie plus récent ({programme}, schéma {schema})."
    remede = (
        "Installez la dernière version du programme ; votre base actuelle n'a pas été modifiée."
    )

    fichier: str
    programme: str
    schema: str


@dataclass(eq=False)
class EmplacementIndisponible(Indisponible):
    """The folder of a script cannot take a backup now."""

    code = "SAU-106"
    message = "Emplacement indisponible : « {dossier} », {cause}."
    remede = "{conseil} Le script, lui, est gardé."

    dossier: str
    cause: str
    conseil: str


@dataclass(eq=False)
class SauvegardeEnCours(Conflit):
    """One backup or restore at a time on a base, whichever program asks."""

    code = "SAU-107"
    message = "Une sauvegarde ou une restauration est déjà en cours sur cette base."
    remede = "Attendez qu'elle se termine, puis recommencez."


@dataclass(eq=False)
class ScriptEnDouble(Conflit):
    """Two scripts of one name would mix their backups."""

    code = "SAU-108"
    message = "Un script de sauvegarde s'appelle déjà « {nom} »."
    remede = "Donnez-lui un autre nom."
    champ = "nom"

    nom: str


@dataclass(eq=False)
class ScriptIntrouvable(Introuvable):
    """No script of that name or number."""

    code = "SAU-109"
    message = "Le script de sauvegarde « {nom} » n'existe pas."
    remede = "Choisissez-en un dans « Sauvegarder / Restaurer »."

    nom: str


@dataclass(eq=False)
class SauvegardeIntrouvable(Introuvable):
    """No backup of that number."""

    code = "SAU-110"
    message = "La sauvegarde n° {numero} n'est pas dans la liste."
    remede = "Choisissez-en une dans la liste des sauvegardes du script."

    numero: int


@dataclass(eq=False)
class PhraseTropCourte(Refus):
    """A passphrase that is tried out too fast."""

    code = "SAU-113"
    message = "La phrase secrète doit compter au moins {minimum} caractères."
    remede = "Prenez quelques mots qui n'ont rien à voir entre eux."

    minimum: int


@dataclass(eq=False)
class RythmeIllisible(Refus):
    """A rhythm that the command line does not understand."""

    code = "SAU-114"
    message = "« {saisie} » n'est pas un rythme de sauvegarde."
    remede = "Écrivez-le ainsi : « 1 jour », « 2 semaines » ou « 3 mois »."

    saisie: str


@dataclass(eq=False)
class HoteIllisible(Refus):
    """What was typed is no name of a site."""

    code = "SAU-115"
    message = "« {saisie} » n'est pas le nom d'un site."
    remede = "Écrivez-le sans rien autour : sauvegarde.exemple.fr, ou une adresse IP."
    champ = "hote"

    saisie: str


@dataclass(eq=False)
class CleDuSiteChangee(Indisponible):
    """An SFTP site shows another key than the one that was kept."""

    code = "SAU-116"
    message = "Le site « {hote} » ne montre plus la même clé : ce n'est peut-être pas lui."
    remede = (
        "Rien n'a été envoyé. Demandez à qui tient le site si sa clé a changé ; si oui, ouvrez le "
        "script, « Oublier la clé du site », puis enregistrez et comparez la nouvelle."
    )

    hote: str


@dataclass(eq=False)
class MotDePasseAbsent(Indisponible):
    """The password of a site is not known on this computer."""

    code = "SAU-117"
    message = "Le mot de passe de « {site} » n'est pas connu de cet ordinateur."
    remede = "Ouvrez le script, saisissez-le et enregistrez : il n'est jamais dans la sauvegarde."
    champ = "mot_de_passe"

    site: str


@dataclass(eq=False)
class PasDePlace(Indisponible):
    """A disk has not the room that an operation needs; asked before anything is changed."""

    code = "SAU-118"
    message = "Il faut {besoin} Mo sur « {dossier} », il en reste {libre}."
    remede = "Libérez de la place, puis recommencez ; rien n'a été modifié."

    dossier: str
    besoin: int
    libre: int


@dataclass(eq=False)
class AucuneSauvegarde(Introuvable):
    """There is no whole backup to copy yet."""

    code = "SAU-119"
    message = "Il n'y a encore aucune sauvegarde à copier."
    remede = "Exécutez d'abord un script de sauvegarde."


@dataclass(eq=False)
class SupportAbsent(Introuvable):
    """No medium of that identity is plugged in."""

    code = "SAU-120"
    message = "Aucun support amovible de ce nom n'est branché."
    remede = "Branchez la clé ou le disque, attendez quelques secondes, puis recommencez."


@dataclass(eq=False)
class PhraseManquante(Refus):
    """A script that begins to encrypt needs a passphrase."""

    code = "SAU-121"
    message = "Ce script ne chiffre pas encore : il lui faut une phrase secrète."
    remede = "Saisissez-en une, ou choisissez de ne pas chiffrer."
    champ = "phrase"

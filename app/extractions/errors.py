"""Refusals of the extractions (prefix EXT)."""

from dataclasses import dataclass

from app.noyau.erreurs import Indisponible, Introuvable, Refus


@dataclass(eq=False)
class RequeteMalDecrite(Refus):
    """A file of `requetes/` or `vues/` whose header or SQL is not as it must be."""

    code = "EXT-101"
    message = "Le fichier de requête « {fichier} » est refusé : {cause}."
    remede = "Réinstallez le programme, ou appelez le support en donnant le code EXT-101."

    fichier: str
    cause: str


@dataclass(eq=False)
class RequeteIntrouvable(Introuvable):
    """No query of that number, or none was chosen."""

    code = "EXT-102"
    message = "Aucune requête ne répond à « {saisie} »."
    remede = "Tapez son numéro ou un mot de son titre, et choisissez-la dans la liste."

    saisie: str


@dataclass(eq=False)
class RequeteEnEchec(Refus):
    """SQLite refused to run a query."""

    code = "EXT-103"
    message = "La requête « {titre} » n'a pas pu s'exécuter : {cause}."
    remede = "Vos données n'ont pas changé. Appelez le support en donnant le code EXT-103."

    titre: str
    cause: str


@dataclass(eq=False)
class ValeurInattendue(Refus):
    """A column holds a value that is not of its type."""

    code = "EXT-104"
    message = "La requête « {titre} » donne, à la ligne {ligne}, une valeur « {colonne} » inexacte."
    remede = "Vos données n'ont pas changé. Appelez le support en donnant le code EXT-104."

    titre: str
    ligne: int
    colonne: str


@dataclass(eq=False)
class ResultatIntrouvable(Introuvable):
    """A result that was cleaned up, or never existed."""

    code = "EXT-105"
    message = "Ce résultat n'est plus disponible : seuls les derniers sont gardés."
    remede = "Exécutez de nouveau la requête."


@dataclass(eq=False)
class ExportIntrouvable(Introuvable):
    """A file that was cleaned up, or never existed."""

    code = "EXT-106"
    message = "Ce fichier exporté n'est plus disponible."
    remede = "Ouvrez le résultat et exportez-le de nouveau."


@dataclass(eq=False)
class RequeteAChoisir(Refus):
    """« Valider » without a query."""

    code = "EXT-107"
    message = "Aucune requête n'est choisie."
    remede = "Tapez son numéro ou un mot de son titre, et choisissez-la dans la liste."


@dataclass(eq=False)
class ParametreInconnu(Refus):
    """A value was given for a parameter that the query has not."""

    code = "EXT-110"
    message = "La requête n'a pas de paramètre « {nom} »."
    remede = "Paramètres de cette requête : {noms}."

    nom: str
    noms: str


@dataclass(eq=False)
class ParametreMalEcrit(Refus):
    """Not `nom=valeur` on the command line."""

    code = "EXT-111"
    message = "« {saisie} » n'est pas de la forme nom=valeur."
    remede = "Écrivez par exemple --param au=31/12/2026."

    saisie: str


@dataclass(eq=False)
class EmployeurInconnu(Refus):
    """No employer answers to what was typed."""

    code = "EXT-112"
    message = "Aucun employeur ne répond à « {saisie} »."
    remede = "Tapez son nom ou son SIRET, et choisissez-le dans la liste proposée."

    saisie: str


@dataclass(eq=False)
class EmployeurAmbigu(Refus):
    """More than one employer answers to what was typed."""

    code = "EXT-113"
    message = "{combien} employeurs répondent à « {saisie} »."
    remede = "Choisissez-le dans la liste proposée, ou tapez son SIRET."

    combien: int
    saisie: str


@dataclass(eq=False)
class EmployeurHorsDossier(Refus):
    """The employer asked for is not in the dossier asked for."""

    code = "EXT-114"
    message = "Cet employeur ne fait pas partie du dossier choisi."
    remede = "Choisissez « Tous les dossiers », ou un employeur de ce dossier."


@dataclass(eq=False)
class FiltreIllisible(Refus):
    """What was typed above a column cannot be understood."""

    code = "EXT-120"
    message = "Le filtre « {saisie} » de la colonne « {colonne} » n'est pas compris."
    remede = "Écrivez par exemple {exemple}."

    saisie: str
    colonne: str
    exemple: str


@dataclass(eq=False)
class ColonneInconnue(Refus):
    """Sort or filter on a column that the result has not."""

    code = "EXT-121"
    message = "Le résultat n'a pas de colonne « {nom} »."
    remede = "Colonnes de ce résultat : {noms}."

    nom: str
    noms: str


@dataclass(eq=False)
class FormatInconnu(Refus):
    """An export format that does not exist."""

    code = "EXT-130"
    message = "Le format « {saisie} » n'existe pas."
    remede = "Choisissez parmi : {formats}."

    saisie: str
    formats: str


@dataclass(eq=False)
class DestinationInaccessible(Indisponible):
    """The folder an export goes to is not there, or cannot be written."""

    code = "EXT-131"
    message = "Le dossier « {dossier} » n'est pas accessible ({cause}) : rien n'a été exporté."
    remede = "Choisissez un autre dossier, ou rebranchez le support, puis exportez de nouveau."

    dossier: str
    cause: str


@dataclass(eq=False)
class CopieTropGrande(Refus):
    """More to copy at once than the clipboard should hold."""

    code = "EXT-132"
    message = "La copie s'arrête à {maximum} lignes : vous en avez sélectionné {combien}."
    remede = "Exportez plutôt le résultat avec la flèche en haut à droite."

    maximum: int
    combien: int


@dataclass(eq=False)
class JeuIntrouvable(Introuvable):
    """A set of parameters that was deleted, or never was."""

    code = "EXT-140"
    message = "Ce jeu de paramètres n'existe pas, ou n'existe plus."
    remede = "Choisissez-en un autre, ou saisissez les valeurs."


@dataclass(eq=False)
class DispositionIllisible(Refus):
    """Columns sent by a page that cannot be kept."""

    code = "EXT-141"
    message = "La disposition des colonnes n'a pas pu être gardée."
    remede = "Rechargez la page, puis disposez de nouveau les colonnes."


@dataclass(eq=False)
class RienAMontrer(Refus):
    """A chart was asked of a result that has no number to draw, or no line."""

    code = "EXT-142"
    message = "Ce résultat ne peut pas se voir en graphique : {cause}."
    remede = "Choisissez une requête qui donne des montants, des heures ou des nombres."

    cause: str

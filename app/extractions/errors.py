"""Refusals of the extractions (prefix EXT)."""

from dataclasses import dataclass

from app.noyau.erreurs import Conflit, Indisponible, Introuvable, Refus


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


@dataclass(eq=False)
class RequeteLibreVide(Refus):
    """« Requête libre » without a word."""

    code = "EXT-150"
    message = "Aucune requête n'est écrite."
    remede = "Écrivez par exemple : SELECT raison_sociale, commune FROM vue_employeurs."


@dataclass(eq=False)
class PlusieursInstructions(Refus):
    """More than one statement."""

    code = "EXT-151"
    message = "Une requête libre est une seule instruction : il y en a plusieurs."
    remede = "Gardez une instruction, sans « ; » au milieu."


@dataclass(eq=False)
class EcritureInterdite(Refus):
    """Something else than a SELECT."""

    code = "EXT-152"
    message = "Une requête libre ne fait que lire : « {mot} » est refusé."
    remede = "Commencez par SELECT, ou par WITH suivi d'un SELECT. Vos données n'ont pas changé."

    mot: str


@dataclass(eq=False)
class HorsDesVues(Refus):
    """A table outside the public views."""

    code = "EXT-153"
    message = "« {nom} » n'est pas une vue ouverte aux requêtes libres."
    remede = "Lisez les vues du dictionnaire, dont le nom commence par vue_."

    nom: str


@dataclass(eq=False)
class FonctionInterdite(Refus):
    """A function that is not among those allowed."""

    code = "EXT-154"
    message = "La fonction « {nom} » n'est pas permise dans une requête libre."
    remede = "Servez-vous des fonctions de calcul, de texte et de date, comme sum, substr ou date."

    nom: str


@dataclass(eq=False)
class ErreurDeSyntaxe(Refus):
    """SQL that cannot be read, with the place."""

    code = "EXT-155"
    message = "La requête ne se comprend pas à la ligne {ligne}, colonne {colonne} : « {mot} »."
    remede = "Regardez ce qui précède : une virgule, une parenthèse ou un mot manque souvent."

    ligne: int
    colonne: int
    mot: str


@dataclass(eq=False)
class NomInconnu(Refus):
    """SQL that is well written but names what is not there, or makes no sense."""

    code = "EXT-156"
    message = "La requête ne peut pas s'exécuter : {cause}."
    remede = "Vérifiez les noms dans le dictionnaire des vues."

    cause: str


@dataclass(eq=False)
class RequeteTropLongue(Refus):
    """The time limit was reached."""

    code = "EXT-157"
    message = "La requête a été arrêtée après {secondes} secondes."
    remede = "Ajoutez une condition, par exemple sur annee et mois, ou reliez les vues entre elles."

    secondes: int


@dataclass(eq=False)
class TropDeLignes(Refus):
    """The row limit was reached."""

    code = "EXT-158"
    message = "La requête donne plus de {maximum} lignes."
    remede = "Ajoutez une condition, ou terminez par LIMIT et un nombre."

    maximum: str


@dataclass(eq=False)
class ColonneNonExportable(Refus):
    """A column without a name of its own, or with values of no known type."""

    code = "EXT-159"
    message = "La colonne « {nom} » ne peut pas se montrer : {cause}."
    remede = "Donnez-lui un nom avec AS, par exemple : sum(brut) AS total_euros."

    nom: str
    cause: str


@dataclass(eq=False)
class NomDeRequetePris(Conflit):
    """Two queries kept under one name."""

    code = "EXT-160"
    message = "« {nom} » existe déjà."
    remede = "Donnez un autre nom, ou modifiez celle qui existe."

    nom: str


@dataclass(eq=False)
class ProgrammeeIntrouvable(Introuvable):
    """A planned extraction that was deleted, or never was."""

    code = "EXT-161"
    message = "Cette extraction programmée n'existe pas, ou plus."
    remede = "Revenez à la liste des extractions programmées."


@dataclass(eq=False)
class NomDeProgrammeePris(Conflit):
    """Another planned extraction has this name, which the files bear."""

    code = "EXT-162"
    message = "Une autre extraction programmée s'appelle « {nom} »."
    remede = "Donnez un autre nom : les fichiers le portent."
    champ = "nom"

    nom: str

"""Refusals of the technical ground: base, disk, data folder, jobs (prefix TEC)."""

from dataclasses import dataclass

from app.noyau.erreurs import Conflit, Indisponible, Introuvable, Refus


@dataclass(eq=False)
class BaseEndommagee(Indisponible):
    """The base file fails SQLite's own check or is no SQLite file."""

    code = "TEC-201"
    message = "La base « {chemin} » est endommagée ou n'est pas une base de données : {cause}."
    remede = (
        "Elle n'a pas été modifiée. Mettez ce fichier de côté et restaurez votre dernière "
        "sauvegarde, ou appelez le support en donnant le code TEC-201."
    )

    chemin: str
    cause: str


@dataclass(eq=False)
class BaseEtrangere(Indisponible):
    """A sound SQLite file that another program made."""

    code = "TEC-202"
    message = "Le fichier « {chemin} » est la base d'un autre programme : Clairpaie n'y touche pas."
    remede = "Déplacez ce fichier, ou choisissez un autre dossier de données avec --donnees."

    chemin: str


@dataclass(eq=False)
class BaseTropRecente(Indisponible):
    """The base was written by a newer version."""

    code = "TEC-203"
    message = (
        "La base « {chemin} » a été créée par une version plus récente de Clairpaie "
        "(schéma {schema})."
    )
    remede = "Installez la dernière version du programme ; la base n'a pas été modifiée."

    chemin: str
    schema: str


@dataclass(eq=False)
class DossierIllisible(Indisponible):
    """The data folder cannot be written."""

    code = "TEC-204"
    message = "Le dossier de données « {chemin} » n'est pas accessible en écriture : {cause}."
    remede = (
        "Vérifiez les droits sur ce dossier, ou choisissez-en un autre avec "
        "--donnees (ou la variable CLAIRPAIE_DONNEES)."
    )

    chemin: str
    cause: str


@dataclass(eq=False)
class DisquePlein(Indisponible):
    """No room left where the program writes."""

    code = "TEC-205"
    message = "Le disque est plein : l'enregistrement n'a pas eu lieu, rien n'est perdu."
    remede = "Libérez de la place sur le disque qui porte « {chemin} », puis recommencez."

    chemin: str


@dataclass(eq=False)
class BaseOccupee(Indisponible):
    """Another program kept the base locked too long."""

    code = "TEC-206"
    message = "La base est occupée par une autre opération."
    remede = "Attendez quelques secondes et recommencez ; rien n'a été modifié."


@dataclass(eq=False)
class BaseEnLectureSeule(Indisponible):
    """The base file cannot be written."""

    code = "TEC-207"
    message = "La base « {chemin} » est en lecture seule : l'enregistrement n'a pas eu lieu."
    remede = "Vérifiez les droits du fichier et du dossier qui le contient."

    chemin: str


@dataclass(eq=False)
class DejaOuvert(Conflit):
    """Another instance holds the data folder."""

    code = "TEC-208"
    message = "Clairpaie est déjà ouvert sur le dossier de données « {chemin} »."
    remede = "Utilisez la fenêtre ou l'adresse déjà ouverte, ou fermez d'abord Clairpaie."

    chemin: str


@dataclass(eq=False)
class PortOccupe(Indisponible):
    """The port asked for is taken."""

    code = "TEC-209"
    message = "Le port {port} est déjà utilisé par un autre programme."
    remede = "Choisissez un autre port, ou --port 0 pour en laisser choisir un libre."

    port: int


@dataclass(eq=False)
class ReglageRefuse(Refus):
    """A setting whose value is not accepted."""

    code = "TEC-210"
    message = "Le réglage « {cle} » a une valeur refusée : « {valeur} » ({origine})."
    remede = "Valeurs acceptées : {attendu}."

    cle: str
    valeur: str
    origine: str
    attendu: str


@dataclass(eq=False)
class DonneesInternes(Refus):
    """A data file shipped with the program is not as it must be."""

    code = "TEC-211"
    message = "Le fichier de données « {fichier} » est refusé : {cause}."
    remede = "Réinstallez le programme, ou appelez le support en donnant le code TEC-211."

    fichier: str
    cause: str


@dataclass(eq=False)
class FicheIntrouvable(Introuvable):
    """A record that does not exist, or no more."""

    code = "TEC-212"
    message = "{quoi} n'existe pas, ou n'existe plus."
    remede = "Revenez à la liste et choisissez un autre élément."

    quoi: str


@dataclass(eq=False)
class ModifieEntreTemps(Conflit):
    """The record changed since it was shown."""

    code = "TEC-213"
    message = "Cette fiche a été modifiée entre-temps dans une autre fenêtre."
    remede = "Rechargez-la pour voir les dernières valeurs, puis refaites votre modification."


@dataclass(eq=False)
class TacheDejaEnCours(Conflit):
    """One job of each kind at a time."""

    code = "TEC-214"
    message = "« {libelle} » est déjà en cours."
    remede = "Attendez la fin, ou annulez l'opération en cours."

    libelle: str


@dataclass(eq=False)
class TacheAnnulee(Conflit):
    """A job stopped because the person asked it to."""

    code = "TEC-215"
    message = "L'opération a été annulée : rien n'a été conservé."
    remede = "Vous pouvez la relancer quand vous voulez."


@dataclass(eq=False)
class RetablissementImpossible(Conflit):
    """A journal entry that cannot be undone as things stand."""

    code = "TEC-216"
    message = "Ce changement ne peut pas être annulé : {cause}."
    remede = "Corrigez la fiche à la main ; le journal garde les anciennes valeurs."

    cause: str


@dataclass(eq=False)
class FenetreImpossible(Indisponible):
    """No window can be shown here."""

    code = "TEC-217"
    message = "La fenêtre de Clairpaie ne peut pas s'ouvrir : {cause}."
    remede = "Ouvrez Clairpaie au navigateur avec « clairpaie serveur --sans-fenetre »."

    cause: str


@dataclass(eq=False)
class DisqueDefaillant(Indisponible):
    """The disk or the share under the base does not read or write."""

    code = "TEC-218"
    message = "Le disque n'arrive plus à lire ou à écrire la base « {chemin} »."
    remede = (
        "Vérifiez que le disque ou le partage réseau est bien branché, puis recommencez ; ce qui "
        "était enregistré est intact. Si cela se reproduit, sauvegardez vos données sur un autre "
        "disque et faites contrôler celui-ci."
    )

    chemin: str


@dataclass(eq=False)
class ReglagesIllisibles(Refus):
    """The file of settings cannot be read."""

    code = "TEC-219"
    message = "Le fichier de réglages « {chemin} » n'est pas lisible : {cause}."
    remede = "Corrigez ce fichier, ou supprimez-le pour retrouver les réglages d'origine."

    chemin: str
    cause: str

"""Refusals of spreadsheet imports (prefix IMP): 1xx files, 12x and 13x lines, 2xx remarks."""

from dataclasses import dataclass

from app.noyau.erreurs import Conflit, Constat, Introuvable, Refus


@dataclass(eq=False)
class FichierEtranger(Refus):
    """The file is of another kind (PDF, picture, text document, OpenDocument…)."""

    code = "IMP-101"
    message = "« {nom} » n'est pas un tableur lisible : {nature}."
    remede = (
        "Ouvrez vos données dans votre tableur et enregistrez-les au format Classeur Excel (.xlsx) "
        "ou CSV, puis recommencez."
    )

    nom: str
    nature: str


@dataclass(eq=False)
class FichierAbime(Refus):
    """A workbook that cannot be read to its end."""

    code = "IMP-102"
    message = "Le classeur « {nom} » est incomplet ou endommagé : il ne peut pas être lu."
    remede = (
        "Ouvrez-le dans votre tableur, enregistrez-le sous un autre nom au format .xlsx, "
        "puis recommencez. Rien n'a été importé."
    )

    nom: str


@dataclass(eq=False)
class ClasseurProtege(Refus):
    """A workbook closed by a password."""

    code = "IMP-103"
    message = "Le classeur « {nom} » est protégé par un mot de passe."
    remede = (
        "Ouvrez-le dans votre tableur avec son mot de passe, enregistrez-en une copie sans mot de "
        "passe, puis recommencez. Supprimez cette copie après l'importation."
    )

    nom: str


@dataclass(eq=False)
class AncienClasseur(Refus):
    """A workbook in the format of Excel 97-2003."""

    code = "IMP-104"
    message = "« {nom} » est au format Excel 97-2003 (.xls), qui n'est pas lu."
    remede = "Ouvrez-le et enregistrez-le au format Classeur Excel (.xlsx), puis recommencez."

    nom: str


@dataclass(eq=False)
class FichierVide(Refus):
    """No line of data."""

    code = "IMP-105"
    message = "« {nom} » ne contient aucune ligne de données."
    remede = "La première ligne porte les intitulés de colonnes, les suivantes les données."

    nom: str


@dataclass(eq=False)
class EntetesInconnus(Refus):
    """No heading is known."""

    code = "IMP-106"
    message = "Aucun intitulé de colonne n'est reconnu dans « {nom} »."
    remede = (
        "Vérifiez que c'est le bon fichier, désignez les colonnes vous-même, "
        "ou partez du modèle à télécharger."
    )

    nom: str


@dataclass(eq=False)
class ColonneManquante(Refus):
    """What identifies or makes a record is nowhere in the file."""

    code = "IMP-107"
    message = "Il manque dans le fichier : {colonnes}."
    remede = (
        "Ajoutez cette colonne au fichier, ou désignez ci-dessous celle qui la contient, "
        "puis recommencez."
    )

    colonnes: str


@dataclass(eq=False)
class FichierTropGros(Refus):
    """More bytes than one import takes."""

    code = "IMP-108"
    message = "« {nom} » est trop volumineux : {maximum} Mo au plus."
    remede = "Découpez-le en plusieurs fichiers, avec les mêmes intitulés de colonnes."

    nom: str
    maximum: int


@dataclass(eq=False)
class TropDeLignes(Refus):
    """More lines, or columns, than one import takes."""

    code = "IMP-109"
    message = "« {nom} » compte plus de {maximum}."
    remede = "Découpez-le en plusieurs fichiers, avec les mêmes intitulés de colonnes."

    nom: str
    maximum: str


@dataclass(eq=False)
class GuillemetsOuverts(Refus):
    """A text file whose quotes do not close."""

    code = "IMP-110"
    message = "Les guillemets de la ligne {ligne} de « {nom} » ne se referment pas."
    remede = "Corrigez cette ligne, ou enregistrez le tableau au format Classeur Excel (.xlsx)."

    nom: str
    ligne: int


@dataclass(eq=False)
class ContenuDemesure(Refus):
    """A small file that unpacks into an enormous one."""

    code = "IMP-111"
    message = "« {nom} » occuperait {taille} Mo une fois ouvert : il n'est pas lu, par sécurité."
    remede = "Recopiez les seules données utiles dans un nouveau classeur, puis recommencez."

    nom: str
    taille: int


@dataclass(eq=False)
class DepotIntrouvable(Introuvable):
    """The file that waited for its import is gone."""

    code = "IMP-112"
    message = "Le fichier de cette importation n'est plus disponible."
    remede = "Choisissez de nouveau votre fichier : rien n'a été importé entre-temps."


@dataclass(eq=False)
class LignesEnErreur(Refus):
    """Some lines have defects, and the person did not choose to leave them out."""

    code = "IMP-113"
    message = "{lignes} : rien n'a été importé."
    remede = "Corrigez-les dans le fichier, ou importez seulement les lignes correctes."

    lignes: str
    constats: tuple[Constat, ...] = ()

    def en_donnees(self) -> dict[str, object]:
        """Return the canonical shape with every finding."""
        return super().en_donnees() | {"constats": [c.en_donnees() for c in self.constats]}


@dataclass(eq=False)
class DossierAChoisir(Refus):
    """New employers, and nothing says in which dossier they go."""

    code = "IMP-114"
    message = "Dans quel dossier ranger les nouveaux employeurs ? Le fichier ne le dit pas."
    remede = "Choisissez un dossier (option --dossier), ou ajoutez une colonne « Dossier »."


@dataclass(eq=False)
class FichierModifie(Conflit):
    """The base changed between preview and import, so that other lines would be touched."""

    code = "IMP-115"
    message = (
        "Les données ont changé depuis l'aperçu : {avant} lignes à importer, {apres} à présent."
    )
    remede = "Relisez l'aperçu, mis à jour, avant d'importer. Rien n'a été écrit."

    avant: int
    apres: int


@dataclass(eq=False)
class LigneEnDouble(Refus):
    """Two lines of the file say the same key."""

    code = "IMP-120"
    message = "Cette ligne répète la ligne {premiere} : même {cle}."
    remede = "Gardez une seule des deux lignes."

    cle: str
    premiere: int


@dataclass(eq=False)
class EmployeurInconnu(Refus):
    """The line names an employer that the base does not know."""

    code = "IMP-121"
    message = "Aucun employeur ne correspond à « {designation} »."
    remede = "Créez ou importez d'abord cet employeur, ou corrigez son SIRET ou son nom."

    designation: str


@dataclass(eq=False)
class EmployeurAmbigu(Refus):
    """The line names an employer that several records match."""

    code = "IMP-122"
    message = "Plusieurs employeurs correspondent à « {designation} »."
    remede = "Indiquez le SIRET de l'employeur, ou choisissez le dossier."

    designation: str


@dataclass(eq=False)
class SalarieInconnu(Refus):
    """The line names an employee that the base does not know."""

    code = "IMP-123"
    message = "Aucun salarié ne correspond à « {designation} »."
    remede = "Importez d'abord les salariés, ou corrigez le NIR, le matricule ou le nom."

    designation: str


@dataclass(eq=False)
class SalarieAmbigu(Refus):
    """The line names an employee that several records match."""

    code = "IMP-124"
    message = "Plusieurs salariés correspondent à « {designation} »."
    remede = "Indiquez le NIR et l'employeur, ou la date de naissance, pour les distinguer."

    designation: str


@dataclass(eq=False)
class MatriculePris(Refus):
    """The matricule of the line belongs to somebody else at this employer."""

    code = "IMP-125"
    message = "Le matricule « {matricule} » est déjà celui de {titulaire} chez cet employeur."
    remede = "Corrigez le matricule, ou le nom et le NIR s'il s'agit de la même personne."

    matricule: str
    titulaire: str


@dataclass(eq=False)
class NombreAbrege(Refus):
    """Text in scientific notation: digits are lost."""

    code = "IMP-126"
    message = "« {saisie} » est un nombre abrégé par le tableur : des chiffres sont perdus."
    remede = (
        "Dans le tableur, mettez la colonne au format Texte, ressaisissez ces valeurs, "
        "puis enregistrez de nouveau."
    )

    saisie: str


@dataclass(eq=False)
class CelluleEnErreur(Refus):
    """A formula that failed in the spreadsheet."""

    code = "IMP-127"
    message = "La cellule contient une erreur de formule ({saisie})."
    remede = "Corrigez la formule dans le tableur, ou remplacez-la par sa valeur."

    saisie: str


@dataclass(eq=False)
class CleAbsente(Refus):
    """The line says nothing of what it hangs on."""

    code = "IMP-128"
    message = "Rien n'indique {quoi} sur cette ligne."
    remede = "Renseignez {colonnes}."

    quoi: str
    colonnes: str

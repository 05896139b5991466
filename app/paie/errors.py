"""Refusals of the payroll (prefix PAI)."""

from dataclasses import dataclass

from app.noyau.erreurs import Conflit, Introuvable, Refus


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


@dataclass(eq=False)
class BulletinIntrouvable(Introuvable):
    """No bulletin of that number."""

    code = "PAI-104"
    message = "Ce bulletin n'existe pas, ou a été recalculé depuis."
    remede = "Revenez à la liste des bulletins du mois et ouvrez la version en cours."


@dataclass(eq=False)
class ValidationImpossible(Conflit):
    """The state of a bulletin does not allow what was asked."""

    code = "PAI-105"
    message = "Le bulletin de {nom} est {etat} : il ne peut pas être {action}."
    remede = "Rechargez la liste : son état a pu changer dans une autre fenêtre."

    nom: str
    etat: str
    action: str


@dataclass(eq=False)
class MotifManquant(Refus):
    """Cancelling a validation asks for a reason."""

    code = "PAI-106"
    message = "Indiquez pourquoi la validation est annulée."
    remede = "Écrivez le motif : il reste dans le journal."
    champ = "motif"


@dataclass(eq=False)
class BulletinsAttaches(Conflit):
    """A contract whose bulletins exist cannot be deleted."""

    code = "PAI-107"
    message = "{combien} de paie dépendent de ce contrat : sa suppression les rendrait incohérents."
    remede = "Indiquez plutôt sa date de fin ; les bulletins restent consultables."

    combien: str


@dataclass(eq=False)
class LigneIntrouvable(Introuvable):
    """No line of that code on the bulletin."""

    code = "PAI-108"
    message = "Ce bulletin n'a pas de ligne « {ligne} »."
    remede = "Rechargez le bulletin : il a pu être recalculé."

    ligne: str


@dataclass(eq=False)
class ContratHorsDuMois(Refus):
    """Something was entered for a contract that covers no day of the month."""

    code = "PAI-109"
    message = "Le contrat de {nom} ({periode}) ne couvre aucun jour de ce mois."
    remede = "Choisissez un autre mois, ou corrigez les dates du contrat."

    nom: str
    periode: str


@dataclass(eq=False)
class RegimeNonCouvert(Refus):
    """A regime whose texts the barèmes do not hold: nothing is guessed."""

    code = "PAI-126"
    message = "La paie d'un artiste {cause} n'est pas calculée."
    remede = (
        "Établissez ce bulletin avec le Guso ou un logiciel du spectacle ; pour un emploi "
        "permanent, corrigez le contrat."
    )

    cause: str


@dataclass(eq=False)
class RecalculImpossible(Conflit):
    """A draft whose facts changed cannot be computed again, hence not validated."""

    code = "PAI-127"
    message = (
        "Le bulletin de {nom} est à recalculer avant validation, et ne peut pas l'être : {cause}."
    )
    remede = (
        "Corrigez le contrat ou la fiche de l'employeur, puis validez. Si le contrat ne couvre "
        "vraiment plus ce mois, « Recalculer » écarte le bulletin."
    )

    nom: str
    cause: str


@dataclass(eq=False)
class ExerciceClos(Conflit):
    """A month of a closed year: nothing of it changes any more."""

    code = "PAI-150"
    message = "L'exercice {annee} de « {employeur} » est clos : rien n'y change plus."
    remede = (
        "Consultez ses bulletins en lecture ; corrigez sur un mois d'un exercice encore ouvert."
    )

    employeur: str
    annee: int


@dataclass(eq=False)
class BaremeIntrouvable(Introuvable):
    """No cotisation, parameter or grid of that code."""

    code = "PAI-130"
    message = "Aucun barème ne porte le code « {bareme} »."
    remede = "Revenez à la liste : « Paramétrage (Taux) »."

    bareme: str


@dataclass(eq=False)
class RienAImprimer(Introuvable):
    """No bulletin of the month, for whom it was asked."""

    code = "PAI-140"
    message = "Aucun bulletin de {mois} n'est calculé : il n'y a rien à imprimer."
    remede = "Calculez d'abord le mois depuis la liste des bulletins."

    mois: str


@dataclass(eq=False)
class ImpressionIntrouvable(Introuvable):
    """The files of a batch are not there any more."""

    code = "PAI-141"
    message = "Ces fichiers ne sont plus disponibles."
    remede = "Relancez l'impression : les fichiers prêts sont effacés à l'impression suivante."

"""Refusals of prévoyance (prefix PRV)."""

from dataclasses import dataclass
from datetime import date

from app.noyau.erreurs import Conflit, Introuvable, Refus

# Contracts, periods, employees: PRV-101 to PRV-129.


@dataclass(eq=False)
class ContratPrevoyanceIntrouvable(Introuvable):
    """No contract of prévoyance of that number."""

    code = "PRV-101"
    message = "Ce contrat de prévoyance n'existe pas, ou a été supprimé."
    remede = "Revenez à l'onglet « Prévoyance/Retraite » de l'employeur."


@dataclass(eq=False)
class RattachementIntrouvable(Introuvable):
    """No such employee attached."""

    code = "PRV-102"
    message = "Ce rattachement n'existe pas, ou a été supprimé."
    remede = "Rechargez la fiche du salarié."


@dataclass(eq=False)
class CaisseInconnue(Refus):
    """The caisse is not in the table of organismes collecteurs, or collects something else."""

    code = "PRV-103"
    message = "Cette caisse n'existe pas dans la table des organismes collecteurs."
    remede = (
        "Créez-la d'abord dans Paramétrage (Taux) › Organismes collecteurs, ou choisissez-en une."
    )
    champ = "organisme_id"


@dataclass(eq=False)
class FinHorsPeriode(Refus):
    """An end that is not that of a pay period; `dates` holds the nearest valid ones."""

    code = "PRV-104"
    message = "Le {fin} n'est pas la fin d'une période de paie."
    remede = "Dates de fin possibles les plus proches : {proches}."
    champ = "fin_le"

    fin: str
    proches: str
    dates: tuple[date, ...]


@dataclass(eq=False)
class ContratEnConflit(Conflit):
    """Two contracts of one nature for one population over the same days."""

    code = "PRV-105"
    message = (
        "Le contrat « {contrat} » couvre déjà cette nature pour la même population, {commun} : "
        "les salariés cotiseraient deux fois."
    )
    remede = "Clôturez d'abord l'ancien contrat, ou changez les dates ou la population."
    champ = "debut_le"

    contrat: str
    commun: str


@dataclass(eq=False)
class RattachementAvantEmbauche(Refus):
    """An adhesion before the first day of the contrat de travail."""

    code = "PRV-106"
    message = "L'adhésion de {salarie} au {debut} précède son contrat de travail, {contrat}."
    remede = "Choisissez une date d'adhésion à partir du {premier}."
    champ = "debut_le"

    salarie: str
    debut: str
    contrat: str
    premier: str


@dataclass(eq=False)
class RattachementHorsContrat(Refus):
    """A rattachement that leaves the days of the contract of prévoyance."""

    code = "PRV-107"
    message = "Le rattachement de {salarie}, {demande}, sort du contrat de prévoyance ({contrat})."
    remede = "Choisissez des dates comprises dans celles du contrat de prévoyance."
    champ = "debut_le"

    salarie: str
    demande: str
    contrat: str


@dataclass(eq=False)
class RattachementApresSortie(Refus):
    """A rattachement that goes on after the last day of the contrat de travail."""

    code = "PRV-108"
    message = "Le rattachement de {salarie}, {demande}, dépasse son contrat de travail, {contrat}."
    remede = "Arrêtez le rattachement au plus tard à la fin du contrat de travail."
    champ = "fin_le"

    salarie: str
    demande: str
    contrat: str


@dataclass(eq=False)
class RattachementEnDouble(Conflit):
    """The employee is attached to this contract already on these days."""

    code = "PRV-109"
    message = "{salarie} est déjà rattaché à ce contrat {commun}."
    remede = "Modifiez le rattachement existant, ou choisissez d'autres dates."
    champ = "debut_le"

    salarie: str
    commun: str


@dataclass(eq=False)
class PopulationDifferente(Refus):
    """The contract is for another population than the employee's."""

    code = "PRV-110"
    message = "Le contrat est réservé aux {population} : {salarie} n'en fait pas partie."
    remede = "Vérifiez la catégorie dans le contrat de travail, ou choisissez un autre contrat."
    champ = "contrat_prevoyance_id"

    population: str
    salarie: str


@dataclass(eq=False)
class AutreEmployeur(Refus):
    """The contrat de travail is another employer's, or was deleted."""

    code = "PRV-111"
    message = "Ce contrat de travail n'est pas un contrat de l'employeur, ou a été supprimé."
    remede = "Rechargez la liste des salariés et choisissez de nouveau."


@dataclass(eq=False)
class TauxAuDessusDuMaximum(Refus):
    """Both shares together pass what a contract can cost: a slip of the decimal comma."""

    code = "PRV-112"
    message = "{base} : {total} au total, salarié et employeur ; {maximum} au plus."
    remede = "Vérifiez la virgule : un taux de 2,11 % s'écrit 2,11."

    base: str
    total: str
    maximum: str


@dataclass(eq=False)
class TauxEnDouble(Refus):
    """One base both for everybody and for one population."""

    code = "PRV-113"
    message = "{base} : un taux est donné pour tous et un autre pour les {population}."
    remede = "Donnez un taux pour tous, ou un taux pour les cadres et un pour les non-cadres."

    base: str
    population: str


@dataclass(eq=False)
class TauxHorsPopulation(Refus):
    """A rate for people whom the contract is not for."""

    code = "PRV-114"
    message = "{base} : un taux est donné pour les {population}, que le contrat ne couvre pas."
    remede = "Effacez ce taux, ou changez la population du contrat."

    base: str
    population: str


@dataclass(eq=False)
class AucunTaux(Refus):
    """A period of an « autre prévoyance » without any rate or amount."""

    code = "PRV-115"
    message = "Aucun taux ni montant n'est saisi : ce contrat ne coûterait rien à personne."
    remede = "Saisissez au moins un taux ou un montant, du salarié ou de l'employeur."
    champ = "tous_t1_salarial"


@dataclass(eq=False)
class FinHorsDernierePeriode(Refus):
    """The last period of a contract is the one that is closed to open another."""

    code = "PRV-116"
    message = "Le {fin} n'est pas dans la dernière période du contrat, {periode}."
    remede = "Choisissez une fin de mois comprise dans cette période, avant sa fin."
    champ = "fin_le"

    fin: str
    periode: str


@dataclass(eq=False)
class ContratParametre(Conflit):
    """Rates and options of a paramétrée come from the program."""

    code = "PRV-117"
    message = "Les taux et options d'une prévoyance paramétrée viennent du programme."
    remede = (
        "Pour changer de contrat, choisissez « Remplacer le contrat » : l'historique est gardé."
    )


@dataclass(eq=False)
class BulletinsRattaches(Conflit):
    """Bulletins are tied to the contract or to the rattachement."""

    code = "PRV-118"
    message = (
        "Des bulletins sont rattachés au contrat que vous souhaitez supprimer, "
        "vos déclarations seraient erronées."
    )
    remede = "Clôturez plutôt le contrat : les bulletins déjà faits gardent leurs cotisations."


@dataclass(eq=False)
class ContratDejaClos(Conflit):
    """A contract that ends is closed earlier, never later."""

    code = "PRV-119"
    message = "Ce contrat est déjà clos au {fin}."
    remede = "Choisissez une date plus tôt ; pour le rouvrir, annulez sa clôture dans le journal."
    champ = "fin_le"

    fin: str


@dataclass(eq=False)
class FinAvantLeDebut(Refus):
    """A contract is not closed before its first day."""

    code = "PRV-120"
    message = "Le {fin} précède le début du contrat, le {debut}."
    remede = "Choisissez une date plus tard ; un contrat créé par erreur se supprime."
    champ = "fin_le"

    fin: str
    debut: str


@dataclass(eq=False)
class ContratAutre(Conflit):
    """The guided replacement is for paramétrées."""

    code = "PRV-121"
    message = "Ce contrat n'est pas une prévoyance paramétrée."
    remede = "Choisissez « Modifier le contrat » : une nouvelle période s'ouvre."


@dataclass(eq=False)
class DebutHorsPeriode(Refus):
    """A new period begins with a pay period, after the one it follows."""

    code = "PRV-122"
    message = "Une période qui suit celle finie le {fin} ne peut pas commencer le {debut}."
    remede = "Choisissez le {lendemain}, ou le premier jour d'un mois suivant."
    champ = "debut_le"

    debut: str
    fin: str
    lendemain: str


@dataclass(eq=False)
class RetablissementIncoherent(Conflit):
    """An undoing would leave periods or contracts that contradict each other."""

    code = "PRV-123"
    message = "Ce changement ne peut pas être annulé : {cause}."
    remede = "Annulez d'abord les changements plus récents, ou modifiez le contrat."

    cause: str


# Branch regimes: PRV-181 to PRV-189.


@dataclass(eq=False)
class RegimeRefuse(Refus):
    """A data file of the branch regimes is not as it must be."""

    code = "PRV-181"
    message = "Le régime de prévoyance « {regime} » est refusé : {cause}."
    remede = "Réinstallez le programme, ou appelez le support en donnant le code PRV-181."

    regime: str
    cause: str


@dataclass(eq=False)
class TauxAConfirmer(Refus):
    """The rates of a regime are not known on a day: the person has to give them."""

    code = "PRV-182"
    message = "Les taux du régime « {regime} » ne sont pas connus au {jour} : {manque}."
    remede = "Relevez les taux sur votre contrat de prévoyance et saisissez-les dans sa fiche."

    regime: str
    jour: str
    manque: str


@dataclass(eq=False)
class RegimeIntrouvable(Introuvable):
    """No branch regime of that code."""

    code = "PRV-183"
    message = "Aucun régime de prévoyance ne porte le code « {regime} »."
    remede = "Revenez à la liste : « Paramétrage (Taux) », onglet « Prévoyances paramétrées »."

    regime: str

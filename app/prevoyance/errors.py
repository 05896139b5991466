"""Refusals of prévoyance (prefix PRE)."""

from dataclasses import dataclass

from app.noyau.erreurs import Introuvable, Refus

# Branch regimes: PRE-181 to PRE-189.


@dataclass(eq=False)
class RegimeRefuse(Refus):
    """A data file of the branch regimes is not as it must be."""

    code = "PRE-181"
    message = "Le régime de prévoyance « {regime} » est refusé : {cause}."
    remede = "Réinstallez le programme, ou appelez le support en donnant le code PRE-181."

    regime: str
    cause: str


@dataclass(eq=False)
class TauxAConfirmer(Refus):
    """The rates of a regime are not known on a day: the person has to give them."""

    code = "PRE-182"
    message = "Les taux du régime « {regime} » ne sont pas connus au {jour} : {manque}."
    remede = "Relevez les taux sur votre contrat de prévoyance et saisissez-les dans sa fiche."

    regime: str
    jour: str
    manque: str


@dataclass(eq=False)
class RegimeIntrouvable(Introuvable):
    """No branch regime of that code."""

    code = "PRE-183"
    message = "Aucun régime de prévoyance ne porte le code « {regime} »."
    remede = "Revenez à la liste : « Paramétrage (Taux) », onglet « Prévoyances paramétrées »."

    regime: str

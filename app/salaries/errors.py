"""Refusals of employees and contracts (prefix SAL)."""

from dataclasses import dataclass

from app.noyau.erreurs import Conflit, Introuvable


@dataclass(eq=False)
class SalarieIntrouvable(Introuvable):
    """No employee of that number."""

    code = "SAL-101"
    message = "Ce salarié n'existe pas, ou a été supprimé."
    remede = "Revenez à la liste des salariés et choisissez-en un autre."


@dataclass(eq=False)
class ContratIntrouvable(Introuvable):
    """No contract of that number."""

    code = "SAL-102"
    message = "Ce contrat de travail n'existe pas, ou a été supprimé."
    remede = "Rechargez la fiche du salarié."


@dataclass(eq=False)
class SalarieEnDouble(Conflit):
    """Another employee of the employer has this NIR."""

    code = "SAL-103"
    message = "« {nom} » porte déjà ce NIR chez cet employeur."
    remede = "Ouvrez la fiche existante et ajoutez-y un contrat, ou corrigez le NIR."
    champ = "nir"

    nom: str


@dataclass(eq=False)
class SalarieAvecContrats(Conflit):
    """An employee with contracts is archived, not deleted."""

    code = "SAL-104"
    message = "« {nom} » a {contrats} : sa suppression effacerait son historique."
    remede = "Archivez plutôt le salarié, ou supprimez d'abord ses contrats."

    nom: str
    contrats: str

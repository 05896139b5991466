"""The journal of an employee: the record and the contracts, deleted ones included."""

from app.salaries.rules import CHAMPS_CONTRAT, CHAMPS_SALARIE
from app.socle.historique import LigneHistorique, Suivies, lire_historique, numeros_rattaches
from app.socle.transaction import Transaction


def lire_journal(t: Transaction, salarie_id: int) -> list[LigneHistorique]:
    """Return who changed what of an employee, latest first."""
    contrats = numeros_rattaches(t, "contrat", "salarie_id", salarie_id)
    suivies = {
        "salarie": Suivies([salarie_id], CHAMPS_SALARIE),
        "contrat": Suivies(contrats, CHAMPS_CONTRAT),
    }
    return lire_historique(t, suivies)

"""The journal of a contract: the contract, its periods, its employees, deleted ones included."""

from app.prevoyance.rules.fiches import CHAMPS_DU_JOURNAL
from app.socle.historique import LigneHistorique, Suivies, lire_historique, numeros_rattaches
from app.socle.transaction import Transaction


def lire_journal(t: Transaction, contrat_id: int) -> list[LigneHistorique]:
    """Return who changed what of a contract of prévoyance, latest first."""
    periodes = numeros_rattaches(t, "periode_prevoyance", "contrat_id", contrat_id)
    taux = [n for p in periodes for n in numeros_rattaches(t, "taux_prevoyance", "periode_id", p)]
    rattaches = numeros_rattaches(t, "rattachement", "contrat_prevoyance_id", contrat_id)
    suivies = {
        "contrat_prevoyance": Suivies([contrat_id], CHAMPS_DU_JOURNAL),
        "periode_prevoyance": Suivies(periodes, CHAMPS_DU_JOURNAL),
        "taux_prevoyance": Suivies(taux, CHAMPS_DU_JOURNAL),
        "rattachement": Suivies(rattaches, CHAMPS_DU_JOURNAL),
    }
    return lire_historique(t, suivies)

"""The journal of a contract: the contract, its periods, its employees, deleted ones included."""

from app.prevoyance.rules.fiches import (
    CHAMPS_HISTORIQUE,
    CHAMPS_OPTIONS_LUES,
    CHAMPS_RATTACHEMENT_LUS,
)
from app.prevoyance.rules.taux import CHAMPS_TAUX_LUS
from app.socle.historique import LigneHistorique, Suivies, lire_historique, numeros_rattaches
from app.socle.transaction import Transaction


def lire_journal(t: Transaction, contrat_id: int) -> list[LigneHistorique]:
    """Return who changed what of a contract of prévoyance, latest first."""
    periodes = numeros_rattaches(t, "periode_prevoyance", "contrat_id", contrat_id)
    taux = [n for p in periodes for n in numeros_rattaches(t, "taux_prevoyance", "periode_id", p)]
    rattaches = numeros_rattaches(t, "rattachement", "contrat_prevoyance_id", contrat_id)
    suivies = {
        "contrat_prevoyance": Suivies([contrat_id], CHAMPS_HISTORIQUE),
        "periode_prevoyance": Suivies(periodes, CHAMPS_OPTIONS_LUES),
        "taux_prevoyance": Suivies(taux, CHAMPS_TAUX_LUS),
        "rattachement": Suivies(rattaches, CHAMPS_RATTACHEMENT_LUS),
    }
    return lire_historique(t, suivies)

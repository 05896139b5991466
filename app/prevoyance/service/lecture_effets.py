"""What a change of prévoyance left to do in the payroll."""

from app.prevoyance.signals import bulletins_a_recalculer
from app.socle.transaction import Transaction


def compter_a_recalculer(t: Transaction, employeur_id: int) -> int:
    """Return how many bulletins of an employer wait to be computed again, 0 when nobody says."""
    reponses = bulletins_a_recalculer.send(t, employeur_id=employeur_id)
    return sum(int(combien) for _, combien in reponses if combien)

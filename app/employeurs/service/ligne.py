"""The row of an employer, for the use cases of this capability."""

from app.employeurs.errors import EmployeurIntrouvable
from app.employeurs.models import Employeur
from app.socle.transaction import Transaction


def employeur(t: Transaction, employeur_id: int) -> Employeur:
    """Return the row of an employer.

    Raises:
        EmployeurIntrouvable: no such employer.
    """
    ligne = t.session.get(Employeur, employeur_id)
    if ligne is None:
        raise EmployeurIntrouvable
    return ligne

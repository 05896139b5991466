"""Ask beforehand whether a deletion would be refused, without deleting anything."""

from app.prevoyance.models import Rattachement
from app.prevoyance.service.lecture import contrat, rattachements_de
from app.prevoyance.signals import contrat_prevoyance_va_disparaitre, rattachement_va_disparaitre
from app.socle.transaction import Transaction


def verifier_suppression(t: Transaction, contrat_id: int) -> None:
    """Stop when a contract cannot be deleted.

    Raises:
        BulletinsRattaches: bulletins are tied to it, or to one of its rattachements.
        ContratPrevoyanceIntrouvable: no such contract.
    """
    contrat(t, contrat_id)
    contrat_prevoyance_va_disparaitre.send(t, contrat_prevoyance_id=contrat_id)
    for ligne in rattachements_de(t, contrats=[contrat_id]):
        _verifier(t, ligne)


def _verifier(t: Transaction, ligne: Rattachement) -> None:
    rattachement_va_disparaitre.send(
        t,
        rattachement_id=ligne.id,
        contrat_prevoyance_id=ligne.contrat_prevoyance_id,
        contrat_id=ligne.contrat_id,
    )

"""Who uses an organisme: asked of the capabilities above, by signal."""

from collections.abc import Sequence

from app.organismes.rules import Usage
from app.organismes.signals import organisme_utilise_par
from app.socle.transaction import Transaction

NOMMES = 5
"""How many users a refusal or a preview names."""


def compter_usages(t: Transaction, organismes: Sequence[int]) -> dict[int, list[Usage]]:
    """Return how organismes are used, by number; those that nobody uses are left out."""
    return _demander(t, organismes, 0)


def usages_de(t: Transaction, organisme_id: int) -> list[Usage]:
    """Return how one organisme is used, with its first users by name."""
    return _demander(t, [organisme_id], NOMMES).get(organisme_id, [])


def _demander(t: Transaction, organismes: Sequence[int], nommer: int) -> dict[int, list[Usage]]:
    par_numero: dict[int, list[Usage]] = {}
    for _, reponse in organisme_utilise_par.send(t, organismes=organismes, nommer=nommer):
        for usage in reponse:
            par_numero.setdefault(usage.organisme_id, []).append(usage)
    return par_numero

"""Announce what changed of contracts, whatever changed them: a form, a file, an undoing."""

from collections.abc import Mapping
from typing import Any

from app.salaries import rules
from app.salaries.signals import ChangementContrat, contrat_change
from app.socle.transaction import Transaction

Valeurs = Mapping[str, Any]


def annoncer_contrats(t: Transaction, contrats: Mapping[int, tuple[Valeurs, Valeurs]]) -> None:
    """Announce the contracts that changed, by number: values before, values after."""
    changements = []
    for numero, (avant, apres) in contrats.items():
        champs = frozenset(n for n, v in apres.items() if n in avant and avant[n] != v)
        depuis = rules.premier_jour_touche(champs, avant, apres)
        if depuis is not None:
            changements.append(ChangementContrat(numero, champs, depuis))
    if changements:
        contrat_change.send(t, changements=tuple(changements))

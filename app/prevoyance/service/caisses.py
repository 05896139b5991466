"""Caisses that a contract may name: those of the table of organismes collecteurs."""

from collections.abc import Collection

from app.organismes.service import choix_d_organismes, lire_organismes
from app.prevoyance.errors import CaisseInconnue
from app.socle.transaction import Transaction

FAMILLES = ("prevoyance", "mutuelle", "retraite")
"""Families of organismes that a contract of prévoyance is made with."""


def noms_des_caisses(t: Transaction, numeros: Collection[int]) -> dict[int, str]:
    """Return names of caisses by number."""
    return {numero: o.nom for numero, o in lire_organismes(t, numeros).items()}


def caisses_a_choisir(t: Transaction, garde: int | None = None) -> list[tuple[str, str]]:
    """Return the choices of the form of a contract: (number, name), family after family.

    Args:
        t: the transaction.
        garde: one that is offered even though it is archived.
    """
    return [choix for famille in FAMILLES for choix in choix_d_organismes(t, famille, garde)]


def exiger_caisse(t: Transaction, organisme_id: int) -> None:
    """Stop unless a caisse of prévoyance, of retirement or a mutuelle bears this number.

    Raises:
        CaisseInconnue: none does.
    """
    organisme = lire_organismes(t, [organisme_id]).get(organisme_id)
    if organisme is None or organisme.famille not in FAMILLES:
        raise CaisseInconnue

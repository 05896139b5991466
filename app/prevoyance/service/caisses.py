"""Caisses that a contract may name: those of the table of organismes collecteurs."""

from collections.abc import Collection

from sqlalchemy import column, select, table

from app.prevoyance.errors import CaisseInconnue
from app.socle.transaction import Transaction

_ORGANISME = table("organisme", column("id"), column("nom"), column("famille"))
FAMILLES = ("prevoyance", "mutuelle", "retraite")


def noms_des_caisses(t: Transaction, numeros: Collection[int]) -> dict[int, str]:
    """Return names of caisses by number."""
    requete = select(_ORGANISME.c.id, _ORGANISME.c.nom).where(
        _ORGANISME.c.id.in_(sorted(set(numeros)))
    )
    return {int(numero): str(nom) for numero, nom in t.session.execute(requete)}


def exiger_caisse(t: Transaction, organisme_id: int) -> None:
    """Stop unless a caisse of prévoyance, of retirement or a mutuelle bears this number.

    Raises:
        CaisseInconnue: none does.
    """
    requete = select(_ORGANISME.c.famille).where(_ORGANISME.c.id == organisme_id)
    if t.session.scalar(requete) not in FAMILLES:
        raise CaisseInconnue

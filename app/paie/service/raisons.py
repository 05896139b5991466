"""Why bulletins are to be computed again: noted beside them, with what it does to their state.

Rules:
- A validated bulletin becomes « à recalculer »; one of a closed year stays as it is, its reasons
  only say that it has to be regularised.
- A reason is noted once a bulletin; validating a new version forgets those of the former.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from app.paie.models import Bulletin, LigneBulletin, RaisonRecalcul
from app.paie.rules.etats import Etat
from app.paie.service.exercices import dans_un_exercice_ouvert
from app.socle.fiches import en_chunks
from app.socle.transaction import Transaction

EN_ATTENTE = (str(Etat.VALIDE), str(Etat.A_RECALCULER))
"""States of a bulletin that a change touches; a draft is computed again anyway."""
_SEUL = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Raison:
    """Why a bulletin is to be computed again; `depuis` the first day that the change touches."""

    motif: str
    depuis: date | None
    signale_a: datetime

    def en_donnees(self) -> dict[str, object]:
        """Return the machine-readable shape."""
        return {
            "motif": self.motif,
            "depuis": self.depuis.isoformat() if self.depuis else None,
            "signale_a": self.signale_a.isoformat(),
        }


def signaler(
    t: Transaction, conditions: Sequence[ColumnElement[Any]], motif: str, depuis: date | None = None
) -> int:
    """Note why some validated bulletins are to be computed again; returns how many became so.

    Args:
        t: the transaction.
        conditions: which bulletins the change touches.
        motif: why, in French.
        depuis: first day that the change touches.
    """
    deja = exists().where(RaisonRecalcul.bulletin_id == Bulletin.id, RaisonRecalcul.motif == motif)
    touches = select(
        Bulletin.id,
        literal(motif),
        literal(depuis, RaisonRecalcul.depuis.type),
        literal(t.maintenant.replace(tzinfo=None), RaisonRecalcul.signale_a.type),
    ).where(Bulletin.etat.in_(EN_ATTENTE), ~deja, *conditions)
    colonnes = ["bulletin_id", "motif", "depuis", "signale_a"]
    t.session.execute(insert(RaisonRecalcul).from_select(colonnes, touches))
    marquer = (
        update(Bulletin)
        .where(Bulletin.etat == str(Etat.VALIDE), dans_un_exercice_ouvert(), *conditions)
        .values(etat=str(Etat.A_RECALCULER))
    )
    return int(getattr(t.session.execute(marquer, execution_options=_SEUL), "rowcount", 0))


def bulletins_rattaches(
    t: Transaction, contrat_prevoyance_id: int, contrat_id: int | None = None
) -> int:
    """Count the bulletins that keep a contract of prévoyance from being deleted.

    Those that count and were validated once, a draft taken back from a validation included: they
    were paid or declared with its lines. A draft never validated does not keep it: computed
    again, it loses the line, and nothing was declared of it. Versions replaced since do not
    either: others stand for them.

    Args:
        t: the transaction.
        contrat_prevoyance_id: the contract.
        contrat_id: a contrat de travail, None for everybody's.
    """
    valide = or_(Bulletin.etat.in_(EN_ATTENTE), _repris())
    requete = (
        select(func.count(Bulletin.id.distinct()))
        .join(LigneBulletin, LigneBulletin.bulletin_id == Bulletin.id)
        .where(LigneBulletin.contrat_prevoyance_id == contrat_prevoyance_id, valide)
    )
    if contrat_id is not None:
        requete = requete.where(Bulletin.contrat_id == contrat_id)
    return t.session.scalar(requete) or 0


def _repris() -> ColumnElement[bool]:
    """Return the condition of a draft whose validation was cancelled."""
    return and_(Bulletin.etat == str(Etat.BROUILLON), Bulletin.motif != "")


def oublier(t: Transaction, bulletins: Collection[int]) -> None:
    """Forget the reasons of bulletins that are validated anew."""
    for morceau in en_chunks(list(bulletins)):
        oubli = delete(RaisonRecalcul).where(RaisonRecalcul.bulletin_id.in_(morceau))
        t.session.execute(oubli, execution_options=_SEUL)


def raisons_de(t: Transaction, bulletins: Sequence[int]) -> Mapping[int, tuple[Raison, ...]]:
    """Return the reasons of some bulletins, the oldest first."""
    trouvees: dict[int, tuple[Raison, ...]] = {}
    for morceau in en_chunks(bulletins):
        requete = (
            select(RaisonRecalcul)
            .where(RaisonRecalcul.bulletin_id.in_(morceau))
            .order_by(RaisonRecalcul.signale_a, RaisonRecalcul.id)
        )
        for r in t.session.scalars(requete):
            raison = Raison(r.motif, r.depuis, r.signale_a)
            trouvees[r.bulletin_id] = (*trouvees.get(r.bulletin_id, ()), raison)
    return trouvees

"""Why bulletins are to be computed again: noted beside them, with what it does to their state.

Rules:
- A validated bulletin becomes « à recalculer »; one of a closed year stays as it is, its reasons
  only say that it has to be regularised.
- A draft stays a draft, but one with a reason is never validated as it is (`est_perime`).
- A reason is noted once a bulletin. A draft made again is another row, without any; those of a
  version that was replaced stay with it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from app.noyau.periodes import Mois
from app.paie.models import Bulletin, LigneBulletin, RaisonRecalcul
from app.paie.rules.changements import DEMANDE
from app.paie.rules.etats import COURANTS, Etat
from app.paie.service.exercices import dans_un_exercice_ouvert
from app.socle.fiches import en_chunks
from app.socle.transaction import Transaction

EN_ATTENTE = (str(Etat.VALIDE), str(Etat.A_RECALCULER))
"""States of a bulletin that was validated, and counts."""
TOUCHES = tuple(str(e) for e in COURANTS)
"""States of a bulletin that a change touches: its figures are no longer those of the facts."""
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
    """Note why some bulletins are to be computed again.

    Returns how many validated ones became « à recalculer ».

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
    ).where(Bulletin.etat.in_(TOUCHES), ~deja, *conditions)
    colonnes = ["bulletin_id", "motif", "depuis", "signale_a"]
    t.session.execute(insert(RaisonRecalcul).from_select(colonnes, touches))
    marquer = (
        update(Bulletin)
        .where(Bulletin.etat == str(Etat.VALIDE), dans_un_exercice_ouvert(), *conditions)
        .values(etat=str(Etat.A_RECALCULER))
    )
    return int(getattr(t.session.execute(marquer, execution_options=_SEUL), "rowcount", 0))


def marquer_a_recalculer(
    t: Transaction,
    *,
    contrats: Collection[int] | None = None,
    employeur: int | None = None,
    depuis: Mois | None = None,
    apres: Mois | None = None,
    motif: str = DEMANDE,
) -> int:
    """Note the bulletins that a change touches; returns how many validated ones it marks.

    `depuis` is the first month touched; `apres` the month whose followers of the same year are;
    `motif` why, in French. Drafts, and bulletins of a closed year, keep their state.
    """
    conditions: list[ColumnElement[Any]] = []
    if employeur is not None:
        conditions.append(Bulletin.employeur_id == employeur)
    if depuis is not None:
        rang = depuis.annee * 12 + depuis.mois
        conditions.append(Bulletin.annee * 12 + Bulletin.mois >= rang)
    if apres is not None:
        conditions += [Bulletin.annee == apres.annee, Bulletin.mois > apres.mois]
    jour = depuis.debut if depuis else apres.suivant().debut if apres else None
    if contrats is None:
        return signaler(t, conditions, motif, jour)
    return sum(
        signaler(t, [*conditions, Bulletin.contrat_id.in_(morceau)], motif, jour)
        for morceau in en_chunks(list(contrats))
    )


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


def est_perime() -> ColumnElement[bool]:
    """Return the condition of a draft whose facts changed since it was computed."""
    raison = exists().where(RaisonRecalcul.bulletin_id == Bulletin.id)
    return and_(Bulletin.etat == str(Etat.BROUILLON), raison)


def perimes(t: Transaction, bulletins: Sequence[int]) -> frozenset[int]:
    """Return, among bulletins, the drafts to be computed again before they are validated."""
    trouves: set[int] = set()
    for morceau in en_chunks(bulletins):
        requete = select(Bulletin.id).where(Bulletin.id.in_(morceau), est_perime())
        trouves |= set(t.session.scalars(requete))
    return frozenset(trouves)


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

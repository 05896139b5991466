"""Keep rattachements within both contracts, and announce whom a change touches, since when."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sqlalchemy import select

from app.noyau.periodes import Periode
from app.prevoyance.models import ContratPrevoyance, Rattachement
from app.prevoyance.rules.rattachements import effectif, jours_touches
from app.prevoyance.service.lecture import jours_du_contrat, rattachements_de
from app.prevoyance.signals import (
    ChangementPrevoyance,
    prevoyance_change,
    rattachement_va_disparaitre,
)
from app.salaries.service import emplois_par_numero
from app.socle.fiches import remplir
from app.socle.transaction import Transaction


def jours_de(ligne: Rattachement) -> Periode:
    """Return the days attached that count."""
    return Periode(ligne.debut_le, ligne.fin_le)


def annoncer(t: Transaction, changements: Iterable[tuple[int, Periode | None, str]]) -> None:
    """Announce (contrat de travail, days touched, reason); no day: nothing to say.

    Several changes of one contrat de travail become one, over all their days.
    """
    par_contrat: dict[int, tuple[Periode, str]] = {}
    for contrat_id, jours, motif in changements:
        if jours is None:
            continue
        vus, premier = par_contrat.get(contrat_id, (jours, motif))
        etendue = Periode(min(vus.debut, jours.debut), max(vus.fin, jours.fin))
        par_contrat[contrat_id] = (etendue, premier)
    if par_contrat:
        tous = tuple(
            ChangementPrevoyance(contrat_id, jours.debut, jours.fin, motif)
            for contrat_id, (jours, motif) in sorted(par_contrat.items())
        )
        prevoyance_change.send(t, changements=tous)


def annoncer_les_rattaches(t: Transaction, contrat_id: int, jours: Periode, motif: str) -> None:
    """Announce everybody attached to a contract of prévoyance on some days."""
    lignes = rattachements_de(t, contrats=[contrat_id])
    annoncer(t, ((r.contrat_id, jours_de(r).intersection(jours), motif) for r in lignes))


def detacher(t: Transaction, lignes: Iterable[Rattachement]) -> list[tuple[int, Periode]]:
    """Delete rattachements; returns the contrats de travail with the days they lose.

    Raises:
        BulletinsRattaches: somebody announced that bulletins are tied to one of them.
    """
    perdus = []
    for ligne in lignes:
        rattachement_va_disparaitre.send(
            t,
            rattachement_id=ligne.id,
            contrat_prevoyance_id=ligne.contrat_prevoyance_id,
            contrat_id=ligne.contrat_id,
        )
        perdus.append((ligne.contrat_id, jours_de(ligne)))
        t.session.delete(ligne)
    t.session.flush()
    return perdus


def _contrats(t: Transaction, numeros: Collection[int]) -> dict[int, Periode]:
    requete = select(ContratPrevoyance).where(ContratPrevoyance.id.in_(numeros))
    return {c.id: jours_du_contrat(c) for c in t.session.scalars(requete)}


def ajuster(
    t: Transaction,
    lignes: Collection[Rattachement],
    motif: str,
    demandes: Mapping[int, Periode] | None = None,
) -> None:
    """Cut rattachements by both contracts as they are now, and announce the days touched.

    One of which not a day is left is deleted.

    Args:
        t: the transaction.
        lignes: the rattachements.
        motif: why, in French.
        demandes: what is asked from now on, by number of rattachement; else as before.

    Raises:
        BulletinsRattaches: bulletins are tied to one that would be deleted.
    """
    contrats = _contrats(t, {r.contrat_prevoyance_id for r in lignes})
    emplois = emplois_par_numero(t, {r.contrat_id for r in lignes})
    changements: list[tuple[int, Periode | None, str]] = []
    vides = []
    for r in lignes:
        demande = (demandes or {}).get(r.id) or Periode(r.adhesion_le, r.sortie_le)
        reste = effectif(demande, emplois[r.contrat_id].periode, contrats[r.contrat_prevoyance_id])
        if reste is None:
            vides.append(r)
            continue
        changements.append((r.contrat_id, jours_touches(jours_de(r), reste), motif))
        dates = {"debut_le": reste.debut, "fin_le": reste.fin}
        remplir(r, {"adhesion_le": demande.debut, "sortie_le": demande.fin, **dates})
    t.session.flush()
    changements += [(contrat_id, jours, motif) for contrat_id, jours in detacher(t, vides)]
    annoncer(t, changements)


def motif_contrat(ligne: ContratPrevoyance, quoi: str) -> str:
    """Return a reason as the list of bulletins to compute again shows it."""
    return f"{ligne} : {quoi}"


def apres(fin: date, jusqu_au: date) -> Periode | None:
    """Return the days after an end, up to another; None when there is not one."""
    return jours_touches(Periode(date.min, fin), Periode(date.min, jusqu_au))

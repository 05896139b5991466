"""Dated periods of a contract: where one may end, what follows, what is held of all of them.

Rules:
- A contract ends, and a period is closed, on the last day of a pay period: of a month. A
  rattachement may also end on the last day of the contrat de travail.
- The periods of a contract never overlap; a hole between two is told, and confirmed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.noyau.erreurs import Avertissement
from app.noyau.periodes import (
    FIN_OUVERTE,
    Mois,
    Periode,
    afficher_date,
    lendemain,
    pavage,
    veille,
)
from app.prevoyance.errors import DebutHorsPeriode, FinHorsDernierePeriode, FinHorsPeriode

_DERNIER_MOIS = Mois(9999, 12)


def est_fin_de_periode(jour: date) -> bool:
    """Tell whether a day is the last of a month; the open end is one."""
    return jour == Mois.de(jour).fin


def fins_proches(
    jour: date, bornes: Periode | None = None, autres: Iterable[date] = ()
) -> tuple[date, ...]:
    """Return the nearest valid ends before and after a day (the day itself when valid).

    Args:
        jour: the day that was asked.
        bornes: days among which an end may lie; None: any day.
        autres: days that are valid though no month ends there.

    >>> fins_proches(date(2019, 5, 20))
    (datetime.date(2019, 4, 30), datetime.date(2019, 5, 31))
    """
    bornes = bornes or Periode(date.min)
    candidates = {d for d in autres if bornes.contient(d)}
    for repere in (jour, bornes.debut, bornes.fin):
        mois = Mois.de(repere)
        candidates.add(mois.fin)
        if mois.debut > date.min:
            candidates.add(veille(mois.debut))
    valides = {d for d in candidates if bornes.contient(d)}
    if jour in valides:
        return (jour,)
    avant = max((d for d in valides if d < jour), default=None)
    apres = min((d for d in valides if d > jour), default=None)
    return tuple(d for d in (avant, apres) if d is not None)


def exiger_fin(jour: date, bornes: Periode | None = None, autres: Iterable[date] = ()) -> None:
    """Stop unless a day may end a contract, a period, a rattachement.

    Raises:
        FinHorsPeriode: with the nearest valid ends.
    """
    if est_fin_de_periode(jour) or jour in set(autres):
        return
    proches = fins_proches(jour, bornes, autres)
    textes = " ou ".join(afficher_date(d) for d in proches if d != FIN_OUVERTE) or "aucune"
    raise FinHorsPeriode(afficher_date(jour), textes, proches)


@dataclass(frozen=True, slots=True)
class Coupure:
    """A contract cut in two periods: the one that is closed, the one that opens."""

    close: Periode
    nouvelle: Periode


def couper(periodes: Sequence[Periode], fin: date, debut: date | None = None) -> Coupure:
    """Close the last period at `fin` and open one from the next day, up to the same end.

    Args:
        periodes: those of the contract, in order of date.
        fin: last day of the one that is closed.
        debut: first day of the new one, the next day when not given.

    Raises:
        FinHorsPeriode: `fin` does not end a month.
        FinHorsDernierePeriode: it is not in the last period, or is its end already.
        DebutHorsPeriode: the new one overlaps, or begins within a month.
    """
    derniere = periodes[-1]
    suite = lendemain(fin)
    if suite is None or not derniere.debut <= fin < derniere.fin:
        exiger_fin(fin, derniere)
        raise FinHorsDernierePeriode(afficher_date(fin), str(derniere))
    exiger_fin(fin, Periode(derniere.debut, veille(derniere.fin)))
    debut = debut or suite
    if not suite <= debut <= derniere.fin or debut != Mois.de(debut).debut:
        raise DebutHorsPeriode(afficher_date(debut), afficher_date(fin), afficher_date(suite))
    return Coupure(Periode(derniere.debut, fin), Periode(debut, derniere.fin))


def avertir_trous(periodes: Sequence[Periode]) -> list[Avertissement]:
    """Return what is to be confirmed: days between two periods when nothing is due."""
    _, trous = pavage(list(periodes))
    if not trous:
        return []
    jours = ", ".join(str(t) for t in trous)
    message = f"Aucun taux ne s'appliquerait {jours} : rien ne serait cotisé ces jours-là."
    return [Avertissement("PRV-204", message)]


def tronquer(periodes: Sequence[Periode], fin: date) -> tuple[Periode | None, ...]:
    """Return each period as it is when the contract ends at `fin`; None: it goes."""
    return tuple(Periode(p.debut, min(p.fin, fin)) if p.debut <= fin else None for p in periodes)


def defauts(contrat: Periode, periodes: Sequence[Periode]) -> list[str]:
    """Say in French what contradicts the rules in the periods of a contract; nothing: sound."""
    if not periodes:
        return ["le contrat n'aurait plus de période"]
    phrases = []
    recouvrements, _ = pavage(list(periodes))
    if recouvrements:
        phrases.append(f"deux périodes se recouvriraient {recouvrements[0]}")
    bornes = Periode(min(p.debut for p in periodes), max(p.fin for p in periodes))
    if bornes != contrat:
        phrases.append(f"les périodes iraient {bornes} et le contrat {contrat}")
    return phrases

"""When a script de sauvegarde runs: « tous les N jours, semaines ou mois à HH:MM depuis le D ».

Rules:
- Hours are those of France, whatever the machine's zone; instants are UTC and aware.
- The occurrences are counted from the first day and never drift: « tous les 1 mois depuis le
  31/01 » runs on the last day of shorter months, then on the 31st again.
- An hour that the clock skips in spring runs as soon as the clock has passed it; an hour that
  it shows twice in autumn runs once, the first time.
- Runs missed while the machine was off are caught up by one run, not one each.
- A clock set back: an occurrence already done is not done again; the next one is the first
  after the later of the present and of the last run.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import count
from zoneinfo import ZoneInfo

from app.noyau.periodes import FIN_OUVERTE, Mois

REESSAI = timedelta(minutes=30)
"""Between a run that failed and the next try."""


class Unite(StrEnum):
    """Unit of a planning."""

    JOUR = "jour"
    SEMAINE = "semaine"
    MOIS = "mois"

    @property
    def en_mots(self) -> str:
        """Return the word of the screens."""
        return {"jour": "Jour(s)", "semaine": "Semaine(s)", "mois": "Mois"}[self]


@dataclass(frozen=True, slots=True)
class Planning:
    """« Tous les `nombre` `unite` à `heure` depuis le `debut` », in French time."""

    nombre: int
    unite: Unite
    heure: time
    debut: date

    def jour(self, rang: int) -> date:
        """Return the day of an occurrence; 0 is the first.

        Raises:
            OverflowError: beyond the calendar.
        """
        pas = rang * self.nombre
        if self.unite is Unite.MOIS:
            mois = Mois.de(self.debut).suivant(pas)
            return mois.debut.replace(day=min(self.debut.day, mois.fin.day))
        return self.debut + timedelta(days=pas * (7 if self.unite is Unite.SEMAINE else 1))

    def en_mots(self) -> str:
        """Say the planning: « tous les 2 jours à 23:00 »."""
        a = f"à {self.heure:%H:%M}"
        if self.nombre == 1:
            rythme = {"jour": "tous les jours", "semaine": "toutes les semaines"}
            return f"{rythme.get(self.unite, 'tous les mois')} {a}"
        mots = {"jour": "tous les {} jours", "semaine": "toutes les {} semaines"}
        return f"{mots.get(self.unite, 'tous les {} mois').format(self.nombre)} {a}"


def instant(jour: date, heure: time, fuseau: ZoneInfo) -> datetime:
    """Return the UTC instant of an hour of the wall clock."""
    return datetime.combine(jour, heure, fuseau).astimezone(UTC)


def _rang_vers(p: Planning, jour: date) -> int:
    """Return the rank of an occurrence on that day or a little before, never below 0."""
    if jour <= p.debut:
        return 0
    if p.unite is Unite.MOIS:
        ecart = (jour.year - p.debut.year) * 12 + jour.month - p.debut.month - 1
        return max(0, ecart // p.nombre)
    pas = p.nombre * (7 if p.unite is Unite.SEMAINE else 1)
    return (jour - p.debut).days // pas


def occurrences(p: Planning, depuis: datetime, fuseau: ZoneInfo) -> Iterator[datetime]:
    """Run through the instants of a planning, from the first one at or after `depuis`."""
    local = depuis.astimezone(fuseau).date() - timedelta(days=1)
    for rang in count(_rang_vers(p, local)):
        try:
            jour = p.jour(rang)
        except (OverflowError, ValueError):
            return
        if jour >= FIN_OUVERTE:
            return
        quand = instant(jour, p.heure, fuseau)
        if quand >= depuis:
            yield quand


def prochaine(p: Planning, apres: datetime, fuseau: ZoneInfo) -> datetime | None:
    """Return the first instant strictly after another; none at the end of the calendar."""
    return next((q for q in occurrences(p, apres, fuseau) if q > apres), None)


@dataclass(frozen=True, slots=True)
class Echeance:
    """What a script owes at an instant: the run due (none: nothing), those missed, the next."""

    due: datetime | None
    manquees: int
    suivante: datetime | None


def echeance(
    p: Planning, derniere: datetime | None, maintenant: datetime, fuseau: ZoneInfo
) -> Echeance:
    """Return what is due now.

    Args:
        p: the planning.
        derniere: the occurrence last served, None when none was.
        maintenant: the present instant.
        fuseau: the zone of the hours.
    """
    depart = instant(p.debut, p.heure, fuseau)
    passees = 0
    due: datetime | None = None
    if derniere is not None and derniere >= maintenant:
        return Echeance(None, 0, prochaine(p, derniere, fuseau))
    premiere = prochaine(p, derniere, fuseau) if derniere is not None else depart
    if premiere is not None and premiere <= maintenant:
        passees = _combien(p, premiere, maintenant, fuseau)
        due = _la_derniere(p, maintenant, fuseau)
    return Echeance(due, max(0, passees - 1), prochaine(p, maintenant, fuseau))


def est_a_tenter(e: Echeance, ratee_a: datetime | None, maintenant: datetime) -> bool:
    """Tell whether what is due is to be run now; what failed waits for half an hour.

    Args:
        e: what is due.
        ratee_a: when the last run failed; None when it did not. In the future: the clock was.
        maintenant: the present instant.
    """
    if e.due is None:
        return False
    return ratee_a is None or not maintenant - REESSAI < ratee_a <= maintenant


def _la_derniere(p: Planning, maintenant: datetime, fuseau: ZoneInfo) -> datetime:
    """Return the last instant at or before the present; there is one."""
    rang = _rang_vers(p, maintenant.astimezone(fuseau).date() + timedelta(days=1)) + 2
    while True:
        quand = instant(p.jour(rang), p.heure, fuseau)
        if quand <= maintenant:
            return quand
        rang -= 1


def _combien(p: Planning, premiere: datetime, maintenant: datetime, fuseau: ZoneInfo) -> int:
    """Count the occurrences from one instant to another, both included."""
    derniere = _la_derniere(p, maintenant, fuseau)
    un = _rang_exact(p, premiere.astimezone(fuseau).date())
    return _rang_exact(p, derniere.astimezone(fuseau).date()) - un + 1


def _rang_exact(p: Planning, jour: date) -> int:
    rang = _rang_vers(p, jour)
    while p.jour(rang) < jour:
        rang += 1
    return rang


def reporter(p: Planning, au: date) -> Planning:
    """Push every run back: the planning starts again on a day, with its rhythm."""
    return Planning(p.nombre, p.unite, p.heure, au)

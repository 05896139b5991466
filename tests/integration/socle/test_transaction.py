"""The unit of work: who, when, what a use case receives."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import OperationalError

from app.employeurs.models import Dossier
from app.socle import horloge
from app.socle.transaction import Magasin


def test_a_use_case_receives_who_and_when(magasin: Magasin) -> None:
    """The instant is aware, UTC; today is the day in France."""
    avant = horloge.maintenant()

    with magasin.transaction("Paul") as t:
        assert t.par == "Paul"
        assert avant <= t.maintenant <= horloge.maintenant()
        assert t.maintenant.utcoffset() == timedelta(0)
        assert t.aujourd_hui == t.maintenant.astimezone(ZoneInfo("Europe/Paris")).date()


@pytest.mark.parametrize(
    ("instant", "jour"),
    [
        (datetime(2026, 6, 30, 21, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 22, 0, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_today_is_the_day_in_france(
    monkeypatch: pytest.MonkeyPatch, instant: datetime, jour: date
) -> None:
    """Two hours before UTC in summer, one in winter, wherever the machine stands."""

    class Fige(datetime):
        """A clock that stands still."""

        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            """Return the same instant in the zone asked for."""
            assert isinstance(tz, ZoneInfo | type(UTC))
            return instant.astimezone(tz)

    monkeypatch.setattr(horloge, "datetime", Fige)

    assert horloge.maintenant() == instant
    assert horloge.aujourd_hui() == jour


def test_values_stay_readable_after_the_transaction(magasin: Magasin) -> None:
    """A commit does not expire what was read."""
    with magasin.transaction("Paul") as t:
        dossier = t.session.get_one(Dossier, 1)

    assert dossier.nom == "Dossier d'essai"


def test_what_is_a_bug_stays_one(magasin: Magasin) -> None:
    """Wrong SQL is not disguised as a refusal."""
    from sqlalchemy import text

    with pytest.raises(OperationalError), magasin.transaction("Paul") as t:
        t.session.execute(text("SELECT * FROM nulle_part"))

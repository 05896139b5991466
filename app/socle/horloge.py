"""The only reader of the clock.

Timestamps are UTC and aware; « today » is the day in France, wherever the machine stands.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def maintenant() -> datetime:
    """Return the present instant, UTC."""
    return datetime.now(UTC)  # noqa: TID251 -- the one place


def aujourd_hui() -> date:
    """Return today's date in France."""
    return maintenant().astimezone(PARIS).date()

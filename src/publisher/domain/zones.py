"""Time zones from the pinned tzdata package, and the days that counters count.

The machine's own zone files are passed by, so that every machine turns a day at the same instant.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

from .errors import UnknownZone


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    """Every zone name of the tz database, such as `Europe/London`."""
    return frozenset(resources.files("tzdata").joinpath("zones").read_text("utf-8").split())


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """The zone called `name`. Raises UnknownZone."""
    if name not in names():
        raise UnknownZone(name)
    with resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def local_date(instant: datetime, zone_name: str) -> date:
    """The calendar day of `instant` in the zone."""
    return instant.astimezone(zone(zone_name)).date()


def days_since(since: date, zone_name: str, instant: datetime) -> int:
    """Whole calendar days from `since` to the day of `instant`, both in the zone."""
    return (local_date(instant, zone_name) - since).days


def next_midnight(instant: datetime, zone_name: str) -> datetime:
    """The first instant, in UTC, of the zone's next calendar day.

    Where a zone skips midnight (daylight saving at 00:00), the day begins at its first
    existing minute; where midnight comes twice, at the first.
    """
    here = zone(zone_name)
    day = instant.astimezone(here).date()
    low, high = instant, instant + timedelta(hours=50)
    start = datetime.combine(day + timedelta(days=1), time(), here).astimezone(UTC)
    guess = (start - timedelta(microseconds=1)).astimezone(here).date()
    if start > instant and guess == day and start.astimezone(here).date() > day:
        return start
    while high - low > timedelta(microseconds=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if middle.astimezone(here).date() <= day else (low, middle)
    return high.astimezone(UTC)


def instants_of(local: datetime, zone_name: str) -> tuple[datetime, ...]:
    """The instants, UTC, at which the zone's clocks show the naive time `local`.

    One as a rule; two where clocks are put back over it, none where they skip it.
    """
    here = zone(zone_name)
    found = [local.replace(tzinfo=here, fold=fold).astimezone(UTC) for fold in (0, 1)]
    shown = [i for i in found if i.astimezone(here).replace(tzinfo=None, fold=0) == local]
    return tuple(sorted(set(shown)))

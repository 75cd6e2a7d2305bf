"""What a masthead says: the values of its clocks, contacts, counters and notices."""

from dataclasses import dataclass
from datetime import date, datetime

from . import zones
from .errors import BadText, CounterFromFuture

LEVELS = ("information", "warning")
"""What a notice is: something to know, or something to heed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    label: str
    zone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    label: str
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Counter:
    """`text` holds `{days}` exactly once: the calendar days since `since` in `zone`."""

    key: str
    since: date
    zone: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    level: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MastheadText:
    """The whole of what a masthead says; `zone` None leaves the newsroom's zone as it is."""

    name: str
    zone: str | None = None
    clocks: tuple[Clock, ...] = ()
    contacts: tuple[Contact, ...] = ()
    counters: tuple[Counter, ...] = ()
    notices: tuple[Notice, ...] = ()

    def check(self) -> None:
        """Raises BadText for a key that stands there twice."""
        keys: dict[str, list[str]] = {
            "clocks": [clock.zone for clock in self.clocks],
            "contacts": [contact.label for contact in self.contacts],
            "counters": [counter.key for counter in self.counters],
            "notices": [f"{notice.level}: {notice.text}" for notice in self.notices],
        }
        for field, given in keys.items():
            twice = next((key for key in given if given.count(key) > 1), None)
            if twice is not None:
                raise BadText(field, f"“{twice[:80]}” stands there twice: keep one of them")

    def check_days(self, at: datetime) -> None:
        """Raises CounterFromFuture where a counter counts from a day that has not come by `at`."""
        for counter in self.counters:
            if counter.since > zones.local_date(at, counter.zone):
                raise CounterFromFuture(counter.key, counter.since)

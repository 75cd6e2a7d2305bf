"""What every aggregate of the newsroom shares: the marks of an event, and memory of commands."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from eventsourcing.domain import Aggregate

from .errors import RehearsalBehindHistory
from .instants import MICROSECOND

COMMAND_LINE = "cli"
"""The actor of what is done on the machine itself, where no account is signed in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """Who does something, by which command, and when.

    `timestamp` is the machine's clock, `at` the instant that the act takes effect unless it is
    scheduled or imported: `PUBLISHER_NOW` in a rehearsal, `timestamp` otherwise. All are UTC.
    """

    actor: str
    command_id: str
    command_sha256: str
    timestamp: datetime
    at: datetime
    rehearsal: bool = False

    @property
    def from_command_line(self) -> bool:
        return self.actor == COMMAND_LINE

    @property
    def horizon(self) -> datetime:
        """What is later than this is scheduled. A rehearsal stands for the whole of its second."""
        return self.at + timedelta(microseconds=999_999) if self.rehearsal else self.at

    def after(self, last: datetime | None) -> datetime:
        """From when a live act holds: `at`, but strictly later than the one before it.

        Raises RehearsalBehindHistory.
        """
        if last is None or last < self.at:
            return self.at
        if self.rehearsal and last >= self.horizon:
            raise RehearsalBehindHistory(last)
        return last + MICROSECOND

    def marks(self) -> dict[str, Any]:
        """The fields that every event carries."""
        return {
            "timestamp": self.timestamp,
            "actor": self.actor,
            "command_id": self.command_id,
            "command_sha256": self.command_sha256,
            "rehearsal": self.rehearsal,
        }


@dataclass(frozen=True)
class Effective:
    """The mark of an event with public effect: the instant from which it holds, UTC."""

    effective_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Remembered:
    """A command that an aggregate has carried out: its payload's hash, and the version it led to."""

    sha256: str
    version: int


@dataclass(frozen=True)
class Marked:
    """The marks of every event: who, by which command, and whether in a rehearsal."""

    actor: str
    command_id: str
    command_sha256: str
    rehearsal: bool

    def apply(self, aggregate: Any) -> None:
        """Remember the command, then assign (called by the library at each replay)."""
        version: int = self.originator_version  # type: ignore[attr-defined]
        aggregate.commands[self.command_id] = Remembered(sha256=self.command_sha256, version=version)
        self.assign(aggregate)

    def assign(self, aggregate: Any) -> None:
        """Change the aggregate's attributes; never refuse."""


class Recorded(Aggregate if TYPE_CHECKING else object):  # type: ignore[misc]
    """What an aggregate is that remembers its commands (mixed in before Aggregate)."""

    TOPIC: ClassVar[str]

    def __init__(self) -> None:
        self.commands: dict[str, Remembered] = {}

    def act(self, event: type[Any], act: Act, **fields: Any) -> None:
        """Trigger `event` with the marks of `act`."""
        self.trigger_event(event, **act.marks(), **fields)


EVENTS: dict[str, type[Any]] = {}
"""Every event class of the newsroom by its topic: nothing else may be read from a log."""

A = TypeVar("A", bound=type)


def registered(aggregate: A) -> A:
    """Note the events of an aggregate class in EVENTS (a class decorator)."""
    for value in vars(aggregate).values():
        if isinstance(value, type) and issubclass(value, Marked) and hasattr(value, "TOPIC"):
            EVENTS[value.TOPIC] = value
    return aggregate

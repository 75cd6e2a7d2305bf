"""The masthead: the newsroom's name, zone, clocks, contacts, counters, notices and pins.

Each key (a clock's zone, a contact's label, a counter's key, a notice's id, a pinned
publication) has its own line of instants, which only ever moves forward.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import Aggregate

from . import errors
from .masthead_text import LEVELS, Clock, Contact, Counter, MastheadText, Notice
from .recorded import Act, Effective, Marked, Recorded, registered

__all__ = ["LEVELS", "Clock", "Contact", "Counter", "Masthead", "MastheadText", "Notice", "Setting"]

Key = tuple[str, str]
"""What is set and its key: ("clock", "Europe/London"), ("name", "")."""


@dataclass(frozen=True)
class Setting(Effective):
    """An event that sets one key of the masthead, or takes it away."""

    def setting(self) -> tuple[str, str, dict[str, Any] | None]:
        """(what, key, value); value None where the event takes the setting away."""
        raise AssertionError(type(self))

    def assign(self, masthead: "Masthead") -> None:
        what, key, value = self.setting()
        masthead.last[what, key] = self.effective_at
        if value is None:
            masthead.settings.pop((what, key), None)
        else:
            masthead.settings[what, key] = masthead.settings.get((what, key), {}) | value
        if what == "zone" and value is not None:
            masthead.zone_history.append((self.effective_at, value["zone"]))


@registered
class Masthead(Recorded, Aggregate):
    TOPIC = "publisher.masthead"
    ID = uuid5(NAMESPACE_URL, "masthead")

    class Event(Marked, Aggregate.Event):
        pass

    Created = None  # type: ignore[assignment]  # the created event has a name of its own

    class Opened(Event, Aggregate.Created):
        TOPIC = "publisher.masthead.opened"
        newsroom: str

        def assign(self, masthead: "Masthead") -> None:
            masthead.newsroom = UUID(self.newsroom)

    class Named(Setting, Event):
        TOPIC = "publisher.masthead.named"
        name: str

        def setting(self) -> tuple[str, str, dict[str, Any] | None]:
            return "name", "", {"name": self.name}

    class ZoneSet(Setting, Event):
        TOPIC = "publisher.masthead.zone-set"
        zone: str

        def setting(self) -> tuple[str, str, dict[str, Any] | None]:
            return "zone", "", {"zone": self.zone}

    class ClockSet(Setting, Event):
        TOPIC = "publisher.masthead.clock-set"
        zone: str
        label: str
        order: int

        def setting(self) -> tuple[str, str, dict[str, Any] | None]:
            return "clock", self.zone, {"label": self.label, "order": self.order}

    class ClockRemoved(Setting, Event):
        TOPIC = "publisher.masthead.clock-removed"
        zone: str

        def setting(self) -> tuple[str, str, dict[str, Any] | None]:
            return "clock", self.zone, None

    class ContactSet(Setting, Event):
        TOPIC = "publisher.masthead.contact-set"
        label: str
        value: str
        order: int

        def setting(self) -> tuple[str, str, dict[str, Any] | None]:
            return "contact", self.label, {"value": self.value, "order": self.order}

    class ContactRemoved(Setting, Event):
        TOPIC = "publisher.masthead.contact-removed"
        label: str

        def setting(self) -> tuple[str, str, dict[str, Any] | None]:
            return "contact", self.label, None

    class CounterStarted(Setting, Event):
        TOPIC = "publisher.masthead.counter-started"
        key: str
        since: str
        zone: str
        text: str
        order: int

        def setting(self) -> tuple[str, str, dict[str, Any] | None]:
            value = {"since": self.since, "zone": self.zone, "text": self.text, "order": self.order}
            return "counter", self.key, value

    class CounterReworded(Setting, Event):
        TOPIC = "publisher.masthead.counter-reworded"
        key: str
        text: str
        order: int

        def setting(self) -> tuple[str, str, dict[str, Any] | None]:
            return "counter", self.key, {"text": self.text, "order": self.order}

    class CounterStopped(Setting, Event):
        TOPIC = "publisher.masthead.counter-stopped"
        key: str
        reason: str

        def setting(self) -> tuple[str, str, dict[str, Any] | None]:
            return "counter", self.key, None

    class NoticePosted(Setting, Event):
        TOPIC = "publisher.masthead.notice-posted"
        notice: str
        level: str
        text: str
        order: int

        def setting(self) -> tuple[str, str, dict[str, Any] | None]:
            return "notice", self.notice, {"level": self.level, "text": self.text, "order": self.order}

    class NoticeTakenDown(Setting, Event):
        TOPIC = "publisher.masthead.notice-taken-down"
        notice: str

        def setting(self) -> tuple[str, str, dict[str, Any] | None]:
            return "notice", self.notice, None

    class Pinned(Setting, Event):
        TOPIC = "publisher.masthead.pinned"
        publication: str

        def setting(self) -> tuple[str, str, dict[str, Any] | None]:
            return "pin", self.publication, {}

    class Unpinned(Setting, Event):
        TOPIC = "publisher.masthead.unpinned"
        publication: str

        def setting(self) -> tuple[str, str, dict[str, Any] | None]:
            return "pin", self.publication, None

    def __init__(self) -> None:
        super().__init__()
        self.newsroom = UUID(int=0)
        self.settings: dict[tuple[str, str], dict[str, Any]] = {}
        self.last: dict[tuple[str, str], datetime] = {}
        self.zone_history: list[tuple[datetime, str]] = []

    @classmethod
    def open(cls, newsroom: UUID, act: Act) -> Self:
        return cls._create(cls.Opened, id=cls.ID, newsroom=str(newsroom), **act.marks())

    def zone_at(self, instant: datetime, before: str) -> str:
        """The newsroom's zone in force at `instant`; `before` where none was set yet."""
        return next((z for e, z in reversed(self.zone_history) if e <= instant), before)

    def pin(self, publication: UUID, act: Act) -> None:
        if ("pin", str(publication)) in self.settings:
            raise errors.NothingChanged("the front page")
        effective_at = act.after(self.last.get(("pin", str(publication))))
        self.act(self.Pinned, act, publication=str(publication), effective_at=effective_at)

    def unpin(self, publication: UUID, act: Act) -> None:
        if ("pin", str(publication)) not in self.settings:
            raise errors.UnknownSetting("pinned publication", str(publication))
        effective_at = act.after(self.last.get(("pin", str(publication))))
        self.act(self.Unpinned, act, publication=str(publication), effective_at=effective_at)

    def shift_pin(self, publication: UUID, act: Act, *, earlier: bool) -> None:
        """Let a pinned publication change places with its neighbour in the order of the pins.

        That order is the order of pinning: the later of the two, and all after it, are pinned anew.
        """
        pins = [key for what, key in self.settings if what == "pin"]
        if str(publication) not in pins:
            raise errors.UnknownSetting("pinned publication", str(publication))
        at = pins.index(str(publication)) - (1 if earlier else 0)
        if not 0 <= at < len(pins) - 1:
            raise errors.NothingChanged("the front page")
        for pin in (pins[at], *pins[at + 2 :]):
            self.unpin(UUID(pin), act)
            self.pin(UUID(pin), act)

    def replace(
        self, wanted: MastheadText, act: Act, *, stop_reason: str, imported_at: datetime | None = None
    ) -> None:
        """Make the masthead say `wanted`, by as few events as that takes.

        `imported_at` is the past instant from which an imported masthead held.
        Raises BadText for a key that stands there twice, CounterFromFuture, InstantTooEarly,
        NothingChanged.
        """
        wanted.check()
        wanted.check_days(imported_at or act.at)
        changes = list(self._changes(wanted, act, stop_reason))
        if not changes and imported_at is None:
            raise errors.NothingChanged("the masthead")
        if not changes:  # the line must be remembered all the same
            changes = [(self.Named, ("name", ""), {"name": wanted.name})]
        if imported_at is not None:
            self._check_import(imported_at)
        # Every instant is found before the first event: a refusal leaves nothing behind.
        instants = [imported_at or act.after(self.last.get(key)) for _, key, _ in changes]
        for (event, _, fields), effective_at in zip(changes, instants, strict=True):
            self.act(event, act, effective_at=effective_at, **fields)

    def _check_import(self, at: datetime) -> None:
        # A whole masthead from `at` on would show through what was set later under other keys.
        newest = max((e for (what, _), e in self.last.items() if what != "pin"), default=None)
        if newest is not None and at <= newest:
            raise errors.InstantTooEarly(at, newest)

    def _changes(
        self, wanted: MastheadText, act: Act, stop_reason: str
    ) -> Iterator[tuple[Any, Key, dict[str, Any]]]:
        if self.settings.get(("name", "")) != {"name": wanted.name}:
            yield self.Named, ("name", ""), {"name": wanted.name}
        if wanted.zone and self.settings.get(("zone", "")) != {"zone": wanted.zone}:
            yield self.ZoneSet, ("zone", ""), {"zone": wanted.zone}
        for order, clock in enumerate(wanted.clocks):
            if self._differs("clock", clock.zone, label=clock.label, order=order):
                yield self.ClockSet, ("clock", clock.zone), {
                    "zone": clock.zone, "label": clock.label, "order": order,
                }  # fmt: skip
        for key in self._missing("clock", [c.zone for c in wanted.clocks]):
            yield self.ClockRemoved, ("clock", key), {"zone": key}
        for order, contact in enumerate(wanted.contacts):
            if self._differs("contact", contact.label, value=contact.value, order=order):
                yield self.ContactSet, ("contact", contact.label), {
                    "label": contact.label, "value": contact.value, "order": order,
                }  # fmt: skip
        for key in self._missing("contact", [c.label for c in wanted.contacts]):
            yield self.ContactRemoved, ("contact", key), {"label": key}
        yield from self._counter_changes(wanted.counters, stop_reason)
        yield from self._notice_changes(wanted.notices, act)

    def _counter_changes(
        self, counters: Sequence[Counter], stop_reason: str
    ) -> Iterator[tuple[Any, Key, dict[str, Any]]]:
        for order, counter in enumerate(counters):
            key = ("counter", counter.key)
            since = counter.since.isoformat()
            if self._differs(*key, since=since, zone=counter.zone):
                yield self.CounterStarted, key, {
                    "key": counter.key, "since": since, "zone": counter.zone,
                    "text": counter.text, "order": order,
                }  # fmt: skip
            elif self._differs(*key, text=counter.text, order=order):
                yield self.CounterReworded, key, {
                    "key": counter.key, "text": counter.text, "order": order,
                }  # fmt: skip
        for gone in self._missing("counter", [c.key for c in counters]):
            yield self.CounterStopped, ("counter", gone), {"key": gone, "reason": stop_reason}

    def _notice_changes(
        self, notices: Sequence[Notice], act: Act
    ) -> Iterator[tuple[Any, Key, dict[str, Any]]]:
        posted = {(v["level"], v["text"]): k for (what, k), v in self.settings.items() if what == "notice"}
        kept = []
        for order, notice in enumerate(notices):
            derived = str(uuid5(UUID(act.command_id), f"notice {order}"))
            key = posted.get((notice.level, notice.text), derived)
            kept.append(key)
            if self._differs("notice", key, level=notice.level, text=notice.text, order=order):
                yield self.NoticePosted, ("notice", key), {
                    "notice": key, "level": notice.level, "text": notice.text, "order": order,
                }  # fmt: skip
        for gone in self._missing("notice", kept):
            yield self.NoticeTakenDown, ("notice", gone), {"notice": gone}

    def _differs(self, what: str, key: str, **values: Any) -> bool:
        held = self.settings.get((what, key))
        return held is None or any(held.get(name) != value for name, value in values.items())

    def _missing(self, what: str, wanted: Sequence[str]) -> list[str]:
        return [k for (w, k) in self.settings if w == what and k not in wanted]

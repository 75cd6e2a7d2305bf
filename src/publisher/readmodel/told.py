"""An event as the views take it: its position, its ids as text, its instants as microseconds."""

from dataclasses import dataclass
from typing import Any

from ..domain import account, address  # noqa: F401 - EVENTS has theirs once they are imported
from ..domain.instants import FOREVER, to_micros
from ..domain.masthead import Masthead
from ..domain.publication import Publication
from ..domain.recorded import EVENTS, Effective


@dataclass(frozen=True, slots=True)
class Nature:
    """What a type of events has in common. `folder` is the first part of its subject's name."""

    topic: str
    folder: str
    effective: bool
    public: bool
    hiding: bool


@dataclass(slots=True)
class Told:
    """One event of a batch.

    `subject` is its aggregate's id; `e` the instant of its effect, None where it has none; `public`
    the instant from which public answers depend on it: None means never, all of time where a text is
    suppressed. Cancelling what nobody saw makes it never.
    """

    position: int
    event: Any
    nature: Nature
    subject: str
    recorded: int
    e: int | None
    public: int | None

    @property
    def effect(self) -> int:
        """`e` of an event that has one."""
        assert self.e is not None
        return self.e


def tell(position: int, event: Any) -> Told:
    nature = NATURES[type(event)]
    e = to_micros(event.effective_at) if nature.effective else None
    return Told(
        position,
        event,
        nature,
        str(event.originator_id),
        to_micros(event.timestamp),
        e,
        -FOREVER if nature.hiding else e if nature.public else None,
    )


def _nature(kind: Any) -> Nature:
    effective = issubclass(kind, Effective)
    return Nature(
        topic=kind.TOPIC,
        folder=kind.TOPIC.split(".")[1],
        effective=effective,
        public=effective and issubclass(kind, (Publication.Event, Masthead.Event)),
        hiding=issubclass(kind, (Publication.Removed, Publication.Redacted)),
    )


NATURES = {kind: _nature(kind) for kind in EVENTS.values()}
"""Of every type of events that a log may hold."""

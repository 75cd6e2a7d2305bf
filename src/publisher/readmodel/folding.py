"""What each event does to the rows of the read models, in memory, one batch at a time."""

import sqlite3
from collections.abc import Iterable
from typing import Any

from . import tables
from .asking import Contents
from .fold_publications import PublicationFold
from .fold_settings import AccountFold, MastheadFold
from .steps import Steps
from .told import Told, tell


class Fold:
    """The rows of one batch of events: `load` once, `apply` each in turn, `write` once."""

    def __init__(self, contents: Contents) -> None:
        self.public: int | None = None
        """The last position of public effect in this batch."""
        self._steps = Steps()
        self._publications = PublicationFold(contents, self._steps)
        self._parts: dict[str, PublicationFold | MastheadFold | AccountFold] = {
            "publication": self._publications,
            "masthead": MastheadFold(),
            "account": AccountFold(),
        }
        self._events: list[tuple[Any, ...]] = []

    @property
    def erased(self) -> bool:
        """Whether `write` took texts out that the views had."""
        return self._publications.erased

    def load(self, raw: sqlite3.Connection, batch: Iterable[tuple[int, Any]]) -> list[Told]:
        """Fetch the rows that the events may change; the events, to be applied in turn."""
        told = [tell(position, event) for position, event in batch]
        for folder, part in self._parts.items():
            part.load(raw, [each for each in told if each.nature.folder == folder])
        return told

    def apply(self, told: Told) -> None:
        """Change the rows by one event."""
        part = self._parts.get(told.nature.folder)
        if part is not None:
            part.apply(told)
        if told.public is not None:
            self.public = told.position
            self._steps.rise(told.public, told.position)
        self._events.append(_event_row(told))

    def write(self, raw: sqlite3.Connection) -> None:
        """Store what changed, by the driver's executemany."""
        for part in self._parts.values():
            part.write(raw)
        raw.executemany(tables.insert_sql(tables.event), self._events)
        self._steps.write(raw)


def _event_row(told: Told) -> tuple[Any, ...]:
    """In the order of the table's columns."""
    event, nature = told.event, told.nature
    return (
        told.position,
        told.recorded,
        told.e,
        told.public,
        nature.topic,
        event.actor,
        f"{nature.folder}/{told.subject}",
        event.command_id,
        int(event.rehearsal),
    )

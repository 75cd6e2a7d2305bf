"""What the events of publications do to the archives of the feeds: entries in the order in which they came.

An entry is a segment that moved its publication to the top of the feeds. Each feed has its own row of
entries, cut into pages; a new one only ever comes at the end. What is scheduled waits for its instant
beside them, and takes its place with the first event after that.
"""

import json
import sqlite3
from collections.abc import Iterable

from . import tables
from .sheets import Row
from .texts import labels

PAGE = 20
"""How many entries fill a page of an archive."""
EVERYTHING = ""
"""The name of the feed of everything; the others are facets such as `topic:trade`."""


class ArchiveFold:
    """What one batch adds to the archives."""

    def __init__(self) -> None:
        self._waiting: list[tuple[int, int, tuple[str, ...]]] = []
        self._waited: list[tuple[int, int, tuple[str, ...]]] = []
        self._added: dict[str, list[int]] = {}
        self._taken: dict[str, set[int]] = {}

    def load(self, raw: sqlite3.Connection) -> None:
        """Fetch what waits for its instant."""
        found = raw.execute("SELECT due, segment, feeds FROM waiting ORDER BY due, segment")
        self._waited = [(due, segment, tuple(json.loads(feeds))) for due, segment, feeds in found]
        self._waiting = list(self._waited)

    def until(self, recorded: int) -> None:
        """Let in what was due by the instant at which the next event is recorded."""
        while self._waiting and self._waiting[0][0] <= recorded:
            _, segment, feeds = self._waiting.pop(0)
            self._let_in(segment, feeds)

    def add(self, segment: Row, edition: Row) -> None:
        """An entry that comes at its instant, or at once where that is past."""
        feeds = (EVERYTHING, *_feeds(segment, edition))
        if segment["valid_from"] <= segment["recorded"]:
            self._let_in(segment["id"], feeds)
        else:
            # In the order of their names: that of a set is another in each process.
            self._waiting.append((segment["valid_from"], segment["id"], tuple(sorted(feeds))))
            self._waiting.sort()

    def cancel(self, segment: int) -> None:
        """An entry that will not come after all."""
        self._waiting = [each for each in self._waiting if each[1] != segment]

    def forget(self, segments: Iterable[int], edition: Row) -> None:
        """The text of an edition is gone for good, and so is what tells in which lists it was.

        A rebuild can't know it, so the entries leave those lists; that of everything keeps them.
        """
        gone = set(segments)
        for feed in _labelled(edition):
            added = self._added.get(feed, [])
            self._taken.setdefault(feed, set()).update(gone.difference(added))
            self._added[feed] = [each for each in added if each not in gone]

    def write(self, raw: sqlite3.Connection) -> None:
        if self._waiting != self._waited:
            raw.execute("DELETE FROM waiting")
            raw.executemany(
                tables.insert_sql(tables.waiting),
                [(s, due, _text(feeds)) for due, s, feeds in self._waiting],
            )
        for feed, added in self._added.items():
            taken = self._taken.get(feed)
            start, held = _every_page(raw, feed) if taken else _last_page(raw, feed)
            entries = [each for each in held if each not in taken] if taken else held
            if taken:
                raw.execute("DELETE FROM archive WHERE feed = ?", (feed,))
            raw.executemany(_PUT, _pages(feed, start, entries + added))

    def _let_in(self, segment: int, feeds: Iterable[str]) -> None:
        for feed in feeds:
            self._added.setdefault(feed, []).append(segment)


def _feeds(segment: Row, edition: Row) -> list[str]:
    return [] if segment["suppressed"] == tables.REDACTED else _labelled(edition)


def _labelled(edition: Row) -> list[str]:
    return [feed for feed, _ in labels(edition)]


def _every_page(raw: sqlite3.Connection, feed: str) -> tuple[int, list[int]]:
    found = raw.execute("SELECT entries FROM archive WHERE feed = ? ORDER BY page", (feed,))
    return 1, [entry for (entries,) in found for entry in json.loads(entries)]


def _last_page(raw: sqlite3.Connection, feed: str) -> tuple[int, list[int]]:
    last = raw.execute(_LAST, (feed,)).fetchone()
    return (last[0], json.loads(last[1])) if last else (1, [])


def _pages(feed: str, start: int, entries: list[int]) -> list[tuple[str, int, str]]:
    """The rows of the pages from the number `start` on."""
    parts = [entries[at : at + PAGE] for at in range(0, len(entries), PAGE)]
    return [(feed, number, _text(part)) for number, part in enumerate(parts, start)]


def _text(values: Iterable[int | str]) -> str:
    return json.dumps(list(values), ensure_ascii=False, separators=(",", ":"))


_LAST = "SELECT page, entries FROM archive WHERE feed = ? ORDER BY page DESC LIMIT 1"
_PUT = "INSERT OR REPLACE INTO archive VALUES (?, ?, ?)"

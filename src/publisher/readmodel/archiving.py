"""The archives of the feeds: every entry that there ever was, as it was when it came."""

import json
import sqlite3
from datetime import datetime

from sqlalchemy import func, select

from ..domain.instants import from_micros, to_micros
from ..domain.publication import Publication
from . import tables
from .asking import AT, Queries, of_segment, reason_of
from .feeding import entry_of
from .fold_archives import EVERYTHING, PAGE
from .rows import ArchivePage, ArchiveTail
from .statements import Found, Statement, a_number, a_text
from .tables import archive, edition, event, masthead, segment, waiting


class ArchiveQueries(Queries):
    """Pages of entries, the oldest first; a page that is full never gets another one."""

    def archive_tail(self, t: datetime, facet: str | None = None) -> ArchiveTail:
        """How many pages of a feed's archive are full, and what the last one holds that is not."""
        feed = facet or EVERYTHING
        with self._reading() as connection:
            page, entries = _last(connection, feed, t)
            full, begun = page - 1 + len(entries) // PAGE, entries[len(entries) // PAGE * PAGE :]
            pubs = {row.pub for row in _rows(connection, begun)}
            redactions = _REDACTIONS.scalar(connection)
        return ArchiveTail(full=full, begun=frozenset(pubs), count=len(begun), redactions=redactions)

    def archive_page(self, t: datetime, facet: str | None, page: int, count: int) -> ArchivePage | None:
        """The first `count` entries of a page, the newest first; None where it has not as many by `t`.

        Of several entries of one publication the last. What was hidden since is left out.
        """
        with self._reading() as connection:
            entries = _entries(connection, facet or EVERYTHING, page, t)[:count]
            if len(entries) < count:
                return None
            every = _rows(connection, entries)
            redactions = _REDACTIONS.scalar(connection)
            complete = max((max(row.valid_from, row.recorded) for row in every), default=0)
            said = {what: _said(connection, what, max(entries), complete) for what in ("name", "zone")}
        due = [row for row in every if row.valid_from <= to_micros(t)]  # a rehearsal is in the past
        order = {entry: place for place, entry in enumerate(entries)}
        newest = {row.pub: row for row in sorted(due, key=lambda row: order[row.id])}
        rows = sorted(newest.values(), key=lambda row: -order[row.id])
        contents = self._contents([row.sha256 for row in rows if row.suppressed == tables.SHOWN])
        found = (entry_of(row, contents.get(row.sha256)) for row in rows)
        return ArchivePage(
            rows=tuple(entry for entry in found if entry.content or entry.status == "removed"),
            complete=from_micros(complete),
            redactions=redactions,
            hidden=sum(row.suppressed == tables.REMOVED and row.status != "removed" for row in rows),
            name=said["name"],
            zone=said["zone"] or self._zone,
        )


def _last(connection: sqlite3.Connection, feed: str, t: datetime) -> tuple[int, list[int]]:
    """The number of the last stored page and its entries, and what was due after them."""
    last = _LAST.first(connection, feed=feed)
    page, entries = (last.page, json.loads(last.entries)) if last else (1, [])
    return page, entries + _due(connection, feed, t)


def _entries(connection: sqlite3.Connection, feed: str, page: int, t: datetime) -> list[int]:
    """Those of a page by `t`."""
    last, entries = _last(connection, feed, t)
    if page < last:
        return list(json.loads(_PAGE.scalar(connection, feed=feed, page=page) or "[]"))
    return entries[(page - last) * PAGE :][:PAGE]


def _due(connection: sqlite3.Connection, feed: str, t: datetime) -> list[int]:
    """What was scheduled and came since the last event, in the order in which it will be stored."""
    found = _DUE.all(connection, at=to_micros(t))
    return [row.segment for row in found if feed in json.loads(row.feeds)]


def _rows(connection: sqlite3.Connection, entries: list[int]) -> list[Found]:
    named = dict.fromkeys(_NAMES) | dict(zip(_NAMES, entries, strict=False))
    return _ROWS.all(connection, **named)


def _said(connection: sqlite3.Connection, what: str, position: int, at: int) -> str | None:
    """The newsroom's name or zone as of a position of the log: no later import changes that."""
    value = _SAID.scalar(connection, what=what, position=position, at=at)
    return json.loads(value)[what] if value else None


_NAMES = [f"entry{number}" for number in range(PAGE)]
_LAST = Statement(
    select(archive.c.page, archive.c.entries)
    .where(archive.c.feed == a_text("feed"))
    .order_by(archive.c.page.desc())
    .limit(1)
)
_PAGE = Statement(
    select(archive.c.entries).where(archive.c.feed == a_text("feed"), archive.c.page == a_number("page"))
)
_DUE = Statement(
    select(waiting.c.segment, waiting.c.feeds)
    .where(waiting.c.due <= AT)
    .order_by(waiting.c.due, waiting.c.segment)
)
_ROWS = Statement(
    select(
        segment.c.id,
        segment.c.pub,
        segment.c.valid_from,
        segment.c.recorded,
        segment.c.path,
        segment.c.status,
        segment.c.published,
        segment.c.bumped,
        segment.c.edition,
        segment.c.suppressed,
        edition.c.sha256,
        edition.c.title,
        reason_of(segment.c.status, segment.c.valid_from).label("reason"),
    )
    .join(edition, of_segment())
    .where(segment.c.id.in_([a_number(name) for name in _NAMES]))
)
_SAID = Statement(
    select(masthead.c.value)
    .where(masthead.c.what == a_text("what"))
    .where(masthead.c.id <= a_number("position"), masthead.c.valid_from <= AT)
    .order_by(masthead.c.id.desc())
    .limit(1)
)
_REDACTIONS = Statement(
    select(func.count().label("number"))
    .select_from(event)
    .where(event.c.type == Publication.Redacted.TOPIC)
)

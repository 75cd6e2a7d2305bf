"""The entries of a feed as of an instant, with those that say that something is gone."""

import functools
from datetime import datetime, timedelta

from sqlalchemy import Table, null, select

from ..domain.content import Content
from ..domain.instants import from_micros, to_micros
from . import tables
from .asking import AT, Queries, holds, of_segment, reason_of, shown
from .rows import FeedRow
from .statements import Found, Statement, a_number, a_text
from .tables import edition, facet, segment

TOMBSTONE = timedelta(days=30)
"""How long a feed says that a publication was withdrawn or removed."""


class FeedQueries(Queries):
    """What changed last, newest first, then by the id."""

    def feed(self, t: datetime, facet: str | None = None, limit: int = 20) -> tuple[FeedRow, ...]:
        """The `limit` live entries changed last, and what was withdrawn or removed in 30 days.

        At most `limit` of each status; in one order, by the instant of their change.
        """
        asked = {"at": to_micros(t), "since": to_micros(t - TOMBSTONE), "facet": facet, "limit": limit}
        found: list[Found] = []
        with self._reading() as connection:
            for status in ("live", "withdrawn", "removed"):
                found += _entries(status, by_facet=bool(facet)).all(connection, **asked)
        found.sort(key=lambda row: (-row.bumped, row.pub))
        shown = [row.sha256 for row in found if row.suppressed == tables.SHOWN]
        contents = self._contents(shown)
        return tuple(entry_of(row, contents.get(row.sha256)) for row in found)


def entry_of(row: Found, stored: bytes | None) -> FeedRow:
    """An entry with its text, where that may be seen."""
    seen = stored is not None and row.suppressed == tables.SHOWN
    return FeedRow(
        publication=row.pub,
        path=row.path,
        status=row.status,
        published=from_micros(row.published),
        updated=from_micros(row.bumped),
        edition=row.edition,
        content=Content.parse(stored) if stored is not None and seen else None,
        title=row.title,
        reason=row.reason,
    )


@functools.cache
def _entries(status: str, *, by_facet: bool) -> Statement:
    """The newest of one status, in the order of an index, which ends the walk at `limit`."""
    source: Table = facet if by_facet else segment
    wanted = (
        select(
            segment.c.pub,
            segment.c.path,
            segment.c.status,
            segment.c.published,
            segment.c.bumped,
            segment.c.edition,
            segment.c.suppressed,
            edition.c.sha256,
            edition.c.title,
            (null() if status == "live" else reason_of(status, AT)).label("reason"),
        )
        .select_from(source)
        .where(source.c.status == status, source.c.bumped <= AT, holds(source))
        .order_by(source.c.bumped.desc(), source.c.pub)
        .limit(a_number("limit"))
    )
    if by_facet:
        wanted = wanted.join(segment, segment.c.id == facet.c.segment).where(
            facet.c.facet == a_text("facet")
        )
    if status != "live":
        wanted = wanted.where(source.c.bumped > a_number("since"))
    if status != "removed":  # a removal hides the text and says so itself
        wanted = wanted.where(shown(source))
    return Statement(wanted.join(edition, of_segment()))

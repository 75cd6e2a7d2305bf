"""The entries of a feed as of an instant, with those that say that something is gone."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, Table, select

from ..domain.instants import from_micros, to_micros
from . import tables
from .asking import Found, Queries, holds, of_segment, shown
from .rows import FeedRow
from .tables import edition, facet, reason, segment

TOMBSTONE = timedelta(days=30)
"""How long a feed says that a publication was withdrawn or removed."""


class FeedQueries(Queries):
    """What changed last, newest first, then by the id."""

    def feed(self, t: datetime, facet: str | None = None, limit: int = 20) -> tuple[FeedRow, ...]:
        """The `limit` live entries changed last, and what was withdrawn or removed in 30 days.

        At most `limit` of each status; in one order, by the instant of their change.
        """
        at, since = to_micros(t), to_micros(t - TOMBSTONE)
        found: list[Found] = []
        with self._reading() as connection:
            for status in ("live", "withdrawn", "removed"):
                found += connection.execute(_entries(status, at, since, facet, limit))
        found.sort(key=lambda row: (-row.bumped, row.pub))
        return tuple(self._entry(row) for row in found)

    def _entry(self, row: Found) -> FeedRow:
        return FeedRow(
            publication=row.pub,
            path=row.path,
            status=row.status,
            published=from_micros(row.published),
            updated=from_micros(row.bumped),
            edition=row.edition,
            content=self._content(row.sha256) if row.suppressed == tables.SHOWN else None,
            title=row.title,
            reason=row.reason if row.status != "live" else None,
        )


def _entries(status: str, at: int, since: int, name: str | None, limit: int) -> Select[Any]:
    """The newest of one status, cut in the index before anything is joined."""
    source: Table = facet if name else segment
    chosen = (
        select((source.c.segment if name else source.c.id).label("id"))
        .where(source.c.status == status, source.c.bumped <= at, holds(source, at))
        .order_by(source.c.bumped.desc(), source.c.pub)
        .limit(limit)
    )
    if name:
        chosen = chosen.where(source.c.facet == name)
    if status != "live":
        chosen = chosen.where(source.c.bumped > since)
    if status != "removed":  # a removal hides the text and says so itself
        chosen = chosen.where(shown(source))
    ids = chosen.subquery()
    return (
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
            reason_at(status, at).label("reason"),
        )
        .select_from(ids)
        .join(segment, segment.c.id == ids.c.id)
        .join(edition, of_segment())
    )


def reason_at(status: str, at: int) -> Any:
    """The text of the newest withdrawal or removal of a segment's publication, up to `at`."""
    latest = (
        select(reason.c.text)
        .where(reason.c.pub == segment.c.pub, reason.c.kind == status, reason.c.valid_from <= at)
        .order_by(reason.c.valid_from.desc(), reason.c.id.desc())
        .limit(1)
    )
    return latest.correlate(segment).scalar_subquery()

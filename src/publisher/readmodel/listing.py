"""Lists as of an instant: the front page, archives by time and facet, corrections, tallies."""

import functools
import sqlite3
from collections import Counter
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, Table, exists, func, select

from ..domain.instants import from_micros, to_micros
from . import counting, tables
from .asking import AT, holds, instant, note_holds, of_segment, shown
from .heading import HeadingQueries
from .rows import ListedRow, PageOf, Tally
from .statements import Found, Statement, a_number, a_text
from .tables import edition, facet, note, segment

YEARS = range(1000, 9999)
_CALENDAR = {"year": 4, "month": 7}
"""How much of `2020-05` tells them."""
_A_DAY_AND_A_HALF = timedelta(hours=36)

Conditions = list[ColumnElement[bool]]


class ListingQueries(HeadingQueries):
    """What is live at `t`, newest first, then by the id."""

    def front(self, t: datetime, least: int = 20) -> tuple[ListedRow, ...]:
        """What is pinned and live, in the order of pinning, then the `least` newest others."""
        pins = self.masthead(t).pinned
        if not pins:
            return self.latest(t, least)
        with self._reading() as connection:
            found = [LIVE_PUBLICATION.first(connection, at=to_micros(t), pub=pub) for pub in pins]
        first = tuple(listed_row(row, pinned=True) for row in found if row is not None)
        return first + self.latest(t, least, without={row.publication for row in first})

    def latest(
        self, t: datetime, limit: int, without: Collection[str] | None = None
    ) -> tuple[ListedRow, ...]:
        """The `limit` newest publications, those named in `without` left out."""
        left_out = frozenset(without or ())
        with self._reading() as connection:
            found = _LATEST.all(connection, at=to_micros(t), limit=limit + len(left_out))
        return tuple(listed_row(row) for row in [r for r in found if r.pub not in left_out][:limit])

    def listing(
        self,
        t: datetime,
        *,
        facet: str | None = None,
        year: int | None = None,
        month: int | None = None,
        page: int = 1,
        size: int = 50,
    ) -> PageOf:
        """A page of what is live: all of it, of a facet such as `topic:trade`, a year, or its month.

        Pages count from 1; one past the last has no rows.
        """
        if year is not None and year not in YEARS:
            return PageOf(rows=(), total=0, number=page, size=size)
        offset = (max(page, 1) - 1) * size
        asked = {"at": to_micros(t), "facet": facet, "limit": size, "offset": offset}
        if year is not None:
            asked |= _span(year, month)
        shape = (bool(facet), "" if year is None else "year" if month is None else "month")
        with self._reading() as connection:
            total = _total(connection, shape, asked, facet)
            rows = _page(*shape).all(connection, **asked) if offset < total else ()
        return PageOf(rows=tuple(map(listed_row, rows)), total=total, number=page, size=size)

    def tallies(self, t: datetime, what: str) -> tuple[Tally, ...]:
        """How many live publications each year, month, kind, topic, person or language has.

        Years (`2020`) and months (`2020-05`) newest first; the others by number, then key.
        """
        calendar = _CALENDAR.get(what)
        with self._reading() as connection:
            found = counting.numbers(connection, to_micros(t), counting.BY_MONTH if calendar else what)
        labels: dict[str, str] = {}
        numbers: Counter[str] = Counter()
        for row in found:
            key, label = row.key[:calendar], row.label[:calendar]
            numbers[key] += row.number
            labels[key] = max(labels.get(key, ""), label)
        order = (
            sorted(numbers, reverse=True) if calendar else sorted(numbers, key=lambda k: (-numbers[k], k))
        )
        return tuple(Tally(key=key, label=labels[key], count=numbers[key]) for key in order)

    def corrections(self, t: datetime, limit: int, offset: int = 0) -> tuple[ListedRow, ...]:
        """Corrections of what is live, as those editions were; newest first, `limit` after `offset`."""
        asked = {"at": to_micros(t), "limit": limit, "offset": offset}
        with self._reading() as connection:
            return tuple(map(listed_row, _CORRECTIONS.all(connection, **asked)))


def live(source: Table) -> Conditions:
    """What is live at AT. That `published` is not later is no news, but a seek in the index."""
    return [source.c.status == "live", source.c.published <= AT, holds(source), shown(source)]


def described(chosen: Subquery | Table) -> Select[Any]:
    """The columns of a listed row, for the segments whose `id` was chosen."""
    wanted = _columns().select_from(chosen)
    if chosen is not segment:
        wanted = wanted.join(segment, segment.c.id == chosen.c.id)
    return wanted.join(edition, of_segment()).outerjoin(note, note_holds())


def listed_row(row: Found, *, pinned: bool = False) -> ListedRow:
    amended = row.number > 1
    return ListedRow(
        publication=row.pub,
        path=row.path,
        kind=row.kind,
        language=row.language,
        title=row.title,
        summary=row.summary,
        published=from_micros(row.published),
        edition=row.number,
        significance=row.significance if amended else None,
        note=row.text if amended else None,
        amended=instant(row.valid_from) if amended else None,
        pinned=pinned,
    )


def _columns() -> Select[Any]:
    return select(
        segment.c.pub,
        segment.c.path,
        segment.c.published,
        edition.c.kind,
        edition.c.language,
        edition.c.title,
        edition.c.summary,
        edition.c.number,
        edition.c.significance,
        edition.c.valid_from,
        note.c.text,
    )


_NEWEST = (segment.c.published.desc(), segment.c.pub)
LIVE_PUBLICATION = Statement(
    described(segment).where(
        segment.c.pub == a_text("pub"), segment.c.status == "live", holds(segment), shown(segment)
    )
)
"""A publication by its id, where it is live."""

_LATEST = Statement(described(segment).where(*live(segment)).order_by(*_NEWEST).limit(a_number("limit")))
_CORRECTIONS = Statement(
    _columns()
    .select_from(edition)
    .join(segment, segment.c.pub == edition.c.pub)
    .outerjoin(note, note_holds())
    .where(edition.c.significance == "correction", edition.c.valid_from <= AT)
    .where(edition.c.redacted.is_(None), segment.c.status == "live", holds(segment))
    .where(segment.c.suppressed != tables.REMOVED)
    .order_by(edition.c.valid_from.desc(), edition.c.pub, edition.c.number.desc())
    .limit(a_number("limit"))
    .offset(a_number("offset"))
)


def _total(
    connection: sqlite3.Connection, shape: tuple[bool, str], asked: dict[str, Any], facet: str | None
) -> int:
    """How many a list holds: a sum that is kept; only a facet's year or month is counted row by row."""
    at, (by_facet, span) = asked["at"], shape
    if by_facet and span:
        return int(_number_of(span).scalar(connection, **asked))
    if facet:
        what, _, key = facet.partition(":")
        return counting.number(connection, at, what, key, key)
    if span:
        return counting.number(connection, at, counting.BY_MONTH, asked["first"], asked["last"])
    return counting.number(connection, at, counting.ALL)


@functools.cache
def _number_of(span: str) -> Statement:
    """How many of a facet are of a year or month."""
    conditions = _conditions(True, span)  # noqa: FBT003
    return Statement(select(func.count().label("number")).select_from(facet).where(*conditions))


@functools.cache
def _page(by_facet: bool, span: str) -> Statement:  # noqa: FBT001
    """A part of a list, cut in the index before anything is joined to it."""
    source = facet if by_facet else segment
    chosen = (
        select((facet.c.segment if by_facet else segment.c.id).label("id"))
        .where(*_conditions(by_facet, span))
        .order_by(source.c.published.desc(), source.c.pub)
        .limit(a_number("limit"))
        .offset(a_number("offset"))
        .subquery()
    )
    return Statement(described(chosen).order_by(*_NEWEST))


def _conditions(by_facet: bool, span: str) -> Conditions:  # noqa: FBT001
    source = facet if by_facet else segment
    conditions = live(source)
    if by_facet:
        conditions.append(facet.c.facet == a_text("facet"))
    if not span:
        return conditions
    if span == "month" and not by_facet:
        return [*conditions, segment.c.month == a_text("first")]
    within: ColumnElement[bool] = segment.c.month.between(a_text("first"), a_text("last"))
    if by_facet:
        within = exists().where(segment.c.id == facet.c.segment, within)
    # The year or month of a path is the newsroom's own; the bounds in UTC are only a seek.
    return [
        *conditions,
        source.c.published >= a_number("since"),
        source.c.published < a_number("until"),
        within,
    ]


def _span(year: int, month: int | None) -> dict[str, Any]:
    return {
        "first": f"{year:04}-{month or 1:02}",
        "last": f"{year:04}-{month or 12:02}",
        "since": to_micros(datetime(year, 1, 1, tzinfo=UTC) - _A_DAY_AND_A_HALF),
        "until": to_micros(datetime(year + 1, 1, 1, tzinfo=UTC) + _A_DAY_AND_A_HALF),
    }

"""Lists as of an instant: the front page, archives by time and facet, corrections, tallies."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, select

from ..domain.instants import from_micros, to_micros
from . import tables
from .asking import Found, holds, instant, note_at, of_segment, shown
from .heading import HeadingQueries
from .rows import ListedRow, PageOf, Tally
from .tables import edition, facet, note, segment

YEARS = range(1000, 9999)
_A_DAY_AND_A_HALF = timedelta(hours=36)

Conditions = list[ColumnElement[bool]]


class ListingQueries(HeadingQueries):
    """What is live at `t`, newest first, then by the id."""

    def front(self, t: datetime, least: int = 20) -> tuple[ListedRow, ...]:
        """What is pinned and live, in the order of pinning, then the `least` newest others."""
        pins = self.masthead(t).pinned
        if not pins:
            return self.latest(t, least)
        at = to_micros(t)
        chosen = [*live(segment, at), segment.c.pub.in_(pins)]
        found = {row.publication: row for row in self._listed(at, segment, chosen, pinned=True)}
        first = tuple(found[pub] for pub in pins if pub in found)
        return first + self.latest(t, least, without=found)

    def latest(
        self, t: datetime, limit: int, without: Collection[str] | None = None
    ) -> tuple[ListedRow, ...]:
        """The `limit` newest publications, those named in `without` left out."""
        at = to_micros(t)
        conditions = live(segment, at)
        if without:
            conditions.append(segment.c.pub.not_in(list(without)))
        return self._listed(at, segment, conditions, limit=limit)

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
        at, source = to_micros(t), tables.facet if facet else segment
        conditions = live(source, at)
        if facet:
            conditions.append(source.c.facet == facet)
        if year is not None:
            if year not in YEARS:
                return PageOf(rows=(), total=0, number=page, size=size)
            conditions += _within(source, year, month)
        with self._reading() as connection:
            total = connection.execute(_count(source, conditions)).scalar_one()
        offset = (max(page, 1) - 1) * size
        rows = self._listed(at, source, conditions, limit=size, offset=offset) if offset < total else ()
        return PageOf(rows=rows, total=total, number=page, size=size)

    def tallies(self, t: datetime, what: str) -> tuple[Tally, ...]:
        """How many live publications each year, month, kind, topic, person or language has.

        Years (`2020`) and months (`2020-05`) newest first; the others by number, then key.
        """
        at = to_micros(t)
        wanted = _calendar(at, 4 if what == "year" else 7) if what in ("year", "month") else _sums(at, what)
        with self._reading() as connection:
            return tuple(
                Tally(key=row.key.partition(":")[2] or row.key, label=row.label, count=row.number)
                for row in connection.execute(wanted)
            )

    def corrections(self, t: datetime, limit: int) -> tuple[ListedRow, ...]:
        """The `limit` newest corrections of what is live, as those editions were; newest first."""
        at = to_micros(t)
        wanted = (
            _columns()
            .select_from(edition)
            .join(segment, segment.c.pub == edition.c.pub)
            .outerjoin(note, note_at(at))
            .where(edition.c.significance == "correction", edition.c.valid_from <= at)
            .where(edition.c.redacted.is_(None), segment.c.status == "live", holds(segment, at))
            .where(segment.c.suppressed != tables.REMOVED)
            .order_by(edition.c.valid_from.desc(), edition.c.pub, edition.c.number.desc())
            .limit(limit)
        )
        with self._reading() as connection:
            return tuple(listed_row(row) for row in connection.execute(wanted))

    def _listed(
        self,
        at: int,
        source: Table,
        conditions: Conditions,
        *,
        limit: int = -1,
        offset: int = 0,
        pinned: bool = False,
    ) -> tuple[ListedRow, ...]:
        """The rows of some segments; the list is cut before anything is joined to it."""
        key = source.c.id if source is segment else source.c.segment
        chosen = (
            select(key.label("id"))
            .where(*conditions)
            .order_by(source.c.published.desc(), source.c.pub)
            .limit(limit)
            .offset(offset)
            .subquery()
        )
        wanted = described(at, chosen).order_by(segment.c.published.desc(), segment.c.pub)
        with self._reading() as connection:
            return tuple(listed_row(row, pinned=pinned) for row in connection.execute(wanted))


def live(source: Table, at: int) -> Conditions:
    """What is live at `at`. That `published` is not later is no news, but a seek in the index."""
    return [source.c.status == "live", source.c.published <= at, holds(source, at), shown(source)]


def described(at: int, chosen: Any) -> Select[Any]:
    """The columns of a listed row, for the segments whose `id` was chosen."""
    return (
        _columns()
        .select_from(chosen)
        .join(segment, segment.c.id == chosen.c.id)
        .join(edition, of_segment())
        .outerjoin(note, note_at(at))
    )


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


def _count(source: Table, conditions: Conditions) -> Select[int]:
    return select(func.count()).select_from(source).where(*conditions)


def _within(source: Table, year: int, month: int | None) -> Conditions:
    """The year or month of a path, which is the newsroom's own; the bounds in UTC are only a seek."""
    first, last = (month, month) if month is not None else (1, 12)
    span = segment.c.month.between(f"{year:04}-{first:02}", f"{year:04}-{last:02}")
    if month is not None and source is segment:
        return [segment.c.month == f"{year:04}-{month:02}"]
    conditions = [
        source.c.published >= to_micros(datetime(year, 1, 1, tzinfo=UTC) - _A_DAY_AND_A_HALF),
        source.c.published < to_micros(datetime(year + 1, 1, 1, tzinfo=UTC) + _A_DAY_AND_A_HALF),
    ]
    if source is segment:
        return [*conditions, span]
    return [*conditions, source.c.segment.in_(select(segment.c.id).where(span))]


def _calendar(at: int, width: int) -> Select[Any]:
    key = func.substr(segment.c.month, 1, width)
    return (
        select(key.label("key"), key.label("label"), func.count().label("number"))
        .where(segment.c.status == "live", segment.c.month > "", holds(segment, at), shown(segment))
        .group_by(key)
        .order_by(key.desc())
    )


def _sums(at: int, what: str) -> Select[Any]:
    # "person:" up to "person;", the character after the colon: a range of the index.
    return (
        select(
            facet.c.facet.label("key"), func.max(facet.c.label).label("label"), func.count().label("number")
        )
        .where(facet.c.facet >= f"{what}:", facet.c.facet < f"{what};", *live(facet, at))
        .group_by(facet.c.facet)
        .order_by(func.count().desc(), facet.c.facet)
    )

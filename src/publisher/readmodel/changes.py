"""When public answers change: what validators, caches and TimeMaps are made from."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select, union

from ..domain import zones
from ..domain.instants import FOREVER, SECOND, from_micros, to_micros
from .asking import AT, holds, instant
from .feeding import TOMBSTONE
from .heading import HeadingQueries
from .rows import MastheadRow, Version
from .statements import Statement, a_number, a_text
from .tables import event, highest, masthead, note, segment

_TOMBSTONE = to_micros(from_micros(0) + TOMBSTONE)


class ChangeQueries(HeadingQueries):
    """The edges of all intervals, forwards and backwards."""

    def version(self, t: datetime) -> Version:
        """What every public answer at `t` depends on (but the day: see `next_change`).

        A removal or redaction changes the answers at every instant, so it counts at every one.
        """
        with self._reading() as connection:
            found = _VERSION.first(connection, at=to_micros(t))
        assert found is not None
        edges = (found.public, found.recorded, *(found[3:]))
        known = [edge for edge in edges if edge is not None and edge > -FOREVER]
        return Version(position=found.position or 0, boundary=instant(max(known, default=None)))

    def next_change(self, t: datetime) -> datetime | None:
        """The first instant after `t` at which anything public changes without a further event.

        An interval's edge, a midnight of the newsroom's zone or of a counter's, the end of a feed's
        tombstone. None only where nothing was ever said.
        """
        with self._reading() as connection:
            edges = _NEXT.first(connection, at=to_micros(t))
        assert edges is not None
        said = self.masthead(t)
        instants = [from_micros(edge) for edge in edges if edge is not None]
        return min([*instants, *(zones.next_midnight(t, name) for name in self._zones(said))], default=None)

    def first_instant(self) -> datetime | None:
        """The first instant at which anything was public; None before there was any."""
        with self._reading() as connection:
            firsts = _FIRST.first(connection)
        assert firsts is not None
        return instant(min((first for first in firsts if first is not None), default=None))

    def instants(
        self, t: datetime, publication: str | None = None, limit: int = 1000
    ) -> tuple[datetime, ...]:
        """Up to `limit` newest instants, not after `t`, at which public answers changed, oldest first.

        Of one publication, its notes included, or of everything, the masthead included.
        """
        asked = {"at": to_micros(t), "pub": str(publication), "limit": limit}
        wanted = _EVERY_EDGE if publication is None else _EDGES_OF_PUB
        with self._reading() as connection:
            found = [from_micros(row.edge) for row in wanted.all(connection, **asked)]
        return tuple(reversed(found))

    def changes_around(self, t: datetime, now: datetime) -> tuple[datetime | None, datetime | None]:
        """The changes before and after the second `t`, each as the whole second that first shows it.

        None where there is none; nothing after `now` is told.
        """
        with self._reading() as connection:
            around = _AROUND.first(connection, at=to_micros(t), now=to_micros(now))
        assert around is not None
        before, after = around[: len(_EDGES)], around[len(_EDGES) :]
        last = max((edge for edge in before if edge is not None), default=None)
        following = min((edge for edge in after if edge is not None), default=None)
        return _whole_second(last), _whole_second(following)

    def _zones(self, said: MastheadRow) -> set[str]:
        return {said.zone or self._zone, *(counter.zone for counter in said.counters)}


def _whole_second(edge: int | None) -> datetime | None:
    """The first whole second at or after an edge."""
    return None if edge is None else from_micros(-(-edge // SECOND) * SECOND)


def _least(column: ColumnElement[int], *conditions: ColumnElement[bool]) -> ScalarSelect[Any]:
    return select(func.min(column)).where(*conditions).scalar_subquery()


def _most(column: ColumnElement[int], *conditions: ColumnElement[bool]) -> ScalarSelect[Any]:
    return select(func.max(column)).where(*conditions).scalar_subquery()


def _together(**numbers: ColumnElement[Any]) -> Statement:
    """Several numbers by one question."""
    return Statement(select(*(asked.label(name) for name, asked in numbers.items())))


def _tombstone_ended(status: str) -> ColumnElement[Any]:
    """When a feed last ceased to say that something is gone."""
    last = (
        select(segment.c.bumped)
        .where(segment.c.status == status, segment.c.bumped <= AT - _TOMBSTONE)
        .where(segment.c.valid_to > segment.c.bumped + _TOMBSTONE)
        .order_by(segment.c.bumped.desc())
        .limit(1)
    )
    return last.scalar_subquery() + _TOMBSTONE


def _tombstone_ends(status: str) -> ColumnElement[Any]:
    """When a feed next ceases to say that something is gone."""
    gone = (segment.c.status == status, segment.c.bumped <= AT, holds(segment))
    return _least(segment.c.bumped, *gone, segment.c.bumped > AT - _TOMBSTONE) + _TOMBSTONE


def _newest(column: ColumnElement[int], *conditions: ColumnElement[bool]) -> Select[Any]:
    """The newest instants of one kind, cut in the order of an index."""
    edge = column.label("edge")
    cut = select(edge).distinct().where(column <= AT, *conditions).order_by(edge.desc())
    return select(cut.limit(a_number("limit")).subquery().c.edge)


def _newest_of_all(*kinds: Select[Any]) -> Statement:
    every = union(*kinds).subquery()
    return Statement(select(every.c.edge).order_by(every.c.edge.desc()).limit(a_number("limit")))


_EDGES = (segment.c.valid_from, note.c.valid_from, masthead.c.valid_from, masthead.c.valid_to)
_VERSION = _together(
    position=select(highest.c.position)
    .where(highest.c.public <= AT)
    .order_by(highest.c.public.desc())
    .limit(1)
    .scalar_subquery(),
    public=_most(event.c.public, event.c.public <= AT),
    recorded=_most(event.c.recorded, event.c.public <= AT, event.c.recorded <= AT),
    withdrawn=_tombstone_ended("withdrawn"),
    removed=_tombstone_ended("removed"),
)
_NEXT = _together(
    segment=_least(segment.c.valid_from, segment.c.valid_from > AT),
    note=_least(note.c.valid_from, note.c.valid_from > AT),
    masthead=_least(masthead.c.valid_from, masthead.c.valid_from > AT),
    ending=_least(masthead.c.valid_to, holds(masthead), masthead.c.valid_to < FOREVER),
    withdrawn=_tombstone_ends("withdrawn"),
    removed=_tombstone_ends("removed"),
)
_FIRST = _together(segment=_least(segment.c.valid_from), masthead=_least(masthead.c.valid_from))
_AROUND = _together(
    **{f"before_{i}": _most(edge, edge <= AT - SECOND) for i, edge in enumerate(_EDGES)},
    **{f"after_{i}": _least(edge, edge > AT, edge <= a_number("now")) for i, edge in enumerate(_EDGES)},
)
_EVERY_EDGE = _newest_of_all(*map(_newest, _EDGES))
_EDGES_OF_PUB = _newest_of_all(
    *(_newest(table.c.valid_from, table.c.pub == a_text("pub")) for table in (segment, note))
)

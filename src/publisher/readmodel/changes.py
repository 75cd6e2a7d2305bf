"""When public answers change: what validators, caches and TimeMaps are made from."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, func, select, union

from ..domain import zones
from ..domain.instants import FOREVER, SECOND, from_micros, to_micros
from .asking import holds, instant
from .feeding import TOMBSTONE
from .heading import HeadingQueries
from .rows import MastheadRow, Version
from .tables import event, masthead, note, segment

_TOMBSTONE = to_micros(from_micros(0) + TOMBSTONE)
_GONE = ("withdrawn", "removed")


class ChangeQueries(HeadingQueries):
    """The edges of all intervals, forwards and backwards."""

    def version(self, t: datetime) -> Version:
        """What every public answer at `t` depends on (but the day: see `next_change`).

        A removal or redaction changes the answers at every instant, so it counts at every one.
        """
        at = to_micros(t)
        public = event.c.public <= at
        highest = select(event.c.position).where(event.c.public <= at)
        recorded = select(event.c.recorded).where(public, event.c.recorded <= at)
        with self._reading() as connection:
            position = connection.execute(highest.order_by(event.c.position.desc()).limit(1)).scalar()
            edges = (
                connection.execute(select(func.max(event.c.public)).where(event.c.public <= at)).scalar(),
                connection.execute(recorded.order_by(event.c.recorded.desc()).limit(1)).scalar(),
                _last_tombstone_end(connection, at),
            )
        known = [edge for edge in edges if edge is not None and edge > -FOREVER]
        return Version(position=position or 0, boundary=instant(max(known, default=None)))

    def next_change(self, t: datetime) -> datetime | None:
        """The first instant after `t` at which anything public changes without a further event.

        An interval's edge, a midnight of the newsroom's zone or of a counter's, the end of a feed's
        tombstone. None only where nothing was ever said.
        """
        at = to_micros(t)
        with self._reading() as connection:
            edges = [edge for edge in _edges(connection, at) if edge is not None]
        said = self.masthead(t)
        instants = [from_micros(edge) for edge in edges]
        return min([*instants, *(zones.next_midnight(t, name) for name in self._zones(said))], default=None)

    def first_instant(self) -> datetime | None:
        """The first instant at which anything was public; None before there was any."""
        with self._reading() as connection:
            firsts = [
                connection.execute(select(func.min(table.c.valid_from))).scalar()
                for table in (segment, masthead)
            ]
        return instant(min((first for first in firsts if first is not None), default=None))

    def instants(
        self, t: datetime, publication: str | None = None, limit: int = 1000
    ) -> tuple[datetime, ...]:
        """Up to `limit` newest instants, not after `t`, at which public answers changed, oldest first.

        Of one publication, its notes included, or of everything, the masthead included.
        """
        at = to_micros(t)
        edges = [select(table.c.valid_from.label("edge")) for table in (segment, note)]
        if publication is not None:
            edges = [
                select(table.c.valid_from.label("edge")).where(table.c.pub == str(publication))
                for table in (segment, note)
            ]
        else:
            edges += [select(masthead.c.valid_from.label("edge"))]
            edges += [select(masthead.c.valid_to.label("edge"))]
        every = union(*edges).subquery()
        wanted = select(every.c.edge).where(every.c.edge <= at).order_by(every.c.edge.desc()).limit(limit)
        with self._reading() as connection:
            found = [from_micros(edge) for edge in connection.execute(wanted).scalars()]
        return tuple(reversed(found))

    def changes_around(self, t: datetime, now: datetime) -> tuple[datetime | None, datetime | None]:
        """The changes before and after the second `t`, each as the whole second that first shows it.

        None where there is none; nothing after `now` is told.
        """
        at = to_micros(t)
        columns = (segment.c.valid_from, note.c.valid_from, masthead.c.valid_from, masthead.c.valid_to)
        with self._reading() as connection:
            before = [
                connection.execute(select(func.max(column)).where(column <= at - SECOND)).scalar()
                for column in columns
            ]
            after = [
                connection.execute(
                    select(func.min(column)).where(column > at, column <= to_micros(now))
                ).scalar()
                for column in columns
            ]
        last = max((edge for edge in before if edge is not None), default=None)
        following = min((edge for edge in after if edge is not None), default=None)
        return _whole_second(last), _whole_second(following)

    def _zones(self, said: MastheadRow) -> set[str]:
        return {said.zone or self._zone, *(counter.zone for counter in said.counters)}


def _whole_second(edge: int | None) -> datetime | None:
    """The first whole second at or after an edge."""
    return None if edge is None else from_micros(-(-edge // SECOND) * SECOND)


def _edges(connection: Connection, at: int) -> Iterator[int | None]:
    """The next edge of each kind of row."""
    for table in (segment, note, masthead):
        nearest = select(func.min(table.c.valid_from)).where(table.c.valid_from > at)
        yield connection.execute(nearest).scalar()
    ends = select(func.min(masthead.c.valid_to)).where(
        masthead.c.valid_to > at, masthead.c.valid_to < FOREVER, masthead.c.valid_from <= at
    )
    yield connection.execute(ends).scalar()
    for status in _GONE:
        gone = select(func.min(segment.c.bumped)).where(
            segment.c.status == status,
            segment.c.bumped > at - _TOMBSTONE,
            segment.c.bumped <= at,
            holds(segment, at),
        )
        bumped = connection.execute(gone).scalar()
        yield bumped + _TOMBSTONE if bumped is not None else None


def _last_tombstone_end(connection: Connection, at: int) -> int | None:
    """When a feed last ceased to say that something is gone."""
    wanted = (
        select(segment.c.bumped)
        .where(segment.c.status.in_(_GONE), segment.c.bumped <= at - _TOMBSTONE)
        .where(segment.c.valid_to > segment.c.bumped + _TOMBSTONE)
        .order_by(segment.c.bumped.desc())
        .limit(1)
    )
    bumped = connection.execute(wanted).scalar()
    return bumped + _TOMBSTONE if bumped is not None else None

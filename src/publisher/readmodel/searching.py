"""Full-text search in what is live as of an instant."""

import functools
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, column, func, select, table

from ..domain import zones
from ..domain.instants import to_micros
from .asking import WORDS, holds, of_segment, shown
from .heading import HeadingQueries
from .listing import described, listed_row
from .rows import PageOf
from .statements import Statement, a_number, a_text
from .tables import edition, segment

_FAR = 10**12
"""Farther than any page is."""

_search = table("search_text", column("rowid"), column("search_text"))


class SearchQueries(HeadingQueries):
    """Search: every word must be there, accents and case apart; newest first."""

    def search(
        self,
        t: datetime,
        query: str,
        kind: str | None = None,
        first: date | None = None,
        last: date | None = None,
        page: int = 1,
        size: int = 20,
    ) -> PageOf:
        """Editions that stand live at `t` and hold every word of `query`, published first to last.

        The days are the newsroom's own, both included. Any query is an answer, if an empty one.
        """
        words = _phrases(query)
        if not words:
            return PageOf(rows=(), total=0, number=page, size=size)
        zone = self.masthead(t).zone or self._zone if first or last else ""
        asked: dict[str, Any] = {
            "at": to_micros(t),
            "words": words,
            "kind": kind or None,
            "since": _starts(first, zone) if first else None,
            "until": _starts(_following(last), zone) if last and last < date.max else None,
            "limit": size,
            "offset": (max(page, 1) - 1) * size,
        }
        given = frozenset(name for name in _FILTERS if asked[name] is not None)
        with self._reading() as connection:
            rows = _page(given).all(connection, **asked) if asked["offset"] < _FAR else ()
            total = rows[0].total if rows else _total(given).scalar(connection, **asked)
        return PageOf(rows=tuple(map(listed_row, rows)), total=total, number=page, size=size)


_FILTERS = {
    "kind": edition.c.kind == a_text("kind"),
    "since": segment.c.published >= a_number("since"),
    "until": segment.c.published < a_number("until"),
}


@functools.cache
def _total(filters: frozenset[str]) -> Statement:
    """How many there are, where a page holds none."""
    return Statement(select(func.count().label("total")).select_from(_found(filters).subquery()))


@functools.cache
def _page(filters: frozenset[str]) -> Statement:
    """A page, each row with the number of all: to find them a second time would cost as much again."""
    order = (segment.c.published.desc(), segment.c.pub)
    found = _found(filters).add_columns(func.count().over().label("total")).order_by(*order)
    part = found.limit(a_number("limit")).offset(a_number("offset")).subquery()
    return Statement(described(part).add_columns(part.c.total).order_by(*order))


def _found(filters: frozenset[str]) -> Select[Any]:
    """The segments that stand live at AT with every word, and that the filters admit.

    What is live is told so that no index of lists tempts SQLite from the words' own.
    """
    return (
        select(segment.c.id)
        .select_from(_search)
        .join(edition, edition.c.id == _search.c.rowid)
        .join(segment, of_segment())
        .where(_search.c.search_text.match(a_text("words")))
        .where(segment.c.status.concat("") == "live", holds(segment), shown(segment))
        .where(*(condition for name, condition in _FILTERS.items() if name in filters))
    )


def _phrases(query: str) -> str:
    """Each word quoted, so that none is an operator of FTS5; all of them must match."""
    clean = query.encode("utf-8", "ignore").decode().replace("\x00", " ").replace('"', " ")
    words = [word for word in clean.split() if any(c.isalnum() for c in word)]
    return " ".join(f'"{word}"' for word in words[:WORDS])


def _following(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _starts(day: date, zone: str) -> int:
    """The first microsecond of a calendar day in the zone."""
    local = datetime(day.year, day.month, day.day, tzinfo=zones.zone(zone))
    return to_micros(local)

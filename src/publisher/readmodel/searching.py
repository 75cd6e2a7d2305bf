"""Full-text search in what is live as of an instant."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, column, func, select, table, text

from ..domain import zones
from ..domain.instants import to_micros
from .asking import holds, of_segment, shown
from .heading import HeadingQueries
from .listing import described, listed_row
from .rows import PageOf
from .tables import edition, segment

WORDS = 20
"""How many words of a query are looked for; the rest is passed over."""

_search = table("search_text", column("rowid"))


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
        at = to_micros(t)
        found = self._found(at, words)
        if kind:
            found = found.where(edition.c.kind == kind)
        zone = self.masthead(t).zone or self._zone if first or last else ""
        if first:
            found = found.where(segment.c.published >= _starts(first, zone))
        if last and last < date.max:
            found = found.where(segment.c.published < _starts(date.fromordinal(last.toordinal() + 1), zone))
        return self._page(at, found, page, size)

    def _found(self, at: int, words: str) -> Select[Any]:
        return (
            select(segment.c.id)
            .select_from(_search)
            .join(edition, edition.c.id == _search.c.rowid)
            .join(segment, of_segment())
            .where(text("search_text MATCH :words").bindparams(words=words), *_standing(at))
        )

    def _page(self, at: int, found: Select[Any], page: int, size: int) -> PageOf:
        order = (segment.c.published.desc(), segment.c.pub)
        part = found.order_by(*order).limit(size).offset((max(page, 1) - 1) * size).subquery()
        with self._reading() as connection:
            total = connection.execute(select(func.count()).select_from(found.subquery())).scalar_one()
            rows = connection.execute(described(at, part).order_by(*order)).all()
        return PageOf(rows=tuple(map(listed_row, rows)), total=total, number=page, size=size)


def _standing(at: int) -> list[ColumnElement[bool]]:
    """What is live at `at`, told so that no index of lists tempts SQLite from the words' own."""
    return [segment.c.status.concat("") == "live", holds(segment, at), shown(segment)]


def _phrases(query: str) -> str:
    """Each word quoted, so that none is an operator of FTS5; all of them must match."""
    clean = query.encode("utf-8", "ignore").decode().replace("\x00", " ").replace('"', " ")
    words = [word for word in clean.split() if any(c.isalnum() for c in word)]
    return " ".join(f'"{word}"' for word in words[:WORDS])


def _starts(day: date, zone: str) -> int:
    """The first microsecond of a calendar day in the zone."""
    local = datetime(day.year, day.month, day.day, tzinfo=zones.zone(zone))
    return to_micros(local)

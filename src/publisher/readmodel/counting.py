"""How many publications are live, kept as sums by instant, so that no question has to count them.

A publication that becomes live adds one at that instant to all that it counts for, and takes one
away where that ends. A number as of `t` is the sum up to `t`: of whole years, of whole months behind
them, and of single instants behind those. Sums don't mind in which order they grow, so an import
that looks back costs no more than a present act.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, union_all

from ..domain.instants import FOREVER, SECOND
from . import tables
from .sheets import Row
from .statements import Found, Statement, a_number, a_text
from .tables import tally
from .texts import Labels

INSTANTS, MONTHS, YEARS = 0, 1, 2
MONTH = 30 * 86_400 * SECOND
YEAR = 12 * MONTH
"""The width of what is summed up, in microseconds: near a month and a year is near enough."""

WIDTHS = {INSTANTS: 1, MONTHS: MONTH, YEARS: YEAR}

ALL, BY_MONTH = "all:", "month:"
"""What is counted but facets, whose names have no colon."""


class Counts:
    """The changes of one batch: `add` and `take` segments, `write` once."""

    def __init__(self) -> None:
        # Segments that follow each other count for the same, and cancel before they are spelt out.
        self._edges: Counter[tuple[str, Labels, int]] = Counter()

    def add(self, segment: Row, labels: Labels) -> None:
        """Count a segment; `labels` are the facets of its edition, each with its label."""
        self._count(segment, labels, 1)

    def take(self, segment: Row, labels: Labels) -> None:
        """Count a segment no more, as it was when it was added."""
        self._count(segment, labels, -1)

    def write(self, raw: sqlite3.Connection) -> None:
        """Add to the sums; a sum that comes to nothing leaves no row."""
        sums: dict[tuple[str, int, int, str, str], int] = {}
        for (month, labels, instant), number in self._edges.items():
            if number:
                starts = [(grain, instant - instant % width) for grain, width in WIDTHS.items()]
                for what, key, label in _counted(month, labels):
                    for grain, start in starts:
                        place = what, grain, start, key, label
                        sums[place] = sums.get(place, 0) + number
        if sums:
            raw.executemany(_ADD, [(*place, number) for place, number in sums.items() if number])
            raw.execute("DELETE FROM tally WHERE number = 0")

    def _count(self, segment: Row, labels: Labels, number: int) -> None:
        first, end = segment["valid_from"], segment["valid_to"]
        if segment["status"] != "live" or segment["suppressed"] != tables.SHOWN or first >= end:
            return
        self._edges[segment["month"], labels, first] += number
        if end < FOREVER:
            self._edges[segment["month"], labels, end] -= number


_ADD = (
    "INSERT INTO tally (what, grain, start, key, label, number) VALUES (?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (what, grain, start, key, label) DO UPDATE SET number = number + excluded.number"
)


def _counted(month: str, labels: Labels) -> Iterator[tuple[str, str, str]]:
    yield ALL, "", ""
    if month:
        yield BY_MONTH, month, month
    for facet, label in labels:
        what, _, key = facet.partition(":")
        yield what, key, label


def numbers(connection: sqlite3.Connection, at: int, what: str) -> Iterable[Found]:
    """The `key`, the `label` and the `number`, above 0, of everything counted as `what`."""
    return _NUMBERS.all(connection, what=what, **_bounds(at))


def number(connection: sqlite3.Connection, at: int, what: str, first: str = "", last: str = "") -> int:
    """The number of the keys from `first` to `last`, both included."""
    return _NUMBER.scalar(connection, what=what, first=first, last=last, **_bounds(at)) or 0


def _bounds(at: int) -> dict[str, int]:
    return {"at": at, "month": at - at % MONTH, "year": at - at % YEAR}


def _sums(*conditions: ColumnElement[bool]) -> Select[Any]:
    """The rows that make up the numbers, in three ranges of the table's own order."""
    at, month, year = a_number("at"), a_number("month"), a_number("year")
    ranges = (
        (YEARS, tally.c.start < year),
        (MONTHS, (tally.c.start >= year) & (tally.c.start < month)),
        (INSTANTS, (tally.c.start >= month) & (tally.c.start <= at)),
    )
    parts = union_all(
        *(
            select(tally.c.key, tally.c.label, tally.c.number).where(
                tally.c.what == a_text("what"), tally.c.grain == grain, within, *conditions
            )
            for grain, within in ranges
        )
    ).subquery()
    return select(parts.c.key, parts.c.label, func.sum(parts.c.number).label("number")).group_by(
        parts.c.key, parts.c.label
    )


_WANTED = _sums().subquery()
_NUMBERS = Statement(select(_WANTED).where(_WANTED.c.number > 0))
_SOME = _sums(tally.c.key.between(a_text("first"), a_text("last"))).subquery()
_NUMBER = Statement(select(func.sum(_SOME.c.number).label("number")))

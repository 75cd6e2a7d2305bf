"""What all questions to the views share: the conditions of an instant, contents by hash."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, and_

from ..domain.content import Content
from ..domain.instants import from_micros
from . import tables
from .tables import edition, note, segment


class Queries:
    """The base of the library's parts."""

    _contents: Callable[[str], bytes | None]
    _zone: str
    _reading: Callable[[], AbstractContextManager[Connection]]

    def _content(self, sha256: str) -> Content | None:
        stored = self._contents(sha256)
        return Content.parse(stored) if stored is not None else None


def holds(source: FromClause, micros: int) -> ColumnElement[bool]:
    """Whether a row's interval, half-open, holds at `micros`."""
    return and_(source.c.valid_from <= micros, source.c.valid_to > micros)


def shown(source: FromClause) -> ColumnElement[bool]:
    """Whether a row's text may be seen."""
    return source.c.suppressed == tables.SHOWN


def of_segment() -> ColumnElement[bool]:
    """The edition that a segment shows."""
    return and_(edition.c.pub == segment.c.pub, edition.c.number == segment.c.edition)


def note_at(micros: int) -> ColumnElement[bool]:
    """The note of an edition, as it read at `micros`."""
    return and_(note.c.pub == edition.c.pub, note.c.edition == edition.c.number, holds(note, micros))


def instant(micros: int | None) -> datetime | None:
    return from_micros(micros) if micros is not None else None


Found = Any
"""A row of a result, its columns as attributes."""

"""What all questions to the views share: the conditions of an instant, contents by hash."""

import sqlite3
from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, ScalarSelect, and_, select

from ..domain.content import Content
from ..domain.instants import from_micros
from . import tables
from .statements import a_number
from .tables import edition, note, reason, segment

Contents = Callable[[Collection[str]], Mapping[str, bytes]]
"""Canonical bytes by hash, of as many hashes as are asked for; what was redacted is not in it."""

AT = a_number("at")
"""The instant that a question is about, in microseconds."""

WORDS = 20
"""How many words of a query are looked for; the rest is passed over."""


class Queries:
    """The base of the library's parts."""

    _contents: Contents
    _zone: str
    _reading: Callable[[], AbstractContextManager[sqlite3.Connection]]

    def _content(self, sha256: str) -> Content | None:
        stored = self._contents([sha256]).get(sha256)
        return Content.parse(stored) if stored is not None else None


def holds(source: FromClause) -> ColumnElement[bool]:
    """Whether a row's interval, half-open, holds at AT."""
    return and_(source.c.valid_from <= AT, source.c.valid_to > AT)


def shown(source: FromClause) -> ColumnElement[bool]:
    """Whether a row's text may be seen."""
    return source.c.suppressed == tables.SHOWN


def of_segment() -> ColumnElement[bool]:
    """The edition that a segment shows."""
    return and_(edition.c.pub == segment.c.pub, edition.c.number == segment.c.edition)


def note_holds() -> ColumnElement[bool]:
    """The note of an edition, as it read at AT."""
    return and_(note.c.pub == edition.c.pub, note.c.edition == edition.c.number, holds(note))


def reason_of(kind: Any, until: Any) -> ScalarSelect[str | None]:
    """The text of the newest withdrawal or removal of a segment's publication, up to an instant."""
    return (
        select(reason.c.text)
        .where(reason.c.pub == segment.c.pub, reason.c.kind == kind, reason.c.valid_from <= until)
        .order_by(reason.c.valid_from.desc(), reason.c.id.desc())
        .limit(1)
        .correlate(segment)
        .scalar_subquery()
    )


def instant(micros: int | None) -> datetime | None:
    return from_micros(micros) if micros is not None else None

"""One publication as of an instant: where it stands, its editions, the stages of its life."""

import sqlite3
from datetime import datetime

from sqlalchemy import select

from ..domain.content import Content
from ..domain.instants import FOREVER, from_micros, to_micros
from . import tables
from .asking import AT, Queries, holds, note_holds, of_segment
from .rows import EditionRow, StageRow, StandingRow
from .statements import Found, Statement, a_number, a_text
from .tables import edition, note, path, reason, segment


class PageQueries(Queries):
    """Publications by path and by id, and what became of them."""

    def at_path(self, t: datetime, asked: str) -> StandingRow | None:
        """What the path leads to; its own `path` is another where the publication has moved."""
        at = to_micros(t)
        with self._reading() as connection:
            pub = _OWNER.scalar(connection, path=asked, at=at)
            return self._standing(connection, pub, at) if pub is not None else None

    def by_id(self, t: datetime, publication: str) -> StandingRow | None:
        """Where the publication stands; None where it is not public at `t`."""
        with self._reading() as connection:
            return self._standing(connection, str(publication), to_micros(t))

    def edition(
        self, t: datetime, publication: str, number: int
    ) -> tuple[EditionRow, Content | None] | None:
        """An edition that was public by `t`, and what it says; None in its place where suppressed."""
        at = to_micros(t)
        pub = str(publication)
        with self._reading() as connection:
            found = (
                _EDITION.first(connection, at=at, pub=pub, number=number) if abs(number) < 2**63 else None
            )
            if found is None:
                return None
            hidden = found.redacted is not None or _removal(connection, pub)
        return _edition_row(found), None if hidden else self._content(found.sha256)

    def history(self, t: datetime, publication: str) -> tuple[EditionRow, ...]:
        """The editions that were public by `t`, oldest first, with their notes as of `t`."""
        with self._reading() as connection:
            found = _EDITIONS.all(connection, at=to_micros(t), pub=str(publication))
        return tuple(map(_edition_row, found))

    def stages(self, t: datetime, publication: str) -> tuple[StageRow, ...]:
        """What stood at the publication's address up to `t`, oldest first."""
        with self._reading() as connection:
            found = _STAGES.all(connection, at=to_micros(t), pub=str(publication))
        return tuple(
            StageRow(
                status=row.status,
                path=row.path,
                edition=row.edition,
                since=from_micros(row.valid_from),
                reason=row.text,
            )
            for row in found
        )

    def _standing(self, connection: sqlite3.Connection, pub: str, at: int) -> StandingRow | None:
        row = _STANDING.first(connection, pub=pub, at=at)
        if row is None:
            return None
        removed = row.suppressed == tables.REMOVED
        status = "removed" if removed else row.status
        # A removal hides the text at every instant, so at every instant it says why.
        why = None
        if removed:
            why = _removal(connection, pub)
        elif status != "live":
            why = _REASON.first(connection, pub=pub, kind=status, at=at)
        return StandingRow(
            publication=pub,
            path=row.path,
            status=status,
            since=from_micros(why.valid_from if removed and why else row.since),
            published=from_micros(row.published),
            bumped=from_micros(row.bumped),
            edition=_edition_row(row),
            content=self._content(row.sha256) if row.suppressed == tables.SHOWN else None,
            reason=why.text if why else None,
            redirect=why.redirect if why else None,
        )


_COLUMNS = (
    edition.c.number,
    edition.c.revision,
    edition.c.sha256,
    edition.c.valid_from,
    edition.c.recorded,
    edition.c.title,
    edition.c.significance,
    edition.c.redacted,
    note.c.text,
)
_PUB = a_text("pub")

_OWNER = Statement(
    select(path.c.pub).where(path.c.path == a_text("path"), holds(path)).order_by(path.c.id.desc()).limit(1)
)
_STANDING = Statement(
    select(
        segment.c.path,
        segment.c.status,
        segment.c.published,
        segment.c.bumped,
        segment.c.suppressed,
        segment.c.valid_from.label("since"),
        *_COLUMNS,
    )
    .select_from(segment)
    .join(edition, of_segment())
    .outerjoin(note, note_holds())
    .where(segment.c.pub == _PUB, holds(segment))
    .order_by(segment.c.valid_from.desc(), segment.c.id.desc())
    .limit(1)
)
_OF_PUB = (
    select(*_COLUMNS)
    .select_from(edition)
    .outerjoin(note, note_holds())
    .where(edition.c.pub == _PUB, edition.c.valid_from <= AT)
)
_EDITION = Statement(_OF_PUB.where(edition.c.number == a_number("number")))
_EDITIONS = Statement(_OF_PUB.order_by(edition.c.number))
_STAGES = Statement(
    select(segment.c.status, segment.c.path, segment.c.edition, segment.c.valid_from, reason.c.text)
    .outerjoin(reason, reason.c.id == segment.c.id)
    .where(segment.c.pub == _PUB, segment.c.valid_from <= AT)
    .order_by(segment.c.valid_from, segment.c.id)
)
_REASON = Statement(
    select(reason.c.text, reason.c.redirect, reason.c.valid_from)
    .where(reason.c.pub == _PUB, reason.c.kind == a_text("kind"), reason.c.valid_from <= AT)
    .order_by(reason.c.valid_from.desc(), reason.c.id.desc())
    .limit(1)
)
"""The newest withdrawal or removal of a publication, up to AT."""


def _removal(connection: sqlite3.Connection, pub: str) -> Found | None:
    """The removal of a publication, whenever it is."""
    return _REASON.first(connection, pub=pub, kind="removed", at=FOREVER)


def _edition_row(row: Found) -> EditionRow:
    return EditionRow(
        number=row.number,
        revision=row.revision,
        content_sha256=row.sha256,
        effective_at=from_micros(row.valid_from),
        recorded_at=from_micros(row.recorded),
        title=row.title,
        significance=row.significance,
        note=row.text,
        redacted=row.redacted,
    )

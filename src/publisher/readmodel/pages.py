"""One publication as of an instant: where it stands, its editions, the stages of its life."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from ..domain.content import Content
from ..domain.instants import from_micros, to_micros
from . import tables
from .asking import Found, Queries, holds, note_at, of_segment
from .rows import EditionRow, StageRow, StandingRow
from .tables import edition, note, path, reason, segment


class PageQueries(Queries):
    """Publications by path and by id, and what became of them."""

    def at_path(self, t: datetime, asked: str) -> StandingRow | None:
        """What the path leads to; its own `path` is another where the publication has moved."""
        at = to_micros(t)
        owner = (
            select(path.c.pub)
            .where(path.c.path == asked, holds(path, at))
            .order_by(path.c.id.desc())
            .limit(1)
        )
        with self._reading() as connection:
            pub = connection.execute(owner).scalar()
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
        wanted = _editions(at, edition.c.pub == str(publication)).where(edition.c.number == number)
        with self._reading() as connection:
            row = connection.execute(wanted).first() if abs(number) < 2**63 else None
            if row is None:
                return None
            hidden = row.redacted is not None or _reason(connection, str(publication), "removed", None)
        return _edition_row(row), None if hidden else self._content(row.sha256)

    def history(self, t: datetime, publication: str) -> tuple[EditionRow, ...]:
        """The editions that were public by `t`, oldest first, with their notes as of `t`."""
        wanted = _editions(to_micros(t), edition.c.pub == str(publication)).order_by(edition.c.number)
        with self._reading() as connection:
            return tuple(_edition_row(row) for row in connection.execute(wanted))

    def stages(self, t: datetime, publication: str) -> tuple[StageRow, ...]:
        """What stood at the publication's address up to `t`, oldest first."""
        wanted = (
            select(segment.c.status, segment.c.path, segment.c.edition, segment.c.valid_from, reason.c.text)
            .outerjoin(reason, reason.c.id == segment.c.id)
            .where(segment.c.pub == str(publication), segment.c.valid_from <= to_micros(t))
            .order_by(segment.c.valid_from, segment.c.id)
        )
        with self._reading() as connection:
            return tuple(
                StageRow(
                    status=row.status,
                    path=row.path,
                    edition=row.edition,
                    since=from_micros(row.valid_from),
                    reason=row.text,
                )
                for row in connection.execute(wanted)
            )

    def _standing(self, connection: Connection, pub: str, at: int) -> StandingRow | None:
        row = connection.execute(_standing(pub, at)).first()
        if row is None:
            return None
        removed = row.suppressed == tables.REMOVED
        status = "removed" if removed else row.status
        # A removal hides the text at every instant, so at every instant it says why.
        why = _reason(connection, pub, status, None if removed else at) if status != "live" else None
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


_EDITION = (
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


def _standing(pub: str, at: int) -> Select[Any]:
    shown = (
        segment.c.path,
        segment.c.status,
        segment.c.published,
        segment.c.bumped,
        segment.c.suppressed,
        segment.c.valid_from.label("since"),
    )
    return (
        select(*shown, *_EDITION)
        .select_from(segment)
        .join(edition, of_segment())
        .outerjoin(note, note_at(at))
        .where(segment.c.pub == pub, holds(segment, at))
        .order_by(segment.c.valid_from.desc(), segment.c.id.desc())
        .limit(1)
    )


def _editions(at: int, condition: ColumnElement[bool]) -> Select[Any]:
    return (
        select(*_EDITION)
        .select_from(edition)
        .outerjoin(note, note_at(at))
        .where(condition, edition.c.valid_from <= at)
    )


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


def _reason(connection: Connection, pub: str, kind: str, at: int | None) -> Found:
    """The newest withdrawal or removal up to `at`, or of all time."""
    wanted = select(reason.c.text, reason.c.redirect, reason.c.valid_from).where(
        reason.c.pub == pub, reason.c.kind == kind
    )
    if at is not None:
        wanted = wanted.where(reason.c.valid_from <= at)
    return connection.execute(wanted.order_by(reason.c.valid_from.desc(), reason.c.id.desc())).first()

"""The desk, the accounts and the list of events, as of the log's head."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from ..domain.content import Content
from ..domain.instants import from_micros, to_micros
from .asking import Found, Queries, holds, instant
from .rows import DeskRow, EventRow, RevisionRow
from .tables import account, desk, event, revision, segment

STATES = ("draft", "scheduled", "published", "withdrawn", "removed", "discarded")


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountRow:
    """What the log knows of an account."""

    id: str
    roles: tuple[str, ...]
    closed: bool


class AuditQueries(Queries):
    """What the people behind the site see; `t` tells what is still pending."""

    def desk(
        self,
        t: datetime,
        state: str | None = None,
        kind: str | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[DeskRow, ...]:
        """Publications by the newest save, of one state or of all but the discarded ones."""
        at = to_micros(t)
        wanted = _desk(at).where(_state(at) == state if state else desk.c.discarded == 0)
        if kind:
            wanted = wanted.where(desk.c.kind == kind)
        newest = wanted.order_by(desk.c.saved_at.desc(), desk.c.pub).limit(limit).offset(offset)
        with self._reading() as connection:
            return tuple(_desk_row(row, at) for row in connection.execute(newest))

    def desk_counts(self, t: datetime) -> dict[str, int]:
        """How many publications are in each state; every state is named."""
        state = _state(to_micros(t))
        with self._reading() as connection:
            found = connection.execute(select(state, func.count()).select_from(desk).group_by(state))
            return dict.fromkeys(STATES, 0) | {row[0]: row[1] for row in found}

    def desk_row(self, t: datetime, publication: str) -> DeskRow | None:
        """One publication on the desk."""
        at = to_micros(t)
        with self._reading() as connection:
            row = connection.execute(_desk(at).where(desk.c.pub == str(publication))).first()
        return _desk_row(row, at) if row is not None else None

    def revisions(self, publication: str) -> tuple[RevisionRow, ...]:
        """Every revision, oldest first."""
        wanted = select(revision).where(revision.c.pub == str(publication)).order_by(revision.c.number)
        with self._reading() as connection:
            return tuple(
                RevisionRow(
                    number=row.number,
                    content_sha256=row.sha256,
                    recorded_at=from_micros(row.recorded),
                    actor=row.actor,
                )
                for row in connection.execute(wanted)
            )

    def revision_content(self, publication: str, number: int) -> Content | None:
        """What a revision says; None where there is none, or where it was redacted."""
        wanted = select(revision.c.sha256).where(
            revision.c.pub == str(publication), revision.c.number == number
        )
        with self._reading() as connection:
            sha256 = connection.execute(wanted).scalar()
        return self._content(sha256) if sha256 is not None else None

    def account(self, account_id: str) -> AccountRow | None:
        """An account's roles, sorted, and whether it is closed."""
        with self._reading() as connection:
            row = connection.execute(select(account).where(account.c.id == str(account_id))).first()
        return _account_row(row) if row is not None else None

    def accounts(self) -> tuple[AccountRow, ...]:
        """Every account of the log, by id."""
        with self._reading() as connection:
            return tuple(
                _account_row(row) for row in connection.execute(select(account).order_by(account.c.id))
            )

    def events(
        self,
        *,
        type: str | None = None,  # noqa: A002 - the field's own name
        actor: str | None = None,
        subject: str | None = None,
        command: str | None = None,
        first: datetime | None = None,
        last: datetime | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> tuple[EventRow, ...]:
        """Events by position, newest first: those of the filters, older than position `before`.

        `first` and `last` bound the recording, both included.
        """
        given = {
            event.c.type: type,
            event.c.actor: actor,
            event.c.subject: subject,
            event.c.command: command,
        }
        wanted = _events().where(*(column == value for column, value in given.items() if value))
        if first is not None:
            wanted = wanted.where(event.c.recorded >= to_micros(first))
        if last is not None:
            wanted = wanted.where(event.c.recorded <= to_micros(last))
        if before is not None:
            wanted = wanted.where(event.c.position < before)
        with self._reading() as connection:
            found = connection.execute(wanted.order_by(event.c.position.desc()).limit(limit))
            return tuple(_event_row(row) for row in found)

    def event(self, position: int) -> EventRow | None:
        """The event at a position of the log."""
        with self._reading() as connection:
            row = connection.execute(_events().where(event.c.position == position)).first()
        return _event_row(row) if row is not None else None


def _state(at: int) -> ColumnElement[str]:
    return case(
        (desk.c.discarded == 1, "discarded"),
        (desk.c.status.is_(None), "draft"),
        (desk.c.published > at, "scheduled"),
        (desk.c.status == "live", "published"),
        else_=desk.c.status,
    )


def _desk(at: int) -> Select[Any]:
    """A desk row with what stands at `at`, or, of what is not public yet, what will."""
    stands = or_(holds(segment, at), and_(desk.c.published > at, segment.c.valid_from == desk.c.published))
    return (
        select(
            desk,
            _state(at).label("state"),
            segment.c.edition,
            segment.c.path,
            segment.c.revision.label("live_revision"),
        )
        .select_from(desk)
        .outerjoin(segment, and_(segment.c.pub == desk.c.pub, stands))
    )


def _desk_row(row: Found, at: int) -> DeskRow:
    pending = row.state == "scheduled"
    return DeskRow(
        publication=row.pub,
        title=row.title,
        kind=row.kind,
        language=row.language,
        state=row.state,
        revision=row.revision,
        live_revision=None if pending else row.live_revision,
        edition=row.edition,
        path=row.path,
        due=instant(row.due) if row.due is not None and row.due > at else None,
        saved_at=from_micros(row.saved_at),
        saved_by=row.saved_by,
    )


def _account_row(row: Found) -> AccountRow:
    return AccountRow(id=row.id, roles=tuple(json.loads(row.roles)), closed=bool(row.closed))


def _events() -> Select[Any]:
    return select(event, desk.c.title).outerjoin(desk, desk.c.pub == func.substr(event.c.subject, 13))


def _event_row(row: Found) -> EventRow:
    return EventRow(
        position=row.position,
        recorded_at=from_micros(row.recorded),
        effective_at=instant(row.effective),
        type=row.type,
        actor=row.actor,
        subject=row.subject,
        command_id=row.command,
        rehearsal=bool(row.rehearsal),
        title=row.title or None,
    )

"""The desk, the accounts and the list of events, as of the log's head."""

import functools
import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, func, or_, select

from ..domain.content import Content
from ..domain.instants import from_micros, to_micros
from .asking import AT, WORDS, Queries, holds, instant
from .rows import DeskRow, EventRow, RevisionRow
from .statements import Found, Statement, a_number, a_text
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
        query: str = "",
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[DeskRow, ...]:
        """Publications by the newest save, of one state or of all but the discarded ones.

        Those with every word of `query` somewhere in their titles, case apart.
        """
        at = to_micros(t)
        words = query.casefold().split()[:WORDS]
        asked = {"at": at, "state": state, "kind": kind, "limit": limit, "offset": offset}
        asked |= {f"word{number}": word for number, word in enumerate(words)}
        with self._reading() as connection:
            found = _desk_list(bool(state), bool(kind), len(words)).all(connection, **asked)
        return tuple(_desk_row(row, at) for row in found)

    def desk_counts(self, t: datetime) -> dict[str, int]:
        """How many publications are in each state; every state is named."""
        with self._reading() as connection:
            found = _DESK_COUNTS.all(connection, at=to_micros(t))
        return dict.fromkeys(STATES, 0) | {row.state: row.number for row in found}

    def desk_row(self, t: datetime, publication: str) -> DeskRow | None:
        """One publication on the desk."""
        at = to_micros(t)
        with self._reading() as connection:
            row = _DESK_ROW.first(connection, at=at, pub=str(publication))
        return _desk_row(row, at) if row is not None else None

    def revisions(self, publication: str) -> tuple[RevisionRow, ...]:
        """Every revision, oldest first."""
        with self._reading() as connection:
            found = _REVISIONS.all(connection, pub=str(publication))
        return tuple(
            RevisionRow(
                number=row.number,
                content_sha256=row.sha256,
                recorded_at=from_micros(row.recorded),
                actor=row.actor,
            )
            for row in found
        )

    def revision_content(self, publication: str, number: int) -> Content | None:
        """What a revision says; None where there is none, or where it was redacted."""
        with self._reading() as connection:
            sha256 = _REVISION_TEXT.scalar(connection, pub=str(publication), number=number)
        return self._content(sha256) if sha256 is not None else None

    def account(self, account_id: str) -> AccountRow | None:
        """An account's roles, sorted, and whether it is closed."""
        with self._reading() as connection:
            row = _ACCOUNT.first(connection, id=str(account_id))
        return _account_row(row) if row is not None else None

    def accounts(self) -> tuple[AccountRow, ...]:
        """Every account of the log, by id."""
        with self._reading() as connection:
            return tuple(map(_account_row, _ACCOUNTS.all(connection)))

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
        asked = {
            "type": type or None,
            "actor": actor or None,
            "subject": subject or None,
            "command": command or None,
            "first": to_micros(first) if first is not None else None,
            "last": to_micros(last) if last is not None else None,
            "before": before,
            "limit": limit,
        }
        given = frozenset(name for name in _FILTERS if asked[name] is not None)
        with self._reading() as connection:
            return tuple(map(_event_row, _event_list(given).all(connection, **asked)))

    def event(self, position: int) -> EventRow | None:
        """The event at a position of the log."""
        with self._reading() as connection:
            row = _EVENT.first(connection, position=position)
        return _event_row(row) if row is not None else None


_STATE = case(
    (desk.c.discarded == 1, "discarded"),
    (desk.c.status.is_(None), "draft"),
    (desk.c.published > AT, "scheduled"),
    (desk.c.status == "live", "published"),
    else_=desk.c.status,
)
_STANDS = or_(holds(segment), and_(desk.c.published > AT, segment.c.valid_from == desk.c.published))
_DESK = (
    select(
        desk,
        _STATE.label("state"),
        segment.c.edition,
        segment.c.path,
        segment.c.revision.label("live_revision"),
    )
    .select_from(desk)
    .outerjoin(segment, and_(segment.c.pub == desk.c.pub, _STANDS))
)
"""A desk row with what stands at AT, or, of what is not public yet, what will."""

_DESK_ROW = Statement(_DESK.where(desk.c.pub == a_text("pub")))
_DESK_COUNTS = Statement(
    select(_STATE.label("state"), func.count().label("number")).select_from(desk).group_by(_STATE)
)


@functools.cache
def _desk_list(of_state: bool, of_kind: bool, words: int) -> Statement:  # noqa: FBT001
    wanted = _DESK.where(a_text("state") == _STATE if of_state else desk.c.discarded == 0)
    if of_kind:
        wanted = wanted.where(desk.c.kind == a_text("kind"))
    for number in range(words):
        wanted = wanted.where(func.instr(desk.c.folded, a_text(f"word{number}")) > 0)
    newest = wanted.order_by(desk.c.saved_at.desc(), desk.c.pub)
    return Statement(newest.limit(a_number("limit")).offset(a_number("offset")))


_OF_PUB = select(revision).where(revision.c.pub == a_text("pub"))
_REVISIONS = Statement(_OF_PUB.order_by(revision.c.number))
_REVISION_TEXT = Statement(
    select(revision.c.sha256).where(
        revision.c.pub == a_text("pub"), revision.c.number == a_number("number")
    )
)
_ACCOUNT = Statement(select(account).where(account.c.id == a_text("id")))
_ACCOUNTS = Statement(select(account).order_by(account.c.id))

_EVENTS = select(event, desk.c.title).outerjoin(desk, desk.c.pub == func.substr(event.c.subject, 13))
_EVENT = Statement(_EVENTS.where(event.c.position == a_number("position")))
_FILTERS = {
    "type": event.c.type == a_text("type"),
    "actor": event.c.actor == a_text("actor"),
    "subject": event.c.subject == a_text("subject"),
    "command": event.c.command == a_text("command"),
    "first": event.c.recorded >= a_number("first"),
    "last": event.c.recorded <= a_number("last"),
    "before": event.c.position < a_number("before"),
}


@functools.cache
def _event_list(filters: frozenset[str]) -> Statement:
    conditions = [condition for name, condition in _FILTERS.items() if name in filters]
    newest = _EVENTS.where(*conditions).order_by(event.c.position.desc())
    return Statement(newest.limit(a_number("limit")))


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
        review=row.review,
        fresh=row.sha256 != row.public_sha256,
        unreviewed=bool(row.unreviewed),
    )


def _account_row(row: Found) -> AccountRow:
    return AccountRow(id=row.id, roles=tuple(json.loads(row.roles)), closed=bool(row.closed))


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

"""The accounts and the list of events, as of the log's head."""

import functools
import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from ..domain.instants import from_micros, to_micros
from .asking import Queries, instant
from .rows import EventRow
from .statements import Found, Statement, a_number, a_text
from .tables import account, desk, event


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountRow:
    """What the log knows of an account."""

    id: str
    roles: tuple[str, ...]
    closed: bool


class AuditQueries(Queries):
    """What an auditor lists."""

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

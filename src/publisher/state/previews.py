"""Preview links: one revision of a publication for whoever has the address, until it ends.

A link that is over stays known for a while, so that whoever comes by it is told so.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, Row, delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import IntegrityError

from ..domain.errors import BadValue, UnknownAccount
from ..domain.instants import from_micros, to_micros
from ..domain.texts import unprintable
from .database import wipe, writing
from .tables import preview as table

DAYS = (1, 7, 30)
"""How long a link may hold."""
NOTE_LIMIT = 200
"""The longest note, in characters."""
REMEMBERED = timedelta(days=90)
"""For how long after its end a link is still known to be over."""


class BadPreviewDays(BadValue):
    field = "days"

    def __init__(self) -> None:
        super().__init__("A preview link holds for 1, 7 or 30 days: choose one of them.")


class BadPreviewNote(BadValue):
    field = "note"

    def __init__(self) -> None:
        super().__init__(f"The note is too long or can't be shown: use up to {NOTE_LIMIT} characters.")


@dataclass(frozen=True, kw_only=True, slots=True)
class PreviewRow:
    """A preview link. `over` is whether it ended by now; instants are UTC.

    `note` says for whom it is, and may be empty. `opened_at` is None before it was first opened.
    """

    id: UUID
    publication: UUID
    revision: int
    note: str
    account: UUID
    made_at: datetime
    ends_at: datetime
    over: bool
    opened_at: datetime | None
    openings: int


class Previews:
    """The preview links in the state database; safe to share between threads. `clock` as in Tokens."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock = engine, clock

    def make(
        self, link: UUID, account: UUID, publication: UUID, revision: int, *, days: int, note: str = ""
    ) -> str:
        """The token of the link with that id, of 256 random bits; it is shown this once.

        The same link made again gets another token in place of its first. That the revision can be
        shown is the caller's to ask. Raises BadPreviewDays, BadPreviewNote, UnknownAccount.
        """
        if days not in DAYS:
            raise BadPreviewDays
        token, now = secrets.token_urlsafe(32), self._clock()
        row = {
            "token_sha256": _sha256(token),
            "publication": str(publication),
            "revision": revision,
            "note": _checked_note(note),
            "account": str(account),
            "made": to_micros(now),
            "ends": to_micros(now + timedelta(days=days)),
        }
        statement = insert(table).values(id=str(link), openings=0, **row)
        try:
            with writing(self._engine) as connection:
                connection.execute(delete(table).where(table.c.ends <= to_micros(now - REMEMBERED)))
                connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=row))
        except IntegrityError:
            raise UnknownAccount(account) from None
        return token

    def find(self, token: str) -> PreviewRow | None:
        """The link of a token, over or not; None where there is none."""
        with self._engine.connect() as connection:
            row = connection.execute(
                select(table).where(table.c.token_sha256 == _sha256(token))
            ).one_or_none()
        return self._row(row) if row is not None else None

    def opened(self, link: UUID) -> None:
        """Note that the link was opened."""
        noted = update(table).where(table.c.id == str(link))
        with writing(self._engine) as connection:
            connection.execute(noted.values(opened=to_micros(self._clock()), openings=table.c.openings + 1))

    def of(self, publication: UUID) -> tuple[PreviewRow, ...]:
        """The links to a publication that hold, newest first."""
        holding = (table.c.publication == str(publication)) & (table.c.ends > self._micros())
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(table).where(holding).order_by(table.c.made.desc(), table.c.id)
            ).all()
        return tuple(map(self._row, rows))

    def revoke(self, publication: UUID, link: UUID) -> bool:
        """End a link to a publication at once; whether there was one that held."""
        return bool(self._end((table.c.publication == str(publication)) & (table.c.id == str(link))))

    def revoke_all(self, account: UUID) -> int:
        """End every link that an account made; how many that ended."""
        return self._end(table.c.account == str(account))

    def forget(self, publication: UUID) -> None:
        """End every link to a publication, and forget for whom they were."""
        theirs = table.c.publication == str(publication)
        self._end(theirs)
        with writing(self._engine) as connection:
            connection.execute(update(table).where(theirs).values(note=""))
        wipe(self._engine)

    def _end(self, condition: ColumnElement[bool]) -> int:
        now = self._micros()
        ending = update(table).where(condition, table.c.ends > now).values(ends=now)
        with writing(self._engine) as connection:
            return connection.execute(ending).rowcount

    def _row(self, row: Row[tuple[str, ...]]) -> PreviewRow:
        return PreviewRow(
            id=UUID(row.id),
            publication=UUID(row.publication),
            revision=row.revision,
            note=row.note,
            account=UUID(row.account),
            made_at=from_micros(row.made),
            ends_at=from_micros(row.ends),
            over=row.ends <= self._micros(),
            opened_at=from_micros(row.opened) if row.opened is not None else None,
            openings=row.openings,
        )

    def _micros(self) -> int:
        return to_micros(self._clock())


def _checked_note(note: str) -> str:
    shown = " ".join(note.split())
    if len(shown) > NOTE_LIMIT or (shown and unprintable(shown)):
        raise BadPreviewNote
    return shown


def _sha256(token: str) -> str:
    # A fast hash will do: the token is random, there is nothing to guess.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()

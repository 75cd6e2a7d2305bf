"""Server-side sessions: who is signed in, by a token of which only the hash is kept."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from ..domain.errors import UnknownAccount
from ..domain.instants import from_micros, to_micros
from .database import writing
from .tables import session as table
from .tables import session_detail as detail

IDLE_LIMIT = timedelta(hours=12)
"""A session that was not used for so long is over."""
ABSOLUTE_LIMIT = timedelta(days=7)
"""A session that began so long ago is over, used or not."""
TOUCH_INTERVAL = timedelta(minutes=1)
"""Use is noted at most this often, so that reading pages does not write all the time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionRow:
    """A session that holds; `seen_at` is exact to a minute. Instants are UTC.

    `key` calls it in a list and opens nothing; `proved_at` is when its holder last gave the password.
    """

    key: str
    account: UUID
    started_at: datetime
    seen_at: datetime
    proved_at: datetime
    browser: str

    @property
    def expires_at(self) -> datetime:
        """When it is over unless it is used again."""
        return min(self.seen_at + IDLE_LIMIT, self.started_at + ABSOLUTE_LIMIT)


class Sessions:
    """The sessions in the state database; safe to share between threads.

    `clock` gives the machine's time, an aware UTC datetime: a rehearsal signs nobody out.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def start(self, account: UUID, browser: str = "") -> str:
        """A new session's token, of 256 random bits; it is shown this once. Raises UnknownAccount.

        `browser` is what people call theirs. The sessions that are over are deleted with it.
        """
        token, now = secrets.token_urlsafe(32), self._clock()
        at = to_micros(now)
        row = {"token_sha256": _sha256(token), "account": str(account), "started": at, "seen": at}
        try:
            with writing(self._engine) as connection:
                connection.execute(delete(table).where(_over(now)))
                connection.execute(insert(table).values(row))
                connection.execute(insert(detail).values(_detail(_sha256(token), browser, at)))
        except IntegrityError:
            raise UnknownAccount(account) from None
        return token

    def find(self, token: str) -> SessionRow | None:
        """The session of a token, unless it is over; its use is noted."""
        now = self._clock()
        key = _sha256(token)
        holds = (table.c.token_sha256 == key) & ~_over(now)
        with self._engine.connect() as connection:
            row = connection.execute(_WHOLE.where(holds)).one_or_none()
        if row is None:
            return None
        found = _read(row)
        if now - found.seen_at >= TOUCH_INTERVAL:
            self._touch(key, now)
            return replace(found, seen_at=now)
        return found

    def of(self, account: UUID) -> list[SessionRow]:
        """The sessions of an account that hold, the last used first."""
        holds = (table.c.account == str(account)) & ~_over(self._clock())
        order = (table.c.seen.desc(), table.c.started.desc(), table.c.token_sha256)
        with self._engine.connect() as connection:
            return [_read(row) for row in connection.execute(_WHOLE.where(holds).order_by(*order))]

    def prove(self, token: str) -> None:
        """Whoever holds the session gave the password again."""
        key, at = _sha256(token), to_micros(self._clock())
        with writing(self._engine) as connection:
            told = update(detail).where(detail.c.token_sha256 == key).values(proved=at)
            holds = select(table.c.token_sha256).where(table.c.token_sha256 == key)
            if not connection.execute(told).rowcount and connection.scalar(holds):
                connection.execute(insert(detail).values(_detail(key, "", at)))

    def end_one(self, account: UUID, key: str) -> bool:
        """End the session that a list calls `key`; whether the account had it."""
        mine = (table.c.account == str(account)) & (table.c.token_sha256 == key)
        return self._delete(mine) == 1

    def end_others(self, account: UUID, token: str) -> int:
        """End all sessions of an account but this one; how many that were."""
        others = (table.c.account == str(account)) & (table.c.token_sha256 != _sha256(token))
        return self._delete(others)

    def end(self, token: str) -> None:
        """Sign out. A token without a session is no error."""
        self._delete(table.c.token_sha256 == _sha256(token))

    def end_all(self, account: UUID) -> int:
        """Sign an account out everywhere; how many sessions that ended."""
        return self._delete(table.c.account == str(account))

    def _touch(self, key: str, now: datetime) -> None:
        micros = to_micros(now)
        older = (table.c.token_sha256 == key) & (table.c.seen < micros)
        with writing(self._engine) as connection:
            connection.execute(update(table).where(older).values(seen=micros))

    def _delete(self, condition: ColumnElement[bool]) -> int:
        with writing(self._engine) as connection:
            return connection.execute(delete(table).where(condition)).rowcount


# Sessions that began before there were details have none: they were proved when they began.
_WHOLE = select(table, detail.c.browser, detail.c.proved).join(
    detail, detail.c.token_sha256 == table.c.token_sha256, isouter=True
)


def _read(row: Any) -> SessionRow:
    started = from_micros(row.started)
    return SessionRow(
        key=row.token_sha256,
        account=UUID(row.account),
        started_at=started,
        seen_at=from_micros(row.seen),
        proved_at=started if row.proved is None else from_micros(row.proved),
        browser=row.browser or "",
    )


def _detail(key: str, browser: str, at: int) -> dict[str, Any]:
    return {"token_sha256": key, "browser": browser, "proved": at}


def _over(now: datetime) -> ColumnElement[bool]:
    return or_(
        table.c.seen <= to_micros(now - IDLE_LIMIT),
        table.c.started <= to_micros(now - ABSOLUTE_LIMIT),
    )


def _sha256(token: str) -> str:
    # A fast hash will do: the token is random, there is nothing to guess.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()

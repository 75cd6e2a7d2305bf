"""Bearer tokens of programs: an account, one of its roles and an end, by a secret kept as a hash."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Engine, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from ..domain.errors import BadValue, UnknownAccount
from ..domain.instants import from_micros, to_micros
from ..domain.texts import unprintable
from .database import writing
from .tables import token as table

PREFIX = "publisher_"
"""Before every secret, so that a scanner of files can tell what it has found."""
DAYS_LIMIT = 365
"""The longest life of a token."""
LABEL_LIMIT = 100
"""The longest label, in characters."""
TOUCH_INTERVAL = timedelta(minutes=1)
"""Use is noted at most this often, so that reading does not write all the time."""


class BadDays(BadValue):
    field = "days"

    def __init__(self) -> None:
        super().__init__(f"A token lasts from 1 to {DAYS_LIMIT} days: write a whole number of them.")


class BadLabel(BadValue):
    field = "label"

    def __init__(self) -> None:
        super().__init__(f"Say what the token is for, in 1 to {LABEL_LIMIT} printable characters.")


@dataclass(frozen=True, kw_only=True, slots=True)
class TokenRow:
    """A token that holds. `used_at` is exact to a minute, None before the first use; instants are UTC."""

    id: UUID
    account: UUID
    role: str
    label: str
    made_at: datetime
    ends_at: datetime
    used_at: datetime | None


class Tokens:
    """The tokens in the state database; safe to share between threads.

    `clock` gives the machine's time, an aware UTC datetime: a rehearsal ends no token.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def make(self, account: UUID, role: str, label: str, days: int, id: UUID | None = None) -> str:  # noqa: A002
        """A new token's secret, of 256 random bits; it is shown this once.

        With an `id` that a token of the account has already, it takes the place of that one.
        That the account has the role is the caller's to ask. The tokens that are over are deleted
        with it. Raises BadLabel, BadDays, UnknownAccount.
        """
        shown = _checked_label(label)
        if not 1 <= days <= DAYS_LIMIT:
            raise BadDays
        secret, now = PREFIX + secrets.token_urlsafe(32), self._clock()
        row = {
            "id": str(id or uuid4()),
            "token_sha256": _sha256(secret),
            "account": str(account),
            "role": role,
            "label": shown,
            "made": to_micros(now),
            "ends": to_micros(now + timedelta(days=days)),
        }
        try:
            with writing(self._engine) as connection:
                connection.execute(delete(table).where(_over(now)))
                same = (table.c.account == str(account)) & (table.c.id == row["id"])
                connection.execute(delete(table).where(same))
                connection.execute(insert(table).values(row))
        except IntegrityError:
            raise UnknownAccount(account) from None
        return secret

    def find(self, secret: str) -> TokenRow | None:
        """The token of a secret, unless it is over; its use is noted."""
        now = self._clock()
        holds = (table.c.token_sha256 == _sha256(secret)) & ~_over(now)
        with self._engine.connect() as connection:
            row = connection.execute(select(table).where(holds)).one_or_none()
        if row is None:
            return None
        if row.used is None or now - from_micros(row.used) >= TOUCH_INTERVAL:
            self._touch(row.id, now)
        return _row(row)

    def of(self, account: UUID) -> tuple[TokenRow, ...]:
        """The tokens of an account that hold, newest first."""
        mine = (table.c.account == str(account)) & ~_over(self._clock())
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(table).where(mine).order_by(table.c.made.desc(), table.c.id)
            ).all()
        return tuple(map(_row, rows))

    def all(self) -> tuple[TokenRow, ...]:
        """The tokens of every account that hold, newest first."""
        holding = select(table).where(~_over(self._clock())).order_by(table.c.made.desc(), table.c.id)
        with self._engine.connect() as connection:
            return tuple(map(_row, connection.execute(holding).all()))

    def revoke(self, account: UUID, token: UUID) -> bool:
        """End a token of an account at once; whether there was one."""
        return bool(self._delete((table.c.account == str(account)) & (table.c.id == str(token))))

    def revoke_all(self, account: UUID, role: str | None = None) -> int:
        """End every token of an account, or those with a role; how many that ended."""
        mine = table.c.account == str(account)
        return self._delete(mine & (table.c.role == role) if role else mine)

    def _touch(self, token: str, now: datetime) -> None:
        with writing(self._engine) as connection:
            connection.execute(update(table).where(table.c.id == token).values(used=to_micros(now)))

    def _delete(self, condition: ColumnElement[bool]) -> int:
        with writing(self._engine) as connection:
            return connection.execute(delete(table).where(condition)).rowcount


def _row(row: Row[tuple[str, ...]]) -> TokenRow:
    return TokenRow(
        id=UUID(row.id),
        account=UUID(row.account),
        role=row.role,
        label=row.label,
        made_at=from_micros(row.made),
        ends_at=from_micros(row.ends),
        used_at=from_micros(row.used) if row.used is not None else None,
    )


def _over(now: datetime) -> ColumnElement[bool]:
    return table.c.ends <= to_micros(now)


def _checked_label(label: str) -> str:
    shown = " ".join(label.split())
    if not 1 <= len(shown) <= LABEL_LIMIT or unprintable(shown):
        raise BadLabel
    return shown


def _sha256(secret: str) -> str:
    # A fast hash will do: the secret is random, there is nothing to guess.
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()

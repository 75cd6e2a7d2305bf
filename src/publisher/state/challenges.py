"""Sign-ins that wait for their second factor: whose password was right, for a few minutes."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine, delete, insert, select

from ..domain.instants import to_micros
from .database import writing
from .tables import challenge as table

LIFETIME = timedelta(minutes=5)
"""How long a sign-in waits for its code."""


class Challenges:
    """The waiting sign-ins in the state database; their tokens open nothing but the second step.

    `clock` gives the machine's time, an aware UTC datetime.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def make(self, account: UUID) -> str:
        """The token of one, of 256 random bits; those that are over are deleted with it."""
        token, now = secrets.token_urlsafe(32), self._clock()
        row = {
            "token_sha256": _sha256(token),
            "account": str(account),
            "expires": to_micros(now + LIFETIME),
        }
        with writing(self._engine) as connection:
            connection.execute(delete(table).where(table.c.expires <= to_micros(now)))
            connection.execute(insert(table).values(row))
        return token

    def find(self, token: str) -> UUID | None:
        """Whose sign-in it is, unless it waited too long."""
        holds = (table.c.token_sha256 == _sha256(token)) & (table.c.expires > to_micros(self._clock()))
        with self._engine.connect() as connection:
            found = connection.scalar(select(table.c.account).where(holds))
        return UUID(found) if found else None

    def end_all(self, account: UUID) -> None:
        """None of an account's waits any more."""
        with writing(self._engine) as connection:
            connection.execute(delete(table).where(table.c.account == str(account)))


def _sha256(token: str) -> str:
    # A fast hash will do: the token is random, there is nothing to guess.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()

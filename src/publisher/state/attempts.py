"""Failed attempts to sign in, counted by name and by address, so that passwords can't be tried out.

The counts stand in the state database: they hold in every worker process, and through a restart.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import Connection, Engine, delete, insert, select

from ..domain.errors import PublisherError
from ..domain.instants import from_micros, to_micros
from .database import writing
from .names import key_of
from .tables import attempt as table

WINDOW = timedelta(minutes=15)
"""How long a failure counts."""
PASSWORD, CODE = "password", "code"
"""The secrets that are tried; neither holds what stands between it and a name."""
NAME_LIMIT = 10
ADDRESS_LIMIT = 50
"""How many failures are heard in a window, of a name and from an address: offices share one."""


class TooManyAttempts(PublisherError):
    """No password is looked at until the oldest failures no longer count."""

    def __init__(self, wait: timedelta) -> None:
        self.seconds = max(1, ceil(wait.total_seconds()))
        super().__init__("Too many attempts failed: wait a quarter of an hour, then try again.")


class Attempts:
    """The attempts in the state database; `clock` gives the machine's time, an aware UTC datetime.

    A name need not be an account's: one that is unknown is counted and answered in the same way.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def begin(self, name: str, address: str, secret: str = PASSWORD) -> None:
        """Count an attempt as failed until it is known to have succeeded. Raises TooManyAttempts.

        Counted first, however many come at once: not one more than the limit is heard. What is tried,
        `secret`, is counted apart, whatever names people type.
        """
        now = self._clock()
        row = {"name_sha256": _key(name, secret), "address_sha256": _sha256(address)}
        with writing(self._engine) as connection:
            connection.execute(delete(table).where(table.c.at <= to_micros(now - WINDOW)))
            for column, limit in (("name_sha256", NAME_LIMIT), ("address_sha256", ADDRESS_LIMIT)):
                self._check(connection, column, row[column], limit, now)
            connection.execute(insert(table).values(row | {"at": to_micros(now)}))

    def succeeded(self, name: str, secret: str = PASSWORD) -> None:
        """The failures of a name with a secret count no more."""
        with writing(self._engine) as connection:
            connection.execute(delete(table).where(table.c.name_sha256 == _key(name, secret)))

    def _check(self, connection: Connection, column: str, value: str, limit: int, now: datetime) -> None:
        """Whether the attempt that fills the limit is in the window still."""
        newest = select(table.c.at).where(table.c[column] == value).order_by(table.c.at.desc())
        full = connection.scalar(newest.offset(limit - 1).limit(1))
        if full is not None:
            raise TooManyAttempts(from_micros(full) + WINDOW - now)


def _key(name: str, secret: str) -> str:
    return _sha256(f"{secret}: {key_of(name)}")


def _sha256(text: str) -> str:
    # People type a password where the name belongs: what they typed is not kept.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

"""Invitations: one-time links by which somebody gives the account that was opened for them a password."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine, delete, insert, select

from ..domain.errors import Refused
from ..domain.instants import from_micros, to_micros
from .database import writing
from .tables import invitation as table

LIFETIME = timedelta(days=3)
"""How long a link holds."""


class InvitationOver(Refused):
    """The link was used, taken back by a newer one, or is too old."""

    def __init__(self) -> None:
        super().__init__("This link was used already, or its time is over: ask an admin for another one.")


class Invitations:
    """The invitations in the state database; `clock` gives the machine's time, an aware UTC datetime.

    One stays until it is accepted, its link over or not: so it shows who never came.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def make(self, account: UUID) -> str:
        """A new link's token, of 256 random bits, shown this once; one from before holds no more."""
        token = secrets.token_urlsafe(32)
        row = {
            "account": str(account),
            "token_sha256": _sha256(token),
            "expires": to_micros(self._clock() + LIFETIME),
        }
        with writing(self._engine) as connection:
            connection.execute(delete(table).where(table.c.account == str(account)))
            connection.execute(insert(table).values(row))
        return token

    def find(self, token: str) -> UUID:
        """Whose account the token opens. Raises InvitationOver."""
        holds = (table.c.token_sha256 == _sha256(token)) & (table.c.expires > to_micros(self._clock()))
        with self._engine.connect() as connection:
            found = connection.scalar(select(table.c.account).where(holds))
        if found is None:
            raise InvitationOver
        return UUID(found)

    def accepted(self, account: UUID) -> None:
        """The link of an account holds no more."""
        with writing(self._engine) as connection:
            connection.execute(delete(table).where(table.c.account == str(account)))

    def open(self) -> dict[str, datetime]:
        """Until when the link of each account holds, or held, that nobody has accepted (UTC)."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(table.c.account, table.c.expires))
            return {row.account: from_micros(row.expires) for row in rows}


def _sha256(token: str) -> str:
    # A fast hash will do: the token is random, there is nothing to guess.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()

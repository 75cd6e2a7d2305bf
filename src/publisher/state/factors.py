"""The second factor of signing in: codes of an authenticator (RFC 6238), and ten for the day it is lost."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pyotp
from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from ..domain.errors import Refused, UnknownAccount
from ..domain.instants import from_micros, to_micros
from .database import writing
from .tables import factor as table
from .tables import factor_reset, recovery

SETTING_UP = timedelta(minutes=15)
"""How long a secret that was shown waits for its first code."""
WINDOW = 1
"""How many steps of 30 seconds a clock may be wrong, either way (RFC 6238, section 5.2)."""
RECOVERY = 10
"""How many codes there are for the day that the authenticator is lost."""
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Nothing in it looks like something else of it."""
GROUPS, GROUP = 4, 7
"""A code's shape: 28 characters hold 138 bits, too many to be tried out against a fast hash."""


class FactorHeld(Refused):
    def __init__(self) -> None:
        super().__init__("A second factor is on already: turn it off before you set up another.")


class NoFactor(Refused):
    def __init__(self) -> None:
        super().__init__("No second factor is on.")


class SetUpOver(Refused):
    """The secret that was shown waited too long for its first code, or there was none."""

    def __init__(self) -> None:
        super().__init__("Setting it up took too long: begin again.")


class WrongCode(Refused):
    field = "first_code"

    def __init__(self) -> None:
        super().__init__("That is not the code of now: look whether the clock of your device is right.")


@dataclass(frozen=True, kw_only=True, slots=True)
class FactorRow:
    """A second factor that is on. `since` is UTC; `left` counts the recovery codes not used yet."""

    since: datetime
    left: int


class Factors:
    """The second factors in the state database; safe to share between threads.

    Secrets are not in it: each is derived from `key`, the newsroom's own, and from a salt that is
    (RFC 4226, section 7.5). `clock` gives the machine's time, an aware UTC datetime.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime], key: Callable[[], bytes]) -> None:
        self._engine = engine
        self._clock = clock
        self._key = key

    def begin(self, account: UUID) -> None:
        """Make a secret; signing in asks for no code until its first one came.

        Raises FactorHeld, UnknownAccount.
        """
        row = {"account": str(account), "salt": secrets.token_hex(16), "begun": self._micros()}
        try:
            with writing(self._engine) as connection:
                if self._row(connection, account, on=True):
                    raise FactorHeld
                connection.execute(delete(table).where(table.c.account == str(account)))
                connection.execute(insert(table).values(row))
        except IntegrityError:
            raise UnknownAccount(account) from None

    def waiting(self, account: UUID) -> str | None:
        """The secret, in base 32, that waits for its first code."""
        with self._engine.connect() as connection:
            row = self._row(connection, account, on=False)
        return self._secret(account, row.salt) if row else None

    def confirm(self, account: UUID, code: str) -> tuple[str, ...]:
        """The first code turns the factor on; the recovery codes, shown this once.

        Raises WrongCode, SetUpOver.
        """
        with writing(self._engine) as connection:
            row = self._row(connection, account, on=False)
            if row is None:
                raise SetUpOver
            step = self._step(self._secret(account, row.salt), _plain(code))
            if step is None:
                raise WrongCode
            on = {"confirmed": self._micros(), "step": step}
            connection.execute(update(table).where(table.c.account == str(account)).values(on))
            connection.execute(delete(factor_reset).where(factor_reset.c.account == str(account)))
            return self._new_codes(connection, account)

    def of(self, account: UUID) -> FactorRow | None:
        """The factor of an account, if it is on."""
        count = select(func.count()).where(recovery.c.account == str(account))
        with self._engine.connect() as connection:
            row = self._row(connection, account, on=True)
            left = connection.scalar(count) or 0
        return FactorRow(since=from_micros(row.confirmed), left=left) if row else None

    def holders(self) -> frozenset[str]:
        """The accounts whose factor is on."""
        on = select(table.c.account).where(table.c.confirmed.is_not(None))
        with self._engine.connect() as connection:
            return frozenset(connection.scalars(on))

    def verify(self, account: UUID, code: str) -> bool:
        """Whether it is a code of the account's that was not used yet; it is used by this."""
        plain = _plain(code)
        with writing(self._engine) as connection:
            row = self._row(connection, account, on=True)
            if row is None:
                return False
            step = self._step(self._secret(account, row.salt), plain)
            if step is None:
                mine = (recovery.c.account == str(account)) & (recovery.c.code_sha256 == _sha256(plain))
                return connection.execute(delete(recovery).where(mine)).rowcount == 1
            unused = (table.c.account == str(account)) & (table.c.step < step)
            return connection.execute(update(table).where(unused).values(step=step)).rowcount == 1

    def new_codes(self, account: UUID) -> tuple[str, ...]:
        """Ten other recovery codes; those from before hold no more. Raises NoFactor."""
        with writing(self._engine) as connection:
            if self._row(connection, account, on=True) is None:
                raise NoFactor
            return self._new_codes(connection, account)

    def turn_off(self, account: UUID) -> bool:
        """The password alone is enough again; whether there was a factor."""
        with writing(self._engine) as connection:
            was_on = self._row(connection, account, on=True) is not None
            for each in (table, recovery):
                connection.execute(delete(each).where(each.c.account == str(account)))
        return was_on

    def reset(self, account: UUID) -> None:
        """Turn it off for somebody who lost it, and remember to tell them. Raises NoFactor."""
        if not self.turn_off(account):
            raise NoFactor
        with writing(self._engine) as connection:
            connection.execute(delete(factor_reset).where(factor_reset.c.account == str(account)))
            connection.execute(insert(factor_reset).values(account=str(account), at=self._micros()))

    def reset_at(self, account: UUID) -> datetime | None:
        """When somebody else turned it off, until its holder knows (UTC)."""
        told = select(factor_reset.c.at).where(factor_reset.c.account == str(account))
        with self._engine.connect() as connection:
            at = connection.scalar(told)
        return None if at is None else from_micros(at)

    def known(self, account: UUID) -> None:
        """Its holder knows that it was reset."""
        with writing(self._engine) as connection:
            connection.execute(delete(factor_reset).where(factor_reset.c.account == str(account)))

    def _micros(self) -> int:
        return to_micros(self._clock())

    def _row(self, connection: Connection, account: UUID, *, on: bool) -> Any:
        mine = select(table).where(table.c.account == str(account))
        fresh = table.c.begun > to_micros(self._clock() - SETTING_UP)
        wanted = table.c.confirmed.is_not(None) if on else table.c.confirmed.is_(None) & fresh
        return connection.execute(mine.where(wanted)).one_or_none()

    def _secret(self, account: UUID, salt: str) -> str:
        message = b"second factor\0" + account.bytes + bytes.fromhex(salt)
        return base64.b32encode(hmac.digest(self._key(), message, "sha256")[:20]).decode()

    def _step(self, secret: str, code: str) -> int | None:
        """The step whose code it is, the newest first."""
        totp = pyotp.TOTP(secret)
        now = totp.timecode(self._clock())
        steps = range(now + WINDOW, now - WINDOW - 1, -1)
        given = code.encode("utf-8", "surrogatepass")
        found = [step for step in steps if hmac.compare_digest(totp.generate_otp(step).encode(), given)]
        return found[0] if found else None

    def _new_codes(self, connection: Connection, account: UUID) -> tuple[str, ...]:
        codes = tuple(_code() for _ in range(RECOVERY))
        rows = [{"account": str(account), "code_sha256": _sha256(_plain(code))} for code in codes]
        connection.execute(delete(recovery).where(recovery.c.account == str(account)))
        connection.execute(insert(recovery), rows)
        return codes


def _code() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


def _plain(code: str) -> str:
    """As it is compared: people type blanks and hyphens, and phones begin with a capital."""
    return "".join(code.split()).replace("-", "").lower()


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

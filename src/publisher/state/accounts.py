"""Names and secrets of accounts: the part of an account that can be forgotten."""

import secrets
import unicodedata
from base64 import b64encode
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from ..domain.errors import BadValue, Refused, UnknownAccount
from ..domain.texts import unprintable
from . import passwords
from .database import wipe, writing
from .names import key_of, tidy
from .tables import account as table

NAME_LIMIT = 200


class NameTaken(Refused):
    field = "name"

    def __init__(self, name: str) -> None:
        super().__init__(f"There is an account “{name}” already: choose another name.")


class AccountKnown(Refused):
    """An account of that id has a name and a password already."""

    def __init__(self, account: UUID) -> None:
        super().__init__(f"The account {account} has a name and a password already.")


class BadName(BadValue):
    field = "name"

    def __init__(self) -> None:
        super().__init__(f"Give a name of 1 to {NAME_LIMIT} printable characters.")


class Accounts:
    """The accounts' names and passwords in the state database; safe to share between threads.

    Names are equal that differ in case, width or surrounding blanks only (casefolded NFKC).
    Passwords are kept as Argon2id hashes (RFC 9106), whose cost `hasher` sets.
    """

    def __init__(self, engine: Engine, hasher: PasswordHasher | None = None) -> None:
        self._engine = engine
        self._hasher = hasher or PasswordHasher()
        self._nobody = _unmatchable(self._hasher)

    def add(self, account: UUID, name: str, password: str) -> None:
        """Give an account its name and password.

        Raises BadName, NameTaken, AccountKnown, PasswordTooShort and its kin.
        """
        _checked_name(name)
        self._insert(account, name, self._hashed(password, name))

    def add_without(self, account: UUID, name: str) -> None:
        """Give an account its name; nobody signs in to it until a password is set.

        Raises BadName, NameTaken, AccountKnown.
        """
        self._insert(account, name, _unmatchable(self._hasher))

    def check(self, name: str, password: str) -> None:
        """Whether an account could be given this name and password now; nothing is stored.

        Raises BadName, NameTaken, PasswordTooShort and its kin.
        """
        shown = _checked_name(name)
        passwords.check(password, shown)
        if self.id_of(shown):
            raise NameTaken(shown)

    def verify(self, name: str, password: str) -> UUID | None:
        """The account of that name, if the password is its own.

        An unknown name costs as much time as a wrong password, so that nobody can find out
        names by a stopwatch. A hash of outdated cost is renewed.
        """
        with self._engine.connect() as connection:
            query = select(table.c.id, table.c.password_hash).where(table.c.name_key == key_of(name))
            row = connection.execute(query).one_or_none()
        stored = row.password_hash if row else self._nobody
        if not self._matches(stored, password) or row is None:
            return None
        if self._hasher.check_needs_rehash(stored):
            self._renew(row.id, stored, password)
        return UUID(row.id)

    def set_password(self, account: UUID, password: str) -> None:
        """Another password; sessions go on until they are ended.

        Raises UnknownAccount, PasswordTooShort and its kin.
        """
        hashed = self._hashed(password, self.name_of(account) or "")
        changed = update(table).where(table.c.id == str(account)).values(password_hash=hashed)
        with writing(self._engine) as connection:
            if not connection.execute(changed).rowcount:
                raise UnknownAccount(account)

    def id_of(self, name: str) -> UUID | None:
        """The account of that name."""
        with self._engine.connect() as connection:
            found = connection.scalar(select(table.c.id).where(table.c.name_key == key_of(name)))
        return UUID(found) if found else None

    def name_of(self, account: UUID | str) -> str | None:
        """The name of an account; None where it was forgotten, or is no account's id at all."""
        with self._engine.connect() as connection:
            return connection.scalar(select(table.c.name).where(table.c.id == str(account)))

    def names(self) -> dict[str, str]:
        """Every name by its account's id, in the order of the names."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(table.c.id, table.c.name).order_by(table.c.name_key, table.c.id)
            )
            return {row.id: row.name for row in rows}

    def forget(self, account: UUID) -> None:
        """Erase the name, the password and the sessions of an account, on disk too.

        The log goes on naming the account by its id. An account that is not here is no error.
        """
        with writing(self._engine) as connection:
            connection.execute(delete(table).where(table.c.id == str(account)))
        wipe(self._engine)

    def _insert(self, account: UUID, name: str, password_hash: str) -> None:
        shown = _checked_name(name)
        row = {
            "id": str(account),
            "name": shown,
            "name_key": key_of(shown),
            "password_hash": password_hash,
        }
        try:
            with writing(self._engine) as connection:
                connection.execute(insert(table).values(row))
        except IntegrityError:
            raise (AccountKnown(account) if self.name_of(account) else NameTaken(shown)) from None

    def _hashed(self, password: str, name: str) -> str:
        passwords.check(password, name)
        return self._hasher.hash(_secret(password))

    def _matches(self, stored: str, password: str) -> bool:
        # No stored password is empty, so one that is too long costs the same work and never matches.
        given = password if len(password) <= passwords.PASSWORD_LIMIT else ""
        try:
            return self._hasher.verify(stored, _secret(given))
        except (VerificationError, InvalidHashError):
            return False

    def _renew(self, account: str, stored: str, password: str) -> None:
        # Only in place of the hash that was verified: a password set meanwhile stands.
        unchanged = (table.c.id == account) & (table.c.password_hash == stored)
        renewed = update(table).where(unchanged).values(password_hash=self._hasher.hash(_secret(password)))
        with writing(self._engine) as connection:
            connection.execute(renewed)


def _checked_name(name: str) -> str:
    shown = tidy(name)
    if not 1 <= len(shown) <= NAME_LIMIT or unprintable(shown) or not key_of(shown):
        raise BadName
    return shown


def _secret(password: str) -> bytes:
    # The same keys pressed on another machine must give the same bytes (RFC 8265 section 4.2).
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


def _unmatchable(hasher: PasswordHasher) -> str:
    """A hash of the hasher's cost that no known password has: it is random."""
    salt = b64encode(secrets.token_bytes(hasher.salt_len)).rstrip(b"=").decode()
    digest = b64encode(secrets.token_bytes(hasher.hash_len)).rstrip(b"=").decode()
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${cost}${salt}${digest}"

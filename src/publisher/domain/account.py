"""An account in the log: an id and its roles. Its name and secrets live in the state database."""

from collections.abc import Iterable
from typing import Self
from uuid import UUID

from eventsourcing.domain import Aggregate

from . import errors
from .policy import Role
from .recorded import Act, Marked, Recorded, registered


@registered
class Account(Recorded, Aggregate):
    """Nobody changes their own: whoever acts on an account is another one, or the command line."""

    TOPIC = "publisher.account"

    class Event(Marked, Aggregate.Event):
        pass

    Created = None  # type: ignore[assignment]  # the created event has a name of its own

    class Opened(Event, Aggregate.Created):
        TOPIC = "publisher.account.opened"

    class RoleGranted(Event):
        TOPIC = "publisher.account.role-granted"
        role: str

        def assign(self, account: "Account") -> None:
            account.roles.add(self.role)

    class RoleRevoked(Event):
        TOPIC = "publisher.account.role-revoked"
        role: str

        def assign(self, account: "Account") -> None:
            account.roles.discard(self.role)

    class Closed(Event):
        TOPIC = "publisher.account.closed"

        def assign(self, account: "Account") -> None:
            account.closed = True

    def __init__(self) -> None:
        super().__init__()
        self.roles: set[str] = set()
        self.closed = False

    @property
    def admin(self) -> bool:
        """Whether it manages accounts."""
        return Role.ADMIN in self.roles and not self.closed

    @classmethod
    def open(cls, account: UUID, roles: Iterable[Role], act: Act) -> Self:
        opened = cls._create(cls.Opened, id=account, **act.marks())
        for role in dict.fromkeys(roles):
            opened.act(cls.RoleGranted, act, role=str(role))
        return opened

    def grant(self, role: Role, act: Act) -> None:
        """Raises RoleHeld, NotYourself, AccountClosed."""
        self._check(act)
        if role in self.roles:
            raise errors.RoleHeld(role)
        self.act(self.RoleGranted, act, role=str(role))

    def revoke(self, role: Role, act: Act) -> None:
        """Raises RoleNotHeld, NotYourself, AccountClosed."""
        self._check(act)
        if role not in self.roles:
            raise errors.RoleNotHeld(role)
        self.act(self.RoleRevoked, act, role=str(role))

    def close(self, act: Act) -> None:
        """Final. Raises NotYourself, AccountClosed."""
        self._check(act)
        self.act(self.Closed, act)

    def _check(self, act: Act) -> None:
        if act.actor == str(self.id):
            raise errors.NotYourself
        if self.closed:
            raise errors.AccountClosed


def check_admin_remains(leaving: Account, admins: Iterable[Account]) -> None:
    """Raises LastAdmin where nobody would manage accounts without `leaving`."""
    if leaving.admin and not any(other.admin for other in admins if other.id != leaving.id):
        raise errors.LastAdmin

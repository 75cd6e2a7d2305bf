"""Managing accounts: names and secrets in the state database, ids and roles in the log."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4, uuid5

from .application import By
from .bootstrap import Publisher
from .domain.errors import AccountClosed, PublisherError, RoleNotHeld, UnknownAccount
from .domain.policy import Role
from .state.accounts import AccountKnown
from .state.factors import NoFactor
from .state.invitations import InvitationOver


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """An account of the log; `name` is None once it was forgotten.

    `invited_until` is when the link ends by which it gets its password, None where it has one;
    `second_factor` says whether signing in asks for a code too.
    """

    id: UUID
    name: str | None
    roles: tuple[str, ...]
    closed: bool
    invited_until: datetime | None
    second_factor: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Invited:
    """An account without a password yet, and the token by which it gets one."""

    account: UUID
    token: str


def listed(publisher: Publisher) -> Iterator[Listed]:
    """Every account, by name, the forgotten ones last (the views have caught up before)."""
    names = publisher.accounts.names()
    invited, holders = publisher.invitations.open(), publisher.factors.holders()
    order = {account: position for position, account in enumerate(names)}
    for row in sorted(publisher.library.accounts(), key=lambda row: order.get(row.id, len(order))):
        yield Listed(
            id=UUID(row.id),
            name=names.get(row.id),
            roles=row.roles,
            closed=row.closed,
            invited_until=None if row.closed else invited.get(row.id),
            second_factor=row.id in holders,
        )


def find(publisher: Publisher, who: str) -> UUID:
    """The account of that name or id. Raises UnknownAccount."""
    found = publisher.accounts.id_of(who)
    try:
        return found or UUID(who)
    except ValueError:
        raise UnknownAccount(who) from None


def open_with_secret(publisher: Publisher, name: str, password: str, roles: Sequence[Role]) -> UUID:
    """The new account's id. What an event refers to is written before it.

    Raises NameTaken, PasswordTooShort and their kin.
    """
    publisher.accounts.check(name, password)  # an empty log is opened by an account that can be
    by = By(command_id=uuid4())
    account = _new_id(publisher, by)
    publisher.accounts.add(account, name, password)
    try:
        return publisher.newsroom.open_account(roles, by).id
    except PublisherError:
        publisher.accounts.forget(account)  # the name is free for the next attempt
        raise


def invite(publisher: Publisher, name: str, roles: Sequence[Role], by: By) -> Invited:
    """Open an account without a password, and make the link by which somebody gives it one.

    The same command again opens no other, and its newer link replaces the first.
    Raises BadName, NameTaken.
    """
    account = _new_id(publisher, by)
    try:
        publisher.accounts.add_without(account, name)
        known = False
    except AccountKnown:
        known = True
    try:
        publisher.newsroom.open_account(roles, by)
    except PublisherError:
        if not known:
            publisher.accounts.forget(account)
        raise
    return Invited(account=account, token=publisher.invitations.make(account))


def invite_again(publisher: Publisher, account: UUID) -> Invited:
    """Another link for who did not come by the first: an account with a password has none.

    Raises InvitationOver.
    """
    if str(account) not in publisher.invitations.open():
        raise InvitationOver
    return Invited(account=account, token=publisher.invitations.make(account))


def accept(publisher: Publisher, token: str, password: str) -> None:
    """Give the account of an invitation its password.

    Raises InvitationOver, PasswordTooShort and its kin.
    """
    account = publisher.invitations.find(token)
    publisher.accounts.set_password(account, password)
    publisher.invitations.accepted(account)


def close(publisher: Publisher, account: UUID, by: By | None = None) -> None:
    """Close an account and sign it out everywhere; its name goes on standing in the record.

    Raises UnknownAccount, AccountClosed, LastAdmin.
    """
    publisher.newsroom.close_account(account, by or By())
    publisher.invitations.accepted(account)
    sign_out(publisher, account)
    publisher.tokens.revoke_all(account)
    publisher.previews.revoke_all(account)
    publisher.factors.turn_off(account)


def revoke(publisher: Publisher, account: UUID, role: Role, by: By) -> None:
    """Take a role away, and end the tokens that act by it.

    Raises RoleNotHeld, NotYourself, AccountClosed, LastAdmin.
    """
    publisher.newsroom.revoke(account, role, by)
    publisher.tokens.revoke_all(account, role)


def make_token(
    publisher: Publisher, account: UUID, role: str, label: str, days: int, token: UUID | None = None
) -> str:
    """The secret of a token that does what one of the account's roles may (the views have caught up).

    `token` is the id of the command that makes it: sent again, the later secret holds.
    Raises UnknownAccount, AccountClosed, RoleNotHeld, BadLabel, BadDays.
    """
    row = publisher.library.account(str(account))
    if row is None:
        raise UnknownAccount(account)
    if row.closed:
        raise AccountClosed
    if role not in row.roles:
        raise RoleNotHeld(role)
    return publisher.tokens.make(account, role, label, days, token)


def change_password(publisher: Publisher, account: UUID, password: str) -> None:
    """Another password; whoever is signed in with the old one is signed out.

    Raises UnknownAccount, PasswordTooShort and its kin.
    """
    publisher.accounts.set_password(account, password)
    sign_out(publisher, account)


def sign_out(publisher: Publisher, account: UUID) -> None:
    """End an account's sessions, and the sign-ins that wait for their second factor."""
    publisher.sessions.end_all(account)
    publisher.challenges.end_all(account)


def change_own_password(publisher: Publisher, account: UUID, password: str, token: str) -> None:
    """Another password, chosen in the session of `token`; the account's other sessions end.

    Raises UnknownAccount, PasswordTooShort and its kin.
    """
    publisher.accounts.set_password(account, password)
    publisher.sessions.end_others(account, token)
    publisher.challenges.end_all(account)


def turn_off_factor(publisher: Publisher, account: UUID, token: str) -> None:
    """Its holder wants the password alone again; other sessions than that of `token` end.

    Raises NoFactor.
    """
    if not publisher.factors.turn_off(account):
        raise NoFactor
    publisher.sessions.end_others(account, token)


def reset_factor(publisher: Publisher, account: UUID) -> None:
    """Turn off the second factor of somebody who lost it; they are signed out, and told when they return.

    Raises NoFactor.
    """
    publisher.factors.reset(account)
    sign_out(publisher, account)


def _new_id(publisher: Publisher, by: By) -> UUID:
    """The id of the account that the command opens."""
    with publisher.newsroom.turn() as turn:
        opening = publisher.newsroom.opening(turn, by)
    return uuid5(opening, str(by.command_id))

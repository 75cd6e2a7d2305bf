"""Opening an account: its name and secret in the state database, its id and roles in the log."""

from collections.abc import Sequence
from uuid import UUID, uuid4, uuid5

from .application import By
from .bootstrap import Publisher
from .domain.policy import Role


def open_with_secret(publisher: Publisher, name: str, password: str, roles: Sequence[Role]) -> UUID:
    """The new account's id. What an event refers to is written before it.

    Raises NameTaken, PasswordTooShort and their kin.
    """
    by = By(command_id=uuid4())
    with publisher.newsroom.turn() as turn:
        opening = publisher.newsroom.opening(turn, by)
    account = uuid5(opening, str(by.command_id))
    publisher.accounts.add(account, name, password)
    return publisher.newsroom.open_account(roles, by).id

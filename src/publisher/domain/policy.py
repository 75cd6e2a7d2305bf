"""Which role may do what: the one table that every door asks."""

from collections.abc import Iterable
from enum import StrEnum

from .errors import Forbidden


class Role(StrEnum):
    CONTRIBUTOR = "contributor"
    EDITOR = "editor"
    CHIEF = "chief"
    AUDITOR = "auditor"
    ADMIN = "admin"


class Action(StrEnum):
    """What can be asked of the newsroom, worded for the person who is refused it."""

    READ_DESK = "read the desk"
    DRAFT = "draft, revise and submit"
    REVIEW = "review"
    PUBLISH = "publish, amend, schedule and move"
    WITHDRAW = "withdraw and reinstate"
    REMOVE = "remove and redact"
    EXPEDITE = "publish past review"
    MASTHEAD = "edit the masthead"
    READ_RECORD = "read the record"
    ACCOUNTS = "manage accounts"


_DRAFTING = frozenset({Action.READ_DESK, Action.DRAFT})
_EDITING = _DRAFTING | {Action.REVIEW, Action.PUBLISH}

ALLOWED: dict[Role, frozenset[Action]] = {
    Role.CONTRIBUTOR: _DRAFTING,
    Role.EDITOR: _EDITING,
    Role.CHIEF: _EDITING | {Action.WITHDRAW, Action.REMOVE, Action.EXPEDITE, Action.MASTHEAD},
    Role.AUDITOR: frozenset({Action.READ_DESK, Action.READ_RECORD}),
    Role.ADMIN: frozenset({Action.ACCOUNTS}),
}


def allows(roles: Iterable[str], action: Action) -> bool:
    """Whether any of the roles admits the action."""
    return any(action in ALLOWED[Role(role)] for role in roles)


def check(roles: Iterable[str], action: Action) -> None:
    """Raises Forbidden, saying what was asked."""
    if not allows(roles, action):
        raise Forbidden(action)

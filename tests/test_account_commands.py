"""Granting, revoking and closing: nobody does it to themselves, and an admin remains."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from publisher.application import By, Newsroom
from publisher.domain import errors
from publisher.domain.content import Content
from publisher.domain.policy import Role

Make = Callable[..., Newsroom]


def opened(room: Newsroom, *roles: Role) -> UUID:
    return room.open_account(roles, By()).id


def roles(room: Newsroom, account: UUID) -> set[str]:
    return room.repository.get(account).roles


def test_a_role_is_granted_and_revoked(newsroom: Make) -> None:
    """By another account, or from the command line."""
    room = newsroom()
    admin, editor = opened(room, Role.ADMIN), opened(room, Role.EDITOR)
    room.grant(editor, Role.AUDITOR, By(actor=str(admin)))
    assert roles(room, editor) == {"editor", "auditor"}
    room.revoke(editor, Role.EDITOR, By(actor=str(admin)))
    assert roles(room, editor) == {"auditor"}


def test_nobody_manages_their_own_account(newsroom: Make) -> None:
    """Not even an admin among several."""
    room = newsroom()
    admin = opened(room, Role.ADMIN)
    opened(room, Role.ADMIN)
    own, head = By(actor=str(admin)), room.reader.head()
    with pytest.raises(errors.NotYourself):
        room.grant(admin, Role.CHIEF, own)
    with pytest.raises(errors.NotYourself):
        room.revoke(admin, Role.ADMIN, own)
    with pytest.raises(errors.NotYourself):
        room.close_account(admin, own)
    assert room.reader.head() == head


def test_the_last_admin_stays(newsroom: Make) -> None:
    """Whoever was an admin once, or is closed, does not count."""
    room = newsroom()
    first, second, third = (opened(room, Role.ADMIN) for _ in range(3))
    room.close_account(first, By())
    room.revoke(second, Role.ADMIN, By())
    head = room.reader.head()
    with pytest.raises(errors.LastAdmin):
        room.close_account(third, By())
    with pytest.raises(errors.LastAdmin):
        room.revoke(third, Role.ADMIN, By())
    assert room.reader.head() == head

    room.grant(second, Role.ADMIN, By())
    room.close_account(third, By())
    assert room.repository.get(third).closed


def test_others_can_be_closed_where_there_never_was_an_admin(newsroom: Make) -> None:
    """The command line manages such a newsroom."""
    room = newsroom()
    editor = opened(room, Role.EDITOR)
    room.close_account(editor, By())
    assert room.repository.get(editor).closed


def test_a_closed_account_is_managed_no_more(newsroom: Make) -> None:
    """Closing is final."""
    room = newsroom()
    editor = opened(room, Role.EDITOR)
    room.close_account(editor, By())
    with pytest.raises(errors.AccountClosed):
        room.grant(editor, Role.CHIEF, By())
    with pytest.raises(errors.AccountClosed):
        room.close_account(editor, By())


def test_only_accounts_are_managed(newsroom: Make) -> None:
    """Neither an unknown id nor that of a publication."""
    room = newsroom()
    draft = room.draft(Content(kind="notice", language="en", title="T", summary="", body=""), By())
    for stranger in (uuid4(), draft.id):
        with pytest.raises(errors.UnknownAccount):
            room.grant(stranger, Role.CHIEF, By())


def test_account_commands_are_carried_out_once(newsroom: Make) -> None:
    """A retry is answered as it was the first time, though the rule would refuse it now."""
    room = newsroom()
    editor = opened(room, Role.EDITOR)
    granting, closing = By(command_id=UUID(int=1)), By(command_id=UUID(int=2))
    granted = room.grant(editor, Role.CHIEF, granting)
    closed = room.close_account(editor, closing)
    head = room.reader.head()
    assert room.grant(editor, Role.CHIEF, granting) == granted
    assert room.close_account(editor, closing) == closed
    assert room.reader.head() == head
    with pytest.raises(errors.CommandReused):
        room.grant(editor, Role.AUDITOR, granting)

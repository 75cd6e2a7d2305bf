"""Which role may do what."""

import itertools

import pytest

from publisher.domain.errors import Forbidden
from publisher.domain.policy import Action, Role, allows, check

MAY = {
    ("contributor", "read the desk"),
    ("contributor", "draft, revise and submit"),
    ("editor", "read the desk"),
    ("editor", "draft, revise and submit"),
    ("editor", "review"),
    ("editor", "publish, amend, schedule and move"),
    ("chief", "read the desk"),
    ("chief", "draft, revise and submit"),
    ("chief", "review"),
    ("chief", "publish, amend, schedule and move"),
    ("chief", "withdraw and reinstate"),
    ("chief", "remove and redact"),
    ("chief", "publish past review"),
    ("chief", "edit the masthead"),
    ("auditor", "read the desk"),
    ("auditor", "read the record"),
    ("admin", "manage accounts"),
}


@pytest.mark.parametrize(("role", "action"), list(itertools.product(Role, Action)))
def test_a_role_may_do_what_the_table_says(role: Role, action: Action) -> None:
    """Every pair, written out here a second time."""
    assert allows([role], action) == ((role.value, action.value) in MAY)


@pytest.mark.parametrize(("role", "action"), list(itertools.product(Role, Action)))
def test_what_a_role_may_not_is_forbidden(role: Role, action: Action) -> None:
    """Checking refuses just what is not allowed, and says what was asked."""
    if (role.value, action.value) in MAY:
        assert check([role], action) is None  # type: ignore[func-returns-value]
    else:
        with pytest.raises(Forbidden, match=action.value):
            check([role], action)


@pytest.mark.parametrize("action", Action)
def test_nobody_without_a_role_may_do_anything(action: Action) -> None:
    """No roles, no leave."""
    with pytest.raises(Forbidden):
        check([], action)


@pytest.mark.parametrize(("one", "two", "action"), list(itertools.product(Role, Role, Action)))
def test_roles_add_up(one: Role, two: Role, action: Action) -> None:
    """Who has two roles may do what either may, roles written as events write them."""
    assert allows([one.value, two.value], action) == (allows([one], action) or allows([two], action))


def test_an_unknown_role_is_no_role() -> None:
    """A misspelt role does not pass in silence."""
    with pytest.raises(ValueError, match="editr"):
        allows(["editr"], Action.DRAFT)

"""An account in the log: its roles and its end."""

from uuid import uuid4

from domain_samples import act, last, names, refused

from publisher.domain import errors
from publisher.domain.account import Account
from publisher.domain.policy import Role


def account(*roles: Role) -> Account:
    opened = Account.open(uuid4(), roles, act())
    opened.collect_events()
    return opened


def closed() -> Account:
    opened = account(Role.EDITOR)
    opened.close(act())
    opened.collect_events()
    return opened


def test_an_account_opens_with_its_roles() -> None:
    """One event each, in the order given."""
    identity = uuid4()
    opened = Account.open(identity, [Role.EDITOR, Role.AUDITOR], act())
    assert (opened.id, names(opened)) == (identity, ["Opened", "RoleGranted", "RoleGranted"])
    assert [e.role for e in opened.pending_events[1:]] == ["editor", "auditor"]
    assert opened.roles == {"editor", "auditor"}


def test_a_role_named_twice_is_granted_once() -> None:
    """The command line takes --role again and again."""
    assert names(Account.open(uuid4(), [Role.CHIEF, Role.CHIEF], act())) == ["Opened", "RoleGranted"]


def test_an_account_can_open_without_roles() -> None:
    """They can be granted later."""
    assert names(Account.open(uuid4(), [], act())) == ["Opened"]


def test_the_log_holds_no_name() -> None:
    """Nothing but the id and the marks."""
    opened = Account.open(uuid4(), [], act())
    assert sorted(vars(last(opened))) == [
        "actor", "command_id", "command_sha256", "originator_id", "originator_topic",
        "originator_version", "rehearsal", "timestamp",
    ]  # fmt: skip


def test_granting_adds_a_role() -> None:
    """The others stay."""
    editor = account(Role.EDITOR)
    editor.grant(Role.CHIEF, act())
    assert (last(editor).role, editor.roles) == ("chief", {"editor", "chief"})


def test_granting_a_held_role_is_refused() -> None:
    """Nothing would change."""
    editor = account(Role.EDITOR)
    with refused(editor, errors.RoleHeld, "editor"):
        editor.grant(Role.EDITOR, act())


def test_revoking_takes_a_role_away() -> None:
    """The others stay."""
    both = account(Role.EDITOR, Role.CHIEF)
    both.revoke(Role.CHIEF, act())
    assert (last(both).role, both.roles) == ("chief", {"editor"})


def test_revoking_a_role_not_held_is_refused() -> None:
    """Nothing would change."""
    editor = account(Role.EDITOR)
    with refused(editor, errors.RoleNotHeld, "admin"):
        editor.revoke(Role.ADMIN, act())


def test_closing_ends_an_account() -> None:
    """Its id stays in the log."""
    editor = account(Role.EDITOR)
    editor.close(act())
    assert (names(editor), editor.closed) == (["Closed"], True)


def test_nobody_changes_their_own_roles() -> None:
    """Neither to more nor to less."""
    admin = account(Role.ADMIN)
    own = act(actor=str(admin.id))
    with refused(admin, errors.NotYourself):
        admin.grant(Role.CHIEF, own)
    with refused(admin, errors.NotYourself):
        admin.revoke(Role.ADMIN, own)


def test_nobody_closes_their_own_account() -> None:
    """Another admin does."""
    admin = account(Role.ADMIN)
    with refused(admin, errors.NotYourself):
        admin.close(act(actor=str(admin.id)))


def test_a_closed_account_takes_no_act() -> None:
    """Closing is final."""
    editor = closed()
    with refused(editor, errors.AccountClosed):
        editor.grant(Role.CHIEF, act())
    with refused(editor, errors.AccountClosed):
        editor.revoke(Role.EDITOR, act())
    with refused(editor, errors.AccountClosed):
        editor.close(act())

"""`publisher account`: who may sign in, managed from the command line."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pyotp
import pytest
from click.testing import CliRunner, Result

from publisher import bootstrap
from publisher.bootstrap import Publisher
from publisher.cli import main
from publisher.config import Config

Account = Callable[..., Result]
PASSWORD, OTHER = "correct horse battery", "staple correct horse"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(data=tmp_path / "var")


@pytest.fixture
def account(config: Config) -> Account:
    """Run `publisher account ...` on a newsroom of this test's own."""

    def run(*arguments: str, stdin: str | None = None, **settings: str) -> Result:
        env = {"PUBLISHER_DATA": str(config.data), **settings}
        return CliRunner().invoke(
            main, ("account", *arguments), input=stdin, env=env, catch_exceptions=False
        )

    return run


def opened(account: Account, name: str, *roles: str) -> str:
    """Open an account; its id."""
    options = [part for role in roles for part in ("--role", role)]
    result = account("open", name, *options, "--password-stdin", stdin=PASSWORD)
    assert result.exit_code == 0
    return result.stdout.split()[1]


def listed(account: Account) -> list[list[str]]:
    return [line.split("\t") for line in account("list").stdout.splitlines()]


def signed_in(publisher: Publisher, name: str) -> str:
    found = publisher.accounts.id_of(name)
    assert found is not None
    return publisher.sessions.start(found)


def is_refused(result: Result, says: str) -> None:
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("publisher: ")
    assert says in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_newsroom_without_accounts_lists_none(account: Account) -> None:
    """And makes no event of it."""
    assert (account("list").exit_code, listed(account)) == (0, [])


def test_accounts_are_listed_by_name_with_their_roles(account: Account) -> None:
    """A closed one says so, in place of its roles."""
    second = opened(account, "Berta", "editor", "auditor")
    first = opened(account, "Anna", "admin")
    third = opened(account, "Clara", "chief")
    assert account("close", "Clara").exit_code == 0
    assert listed(account) == [
        [first, "Anna", "admin"],
        [second, "Berta", "auditor, editor"],
        [third, "Clara", "closed"],
    ]


def test_a_forgotten_name_is_listed_last_by_its_id(account: Account, config: Config) -> None:
    """The log still knows the account."""
    opened(account, "Berta", "editor")
    forgotten = opened(account, "Anna", "editor")
    with bootstrap.opened(config) as publisher:
        publisher.accounts.forget(UUID(forgotten))
    assert listed(account)[-1] == [forgotten, "(forgotten)", "editor"]
    assert account("grant", forgotten, "--role", "chief").exit_code == 0
    assert listed(account)[-1][2] == "chief, editor"


def test_roles_are_granted_and_revoked(account: Account) -> None:
    """--role again for more of them; a line for each."""
    opened(account, "Anna", "editor")
    granted = account("grant", "anna", "--role", "chief", "--role", "auditor")
    assert granted.stdout == "anna has the role chief now.\nanna has the role auditor now.\n"
    revoked = account("revoke", "Anna", "--role", "editor")
    assert (revoked.exit_code, revoked.stdout) == (0, "Anna has the role editor no more.\n")
    assert listed(account)[0][2] == "auditor, chief"


def test_what_the_rules_refuse_is_said_in_one_sentence(account: Account) -> None:
    """And leaves everything as it was."""
    opened(account, "Anna", "admin")
    before = listed(account)
    is_refused(account("grant", "Anna", "--role", "admin"), "has the role admin already")
    is_refused(account("revoke", "Anna", "--role", "chief"), "does not have the role chief")
    is_refused(account("revoke", "Anna", "--role", "admin"), "the last admin")
    is_refused(account("close", "Anna"), "the last admin")
    is_refused(account("close", "Nobody"), "There is no account Nobody")
    is_refused(account("password", "Nobody", "--password-stdin", stdin=OTHER), "There is no account")
    is_refused(account("password", "Anna", "--password-stdin", stdin="short"), "The password is too short")
    assert listed(account) == before


def test_closing_signs_out(account: Account, config: Config) -> None:
    """Whoever is at the desk with it is not any more."""
    opened(account, "Anna", "editor")
    with bootstrap.opened(config) as publisher:
        token = signed_in(publisher, "Anna")
    assert account("close", "Anna").stdout == "The account Anna is closed.\n"
    with bootstrap.opened(config) as publisher:
        assert publisher.sessions.find(token) is None


def test_another_password_signs_out_whoever_has_the_old_one(account: Account, config: Config) -> None:
    """The old one opens nothing from then on."""
    opened(account, "Anna", "editor")
    with bootstrap.opened(config) as publisher:
        token = signed_in(publisher, "Anna")
    changed = account("password", "Anna", "--password-stdin", stdin=f"{OTHER}\r\n")
    assert (changed.exit_code, changed.stdout) == (0, "The password of Anna is changed.\n")
    with bootstrap.opened(config) as publisher:
        assert publisher.sessions.find(token) is None
        assert publisher.accounts.verify("Anna", PASSWORD) is None
        assert publisher.accounts.verify("Anna", OTHER) is not None


def test_a_password_is_asked_for_twice(account: Account, config: Config) -> None:
    """It does not show, and a slip of the finger is noticed."""
    opened(account, "Anna", "editor")
    typed = account("password", "Anna", stdin=f"{OTHER}\nsomething else\n{OTHER}\n{OTHER}\n")
    assert typed.exit_code == 0
    assert OTHER not in typed.output
    with bootstrap.opened(config) as publisher:
        assert publisher.accounts.verify("Anna", OTHER) is not None


def test_a_name_is_free_again_where_the_log_could_not_be_written(account: Account, config: Config) -> None:
    """An opening that fails halfway is no account, and the next one succeeds."""
    opened(account, "Berta", "editor")
    with closing(sqlite3.connect(config.data / "log.db")) as log:
        log.execute(
            "CREATE TRIGGER full BEFORE INSERT ON stored_events BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
        failed = account("open", "Anna", "--role", "editor", "--password-stdin", stdin=PASSWORD)
        is_refused(failed, "nothing was stored")
        log.execute("DROP TRIGGER full")
    opened(account, "Anna", "editor")
    assert [row[1] for row in listed(account)] == ["Anna", "Berta"]


def test_roles_that_are_none_are_wrong_usage(account: Account) -> None:
    """Before anything is opened."""
    for arguments in (("grant", "Anna"), ("revoke", "Anna", "--role", "king")):
        assert account(*arguments).exit_code == 2


def test_a_token_is_made_listed_and_revoked(account: Account, config: Config) -> None:
    """It is printed once, alone; its list shows what it is for, and no secret."""
    opened(account, "Ada", "editor")
    secret = account("token", "Ada", "--role", "editor", "--days", "30", "--label", "import").stdout.strip()
    with bootstrap.opened(config) as publisher:
        found = publisher.tokens.find(secret)
        assert found is not None
    (line,) = account("tokens", "Ada").stdout.splitlines()
    assert line.split("\t")[:2] + line.split("\t")[4:] == [str(found.id), "editor", "import"]
    assert account("tokens", "Ada", "--revoke", str(found.id)).exit_code == 0
    assert account("tokens", "Ada").stdout == ""
    assert account("tokens", "Ada", "--revoke", str(found.id)).exit_code == 1


def test_a_token_of_a_role_that_the_account_lacks_is_refused(account: Account) -> None:
    opened(account, "Ada", "editor")
    result = account("token", "Ada", "--role", "chief", "--days", "30")
    assert (result.exit_code, "does not have the role chief" in result.stderr) == (1, True)
    assert account("token", "Ada", "--role", "editor", "--days", "366").exit_code == 2


def test_revoking_a_role_ends_its_tokens(account: Account) -> None:
    """Granting it again brings none back."""
    opened(account, "Ada", "editor", "auditor")
    account("token", "Ada", "--role", "editor", "--days", "30")
    account("revoke", "Ada", "--role", "editor")
    account("grant", "Ada", "--role", "editor")
    assert account("tokens", "Ada").stdout == ""


def test_a_second_factor_that_was_lost_is_reset(account: Account, config: Config) -> None:
    """The account is signed out everywhere, and its holder told; the last admin has no other way."""
    opened(account, "Anna", "admin")
    with bootstrap.opened(config) as publisher:
        anna = publisher.accounts.id_of("Anna")
        assert anna
        publisher.factors.begin(anna)
        secret = publisher.factors.waiting(anna)
        assert secret
        publisher.factors.confirm(anna, pyotp.TOTP(secret).now())
        token = signed_in(publisher, "Anna")
    result = account("reset-second-factor", "Anna")
    assert (result.exit_code, "The second factor of Anna is off" in result.stdout) == (0, True)
    with bootstrap.opened(config) as publisher:
        assert publisher.factors.of(anna) is None
        assert publisher.factors.reset_at(anna)
        assert publisher.sessions.find(token) is None
    is_refused(account("reset-second-factor", "Anna"), "No second factor is on.")
    is_refused(account("reset-second-factor", "Boris"), "Boris")

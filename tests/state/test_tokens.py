"""Bearer tokens: their secrets, their ends, their use."""

import hashlib
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hand_clock import HandClock
from sqlalchemy import Engine, select

from publisher.domain.errors import UnknownAccount
from publisher.state.accounts import Accounts
from publisher.state.tables import token as table
from publisher.state.tokens import BadDays, BadLabel, Tokens

ANNA = UUID("11111111-1111-4111-8111-111111111111")
BORIS = UUID("22222222-2222-4222-8222-222222222222")
DAY, MICROSECOND = timedelta(days=1), timedelta(microseconds=1)


@pytest.fixture
def tokens(engine: Engine, clock: HandClock, accounts: Accounts) -> Tokens:
    accounts.add(ANNA, "Anna", "correct horse battery")
    accounts.add(BORIS, "Boris", "correct horse battery")
    return Tokens(engine, clock)


def test_a_secret_finds_its_token(tokens: Tokens, clock: HandClock) -> None:
    """With its account, role, label and end; another secret finds none."""
    secret = tokens.make(ANNA, "editor", "  nightly   import ", 3)
    found = tokens.find(secret)
    assert found is not None
    assert (found.account, found.role, found.label) == (ANNA, "editor", "nightly import")
    assert (found.made_at, found.ends_at, found.used_at) == (clock(), clock() + 3 * DAY, None)
    assert tokens.find(secret + "x") is None


def test_only_the_hash_is_stored(tokens: Tokens, engine: Engine) -> None:
    secret = tokens.make(ANNA, "editor", "import", 3)
    with engine.connect() as connection:
        row = connection.execute(select(table)).one()
    assert row.token_sha256 == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in map(str, row)


def test_a_token_ends_to_the_microsecond(tokens: Tokens, clock: HandClock) -> None:
    secret = tokens.make(ANNA, "editor", "import", 1)
    clock.advance(DAY - MICROSECOND)
    assert tokens.find(secret) is not None
    clock.advance(MICROSECOND)
    assert tokens.find(secret) is None
    assert tokens.of(ANNA) == ()


def test_the_last_use_is_noted_once_a_minute(tokens: Tokens, clock: HandClock) -> None:
    secret, first = tokens.make(ANNA, "editor", "import", 1), clock()
    tokens.find(secret)
    clock.advance(timedelta(seconds=59))
    tokens.find(secret)
    assert [row.used_at for row in tokens.of(ANNA)] == [first]
    clock.advance(timedelta(seconds=1))
    tokens.find(secret)
    assert [row.used_at for row in tokens.of(ANNA)] == [clock()]


def test_a_token_is_revoked_by_its_own_account(tokens: Tokens) -> None:
    """Another account's id ends nothing."""
    secret = tokens.make(ANNA, "editor", "import", 1)
    (row,) = tokens.of(ANNA)
    assert not tokens.revoke(BORIS, row.id)
    assert tokens.find(secret) is not None
    assert tokens.revoke(ANNA, row.id)
    assert tokens.find(secret) is None


def test_the_tokens_of_a_role_end_together(tokens: Tokens) -> None:
    by_role = {role: tokens.make(ANNA, role, "import", 1) for role in ("editor", "auditor")}
    other = tokens.make(BORIS, "editor", "import", 1)
    assert tokens.revoke_all(ANNA, "editor") == 1
    assert [tokens.find(s) is None for s in (*by_role.values(), other)] == [True, False, False]


def test_forgetting_an_account_ends_its_tokens(tokens: Tokens, accounts: Accounts) -> None:
    secret = tokens.make(ANNA, "editor", "import", 1)
    accounts.forget(ANNA)
    assert tokens.find(secret) is None


@pytest.mark.parametrize("days", [0, -1, 366])
def test_a_life_of_more_than_a_year_is_refused(tokens: Tokens, days: int) -> None:
    """And one of no day at all."""
    with pytest.raises(BadDays):
        tokens.make(ANNA, "editor", "import", days)
    assert tokens.of(ANNA) == ()


@pytest.mark.parametrize("label", ["", "  ", "x" * 101, "a\x00b"])
def test_a_token_says_what_it_is_for(tokens: Tokens, label: str) -> None:
    with pytest.raises(BadLabel):
        tokens.make(ANNA, "editor", label, 1)


def test_a_token_is_of_an_account(tokens: Tokens) -> None:
    with pytest.raises(UnknownAccount):
        tokens.make(uuid4(), "editor", "import", 1)

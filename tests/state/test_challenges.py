"""Sign-ins that wait for their second factor: for minutes, by a token that is not stored."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hand_clock import HandClock
from sqlalchemy import Engine, func, select

from publisher.state.accounts import Accounts
from publisher.state.challenges import Challenges
from publisher.state.tables import challenge as table

ANNA = UUID("11111111-1111-4111-8111-111111111111")
BORIS = UUID("22222222-2222-4222-8222-222222222222")


@pytest.fixture
def challenges(engine: Engine, clock: HandClock, accounts: Accounts) -> Challenges:
    accounts.add(ANNA, "Anna", "correct horse battery")
    accounts.add(BORIS, "Boris", "correct horse battery")
    return Challenges(engine, clock)


def test_a_token_says_whose_sign_in_waits_for_five_minutes(
    challenges: Challenges, clock: HandClock
) -> None:
    token = challenges.make(ANNA)
    clock.advance(timedelta(minutes=5) - timedelta(microseconds=1))
    assert challenges.find(token) == ANNA
    clock.advance(timedelta(microseconds=1))
    assert challenges.find(token) is None


@pytest.mark.parametrize("token", ["", "wrong", "\ud800"])
def test_another_token_finds_nobody(challenges: Challenges, token: str) -> None:
    challenges.make(ANNA)
    assert challenges.find(token) is None


def test_all_of_an_account_end_and_those_of_others_wait_on(challenges: Challenges) -> None:
    tokens, other = [challenges.make(ANNA), challenges.make(ANNA)], challenges.make(BORIS)
    challenges.end_all(ANNA)
    assert [challenges.find(token) for token in tokens] == [None, None]
    assert challenges.find(other) == BORIS


def test_only_the_hash_is_stored_and_what_is_over_is_deleted(
    challenges: Challenges, clock: HandClock, engine: Engine, tmp_path: Path
) -> None:
    tokens = [challenges.make(ANNA)]
    clock.advance(timedelta(minutes=5))
    tokens.append(challenges.make(BORIS))
    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert not any(token.encode() in stored for token in tokens)
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(table)) == 1

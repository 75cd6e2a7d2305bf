"""Failed attempts to sign in: how many are heard, by name and by address, in all processes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from hand_clock import HandClock
from sqlalchemy import Engine, select

from publisher.state.attempts import ADDRESS_LIMIT, NAME_LIMIT, WINDOW, Attempts, TooManyAttempts
from publisher.state.database import open_state
from publisher.state.tables import attempt as table

HERE = "192.0.2.7"


@pytest.fixture
def attempts(engine: Engine, clock: HandClock) -> Attempts:
    return Attempts(engine, clock)


def test_ten_failures_of_a_name_are_heard_and_no_eleventh(attempts: Attempts) -> None:
    """However the name is written, and from whatever address."""
    for number in range(NAME_LIMIT):
        attempts.begin("Anna", f"192.0.2.{number}")
    with pytest.raises(TooManyAttempts):
        attempts.begin(" ANNA ", "198.51.100.1")
    attempts.begin("Boris", HERE)


def test_an_address_can_try_no_more_names_than_its_limit(attempts: Attempts) -> None:
    """One password tried on every name is stopped as well; other addresses are not."""
    for number in range(ADDRESS_LIMIT):
        attempts.begin(f"name {number}", HERE)
    with pytest.raises(TooManyAttempts):
        attempts.begin("another", HERE)
    attempts.begin("another", "192.0.2.8")


def test_a_failure_counts_for_a_quarter_of_an_hour(attempts: Attempts, clock: HandClock) -> None:
    """What was refused does not count: whoever goes on trying is heard again no later."""
    for _ in range(NAME_LIMIT):
        attempts.begin("Anna", HERE)
    clock.advance(WINDOW - timedelta(seconds=1))
    with pytest.raises(TooManyAttempts) as refused:
        attempts.begin("Anna", HERE)
    assert refused.value.seconds == 1
    clock.advance(timedelta(seconds=1))
    attempts.begin("Anna", HERE)


def test_success_clears_the_failures_of_its_name(attempts: Attempts) -> None:
    """And not those of others from the same address."""
    for _ in range(NAME_LIMIT - 1):
        attempts.begin("Anna", HERE)
        attempts.begin("Boris", HERE)
    attempts.succeeded("anna")
    for _ in range(NAME_LIMIT):
        attempts.begin("Anna", HERE)
    attempts.begin("Boris", HERE)
    with pytest.raises(TooManyAttempts):
        attempts.begin("Boris", HERE)


def test_attempts_that_come_at_once_are_counted_one_by_one(engine: Engine, clock: HandClock) -> None:
    """Forty threads on two connections, as workers have them: ten are heard."""
    again = open_state(Path(str(engine.url.database)))
    counters = (Attempts(engine, clock), Attempts(again, clock))

    def heard(number: int) -> bool:
        try:
            counters[number % 2].begin("Anna", HERE)
        except TooManyAttempts:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(heard, range(40))) == NAME_LIMIT
    again.dispose()


def test_what_was_typed_as_a_name_is_not_kept(attempts: Attempts, engine: Engine) -> None:
    """It may have been a password; an address is nobody's business either."""
    attempts.begin("my secret words", HERE)
    with engine.connect() as connection:
        row = connection.execute(select(table)).one()
    assert "secret" not in str(row)
    assert HERE not in str(row)


def test_failures_that_count_no_more_are_deleted(
    attempts: Attempts, engine: Engine, clock: HandClock
) -> None:
    """The next attempt takes them away."""
    attempts.begin("Anna", HERE)
    clock.advance(WINDOW)
    attempts.begin("Boris", HERE)
    with engine.connect() as connection:
        assert len(connection.execute(select(table)).all()) == 1

"""A real state database, a clock that tests turn, and hashes that cost little."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hand_clock import HandClock
from sqlalchemy import Engine

from publisher.state.accounts import Accounts
from publisher.state.database import open_state
from publisher.state.sessions import Sessions


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_state(tmp_path / "state.db")
    yield engine
    engine.dispose()


@pytest.fixture
def hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


@pytest.fixture
def accounts(engine: Engine, hasher: PasswordHasher) -> Accounts:
    return Accounts(engine, hasher)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def sessions(engine: Engine, clock: HandClock) -> Sessions:
    return Sessions(engine, clock)

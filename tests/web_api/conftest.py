"""A newsroom's machine interface, and programs with tokens of every role."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from api_program import PASSWORD, Program
from argon2 import PasswordHasher
from flask import Flask

from movable_clock import MovableClock
from publisher import accounts
from publisher.bootstrap import Publisher, open_publisher
from publisher.config import Config
from publisher.domain.policy import Role
from publisher.state.accounts import Accounts
from publisher.state.database import open_state
from publisher.web import create_app


@pytest.fixture
def publisher(tmp_path: Path, clock: MovableClock) -> Iterator[Publisher]:
    """A newsroom in Europe/London at the test's clock."""
    made = open_publisher(Config(data=tmp_path / "var", base_url="http://localhost"), clock)
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    yield replace(made, accounts=Accounts(open_state(tmp_path / "var" / "state.db"), cheap))
    made.close()


@pytest.fixture
def app(publisher: Publisher) -> Flask:
    made = create_app(publisher)
    made.testing = True
    return made


@pytest.fixture
def program(app: Flask, publisher: Publisher) -> Callable[..., Program]:
    """A factory: a program whose token has the first of these roles of a new account."""

    def made(*roles: str) -> Program:
        name = f"{roles[0]}-{len(publisher.accounts.names())}"
        account = accounts.open_with_secret(publisher, name, PASSWORD, [Role(r) for r in roles])
        publisher.projector.catch_up()
        token = accounts.make_token(publisher, account, roles[0], "test", 30)
        return Program(client=app.test_client(), account=account, token=token)

    return made


@pytest.fixture
def chief(program: Callable[..., Program]) -> Program:
    return program("chief")


@pytest.fixture
def events(publisher: Publisher) -> Callable[[], int]:
    """How many events the log holds."""

    def count() -> int:
        return sum(1 for _ in publisher.newsroom.reader.stored(0, 100_000))

    return count

"""A whole newsroom behind its web application, on real files, with a clock that a test moves."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from argon2 import PasswordHasher
from desk_people import PASSWORD, Person, token_of
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
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # so that signing in is not slow
    yield replace(made, accounts=Accounts(open_state(tmp_path / "var" / "state.db"), cheap))
    made.close()


@pytest.fixture
def app(publisher: Publisher) -> Flask:
    made = create_app(publisher)
    made.testing = True
    return made


@pytest.fixture
def visitor(app: Flask) -> Person:
    """A browser of somebody who is not signed in."""
    return Person(client=app.test_client())


@pytest.fixture
def account(publisher: Publisher) -> Callable[..., str]:
    """A factory: opens an account with roles, all with the same password, and gives its name."""

    def opened(*roles: str) -> str:
        name = "-".join(roles) + f"-{uuid4().hex[:6]}"
        accounts.open_with_secret(publisher, name, PASSWORD, [Role(role) for role in roles])
        return name

    return opened


@pytest.fixture
def signed_in(app: Flask, account: Callable[..., str]) -> Callable[..., Person]:
    """A factory: somebody with these roles, signed in in a browser of their own."""

    def person(*roles: str) -> Person:
        made = Person(client=app.test_client(), name=account(*roles))
        answer = made.post("/desk/sign-in", name=made.name, password=PASSWORD)
        assert answer.status_code == 303, answer.text
        made.token = ""
        made.token = token_of(made.get("/desk/sign-in").text)
        return made

    return person


@pytest.fixture
def chief(signed_in: Callable[..., Person]) -> Person:
    return signed_in("chief")


@pytest.fixture
def events(publisher: Publisher) -> Callable[[], int]:
    """How many events the log holds."""

    def count() -> int:
        return sum(1 for _ in publisher.newsroom.reader.stored(0, 100_000))

    return count

"""A long run of Schemathesis against the machine interface, by tokens of every role."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from movable_clock import MovableClock
from publisher import accounts
from publisher.bootstrap import open_publisher
from publisher.config import Config
from publisher.domain.policy import Role
from publisher.state.accounts import Accounts
from publisher.state.database import open_state
from publisher.web import create_app

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "web_api"))
from api_program import PASSWORD, TEXT, Program
from test_api_schema import tried

pytestmark = pytest.mark.soak
MANY = 60
"""Examples of each operation and mode."""


@pytest.fixture
def newsroom(tmp_path: Path, clock: MovableClock) -> Iterator[Any]:
    """The application, and a program of each role."""
    made = open_publisher(Config(data=tmp_path / "var", base_url="http://localhost"), clock)
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    publisher = replace(made, accounts=Accounts(open_state(tmp_path / "var" / "state.db"), cheap))
    app = create_app(publisher)
    programs = {}
    for role in Role:
        account = accounts.open_with_secret(publisher, f"The {role}", PASSWORD, [role])
        publisher.projector.catch_up()
        token = accounts.make_token(publisher, account, role, "soak", 30)
        programs[role] = Program(client=app.test_client(), account=account, token=token)
    yield app, programs
    made.close()


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("role", list(Role))
def test_no_request_of_any_role_finds_a_fault(newsroom: Any, role: Role) -> None:
    """What the document admits and what it does not; the text that is asked about is an editor's."""
    app, programs = newsroom
    there = programs[Role.EDITOR].post("/api/publications", **TEXT).headers["Location"]
    assert tried(app, programs[role], MANY, there.rpartition("/")[2]) > MANY

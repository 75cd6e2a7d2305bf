"""A whole newsroom behind its web application, on real files, with a clock that a test moves."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from movable_clock import MovableClock
from publisher import accounts
from publisher.bootstrap import Publisher, open_publisher
from publisher.config import Config
from publisher.domain.policy import Role
from publisher.web import create_app

PASSWORD = "a long password for tests"

TEXT = {
    "title": "Ferry timetable for the summer",
    "summary": "More boats from June on.",
    "body": "From 1 June there are **nine** boats a day.",
    "kind": "press-release",
    "language": "en-GB",
    "markup": "commonmark",
    "topics": "ferries, summer",
    "speakers": "Ada Brandt",
}
"""The fields of a publication, as the desk's form sends them."""


@dataclass
class Person:
    """Somebody at a browser, signed in or not."""

    client: FlaskClient
    name: str = ""
    token: str = field(default="", repr=False)

    def get(self, address: str, **options: Any) -> TestResponse:
        return self.client.get(address, **options)

    def post(self, address: str, _token: bool = True, **fields: str) -> TestResponse:
        """Send a form with its token and a new command id, unless the fields have one."""
        if _token and not self.token:
            self.token = token_of(self.client.get("/desk/sign-in").text)
        form = {"command_id": str(uuid4())} | fields
        return self.client.post(address, data=form | ({"csrf_token": self.token} if _token else {}))

    def draft(self, **changes: str) -> str:
        """The id of a new draft."""
        answer = self.post("/desk/new", **(TEXT | changes))
        assert answer.status_code == 303, answer.text
        return str(answer.headers["Location"]).rpartition("/")[2]

    def publish(self, publication: str, **fields: str) -> TestResponse:
        return self.post(f"/desk/{publication}/publish", **({"revision": "1", "when": "now"} | fields))


def token_of(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, page
    return found[1]


@pytest.fixture
def publisher(tmp_path: Path, clock: MovableClock) -> Iterator[Publisher]:
    """A newsroom in Europe/London at the test's clock."""
    made = open_publisher(Config(data=tmp_path / "var", base_url="http://localhost"), clock)
    yield made
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

"""A newsroom under attack: whole, on real files, with faults that reach the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from movable_clock import MovableClock
from publisher import accounts
from publisher.bootstrap import Publisher, open_publisher
from publisher.config import Config
from publisher.domain.policy import Role
from publisher.web import create_app

PASSWORD = "a long password for tests"


@pytest.fixture
def besieged(tmp_path: Path, clock: MovableClock) -> Iterator[Publisher]:
    """A newsroom in Europe/London at the test's clock."""
    made = open_publisher(Config(data=tmp_path / "var", base_url="http://localhost"), clock)
    yield made
    made.close()


@pytest.fixture
def stranger(besieged: Publisher) -> FlaskClient:
    """Somebody who knows nothing but the address; what the code did not expect is raised here."""
    app = create_app(besieged)
    app.testing = True
    return app.test_client()


@pytest.fixture
def insider(besieged: Publisher) -> FlaskClient:
    """A chief who is signed in and sends what no page of the desk would; form tokens are switched off."""
    accounts.open_with_secret(besieged, "chief", PASSWORD, [Role.CHIEF])
    app = create_app(besieged)
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    client.post("/desk/sign-in", data={"name": "chief", "password": PASSWORD})
    return client

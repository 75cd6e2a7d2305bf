"""Signing in by trying: the same answer whoever it is, and an end to it."""

from collections.abc import Callable

import pytest
from desk_people import PASSWORD, Person, token_of
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from movable_clock import MovableClock
from publisher.state.attempts import ADDRESS_LIMIT, NAME_LIMIT

WRONG = "That name and password do not belong together."
WAIT = "Too many attempts failed: wait a quarter of an hour, then try again."


def attempt(
    person: Person, name: str, password: str = "not this one at all", **headers: str
) -> TestResponse:
    if not person.token:
        person.token = token_of(person.get("/desk/sign-in").text)
    form = {"name": name, "password": password, "csrf_token": person.token}
    client: FlaskClient = person.client
    return client.post("/desk/sign-in", data=form, headers=headers)


def test_an_unknown_name_is_answered_as_a_wrong_password_is(
    visitor: Person, account: Callable[..., str]
) -> None:
    """Attempt by attempt, the last ones included: nobody learns which names there are."""
    name = account("editor")
    known = [attempt(visitor, name).status_code for _ in range(NAME_LIMIT + 1)]
    unknown = [attempt(visitor, "nobody of that name").status_code for _ in range(NAME_LIMIT + 1)]
    assert known == unknown == [401] * NAME_LIMIT + [429]


def test_after_ten_failures_the_right_password_is_not_heard_for_a_while(
    visitor: Person, account: Callable[..., str], clock: MovableClock
) -> None:
    """429 with a sentence and when to come back; then it is heard again."""
    name = account("editor")
    for _ in range(NAME_LIMIT):
        answer = attempt(visitor, name)
        assert WRONG in answer.text
    refused = attempt(visitor, name, PASSWORD)
    assert refused.status_code == 429
    assert WAIT in refused.text
    assert f'value="{name}"' in refused.text
    assert refused.headers["Retry-After"] == "900"
    clock.move(minutes=15)
    assert attempt(visitor, name, PASSWORD).status_code == 303


def test_what_was_typed_before_signing_in_survives_the_wait(
    visitor: Person, account: Callable[..., str]
) -> None:
    """The form for signing in goes on carrying it."""
    for _ in range(NAME_LIMIT):
        attempt(visitor, "anna")
    answer = visitor.post("/desk/sign-in", name="anna", password="x", **{"kept-title": "Typed"})
    assert answer.status_code == 429
    assert 'name="kept-title" value="Typed"' in answer.text


@pytest.mark.parametrize(
    ("name_at", "stopped"),
    [
        (lambda n: f"198.51.100.{n % 250}, 203.0.113.9", True),
        (lambda n: f"203.0.113.9, 198.51.100.{n % 250}", False),
        (lambda n: f"2001:db8:0:1::{n:x}", True),
        (lambda n: f"2001:db8:0:{n + 1:x}::1", False),
    ],
)
def test_behind_a_proxy_on_this_machine_the_address_is_what_it_names_last(
    visitor: Person, name_at: Callable[[int], str], stopped: bool
) -> None:
    """What a stranger writes before it counts for nothing; an IPv6 customer has a network."""
    for number in range(ADDRESS_LIMIT):
        attempt(visitor, f"name {number}", **{"X-Forwarded-For": name_at(number)})
    last = attempt(visitor, "one more", **{"X-Forwarded-For": name_at(ADDRESS_LIMIT)})
    assert last.status_code == (429 if stopped else 401)


def test_a_stranger_who_is_no_proxy_chooses_no_address(visitor: Person) -> None:
    """The header of somebody who comes from elsewhere is passed over."""
    there = {"REMOTE_ADDR": "198.51.100.1"}
    attempt(visitor, "first")
    for number in range(ADDRESS_LIMIT + 1):
        form = {"name": f"name {number}", "password": "x", "csrf_token": visitor.token}
        headers = {"X-Forwarded-For": f"203.0.113.{number}"}
        last = visitor.client.post("/desk/sign-in", data=form, headers=headers, environ_base=there)
    assert last.status_code == 429


def test_whoever_is_signed_in_is_not_disturbed_by_attempts_on_their_name(
    chief: Person, visitor: Person
) -> None:
    """A stranger can make them wait at the door, and never throw them out."""
    for _ in range(NAME_LIMIT + 1):
        attempt(visitor, chief.name)
    assert chief.get("/desk/").status_code == 200

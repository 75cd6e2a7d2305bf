"""Signing in and out: where it leads, how long it holds, and what its cookies say."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from desk_people import PASSWORD, Person, problem, token_of
from flask import Flask

from movable_clock import MovableClock
from publisher.bootstrap import Publisher
from publisher.web import create_app


def test_signing_in_opens_the_desk_and_signing_out_ends_the_session_on_the_server(
    chief: Person, app: Flask
) -> None:
    """The cookie of a session that ended opens nothing, also where a browser kept it."""
    assert chief.get("/desk/").status_code == 200
    kept = chief.client.get_cookie("session_id")
    assert kept is not None
    assert kept.http_only
    assert kept.same_site == "Lax"
    answer = chief.post("/desk/sign-out")
    assert answer.status_code == 303
    assert chief.client.get_cookie("session_id") is None
    other = app.test_client()
    other.set_cookie("session_id", kept.value)
    assert other.get("/desk/").headers["Location"].startswith("/desk/sign-in")


def test_a_wrong_password_is_refused_and_keeps_the_name(
    visitor: Person, account: Callable[..., str]
) -> None:
    """401, the name still in its field, the password not, and nobody signed in."""
    name = account("editor")
    answer = visitor.post("/desk/sign-in", name=name, password="not this one at all")
    assert answer.status_code == 401
    assert f'value="{name}"' in answer.text
    assert "not this one" not in answer.text
    assert "do not belong together" in problem(answer.text, "password")
    assert visitor.get("/desk/").status_code == 303


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(
    visitor: Person, account: Callable[..., str]
) -> None:
    """The address that was asked for is where signing in leads."""
    answer = visitor.get("/desk/?shelf=draft")
    assert answer.status_code == 303
    page = visitor.get(answer.headers["Location"]).text
    assert 'name="next" value="/desk/?shelf=draft"' in page
    there = visitor.post(
        "/desk/sign-in", name=account("editor"), password=PASSWORD, next="/desk/?shelf=draft"
    )
    assert there.headers["Location"] == "/desk/?shelf=draft"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/desk/",
        "/\\evil.example",
        "/desk/\\..",
        "desk/",
        "javascript:x",
    ],
)
def test_signing_in_leads_to_this_desk_only(
    visitor: Person, account: Callable[..., str], target: str
) -> None:
    """A foreign address to go on to is passed over, in the form and in what is sent."""
    page = visitor.client.get("/desk/sign-in", query_string={"next": target}).text
    assert 'name="next" value=""' in page
    answer = visitor.post("/desk/sign-in", name=account("editor"), password=PASSWORD, next=target)
    assert answer.headers["Location"] == "/desk/"


def test_a_session_is_over_when_it_was_not_used(chief: Person, clock: MovableClock) -> None:
    """Thirteen hours without a request sign out."""
    clock.move(hours=13)
    assert chief.get("/desk/").status_code == 303


def test_cookies_of_an_https_newsroom_are_bound_to_its_host(
    publisher: Publisher, account: Callable[..., str]
) -> None:
    """With an https address both cookies are secure and carry the `__Host-` prefix."""
    made = create_app(
        replace(publisher, config=replace(publisher.config, base_url="https://press.example"))
    )
    person = Person(client=made.test_client())
    address = "https://press.example/desk/sign-in"
    page = person.get(address)
    cookie = page.headers["Set-Cookie"]
    assert cookie.startswith("__Host-form=")
    assert "Secure" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    answer = person.client.post(
        address,
        data={"csrf_token": token_of(page.text), "name": account("editor"), "password": PASSWORD},
        headers={"Referer": address},
    )
    session = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("__Host-session="))
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(session.split("; "))

"""What every answer tells a browser not to do."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from desk_people import Person

from publisher import web
from publisher.bootstrap import Publisher
from publisher.web import create_app

ADDRESSES = (
    "/",
    "/feed.atom",
    "/no-such-page",
    "/static/style.css",
    "/healthz",
    "/desk/",
    "/desk/sign-in",
    "/audit/",
)


@pytest.fixture(params=ADDRESSES)
def address(request: pytest.FixtureRequest) -> str:
    """A page, a feed, an error, a file, an operator's page, the desk and the record."""
    return str(request.param)


def header(visitor: Person, address: str, name: str) -> str | None:
    with visitor.get(address) as answer:
        return answer.headers.get(name)


def test_a_page_loads_and_sends_nothing_elsewhere(visitor: Person, address: str) -> None:
    """Everything is forbidden that is not named, and nothing inline is named."""
    policy = header(visitor, address, "Content-Security-Policy") or ""
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["form-action"] == "'self'"
    assert rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_frames_sniffing_referrers_and_openers_are_shut_out(
    visitor: Person, address: str, name: str, value: str
) -> None:
    """One value each, on every answer."""
    assert header(visitor, address, name) == value


@pytest.mark.parametrize("feature", ["camera", "geolocation", "microphone", "payment"])
def test_no_page_asks_for_a_device(visitor: Person, address: str, feature: str) -> None:
    """An empty list allows a feature to nobody, this site included."""
    assert f"{feature}=()" in (header(visitor, address, "Permissions-Policy") or "").split(", ")


def test_a_browser_stays_with_https_where_the_newsroom_is_reached_so(
    publisher: Publisher, address: str
) -> None:
    """Two years, and for every host below it."""
    config = replace(publisher.config, base_url="https://press.example.org")
    client = create_app(replace(publisher, config=config)).test_client()
    with client.get(address) as answer:
        assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_a_newsroom_on_http_promises_no_https(visitor: Person, address: str) -> None:
    """A browser would else find nobody there."""
    assert header(visitor, address, "Strict-Transport-Security") is None


@pytest.mark.parametrize("address", ["/desk/", "/desk/new", "/desk/masthead", "/desk/sign-in"])
def test_no_cache_keeps_a_page_of_the_desk(chief: Person, address: str) -> None:
    """Whoever sits down at the machine next finds nothing."""
    assert chief.get(address).headers["Cache-Control"] == "no-store"


def test_no_cache_keeps_a_page_of_the_record(signed_in: Callable[..., Person]) -> None:
    """Nor what an auditor read."""
    assert signed_in("auditor").get("/audit/").headers["Cache-Control"] == "no-store"


def test_trace_is_not_answered(visitor: Person, address: str) -> None:
    """Nobody has a request sent back to them."""
    with visitor.client.open(address, method="TRACE") as answer:
        assert answer.status_code == 405 or (answer.status_code, address) == (404, "/no-such-page")


def test_no_script_uses_the_browsers_storage() -> None:
    """What is typed is kept by the server; a browser that is left behind holds two cookies."""
    scripts = list((Path(web.__file__).parent / "static").glob("**/*.js"))
    assert scripts
    words = ("localStorage", "sessionStorage", "indexedDB", "document.cookie", "caches.open")
    found = [
        (script.name, word) for script in scripts for word in words if word in script.read_text("utf-8")
    ]
    assert not found

"""Queries of addresses that can't be understood: the page says which field, and what to write there."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from desk_people import Person
from flask.testing import FlaskClient
from lxml import html

from publisher.application import By
from publisher.bootstrap import Publisher
from publisher.domain.content import Content
from publisher.web import create_app

NO_DAY = "is not a day: write YYYY-MM-DD, such as 2026-11-24."
SEARCH_PAST = "/web/20260520090000/http://localhost/search"


def german(publisher: Publisher) -> FlaskClient:
    """A reader of a German newsroom."""
    return create_app(replace(publisher, config=replace(publisher.config, language="de"))).test_client()


def sentences(page: str) -> list[str]:
    return [" ".join(p.text_content().split()) for p in html.fromstring(page).xpath("//main//p")]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/search?q=a&from=yesterday", f"From: “yesterday” {NO_DAY}"),
        ("/search?to=2026-02-30", f"To: “2026-02-30” {NO_DAY}"),
        ("/search?q=a&from=2026-W01-1", f"From: “2026-W01-1” {NO_DAY}"),
        (f"{SEARCH_PAST}?from=<b>", f"From: “<b>” {NO_DAY}"),
        ("/web/", "Date: It is empty: write one."),
        ("/web/?date=20260520", f"Date: “20260520” {NO_DAY}"),
        ("/web/?date=0999-01-01", "Date: That day is beyond the calendar: choose a later one."),
        ("/web/?date=2026-05-20&time=noon", "Time: Write a time as HH:MM, such as 09:00."),
    ],
)
def test_a_reader_is_told_which_field_and_what_to_write(
    publisher: Publisher, address: str, sentence: str
) -> None:
    """400 and the sentence on the newsroom's own page."""
    answer = create_app(publisher).test_client().get(address)
    assert answer.status_code == 400
    assert sentence in sentences(answer.text)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (
            "/search?q=a&to=gestern",
            "Bis: „gestern“ ist kein Tag: Schreiben Sie JJJJ-MM-TT, etwa 2026-11-24.",
        ),
        ("/web/?date=2026-05-20&time=x", "Uhrzeit: Schreiben Sie eine Uhrzeit als HH:MM, etwa 09:00."),
    ],
)
def test_a_reader_is_told_so_in_german(publisher: Publisher, address: str, sentence: str) -> None:
    """Field and sentence."""
    answer = german(publisher).get(address)
    assert answer.status_code == 400
    assert sentence.replace("„", "").replace("“", "") in sentences(
        answer.text.replace("„", "").replace("“", "").replace("”", "")
    )


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=someday", f"From: “someday” {NO_DAY}"),
        ("before=x", "The position to go on from is no number: follow a link of the list."),
        (f"before={'9' * 16}", "The position to go on from is no number: follow a link of the list."),
    ],
)
def test_an_auditor_is_told_so_too(signed_in: Callable[..., Person], query: str, sentence: str) -> None:
    """The filters of the record."""
    answer = signed_in("auditor").get(f"/audit/?{query}")
    assert answer.status_code == 400
    assert sentence in sentences(answer.text)


@pytest.mark.parametrize("query", ["to=9999-12-31", "from=0001-01-01", "from=%20&to=", "before="])
def test_the_calendars_edges_and_blanks_bound_no_list(signed_in: Callable[..., Person], query: str) -> None:
    """The first event of all is on the page."""
    assert 'href="/audit/events/1"' in signed_in("auditor").get(f"/audit/?{query}").text


def test_who_may_not_is_told_so_in_german(publisher: Publisher, chief: Person) -> None:
    """403 with the act's own words."""
    app = create_app(replace(publisher, config=replace(publisher.config, language="de")))
    client = app.test_client()
    cookie = chief.client.get_cookie("session_id")
    assert cookie
    client.set_cookie("session_id", cookie.value)
    answer = client.get("/audit/")
    assert answer.status_code == 403
    assert "Ihre Rollen erlauben das nicht: das Protokoll lesen." in sentences(answer.text)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 200),
        ("page=2", 404),
        ("q=known", 200),
        ("q=known&page=1", 200),
        ("q=known&page=2", 404),
        ("q=known&page=9999", 404),
        ("q=nothing", 200),
        ("q=nothing&page=2", 404),
    ],
)
def test_a_search_has_no_page_beyond_its_last(publisher: Publisher, query: str, status: int) -> None:
    """As lists have none."""
    text = Content(kind="notice", language="en-GB", title="Known", summary="", body="Text.")
    publisher.newsroom.publish(publisher.newsroom.draft(text, By()).id, 1, By())
    assert create_app(publisher).test_client().get(f"/search?{query}").status_code == status

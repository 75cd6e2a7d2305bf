"""What somebody who is signed in may send: forms with values that no page of the desk offers."""

from uuid import UUID

import pytest
from flask.testing import FlaskClient

from publisher.application import By
from publisher.bootstrap import Publisher
from publisher.domain import errors
from publisher.domain.content import Content
from publisher.domain.masthead import Counter, MastheadText


@pytest.fixture
def published(besieged: Publisher) -> UUID:
    """A publication that stood at two addresses: /2026/05/old and /2026/05/new."""
    content = Content(kind="notice", language="en-GB", title="Old", summary="", body="Text.")
    drafted = besieged.newsroom.draft(content, By())
    besieged.newsroom.publish(drafted.id, 1, By(), slug="old")
    besieged.newsroom.move(drafted.id, "new", By())
    return drafted.id


@pytest.mark.parametrize("there", ["/desk/\r\nX: y", "/desk/a\nb", "/desk/\x00", "/desk/\u2028"])
def test_a_next_address_that_no_header_can_hold_leads_to_the_desk(
    stranger: FlaskClient, insider: FlaskClient, there: str
) -> None:
    """Neither a fault nor a header of the sender's own; the page does not carry it either."""
    form = {"name": "chief", "password": "a long password for tests", "next": there}
    answer = insider.post("/desk/sign-in", data=form)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/")
    assert 'name="next" value=""' in stranger.get("/desk/sign-in", query_string={"next": there}).text


def test_the_second_time_of_a_clock_that_shows_it_once_is_the_first(
    insider: FlaskClient, besieged: Publisher
) -> None:
    """The choice stays in the form when the time is changed to one without a doubt."""
    content = Content(kind="notice", language="en-GB", title="Due", summary="", body="Text.")
    drafted = besieged.newsroom.draft(content, By())
    form = {"revision": "1", "when": "later", "date": "2026-10-26", "time": "09:00", "fold": "second"}
    form["expedite"] = "Nobody else is in."
    assert insider.post(f"/desk/{drafted.id}/publish", data=form).status_code == 303
    besieged.projector.catch_up()
    row = besieged.library.desk_row(besieged.now(), str(drafted.id))
    assert row is not None
    assert row.due is not None
    assert row.due.isoformat() == "2026-10-26T09:00:00+00:00"


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example/",
        "/\\evil.example/",
        "https://",
        "https:///x",
        "https://press.example.org@evil.example/",
        "http://a b/",
        "/a\nb",
        "ftp://a/",
        "relative",
        "",
    ],
)
def test_a_removal_leads_to_nothing_but_a_path_or_a_web_address(
    besieged: Publisher, published: UUID, target: str
) -> None:
    """The newsroom refuses it whoever asks; nothing is stored."""
    before = besieged.newsroom.reader.head()
    with pytest.raises(errors.BadText) as refused:
        besieged.newsroom.remove(published, "Gone.", By(), redirect=target)
    assert refused.value.field == "redirect"
    assert besieged.newsroom.reader.head() == before


@pytest.mark.parametrize("target", ["/2026/05/new", "/2026/05/old", "/2026/05/new?x#y", "/2026/05/old#y?x"])
def test_a_removal_does_not_lead_in_a_circle(insider: FlaskClient, published: UUID, target: str) -> None:
    """An address of the message itself would send its readers round for ever."""
    form = {"explanation": "Gone.", "redirect": target}
    answer = insider.post(f"/desk/{published}/remove", data=form)
    assert answer.status_code == 422
    assert "an address of this message itself" in answer.text


@pytest.mark.parametrize(
    "target", ["/archive", "/", "/2026/05/new-1?q=a#b", "https://press.example.org", "http://a:8000/x?y#z"]
)
def test_a_removal_leads_where_readers_can_go(
    insider: FlaskClient, stranger: FlaskClient, published: UUID, target: str
) -> None:
    """As it was typed."""
    insider.post(f"/desk/{published}/remove", data={"explanation": "Gone.", "redirect": target})
    answer = stranger.get("/2026/05/new")
    assert (answer.status_code, answer.headers["Location"]) == (301, target)


@pytest.mark.parametrize("reason", ["\x00", "\x1b[31m", "\ufffe", "x" * 5001])
def test_why_a_counter_stops_is_text_of_a_sensible_length(
    insider: FlaskClient, besieged: Publisher, reason: str
) -> None:
    """It stays in the log for good, so it is checked as every other reason is."""
    counter = Counter(key="days", since=besieged.now().date(), zone="Europe/London", text="{days} days")
    text = MastheadText(name="Office", counters=(counter,))
    besieged.newsroom.replace_masthead(text, By(), stop_reason="")
    before = besieged.newsroom.reader.head()
    form = {"name": "Office", "zone": "Europe/London", "stop_reason": reason}
    answer = insider.post("/desk/masthead", data=form)
    assert answer.status_code == 422
    assert 'id="stop_reason-wrong"' in answer.text
    assert besieged.newsroom.reader.head() == before

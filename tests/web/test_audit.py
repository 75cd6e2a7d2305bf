"""The record: who may read it, its filters and pages, and one event whole."""

import json
import re
from collections.abc import Callable
from html import unescape

import pytest
from desk_people import TEXT, Person
from lxml import html

from movable_clock import MovableClock
from publisher.application import By
from publisher.bootstrap import Publisher
from publisher.domain.content import Content


def positions(page: str) -> list[str]:
    return re.findall(r'href="/audit/events/(\d+)"', page)


def test_the_record_is_open_to_auditors_alone(signed_in: Callable[..., Person]) -> None:
    """An editor gets 403 on the list and on an event."""
    editor = signed_in("editor")
    assert editor.get("/audit/").status_code == 403
    assert editor.get("/audit/events/1").status_code == 403
    auditor = signed_in("auditor")
    assert auditor.get("/audit/").status_code == 200
    assert auditor.get("/audit/events/1").status_code == 200
    assert auditor.get("/audit/events/99999999999999999999").status_code == 404


def test_the_record_is_filtered_and_paged_by_position(
    chief: Person, signed_in: Callable[..., Person]
) -> None:
    """A subject and a type narrow it; `before` goes on below a position."""
    publication = chief.draft()
    chief.publish(publication)
    auditor = signed_in("auditor")
    mine = positions(auditor.get(f"/audit/?subject=publication/{publication}").text)
    assert len(mine) == 3  # drafted, and published past review
    rest = positions(auditor.get(f"/audit/?subject=publication/{publication}&before={mine[0]}").text)
    assert rest == mine[1:]
    assert positions(auditor.get("/audit/?to=2026-05-19").text) == []
    assert auditor.get("/audit/?from=someday").status_code == 400


def links(page: str) -> dict[str, str]:
    """The ways on from an event's page, by their words."""
    found = html.document_fromstring(page).xpath("//p[@class='ways']/a")
    return {re.sub(r"[←→]|: [\d,]+", "", a.text_content()).strip(): a.get("href") for a in found}


@pytest.fixture
def auditor(signed_in: Callable[..., Person]) -> Person:
    return signed_in("auditor")


def test_more_than_a_page_of_events_is_paged_to_the_first_one(
    publisher: Publisher, auditor: Person
) -> None:
    """Fifty a page, each page's own link to the older one, filters kept, no event twice or left out."""
    content = Content(kind="notice", language="en", title="Notice", summary="", body="")
    for _ in range(120):
        publisher.newsroom.draft(content, By())
    address, seen, pages = "/audit/?type=publisher.publication.drafted", [], 0
    while address:
        page = auditor.get(address).text
        seen += positions(page)
        pages += 1
        older = re.search(r'rel="next" href="([^"]+)"', page)
        address = unescape(older[1]) if older else ""
    assert pages == 3
    assert len(seen) == 120
    assert [*map(int, seen)] == sorted({*map(int, seen)}, reverse=True)


def test_the_record_is_filtered_by_type_by_person_and_by_command(
    chief: Person, signed_in: Callable[..., Person], auditor: Person
) -> None:
    """Each filter leaves its own events alone, together they narrow, and the form says them again."""
    publication = chief.draft()
    chief.publish(publication)
    other = signed_in("contributor")
    other.draft(title="Harbour closed")
    drafted = positions(auditor.get("/audit/?type=publisher.publication.drafted").text)
    assert len(drafted) == 2
    page = auditor.get("/audit/").text
    mine = re.search(rf'<option value="([^"]+)">{chief.name}<', page)
    assert mine
    acts = positions(auditor.get(f"/audit/?actor={mine[1]}").text)
    both = auditor.get(f"/audit/?actor={mine[1]}&type=publisher.publication.drafted").text
    assert positions(both) == [*set(acts) & set(drafted)]
    assert re.search(rf'<option value="{mine[1]}" selected>', both)
    assert '<option value="publisher.publication.drafted" selected>' in both
    published = positions(auditor.get("/audit/?type=publisher.publication.published").text)
    event = auditor.get(f"/audit/events/{published[0]}").text
    command = auditor.get(links(event)["All events of this command"]).text
    assert len(positions(command)) == 4  # past review, published, its address opened and claimed
    assert set(positions(command)) < set(acts)
    opened = positions(auditor.get("/audit/?actor=cli").text)
    assert opened
    assert not set(opened) & set(acts)
    forgotten = "1" * 8 + "-0000-4000-8000-" + "0" * 12
    assert f'<option value="{forgotten}" selected>' in auditor.get(f"/audit/?actor={forgotten}").text


def test_subjects_are_called_what_people_call_them(chief: Person, auditor: Person) -> None:
    """An address by its path, an account by its name, the masthead by that word, a text by its title."""
    chief.publish(chief.draft())
    chief.post("/desk/masthead", name="Harbour Office", zone="Europe/London")
    rows = html.document_fromstring(auditor.get("/audit/").text).xpath("//table//tr[td]")
    called = {row.xpath("td[@class='type']")[0].text_content(): row[-1].text_content() for row in rows}
    assert called["Claimed"] == "/2026/05/ferry-timetable-for-the-summer"
    assert called["Named"] == "Masthead"
    assert called["Published"] == TEXT["title"]
    accounts = auditor.get("/audit/?type=publisher.account.opened").text
    assert chief.name in accounts.partition("<table")[2]
    claimed = positions(auditor.get("/audit/?type=publisher.address.claimed").text)
    assert "/2026/05/ferry" in auditor.get(f"/audit/events/{claimed[0]}").text


def test_an_event_leads_to_its_neighbours_and_to_the_page_as_it_stood(
    chief: Person, auditor: Person, clock: MovableClock
) -> None:
    """Before and after of the same subject, and the text of that second, not of today."""
    publication = chief.draft(body="Nine boats.")
    chief.publish(publication)
    clock.move(minutes=5)
    chief.post(f"/desk/{publication}", **(TEXT | {"body": "Ten boats.", "base": "1"}))
    chief.post(f"/desk/{publication}/amend", revision="2", significance="major", note="Ten.", when="now")
    clock.move(minutes=5)
    amended, _, revised, published, past, drafted = positions(
        auditor.get(f"/audit/?subject=publication/{publication}").text
    )
    ways = links(auditor.get(f"/audit/events/{published}").text)
    assert ways["Before it, same subject"] == f"/audit/events/{past}"
    assert ways["After it, same subject"] == f"/audit/events/{revised}"
    then = auditor.get(ways["The page as it stood then"], follow_redirects=True)
    assert then.status_code == 200
    assert "Nine boats." in then.text
    assert "Ten boats." not in then.text
    later = links(auditor.get(f"/audit/events/{amended}").text)
    assert "After it, same subject" not in later
    now = auditor.get(later["The page as it stood then"], follow_redirects=True).text
    assert "Ten boats." in now
    first = links(auditor.get(f"/audit/events/{drafted}").text)
    assert "The page as it stood then" not in first
    assert "Before it, same subject" not in first
    claimed = positions(auditor.get("/audit/?type=publisher.address.claimed").text)[0]
    there = links(auditor.get(f"/audit/events/{claimed}").text)["The page as it stood then"]
    assert "Nine boats." in auditor.get(there).text


def test_an_event_of_this_very_second_leads_to_the_present(chief: Person, auditor: Person) -> None:
    """A memento's second ends before the event: the page of today shows it."""
    publication = chief.draft()
    chief.publish(publication)
    published = positions(auditor.get("/audit/?type=publisher.publication.published").text)[0]
    ways = links(auditor.get(f"/audit/events/{published}").text)
    assert ways["The page as it stood then"] == f"/id/{publication}"


def test_what_is_not_public_yet_has_no_page_then(chief: Person, auditor: Person) -> None:
    """A scheduled edition's event leads to no page before its instant."""
    chief.publish(chief.draft(), when="later", date="2026-06-01", time="09:00")
    published = positions(auditor.get("/audit/?type=publisher.publication.published").text)[0]
    assert "The page as it stood then" not in links(auditor.get(f"/audit/events/{published}").text)


def test_an_event_is_shown_as_it_is_exported(chief: Person, auditor: Person) -> None:
    """The whole CloudEvent, folded away, every word of it text."""
    chief.draft(title="<b>Ferry</b>")
    drafted = positions(auditor.get("/audit/?type=publisher.publication.drafted").text)[0]
    page = html.document_fromstring(auditor.get(f"/audit/events/{drafted}").text)
    event = json.loads(page.xpath("//details/pre")[0].text_content())
    assert event["specversion"] == "1.0"
    assert event["id"] == drafted
    assert event["type"] == "publisher.publication.drafted"
    assert event["data"]["revision"] == 1
    shown = [dt.text_content() for dt in page.xpath("//dl[@class='event']//dt")]
    assert len(shown) == len(set(shown))

"""The archives of the feeds: a reader walks to the first message ever, over pages that never change."""

import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from helper_site import HOST, Site
from lxml import etree
from werkzeug.test import TestResponse

from publisher.application import By
from publisher.bootstrap import rebuild_views
from publisher.domain.masthead import Counter
from publisher.interchange.bundle import read_bundle
from publisher.interchange.importing import import_bundle

NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "fh": "http://purl.org/syndication/history/1.0",
    "at": "http://purl.org/atompub/tombstones/1.0",
}
LASTING = "public, max-age=31536000, s-maxage=300, immutable"
FLOOD = Counter(key="flood", since=date(2018, 3, 4), zone="Europe/London", text="{days} days.")


def older(response: TestResponse) -> str | None:
    """The path of what a feed names as that which was before it."""
    if response.mimetype == "application/feed+json":
        found = [response.json["next_url"]] if "next_url" in response.json else []
    else:
        xpath = '//a:link[@rel="prev-archive"]/@href'
        found = etree.fromstring(response.data).xpath(xpath, namespaces=NAMES)
    return found[0].removeprefix(HOST) if found else None


def walked(site: Site, path: str) -> dict[str, TestResponse]:
    """A feed and every page of its archive, by the address at which each was found, the newest first."""
    pages: dict[str, TestResponse] = {}
    step: str | None = path
    while step:
        response = site.get(step)
        while response.status_code == 301:
            step = response.location
            response = site.get(step)
        assert response.status_code == 200, step
        assert step not in pages
        pages[step] = response
        step = older(response)
    return pages


def titles(response: TestResponse) -> list[str]:
    if response.mimetype == "application/feed+json":
        return [item["title"] for item in response.json["items"]]
    xpath = "//item/title/text()" if b"<rss" in response.data else "//a:entry/a:title/text()"
    return list(map(str, etree.fromstring(response.data).xpath(xpath, namespaces=NAMES)))


def newest_of_each(pages: dict[str, TestResponse]) -> dict[str, str]:
    """What a reader ends with who takes, of each id, the entry that was updated last: titles by id."""
    kept: dict[str, tuple[str, str]] = {}
    for page in pages.values():
        for entry in etree.fromstring(page.data).iterfind("a:entry", NAMES):
            updated, title = (
                entry.findtext(f"a:{name}", namespaces=NAMES) for name in ("updated", "title")
            )
            found = entry.findtext("a:id", namespaces=NAMES)
            kept[found] = max(kept.get(found, ("", "")), (updated, title))
    return {found: title for found, (_, title) in kept.items()}


def fill(site: Site, count: int = 65, **fields: Any) -> list[UUID]:
    """So many messages, a minute apart: their publications."""
    made = []
    for number in range(1, count + 1):
        made.append(site.publish(f"Message {number}", body=f"Text {number}.", **fields).id)
        site.clock.move(minutes=1)
    return made


def message(site: Site, number: int) -> UUID:
    """The publication of that number."""
    site.publisher.projector.catch_up()
    standing = site.publisher.library.at_path(site.clock.now, f"/2026/05/message-{number}")
    return UUID(standing.publication)


@pytest.fixture
def filled(site: Site) -> Site:
    site.masthead("Harbour Office")
    fill(site, topics=("trade",), speakers=("Anna Bell",), language="de")
    site.clock.move(minutes=5)
    return site


FEEDS = ("", "/kinds/statement", "/topics/trade", "/people/anna-bell", "/languages/de")


@pytest.mark.parametrize("fmt", ["atom", "rss", "json"])
@pytest.mark.parametrize("feed", FEEDS, ids=[f or "everything" for f in FEEDS])
def test_a_reader_walks_to_the_first_message_ever(filled: Site, feed: str, fmt: str) -> None:
    """Each message is met, pages are as large as feeds, and the first is met last."""
    pages = list(walked(filled, f"{feed}/feed.{fmt}").values())
    met = [titles(page) for page in pages]
    assert [len(each) for each in met] == [20, 20, 20, 20]
    assert {title for each in met for title in each} == {f"Message {n}" for n in range(1, 66)}
    assert met[-1][-1] == "Message 1"


def test_a_page_says_what_it_is(filled: Site) -> None:
    """An archive, of which feed, and how far that goes back (RFC 5005, section 4)."""
    page = etree.fromstring(filled.get("/topics/trade/archive/2.atom").data)
    links = {link.get("rel"): link.get("href") for link in page.iterfind("a:link", NAMES)}
    assert links == {
        "alternate": f"{HOST}/topics/trade",
        "self": f"{HOST}/topics/trade/archive/2.atom",
        "current": f"{HOST}/topics/trade/feed.atom",
        "prev-archive": f"{HOST}/topics/trade/archive/1.atom",
    }
    assert page.find("fh:archive", NAMES) is not None
    assert page.findtext("a:id", namespaces=NAMES) == etree.fromstring(
        filled.get("/topics/trade/feed.atom").data
    ).findtext("a:id", namespaces=NAMES)
    assert page.findtext("a:title", namespaces=NAMES) == "Harbour Office: Trade"
    channel = etree.fromstring(filled.get("/archive/2.rss").data).find("channel")
    assert channel.find("fh:archive", NAMES) is not None
    assert [link.get("rel") for link in channel.iterfind("a:link", NAMES)] == [
        "self",
        "current",
        "prev-archive",
    ]


def test_the_current_feed_is_no_archive(filled: Site) -> None:
    assert b"history/1.0" not in filled.get("/feed.atom").data


def changes(site: Site, publication: UUID) -> None:
    """All that can happen to a publication and its newsroom, but what hides a text."""
    newsroom = site.publisher.newsroom
    site.amend(publication, "Minor change", significance="minor", language="en-GB")
    site.clock.move(hours=1)
    site.amend(publication, "Major change", body="Another text.", topics=("fish",))
    site.clock.move(hours=1)
    newsroom.move(publication, "elsewhere", By())
    newsroom.withdraw(publication, "The figure was wrong.", By())
    site.clock.move(hours=1)
    newsroom.reinstate(publication, By())
    newsroom.withdraw(publication, "Wrong again.", By())
    site.masthead("Renamed Office", zone="Asia/Tokyo", counters=(FLOOD,))
    site.publish("Later", due=site.clock.now + timedelta(hours=3))
    site.clock.move(days=40)


@pytest.mark.parametrize("fmt", ["atom", "rss", "json"])
def test_no_page_changes_by_what_comes_later(filled: Site, fmt: str) -> None:
    """Not a byte and no validator, with an amendment, a move, a withdrawal or another name."""
    before = [walked(filled, f"{feed}/feed.{fmt}") for feed in FEEDS]
    publication = message(filled, 7)
    changes(filled, publication)
    rebuild_views(filled.publisher.config, check=False, repair=True)
    for pages in before:
        for path, page in list(pages.items())[1:]:
            now = filled.get(path)
            assert (now.status_code, now.data) == (200, page.data), path
            assert now.headers["ETag"] == page.headers["ETag"]
            assert now.headers["Last-Modified"] == page.headers["Last-Modified"]


def test_an_amended_old_message_comes_back(filled: Site) -> None:
    """To the current feed, under its id; who walks back ends with what it says now."""
    first = message(filled, 1)
    filled.amend(first, "Message 1, corrected", significance="correction")
    pages = walked(filled, "/feed.atom")
    assert titles(next(iter(pages.values())))[0] == "Message 1, corrected"
    assert titles(list(pages.values())[-1])[-1] == "Message 1"
    assert newest_of_each(pages)[f"urn:uuid:{first}"] == "Message 1, corrected"


def test_a_withdrawal_is_met_when_the_current_feed_has_forgotten_it(filled: Site) -> None:
    """The feed says it for 30 days, the archive for ever."""
    first = message(filled, 1)
    filled.publisher.newsroom.withdraw(first, "The figure was wrong.", By())
    filled.clock.move(days=31)
    pages = walked(filled, "/feed.atom")
    said = "This message was withdrawn on 20 May 2026: The figure was wrong."
    assert [said in page.text for page in pages.values()] == [False, True, False, False, False]
    fill(filled, 20)
    assert [said in page.text for page in walked(filled, "/feed.atom").values()] == [
        False,
        True,
        False,
        False,
        False,
    ]


def test_a_removed_text_leaves_the_archive(filled: Site) -> None:
    """Its page's address leads to the page without it; the other pages stay as they are."""
    before = walked(filled, "/feed.atom")
    first = message(filled, 1)
    filled.publisher.newsroom.remove(first, "At a court's order.", By())
    filled.clock.move(days=31)
    moved = filled.get("/archive/1.atom")
    assert (moved.status_code, moved.location) == (301, "/archive/1v0.1.atom")
    clean = filled.get(moved.location)
    assert "Text 1." not in clean.text
    assert titles(clean) == [f"Message {n}" for n in range(20, 1, -1)]
    assert clean.headers["Cache-Control"] == LASTING
    assert [filled.get(path).data == page.data for path, page in before.items()][1:] == [True, True, False]
    assert f"urn:uuid:{first}" in "".join(page.text for page in walked(filled, "/feed.atom").values())


@pytest.mark.parametrize("fmt", ["atom", "rss", "json"])
def test_a_redacted_text_leaves_every_archive(filled: Site, fmt: str) -> None:
    """Whatever address was known before leads to bytes without it, and a rebuild makes the same ones."""
    before = [path for feed in FEEDS for path in walked(filled, f"{feed}/feed.{fmt}")]
    first = message(filled, 7)
    filled.publisher.newsroom.redact(first, 1, "Article 17", By())
    filled.clock.move(minutes=5)
    pages = {path: filled.get(path, follow_redirects=True).data for path in before}
    assert not any(b"Text 7." in page or b"Message 7<" in page for page in pages.values())
    assert len({title for page in walked(filled, f"/feed.{fmt}").values() for title in titles(page)}) == 64
    assert older(filled.get(f"/feed.{fmt}")) == f"/archive/3v1.{fmt}"
    rebuild_views(filled.publisher.config, check=False, repair=True)
    assert {path: filled.get(path, follow_redirects=True).data for path in before} == pages


def test_what_was_imported_is_met(open_site: Callable[..., Site]) -> None:
    """Older than all in the current feed, newer to the archive than all of them."""
    site = open_site()
    fill(site, 25)
    line = {
        "publication": {
            "key": "old-1",
            "kind": "statement",
            "language": "en",
            "title": "From 1999",
            "summary": "",
            "body": "Old.",
            "topics": [],
            "speakers": [],
            "published_at": "1999-05-01T10:00:00Z",
            "amendments": [],
        }
    }
    import_bundle(site.publisher.newsroom, read_bundle(io.BytesIO(json.dumps(line).encode())), By())
    pages = walked(site, "/feed.atom")
    assert list(pages) == ["/feed.atom", "/archive/2-6.atom", "/archive/1.atom"]
    assert "From 1999" in titles(pages["/archive/2-6.atom"])
    site.clock.move(minutes=5)
    kept = site.get("/archive/2-6.atom")
    fill(site, 30)
    assert site.get("/archive/2-6.atom").data == kept.data
    assert "From 1999" in titles(site.get("/archive/2.atom"))


def test_a_scheduled_message_takes_its_place_at_its_instant(site: Site) -> None:
    """Before that no address tells of it; a cancelled one never has a place."""
    site.publish("Due", due=site.clock.now + timedelta(hours=1))
    cancelled = site.publish("Never", due=site.clock.now + timedelta(hours=1))
    fill(site, 19)
    site.publisher.newsroom.cancel_schedule(cancelled.id, 1, By())
    assert site.get("/archive/1.atom").status_code == 404
    site.clock.move(hours=1)
    assert titles(site.get("/archive/1.atom"))[0] == "Due"
    before = site.get("/archive/1.atom").data
    fill(site, 1)
    assert site.get("/archive/1.atom").data == before
    assert "Never" not in site.get("/archive/1.atom").text


def test_several_entries_of_a_publication_are_one_in_a_page(site: Site) -> None:
    """The last of them: some readers take two entries of one id for two messages."""
    first = fill(site, 19)[0]
    site.amend(first, "Message 1, again")
    assert titles(site.get("/archive/1.atom")) == [
        "Message 1, again",
        *(f"Message {n}" for n in range(19, 1, -1)),
    ]


def test_caches_may_keep_a_page_for_a_year_but_ask_for_others_readers(filled: Site) -> None:
    """What many share is asked for anew: a text may be removed."""
    page = filled.get("/archive/1.atom")
    assert page.headers["Cache-Control"] == LASTING
    again = filled.get("/archive/1.atom", headers={"If-None-Match": page.headers["ETag"]})
    assert (again.status_code, again.headers["Cache-Control"]) == (304, LASTING)
    since = {"If-Modified-Since": page.headers["Last-Modified"]}
    assert filled.get("/archive/1.atom", headers=since).status_code == 304
    assert filled.head("/archive/1.atom").headers["ETag"] == page.headers["ETag"]
    assert "Day-Counters" not in page.headers


def test_nothing_is_promised_of_a_page_in_its_first_minute(site: Site) -> None:
    """An act that waits for the log may yet come before its last entry."""
    fill(site, 19)
    site.publish("Message 20")
    new = site.get("/archive/1.atom")
    assert (new.headers["Cache-Control"], "Last-Modified" in new.headers) == ("no-cache", False)
    site.clock.move(seconds=61)
    old = site.get("/archive/1.atom")
    assert (old.headers["Cache-Control"], old.data) == (LASTING, new.data)


def test_a_rehearsal_promises_nothing(filled: Site, open_site: Callable[..., Site]) -> None:
    """It shows what its instant would, which is no page of the newsroom's; it can be walked as well."""
    at = filled.clock.now - timedelta(minutes=30)
    filled.publisher.close()
    rehearsal = open_site(now=at)
    pages = walked(rehearsal, "/feed.atom")
    seen = {title for page in pages.values() for title in titles(page)}
    assert seen == {f"Message {n}" for n in range(1, 42)}
    assert {page.headers["Cache-Control"] for page in list(pages.values())[1:]} == {"no-cache"}


@pytest.mark.parametrize(
    "path",
    [
        "/archive/4.atom",
        "/archive/4-6.atom",
        "/archive/1-20.atom",
        "/archive/1v1.atom",
        "/archive/0.atom",
        "/archive/1.xml",
        "/archive/999999999.atom",
        "/topics/nothing/archive/1.atom",
    ],
)
def test_there_is_no_page_but_those_that_are_full_or_named_by_what_they_hold(
    filled: Site, path: str
) -> None:
    assert filled.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/archive/1v0.atom", "/archive/1.atom"),
        ("/archive/1v0.3.atom", "/archive/1.atom"),
        ("/languages/DE/archive/1.rss", "/languages/de/archive/1.rss"),
    ],
)
def test_another_name_of_a_page_leads_to_its_own(filled: Site, path: str, target: str) -> None:
    response = filled.get(path)
    assert (response.status_code, response.location) == (301, target)


def test_the_past_has_no_archive(filled: Site) -> None:
    """A page of an archive is its own past; a feed of the past leads nowhere that was not then."""
    assert filled.at(filled.clock.now, "/archive/1.atom").status_code == 404
    assert older(filled.at(filled.clock.now, "/feed.atom")) is None


def test_who_acted_at_the_desk_keeps_nothing(filled: Site) -> None:
    filled.client.set_cookie("session_id", "x", domain="127.0.0.1")
    assert filled.get("/archive/1.atom").headers["Cache-Control"] == "private, no-cache"


def test_a_text_without_words_for_its_author_is_the_newsrooms(site: Site) -> None:
    """A newsroom without a name still has one in its archive."""
    fill(site, 20)
    page = etree.fromstring(site.get("/archive/1.atom").data)
    assert page.findtext("a:author/a:name", namespaces=NAMES) == "Newsroom"

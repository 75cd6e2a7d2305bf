"""Every Atom feed of the site keeps to RFC 4287, as a schema has it and beyond what a schema can say."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from helper_site import HOST, Site, content
from lxml import etree

from publisher.application import By
from publisher.domain.content import Translates

ATOM = "{http://www.w3.org/2005/Atom}"
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))
FEEDS = (
    "/feed.atom",
    "/feed.atom?counters=none",
    "/kinds/statement/feed.atom",
    "/topics/trade/feed.atom",
    "/people/anna-bell/feed.atom",
    "/languages/de/feed.atom",
    "/corrections.atom",
    "/2026/05/bridge/history.atom",
    "/archive/1.atom",
    "/topics/trade/archive/1.atom",
)


@pytest.fixture
def lively(site: Site) -> Site:
    """A newsroom in which everything happened."""
    site.masthead("Harbour Office & Sons")
    for number in range(20):
        site.publish(f"Message {number}", topics=("trade",), speakers=("Anna Bell",), language="de")
    newsroom = site.publisher.newsroom
    bridge = site.publish(
        "Bridge", body="A *bridge* & a [ferry](/ferry).", summary="Of 5 < 6.", topics=("trade",)
    )
    drafted = newsroom.draft(
        content("Brücke", language="de", translates=Translates(publication=str(bridge.id), edition=1)), By()
    )
    newsroom.publish(drafted.id, 1, By())
    site.amend(bridge.id, "Bridge", significance="correction", body="Another.", topics=("trade",))
    newsroom.withdraw(site.publish("Doubtful", topics=("trade",)).id, "It was wrong.", By())
    newsroom.remove(site.publish("Unlawful", topics=("trade",)).id, "At a court's order.", By())
    newsroom.redact(site.publish("Secret", topics=("trade",)).id, 1, "Article 17", By())
    site.clock.move(minutes=5)
    return site


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_keeps_to_the_rules_of_atom(lively: Site, path: str) -> None:
    answer = lively.get(path, follow_redirects=True)
    assert answer.status_code == 200
    feed = etree.fromstring(answer.data)
    SCHEMA.assertValid(feed)
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for parent in (feed, *entries):
        check_links(parent)
    assert feed.findall(f"{ATOM}author")  # which those entries have that name none (section 4.2.1)
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
    assert [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"] == [
        HOST + (answer.request.path + ("?" + answer.request.query_string.decode() if "?" in path else ""))
    ]


def check_links(parent: Any) -> None:
    """One page of each type and language (section 4.1.1); every address is absolute."""
    links = parent.findall(f"{ATOM}link")
    pages = [(link.get("type"), link.get("hreflang")) for link in links if link.get("rel") == "alternate"]
    assert pages
    assert len(set(pages)) == len(pages)
    assert all(link.get("href").startswith("http://") for link in links)


BROKEN: dict[str, Callable[[Any], Any]] = {
    "no updated": lambda feed: feed.remove(feed.find(f"{ATOM}updated")),
    "no id in an entry": lambda feed: feed[-1].remove(feed[-1].find(f"{ATOM}id")),
    "two titles": lambda feed: feed.insert(0, etree.Element(f"{ATOM}title")),
    "an element of no such name": lambda feed: feed.insert(0, etree.Element(f"{ATOM}pubDate")),
    "something after the entries": lambda feed: feed.append(etree.Element(f"{ATOM}logo")),
    "a content of no type": lambda feed: feed[-1].find(f"{ATOM}content").set("type", "CDATA"),
    "a category without a term": lambda feed: feed[-1].find(f"{ATOM}category").attrib.pop("term"),
    "a link without an address": lambda feed: feed[-1].find(f"{ATOM}link").attrib.pop("href"),
    "a length that is none": lambda feed: feed[-1].find(f"{ATOM}link").set("length", "None"),
    "a date of RSS": lambda feed: setattr(
        feed.find(f"{ATOM}updated"), "text", "Wed, 20 May 2026 09:00:00 GMT"
    ),
    "a date without a zone": lambda feed: setattr(
        feed.find(f"{ATOM}updated"), "text", "2026-05-20T09:00:00"
    ),
    "an author without a name": lambda feed: feed.insert(0, etree.Element(f"{ATOM}author")),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_the_schema_finds_what_is_wrong(site: Site, fault: str) -> None:
    site.publish("Bridge")
    feed = etree.fromstring(site.get("/feed.atom").data)
    SCHEMA.assertValid(feed)
    BROKEN[fault](feed)
    assert not SCHEMA.validate(feed)


def test_a_quiet_newsroom_has_a_feed_all_the_same(site: Site) -> None:
    """Without a masthead, a message or a change."""
    SCHEMA.assertValid(etree.fromstring(site.get("/feed.atom").data))

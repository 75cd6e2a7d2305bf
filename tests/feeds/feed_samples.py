"""Feeds that tests start from, and the way tests look into the bytes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from lxml import etree

from publisher.feeds import Category, Claim, Entry, Feed, Tombstone

NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "at": "http://purl.org/atompub/tombstones/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "counters": "https://news.example/ns/counters/1",
    "dc": "http://purl.org/dc/elements/1.1/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
}
NOON = datetime(2020, 11, 24, 11, 55, tzinfo=UTC)


def entry(number: int = 1, **changes: Any) -> Entry:
    """The entry of that number: a higher one has an id and an instant of its own."""
    sample = Entry(
        id=f"urn:uuid:00000000-0000-5000-8000-{number:012}",
        url=f"https://news.example/briefings/{number}",
        title=f"Briefing {number}",
        summary="What was said at noon.",
        html='<p>See <a href="https://news.example/about">about</a> us.</p>',
        language="en",
        published=NOON + timedelta(hours=number),
        updated=NOON + timedelta(hours=number, minutes=30),
        speakers=("Anna Bell", "Boris Çelik"),
        categories=(
            Category(term="briefing", scheme="https://news.example/kinds/", label="Briefing"),
            Category(term="trade", scheme="https://news.example/topics/", label="Trade & customs"),
        ),
    )
    return replace(sample, **changes)


def feed(*entries: Entry, **changes: Any) -> Feed:
    """A feed with a counter, a hub, a rights line and those entries."""
    sample = Feed(
        id="urn:uuid:00000000-0000-5000-8000-00000000feed",
        title="The Newsroom",
        subtitle="996 days have passed since the first.",
        site_url="https://news.example/",
        self_url="https://news.example/feed.atom",
        alternates=(
            ("alternate", "application/rss+xml", "https://news.example/feed.rss"),
            ("hub", "", "https://hub.example/"),
        ),
        language="en-GB",
        updated=NOON + timedelta(days=1),
        rights="Free to quote.",
        authors=("The Newsroom",),
        claims=(
            Claim(
                key="first",
                since=date(2018, 3, 4),
                zone="Europe/Moscow",
                text="{days} days have passed since the first.",
            ),
        ),
        counters_namespace="https://news.example/ns/counters/1",
        entries=entries,
        ttl_minutes=5,
    )
    return replace(sample, **changes)


def tombstone(number: int = 1) -> Tombstone:
    """The news that the entry of that number is gone."""
    return Tombstone(
        ref=entry(number).id, when=NOON + timedelta(days=2), comment="Removed at a court's order."
    )


def tree(document: bytes) -> Any:
    """The root element, parsed as strictly as lxml can."""
    return etree.fromstring(document, etree.XMLParser(resolve_entities=False, no_network=True))


def texts(document: bytes, path: str) -> list[str]:
    """The texts (or attribute values) that the XPath finds, in document order."""
    found = tree(document).xpath(path, namespaces=NAMES)
    return [item if isinstance(item, str) else item.text or "" for item in found]


def xml_safe(text: str) -> str:
    """The text without what XML 1.0 can't carry, decided character by character by lxml itself."""
    return "".join(character for character in text if _accepted(character))


def _accepted(character: str) -> bool:
    try:
        etree.Element("x").text = character
    except (ValueError, UnicodeEncodeError):
        return False
    return True

"""Every parser that is read with finds the same entries in each format that it knows."""

import json
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import atoma
import feedparser
import pytest
from helper_served import Served

from publisher.application import By

HERE = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was found of an entry; None for what a parser has no place for."""

    id: str
    title: str
    url: str
    html: str
    published: datetime
    updated: datetime | None = None
    authors: tuple[str, ...] | None = None
    categories: tuple[str, ...] | None = None


@pytest.fixture
def feeds(served: Served) -> dict[str, bytes]:
    """The newsroom's feeds by format: with an amendment, a withdrawal, and scripts of three kinds."""
    report: dict[str, Any] = {"topics": ("trade-fair",), "kind": "report"}
    bridge = served.publish("Bridge & ferry", body="A *new* bridge: 5 < 6.", **report)
    served.clock.move(minutes=1)
    served.publish("Ёлка 🎄", speakers=("Анна Белл", "Boris Çelik"), language="ru")
    served.clock.move(minutes=1)
    served.publish("שלום", language="he")
    served.clock.move(minutes=1)
    tide = served.publish("Tide <1 m")
    served.clock.move(minutes=1)
    served.amend(bridge, "Bridge & ferry", "correction", body="A *new* bridge: 5 < 7.", **report)
    served.clock.move(minutes=1)
    served.publisher.newsroom.withdraw(tide, "It fell.", By())
    found = {}
    for fmt in ("atom", "rss", "json"):
        with urlopen(f"{served.address}/feed.{fmt}") as answer:
            found[fmt] = answer.read()
    return found


def entries_of(feeds: dict[str, bytes]) -> list[Found]:
    """The entries as JSON says them without any parser of feeds."""
    return [
        Found(
            id=item["id"],
            title=item["title"],
            url=item["url"],
            html=item["content_html"],
            published=second(item["date_published"]),
            updated=second(item["date_modified"]),
            authors=tuple(author["name"] for author in item.get("authors", ())),
            categories=tuple(item["tags"]),
        )
        for item in json.loads(feeds["json"])["items"]
    ]


def second(said: str | datetime) -> datetime:
    """RSS has whole seconds."""
    instant = datetime.fromisoformat(said) if isinstance(said, str) else said
    return instant.astimezone(UTC).replace(microsecond=0)


# ---- what each parser finds


def with_feedparser(document: bytes, _: str) -> Iterable[Found]:
    parsed = feedparser.parse(document, sanitize_html=False, resolve_relative_uris=False)
    assert not parsed.bozo
    for entry in parsed.entries:
        yield Found(
            id=entry.id,
            title=entry.title,
            url=entry.link,
            html=entry.content[0].value,
            published=datetime(*entry.published_parsed[:6], tzinfo=UTC),
            updated=datetime(*entry.updated_parsed[:6], tzinfo=UTC),
            authors=tuple(author.name for author in entry.get("authors", ()) if author),
            categories=tuple(tag.label or tag.term for tag in entry.tags),
        )


def with_atoma(document: bytes, fmt: str) -> Iterable[Found]:
    if fmt == "atom":
        parsed = atoma.parse_atom_bytes(document)
        for entry in parsed.entries:
            (link,) = [link for link in entry.links if link.rel == "alternate"]
            yield Found(
                id=entry.id_,
                title=entry.title.value,
                url=link.href,
                html=entry.content.value,
                published=second(entry.published),
                updated=second(entry.updated),
                # Who has no author has the feed's (RFC 4287, section 4.2.1), says this parser.
                authors=tuple(a.name for a in entry.authors if a not in parsed.authors),
                categories=tuple(category.label for category in entry.categories),
            )
    elif fmt == "rss":
        for item in atoma.parse_rss_bytes(document).items:
            yield Found(
                id=item.guid,
                title=item.title,
                url=item.link,
                html=item.content_encoded,
                published=second(item.pub_date),
                categories=tuple(item.categories),
            )
    else:
        for item in atoma.parse_json_feed_bytes(document).items:
            yield Found(
                id=item.id_,
                title=item.title,
                url=item.url,
                html=item.content_html,
                published=second(item.date_published),
                updated=second(item.date_modified),
                categories=tuple(item.tags),
            )


def with_feedsmith(document: bytes, fmt: str) -> Iterable[Found]:
    parsed = by_node("feedsmith", fmt, document)
    if fmt == "atom":
        for entry in parsed["entries"]:
            (link,) = [link for link in entry["links"] if link["rel"] == "alternate"]
            yield Found(
                id=entry["id"],
                title=entry["title"]["value"],
                url=link["href"],
                html=entry["content"]["value"],
                published=second(entry["published"]),
                updated=second(entry["updated"]),
                authors=tuple(author["name"] for author in entry.get("authors", ())),
                categories=tuple(category["label"] for category in entry["categories"]),
            )
    elif fmt == "rss":
        for item in parsed["items"]:
            yield Found(
                id=item["guid"]["value"],
                title=item["title"],
                url=item["link"],
                html=item["content"]["encoded"],
                published=second(parsed_date(item["pubDate"])),
                updated=second(item["atom"]["updated"]),
                authors=tuple(item["dc"].get("creators", ())),
                categories=tuple(category["name"] for category in item["categories"]),
            )
    else:
        yield from entries_of({"json": json.dumps(parsed).encode()})


def with_rss_parser(document: bytes, fmt: str) -> Iterable[Found]:
    for item in by_node("rss-parser", fmt, document)["items"]:
        yield Found(
            id=item["id"] if fmt == "atom" else item["guid"],
            title=item["title"],
            url=item["link"],
            html=item["content"] if fmt == "atom" else item["content:encoded"],
            published=second(item["isoDate"]),
            categories=None if fmt == "atom" else tuple(category["_"] for category in item["categories"]),
        )


def with_sfeed(document: bytes, _: str) -> Iterable[Found]:
    """It writes a line an entry, control characters escaped, and keeps one instant: the first."""
    told = subprocess.run(["sfeed"], input=document, check=True, capture_output=True, timeout=30)
    for line in told.stdout.decode().splitlines():
        instant, title, url, html, _, id_, *_ = line.split("\t")
        yield Found(
            id=id_, title=title, url=url, html=html, published=datetime.fromtimestamp(int(instant), UTC)
        )


def by_node(parser: str, fmt: str, document: bytes) -> Any:
    command = ["node", HERE / "read_feed.mjs", parser, fmt]
    told = subprocess.run(command, input=document, check=True, capture_output=True, timeout=60)
    return json.loads(told.stdout)


def parsed_date(text: str) -> datetime:
    return datetime.strptime(text, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)


def fields_of_found() -> list[str]:
    return [field.name for field in fields(Found)]


Parser = Callable[[bytes, str], Iterable[Found]]
PARSERS: dict[str, tuple[Parser, tuple[str, ...], str | None]] = {
    "feedparser": (with_feedparser, ("atom", "rss"), None),
    "atoma": (with_atoma, ("atom", "rss", "json"), None),
    "feedsmith": (with_feedsmith, ("atom", "rss", "json"), "node"),
    "rss-parser": (with_rss_parser, ("atom", "rss"), "node"),
    "sfeed": (with_sfeed, ("atom", "rss"), "sfeed"),
}
"""Each with the formats that it knows, and the fixture that asks for its program."""


@pytest.mark.parametrize(
    ("parser", "fmt"), [(name, fmt) for name, (_, formats, _) in PARSERS.items() for fmt in formats]
)
def test_a_parser_finds_what_the_newsroom_says(
    request: pytest.FixtureRequest, feeds: dict[str, bytes], parser: str, fmt: str
) -> None:
    """All that it has a place for; text in any script, in order, with its notice where it was withdrawn."""
    read, _, needed = PARSERS[parser]
    if needed:
        request.getfixturevalue(needed)
    expected, found = entries_of(feeds), list(read(feeds[fmt], fmt))
    assert [entry.title for entry in expected] == ["Tide <1 m", "Bridge & ferry", "שלום", "Ёлка 🎄"]
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        placed = {name: value for name in fields_of_found() if (value := getattr(one, name)) is not None}
        assert placed == {name: getattr(other, name) for name in placed}

"""The only module that knows feedgen: our values go in, its defects stay out of the bytes.

feedgen 1.0 drops `rel` and `type` of entry links, prepends entries, takes "now" for a missing date,
switches the process's locale for each RFC 822 date and takes the last link for an RSS channel's own. So
links, RSS dates, the full text in RSS and all that is in another namespace are written by the callers'
`Finish` functions, which feedgen calls as extensions. It is given every date that it writes, and never
writes one in RSS.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem

from .characters import cleaned
from .instants import in_utc
from .model import Entry, Feed
from .namespaces import HISTORY
from .wording import authors_of, content_of, description_of, speakers_of, summary_of, title_of

Element = Any  # an lxml element: lxml has no types of its own
FinishHead = Callable[[Feed, Element], None]
FinishEntry = Callable[[Entry, Element], None]

_GENERATOR = "Publisher"
WRITTEN = 1024
"""How many entries of a format are kept as bytes: feeds share them, and most of a feed stays the same."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """What our feeds add to feedgen's: namespaces, and functions that write into its head and entries."""

    namespaces: tuple[tuple[str, str], ...]
    finish_head: FinishHead
    finish_entry: FinishEntry


def atom_bytes(feed: Feed, added: Format) -> bytes:
    """The Atom document, with what is added to its head and to each entry."""
    head, end = _cut(_atom(cleaned(replace(feed, entries=())), added), b"</feed>")
    return b"".join([head, *(_atom_entry(entry, added) for entry in feed.entries), end])


def rss_bytes(feed: Feed, added: Format) -> bytes:
    """The RSS document, with what is added to its channel and to each item."""
    head, end = _cut(_rss(cleaned(replace(feed, entries=())), added), b"</channel>")
    return b"".join([head, *(_rss_item(entry, added) for entry in feed.entries), end])


@lru_cache(maxsize=WRITTEN)
def _atom_entry(entry: Entry, added: Format) -> bytes:
    return _between(_atom(_alone(entry), added), b"<entry", b"</entry>")


@lru_cache(maxsize=WRITTEN)
def _rss_item(entry: Entry, added: Format) -> bytes:
    return _between(_rss(_alone(entry), added), b"<item>", b"</item>")


def _alone(entry: Entry) -> Feed:
    """The smallest feed that holds it: what is written of the entry depends on the entry alone."""
    clean: Entry = cleaned(entry)
    return Feed(
        id=clean.id,
        title="-",
        subtitle="",
        site_url="-",
        self_url="-",
        language="",
        updated=clean.updated,
        entries=(clean,),
    )


def _cut(document: bytes, at: bytes) -> tuple[bytes, bytes]:
    place = document.rindex(at)
    return document[:place], document[place:]


def _between(document: bytes, first: bytes, last: bytes) -> bytes:
    return document[document.index(first) : document.rindex(last) + len(last)]


def _atom(feed: Feed, added: Format) -> bytes:
    generator = _generator(feed, added)
    for person in authors_of(feed):
        generator.author(_present(name=person.name, uri=person.uri))
    if feed.subtitle.strip():
        generator.subtitle(feed.subtitle)
    for entry in feed.entries:
        written = _add(generator, entry, added.finish_entry)
        written.content(content_of(entry), type="html")
        for name in speakers_of(entry):
            written.author(name=name)
    return bytes(generator.atom_str(encoding="UTF-8", xml_declaration=True))


def _rss(feed: Feed, added: Format) -> bytes:
    generator = _generator(feed, added)
    generator.link(href=feed.site_url)  # the one and only link: the last becomes the channel's
    generator.description(description_of(feed))
    generator.ttl(feed.ttl_minutes)  # which leaves 0 out
    # No setter takes None, and the date that is always there would switch the process's locale.
    generator._FeedGenerator__rss_lastBuildDate = None
    for entry in feed.entries:
        _add(generator, entry, added.finish_entry).link(href=entry.url)
    return bytes(generator.rss_str(encoding="UTF-8", xml_declaration=True))


def element(parent: Element, tag: str, text: str | None = None, **attributes: str | None) -> Element:
    """A new last child of `parent`; attributes that are None or empty are left out."""
    child = xml_elem(tag, parent, **_present(**attributes))
    child.text = text
    return child


def qualified(namespace: str, name: str) -> str:
    """The name in a namespace, in lxml's notation."""
    return f"{{{namespace}}}{name}"


class _Extension:
    """What feedgen calls while it builds the tree: at the end of the head and of each entry."""

    def __init__(self) -> None:
        self.namespaces: Mapping[str, str] = {}
        self.finish: Callable[[Element], None] = lambda _: None

    def extend_ns(self) -> dict[str, str]:
        return dict(self.namespaces)

    def extend_atom(self, parent: Element) -> Element:
        self.finish(parent)
        return parent

    def extend_rss(self, parent: Element) -> Element:
        self.finish(parent[0] if parent.tag == "rss" else parent)
        return parent


def _generator(feed: Feed, added: Format) -> Any:
    generator = FeedGenerator()
    generator.id(feed.id)
    generator.title(title_of(feed))
    generator.updated(in_utc(feed.updated))
    generator.language(feed.language)
    generator.rights(feed.rights)
    generator.generator(_GENERATOR)
    generator.register_extension("finish", _Extension, None)
    of_this = _present(counters=feed.counters_namespace, fh=HISTORY if feed.archived else None)
    generator.finish.namespaces = dict(added.namespaces) | of_this
    generator.finish.finish = partial(added.finish_head, feed)
    return generator


def _add(generator: Any, entry: Entry, finish: FinishEntry) -> Any:
    written = FeedEntry()
    written.id(entry.id)
    written.title(title_of(entry))
    written.updated(in_utc(entry.updated))
    written.summary(summary_of(entry) or None)
    for category in entry.categories:
        if category.term:
            written.category(_present(term=category.term, scheme=category.scheme, label=category.label))
    written.register_extension("finish", _Extension)
    written.finish.finish = partial(finish, entry)
    generator.add_entry(written, order="append")
    return written


def _present(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}

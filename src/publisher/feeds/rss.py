"""Writes a feed as RSS 2.0, with the full text and the day counters' claims in namespaces of their own."""

from .counters import write_claims
from .enclosures import write_enclosure
from .feedgen_adapter import Element, Format, element, qualified, rss_bytes
from .instants import rfc822, rfc3339
from .model import Entry, Feed
from .namespaces import ATOM, CONTENT, DUBLIN_CORE, HISTORY, IN_RSS, SYNDICATION
from .wording import authors_of, content_of, speakers_of

_MEDIA_TYPE = "application/rss+xml"


def rss(feed: Feed) -> bytes:
    """The feed as an RSS 2.0 document: UTF-8, with an XML declaration, the same bytes for the same feed.

    People are in `dc:creator`: RSS's own `author` wants an e-mail address. Tombstones have no place in RSS,
    the entries' notices have. Characters that XML can't carry are left out. ValueError where an instant has
    no time zone.
    """
    return rss_bytes(feed, _ADDED)


def _finish_head(feed: Feed, channel: Element) -> None:
    element(channel, "lastBuildDate", rfc822(feed.updated))
    _write_period(feed, channel)
    link = qualified(ATOM, "link")
    element(channel, link, rel="self", type=_MEDIA_TYPE, href=feed.self_url)
    for rel, media_type, href in feed.alternates:
        element(channel, link, rel=rel, type=media_type, href=href)
    _write_creators(tuple(person.name for person in authors_of(feed)), channel)
    if feed.archived:
        element(channel, qualified(HISTORY, "archive"))
    write_claims(feed, channel)


def _write_period(feed: Feed, channel: Element) -> None:
    """How often to ask, for readers who know no `ttl`; the same span, so at most an hour."""
    if feed.ttl_minutes:
        element(channel, qualified(SYNDICATION, "updatePeriod"), "hourly")
        times = max(1, 60 // feed.ttl_minutes)
        element(channel, qualified(SYNDICATION, "updateFrequency"), str(times))


def _finish_entry(entry: Entry, item: Element) -> None:
    element(item, "pubDate", rfc822(entry.published))
    element(item, qualified(ATOM, "updated"), rfc3339(entry.updated))  # RSS has no word for an amendment
    _write_creators(speakers_of(entry), item)
    if entry.language:
        element(item, qualified(DUBLIN_CORE, "language"), entry.language)
    write_enclosure(entry, item)
    element(item, qualified(CONTENT, "encoded"), content_of(entry))


def _write_creators(names: tuple[str, ...], parent: Element) -> None:
    for name in names:
        element(parent, qualified(DUBLIN_CORE, "creator"), name)


_ADDED = Format(namespaces=IN_RSS, finish_head=_finish_head, finish_entry=_finish_entry)

"""Writes a feed as Atom (RFC 4287), with tombstones (RFC 6721) and the day counters' claims at its head."""

from .counters import write_claims
from .enclosures import write_links
from .feedgen_adapter import Element, Format, atom_bytes, element, qualified
from .instants import rfc3339
from .model import Entry, Feed, Tombstone
from .namespaces import HISTORY, IN_ATOM, TOMBSTONES, XML

_MEDIA_TYPE = "application/atom+xml"


def atom(feed: Feed) -> bytes:
    """The feed as an Atom document: UTF-8, with an XML declaration, the same bytes for the same feed.

    The speakers of an entry are its authors; an entry without speakers has the feed's (RFC 4287,
    section 4.2.1). Characters that XML can't carry are left out. ValueError where an instant has no zone.
    """
    return atom_bytes(feed, _ADDED)


def _finish_head(feed: Feed, head: Element) -> None:
    _mark_as_text(head, "title", "subtitle", "rights")
    element(head, "link", rel="alternate", type="text/html", href=feed.site_url)
    element(head, "link", rel="self", type=_MEDIA_TYPE, href=feed.self_url)
    for rel, media_type, href in feed.alternates:
        element(head, "link", rel=rel, type=media_type, href=href)
    if feed.archived:
        element(head, qualified(HISTORY, "archive"))
    write_claims(feed, head)
    for tombstone in feed.tombstones:
        _write_tombstone(tombstone, head)


def _write_tombstone(tombstone: Tombstone, head: Element) -> None:
    deleted = element(
        head, qualified(TOMBSTONES, "deleted-entry"), ref=tombstone.ref, when=rfc3339(tombstone.when)
    )
    if tombstone.comment:
        element(deleted, qualified(TOMBSTONES, "comment"), tombstone.comment, type="text")


def _finish_entry(entry: Entry, written: Element) -> None:
    if entry.language:
        written.set(qualified(XML, "lang"), entry.language)
    _mark_as_text(written, "title", "summary")
    _mark_languages(entry, written)
    element(written, "link", rel="alternate", type="text/html", hreflang=entry.language, href=entry.url)
    for language, url in entry.translations:
        element(written, "link", rel="alternate", type="text/html", hreflang=language, href=url)
    write_links(entry, written)
    element(written, "published", rfc3339(entry.published))


def _mark_as_text(parent: Element, *names: str) -> None:
    for name in names:
        construct = parent.find(name)
        if construct is not None:
            construct.set("type", "text")


def _mark_languages(entry: Entry, written: Element) -> None:
    """Labels are language-sensitive (RFC 4287, section 4.2.2.3)."""
    languages = {(c.term, c.scheme): c.language for c in entry.categories}
    for category in written.findall("category"):
        language = languages[category.get("term"), category.get("scheme", "")]
        if language and language != entry.language:
            category.set(qualified(XML, "lang"), language)


_ADDED = Format(namespaces=IN_ATOM, finish_head=_finish_head, finish_entry=_finish_entry)

"""Writes a feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), with the claims at its head."""

import json
from typing import Any

from .characters import cleaned
from .instants import rfc3339
from .model import Claim, Enclosure, Entry, Feed
from .wording import authors_of, content_of, speakers_of, summary_of, title_of

_VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed) -> bytes:
    """The feed as a JSON Feed document: UTF-8, the same bytes for the same feed.

    What the format has no word for stands in objects of our own, whose names open with an underscore
    ("Extensions"): the day counters' claims, the schemes of the categories, an entry's status. Tombstones
    have no place in it, the entries' notices have. ValueError where an instant has no time zone.
    """
    clean: Feed = cleaned(feed)
    document = {
        "version": _VERSION,
        "title": title_of(clean),
        "home_page_url": clean.site_url,
        "feed_url": clean.self_url,
        "next_url": next((href for rel, _, href in clean.alternates if rel == "prev-archive"), ""),
        "description": clean.subtitle,
        "language": clean.language,
        "authors": [_present(name=person.name, url=person.uri) for person in authors_of(clean)],
        "hubs": [{"type": "WebSub", "url": href} for rel, _, href in clean.alternates if rel == "hub"],
        "_counters": _claims(clean),
        "items": [_item(entry) for entry in clean.entries],
    }
    document = {name: value for name, value in document.items() if value or name == "items"}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _claims(feed: Feed) -> dict[str, Any]:
    if not feed.claims:
        return {}
    return {"about": feed.counters_namespace, "claims": [_claim(claim) for claim in feed.claims]}


def _claim(claim: Claim) -> dict[str, str]:
    return {"key": claim.key, "since": claim.since.isoformat(), "zone": claim.zone, "text": claim.text}


def _item(entry: Entry) -> dict[str, Any]:
    item = {
        "id": entry.id,
        "url": entry.url,
        "title": title_of(entry),
        "content_html": content_of(entry),
        "summary": summary_of(entry),
        "date_published": rfc3339(entry.published),
        "date_modified": rfc3339(entry.updated),
        "authors": [{"name": name} for name in speakers_of(entry)],
        "tags": [category.label or category.term for category in entry.categories if category.term],
        "language": entry.language,
        "image": next((each.url for each in entry.enclosures if each.image), ""),
        "attachments": [_attachment(each) for each in entry.enclosures],
        "_categories": [_present(term=c.term, scheme=c.scheme) for c in entry.categories if c.term],
        "_status": "" if entry.status == "live" else entry.status,
    }
    # An item has a content in any case (section "Items"): that of a text without one is empty.
    return {name: value for name, value in item.items() if value or name == "content_html"}


def _attachment(file: Enclosure) -> dict[str, Any]:
    said = {"url": file.url, "mime_type": file.media_type, "title": file.words, "size_in_bytes": file.size}
    return {name: value for name, value in said.items() if value}


def _present(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}

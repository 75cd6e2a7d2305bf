"""The feeds: rows of the library to the values of `feeds`, and its bytes to readers."""

from collections.abc import Callable

from flask import Blueprint, Response, abort

from ..bootstrap import Publisher
from ..domain import zones
from ..feeds.atom import atom
from ..feeds.model import Category, Claim, Entry, Feed, Status, Tombstone
from ..feeds.rss import rss
from ..readmodel.rows import FeedRow
from . import languages, words
from .asked import Asked, asked
from .rendered import rendered
from .validators import FRESH, conditional

WRITERS: dict[str, tuple[Callable[[Feed], bytes], str]] = {
    "atom": (atom, "application/atom+xml"),
    "rss": (rss, "application/rss+xml"),
}
FACETS = {"kinds": "kind", "topics": "topic", "people": "person"}
"""The first part of a list's address, and the library's word for it."""
ENTRIES = 20


def blueprint(publisher: Publisher) -> Blueprint:
    """`/feed.atom` and `/feed.rss`, for the site and below every kind, topic and person."""
    feeds = Blueprint("syndication", __name__)

    @feeds.get("/feed.<any(atom,rss):fmt>")
    @feeds.get("/<facet:facet>/feed.<any(atom,rss):fmt>")
    @conditional(publisher, page=False)
    def feed(fmt: str, facet: str | None = None) -> Response:
        write, media_type = WRITERS[fmt]
        return Response(write(_feed(publisher, asked(), fmt, facet)), mimetype=media_type)

    return feeds


def label_of(publisher: Publisher, about: Asked, facet: str) -> str:
    """The words for `kinds/transcript` and the like; 404 where nothing public is of it."""
    what, _, key = facet.partition("/")
    for tally in publisher.library.tallies(about.t, FACETS[what]):
        if tally.key == key:
            return {"kinds": words.kinds(key), "topics": words_of(key)}.get(what, tally.label)
    return abort(404)


def _feed(publisher: Publisher, about: Asked, fmt: str, facet: str | None) -> Feed:
    base = publisher.config.base_url
    where = f"{base}/{facet}" if facet else base
    name = about.masthead.name or "Newsroom"
    title = f"{name}: {label_of(publisher, about, facet)}" if facet else name
    what, _, key = (facet or "").partition("/")
    rows = publisher.library.feed(about.t, f"{FACETS[what]}:{key}" if facet else None, ENTRIES)
    return Feed(
        id=f"urn:uuid:{publisher.newsroom_id()}" + (f":{facet}" if facet else ""),
        title=title,
        subtitle=" · ".join(_sentences(about)),
        site_url=where if facet else f"{base}/",
        self_url=f"{where}/feed.{fmt}",
        language=languages.house(),
        updated=max(
            (row.updated for row in rows),
            default=about.t.replace(hour=0, minute=0, second=0, microsecond=0),
        ),
        authors=(name,),
        claims=tuple(
            Claim(key=c.key, since=c.since, zone=c.zone, text=c.text) for c in about.masthead.counters
        ),
        entries=tuple(_entry(base, row) for row in rows),
        tombstones=tuple(_tombstone(row) for row in rows if row.status != "live"),
        ttl_minutes=FRESH // 60,
    )


def _sentences(about: Asked) -> list[str]:
    return [
        c.text.replace("{days}", str(zones.days_since(c.since, c.zone, about.t)))
        for c in about.masthead.counters
    ]


def _entry(base: str, row: FeedRow) -> Entry:
    content = row.content
    status: Status = row.status  # type: ignore[assignment]
    return Entry(
        id=f"urn:uuid:{row.publication}",
        url=base + row.path,
        title=row.title,
        summary=content.summary if content else "",
        html=rendered(content, base + row.path).html if content else "",
        language=content.language if content else languages.house(),
        published=row.published,
        updated=row.updated,
        speakers=content.speakers if content else (),
        categories=_categories(base, row),
        status=status,
        notice=row.reason,
    )


def _categories(base: str, row: FeedRow) -> tuple[Category, ...]:
    if row.content is None:
        return ()
    kind = Category(term=row.content.kind, scheme=f"{base}/kinds/", label=words_of(row.content.kind))
    topics = (Category(term=t, scheme=f"{base}/topics/", label=words_of(t)) for t in row.content.topics)
    return (kind, *topics)


def _tombstone(row: FeedRow) -> Tombstone:
    return Tombstone(ref=f"urn:uuid:{row.publication}", when=row.updated, comment=row.reason or row.status)


def words_of(key: str) -> str:
    """A key as words: `berth-4` is `Berth 4`."""
    return key.replace("-", " ").capitalize()

"""The feeds: rows of the library to the values of `feeds`, and its bytes to readers."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from flask import Blueprint, Response, abort, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from ..bootstrap import Publisher
from ..domain import zones
from ..domain.content import Content, canonical_tag, slug_of
from ..domain.file import File
from ..domain.instants import EPOCH
from ..feeds.addresses import FOLDERS, FORMATS, Leaf, archive_path
from ..feeds.atom import atom
from ..feeds.json_feed import json_feed
from ..feeds.model import Category, Claim, Enclosure, Entry, Feed, Tombstone
from ..feeds.rss import rss
from ..readmodel.rows import CounterRow, FeedRow
from ..rendering import address_of
from . import languages, words
from .asked import Asked, asked
from .rendered import rendered
from .translating import alternates
from .validators import FRESH, conditional, counted

WRITERS: dict[str, tuple[Callable[[Feed], bytes], str]] = {
    "atom": (atom, "application/atom+xml"),
    "rss": (rss, "application/rss+xml"),
    "json": (json_feed, "application/feed+json"),
}
FMT = f"<any({','.join(FORMATS)}):fmt>"
"""The last part of a feed's address, for its route."""
ENTRIES = 20
COUNTERS = "/ns/counters/1"
"""Where the namespace of the claims is explained, and what it is called, below the public address."""


def blueprint(publisher: Publisher) -> Blueprint:
    """`/feed.atom`, `.rss` and `.json`, for the site and below every kind, topic, person and language."""
    feeds = Blueprint("syndication", __name__)

    @feeds.get(f"/feed.{FMT}")
    @feeds.get(f"/<facet:facet>/feed.{FMT}")
    @conditional(publisher, page=False)
    def feed(fmt: str, facet: str | None = None) -> Response | AnyResponse:
        if facet and (elsewhere := as_written(facet)) != facet:
            return redirect(f"{request.script_root}/{elsewhere}/feed.{fmt}", 301)
        return answered(_feed(publisher, asked(), fmt, facet), fmt)

    return feeds


def as_written(facet: str) -> str:
    """A facet with a language's tag as it is written everywhere."""
    what, _, key = facet.partition("/")
    return f"{what}/{canonical_tag(key)}" if what == "languages" else facet


def label_of(publisher: Publisher, about: Asked, facet: str) -> str:
    """The words for `kinds/transcript` and the like; 404 where nothing public is of it."""
    what, _, key = facet.partition("/")
    for tally in publisher.library.tallies(about.t, FOLDERS[what]):
        if tally.key == key:
            return facet_label(what, key, tally.label)
    return abort(404)


def page_of(facet: str) -> str:
    """The address of a list's page, below the public one: a language's ends with a slash."""
    return f"/{facet}/" if facet.startswith("languages/") else f"/{facet}"


def facet_label(what: str, key: str, person: str) -> str:
    """The words for a list's key, `person` where it is a speaker's."""
    if what == "languages":
        return languages.own_name(key)
    return {"kinds": words.kinds(key), "topics": words_of(key)}.get(what, person)


def head_of(
    publisher: Publisher, about: Asked, fmt: str, *, stem: str, page: str, key: str = "", title: str = ""
) -> Feed:
    """A feed without entries: the newsroom's words around them.

    `stem` is its address without `.atom`, `page` that of the page which says the same, both below the
    public one; `key` tells it from the newsroom's other feeds, `title` what it is of: both empty for the
    feed of everything.
    """
    base, name = publisher.config.base_url, about.masthead.name or words.newsroom()
    counters = about.masthead.counters if counted() else ()
    return Feed(
        id=f"urn:uuid:{publisher.newsroom_id()}" + (f":{key}" if key else ""),
        title=f"{name}: {title}" if title else name,
        subtitle=" · ".join(_sentences(about, counters)),
        site_url=base + page,
        self_url=f"{base}{stem}.{fmt}" + ("" if counted() else "?counters=none"),
        language=languages.house(),
        updated=publisher.library.version(about.t).boundary or EPOCH,
        alternates=(("hub", "", publisher.config.hub),) if publisher.config.hub and not about.past else (),
        authors=(name,),
        claims=tuple(Claim(key=c.key, since=c.since, zone=c.zone, text=c.text) for c in counters),
        counters_namespace=base + COUNTERS,
        ttl_minutes=FRESH // 60,
    )


def answered(feed: Feed, fmt: str) -> Response:
    """The feed's bytes in a format of WRITERS."""
    write, media_type = WRITERS[fmt]
    return Response(write(feed), mimetype=media_type)


def _feed(publisher: Publisher, about: Asked, fmt: str, facet: str | None) -> Feed:
    rows = _rows(publisher, about, facet)
    title = _title_of(publisher, about, facet, rows) if facet else ""
    head = head_of(
        publisher,
        about,
        fmt,
        stem=f"/{facet}/feed" if facet else "/feed",
        page=page_of(facet) if facet else "/",
        key=facet or "",
        title=title,
    )
    return replace(
        head,
        language=language_of(fmt, facet),
        updated=rows[0].updated if rows else head.updated,
        alternates=head.alternates + _older(publisher, about, fmt, facet, rows),
        entries=tuple(
            replace(
                entry_of(publisher.config.base_url, about, row),
                translations=_translations(publisher, about, row),
            )
            for row in rows
        ),
        tombstones=tombstones_of(about, rows),
    )


def _older(
    publisher: Publisher, about: Asked, fmt: str, facet: str | None, rows: Sequence[FeedRow]
) -> tuple[tuple[str, str, str], ...]:
    """The way to all that was before (RFC 5005, section 4): to the last full page of the archive.

    To the page that is not full where something in it is not in the feed, such as what was imported.
    """
    if about.past:
        return ()
    tail = publisher.library.archive_tail(about.t, facet_of(facet))
    leaf = Leaf(page=tail.full, redactions=tail.redactions)
    if tail.begun - {row.publication for row in rows}:
        leaf = Leaf(page=tail.full + 1, count=tail.count, redactions=tail.redactions)
    if not leaf.page:
        return ()
    return (("prev-archive", WRITERS[fmt][1], publisher.config.base_url + archive_path(facet, leaf, fmt)),)


def language_of(fmt: str, facet: str | None) -> str:
    """The newsroom's, in which its head is; RSS has no other word for the language of the entries."""
    what, _, key = (facet or "").partition("/")
    return key if fmt == "rss" and what == "languages" else languages.house()


def _rows(publisher: Publisher, about: Asked, facet: str | None) -> tuple[FeedRow, ...]:
    """What the feed holds, the newest first."""
    return publisher.library.feed(about.t, facet_of(facet), ENTRIES)


def facet_of(folder: str | None) -> str | None:
    """The views' name of the list `topics/trade`: `topic:trade`; None for everything."""
    what, _, key = (folder or "").partition("/")
    return f"{FOLDERS[what]}:{key}" if folder else None


def _title_of(publisher: Publisher, about: Asked, facet: str, rows: Sequence[FeedRow]) -> str:
    """A feed in which all is withdrawn or removed has to say that, though nothing is counted any more."""
    if any(row.status == "live" for row in rows) or not rows:
        return label_of(publisher, about, facet)
    return told_by(facet, rows)


def told_by(facet: str, rows: Sequence[FeedRow]) -> str:
    """The words for a list as some of its entries give them."""
    what, _, key = facet.partition("/")
    speakers = [s for row in rows if row.content for s in row.content.speakers if slug_of(s) == key]
    return facet_label(what, key, speakers[0] if speakers else words_of(key))


def _sentences(about: Asked, counters: Sequence[CounterRow]) -> list[str]:
    return [c.text.replace("{days}", str(zones.days_since(c.since, c.zone, about.t))) for c in counters]


def entry_of(base: str, about: Asked, row: FeedRow) -> Entry:
    """A publication as an entry, without its translations: those come and go."""
    content, house = row.content, languages.house()
    language = content.language if content else house
    ours = languages.spoken(language)
    gone, notice = (None, None) if row.status == "live" else _gone(about, row, ours)
    return Entry(
        id=f"urn:uuid:{row.publication}",
        url=base + row.path,
        title=row.title or gone or "",
        summary=content.summary if content else "",
        html=_html(base, content, base + row.path, ours) if content else "",
        language=language,
        published=row.published,
        updated=row.updated,
        speakers=content.speakers if content else (),
        categories=_categories(base, content, ours) if content else (),
        status=row.status,  # type: ignore[arg-type]
        notice=notice,
        notice_language=ours,
        direction=words.direction(language),
        enclosures=tuple(_enclosure(base, file) for file in content.files) if content else (),
    )


def _html(base: str, content: Content, page: str, ours: str) -> str:
    """The text, and after it a list of the files that it does not name, as its page has them."""
    text = rendered(content, page)
    if not text.attached:
        return text.html
    with languages.speaking(ours):
        items = "".join(_listed(base, file) for file in text.attached)
    return f"{text.html}\n<ul>{items}</ul>"


def _listed(base: str, file: File) -> Markup:
    kind, size = words.file_type(file.media_type), words.file_size(file.size)
    link = Markup('<a href="{}">{}</a>').format(base + address_of(file), file.alt)
    return Markup("<li>{} ({}, {})</li>").format(link, kind, size)


def _enclosure(base: str, file: File) -> Enclosure:
    return Enclosure(
        url=base + address_of(file),
        media_type=file.media_type,
        size=file.size,
        words=file.alt,
        width=file.width,
        height=file.height,
    )


def _categories(base: str, content: Content, ours: str) -> tuple[Category, ...]:
    """The kind in the site's words, in the language `ours`, and the topics."""
    with languages.speaking(ours):
        label = words.kind(content.kind)
    kind = Category(term=content.kind, scheme=f"{base}/kinds/", label=label, language=ours)
    topics = (Category(term=t, scheme=f"{base}/topics/", label=words_of(t)) for t in content.topics)
    return (kind, *topics)


def _translations(publisher: Publisher, about: Asked, row: FeedRow) -> tuple[tuple[str, str], ...]:
    """Where a live entry is in other languages; RFC 4287, section 4.1.1, allows one link for each."""
    if row.status != "live" or row.content is None:
        return ()
    said = row.content.translates
    found = publisher.library.in_other_languages(
        about.t, row.publication, said.publication if said else None
    )
    base = publisher.config.base_url
    return tuple((each.language, base + each.path) for each in alternates(found, row.content.language))


def tombstones_of(about: Asked, rows: Sequence[FeedRow]) -> tuple[Tombstone, ...]:
    """One for each row of what is gone (RFC 6721)."""
    return tuple(_tombstone(about, row) for row in rows if row.status != "live")


def _tombstone(about: Asked, row: FeedRow) -> Tombstone:
    _, comment = _gone(about, row, languages.house())
    return Tombstone(ref=f"urn:uuid:{row.publication}", when=row.updated, comment=comment)


def _gone(about: Asked, row: FeedRow, language: str) -> tuple[str, str]:
    """That something was withdrawn or removed, and the same with its reason; in one of our languages."""
    with languages.speaking(language):
        said = words.gone(row.status, row.updated, about.zone)
    return said, f"{said}: {row.reason}" if row.reason else said


def words_of(key: str) -> str:
    """A key as words: `berth-4` is `Berth 4`."""
    return key.replace("-", " ").capitalize()

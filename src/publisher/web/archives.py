"""The pages of the feeds' archives (RFC 5005, section 4): what an address says once, it says for ever."""

from dataclasses import replace

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from ..bootstrap import Publisher
from ..domain import zones
from ..feeds.addresses import Leaf, archive_path
from ..feeds.model import Feed
from ..readmodel.fold_archives import PAGE
from ..readmodel.rows import ArchivePage
from . import words
from .asked import Asked, asked
from .syndication import (
    FMT,
    WRITERS,
    answered,
    as_written,
    entry_of,
    facet_of,
    language_of,
    page_of,
    told_by,
    tombstones_of,
)
from .validators import FRESH, unchanging


def blueprint(publisher: Publisher) -> Blueprint:
    """`/archive/12.atom` and the like, and the same below every kind, topic, person and language."""
    archives = Blueprint("archives", __name__)

    @archives.get(f"/archive/<leaf:leaf>.{FMT}")
    @archives.get(f"/<facet:facet>/archive/<leaf:leaf>.{FMT}")
    def archive(leaf: str, fmt: str, facet: str | None = None) -> Response | AnyResponse:
        about, wanted = asked(), Leaf.parse(leaf)
        written = as_written(facet) if facet else None
        count = wanted.count or PAGE
        found = publisher.library.archive_page(about.t, facet_of(written), wanted.page, count)
        if found is None or wanted.count == PAGE or wanted.redactions > found.redactions:
            abort(404)
        now = replace(wanted, redactions=found.redactions, hidden=found.hidden)
        if (here := archive_path(written, now, fmt)) != request.path:
            return _leading(here)
        return unchanging(
            publisher,
            about,
            [(row.publication, row.updated) for row in found.rows],
            found.complete if publisher.config.now is None else None,
            lambda: answered(_feed(publisher, about, fmt, written, now, found), fmt),
        )

    return archives


def _leading(path: str) -> AnyResponse:
    """To the page without what was removed or redacted: the old one says nothing any more."""
    response = redirect(path, 301)
    response.headers["Cache-Control"] = f"public, max-age={FRESH}"
    return response


def _feed(
    publisher: Publisher, about: Asked, fmt: str, facet: str | None, leaf: Leaf, found: ArchivePage
) -> Feed:
    """Of nothing that may be otherwise tomorrow: no counters, no hub, the newsroom's name of then."""
    base, name = publisher.config.base_url, found.name or words.newsroom()
    then = replace(about, zone=zones.zone(found.zone))
    stem = f"/{facet}" if facet else ""
    return Feed(
        id=f"urn:uuid:{publisher.newsroom_id()}" + (f":{facet}" if facet else ""),
        title=f"{name}: {told_by(facet, found.rows)}" if facet else name,
        subtitle="",
        site_url=base + (page_of(facet) if facet else "/"),
        self_url=base + archive_path(facet, leaf, fmt),
        language=language_of(fmt, facet),
        updated=found.complete,
        alternates=(
            ("current", WRITERS[fmt][1], f"{base}{stem}/feed.{fmt}"),
            *_before(base, fmt, facet, leaf),
        ),
        authors=(name,),
        entries=tuple(entry_of(base, then, row) for row in found.rows),
        tombstones=tombstones_of(then, found.rows),
        archived=True,
    )


def _before(base: str, fmt: str, facet: str | None, leaf: Leaf) -> tuple[tuple[str, str, str], ...]:
    """The page before this one, as it was named before anything in it was removed: that name leads on."""
    if leaf.page == 1:
        return ()
    before = archive_path(facet, Leaf(page=leaf.page - 1, redactions=leaf.redactions), fmt)
    return (("prev-archive", WRITERS[fmt][1], base + before),)

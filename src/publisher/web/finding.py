"""Where programs find what there is: sitemaps, robots, the list of feeds, and whom to tell of a hole."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, abort
from flask_babel import gettext
from lxml import etree  # type: ignore[import-untyped, unused-ignore]

from ..bootstrap import Publisher
from ..feeds.addresses import FOLDERS
from ..feeds.characters import without_forbidden
from ..readmodel.rows import ListedRow, Tally
from . import languages, words
from .asked import asked
from .syndication import facet_label, page_of
from .validators import FRESH, conditional

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
LARGEST = 10_000
"""Addresses in one sitemap: a fifth of what the protocol allows, so that none is slow to make."""
RECENT = timedelta(days=2)
"""How old a message may be in the news sitemap, and how many it may hold."""
RECENT_ROWS = 1000
HIDDEN = ("/desk/", "/audit/", "/api/", "/preview/", "/search", "/web/", "/id/")
"""What crawlers are asked to leave alone: nothing to find there, or no end of it."""
EXPIRES = timedelta(days=90)


def blueprint(publisher: Publisher) -> Blueprint:
    """`/robots.txt`, `/sitemap.xml` with its parts, `/feeds.opml` and `/.well-known/security.txt`."""
    finding = Blueprint("finding", __name__)
    library, base = publisher.library, publisher.config.base_url
    public = conditional(publisher, page=False)

    @finding.get("/robots.txt")
    @public
    def robots() -> Response:
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in HIDDEN)]
        maps = [f"Sitemap: {base}/sitemap{part}.xml" for part in ("", "-news")]
        return Response("\n".join([*lines, "", *maps, ""]), mimetype="text/plain")

    @finding.get("/.well-known/security.txt")
    def security() -> Response:
        """RFC 9116; not there until the newsroom says where to write."""
        contact = publisher.config.security_contact or abort(404)
        until = asked().now.replace(hour=0, minute=0, second=0, microsecond=0) + EXPIRES
        lines = [
            f"Contact: {contact}",
            f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
            f"Preferred-Languages: {languages.house()}",
            f"Canonical: {base}/.well-known/security.txt",
        ]
        return _fresh(Response("\n".join([*lines, ""]), mimetype="text/plain"))

    @finding.get("/sitemap.xml")
    @public
    def sitemap() -> Response:
        """An index: the lists, then the messages of each year, newest first."""
        parts = ["pages"]
        for year in library.tallies(asked().t, "year"):
            parts += [f"{year.key}-{number}" for number in range(1, -(-year.count // LARGEST) + 1)]
        index = etree.Element(f"{{{SITEMAP}}}sitemapindex", nsmap={None: SITEMAP})
        for part in parts:
            _text(_below(index, "sitemap"), "loc", f"{base}/sitemap-{part}.xml")
        return _xml(index)

    @finding.get("/sitemap-pages.xml")
    @public
    def pages() -> Response:
        t = asked().t
        paths = ["/", "/archive", "/corrections", "/feeds"]
        paths += [page_of(f"{folder}/{tally.key}") for folder, tally in _facets(publisher, t)]
        return _xml(_urls((base + path, None) for path in paths))

    @finding.get("/sitemap-<year:year>-<int:number>.xml")
    @public
    def messages(year: str, number: int) -> Response:
        page = library.listing(asked().t, year=int(year), page=number, size=LARGEST)
        if not page.rows:
            abort(404)
        return _xml(_urls((base + row.path, row.amended or row.published) for row in page.rows))

    @finding.get("/sitemap-news.xml")
    def news() -> Response:
        """What is new, for search engines of news; it changes as time goes by, so it has no validators."""
        about = asked()
        rows = library.latest(about.t, RECENT_ROWS)
        name = about.masthead.name or words.newsroom()
        recent = [row for row in rows if row.published > about.t - RECENT]
        return _fresh(_xml(_news(base, name, recent)))

    @finding.get("/feeds.opml")
    @public
    def opml() -> Response:
        about = asked()
        name = about.masthead.name or words.newsroom()
        feeds = [(name, "/feed", "/"), (gettext("Corrections"), "/corrections", "/corrections")]
        for folder, tally in _facets(publisher, about.t):
            facet, label = f"{folder}/{tally.key}", facet_label(folder, tally.key, tally.label)
            feeds.append((label, f"/{facet}/feed", page_of(facet)))
        document = etree.Element("opml", version="2.0")
        _text(etree.SubElement(document, "head"), "title", name)
        body = etree.SubElement(document, "body")
        for title, stem, page in feeds:
            etree.SubElement(
                body,
                "outline",
                type="rss",
                text=title,
                title=title,
                xmlUrl=f"{base}{stem}.atom",
                htmlUrl=base + page,
            )
        return _xml(document, "text/x-opml")

    return finding


def _facets(publisher: Publisher, t: datetime) -> list[tuple[str, Tally]]:
    """Every list that has a page and feeds of its own, as (folder, tally)."""
    return [
        (folder, tally) for folder, what in FOLDERS.items() for tally in publisher.library.tallies(t, what)
    ]


def _urls(found: Iterable[tuple[str, datetime | None]]) -> Any:
    urls = etree.Element(f"{{{SITEMAP}}}urlset", nsmap={None: SITEMAP})
    for address, changed in found:
        url = _below(urls, "url")
        _text(url, "loc", address)
        if changed is not None:
            _text(url, "lastmod", _instant(changed))
    return urls


def _news(base: str, name: str, rows: Iterable[ListedRow]) -> Any:
    urls = etree.Element(f"{{{SITEMAP}}}urlset", nsmap={None: SITEMAP, "news": NEWS})
    for row in rows:
        url = _below(urls, "url")
        _text(url, "loc", base + row.path)
        news = etree.SubElement(url, f"{{{NEWS}}}news")
        publication = etree.SubElement(news, f"{{{NEWS}}}publication")
        _text(publication, "name", name, NEWS)
        _text(publication, "language", row.language.partition("-")[0].lower(), NEWS)
        _text(news, "publication_date", _instant(row.published), NEWS)
        _text(news, "title", row.title, NEWS)
    return urls


def _below(parent: Any, name: str) -> Any:
    return etree.SubElement(parent, f"{{{SITEMAP}}}{name}")


def _text(parent: Any, name: str, text: str, namespace: str | None = None) -> None:
    space = namespace or (SITEMAP if parent.tag.startswith(f"{{{SITEMAP}}}") else None)
    child = etree.SubElement(parent, f"{{{space}}}{name}" if space else name)
    child.text = without_forbidden(text)


def _instant(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds")


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = f"public, max-age={FRESH}"
    return response


def _xml(root: Any, media_type: str = "application/xml") -> Response:
    written = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return Response(written, mimetype=media_type)

"""The readers' pages, at the instant that the request asks about."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID

from flask import Blueprint, Response, abort, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from ..bootstrap import Publisher
from ..domain.content import Content, canonical_tag, slug_of
from ..feeds.addresses import FOLDERS
from ..readmodel.library import Library
from ..readmodel.rows import PageOf, StandingRow, Tally
from . import (
    addresses,
    comparing,
    counters,
    files,
    languages,
    memento,
    queries,
    sharing,
    subscribing,
    translating,
    words,
)
from .asked import Asked, asked
from .rendered import rendered
from .syndication import COUNTERS, label_of, words_of
from .validators import conditional

PAGE = 50
LATEST = 5
BEFORE_ALL = "That day is beyond the calendar: choose a later one."

Frame = Callable[..., dict[str, Any]]


def frame_of(publisher: Publisher) -> Frame:
    """What every public page takes, see `base.html`.

    `text_language` is that of its text, None on lists; the site's words around it are in it too where
    there are any.
    """

    def frame(text_language: str | None = None) -> dict[str, Any]:
        about, language = asked(), languages.spoken(text_language or languages.house())
        return {
            "language": language,
            "zone": about.zone,
            "now": about.t,
            "masthead": about.masthead,
            "counters": words.counters(about.masthead.counters, about.t, languages.house()),
            "kinds": publisher.library.tallies(about.t, "kind"),
            "languages": publisher.library.tallies(about.t, "language"),
            "past": _past(publisher, about) if about.past else None,
            "rehearsal": publisher.config.now,
            "base": publisher.config.base_url,
        }

    return frame


def blueprint(publisher: Publisher) -> Blueprint:
    """Front page, publications and their editions, lists, search: all read from the library."""
    site = Blueprint("site", __name__)
    library = publisher.library
    frame = frame_of(publisher)
    public = conditional(publisher, page=True)

    @site.get("/")
    @public
    def front() -> str:
        t = asked().t
        rows = library.front(t)
        return render_template(
            "front.html",
            rows=rows,
            total=library.listing(t, page=1, size=1).total,
            years=library.tallies(t, "year"),
            changes=library.corrections(t, LATEST),
            moment_action="/web/",
            **frame(),
        )

    @site.get("/<year:year>/<month:month>/<slug:slug>")
    @public
    def publication(year: str, month: str, slug: str) -> str | AnyResponse:
        standing = _standing(f"/{year}/{month}/{slug}")
        return standing if isinstance(standing, AnyResponse) else _publication(standing)

    @site.get("/<year:year>/<month:month>/<slug:slug>/history")
    @public
    def history(year: str, month: str, slug: str) -> str | AnyResponse:
        standing = _standing(f"/{year}/{month}/{slug}", "/history")
        if isinstance(standing, AnyResponse):
            return standing
        editions = library.history(asked().t, standing.publication)
        return render_template(
            "history.html",
            standing=standing,
            editions=editions,
            compared=comparing.compared(standing, editions),
            **frame(),
        )

    @site.get("/<year:year>/<month:month>/<slug:slug>/editions/<int:number>")
    @public
    def edition(year: str, month: str, slug: str, number: int) -> str | AnyResponse:
        standing = _standing(f"/{year}/{month}/{slug}", f"/editions/{number}")
        if isinstance(standing, AnyResponse):
            return standing
        found = library.edition(asked().t, standing.publication, number)
        if found is None:
            abort(404)
        row, content = found
        return render_template(
            "edition.html",
            standing=standing,
            edition=row,
            content=content,
            **text_of(content),
            **around(library, standing),
            **frame(_language(content)),
        )

    @site.get("/id/<uuid:publication_id>")
    @public
    def by_id(publication_id: UUID) -> AnyResponse:
        standing = library.by_id(asked().t, str(publication_id))
        if standing is None:
            abort(404)
        return redirect(request.script_root + standing.path, 303)

    @site.get("/archive")
    @public
    def archive() -> str:
        return _list("archive.html", {}, "site.archive", year=None, month=None)

    @site.get("/<year:year>/")
    @public
    def year(year: str) -> str:
        return _list("archive.html", {"year": int(year)}, "site.year", year=year, month=None)

    @site.get("/<year:year>/<month:month>/")
    @public
    def month(year: str, month: str) -> str:
        asked_for = {"year": int(year), "month": int(month)}
        return _list("archive.html", asked_for, "site.month", year=year, month=month)

    @site.get("/kinds/<key:kind>")
    @public
    def kind(kind: str) -> str:
        return _facet("kinds", kind, "site.kind", {"kind": kind})

    @site.get("/topics/<key:topic>")
    @public
    def topic(topic: str) -> str:
        return _facet("topics", topic, "site.topic", {"topic": topic})

    @site.get("/people/<key:person>")
    @public
    def person(person: str) -> str:
        return _facet("people", person, "site.person", {"person": person})

    @site.get("/languages/<tag:tag>/")
    @public
    def language(tag: str) -> str | AnyResponse:
        if canonical_tag(tag) != tag:
            return redirect(request.script_root + f"/languages/{canonical_tag(tag)}/", 301)
        return _facet("languages", tag, "site.language", {"tag": tag})

    @site.get("/search")
    @public
    def search() -> str:
        t, query = asked().t, request.args.get("q", "").strip()[:200]
        wanted, first, last = request.args.get("kind", ""), queries.day("from"), queries.day("to")
        found = (
            library.search(
                t,
                query,
                kind=wanted or None,
                first=first,
                last=last,
                page=queries.page_number(),
                size=PAGE,
            )
            if query
            else PageOf(rows=(), total=0, number=queries.page_number(), size=PAGE)
        )
        if found.number > found.pages:
            abort(404)
        return render_template(
            "search.html",
            page=found,
            query=query,
            kind=wanted,
            first=first,
            last=last,
            args={k: v for k, v in request.args.items() if k in ("q", "kind", "from", "to") and v},
            **frame(),
        )

    @site.get("/ns/counters/1")
    @public
    def counters_namespace() -> str:
        namespace = publisher.config.base_url + COUNTERS
        return render_template("counters-namespace.html", namespace=namespace, **frame())

    @site.get("/web/")
    def choose() -> AnyResponse:
        """From a date and a time in the newsroom's zone to the memento of that second."""
        about = asked()
        local = _local_instant(about)
        target = request.args.get("url") or publisher.config.base_url + "/"
        if _host(target) not in (_host(publisher.config.base_url), request.host):
            abort(404)
        return redirect(quote(memento.address(min(local, about.now), target), safe="/:?&=%"), 302)

    def _standing(path: str, rest: str = "") -> StandingRow | AnyResponse:
        standing = addresses.standing_at(library, path, rest)
        if isinstance(standing, StandingRow) and standing.status == "removed":
            return _gone(standing)
        return standing

    files.add_public(site, publisher)
    subscribing.add(site, publisher, public, frame)
    counters.add(site, library, public, frame)
    comparing.add_public(site, library, public, _standing, frame)

    def _gone(standing: StandingRow) -> AnyResponse:
        response = Response(render_template("gone.html", standing=standing, **frame()), status=410)
        response.headers["Cache-Control"] = "no-cache"
        return response

    def _publication(standing: StandingRow) -> str:
        return render_template(
            "publication.html",
            standing=standing,
            tongues=translating.tongues(library, standing.publication, standing.content),
            **_shared(standing),
            **text_of(standing.content),
            **around(library, standing),
            **frame(_language(standing.content)),
        )

    def _shared(standing: StandingRow) -> dict[str, Any]:
        """What others show of the page; nothing where its text is gone."""
        about, base, content = asked(), publisher.config.base_url, standing.content
        if content is None:
            return {"article": None, "pictures": []}
        name = about.masthead.name or words.newsroom()
        editions = library.history(about.t, standing.publication)
        article = sharing.article(base, name, standing, content, editions)
        return {"article": article, "pictures": sharing.pictures(base, content)}

    def _list(template: str, chosen: dict[str, int], endpoint: str, **given: str | None) -> str:
        t = asked().t
        page = library.listing(t, page=queries.page_number(), size=PAGE, **chosen)  # type: ignore[arg-type]
        if page.number > page.pages or (chosen and not page.total):
            abort(404)
        arguments = {name: value for name, value in given.items() if value is not None}
        return render_template(
            template,
            page=page,
            endpoint=endpoint,
            args=arguments,
            years=library.tallies(t, "year"),
            months=[m for m in library.tallies(t, "month") if m.key.startswith(given["year"] or "-")],
            **given,
            **frame(),
        )

    def _facet(folder: str, key: str, endpoint: str, args: dict[str, str]) -> str:
        about = asked()
        label = label_of(publisher, about, f"{folder}/{key}")
        page = library.listing(
            about.t, facet=f"{FOLDERS[folder]}:{key}", page=queries.page_number(), size=PAGE
        )
        if page.number > page.pages:
            abort(404)
        return render_template(
            "facet.html",
            page=page,
            what=FOLDERS[folder],
            key=key,
            label=label,
            endpoint=endpoint,
            args=args,
            feed_facet=f"{folder}/{key}",
            **frame(),
        )

    return site


def text_of(content: Content | None, files_at: str = "") -> dict[str, Any]:
    """A text as a page takes it: its HTML, the questions in it, its files below `files_at` or `/files`."""
    if content is None:
        return {"text_html": None, "questions": [], "attached": ()}
    files_at = files_at or f"{request.script_root}/files"
    text = rendered(content, files_at=files_at)
    return {
        "text_html": Markup(text.html),  # noqa: S704 - sanitised last, by nh3
        "questions": [{"anchor": turn.anchor, "text": turn.question} for turn in text.turns],
        "attached": text.attached,
        "files_at": files_at,
    }


def around(library: Library, standing: StandingRow) -> dict[str, Any]:
    """What stands beside a text: the latest others, its topics and its speakers."""
    content = standing.content
    return {
        "latest": library.latest(asked().t, LATEST, without={standing.publication}),
        "topics": [Tally(key=k, label=words_of(k), count=0) for k in content.topics] if content else [],
        "people": [Tally(key=slug_of(n), label=n, count=0) for n in content.speakers] if content else [],
    }


def _language(content: Content | None) -> str | None:
    return content.language if content else None


def _past(publisher: Publisher, about: Asked) -> words.PastBar:
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    target = publisher.config.base_url + quote(request.path) + query
    before, after = publisher.library.changes_around(about.t, about.now)
    return words.PastBar(
        at=about.t,
        now_url=quote(request.path) + query,
        action="/web/",
        target=target,
        before=_step(before, target),
        after=_step(after, target),
    )


def _step(at: datetime | None, target: str) -> words.Step | None:
    return words.Step(at=at, url=memento.address(at, target)) if at else None


def _host(url: str) -> str | None:
    """Host and port of an absolute address, None where it is not one."""
    try:
        return urlsplit(url).netloc
    except ValueError:
        return None


def _local_instant(about: Asked) -> datetime:
    day = queries.required_day("date")
    if day.year <= memento.FIRST_YEAR:
        queries.refuse("date", BEFORE_ALL)
    return datetime.combine(day, queries.clock("time"), about.zone)

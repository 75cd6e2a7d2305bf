"""What was corrected, for readers and as feeds; and the editions of one publication as a feed."""

from dataclasses import replace
from html import escape
from uuid import UUID, uuid5

from flask import Blueprint, Response, abort, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from ..bootstrap import Publisher
from ..domain.content import Content
from ..feeds.model import Category, Entry, Feed
from ..readmodel.rows import EditionRow, ListedRow, StandingRow
from . import addresses, languages, queries, words
from .asked import Asked, asked
from .rendered import rendered
from .site import Frame
from .syndication import FMT, answered, head_of
from .validators import conditional

PAGE = 50
"""How many corrections a page of the list and a feed hold."""


def blueprint(publisher: Publisher, frame: Frame) -> Blueprint:
    """`/corrections` with its feeds, and `/2020/05/{slug}/history.atom`, `.rss` and `.json`."""
    corrections = Blueprint("corrections", __name__)
    library = publisher.library

    @corrections.get("/corrections")
    @conditional(publisher, page=True)
    def listed() -> str:
        number = queries.page_number()
        rows = library.corrections(asked().t, PAGE + 1, (number - 1) * PAGE)
        if number > 1 and not rows:
            abort(404)
        return render_template(
            "corrections.html",
            rows=rows[:PAGE],
            newer=number - 1 or None,
            older=number + 1 if len(rows) > PAGE else None,
            **frame(),
        )

    @corrections.get(f"/corrections.{FMT}")
    @conditional(publisher, page=False)
    def feed(fmt: str) -> Response:
        about = asked()
        page, title = "/corrections", gettext("Corrections")
        head = head_of(publisher, about, fmt, stem=page, page=page, key="corrections", title=title)
        rows = library.corrections(about.t, PAGE)
        entries = tuple(_correction(publisher.config.base_url, row) for row in rows)
        return answered(_newest(replace(head, entries=entries)), fmt)

    @corrections.get(f"/<year:year>/<month:month>/<slug:slug>/history.{FMT}")
    @conditional(publisher, page=False)
    def editions(year: str, month: str, slug: str, fmt: str) -> Response | AnyResponse:
        about, path = asked(), f"/{year}/{month}/{slug}"
        standing = addresses.standing_at(library, path, f"/history.{fmt}")
        if isinstance(standing, AnyResponse):
            return standing
        if standing.status == "removed":
            abort(410)
        return answered(_newest(_editions(publisher, about, standing, fmt)), fmt)

    return corrections


def _newest(feed: Feed) -> Feed:
    """A feed that says of itself that it is as new as its newest entry."""
    return replace(feed, updated=max((e.updated for e in feed.entries), default=feed.updated))


def _correction(base: str, row: ListedRow) -> Entry:
    """An entry with an id of its own: the correction, and not what was corrected."""
    assert row.amended is not None
    page = base + row.path
    difference = f"{page}/diff/{row.edition - 1}..{row.edition}"
    with languages.speaking(languages.spoken(row.language)):
        ways = f'<a href="{escape(difference)}">{escape(gettext("What changed"))}</a>'
        whole = f'<a href="{escape(page)}">{escape(row.title)}</a>'
        label = gettext("Corrections")
    return Entry(
        id=entry_id(row.publication, row.edition),
        url=difference,
        title=row.title,
        summary=row.note or "",
        html=f"<p>{escape(row.note or '')}</p><p>{ways} · {whole}</p>",
        language=row.language,
        published=row.amended,
        updated=row.amended,
        categories=(Category(term="correction", scheme=f"{base}/corrections", label=label),),
        direction=words.direction(row.language),
    )


def _editions(publisher: Publisher, about: Asked, standing: StandingRow, fmt: str) -> Feed:
    title = gettext("History of “%(title)s”", title=standing.edition.title)
    key, page = f"editions:{standing.publication}", f"{standing.path}/history"
    head = head_of(publisher, about, fmt, stem=page, page=page, key=key, title=title)
    found = publisher.library.history(about.t, standing.publication)
    entries = []
    for row in reversed(found):
        _, content = publisher.library.edition(about.t, standing.publication, row.number) or (row, None)
        entries.append(_edition(publisher.config.base_url + standing.path, standing, row, content))
    return replace(head, entries=tuple(entries))


def _edition(page: str, standing: StandingRow, row: EditionRow, content: Content | None) -> Entry:
    language = content.language if content else languages.house()
    with languages.speaking(languages.spoken(language)):
        number = gettext("Edition %(n)s", n=row.number)
        first = gettext("First published.")
        redacted = gettext("The text of this edition was redacted.")
        basis = gettext("Legal basis:")
    note = row.note or (first if row.number == 1 else "")
    text = (
        rendered(content, page).html
        if content
        else f"<p>{escape(f'{redacted} {basis} {row.redacted}')}</p>"
    )
    return Entry(
        id=entry_id(standing.publication, row.number),
        url=f"{page}/editions/{row.number}",
        title=f"{number}: {row.title}" if row.title else number,
        summary=note,
        html=f"<p><em>{escape(note)}</em></p>{text}" if note else text,
        language=language,
        published=row.effective_at,
        updated=row.effective_at,
        direction=words.direction(language),
    )


def entry_id(publication: str, edition: int) -> str:
    """The id of an edition in feeds of editions: never that of the publication itself."""
    return f"urn:uuid:{uuid5(UUID(publication), f'edition {edition}')}"

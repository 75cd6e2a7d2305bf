"""Two texts of one publication compared: editions for readers, revisions for the desk."""

from collections.abc import Callable
from itertools import pairwise
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ..bootstrap import Publisher
from ..domain.content import Content
from ..domain.policy import Action
from ..readmodel.library import Library
from ..readmodel.rows import EditionRow, StandingRow
from ..record.differences import Difference
from . import languages, queries, translating
from .acts import Find
from .asked import asked
from .pages import Page
from .signing import requires
from .validators import View

Standing = Callable[[str, str], StandingRow | Response]
"""(path, rest): what stands at a path, or the answer in its place."""
Frame = Callable[..., dict[str, object]]


def add_public(
    site: Blueprint, library: Library, public: Callable[[View], View], standing_of: Standing, frame: Frame
) -> None:
    """`/2020/05/{slug}/diff/2..3`: two editions that were public by the instant asked about."""

    @site.get("/<year:year>/<month:month>/<slug:slug>/diff/<int:old>..<int:new>")
    @public
    def difference(year: str, month: str, slug: str, old: int, new: int) -> str | Response:
        path = f"/{year}/{month}/{slug}"
        standing = standing_of(path, f"/diff/{old}..{new}")
        if isinstance(standing, Response):
            return standing
        before = library.edition(asked().t, standing.publication, old)
        after = library.edition(asked().t, standing.publication, new)
        if before is None or after is None or old == new:
            abort(404)
        if old > new:
            return redirect(f"{request.script_root}{path}/diff/{new}..{old}", 301)
        language = next((text.language for _, text in (after, before) if text), None)
        return render_template(
            "difference.html",
            standing=standing,
            before=before[0],
            after=after[0],
            text_language=language,
            difference=_between(before[1], after[1], language) if before[1] and after[1] else None,
            **frame(language),
        )

    def _between(before: Content, after: Content, language: str | None) -> Difference:
        spoken = languages.spoken(language or languages.house())
        return translating.compared(library, before, after, spoken)


def compared(standing: StandingRow, editions: tuple[EditionRow, ...]) -> dict[int, str]:
    """Where each edition is compared with the one before it, by number; none where a text was redacted."""
    at = f"{request.script_root}{standing.path}/diff"
    pairs = pairwise(editions)
    return {
        new.number: f"{at}/{old.number}..{new.number}"
        for old, new in pairs
        if not (old.redacted or new.redacted)
    }


def add_to_desk(desk: Blueprint, publisher: Publisher, page: Page, find: Find) -> None:
    """`/desk/{id}/compare/2..3`, and `/desk/{id}/compare` to where two were chosen."""
    library = publisher.library

    @desk.get("/<uuid:publication>/compare")
    @requires(publisher, Action.READ_DESK)
    def choose(publication: UUID) -> Response:
        row = find(publication)
        chosen = sorted((_revision("old", max(1, row.revision - 1)), _revision("new", row.revision)))
        where = url_for("desk.compare", publication=publication, old=chosen[0], new=chosen[1])
        return redirect(where, 303)

    @desk.get("/<uuid:publication>/compare/<int:old>..<int:new>")
    @requires(publisher, Action.READ_DESK)
    def compare(publication: UUID, old: int, new: int) -> Response:
        row, revisions = find(publication), library.revisions(str(publication))
        if not 1 <= min(old, new) <= max(old, new) <= len(revisions):
            abort(404)
        if old > new:
            return redirect(url_for("desk.compare", publication=publication, old=new, new=old), 301)
        before, after = (library.revision_content(str(publication), each) for each in (old, new))
        editions = library.history(asked().now, str(publication))
        return page(
            "compare.html",
            row=row,
            old=revisions[old - 1],
            new=revisions[new - 1],
            revisions=revisions[::-1],
            editions={each.revision: each.number for each in editions},
            readable=(before is not None, after is not None),
            text_language=after.language if after else None,
            difference=translating.compared_on_desk(library, before, after) if before and after else None,
            names=publisher.accounts.names(),
        )


def _revision(name: str, usual: int) -> int:
    return queries.revision(name) or usual

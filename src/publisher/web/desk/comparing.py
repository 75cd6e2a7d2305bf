"""Two revisions of one publication compared, for the desk."""

from uuid import UUID

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response

from ...bootstrap import Publisher
from ...domain.policy import Action
from .. import queries, translating
from ..asked import asked
from ..pages import Page
from ..signing import requires
from .acts import Find


def add(desk: Blueprint, publisher: Publisher, page: Page, find: Find) -> None:
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

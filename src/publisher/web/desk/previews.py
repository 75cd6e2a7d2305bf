"""Preview links: made and taken back at the desk, opened by whoever was given one."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...bootstrap import Publisher
from ...domain import errors
from ...domain.content import Content
from ...domain.policy import Action
from ...readmodel.rows import DeskRow, EditionRow, StandingRow
from ...state.previews import DAYS, PreviewRow
from .. import files, queries, signing, site, translating
from ..asked import asked
from ..pages import Page
from ..schemas import BadForm, by
from ..signing import requires, who
from .acts import Find
from .forms import OBSTACLES, Form, Forms, told

NO_REVISION = "There is no such revision: choose one of the list."
REDACTED = "The text of this revision was redacted: there is nothing to preview."
CLOSED = ("discarded", "removed")
"""The states of a publication that nobody is shown any more."""
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
"""So that neither a cache, nor a page that is gone on to, nor a search engine learns of it."""


def add(desk: Blueprint, publisher: Publisher, forms: Forms, page: Page, find: Find) -> None:
    """`/desk/{id}/previews`: the links to a publication that hold, and the form that makes one."""
    library, previews = publisher.library, publisher.previews

    @desk.get("/<uuid:publication>/previews")
    @requires(publisher, Action.DRAFT)
    def previews_of(publication: UUID) -> AnyResponse:
        return show(publication, form={"revision": str(queries.revision("revision") or "")})

    @desk.post("/<uuid:publication>/previews")
    @requires(publisher, Action.DRAFT)
    def make_preview(publication: UUID) -> AnyResponse:
        form, row = request.form, find(publication)
        account, command = who().account, by(who().account, request.form)
        try:
            token = previews.make(
                uuid5(account, str(command.command_id)),  # the form that is sent twice makes one link
                account,
                publication,
                _revision(row, form),
                days=_days(form),
                note=form.get("note", ""),
            )
        except OBSTACLES as error:
            return show(publication, form=form, **told(error))
        link = publisher.config.base_url + url_for("previews.preview", token=token)
        return show(publication, form={}, link=link)

    @desk.post("/<uuid:publication>/previews/<uuid:link>/revoke")
    @requires(publisher, Action.DRAFT)
    def revoke_preview(publication: UUID, link: UUID) -> AnyResponse:
        previews.revoke(publication, link)
        return redirect(url_for("desk.previews_of", publication=publication), 303)

    def show(publication: UUID, *, form: Form, status: int = 200, **said: Any) -> AnyResponse:
        row = find(publication)
        return page(
            "previews.html",
            status,
            row=row,
            links=() if row.state in CLOSED else previews.of(publication),
            revisions=library.revisions(str(publication))[::-1],
            editions={e.revision: e.number for e in library.history(asked().now, str(publication))},
            days=DAYS,
            names=publisher.accounts.names(),
            form=form,
            **({"link": None} | said),
        )

    def _revision(row: DeskRow, form: Form) -> int:
        """The chosen revision's number. Raises BadForm, Discarded, Gone."""
        if row.state in CLOSED:
            raise errors.Discarded if row.state == "discarded" else errors.Gone
        text = form.get("revision", "")
        known = len(library.revisions(row.publication))
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        if not 1 <= number <= known:
            raise BadForm({"revision": NO_REVISION})
        if library.revision_content(row.publication, number) is None:
            raise BadForm({"revision": REDACTED})
        return number

    forms.add("desk.make_preview", Action.DRAFT, show)


def blueprint(publisher: Publisher) -> Blueprint:
    """`/preview/{token}`: a revision as the site would show it, outside every instant and cache."""
    opened = Blueprint("previews", __name__)
    library, previews = publisher.library, publisher.previews
    frame = site.frame_of(publisher)

    @opened.get("/preview/<token>")
    def preview(token: str) -> Response:
        link = previews.find(token) or abort(404)
        row = library.desk_row(asked().now, str(link.publication))
        content = _shown(link, row)
        if row is None or content is None:
            return Response(render_template("preview-over.html", **frame()), 410)
        if request.method == "GET":
            previews.opened(link.id)
        standing = _standing(row, link.revision, content, asked().now)
        return Response(
            render_template(
                "preview.html",
                link=link,
                row=row,
                standing=standing,
                tongues=translating.tongues(library, row.publication, content),
                **site.text_of(content, files_at=f"/preview/{token}/files"),
                **site.around(library, standing),
                **frame(content.language),
            )
        )

    @opened.get(f"/preview/<token>/files{files.ADDRESS}")
    def file(token: str, sha256: str, name: str) -> Response:
        link = previews.find(token) or abort(404)
        content = _shown(link, library.desk_row(asked().now, str(link.publication)))
        asked_for = (sha256, name)
        named = [each for each in content.files if (each.sha256, each.name) == asked_for] if content else []
        data = publisher.newsroom.reader.content(sha256) if named else None
        return files.served(named[0], name, data) if data is not None else abort(404)

    def _shown(link: PreviewRow, row: DeskRow | None) -> Content | None:
        """The text that the link shows; None once it shows nothing any more."""
        closed, maker = row is None or row.state in CLOSED, signing.known(publisher, link.account)
        if link.over or closed or maker is None or not maker.may(Action.DRAFT):
            return None
        return library.revision_content(str(link.publication), link.revision)

    @opened.after_request
    def guarded(response: Response) -> Response:
        response.headers.update(HEADERS)
        return response

    return opened


def _standing(row: DeskRow, revision: int, content: Content, now: datetime) -> StandingRow:
    """The revision as if it stood on the site: a first edition, from when it is due."""
    at = row.due or now
    edition = EditionRow(
        number=1,
        revision=revision,
        content_sha256=content.sha256,
        effective_at=at,
        recorded_at=now,
        title=content.title,
    )
    return StandingRow(
        publication=row.publication,
        path=row.path or "",
        status="live",
        since=at,
        published=at,
        bumped=at,
        edition=edition,
        content=content,
    )


def _days(form: Form) -> int:
    """For how many days; none that is offered where it is no number."""
    text = form.get("days", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0

"""The editors' desk: every form is one command, answered by a redirect or by the form again."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from ...application import By
from ...bootstrap import Publisher
from ...domain import errors
from ...domain.content import Content
from ...domain.policy import Action
from ...readmodel.rows import DeskRow
from .. import files, translating
from ..asked import asked
from ..pages import pages_of
from ..rendered import rendered
from ..schemas import by, following, number
from ..signing import requires, who
from . import (
    accounts,
    acts,
    comparing,
    doors,
    factors,
    listing,
    live,
    mastheads,
    merging,
    originals,
    own,
    papers,
    previews,
    readers,
    returning,
    reviews,
    tokens,
    transcripts,
    uploading,
)
from .forms import OBSTACLES, Form, Forms, told

KINDS = ("press-release", "statement", "transcript", "interview", "speech", "notice", "comment")
"""The kinds that the form offers; any other of the grammar may be typed."""
OFFERED = 200
"""How many topics and speakers of public texts are offered for the next one."""
TRANSCRIPT = "transcript"
"""What a form asks for whose text is a raw transcript."""
PREVIEW = "preview"
"""What a form asks for that is not to be saved, but shown again with what it would be."""


def blueprint(publisher: Publisher) -> Blueprint:
    """`/desk/`: sign in, the list, the form for a text, and one page an act."""
    desk = Blueprint("desk", __name__, url_prefix="/desk")
    newsroom, library = publisher.newsroom, publisher.library
    page, forms = pages_of(publisher, "desk"), Forms()

    def find(publication: UUID) -> DeskRow:
        return library.desk_row(asked().now, str(publication)) or abort(404)

    def form_of(content: Content) -> dict[str, str]:
        return _form_of(content) | originals.form_of(publisher, content)

    doors.add(desk, publisher, forms, page)
    listing.add(desk, publisher, page)
    acts.add(desk, publisher, forms, page, find)
    reviews.add(desk, publisher, forms, page, find)
    comparing.add(desk, publisher, page, find)
    accounts.add(desk, publisher, forms, page)
    previews.add(desk, publisher, forms, page, find)
    mastheads.add(desk, publisher, forms, page)
    own.add(desk, publisher, page)
    readers.add(desk, publisher, page)
    factors.add(desk, publisher, page)
    tokens.add(desk, publisher, page)
    papers.add(desk, publisher)
    live.add(desk, publisher)
    transcripts.add(desk, publisher, forms, page)
    files.add_to_desk(desk, publisher)
    returning.add(desk, publisher)

    # ---- the form for a text

    @desk.get("/new")
    @requires(publisher, Action.DRAFT)
    def new() -> Response:
        place = request.args.get("paper", type=UUID)
        kept = papers.resumed(publisher, place)
        if kept:
            return show_new(form=kept | {"place": str(place)})
        original = originals.begun(publisher, request.args.get("translates", type=UUID))
        form = form_of(original) | {"language": ""} if original else {"language": publisher.config.language}
        return show_new(form=form, waiting=papers.begun(publisher))

    @desk.post("/new")
    @requires(publisher, Action.DRAFT)
    def draft() -> Response:
        form = request.form
        if form.get("then") == PREVIEW:
            return show_new(form=form)
        try:
            if form.get("then") == TRANSCRIPT:
                return transcripts.begun(publisher, papers.place_of(form), form)
            content, command = originals.content_of(publisher, form), by(who().account, form)
            receipt = newsroom.draft(content, command, files=uploading.bytes_for(publisher, content))
            uploading.saved(publisher, who().account, content)
            papers.dropped(publisher, form.get("place", ""))
            _then(receipt.id, 1, command)
        except OBSTACLES as error:
            return show_new(form=form, **told(error))
        return redirect(url_for("desk.edit", publication=receipt.id), 303)

    @desk.get("/<uuid:publication>")
    @requires(publisher, Action.READ_DESK)
    def edit(publication: UUID) -> Response:
        row = find(publication)
        content = library.revision_content(str(publication), row.revision)
        form = (form_of(content) if content else {}) | {"base": str(row.revision)}
        kept = papers.resumed(publisher, publication)
        return show(publication, form=uploading.resumed(form, kept), saved=content)

    @desk.post("/<uuid:publication>")
    @requires(publisher, Action.DRAFT)
    def revise(publication: UUID) -> Response:
        form, row = request.form, find(publication)
        if form.get("then") == PREVIEW:
            return show(publication, form=form)
        try:
            papers.check(publisher, row, form)
            if form.get("then") == TRANSCRIPT:
                papers.check_place(publisher, publication, form)
                return transcripts.begun(publisher, publication, form)
            content, command = originals.content_of(publisher, form), by(who().account, form)
            base = number(form, "base")
            revision = _saved(publication, base, content, command)
            papers.dropped(publisher, str(publication))
            _then(publication, revision, command)
        except errors.StaleRevision:
            papers.kept(publisher, publication, form)
            return second.show(publication, form=form)
        except OBSTACLES as error:
            return show(publication, form=form, **told(error))
        return redirect(url_for("desk.edit", publication=publication), 303)

    def _saved(publication: UUID, base: int, content: Content, command: By) -> int:
        """The number of the revision that says it, a new one or the one that did."""
        try:
            files = uploading.bytes_for(publisher, content)
            saved = newsroom.revise(publication, base, content, command, files=files).revision or base
        except errors.NothingChanged:
            saved = base
        uploading.saved(publisher, who().account, content)
        return saved

    def _then(publication: UUID, revision: int, command: By) -> None:
        if request.form.get("then") == "submit":
            newsroom.submit(publication, revision, following(command, "submit"))

    def show(
        publication: UUID, *, form: Form, status: int = 200, saved: Content | None = None, **said: Any
    ) -> Response:
        row = find(publication)
        return page(
            "edit.html",
            status,
            row=row,
            form=form,
            kinds=KINDS,
            live=live.of(form, row, saved, files=uploading.unfinished(publisher, form))
            if "title" in form
            else None,
            lines=uploading.lines(publisher, form),
            used=used(),
            revisions=library.revisions(str(publication))[::-1],
            editions={e.revision: e.number for e in library.history(asked().now, str(publication))},
            steps=library.reviews(str(publication)),
            names=publisher.accounts.names(),
            pinned=str(publication) in asked().masthead.pinned,
            forgotten=papers.forgotten(publisher, str(publication)),
            original=originals.shown(publisher, form, row.publication),
            **papers.of_form(publisher, row, form),
            **said,
        )

    def used() -> dict[str, list[str]]:
        """What public texts have: topics by their keys, speakers by their names, languages by tags."""
        topics, people = (library.tallies(asked().now, what)[:OFFERED] for what in ("topic", "person"))
        tongues = [one.key for one in library.tallies(asked().now, "language")]
        return {
            "topics": [one.key for one in topics],
            "speakers": [one.label for one in people],
            "languages": list(dict.fromkeys([publisher.config.language, *tongues])),
        }

    def show_new(*, form: Form, status: int = 200, **said: Any) -> Response:
        about = papers.of_form(publisher, None, form)
        about["live"] = live.of(form, files=uploading.unfinished(publisher, form))
        about |= {"lines": uploading.lines(publisher, form), "used": used()}
        about["original"] = originals.shown(publisher, form)
        return page("edit.html", status, row=None, form=form, kinds=KINDS, **about, **said)

    def show_again(publication: UUID | None, **said: Any) -> Response:
        return show(publication, **said) if publication else show_new(**said)

    second = merging.Merging(
        publisher=publisher, page=page, find=find, edit=show, said=form_of, save=_saved
    )
    merging.add(desk, second, forms)
    uploading.add(desk, publisher, forms, show_again)

    @desk.get("/<uuid:publication>/revisions/<int:wanted>")
    @requires(publisher, Action.READ_DESK)
    def revision(publication: UUID, wanted: int) -> Response:
        row, revisions = find(publication), library.revisions(str(publication))
        if not 1 <= wanted <= len(revisions):
            abort(404)
        content = library.revision_content(str(publication), wanted)
        return page(
            "revision.html",
            row=row,
            revision=revisions[wanted - 1],
            content=content,
            translated=translating.at_desk(library)(content.translates)
            if content and content.translates
            else "",
            text=rendered(content, files_at=files.AT_DESK) if content else None,
            names=publisher.accounts.names(),
        )

    forms.add("desk.draft", Action.DRAFT, show_new)
    forms.add("desk.revise", Action.DRAFT, show)

    return desk


def _form_of(content: Content) -> dict[str, str]:
    return {
        "kind": content.kind,
        "language": content.language,
        "title": content.title,
        "summary": content.summary,
        "body": content.body,
        "markup": content.markup,
        "topics": ", ".join(content.topics),
        "speakers": "\n".join(content.speakers),
        **uploading.fields_of(content.files),
    }

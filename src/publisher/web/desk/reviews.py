"""Reviewing: the text that waits, what it changes, and the two answers that a reviewer can give."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from ...bootstrap import Publisher
from ...domain.policy import Action
from ...readmodel.fold_desk import SUBMITTED
from ...readmodel.rows import DeskRow, ReviewRow
from .. import files, translating
from ..pages import Page
from ..rendered import rendered
from ..schemas import CommentShape, by, load, number
from ..signing import requires, who
from .acts import Find
from .forms import OBSTACLES, Form, Forms, told


def add(desk: Blueprint, publisher: Publisher, forms: Forms, page: Page, find: Find) -> None:
    """`/desk/{id}/review`, and the forms on it: `approve` and `request-changes`."""
    newsroom, library = publisher.newsroom, publisher.library

    @desk.get("/<uuid:publication>/review")
    @requires(publisher, Action.REVIEW)
    def review(publication: UUID) -> Response:
        return show(publication, form={})

    @desk.post("/<uuid:publication>/approve")
    @requires(publisher, Action.REVIEW)
    def approve(publication: UUID) -> Response:
        form = request.form
        try:
            newsroom.approve(publication, number(form, "revision"), by(who().account, form))
        except OBSTACLES as error:
            return show(publication, form=form, **told(error))
        return redirect(url_for("desk.edit", publication=publication), 303)

    @desk.post("/<uuid:publication>/request-changes")
    @requires(publisher, Action.REVIEW)
    def request_changes(publication: UUID) -> Response:
        form = request.form
        try:
            comment = load(CommentShape(), {"comment": form.get("comment", "")})["comment"]
            newsroom.request_changes(
                publication, number(form, "revision"), comment, by(who().account, form)
            )
        except OBSTACLES as error:
            return show(publication, form=form, **told(error))
        return redirect(url_for("desk.index"), 303)

    def show(publication: UUID, *, form: Form, status: int = 200, **said: Any) -> Response:
        row = find(publication)
        steps = library.reviews(str(publication))
        revision = _asked_about(row, steps)
        content = library.revision_content(str(publication), revision)
        public = library.revision_content(str(publication), row.live_revision or 0)
        return page(
            "review.html",
            status,
            row=row,
            revision=revision,
            steps=steps,
            content=content,
            translated=translating.at_desk(library)(content.translates)
            if content and content.translates
            else "",
            text=rendered(content, files_at=files.AT_DESK) if content else None,
            difference=translating.compared_on_desk(library, public, content)
            if public and content and public != content
            else None,
            names=publisher.accounts.names(),
            form=form,
            **said,
        )

    forms.add("desk.approve", Action.REVIEW, show)
    forms.add("desk.request_changes", Action.REVIEW, show)


def _asked_about(row: DeskRow, steps: Sequence[ReviewRow]) -> int:
    """The revision that waits for a reviewer: the last submitted one, or what went past review."""
    if row.unreviewed and row.review != SUBMITTED:
        return row.live_revision or row.revision
    return next((step.revision for step in reversed(steps) if step.kind == SUBMITTED), row.revision)

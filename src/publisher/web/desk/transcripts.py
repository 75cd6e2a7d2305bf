"""The transcript helper: a raw transcript becomes the turns of a text, confirmed by whoever writes it.

What the form held lies in its working paper meanwhile, and the turns are put into that.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from ...bootstrap import Publisher
from ...domain.policy import Action
from ...interchange.turns import RawTurn, Said, joined, split, written
from ...rendering.transcript import KINDS
from .. import naming
from ..asked import asked
from ..pages import Page
from ..schemas import BadForm, names_in
from ..signing import requires
from . import papers
from .forms import OBSTACLES, TURN, Form, Forms, told

NO_NAME = "Write who speaks here."
NOTHING = "There is nothing to split yet: paste the transcript first."
TOO_LONG = "It is too long: split the transcript into several texts."
KIND = "transcript"


def add(desk: Blueprint, publisher: Publisher, forms: Forms, page: Page) -> None:
    """`/desk/transcript/{place}`: paste, confirm, and go back to the form of that place."""

    @desk.get("/transcript/<uuid:place>")
    @requires(publisher, Action.DRAFT)
    def transcript(place: UUID) -> Response:
        if _is_over(place):
            return redirect(_form_of(place), 303)
        return show(place, form={})

    @desk.post("/transcript/<uuid:place>")
    @requires(publisher, Action.DRAFT)
    def transcribe(place: UUID) -> Response:
        form = request.form
        try:
            if form.get("do") == "use":
                _use(place, form)
                return redirect(_form_of(place), 303)
            turns = _split(place, form) if form.get("do") == "split" else ()
        except OBSTACLES as error:
            return show(place, form=form, turns=_turns(form), **told(error))
        return show(place, form={"raw": form.get("raw", "")}, turns=turns)

    def show(
        place: UUID, *, form: Form, turns: tuple[RawTurn, ...] | None = None, status: int = 200, **more: Any
    ) -> Response:
        fields = papers.resumed(publisher, place)
        row = publisher.library.desk_row(asked().now, str(place))
        if row is None and not fields and not form:
            abort(404)
        shown = _turns(form) if turns is None else turns
        return page(
            "transcript.html",
            status,
            form={"raw": fields.get("body", "")} | dict(form),
            place=place,
            row=row,
            title=fields.get("title", "") or (row.title if row else ""),
            turns=shown,
            kinds=list(Said),
            people=list(dict.fromkeys(t.who for t in shown if t.said is Said.ANSWER and t.who)),
            forgotten=papers.forgotten(publisher, str(place)) if row else 0,
            back=_form_of(place),
            **more,
        )

    def _split(place: UUID, form: Form) -> tuple[RawTurn, ...]:
        raw = form.get("raw", "")
        if not raw.strip():
            raise BadForm({"raw": NOTHING})
        if len(raw) > papers.LIMIT:
            raise BadForm({"raw": TOO_LONG})
        return split(raw, names_in(papers.resumed(publisher, place).get("speakers", "")))

    def _use(place: UUID, form: Form) -> None:
        """Put the turns into the paper of the place. Raises BadForm."""
        papers.check_place(publisher, place, form)
        fields = papers.resumed(publisher, place)
        turns = [turn for turn in joined(_renamed(form), _joins(form)) if turn.text]
        language = naming.language_tag(fields.get("language", "")) or publisher.config.language
        said = {"body": written(turns, language)}
        said["speakers"] = "\n".join(
            dict.fromkeys(
                [*names_in(fields.get("speakers", "")), *(t.who for t in turns if t.said is Said.ANSWER)]
            )
        )
        said["kind"] = fields["kind"] if naming.kind_key(fields.get("kind", "")) in KINDS else KIND
        if len(said["body"]) > papers.LIMIT:
            raise BadForm({"form": TOO_LONG})
        papers.kept(publisher, place, fields | said)

    def _is_over(place: UUID) -> bool:
        row = publisher.library.desk_row(asked().now, str(place))
        return row is not None and row.state in papers.OVER

    def _form_of(place: UUID) -> str:
        if publisher.library.desk_row(asked().now, str(place)):
            return url_for("desk.edit", publication=place)
        return url_for("desk.new", paper=place)

    forms.add("desk.transcribe", Action.DRAFT, show)


def begun(publisher: Publisher, place: UUID, form: Form) -> Response:
    """Keep what the form holds, and go on to its transcript. Raises BadForm."""
    if len(form.get("body", "")) > papers.LIMIT:
        raise BadForm({"body": TOO_LONG})
    papers.kept(publisher, place, form)
    return redirect(url_for("desk.transcript", place=place), 303)


def _turns(form: Form) -> tuple[RawTurn, ...]:
    """The turns as they stand in the form."""
    return tuple(
        RawTurn(
            said=_said(form.get(f"{TURN}{n}-said", "")),
            who=" ".join(form.get(f"{TURN}{n}-who", "").split()),
            text=form.get(f"{TURN}{n}-text", "").replace("\r\n", "\n").strip(),
        )
        for n in _numbers(form)
    )


def _renamed(form: Form) -> tuple[RawTurn, ...]:
    """Each answer under the name that was given for the one found. Raises BadForm where it has none."""
    names = {form[f"{TURN}from-{n}"]: form.get(f"{TURN}to-{n}", "").strip() for n in _of(form, "from-{}")}
    found, problems = [], {}
    for n, turn in zip(_numbers(form), _turns(form), strict=True):
        name = names.get(turn.who) or turn.who
        joins = form.get(f"{TURN}{n}-join") == "yes"
        if turn.said is Said.ANSWER and turn.text and not (name or joins):
            problems[f"{TURN}{n}-who"] = NO_NAME
        found.append(replace(turn, who=name) if turn.said is Said.ANSWER else turn)
    if problems:
        raise BadForm(problems)
    return tuple(found)


def _joins(form: Form) -> list[bool]:
    return [form.get(f"{TURN}{n}-join") == "yes" for n in _numbers(form)]


def _numbers(form: Form) -> Iterator[int]:
    return _of(form, "{}-text")


def _of(form: Form, name: str) -> Iterator[int]:
    """The numbers from 0 on for which the form has such a field."""
    for n in count():
        if TURN + name.format(n) not in form:
            return
        yield n


def _said(text: str) -> Said:
    return Said(text) if text in set(Said) else Said.TEXT

"""Autosave: what is typed into the form of a text is kept until it is saved or thrown away."""

from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, abort, jsonify, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from ...bootstrap import Publisher
from ...domain.policy import Action
from ...readmodel.rows import DeskRow
from ...state.papers import Paper, Present
from ..asked import asked
from ..pages import private
from ..schemas import BadForm
from ..signing import requires, who
from .forms import FILE_FIELDS, Form

FIELDS = (
    *("title", "summary", "body", "kind", "language", "markup", "topics", "speakers", "base"),
    *("translates", "translated"),
    *sorted(FILE_FIELDS),
)
LIMIT = 2 * 1024 * 1024
"""The longest paper, in characters: more than any text that can be saved."""
OVER = ("removed", "discarded")
"""States in which nothing more is written."""
CLOSED = "Nothing can be changed here."
FORGOTTEN = (
    "Words of this publication were redacted after this form was opened: take them out before you save."
)


def add(desk: Blueprint, publisher: Publisher) -> None:
    """`/desk/papers/{place}`, where a script sends what is typed, and how a paper is thrown away."""
    papers = publisher.papers

    @desk.post("/papers/<uuid:place>")
    @requires(publisher, Action.DRAFT)
    def keep(place: UUID) -> Response:
        form, account = request.form, who().account
        fields = _fields(form)
        if sum(map(len, fields.values())) > LIMIT:
            abort(413)
        refusal = _refusal(publisher, place, form)
        if refusal:
            papers.drop(account, place)
            gone: Response = private(jsonify(refused=gettext(refusal)))
            gone.status_code = 410
            return gone
        answer: dict[str, Any] = {"others": _others(publisher, papers.beat(account, place))}
        if form.get("typed") == "yes":
            kept = papers.keep(account, place, fields)
            local = kept.saved_at.astimezone(asked().zone)
            answer["saved"] = gettext("Kept at %(hour)s", hour=f"{local:%H:%M}")
        response: Response = private(jsonify(answer))
        return response

    @desk.post("/papers/<uuid:place>/discard")
    @requires(publisher, Action.DRAFT)
    def throw_away(place: UUID) -> Response:
        papers.drop(who().account, place)
        there = publisher.library.desk_row(asked().now, str(place))
        address = url_for("desk.edit", publication=place) if there else url_for("desk.index")
        return redirect(address, 303)


def resumed(publisher: Publisher, place: UUID | None) -> dict[str, str]:
    """What the paper at a place says, to go on with it; empty where there is none."""
    paper = publisher.papers.find(who().account, place) if place else None
    return dict(paper.fields) if paper else {}


def begun(publisher: Publisher) -> list[Paper]:
    """The papers of new texts, newest first."""
    return [paper for paper in publisher.papers.of(who().account) if "base" not in paper.fields]


def kept(publisher: Publisher, place: UUID, form: Form) -> None:
    """Keep what was sent and could not be stored."""
    publisher.papers.keep(who().account, place, _fields(form))


def forgotten(publisher: Publisher, publication: str) -> int:
    """How many of its editions were redacted: a form says how many were when it was opened."""
    return sum(each.redacted is not None for each in publisher.library.history(asked().now, publication))


def check(publisher: Publisher, row: DeskRow, form: Form) -> None:
    """Words that were redacted since a form was opened may stand in it. Raises BadForm."""
    known = form.get("forgotten") or "0"
    if known != str(forgotten(publisher, row.publication)):
        raise BadForm({"form": FORGOTTEN})


def check_place(publisher: Publisher, place: UUID, form: Form) -> None:
    """Whether what was typed there may be kept. Raises BadForm."""
    refusal = _refusal(publisher, place, form)
    if refusal:
        raise BadForm({"form": refusal})


def dropped(publisher: Publisher, place: str) -> None:
    """Once its text is saved, nobody needs the paper."""
    with suppress(ValueError):
        publisher.papers.drop(who().account, UUID(place))


def of_form(publisher: Publisher, row: DeskRow | None, form: Form) -> dict[str, Any]:
    """What the page of a form says: its paper's place, the paper in it, and who else is here."""
    account = who().account
    place = UUID(row.publication) if row else place_of(form)
    paper = publisher.papers.find(account, place)
    resumed = paper is not None and all(form.get(name) == text for name, text in paper.fields.items())
    return {
        "place": place,
        "paper": paper if resumed else None,
        "others": _others(publisher, publisher.papers.others(account, place)) if row else "",
    }


def place_of(form: Form) -> UUID:
    """That of a new text's form, which was given one when it was opened."""
    try:
        return UUID(form.get("place", ""))
    except ValueError:
        return uuid4()


def _fields(form: Form) -> dict[str, str]:
    return {name: form[name] for name in FIELDS if name in form}


def _refusal(publisher: Publisher, place: UUID, form: Form) -> str:
    """Why what was typed there must not be kept; nothing where it may."""
    row = publisher.library.desk_row(asked().now, str(place))
    if row is None:
        return ""
    if row.state in OVER:
        return CLOSED
    try:
        check(publisher, row, form)
    except BadForm:
        return FORGOTTEN
    return ""


def _others(publisher: Publisher, found: tuple[Present, ...]) -> str:
    """Who else has the text open and since when, as a sentence; nothing where nobody has."""
    names = ", ".join(_other(publisher, present) for present in found)
    return str(gettext("Also open here: %(names)s.", names=names)) if names else ""


def _other(publisher: Publisher, present: Present) -> str:
    name = publisher.accounts.name_of(present.account) or str(present.account)[:8]
    hour = f"{present.since.astimezone(asked().zone):%H:%M}"
    return str(gettext("%(name)s since %(hour)s", name=name, hour=hour))

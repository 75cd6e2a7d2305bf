"""The masthead at the desk: its form, what it will say today and tomorrow, and the order of the pins."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from ...bootstrap import Publisher
from ...domain import errors, zones
from ...domain.masthead import MastheadText
from ...domain.policy import Action
from ...readmodel.rows import CounterRow, MastheadRow
from .. import languages, words
from ..asked import ask, asked
from ..pages import Page
from ..schemas import BadForm, StopShape, by, load, number
from ..signing import requires, who
from . import masthead_rows
from .forms import OBSTACLES, Form, Forms, told

NO_REASON = "Taken off the masthead."
"""Why a counter stopped, where a program did not say it."""
WHY = "Say why it stops: its page shows the reason to readers."
SAVED = "saved"
"""The mark, kept for the next page, that a form was taken."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tomorrow:
    """A counter's sentence on the next day of its zone, which begins at an instant."""

    counter: words.Counter
    at: datetime
    day: date
    zone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Ahead:
    """A masthead as it would stand if it were saved now, and its counters' next day."""

    masthead: MastheadRow
    zone: ZoneInfo
    counters: tuple[words.Counter, ...]
    tomorrow: tuple[Tomorrow, ...]


def add(desk: Blueprint, publisher: Publisher, forms: Forms, page: Page) -> None:
    """`/desk/masthead`, where rows' buttons show the form anew, and `/desk/masthead/pins`."""
    newsroom, library = publisher.newsroom, publisher.library

    @desk.route("/masthead", methods=["GET", "POST"])
    @requires(publisher, Action.MASTHEAD)
    def masthead() -> Response:
        about, form = asked(), request.form
        if request.method == "GET":
            return show(form=standing())
        act = form.get("do", "")
        if act and act != "preview":
            lists = masthead_rows.lists_of(form)
            focus = masthead_rows.acted(lists, act, form.get("zone", "").strip())
            return show(form=masthead_rows.form_with(form, lists), focus=focus)
        try:
            text = masthead_rows.text_of(form, about.now)
            if act:
                return show(form=form, ahead=ahead(text, about.now), focus="ahead")
            known = _known(form)
            if known not in (None, newsroom.masthead_version()):
                raise errors.StaleMasthead
            reason = _reason(form)  # of what stands now: told only to who knows that
            newsroom.replace_masthead(text, by(who().account, form), stop_reason=reason, known=known)
        except errors.StaleMasthead:
            now = standing()
            differing = masthead_rows.differing(now, form)
            return show(form=dict(form) | {"known": now["known"]}, status=409, overtaken=differing)
        except OBSTACLES as error:
            return show(form=form, **told(error))
        flash(SAVED)
        return redirect(url_for("desk.masthead"), 303)

    @desk.post("/masthead/pins")
    @requires(publisher, Action.MASTHEAD)
    def pins() -> Response:
        form = request.form
        try:
            pinned, command = _pinned(form), by(who().account, form)
            if form.get("do") == "unpin":
                newsroom.unpin(pinned, command)
            else:
                newsroom.shift_pin(pinned, command, earlier=form.get("do") == "up")
        except OBSTACLES as error:
            return show(form=standing(), **told(error))
        return redirect(url_for("desk.masthead") + "#pins", 303)

    def standing() -> dict[str, str]:
        """The form of what stands now, and of which version that is."""
        version = newsroom.masthead_version()
        publisher.projector.catch_up()
        about = ask(publisher)
        return masthead_rows.form_of(about.masthead, about.zone.key) | {"known": str(version)}

    def show(*, form: Form, status: int = 200, **said: Any) -> Response:
        about, lists = asked(), masthead_rows.lists_of(form)
        return page(
            "masthead.html",
            status,
            form=masthead_rows.form_with(form, lists),
            counts={name: len(rows) for name, rows in lists.items()},
            stopping=_stopping(form),
            zones=sorted(zones.names()),
            pins=[row for key in about.masthead.pinned if (row := library.desk_row(about.now, key))],
            **{"overtaken": None, "ahead": None, "focus": ""} | said,
        )

    forms.add("desk.masthead", Action.MASTHEAD, show)


def ahead(text: MastheadText, now: datetime) -> Ahead:
    """What readers will see of it: with the numbers of now, and of each counter's next day."""
    row = masthead_rows.row_of(text)
    zone, language = zones.zone(text.zone or asked().zone.key), languages.house()
    return Ahead(
        masthead=row,
        zone=zone,
        counters=tuple(words.counters(row.counters, now, language)),
        tomorrow=tuple(_tomorrow(claim, now) for claim in row.counters),
    )


def _tomorrow(claim: CounterRow, now: datetime) -> Tomorrow:
    at = zones.next_midnight(now, claim.zone)
    return Tomorrow(
        counter=words.counters((claim,), at, languages.house())[0],
        at=at,
        day=zones.local_date(at, claim.zone),
        zone=claim.zone,
    )


def _stopping(form: Form) -> list[str]:
    """The keys of the counters that the form has no more."""
    kept = {row["key"].strip() for row in masthead_rows.lists_of(form)["counters"]}
    return [counter.key for counter in asked().masthead.counters if counter.key not in kept]


def _reason(form: Form) -> str:
    """Why a counter stops; the usual words where none does. Raises BadForm."""
    reason = str(load(StopShape(), {"stop_reason": form.get("stop_reason", "")})["stop_reason"]).strip()
    if not reason and _stopping(form):
        raise BadForm({"stop_reason": WHY})
    return reason or str(gettext(NO_REASON))


def _known(form: Form) -> int | None:
    """The version that a form was opened with; None where it was sent without one. Raises BadForm."""
    return number(form, "known") if "known" in form else None


def _pinned(form: Form) -> UUID:
    """Raises BadForm."""
    try:
        return UUID(form.get("publication", ""))
    except ValueError:
        raise BadForm({"form": "The form was sent without its publication: open the page again."}) from None

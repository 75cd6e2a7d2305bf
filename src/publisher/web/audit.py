"""The auditors' pages: every event of the log, filtered and paged by position, and each one whole."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import quote

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from ..bootstrap import Publisher
from ..domain.instants import MICROSECOND
from ..domain.policy import Action
from ..domain.recorded import EVENTS
from ..interchange.cloudevents import cloudevent
from ..readmodel.rows import EventRow
from . import memento, queries
from .asked import asked
from .pages import pages_of
from .signing import requires

PAGE = 50
FILTERS = ("type", "actor", "subject", "command", "from", "to")
MANY = 1000
"""How many events of a subject are looked through at a time for the next one."""
SHOWN_APART = frozenset({"actor", "command_id", "effective_at", "rehearsal"})
"""The fields that an event's page says in words of its own."""


def blueprint(publisher: Publisher) -> Blueprint:
    audit = Blueprint("audit", __name__, url_prefix="/audit")
    library = publisher.library
    pages = pages_of(publisher, "audit")

    def page(template: str, **values: Any) -> Response:
        return pages(template, names=publisher.accounts.names(), **values)

    @audit.get("/")
    @requires(publisher, Action.READ_RECORD)
    def index() -> Response:
        chosen = {name: request.args.get(name, "").strip() for name in FILTERS}
        before = queries.position("before")
        rows = library.events(
            type=chosen["type"] or None,
            actor=chosen["actor"] or None,
            subject=chosen["subject"] or None,
            command=chosen["command"] or None,
            first=_midnight(queries.day("from")),
            last=_last_of(queries.day("to")),
            before=before,
            limit=PAGE + 1,
        )
        older = rows[PAGE - 1].position if len(rows) > PAGE else None
        return page(
            "list.html",
            rows=rows[:PAGE],
            types=sorted(EVENTS),
            chosen=chosen,
            older=older,
            labels=labels(rows[:PAGE]),
        )

    @audit.get("/events/<int:position>")
    @requires(publisher, Action.READ_RECORD)
    def event(position: int) -> Response:
        row = library.event(position) if position < 2**53 else abort(404)
        stored = publisher.newsroom.reader.stored(position - 1, 1)
        if row is None or not stored or stored[0][0] != position:
            abort(404)
        whole = cloudevent(position, stored[0][1], publisher.newsroom_id())
        label = labels([row]).get(row.subject)
        return page(
            "event.html",
            row=row,
            data={name: value for name, value in whole["data"].items() if name not in SHOWN_APART},
            json=json.dumps(whole, ensure_ascii=False, indent=2),
            then=_then(publisher, row, label),
            label=label,
            newer=_newer(row),
            older=_older(row),
        )

    def labels(rows: Iterable[EventRow]) -> dict[str, str]:
        """What people call the subjects of events: an address by its path, an account by its name."""
        names = publisher.accounts.names()
        found = {row.subject: _label(row.subject, names) for row in rows}
        return {subject: label for subject, label in found.items() if label}

    def _label(subject: str, names: Mapping[str, str]) -> str | None:
        kind, _, key = subject.partition("/")
        return names.get(key) if kind == "account" else _path(subject) if kind == "address" else None

    def _path(subject: str) -> str | None:
        """The path that an address was opened with: its id is a hash of it."""
        opened = library.events(subject=subject, type="publisher.address.opened", limit=1)
        event = publisher.newsroom.reader.select(opened[0].position - 1, 1) if opened else ()
        return str(event[0][1].path) if event else None

    def _older(row: EventRow) -> int | None:
        """The position of the event before this one on the same subject."""
        found = library.events(subject=row.subject, before=row.position, limit=1)
        return found[0].position if found else None

    def _newer(row: EventRow) -> int | None:
        """The position of the event after it."""
        newer: int | None = None
        while later := library.events(subject=row.subject, first=row.recorded_at, before=newer, limit=MANY):
            positions = [r.position for r in later if r.position > row.position]
            newer = min(positions, default=newer)
            if len(positions) < MANY:
                break
        return newer

    return audit


def _then(publisher: Publisher, row: EventRow, path: str | None) -> str | None:
    """The page that the event changed, as it stood once the event held, if that is past."""
    kind, _, key = row.subject.partition("/")
    target = {"publication": f"/id/{key}", "masthead": "/", "address": path}.get(kind)
    now = asked().now
    if target is None or row.effective_at is None or row.effective_at > now:
        return None
    second = row.effective_at.replace(microsecond=0) + timedelta(seconds=1)
    if second > now:  # no whole second shows it yet, but the present does
        return target
    return quote(memento.address(second, publisher.config.base_url + target), safe="/:")


def _midnight(day: date | None) -> datetime | None:
    """The first instant, UTC, of a day in the newsroom's zone; None at the calendar's edge."""
    try:
        return datetime.combine(day, time(), asked().zone).astimezone(UTC) if day else None
    except OverflowError:
        return None


def _last_of(day: date | None) -> datetime | None:
    """The last instant of a day."""
    following = _midnight(day + timedelta(days=1)) if day and day < date.max else None
    return following - MICROSECOND if following else None

"""The masthead's form: its lists as rows of fields, to a MastheadText and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marshmallow import ValidationError

from ...domain import errors
from ...domain.masthead import Clock, Contact, Counter, MastheadText, Notice
from ...interchange.shapes import MastheadShape
from ...readmodel.rows import ClockRow, ContactRow, CounterRow, MastheadRow, NoticeRow
from ..schemas import BadForm
from .forms import ROW, Form

COLUMNS: dict[str, tuple[str, ...]] = {
    "counters": ("key", "since", "zone", "text"),
    "clocks": ("label", "zone"),
    "contacts": ("label", "value"),
    "notices": ("level", "text"),
}
"""The lists of the masthead and the fields of each of their rows."""
KEYS = {"counters": "key", "clocks": "zone", "contacts": "label", "notices": "text"}
"""The field that tells the rows of a list apart."""
GIVEN = {("counters", "zone"), ("notices", "level")}
"""Fields that a new row has filled in: alone they don't make it one."""
TWICE = "It stands there twice: keep one of them."

Row = dict[str, str]
Lists = dict[str, list[Row]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Differing:
    """What one line of the masthead says now and what a form says; empty where it has none."""

    where: str
    """`name`, `zone` or the name of a list."""
    now: str
    typed: str


def form_of(masthead: MastheadRow, zone: str) -> dict[str, str]:
    """The form that says what the masthead says."""
    lists = {
        name: [{column: str(getattr(row, column)) for column in columns} for row in getattr(masthead, name)]
        for name, columns in COLUMNS.items()
    }
    return form_with({"name": masthead.name or "", "zone": zone}, lists)


def form_with(form: Form, lists: Lists) -> dict[str, str]:
    """The form's other fields with these rows, counted anew from 0."""
    rows = {
        f"{name}-{number}-{column}": text
        for name, entries in lists.items()
        for number, row in enumerate(entries)
        for column, text in row.items()
    }
    return {name: form.get(name, "") for name in ("name", "zone", "stop_reason", "known")} | rows


def lists_of(form: Form) -> Lists:
    """The rows that were typed, in their order; a field that was not sent is empty."""
    found: dict[tuple[str, int], Row] = {}
    for field, text in form.items():
        match = ROW.fullmatch(field)
        if match and match["column"] in COLUMNS[match["list"]]:
            found.setdefault((match["list"], int(match["number"])), {})[match["column"]] = text
    return {
        name: [
            {column: row.get(column, "") for column in columns}
            for (where, _), row in sorted(found.items())
            if where == name
        ]
        for name, columns in COLUMNS.items()
    }


def differing(now: Form, typed: Form) -> list[Differing]:
    """Where two forms say something else, rows told apart by their key; the order of rows aside."""
    found = [
        Differing(where=name, now=now.get(name, ""), typed=typed.get(name, "").strip())
        for name in ("name", "zone")
        if now.get(name, "") != typed.get(name, "").strip()
    ]
    for name in COLUMNS:
        here, there = (_said(name, lists_of(form)[name]) for form in (now, typed))
        found += [
            Differing(where=name, now=here.get(key, ""), typed=there.get(key, ""))
            for key in here | there
            if here.get(key) != there.get(key)
        ]
    return found


def acted(lists: Lists, act: str, zone: str) -> str:
    """Do what a row's button says, `up:clocks:2`; the id of what has the focus then, or ''."""
    what, _, place = act.partition(":")
    name, _, number = place.partition(":")
    if name not in COLUMNS:
        return ""
    rows = lists[name]
    if what == "add":
        rows.append(dict.fromkeys(COLUMNS[name], ""))
        rows[-1] |= {column: _given(column, zone) for where, column in GIVEN if where == name}
        return _first_field(name, len(rows) - 1)
    at = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else len(rows)
    to = {"up": at - 1, "down": at + 1, "remove": at}.get(what, -1)
    if not (at < len(rows) and 0 <= to < len(rows)):
        return ""
    row = rows.pop(at)
    if what != "remove":
        rows.insert(to, row)
        return _first_field(name, to)
    return _first_field(name, min(at, len(rows) - 1)) if rows else f"add-{name}"


def text_of(form: Form, at: datetime) -> MastheadText:
    """The masthead that the form says at an instant. Raises BadForm, naming the fields of rows."""
    lists = lists_of(form)
    begun = {
        name: [number for number, row in enumerate(rows) if _is_begun(name, row)]
        for name, rows in lists.items()
    }
    raw: dict[str, Any] = {name: form.get(name, "").strip() for name in ("name", "zone")}
    for name, numbers in begun.items():
        raw[name] = [{c: text.strip() for c, text in lists[name][n].items()} for n in numbers]
    try:
        loaded: dict[str, Any] = MastheadShape(exclude=("at",)).load(raw)
    except ValidationError as error:
        problems = dict(_problems(error.normalized_messages(), begun))  # type: ignore[no-untyped-call]
        raise BadForm(problems | _twice(raw, begun)) from None
    if twice := _twice(raw, begun):
        raise BadForm(twice)
    said = text_said(loaded)
    try:
        said.check_days(at)
    except errors.CounterFromFuture as error:
        number = next(n for n in begun["counters"] if lists["counters"][n]["key"].strip() == error.key)
        raise BadForm({f"counters-{number}-since": str(error)}) from None
    return said


def text_said(loaded: Mapping[str, Any]) -> MastheadText:
    """The masthead that a MastheadShape's values say."""
    return MastheadText(
        name=loaded["name"],
        zone=loaded["zone"],
        clocks=tuple(Clock(**row) for row in loaded["clocks"]),
        contacts=tuple(Contact(**row) for row in loaded["contacts"]),
        counters=tuple(Counter(**row) for row in loaded["counters"]),
        notices=tuple(Notice(**row) for row in loaded["notices"]),
    )


def row_of(text: MastheadText) -> MastheadRow:
    """The masthead as pages take it, once it says that."""
    return MastheadRow(
        name=text.name,
        zone=text.zone,
        clocks=tuple(ClockRow(label=c.label, zone=c.zone) for c in text.clocks),
        contacts=tuple(ContactRow(label=c.label, value=c.value) for c in text.contacts),
        counters=tuple(
            CounterRow(key=c.key, since=c.since, zone=c.zone, text=c.text) for c in text.counters
        ),
        notices=tuple(
            NoticeRow(id=str(number), level=n.level, text=n.text) for number, n in enumerate(text.notices)
        ),
    )


def _said(name: str, rows: Sequence[Row]) -> dict[str, str]:
    """Each row that somebody began, as one line, by its key."""
    begun = [{c: text.strip() for c, text in row.items()} for row in rows if _is_begun(name, row)]
    return {row[KEYS[name]]: " · ".join(text for text in row.values() if text) for row in begun}


def _given(column: str, zone: str) -> str:
    return zone if column == "zone" else "information"


def _first_field(name: str, number: int) -> str:
    return f"{name}-{number}-{COLUMNS[name][0]}"


def _is_begun(name: str, row: Row) -> bool:
    return any(text.strip() for column, text in row.items() if (name, column) not in GIVEN)


def _problems(messages: Mapping[str, Any], begun: Mapping[str, Sequence[int]]) -> list[tuple[str, str]]:
    """The first sentence about each field, a row's by the number that it has in the form."""
    found = []
    for name, about in messages.items():
        if isinstance(about, dict):
            found += [
                (f"{name}-{begun[name][position]}-{column}", str(sentences[0]))
                for position, columns in about.items()
                for column, sentences in columns.items()
            ]
        else:
            found.append((name, str(about[0])))
    return found


def _twice(raw: Mapping[str, Any], begun: Mapping[str, Sequence[int]]) -> dict[str, str]:
    """The rows that stand there before already."""
    found = {}
    for name, key in KEYS.items():
        seen: set[tuple[str, ...]] = set()
        for position, row in enumerate(raw[name]):
            mark = (row[key], row["level"]) if name == "notices" else (row[key],)
            if row[key] and mark in seen:
                found[f"{name}-{begun[name][position]}-{key}"] = TWICE
            seen.add(mark)
    return found

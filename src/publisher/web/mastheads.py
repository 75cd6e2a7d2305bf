"""The masthead's form: plain lines, `A | B`, to a MastheadText and back."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..domain.masthead import Clock, Contact, Counter, MastheadText, Notice
from ..interchange.shapes import MastheadShape
from ..readmodel.rows import MastheadRow
from . import forms
from .forms import Obstacle
from .schemas import BadForm, load, split

COLUMNS: dict[str, tuple[str, ...]] = {
    "clocks": ("label", "zone"),
    "contacts": ("label", "value"),
    "counters": ("key", "since", "zone", "text"),
    "notices": ("level", "text"),
}
"""The lists of the masthead, and what stands between the bars of each of their lines."""
LISTED_IN = {"since": "counters"}
"""The list whose lines hold a field that the rules name by itself."""


def form_of(masthead: MastheadRow, zone: str) -> dict[str, str]:
    """The form that says what the masthead says."""
    lines = {
        name: "\n".join(
            " | ".join(str(getattr(row, c)) for c in columns) for row in getattr(masthead, name)
        )
        for name, columns in COLUMNS.items()
    }
    return {"name": masthead.name or "", "zone": zone, **lines}


def text_of(form: Mapping[str, str]) -> MastheadText:
    """The masthead that the form says. Raises BadForm, naming the field and the line."""
    raw = {"name": form.get("name", "").strip(), "zone": form.get("zone", "").strip()}
    problems: dict[str, str] = {}
    lists = {name: _rows(name, form.get(name, ""), problems) for name in COLUMNS}
    try:
        loaded = load(MastheadShape(exclude=("at",)), {**raw, **lists}, lines=True)
    except BadForm as bad:
        problems |= bad.problems
    if problems:
        raise BadForm(problems)
    return text_said(loaded)


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


def told(error: Obstacle) -> dict[str, Any]:
    """What the form is shown again with: each problem beside the field that holds it."""
    said = forms.told(error)
    problems = {LISTED_IN.get(field, field): text for field, text in said.get("problems", {}).items()}
    return said | {"problems": problems}


def _rows(name: str, text: str, problems: dict[str, str]) -> list[dict[str, str]]:
    columns = COLUMNS[name]
    rows = []
    for position, line in enumerate(split(text, "\n"), start=1):
        parts: Sequence[str] = [part.strip() for part in line.split("|", len(columns) - 1)]
        if len(parts) != len(columns):
            problems[name] = f"Line {position}: write {' | '.join(columns)}."
            return []
        rows.append(dict(zip(columns, parts, strict=True)))
    return rows

"""The desk's forms: their shape, checked by the same fields as a bundle; value objects come out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID, uuid4, uuid5

from marshmallow import ValidationError

from ..application import By
from ..domain import content as rules
from ..domain import zones
from ..domain.content import Content, Translates
from ..domain.texts import TEXT_LIMIT
from ..interchange.fields import (
    Body,
    Day,
    Items,
    Kind,
    Language,
    Line,
    Markup,
    SignificanceField,
    Slug,
    Speaker,
    Text,
    Topic,
)
from ..interchange.shapes import Shape
from . import naming


class BadForm(Exception):
    """What is wrong with a form, by field, worded for the person who filled it in."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{field}: {text}" for field, text in problems.items()))
        self.problems = dict(problems)


class PublicationShape(Shape):
    kind = Kind(required=True)
    language = Language(required=True)
    title = Line(required=True, limit=rules.TITLE_LIMIT)
    summary = Text(load_default="", blank=True, limit=TEXT_LIMIT)
    body = Body(load_default="", blank=True)
    markup = Markup(load_default="commonmark")
    topics = Items(Topic())
    speakers = Items(Speaker())


class AmendShape(Shape):
    significance = SignificanceField(required=True)
    note = Text(required=True, limit=TEXT_LIMIT)


class ReasonShape(Shape):
    reason = Text(required=True, limit=TEXT_LIMIT)


class RemoveShape(Shape):
    explanation = Text(required=True, limit=TEXT_LIMIT)
    redirect = Line(load_default="", blank=True, limit=2000)


class RedactShape(Shape):
    legal_basis = Text(required=True, limit=TEXT_LIMIT)


class CommentShape(Shape):
    comment = Text(required=True, limit=TEXT_LIMIT)


class ExpediteShape(Shape):
    expedite = Text(required=True, limit=TEXT_LIMIT)


class StopShape(Shape):
    stop_reason = Text(load_default="", blank=True, limit=TEXT_LIMIT)


class SlugShape(Shape):
    slug = Slug(required=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class When:
    """At once (`due` None) or at an instant, UTC."""

    due: datetime | None = None


def load(shape: Shape, form: Mapping[str, Any]) -> dict[str, Any]:
    """The checked values of the shape's own fields. Raises BadForm."""
    try:
        loaded: dict[str, Any] = shape.load({k: v for k, v in form.items() if k in shape.fields})
    except ValidationError as error:
        found: dict[str, Any] = error.normalized_messages()  # type: ignore[no-untyped-call]
        raise BadForm({str(field): _first(text) for field, text in found.items()}) from None
    return loaded


def content_of(form: Mapping[str, str]) -> Content:
    """The content that an edit form holds. Raises BadForm."""
    raw = {name: form[name] for name in PublicationShape().fields if name in form}
    raw |= {"kind": naming.kind_key(form.get("kind", ""))}
    raw |= {"language": naming.language_tag(form.get("language", ""))}
    raw["topics"] = topics_in(form)  # type: ignore[assignment]
    raw["speakers"] = names_in(form.get("speakers", ""))  # type: ignore[assignment]
    loaded = load(PublicationShape(), raw)
    return content_said(loaded)


def content_said(loaded: Mapping[str, Any], upon: Content | None = None) -> Content:
    """The content that a PublicationShape's values say; what they do not name stays as it is in `upon`."""
    said = dict(loaded) | {name: tuple(loaded[name]) for name in ("topics", "speakers")}
    said["title"] = said["title"].strip()
    if original := said.get("translates"):
        said["translates"] = Translates(
            publication=str(original["publication"]), edition=original["edition"]
        )
    return upon.changed(**said) if upon else Content(**said)


def when_of(form: Mapping[str, str], zone: str) -> When:
    """`when` is now or later; `date` and `time` are the newsroom's local ones. Raises BadForm."""
    if form.get("when", "now") != "later":
        return When()
    day = load(_DayShape(), {"date": form.get("date", "")})["date"]
    try:
        clock = time.fromisoformat(form.get("time", ""))
    except ValueError:
        raise BadForm({"time": "Write a time as HH:MM, such as 09:00."}) from None
    try:
        found = zones.instants_of(datetime.combine(day, clock.replace(tzinfo=None)), zone)
    except OverflowError:
        raise BadForm({"date": "That day is beyond the calendar: choose an earlier one."}) from None
    if not found:
        raise BadForm({"time": f"The clocks in {zone} skip this time on that day: choose another."})
    if len(found) == 2 and form.get("fold", "") not in ("first", "second"):
        raise BadForm(
            {"fold": f"The clocks in {zone} show this time twice on that day: choose the first or second."}
        )
    return When(due=found[-1 if form.get("fold") == "second" else 0])


def by(actor: UUID, form: Mapping[str, str]) -> By:
    """The command that a form stands for: sent twice, it is carried out once."""
    try:
        return By(actor=str(actor), command_id=UUID(form.get("command_id", "")))
    except ValueError:
        return By(actor=str(actor), command_id=uuid4())


def following(command: By, what: str) -> By:
    """The command that a form stands for after its first one, with an id of its own."""
    return By(actor=command.actor, command_id=uuid5(command.command_id, what))


def number(form: Mapping[str, str], field: str) -> int:
    """A positive whole number from a hidden field. Raises BadForm."""
    text = form.get(field, "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadForm({"form": f"The form was sent without its {field}: open the page again."})
    return int(text)


def split(text: str, separator: str) -> list[str]:
    """The entries of a list that was typed on one line, or one a line."""
    return [part for part in (p.strip() for p in text.split(separator)) if part]


def topics_in(form: Mapping[str, str]) -> list[str]:
    """The topics of an edit form, as keys."""
    return [naming.topic_key(topic) for topic in split(form.get("topics", ""), ",")]


def names_in(text: str) -> list[str]:
    """Names that were typed one a line, or on one line with commas between them."""
    return split(text, "\n" if "\n" in text.strip() else ",")


class _DayShape(Shape):
    date = Day(required=True)


def _first(messages: Any) -> str:
    """The first sentence of what is wrong with a field or its entries."""
    while isinstance(messages, dict | list):
        messages = next(iter(messages.values())) if isinstance(messages, dict) else messages[0]
    return str(messages)

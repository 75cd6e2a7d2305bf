"""The shapes of a bundle's objects, as marshmallow schemas that refuse unknown fields.

A shape names fields and nothing else: what a value must be stands in `fields`, what it
becomes in `bundle`.
"""

from collections.abc import Iterator
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, missing
from marshmallow.fields import Nested

from ..domain import content
from ..domain.texts import TEXT_LIMIT
from . import fields as f
from .fields import quoted

_UNKNOWN = "There is no such field here: take it out."
_NULL = "It is null: write an object."


class Shape(Schema):
    """Messages of our own, and no field beside those named."""

    class Meta:
        unknown = RAISE  # marshmallow's own rule, said so that what describes a shape can read it

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.error_messages = self.error_messages | {
            "unknown": _UNKNOWN,
            "type": "It is not an object: write one in curly braces.",
        }


class ClockShape(Shape):
    label = f.Line(required=True, limit=f.LABEL_LIMIT)
    zone = f.Zone(required=True)


class ContactShape(Shape):
    label = f.Line(required=True, limit=f.LABEL_LIMIT)
    value = f.Line(required=True, limit=f.LABEL_LIMIT)


class CounterShape(Shape):
    key = f.CounterKey(required=True)
    since = f.Day(required=True)
    zone = f.Zone(required=True)
    text = f.CounterText(required=True)


class NoticeShape(Shape):
    level = f.Level(required=True)
    text = f.Text(required=True, limit=f.NOTE_LIMIT)


def _nested(shape: type[Shape]) -> "Nested":
    return Nested(shape, error_messages={"null": _NULL})


class MastheadShape(Shape):
    at = f.Instant(required=True)
    name = f.Line(required=True, limit=f.LABEL_LIMIT)
    zone = f.Zone(load_default=None, allow_none=True)
    clocks = f.Items(_nested(ClockShape))
    contacts = f.Items(_nested(ContactShape))
    counters = f.Items(_nested(CounterShape))
    notices = f.Items(_nested(NoticeShape))


class AmendmentShape(Shape):
    at = f.Instant(required=True)
    significance = f.SignificanceField(required=True)
    note = f.Text(required=True, limit=f.NOTE_LIMIT)
    kind = f.Kind()
    language = f.Language()
    title = f.Line(limit=content.TITLE_LIMIT)
    summary = f.Text(blank=True, limit=TEXT_LIMIT)
    body = f.Body()
    markup = f.Markup()
    topics = f.Items(f.Topic(), load_default=missing)  # left out, it does not change
    speakers = f.Items(f.Speaker(), load_default=missing)


class PublicationShape(Shape):
    key = f.Line(required=True, limit=f.LABEL_LIMIT)
    kind = f.Kind(required=True)
    language = f.Language(required=True)
    slug = f.Slug(load_default=None, allow_none=True)
    title = f.Line(required=True, limit=content.TITLE_LIMIT)
    summary = f.Text(required=True, blank=True, limit=TEXT_LIMIT)
    body = f.Body(required=True)
    markup = f.Markup(load_default="commonmark")
    topics = f.Items(f.Topic())
    speakers = f.Items(f.Speaker())
    published_at = f.Instant(required=True)
    amendments = f.Items(_nested(AmendmentShape), limit=10_000)


def first_problem(problem: ValidationError) -> str:
    """`field: sentence` of the first thing wrong, a field that there is not before all else.

    Nested fields are written as `counters[0].since`.
    """
    found = sorted(_problems(problem.messages, ""), key=_rank)
    path, sentence = found[0]
    return f"{path}: {sentence}" if path else sentence


def _problems(messages: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(messages, dict):
        for key, inner in messages.items():
            yield from _problems(inner, _extended(path, key))
    else:
        yield path, str(messages[0])


def _extended(path: str, key: Any) -> str:
    if isinstance(key, int):
        return f"{path}[{key}]"
    if key == "_schema":
        return path
    name = key if key.isidentifier() and len(key) <= 60 else quoted(key)
    return f"{path}.{name}" if path else name


def _rank(found: tuple[str, str]) -> tuple[bool, str]:
    path, sentence = found
    return (False, path) if sentence == _UNKNOWN else (True, "")

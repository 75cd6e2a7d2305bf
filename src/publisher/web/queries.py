"""What the query of an address asks for, or one sentence of what is wrong with it."""

from datetime import date, time
from typing import NoReturn

from flask import abort, request
from marshmallow import ValidationError
from werkzeug.exceptions import BadRequest

from ..interchange.fields import Day

LABELS = {"from": "From", "to": "To", "date": "Date", "time": "Time"}
"""The fields by the names that people see beside them."""
NO_TIME = "Write a time as HH:MM, such as 09:00."
NO_POSITION = "The position to go on from is no number: follow a link of the list."


class BadQuery(BadRequest):
    """A query that can't be understood; its `description` is a sentence for whoever asked."""


def refuse(name: str, problem: str) -> NoReturn:
    """Raises BadQuery, naming the field."""
    raise BadQuery(f"{LABELS[name]}: {problem}")


def page_number() -> int:
    """The page of a list, from 1 on; 404 where it can't be one."""
    text = request.args.get("page", "1")
    return int(text) if _counts(text, 7) and int(text) else abort(404)


def day(name: str) -> date | None:
    """A day; None where none is given. Raises BadQuery."""
    return required_day(name) if _text(name) else None


def required_day(name: str) -> date:
    """Raises BadQuery, also where none is given."""
    try:
        found: date = Day(required=True).deserialize(_text(name))  # type: ignore[assignment]
    except ValidationError as error:
        refuse(name, str(error.messages[0]))
    return found


def clock(name: str) -> time:
    """A time of day without a zone; midnight where none is given. Raises BadQuery."""
    try:
        return time.fromisoformat(_text(name) or "00:00").replace(tzinfo=None)
    except ValueError:
        refuse(name, NO_TIME)


def revision(name: str) -> int | None:
    """The number of a revision; None where none is given; 404 where it can't be one."""
    text = _text(name)
    return (int(text) if _counts(text, 9) else abort(404)) if text else None


def position(name: str) -> int | None:
    """A position in the log; None where none is given. Raises BadQuery."""
    text = _text(name)
    if text and not _counts(text, 15):
        raise BadQuery(NO_POSITION)
    return int(text) if text else None


def _text(name: str) -> str:
    return request.args.get(name, "").strip()


def _counts(text: str, digits: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= digits

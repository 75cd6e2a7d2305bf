"""The key that makes a command happen once: a UUID in the header or the body, the same in both."""

from typing import Any
from uuid import UUID, uuid4

from flask import request
from marshmallow import ValidationError

from ...application import By
from ...domain import errors
from ...readmodel.library import Library
from .bearer import caller
from .fields import uuid_of
from .problems import FieldProblem, Unacceptable

HEADER = "Idempotency-Key"
DIFFERENT = "It is another one than the body's command_id: send one of them."
LOOKED_AT = 100


def by(said: dict[str, Any]) -> By:
    """The command of a request; its id is taken out of what the body said. Raises Unacceptable."""
    named: UUID | None = said.pop("command_id", None)
    sent = request.headers.get(HEADER)
    if sent is not None:
        key = _key(sent)
        if named not in (None, key):
            raise Unacceptable((FieldProblem(field=HEADER, detail=DIFFERENT),))
        named = key
    return By(actor=str(caller().account), command_id=named or uuid4())


def check_unused(library: Library, command: By, subject: str) -> None:
    """Each aggregate remembers its own commands; here a key is refused that another one remembers.

    Raises CommandReused.
    """
    rows = library.events(command=str(command.command_id), limit=LOOKED_AT)
    if rows and subject not in {row.subject for row in rows}:
        raise errors.CommandReused(str(command.command_id))


def _key(text: str) -> UUID:
    """The key, which may stand in quotation marks as a string of RFC 9651, section 3.3.3, does."""
    try:
        return uuid_of(text.strip().removeprefix('"').removesuffix('"'))
    except ValidationError as error:
        raise Unacceptable((FieldProblem(field=HEADER, detail=str(error.messages[0])),)) from None

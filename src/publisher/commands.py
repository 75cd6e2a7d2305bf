"""A command: who gives it, what it says, and the receipt of what it led to."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from .domain.canonical import canonical
from .domain.publication import Publication
from .domain.recorded import COMMAND_LINE


@dataclass(frozen=True, kw_only=True, slots=True)
class By:
    """Who gives a command (an account's id, or `cli`), and the command's id."""

    actor: str = COMMAND_LINE
    command_id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """A command's name and JSON-ready arguments; its hash leaves the instant of asking out."""

    name: str
    arguments: Mapping[str, Any]
    by: By

    @property
    def sha256(self) -> str:
        """Lowercase hex SHA-256 of name and arguments as RFC 8785 writes them."""
        payload: dict[str, Any] = {"name": self.name, "arguments": dict(self.arguments)}
        return hashlib.sha256(canonical(payload)).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """What a command led to, the same however often it is sent. Instants are UTC."""

    id: UUID
    version: int
    revision: int | None = None
    edition: int | None = None
    path: str | None = None
    effective_at: datetime | None = None


def jsonable(value: Any) -> dict[str, Any]:
    """A value object's fields as JSON-ready arguments: lists for tuples, days as YYYY-MM-DD."""
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def receipt_of(aggregate: Any) -> Receipt:
    """The receipt of a command whose primary aggregate stands so."""
    if not isinstance(aggregate, Publication):
        return Receipt(id=aggregate.id, version=aggregate.version)
    top = aggregate.top
    return Receipt(
        id=aggregate.id,
        version=aggregate.version,
        revision=aggregate.revision,
        edition=top.edition if top else None,
        path=top.path if top else None,
        effective_at=top.effective_at if top else None,
    )


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {name: _plain(item) for name, item in value.items()}
        case tuple() | list():
            return [_plain(item) for item in value]
        case date():
            return value.isoformat()
    return jsonable(value) if is_dataclass(value) else value

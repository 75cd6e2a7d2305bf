"""The interface's own fields: numbers, truths and ids that are what JSON says they are."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from marshmallow import ValidationError, fields

from ...domain import file, instants
from ...interchange import fields as f

LARGEST = 999_999_999
"""The highest number of a revision, an edition or a page that is worth asking for."""
LAST_YEAR = 9998
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_NO_UUID = "It is not a UUID: write one such as 2f1e4fc0-81fd-4da6-9d3c-1b6c1b0e4c4a."
_MISSING = {"required": "It is missing: write one.", "null": "It is null: write a value."}


class Number(fields.Field[int]):
    """A whole number from 1 on, which in JSON is no text and no truth."""

    def __init__(self, *, limit: int = LARGEST, text: bool = False, **options: Any) -> None:
        super().__init__(**{"error_messages": _MISSING} | options)
        self.limit = limit
        self.text = text

    def _deserialize(
        self,
        value: Any,
        attr: str | None,  # noqa: ARG002
        data: Mapping[str, Any] | None,  # noqa: ARG002
        **_: Any,
    ) -> int:
        if self.text and isinstance(value, str) and re.fullmatch("[0-9]{1,15}", value, re.ASCII):
            value = int(value)
        if type(value) is not int or not 1 <= value <= self.limit:
            raise ValidationError(f"It is not a whole number from 1 to {self.limit:,}: write one.")
        return int(value)


class Flag(fields.Field[bool]):
    """True or false, and nothing that only looks so."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"error_messages": _MISSING} | options)

    def _deserialize(
        self,
        value: Any,
        attr: str | None,  # noqa: ARG002
        data: Mapping[str, Any] | None,  # noqa: ARG002
        **_: Any,
    ) -> bool:
        if type(value) is not bool:
            raise ValidationError("It is neither true nor false: write one of them.")
        return value


class Id(f.Line):
    """A UUID, dashed."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        return uuid_of(super()._deserialize(value, attr, data, **kwargs))


class Sha256(f.Patterned):
    """A hash in lowercase hex."""

    pattern = file.SHA256
    advice = "write 64 of 0 to 9 and a to f"


class FileName(f.Patterned):
    """The name of a file, as a text names it."""

    pattern = file.NAME
    advice = "write a to z, 0 to 9, hyphens and dots, such as map.png"

    def __init__(self, **options: Any) -> None:
        super().__init__(limit=file.NAME_LIMIT, **options)


class InstantGiven(fields.Field[datetime]):
    """An instant as it is stored: RFC 3339, UTC, six decimals."""

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **_: Any) -> Any:  # noqa: ARG002
        return instants.written(value) if value else None


def uuid_of(text: str) -> UUID:
    """Raises ValidationError."""
    if not _UUID.fullmatch(text):
        raise ValidationError(_NO_UUID)
    return UUID(text)


class Due(f.Instant):
    """An instant that a page can be dated with in every zone."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        found: datetime = super()._deserialize(value, attr, data, **kwargs)
        if found.year > LAST_YEAR:
            raise ValidationError("That day is beyond the calendar: choose an earlier one.")
        return found

"""Instants: aware UTC datetimes in the domain, integer microseconds in the read models.

Written as RFC 3339 with six decimals and `Z`, so that equal instants are equal strings
and the strings sort as the instants do.
"""

import re
from datetime import UTC, datetime, timedelta

from .errors import BadInstant

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
SECOND = 1_000_000
"""One second, in microseconds."""
FOREVER = 253_402_300_799_999_999
"""The open end of an interval: the last microsecond of the year 9999."""

_RFC3339 = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,6})?([Zz]|[+-]\d{2}:\d{2})")


def parse(text: str) -> datetime:
    """An instant from RFC 3339 text (section 5.6), in UTC.

    Raises BadInstant for anything else, a missing offset and the leap second included.
    """
    if not _RFC3339.fullmatch(text):
        raise BadInstant(text)
    try:
        instant = datetime.fromisoformat(text.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadInstant(text) from None
    if instant.year < 1000:
        raise BadInstant(text)
    return instant


def written(instant: datetime) -> str:
    """RFC 3339, UTC, six decimals: the one stored form."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def to_micros(instant: datetime) -> int:
    """Microseconds since 1970-01-01T00:00:00Z."""
    return (instant - EPOCH) // MICROSECOND


def from_micros(micros: int) -> datetime:
    """The aware UTC datetime of `micros` since 1970-01-01T00:00:00Z."""
    return EPOCH + timedelta(microseconds=micros)

"""Writes instants the way feeds want them, without asking the process's locale or zone."""

from datetime import UTC, datetime
from email.utils import format_datetime


def in_utc(instant: datetime) -> datetime:
    """The same instant in UTC. ValueError where it has no zone: the machine's own would be a guess."""
    if instant.utcoffset() is None:
        raise ValueError(f"an instant without a zone: {instant.isoformat()}")
    return instant.astimezone(UTC)


def rfc3339(instant: datetime) -> str:
    """For Atom (RFC 4287, section 3.3), in UTC."""
    return in_utc(instant).isoformat()


def rfc822(instant: datetime) -> str:
    """For RSS (RFC 5322, section 3.3), in GMT and always in English."""
    return format_datetime(in_utc(instant).replace(microsecond=0), usegmt=True)

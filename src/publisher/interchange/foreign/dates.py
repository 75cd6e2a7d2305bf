"""Instants in other systems' ways of writing: RFC 3339, RFC 5322, and local times that need a zone."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from ...domain import errors, instants, zones
from .items import Unfit

_LOCAL = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,6})?)?)?")
_OFFSET = re.compile(r"\s(?:[+-]\d{4}|GMT|UTC?|Z|[ECMP][SD]T)$", re.IGNORECASE)
_ANCIENT = re.compile(r"(?<![+-])\b0\d{3}\b")
"""A year before 1000, which email's parser takes for one of this age."""


def from_rfc3339(field: str, text: str) -> str:
    """As a bundle writes it. Raises Unfit."""
    try:
        return instants.written(instants.parse(text.strip()))
    except errors.BadInstant:
        raise Unfit(f"{field}: “{text.strip()[:60]}” is not an instant with an offset.") from None


def from_rfc5322(field: str, text: str) -> str:
    """Section 3.3, and the zones of section 4.3 that mean one offset. Raises Unfit."""
    text = text.strip()
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        raise Unfit(f"{field}: “{text[:60]}” is not a date of RFC 5322.") from None
    if _ANCIENT.search(text):
        raise Unfit(f"{field}: “{text[:60]}” lies outside of the calendar.")
    if not _OFFSET.search(text):
        raise Unfit(f"{field}: “{text[:60]}” names no zone that means one offset.")
    if found.tzinfo is None:  # -0000: the instant is known, the place is not
        found = found.replace(tzinfo=UTC)
    try:
        return from_rfc3339(field, instants.written(found))
    except OverflowError:
        raise Unfit(f"{field}: “{text[:60]}” lies outside of the calendar.") from None


def from_local(field: str, text: str, zone: str) -> str:
    """A time without an offset, or a day that stands for its midnight, in `zone`.

    The earlier of two instants where clocks are put back over it. Raises Unfit.
    """
    shape = _LOCAL.fullmatch(text.strip())
    try:
        if shape is None:
            raise ValueError
        day, minutes, seconds = shape.groups()
        local = datetime.fromisoformat(f"{day}T{minutes or '00:00'}{seconds or ':00'}")
    except ValueError:
        raise Unfit(f"{field}: “{text.strip()[:60]}” is not a date of the calendar.") from None
    if not zone:
        raise Unfit(f"{field}: “{text.strip()[:60]}” has no offset: name the zone it is in with --zone.")
    try:
        found = zones.instants_of(local, zone)
    except OverflowError:
        found = ()
    if not found:
        raise Unfit(f"{field}: “{text.strip()[:60]}” does not exist in {zone}.")
    return from_rfc3339(field, instants.written(found[0]))

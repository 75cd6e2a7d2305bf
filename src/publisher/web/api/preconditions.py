"""What a program knew of what it replaces: the entity tag in If-Match (RFC 9110, section 13.1.1)."""

import re

from flask import request
from werkzeug.exceptions import PreconditionRequired

HEADER = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "description": (
        "The `ETag` that came with what you read, so that nobody's change is lost unseen; or `*`, "
        "whatever stands there. Another one than that of now is refused with 412, none with 428."
    ),
    "schema": {"type": "string"},
}
MISSING = "Send the ETag of what you read in the header If-Match, or * whatever stands there."
UNKNOWN = 0
"""A version that nothing has: the tag is one that nobody was given."""


def tag_of(version: int) -> str:
    """The entity tag of a version."""
    return f'"{version}"'


def known() -> int | None:
    """The version of which a request knows; None where any will do. Raises PreconditionRequired.

    A weak tag says nothing about what may be replaced, and is no version (RFC 9110, section 8.8.3.2).
    """
    sent = request.headers.get("If-Match", "").strip()
    if not sent:
        raise PreconditionRequired(MISSING)
    if sent == "*":
        return None
    found = re.fullmatch(r'"([1-9][0-9]{0,17})"', sent, re.ASCII)
    return int(found[1]) if found else UNKNOWN

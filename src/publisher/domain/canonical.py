"""Canonical JSON, RFC 8785: the one way in which values are written to be hashed."""

import json
from typing import Any

import rfc8785

_SAFE = 2**53 - 1
"""The greatest integer that RFC 8785 knows (section 3.2.2.3)."""

# Of texts, such integers, and keys in ASCII, the standard library writes the same bytes in C.
_encode = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True
).encode


def canonical(value: Any) -> bytes:
    """The canonical bytes of a JSON value. Raises rfc8785.CanonicalizationError where it has none."""
    if _is_simple(value):
        try:
            return _encode(value).encode()
        except UnicodeEncodeError:  # a lone surrogate, which rfc8785 refuses by name
            pass
    return rfc8785.dumps(value)


def _is_simple(value: Any) -> bool:
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return True
    if kind is int:
        return abs(int(value)) <= _SAFE
    if kind is list or kind is tuple:
        return all(map(_is_simple, value))
    if kind is dict:
        return all(type(key) is str and key.isascii() and _is_simple(item) for key, item in value.items())
    return False

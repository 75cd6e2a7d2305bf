"""Keeps out the characters that XML 1.0 cannot carry, so that one bad entry never spoils a feed."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

# The complement of Char, XML 1.0, section 2.2: C0 controls, lone surrogates, U+FFFE and U+FFFF.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def without_forbidden(text: str) -> str:
    """The text without the characters that XML 1.0 forbids (section 2.2), the rest as it was."""
    return _FORBIDDEN.sub("", text)


def cleaned(value: Any) -> Any:
    """A value with every text in it, however deep, made safe by `without_forbidden`."""
    if isinstance(value, str):
        return without_forbidden(value)
    if isinstance(value, tuple):
        return tuple(map(cleaned, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{field.name: cleaned(getattr(value, field.name)) for field in fields(value)}
        )
    return value

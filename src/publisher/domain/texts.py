"""What a text of people may hold, wherever it stands: characters that pages and feeds can carry."""

import re

from .errors import BadText

TEXT_LIMIT = 5_000
"""The longest summary, note, reason or explanation, in characters."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# In a class of its own: with it, the class above would take ten times as long.
_FAR = re.compile("[\U00010000-\U0010ffff]")


def unprintable(text: str) -> str | None:
    """The first character of `text` that no page or feed can carry, as `U+0000`, or None.

    Control characters (but tab and newline), lone surrogates and noncharacters, XML 1.0 section 2.2.
    """
    found = _UNPRINTABLE.search(text)
    if found:
        return f"U+{ord(found[0]):04X}"
    if text.isascii():
        return None
    far = next((c for c in _FAR.findall(text) if ord(c) & 0xFFFE == 0xFFFE), None)
    return f"U+{ord(far):04X}" if far else None


def checked_text(field: str, text: str) -> str:
    """A note, reason or explanation that stays in the event. Raises BadText."""
    check_text(field, text, TEXT_LIMIT)
    return text


def check_line(field: str, value: str, pattern: re.Pattern[str], advice: str) -> None:
    """Raises BadText with the advice where the value has another form."""
    if not pattern.fullmatch(value):
        raise BadText(field, f"“{value[:80]}” can't be used: {advice}")


def check_text(field: str, value: str, limit: int | None) -> None:
    """Raises BadText for a character that can't be published, or more than `limit` of them."""
    bad = unprintable(value)
    if bad:
        raise BadText(field, f"it holds the character {bad}, which can't be published: take it out")
    if limit is not None and len(value) > limit:
        raise BadText(field, f"it has {len(value):,} characters, {limit:,} are allowed")

"""Characters that no page can carry, in texts of other systems: what becomes of them, told."""

import re

from ...domain import texts

MARK = 0xFDD0
"""XML can't carry a control character; between decoding and here it is this noncharacter and its code."""

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NONCHARACTERS = re.compile("[\ufffe\uffff]")
_MARKS = re.compile("[\ufdd0-\ufdef]")
_FAR = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_WINDOWS = re.compile("[\x80-\x9f]")


def carried(text: str) -> str:
    """`text` with its control characters in a form that XML 1.0 (section 2.2) admits."""
    if _CONTROLS.search(text):
        text = _CONTROLS.sub(lambda found: chr(MARK + ord(found[0])), text)
    return _NONCHARACTERS.sub("\ufdef", text)


def cleaned(text: str, notes: list[str]) -> str:
    """`text` as pages can carry it: a space for a control character, with a note of how many there were.

    U+0080 to U+009F are read as Windows-1252, which is what they are in texts that hold them.
    """
    if not texts.unprintable(text):
        return text
    text, windows = _WINDOWS.subn(_windows, text)
    text, marks = _MARKS.subn(" ", text)
    text, others = _FAR.subn(" ", text)
    while texts.unprintable(text):
        text = "".join(" " if texts.unprintable(c) else c for c in text)
        others += 1
    _note(windows, "was read as Windows-1252", "were read as Windows-1252", "character", notes)
    _note(marks + others, "became a space", "became spaces", "control character", notes)
    return text


def _windows(found: re.Match[str]) -> str:
    return found[0].encode("latin-1").decode("cp1252", "replace").replace("\ufffd", " ")


def _note(count: int, one: str, many: str, noun: str, notes: list[str]) -> None:
    if count:
        notes.append(f"1 {noun} {one}" if count == 1 else f"{count} {noun}s {many}")

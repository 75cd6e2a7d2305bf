"""Which words of a paragraph changed."""

import re
from dataclasses import dataclass
from enum import StrEnum

from diff_match_patch import diff_match_patch

LIMIT = 4_000
"""So many words and signs of two texts are compared; beyond, one text stands for the other as a whole."""

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_SURROGATES = range(0xD800, 0xE000)


class Change(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """Words in a row with the same fate."""

    change: Change
    text: str


_CHANGES = {0: Change.KEPT, -1: Change.DELETED, 1: Change.INSERTED}


def compare(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of two texts: kept and deleted ones are `before`, kept and inserted ones `after`.

    The same two texts give the same pieces on every machine: there is no limit of time.
    """
    if before == after:
        return (Piece(change=Change.KEPT, text=before),) if before else ()
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) + len(new) > LIMIT:
        return replaced(before, after)
    signs: dict[str, str] = {}
    coded = ["".join(signs.setdefault(token, _sign(len(signs))) for token in text) for text in (old, new)]
    words = {sign: token for token, sign in signs.items()}
    differ = diff_match_patch()
    differ.Diff_Timeout = 0
    found = differ.diff_main(*coded, False)  # noqa: FBT003
    differ.diff_cleanupSemantic(found)
    return tuple(
        Piece(change=_CHANGES[kind], text="".join(words[sign] for sign in run)) for kind, run in found
    )


def replaced(before: str, after: str) -> tuple[Piece, ...]:
    """One text in place of another, as a whole."""
    pieces = (Piece(change=Change.DELETED, text=before), Piece(change=Change.INSERTED, text=after))
    return tuple(piece for piece in pieces if piece.text)


def likeness(before: str, after: str) -> float:
    """From 0 to 1: which share of both texts' words, without regard to order, they have in common."""
    old, new = set(_TOKEN.findall(before)), set(_TOKEN.findall(after))
    return 2 * len(old & new) / (len(old) + len(new)) if old or new else 1.0


def _sign(number: int) -> str:
    """A character for the `number`-th word; lone surrogates are none."""
    return chr(number if number < _SURROGATES.start else number + len(_SURROGATES))

"""Which words of a paragraph changed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from diff_match_patch import diff_match_patch

LIMIT = 4_000
"""So many words and signs of two texts are compared; beyond, one text stands for the other as a whole."""

BUDGET = 8_000_000
"""So many pairs of words and signs the paragraphs of a text are compared by: time grows with the pairs."""

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


class Comparer:
    """Compares the paragraphs of a text one after the other, as far as its budget goes."""

    def __init__(self) -> None:
        self._left = BUDGET

    def compare(self, before: str, after: str) -> tuple[Piece, ...]:
        """The pieces of two texts: kept and deleted ones are `before`, kept and inserted ones `after`.

        One whose pairs go beyond what is left stands for the other as a whole. The same texts give the
        same pieces on every machine: there is no limit of time.
        """
        if before == after:
            return (Piece(change=Change.KEPT, text=before),) if before else ()
        old, new = _TOKEN.findall(before), _TOKEN.findall(after)
        pairs = _pairs(old, new)
        if len(old) + len(new) > LIMIT or pairs > self._left:
            return replaced(before, after)
        self._left -= pairs
        return _compared(old, new)


def compare(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of two texts that are compared by themselves."""
    return Comparer().compare(before, after)


def replaced(before: str, after: str) -> tuple[Piece, ...]:
    """One text in place of another, as a whole."""
    pieces = (Piece(change=Change.DELETED, text=before), Piece(change=Change.INSERTED, text=after))
    return tuple(piece for piece in pieces if piece.text)


def kinds(text: str) -> frozenset[str]:
    """The different words and signs of a text."""
    return frozenset(_TOKEN.findall(text))


def likeness(old: frozenset[str], new: frozenset[str]) -> float:
    """From 0 to 1: which share of both texts' kinds of words they have in common."""
    return 2 * len(old & new) / (len(old) + len(new)) if old or new else 1.0


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    """How much there is to compare, once equal beginnings and ends are left out."""
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    rest = shorter - head
    tail = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    return (len(old) - head - tail) * (len(new) - head - tail)


def _compared(old: Sequence[str], new: Sequence[str]) -> tuple[Piece, ...]:
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


def _sign(number: int) -> str:
    """A character for the `number`-th word; lone surrogates are none."""
    return chr(number if number < _SURROGATES.start else number + len(_SURROGATES))

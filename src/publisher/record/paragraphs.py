"""Which paragraphs of two texts belong to each other."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from .words import kinds, likeness

LIKE = 0.4
"""From this likeness on, a paragraph is another one's new form."""
GAP = 2_500
"""Two runs of changed paragraphs are searched for likeness up to this product of their lengths."""

Pair = tuple[int | None, int | None]
"""The places of a paragraph before and after; None where it has no counterpart."""

_BREAK = re.compile(r"\n[ \t]*\n\s*")


def split(text: str) -> list[str]:
    """The paragraphs, without the blank lines between them."""
    return _BREAK.split(text.strip()) if text.strip() else []


def match(before: Sequence[str], after: Sequence[str]) -> Iterator[Pair]:
    """Every paragraph of both texts once, in an order that reads well.

    Paragraphs that stand once in both, in the same order, hold the rest together (the longest such
    row); around them equal ones are joined, then those that are alike.
    """
    old = new = 0
    for anchor_old, anchor_new in [*_anchors(before, after), (len(before), len(after))]:
        yield from _gap(before, after, range(old, anchor_old), range(new, anchor_new))
        if anchor_old < len(before):
            yield anchor_old, anchor_new
        old, new = anchor_old + 1, anchor_new + 1


def _anchors(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    there = _once(after)
    both = [(place, there[text]) for text, place in _once(before).items() if text in there]
    return _longest_rising(both)


def _once(texts: Sequence[str]) -> dict[str, int]:
    """The place of each paragraph that stands once, in order."""
    count = Counter(texts)
    return {text: place for place, text in enumerate(texts) if count[text] == 1}


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest row of pairs whose second number rises; their first ones do."""
    ends: list[int] = []  # the smallest second number that ends a row of each length
    last: list[int] = []  # which pair that is
    earlier: list[int | None] = []
    for place, (_, number) in enumerate(pairs):
        length = bisect_left(ends, number)
        earlier.append(last[length - 1] if length else None)
        ends[length : length + 1] = [number]
        last[length : length + 1] = [place]
    row: list[tuple[int, int]] = []
    at = last[-1] if last else None
    while at is not None:
        row.append(pairs[at])
        at = earlier[at]
    return row[::-1]


def _gap(before: Sequence[str], after: Sequence[str], old: range, new: range) -> Iterator[Pair]:
    """Two runs between anchors: equal ends are joined, then what is alike."""
    head = 0
    while head < min(len(old), len(new)) and before[old[head]] == after[new[head]]:
        yield old[head], new[head]
        head += 1
    old, new = old[head:], new[head:]
    tail = 0
    while tail < min(len(old), len(new)) and before[old[-1 - tail]] == after[new[-1 - tail]]:
        tail += 1
    yield from _alike(before, after, old[: len(old) - tail], new[: len(new) - tail])
    yield from zip(old[len(old) - tail :], new[len(new) - tail :], strict=True)


def _alike(before: Sequence[str], after: Sequence[str], old: range, new: range) -> Iterator[Pair]:
    """The pairs of two runs with the greatest likeness in all, in order; the rest alone."""
    likely = len(old) * len(new) <= GAP
    joined = _best(before, after, old, new) if likely else list(zip(old, new, strict=False))
    done_old, done_new = old.start, new.start
    for place_old, place_new in [*joined, (old.stop, new.stop)]:
        yield from ((place, None) for place in range(done_old, place_old))
        yield from ((None, place) for place in range(done_new, place_new))
        if place_old < old.stop:
            yield place_old, place_new
        done_old, done_new = place_old + 1, place_new + 1


def _best(before: Sequence[str], after: Sequence[str], old: range, new: range) -> list[tuple[int, int]]:
    theirs = [kinds(after[n]) for n in new]
    like = [[likeness(each, other) for other in theirs] for each in (kinds(before[o]) for o in old)]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]  # of what remains from there on
    for o in reversed(range(len(old))):
        for n in reversed(range(len(new))):
            joined = like[o][n] + best[o + 1][n + 1] if like[o][n] >= LIKE else 0.0
            best[o][n] = max(joined, best[o + 1][n], best[o][n + 1])
    found, o, n = [], 0, 0
    while o < len(old) and n < len(new):
        if like[o][n] >= LIKE and best[o][n] == like[o][n] + best[o + 1][n + 1]:
            found.append((old[o], new[n]))
            o, n = o + 1, n + 1
        elif best[o][n] == best[o + 1][n]:
            o += 1
        else:
            n += 1
    return found

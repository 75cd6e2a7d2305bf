"""Whether a change could be more than a minor one: what it touches that readers may have to know of."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..domain.content import Content
from . import paragraphs, weights, words
from .words import Change

EXCERPT = 160
"""The longest of what is shown of an answer, in characters."""


class Touched(StrEnum):
    """What carries weight."""

    NUMBER = "number"
    NAME = "name"
    NEGATION = "negation"
    QUOTATION = "quotation"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What stood there and what stands there now; one of them may be empty."""

    touched: Touched
    before: str
    after: str


def weigh(before: Content, after: Content) -> tuple[Finding, ...]:
    """What `after` touches in `before`: numbers first, then names, negations and people's own words."""
    names = weights.Names(
        after.language, before.speakers + after.speakers, [*_texts(before), *_texts(after)]
    )
    comparer = words.Comparer()
    found = [f for pair in _pairs(before, after) for f in _touched(*pair, names, comparer)]
    found += _compared(Touched.NAME, list(before.speakers), list(after.speakers))
    found += _answers(before, after, comparer)
    order = list(Touched)
    return tuple(sorted(dict.fromkeys(found), key=lambda finding: order.index(finding.touched)))


def _texts(content: Content) -> list[str]:
    return [content.title, content.summary, *paragraphs.split(content.body)]


def _pairs(before: Content, after: Content) -> Iterator[tuple[str, str]]:
    """Title, summary and paragraphs that are not the same, each with its counterpart or nothing."""
    yield before.title, after.title
    yield before.summary, after.summary
    old, new = paragraphs.split(before.body), paragraphs.split(after.body)
    for at, there in paragraphs.match(old, new):
        pair = ("" if at is None else old[at], "" if there is None else new[there])
        if pair[0] != pair[1]:
            yield pair


def _touched(before: str, after: str, names: weights.Names, comparer: words.Comparer) -> Iterator[Finding]:
    if before == after:
        return
    yield from _compared(Touched.NUMBER, weights.numbers(before), weights.numbers(after))
    yield from _compared(Touched.NAME, names.of(before), names.of(after))
    yield from _compared(Touched.NEGATION, weights.negations(before), weights.negations(after))
    old, new = weights.quotations(before), weights.quotations(after)
    if list(map(_bare, old)) != list(map(_bare, new)):
        yield _changed(" ".join(old), " ".join(new), comparer)


def _compared(touched: Touched, before: Sequence[str], after: Sequence[str]) -> Iterator[Finding]:
    """What is gone and what has come; all of it where only the order is another."""
    if before == after:
        return
    gone, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
    if not (gone or come):
        gone, come = Counter(before), Counter(after)
    yield Finding(touched=touched, before=", ".join(gone), after=", ".join(come))


def _answers(before: Content, after: Content, comparer: words.Comparer) -> Iterator[Finding]:
    old, new = paragraphs.split(before.body), paragraphs.split(after.body)
    in_old, in_new = weights.answers(before), weights.answers(after)
    for at, there in paragraphs.match(old, new):
        answered = (at is not None and in_old[at]) or (there is not None and in_new[there])
        pair = ("" if at is None else old[at], "" if there is None else new[there])
        if answered and _bare(pair[0]) != _bare(pair[1]):
            yield _changed(*pair, comparer)


def _changed(before: str, after: str, comparer: words.Comparer) -> Finding:
    pieces = comparer.compare(before, after)
    gone, come = (
        " … ".join(piece.text.strip() for piece in pieces if piece.change is change and piece.text.strip())
        for change in (Change.DELETED, Change.INSERTED)
    )
    return Finding(touched=Touched.QUOTATION, before=_cut(gone), after=_cut(come))


def _cut(text: str) -> str:
    return text if len(text) <= EXCERPT else text[:EXCERPT].rpartition(" ")[0] + " …"


def _bare(text: str) -> list[str]:
    """The words alone, and whether they ask: commas and markup are no matter."""
    return re.findall(r"\w+|\?", weights.plain(text))

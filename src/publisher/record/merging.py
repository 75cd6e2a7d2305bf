"""Two people's changes of one text, put together paragraph by paragraph."""

from collections.abc import Iterator
from dataclasses import dataclass

from . import paragraphs


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A paragraph of the base, or what was put in before it: what each side says, None for nothing.

    It is settled where both say the same, or one alone changed it; otherwise a person has to choose.
    """

    base: str | None
    theirs: str | None
    mine: str | None

    @property
    def settled(self) -> bool:
        return self.theirs == self.mine or self.base in (self.theirs, self.mine)

    @property
    def merged(self) -> str | None:
        """What the merged text says here; `mine` where a person has to choose."""
        return self.theirs if self.mine == self.base else self.mine


def merge(base: str, theirs: str, mine: str) -> list[Passage]:
    """The passages of a text that grew from `base` in two ways, in order."""
    old = paragraphs.split(base)
    return list(_passages(old, _against(old, theirs), _against(old, mine)))


def merged(passages: list[Passage]) -> str:
    """The whole text, paragraphs apart by a blank line."""
    return "\n\n".join(passage.merged for passage in passages if passage.merged is not None)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Side:
    """One text against the base: what became of each paragraph, and what was put in before each."""

    kept: dict[int, str]
    added: dict[int, list[str]]


def _against(base: list[str], text: str) -> _Side:
    new = paragraphs.split(text)
    side, at = _Side(kept={}, added={}), 0
    for old_place, new_place in paragraphs.match(base, new):
        if old_place is None and new_place is not None:
            side.added.setdefault(at, []).append(new[new_place])
        elif old_place is not None:
            if new_place is not None:
                side.kept[old_place] = new[new_place]
            at = old_place + 1
    return side


def _passages(base: list[str], theirs: _Side, mine: _Side) -> Iterator[Passage]:
    for place in range(len(base) + 1):
        added = ["\n\n".join(side.added.get(place, [])) or None for side in (theirs, mine)]
        if any(added):
            yield Passage(base=None, theirs=added[0], mine=added[1])
        if place < len(base):
            yield Passage(base=base[place], theirs=theirs.kept.get(place), mine=mine.kept.get(place))

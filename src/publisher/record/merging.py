"""Two people's changes of one text, put together field by field and paragraph by paragraph."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from ..domain.content import Content
from . import paragraphs

LISTS = ("topics", "speakers")
"""Fields whose entries are put together one by one: nobody has to choose."""


class Pick(StrEnum):
    """What a person takes where both changed the same."""

    THEIRS = "theirs"
    MINE = "mine"
    BOTH = "both"


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
    def changed(self) -> bool:
        return not self.base == self.theirs == self.mine

    @property
    def merged(self) -> str | None:
        """What the merged text says here; `mine` where a person has to choose."""
        return self.theirs if self.mine == self.base else self.mine

    def taken(self, pick: Pick) -> str | None:
        """What the merged text says here, once a person has chosen."""
        if self.settled:
            return self.merged
        if pick is Pick.BOTH:
            return "\n\n".join(text for text in (self.theirs, self.mine) if text is not None)
        return self.theirs if pick is Pick.THEIRS else self.mine


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A field of a content other than its text: its value before, theirs and mine."""

    name: str
    base: Any
    theirs: Any
    mine: Any

    @property
    def settled(self) -> bool:
        return self.name in LISTS or self.theirs == self.mine or self.base in (self.theirs, self.mine)

    @property
    def changed(self) -> bool:
        return not self.base == self.theirs == self.mine

    def taken(self, pick: Pick) -> Any:
        """The merged value; `pick` counts only where a person has to choose."""
        if self.name in LISTS:
            return _entries(self.base, self.theirs, self.mine)
        if not self.settled:
            return self.theirs if pick is Pick.THEIRS else self.mine
        return self.theirs if self.mine == self.base else self.mine


@dataclass(frozen=True, kw_only=True, slots=True)
class Merge:
    """Two contents that grew from one: every field but the text, and the text's passages."""

    mine: Content
    fields: tuple[Field, ...]
    passages: tuple[Passage, ...]

    @property
    def open(self) -> tuple[str, ...]:
        """The names of what a person has to choose: of fields, and `body-N` of passages, from 0 on."""
        return tuple(
            [each.name for each in self.fields if not each.settled]
            + [f"body-{at}" for at, each in enumerate(self.passages) if not each.settled]
        )

    def taken(self, picks: Mapping[str, Pick]) -> Content:
        """The merged content; where nobody chose, mine stands."""
        texts = [each.taken(picks.get(f"body-{at}", Pick.MINE)) for at, each in enumerate(self.passages)]
        body = "\n\n".join(text for text in texts if text is not None)
        values = {each.name: each.taken(picks.get(each.name, Pick.MINE)) for each in self.fields}
        return self.mine.changed(**values, body=body)


def together(base: Content | None, theirs: Content, mine: Content) -> Merge:
    """What became of `base` in two ways; where it was redacted, both sides wrote everything anew."""
    names = [each.name for each in fields(Content) if each.name != "body"]
    return Merge(
        mine=mine,
        fields=tuple(
            Field(
                name=name,
                base=getattr(base, name) if base else (() if name in LISTS else None),
                theirs=getattr(theirs, name),
                mine=getattr(mine, name),
            )
            for name in names
        ),
        passages=tuple(merge(base.body if base else "", theirs.body, mine.body)),
    )


def merge(base: str, theirs: str, mine: str) -> list[Passage]:
    """The passages of a text that grew from `base` in two ways, in order."""
    old = paragraphs.split(base)
    return list(_passages(old, _against(old, theirs), _against(old, mine)))


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


def _entries(base: tuple[Any, ...], theirs: tuple[Any, ...], mine: tuple[Any, ...]) -> tuple[Any, ...]:
    """Mine without what they took out, then what they added."""
    kept = [each for each in mine if each in theirs or each not in base]
    return (*kept, *(each for each in theirs if each not in mine and each not in base))

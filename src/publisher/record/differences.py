"""What changed between two contents: every field, and the text by paragraphs and words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..domain.content import Content, Translates
from . import paragraphs, words
from .words import Change, Piece

__all__ = ["Change", "Difference", "FieldChange", "Paragraph", "Piece", "between"]

TEXTS = ("title", "summary")
"""Fields whose words are compared; of the others both values are shown."""
VALUES = ("kind", "language", "markup", "topics", "speakers", "files", "translates")

Called = Callable[[Translates], str]
"""Words for the publication and the edition that a content translates."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """A paragraph of one text or of both, in pieces; `change` is KEPT where it stands the same in both.

    None where it changed within.
    """

    change: Change | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldChange:
    """A field with another value than before."""

    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """`fields` are those that changed, in a fixed order; `paragraphs` the whole text."""

    fields: tuple[FieldChange, ...]
    paragraphs: tuple[Paragraph, ...]

    @property
    def changes(self) -> int:
        """How many fields and paragraphs changed."""
        return len(self.fields) + sum(each.change is not Change.KEPT for each in self.paragraphs)


def by_id(translates: Translates) -> str:
    """What is translated, named by its id."""
    return f"{translates.publication}, edition {translates.edition}"


def between(before: Content, after: Content, called: Called = by_id) -> Difference:
    """What `after` says otherwise than `before`. Blank lines between paragraphs are no difference.

    `called` says in words what is translated; without it, it is named by its id.
    """
    return Difference(
        fields=tuple(_fields(before, after, called)),
        paragraphs=tuple(_paragraphs(paragraphs.split(before.body), paragraphs.split(after.body))),
    )


def _fields(before: Content, after: Content, called: Called) -> Iterator[FieldChange]:
    for name in (*TEXTS, *VALUES):
        old, new = written(before, name, called), written(after, name, called)
        if old == new:
            continue
        pieces = words.compare(old, new) if name in TEXTS else words.replaced(old, new)
        yield FieldChange(name=name, pieces=pieces)


def written(content: Content, name: str, called: Called = by_id) -> str:
    """A field's value in one line for people."""
    value = getattr(content, name)
    if name == "files":
        return ", ".join(f"{each.name} ({each.alt}; {each.sha256[:12]})" for each in value)
    if name == "translates":
        return called(value) if value else ""
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _paragraphs(before: list[str], after: list[str]) -> Iterator[Paragraph]:
    compare = words.Comparer().compare
    for old, new in paragraphs.match(before, after):
        if old is None and new is not None:
            yield _alone(Change.INSERTED, after[new])
        elif new is None and old is not None:
            yield _alone(Change.DELETED, before[old])
        elif old is not None and new is not None:
            pieces = compare(before[old], after[new])
            yield Paragraph(change=Change.KEPT if before[old] == after[new] else None, pieces=pieces)


def _alone(change: Change, text: str) -> Paragraph:
    return Paragraph(change=change, pieces=(Piece(change=change, text=text),))

"""What changed between two contents: every field, and the text by paragraphs and words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..domain.content import Content, Translates
from ..domain.file import File
from . import paragraphs, words
from .words import Change, Piece

__all__ = ["Change", "Difference", "FieldChange", "FileChange", "Paragraph", "Piece", "between"]

TEXTS = ("title", "summary")
"""Fields whose words are compared; of the others both values are shown."""
VALUES = ("kind", "language", "markup", "topics", "speakers", "translates")

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
class FileChange:
    """A file of one text or of both; `change` is KEPT where it is the same, None where it changed.

    `file` is that of the later text, where it has one, `replaced` the earlier one with other bytes,
    `alt` its words in pieces.
    """

    change: Change | None
    file: File
    replaced: File | None
    alt: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """`fields` are those that changed, in a fixed order; `paragraphs` the whole text.

    `files` are all of both texts, in the later one's order, where anything about them changed.
    """

    fields: tuple[FieldChange, ...]
    files: tuple[FileChange, ...]
    paragraphs: tuple[Paragraph, ...]

    @property
    def changes(self) -> int:
        """How many fields and paragraphs changed; the files are one field."""
        return (
            len(self.fields)
            + bool(self.files)
            + sum(each.change is not Change.KEPT for each in self.paragraphs)
        )


def by_id(translates: Translates) -> str:
    """What is translated, named by its id."""
    return f"{translates.publication}, edition {translates.edition}"


def between(before: Content, after: Content, called: Called = by_id) -> Difference:
    """What `after` says otherwise than `before`. Blank lines between paragraphs are no difference.

    `called` says in words what is translated; without it, it is named by its id.
    """
    return Difference(
        fields=tuple(_fields(before, after, called)),
        files=tuple(_files(before.files, after.files)) if before.files != after.files else (),
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


def _files(before: tuple[File, ...], after: tuple[File, ...]) -> Iterator[FileChange]:
    """By name, which is given once in a text."""
    earlier, later = ({each.name: each for each in files} for files in (before, after))
    for name in later | earlier:
        old, new = earlier.get(name), later.get(name)
        file = new or old
        assert file is not None
        if old is None or new is None:
            change = Change.DELETED if new is None else Change.INSERTED
            alone = Piece(change=change, text=file.alt)
            yield FileChange(change=change, file=file, replaced=None, alt=(alone,))
        else:
            yield FileChange(
                change=Change.KEPT if old == new else None,
                file=file,
                replaced=old if old.sha256 != new.sha256 else None,
                alt=words.compare(old.alt, new.alt),
            )


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

"""The newsroom bundle, read: JSON Lines in, values out, the whole of it checked by itself.

What needs the log (addresses, what stands already, the future) is the application's to check.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any, BinaryIO

from marshmallow import ValidationError

from ..commands import jsonable
from ..domain import errors, instants
from ..domain.content import Content
from ..domain.masthead import Clock, Contact, Counter, MastheadText, Notice
from ..domain.publication import Significance
from .fields import quoted
from .jsonlines import LINE_LIMIT, BadLine, read_objects
from .shapes import MastheadShape, PublicationShape, first_problem

__all__ = [
    "LINE_LIMIT",
    "AmendmentLine",
    "BadLine",
    "Bundle",
    "DraftLine",
    "EmptyBundle",
    "MastheadLine",
    "PublicationLine",
    "arguments",
    "draft_line",
    "publication_line",
    "read_bundle",
    "sentence",
]


class EmptyBundle(errors.Refused):
    def __init__(self) -> None:
        super().__init__("The bundle is empty: give a file with at least one masthead or publication.")


@dataclass(frozen=True, kw_only=True, slots=True)
class MastheadLine:
    """The whole masthead from `at` on."""

    number: int
    at: datetime
    text: MastheadText


@dataclass(frozen=True, kw_only=True, slots=True)
class AmendmentLine:
    """A later edition; `content` is the whole of it, what did not change included."""

    at: datetime
    significance: Significance
    note: str
    content: Content


@dataclass(frozen=True, kw_only=True, slots=True)
class PublicationLine:
    """A publication and its later editions, in order; `slug` None is derived from the title."""

    number: int
    key: str
    slug: str | None = None
    published_at: datetime
    content: Content
    amendments: tuple[AmendmentLine, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftLine:
    """A publication that readers never saw; no bundle holds one, other systems' files do."""

    number: int
    key: str
    content: Content


@dataclass(frozen=True, kw_only=True, slots=True)
class Bundle:
    """Mastheads in order of their instants, publications in order of their lines."""

    mastheads: tuple[MastheadLine, ...] = ()
    publications: tuple[PublicationLine, ...] = ()


def read_bundle(stream: BinaryIO) -> Bundle:
    """The bundle in `stream` (UTF-8 JSON Lines), if all of it is sound.

    Raises BadLine for the first bad line, EmptyBundle where there is none.
    """
    reading = _Reading()
    for number, line in read_objects(stream):
        with _worded(number):
            reading.add(number, line)
    return reading.bundle()


def publication_line(number: int, said: Mapping[str, Any]) -> PublicationLine:
    """The line of a publication's fields as a bundle writes them. Raises BadLine."""
    with _worded(number):
        return _publication(number, _PUBLICATION.load(said))


def draft_line(number: int, said: Mapping[str, Any]) -> DraftLine:
    """The same of fields without `published_at`; a draft has no address, so a slug is left out."""
    with _worded(number):
        fields = _DRAFT.load(said)
        key, _ = fields.pop("key"), fields.pop("slug")
        content = Content(**fields)
        _check(number, content, "")
        return DraftLine(number=number, key=key, content=content)


def arguments(line: MastheadLine | PublicationLine | AmendmentLine | DraftLine) -> dict[str, Any]:
    """What the command of `line` says, ready for JSON; instants are RFC 3339, UTC, six decimals.

    A line's number and a publication's amendments are left out: the same act in a longer
    bundle is the same command.
    """
    if isinstance(line, MastheadLine):
        return {"at": instants.written(line.at), **jsonable(line.text)}
    if isinstance(line, AmendmentLine):
        return {
            "at": instants.written(line.at),
            "significance": str(line.significance),
            "note": line.note,
            "content": line.content.said(),
        }
    if isinstance(line, DraftLine):
        return {"key": line.key, "content": line.content.said()}
    return {
        "key": line.key,
        "slug": line.slug,
        "published_at": instants.written(line.published_at),
        "content": line.content.said(),
    }


def sentence(problem: errors.BadText) -> str:
    """`field: What is wrong with it.`"""
    return f"{problem.field}: {problem.reason[0].upper()}{problem.reason[1:].removesuffix('.')}."


_MASTHEAD, _PUBLICATION = MastheadShape(), PublicationShape()
_DRAFT = PublicationShape(exclude=("published_at", "amendments"))


@dataclass(kw_only=True, slots=True)
class _Reading:
    """What was read so far, and what a later line must not repeat."""

    mastheads: list[MastheadLine] = field(default_factory=list)
    publications: list[PublicationLine] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def add(self, number: int, line: dict[str, Any]) -> None:
        match list(line):
            case ["masthead"]:
                self._add_masthead(_masthead(number, _MASTHEAD.load(line["masthead"])))
            case ["publication"]:
                self._add_publication(_publication(number, _PUBLICATION.load(line["publication"])))
            case _:
                raise BadLine(number, "It must hold one key: write either masthead or publication.")

    def bundle(self) -> Bundle:
        if not self.mastheads and not self.publications:
            raise EmptyBundle
        return Bundle(mastheads=tuple(self.mastheads), publications=tuple(self.publications))

    def _add_masthead(self, line: MastheadLine) -> None:
        if self.mastheads and line.at <= self.mastheads[-1].at:
            earlier = self.mastheads[-1].number
            raise BadLine(
                line.number,
                f"at: It is not later than the masthead of line {earlier}: put mastheads in order.",
            )
        self.mastheads.append(line)

    def _add_publication(self, line: PublicationLine) -> None:
        earlier = self.lines.setdefault(line.key, line.number)
        if earlier != line.number:
            raise BadLine(
                line.number,
                f"key: {quoted(line.key)} stands in line {earlier} already: write each publication once.",
            )
        self.publications.append(line)


def _masthead(number: int, said: dict[str, Any]) -> MastheadLine:
    text = MastheadText(
        name=said["name"],
        zone=said["zone"],
        clocks=tuple(Clock(**clock) for clock in said["clocks"]),
        contacts=tuple(Contact(**contact) for contact in said["contacts"]),
        counters=tuple(Counter(**counter) for counter in said["counters"]),
        notices=tuple(Notice(**notice) for notice in said["notices"]),
    )
    _check(number, text, "")
    return MastheadLine(number=number, at=said["at"], text=text)


def _publication(number: int, said: dict[str, Any]) -> PublicationLine:
    key, slug, published_at = (said.pop(name) for name in ("key", "slug", "published_at"))
    amendments = said.pop("amendments")
    content = Content(**said)
    _check(number, content, "")
    return PublicationLine(
        number=number,
        key=key,
        slug=slug,
        published_at=published_at,
        content=content,
        amendments=tuple(_amendments(number, published_at, content, amendments)),
    )


def _amendments(
    number: int, published_at: datetime, content: Content, amendments: Iterable[dict[str, Any]]
) -> Iterable[AmendmentLine]:
    ordered = list(amendments)
    _check_order(number, [published_at, *(said["at"] for said in ordered)])
    for index, said in enumerate(ordered):
        at, significance, note = (said.pop(name) for name in ("at", "significance", "note"))
        amended = content.changed(**said)
        if amended == content:
            raise BadLine(number, f"amendments[{index}]: It changes nothing: write the fields that change.")
        _check(number, amended, f"amendments[{index}].")
        content = amended
        yield AmendmentLine(at=at, significance=significance, note=note, content=content)


def _check_order(number: int, acts: Sequence[datetime]) -> None:
    for index, (earlier, later) in enumerate(pairwise(acts)):
        if later <= earlier:
            before = f"amendments[{index - 1}].at" if index else "published_at"
            raise BadLine(
                number, f"amendments[{index}].at: It is not later than {before}: put acts in order."
            )


@contextmanager
def _worded(number: int) -> Iterator[None]:
    try:
        yield
    except ValidationError as problem:
        raise BadLine(number, first_problem(problem)) from None


def _check(number: int, said: Content | MastheadText, path: str) -> None:
    try:
        said.check()
    except errors.BadText as problem:
        raise BadLine(number, path + sentence(problem)) from None

"""Items of other systems into the log: each of them whole, in one turn, or named with its reason.

They become lines of a bundle and are stored as a bundle's lines are: the same item again is the
same command, which changes nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from ...application import By, Newsroom
from ...domain.errors import ContentRedacted
from ...domain.publication import Publication
from ..bundle import BadLine, DraftLine, PublicationLine, draft_line, publication_line
from ..importing import Imported, Importing, Unkept
from .items import Item

OTHER_TEXT = (
    "key: It was imported before with another text, state or instant: what changed since is for the desk."
)

Line = PublicationLine | DraftLine


class Verdict(StrEnum):
    """What became of an item."""

    PUBLISHED = "published"
    DRAFT = "draft"
    KNOWN = "known"
    PASSED_OVER = "passed-over"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """One item's verdict; `reason` where it was not taken, `path` where readers find it."""

    item: Item
    verdict: Verdict
    reason: str = ""
    path: str = ""
    notes: tuple[str, ...] = ()


def import_items(
    newsroom: Newsroom,
    items: Iterable[Item],
    by: By,
    progress: Callable[[], None] = lambda: None,
    *,
    check: bool = False,
) -> list[Outcome]:
    """Store the items that can be taken, and say of each what became of it, in their order.

    With `check` nothing is stored. Raises LogUnavailable; nothing is stored then.
    """
    taking = _Taking()
    for item in items:
        taking.add(item)
    while taking.lines:
        refused = _store(newsroom, taking, by, progress, check=check)
        if not refused:
            break
        for number, reason in refused.items():
            taking.refuse(number, reason)
    return [taking.outcomes[number] for number in sorted(taking.outcomes)]


def _store(
    newsroom: Newsroom, taking: "_Taking", by: By, progress: Callable[[], None], *, check: bool
) -> Mapping[int, str]:
    """Take all lines in one turn, which is kept where the log admits every one of them.

    The reasons of those that it does not admit, by their numbers: without them it is asked again.
    """
    refused: dict[int, str] = {}
    result = Imported()
    with suppress(Unkept), newsroom.turn() as turn:
        importing = Importing.begin(turn, by, result, numbering=True)
        gone = turn.redacted([line.content.sha256 for line in taking.lines.values()])
        for number, line in taking.lines.items():
            known = result.passed_over
            try:
                publication = importing.take(line)
            except BadLine as problem:
                refused[number] = problem.reason
                continue
            assert publication is not None
            if line.content.sha256 in gone and result.passed_over == known:
                refused[number] = str(ContentRedacted(line.content.sha256))
                continue
            taking.took(number, publication, known=result.passed_over > known)
            progress()
        if refused or check:
            raise Unkept
    return refused


class _Taking:
    """The lines that are still to be taken, and what is known of every item."""

    def __init__(self) -> None:
        self.lines: dict[int, Line] = {}
        self.outcomes: dict[int, Outcome] = {}
        self._items: dict[int, Item] = {}
        self._keys: dict[str, Item] = {}

    def add(self, item: Item) -> None:
        self._items[item.number] = item
        if item.passed_over:
            self._tell(item, Verdict.PASSED_OVER, reason=item.passed_over)
        elif item.said is None:
            self._tell(item, Verdict.REFUSED, reason=item.refused)
        else:
            self._add_line(item, item.said)

    def refuse(self, number: int, reason: str) -> None:
        del self.lines[number]
        reason = OTHER_TEXT if reason.startswith("key: ") else reason
        self._tell(self._items[number], Verdict.REFUSED, reason=reason)

    def took(self, number: int, publication: Publication, *, known: bool) -> None:
        item, line = self._items[number], self.lines[number]
        verdict = Verdict.DRAFT if isinstance(line, DraftLine) else Verdict.PUBLISHED
        path = publication.top.path if publication.top else ""
        self._tell(item, Verdict.KNOWN if known else verdict, path=path)
        wanted = line.slug if isinstance(line, PublicationLine) else None
        if wanted and not known and path.rpartition("/")[2] != wanted:
            note = f"its slug {wanted} was taken in that month: it is at {path}"
            told = self.outcomes[number]
            self.outcomes[number] = replace(told, notes=(*told.notes, note))

    def _add_line(self, item: Item, said: Mapping[str, Any]) -> None:
        twin = self._keys.setdefault(str(said["key"]), item)
        if twin is not item:
            same = twin.said == said
            reason = (
                f"it is {twin.name} again"
                if same
                else f"key: It is that of {twin.name}, with another text."
            )
            self._tell(item, Verdict.PASSED_OVER if same else Verdict.REFUSED, reason=reason)
            return
        try:
            line: Line = (
                draft_line(item.number, said) if item.draft else publication_line(item.number, said)
            )
        except BadLine as problem:
            self._tell(item, Verdict.REFUSED, reason=problem.reason)
        else:
            self.lines[item.number] = line

    def _tell(self, item: Item, verdict: Verdict, *, reason: str = "", path: str = "") -> None:
        notes = item.notes if verdict in (Verdict.PUBLISHED, Verdict.DRAFT) else ()
        self.outcomes[item.number] = Outcome(
            item=item, verdict=verdict, reason=reason, path=path, notes=notes
        )

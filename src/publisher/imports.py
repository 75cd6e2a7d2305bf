"""`publisher import`: a file of any format into the log, and its outcome worded for people or programs."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

import click

from .application import By, Newsroom
from .domain import content, errors, zones
from .interchange.bundle import read_bundle
from .interchange.fields import quoted
from .interchange.foreign import markdown, safe_xml
from .interchange.foreign.formats import READERS
from .interchange.foreign.items import Item, Manner
from .interchange.foreign.taking import Outcome, Verdict, import_items
from .interchange.importing import Imported, import_bundle

BUNDLE, MARKDOWN = "bundle", "markdown"
R = TypeVar("R")
FORMATS = (BUNDLE, *READERS, MARKDOWN)


class ItemsRefused(errors.Refused):
    def __init__(self, count: int) -> None:
        what = "1 item was refused: mend it" if count == 1 else f"{count} items were refused: mend them"
        super().__init__(f"{what} and import again; what is in the newsroom already stays as it is.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What the command line asks for."""

    file: str
    format: str
    check: bool
    as_json: bool
    manner: Manner

    def checked(self) -> None:
        """Raises UsageError."""
        manner = self.manner
        if self.format == BUNDLE and (manner.kind or manner.language or manner.zone or manner.authors):
            raise click.UsageError("A bundle says all of that itself: these options are for other formats.")
        if self.format == MARKDOWN and self.file == "-":
            raise click.UsageError("Markdown is read from a file or a folder, whose names count.")
        if self.format != MARKDOWN and Path(self.file).is_dir():
            raise click.UsageError(f"{self.file} is a folder: only --format markdown takes one.")
        if manner.zone and manner.zone not in zones.names():
            raise click.UsageError(str(errors.UnknownZone(manner.zone)))
        for option, pattern in (("kind", content.KIND), ("language", content.LANGUAGE)):
            value = getattr(manner, option)
            if value and not pattern.fullmatch(value):
                raise click.UsageError(f"--{option}: {quoted(value)} can't be used.")


def carry_out(newsroom: Newsroom, asked: Asked) -> None:
    """Import, and print what became of it. Raises BadLine, BadFile, ItemsRefused."""
    if asked.format == BUNDLE:
        _import_bundle(newsroom, asked)
        return
    items = list(_items(asked))
    outcomes = _with_progress(
        len(items), lambda step: import_items(newsroom, items, By(), step, check=asked.check)
    )
    if asked.as_json:
        click.echo(json.dumps(_said(asked, outcomes), ensure_ascii=False))
    else:
        _tell(outcomes, check=asked.check)
    refused = sum(each.verdict is Verdict.REFUSED for each in outcomes)
    if refused:
        raise ItemsRefused(refused)


def some(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _import_bundle(newsroom: Newsroom, asked: Asked) -> None:
    with click.open_file(asked.file, "rb") as file:
        bundle = read_bundle(cast("BinaryIO", file))
    lines = len(bundle.mastheads) + len(bundle.publications)
    done = _with_progress(
        lines, lambda step: import_bundle(newsroom, bundle, By(), step, check=asked.check)
    )
    if asked.as_json:
        click.echo(json.dumps(_counted(asked, done)))
        return
    click.echo(
        f"{some(done.publications, 'publication')}, {some(done.amendments, 'amendment')} "
        f"and {some(done.mastheads, 'masthead')} {'would be ' if asked.check else ''}stored; "
        f"{some(done.passed_over, 'act')} in the log already."
    )


def _items(asked: Asked) -> Iterator[Item]:
    if asked.format == MARKDOWN:
        return markdown.read(Path(asked.file), asked.manner)
    with click.open_file(asked.file, "rb") as file:
        data = file.read(safe_xml.FILE_LIMIT + 1)
    return READERS[asked.format](data, asked.manner)


def _with_progress(length: int, work: Callable[[Callable[[], None]], R]) -> R:
    with click.progressbar(
        length=length, label="Importing", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        return work(lambda: bar.update(1))


def _tell(outcomes: list[Outcome], *, check: bool) -> None:
    """A line of counts, then one for each item of which there is something to say."""
    count = Counter(each.verdict for each in outcomes)
    click.echo(
        f"{some(count[Verdict.PUBLISHED], 'publication')} and {some(count[Verdict.DRAFT], 'draft')} "
        f"{'would be ' if check else ''}stored; "
        f"{some(count[Verdict.KNOWN], 'item')} in the newsroom already; "
        f"{count[Verdict.PASSED_OVER]} passed over; {count[Verdict.REFUSED]} refused."
    )
    commented = [each.item.comments for each in outcomes if each.item.comments]
    if commented:
        click.echo(f"{some(sum(commented), 'comment')} of {some(len(commented), 'item')} not taken.")
    for each in outcomes:
        for words in _words(each):
            click.echo(words)


def _words(outcome: Outcome) -> Iterator[str]:
    item = outcome.item
    name = f"{item.name} {quoted(item.title)}" if item.title else item.name
    if outcome.reason:
        yield f"{outcome.verdict.replace('-', ' ')}: {name}: {outcome.reason}"
    if outcome.notes:
        yield f"note: {name}: {'; '.join(outcome.notes)}"


def _said(asked: Asked, outcomes: list[Outcome]) -> dict[str, Any]:
    count = Counter(each.verdict for each in outcomes)
    return {
        "format": asked.format,
        "check": asked.check,
        "counts": {str(verdict): count[verdict] for verdict in Verdict},
        "comments": sum(each.item.comments for each in outcomes),
        "items": [
            {
                "name": each.item.name,
                "title": each.item.title,
                "key": each.item.said["key"] if each.item.said else None,
                "verdict": str(each.verdict),
                "reason": each.reason or None,
                "path": each.path or None,
                "notes": list(each.notes),
                "comments": each.item.comments,
            }
            for each in outcomes
        ],
    }


def _counted(asked: Asked, done: Imported) -> dict[str, Any]:
    return {
        "format": asked.format,
        "check": asked.check,
        "counts": {
            "publications": done.publications,
            "amendments": done.amendments,
            "mastheads": done.mastheads,
            "known": done.passed_over,
        },
    }

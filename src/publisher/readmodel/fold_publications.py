"""What the events of publications do to what readers see: the stack of segments and its texts."""

import re
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..domain.instants import FOREVER
from ..domain.publication import Publication, Status
from . import tables
from .asking import Contents
from .counting import Counts
from .fold_archives import ArchiveFold
from .fold_desk import DeskFold
from .fold_files import FileFold
from .sheets import Row, Sheet
from .steps import Steps
from .texts import EMPTY, SearchRows, Texts, described, facets, labels
from .told import Told

_MONTH = re.compile(r"/(\d{4})/(\d{2})/")


@dataclass(kw_only=True, slots=True)
class Held:
    """A publication's rows: the segments from the first to the top, editions by number, paths."""

    segments: list[Row] = field(default_factory=list)
    editions: dict[int, Row] = field(default_factory=dict)
    notes: list[Row] = field(default_factory=list)
    paths: dict[str, Row] = field(default_factory=dict)


class PublicationFold:
    """The publications of one batch."""

    def __init__(self, contents: Contents, steps: Steps) -> None:
        self._steps = steps
        self._held: dict[str, Held] = {}
        self._texts = Texts(contents)
        self._search = SearchRows()
        self._desk = DeskFold()
        self._files = FileFold()
        self._archives = ArchiveFold()
        self._segment, self._edition = Sheet(tables.segment), Sheet(tables.edition)
        self._note, self._path, self._reason = Sheet(tables.note), Sheet(tables.path), Sheet(tables.reason)

    def load(self, raw: sqlite3.Connection, batch: Sequence[Told]) -> None:
        """Fetch the rows of the publications that were drafted in earlier batches."""
        self._raw = raw
        self._archives.load(raw)
        self._texts.expect(getattr(told.event, "content_sha256", None) for told in batch)
        fresh = {told.subject for told in batch if isinstance(told.event, Publication.Drafted)}
        touched = sorted({told.subject for told in batch} - fresh)
        if touched:
            self._fetch(raw, touched)

    def apply(self, told: Told) -> None:
        self._archives.until(told.recorded)
        line = _LINES.get(type(told.event))
        if line is not None:
            line(self, told)

    @property
    def erased(self) -> bool:
        """Whether `write` took texts out that the views had."""
        return self._search.erased

    def write(self, raw: sqlite3.Connection) -> None:
        self._write_facets(raw)
        self._count().write(raw)
        self._desk.write(raw)
        self._files.write(raw)
        self._archives.write(raw)
        sheets = (
            self._segment,
            self._edition,
            self._note,
            self._path,
            self._reason,
        )
        for sheet in sheets:
            sheet.write(raw)
        self._search.write(raw)

    # ---- the desk

    def _drafted(self, told: Told) -> None:
        self._held[told.subject] = Held()
        content = self._texts.get(told.event.content_sha256)
        self._desk.drafted(told, content)
        self._files.saved(told.event.content_sha256, content)

    def _saved(self, told: Told) -> None:
        content = self._texts.get(told.event.content_sha256)
        self._desk.saved(told, content)
        self._files.saved(told.event.content_sha256, content)

    def _discarded(self, told: Told) -> None:
        self._desk.discarded(told)

    def _reviewed(self, told: Told) -> None:
        self._desk.reviewed(told)

    # ---- the stack of segments

    def _published(self, told: Told) -> None:
        event = told.event
        month = _MONTH.match(event.path)
        self._open_edition(told, None)
        self._open_segment(
            {
                "id": told.position,
                "pub": told.subject,
                "valid_from": told.effect,
                "valid_to": FOREVER,
                "recorded": told.recorded,
                "status": str(Status.LIVE),
                "edition": event.edition,
                "revision": event.revision,
                "path": event.path,
                "month": "-".join(month.groups()) if month else "",
                "published": told.effect,
                "bumped": told.effect,
                "suppressed": tables.SHOWN,
            }
        )
        self._open_path(told, event.path)

    def _amended(self, told: Told) -> None:
        event = told.event
        self._open_edition(told, event.significance)
        self._open_note(told, event.note, told.effect)
        bump = {} if event.significance == "minor" else {"bumped": told.effect}
        self._lay(
            told,
            edition=event.edition,
            revision=event.revision,
            suppressed=tables.SHOWN,
            **bump,
        )

    def _cancelled(self, told: Told) -> None:
        held = self._held[told.subject]
        pending = held.segments.pop()
        self._segment.drop(pending)
        self._archives.cancel(pending["id"])
        if pending["valid_from"] > told.recorded:  # else readers had it: only a rehearsal's comes so late
            self._steps.never(pending["valid_from"], pending["id"])
            told.public = None
        row = held.editions.pop(told.event.edition)
        self._edition.drop(row)
        self._search.forget(row["id"])
        for note in [n for n in held.notes if n["edition"] == told.event.edition]:
            self._note.drop(note)
            held.notes.remove(note)
        if held.segments:
            held.segments[-1]["valid_to"] = FOREVER
        else:
            for path in held.paths.values():
                self._path.drop(path)
            held.paths.clear()
        self._settle(told.subject)

    def _moved(self, told: Told) -> None:
        self._lay(told, path=told.event.new)
        self._open_path(told, told.event.new)

    def _withdrawn(self, told: Told) -> None:
        self._lay(told, status=str(Status.WITHDRAWN), bumped=told.effect)
        self._give_reason(told, told.event.reason, None)

    def _reinstated(self, told: Told) -> None:
        self._lay(told, status=str(Status.LIVE), bumped=told.effect)

    def _removed(self, told: Told) -> None:
        self._lay(told, status=str(Status.REMOVED), bumped=told.effect)
        self._give_reason(told, told.event.explanation, told.event.redirect)
        held = self._held[told.subject]
        for segment in held.segments:
            segment["suppressed"] = tables.REMOVED
        for row in held.editions.values():
            row.update(title="", summary="")
            self._search.forget(row["id"])

    def _redacted(self, told: Told) -> None:
        event, held = told.event, self._held[told.subject]
        row = held.editions[event.edition]
        of_edition = [segment for segment in held.segments if segment["edition"] == event.edition]
        self._archives.forget((s["id"] for s in of_edition), row)
        for segment in of_edition:
            segment["suppressed"] = tables.REDACTED
        row.update(EMPTY, redacted=event.legal_basis)
        self._search.forget(row["id"])
        self._desk.forgotten(told.subject, event.content_sha256s)
        self._files.forgotten(event.content_sha256s)

    def _note_amended(self, told: Told) -> None:
        event, held = told.event, self._held[told.subject]
        e = max(told.effect, held.editions[event.edition]["valid_from"])
        for note in held.notes:
            if note["edition"] == event.edition and note["valid_to"] == FOREVER:
                note["valid_to"] = e
        self._open_note(told, event.new, e)

    # ---- rows

    def _open_edition(self, told: Told, significance: str | None) -> None:
        event = told.event
        content = self._texts.get(event.content_sha256)
        self._held[told.subject].editions[event.edition] = self._edition.put(
            {
                "id": told.position,
                "pub": told.subject,
                "number": event.edition,
                "revision": event.revision,
                "sha256": event.content_sha256,
                "significance": significance,
                "valid_from": told.effect,
                "recorded": told.recorded,
                **described(content),
                "redacted": None,
            }
        )
        if content:
            self._search.add(told.position, content, self._raw)

    def _open_segment(self, row: Row) -> None:
        held = self._held[row["pub"]]
        held.segments.append(self._segment.put(row))
        if row["bumped"] == row["valid_from"]:
            self._archives.add(row, self._edition_of(row))
        self._settle(row["pub"])

    def _open_note(self, told: Told, text: str, e: int) -> None:
        self._held[told.subject].notes.append(
            self._note.put(
                {
                    "id": told.position,
                    "pub": told.subject,
                    "edition": told.event.edition,
                    "valid_from": e,
                    "valid_to": FOREVER,
                    "recorded": told.recorded,
                    "text": text,
                }
            )
        )

    def _open_path(self, told: Told, path: str) -> None:
        """A path once public finds its publication for ever: its row stays open."""
        paths = self._held[told.subject].paths
        if path not in paths:
            paths[path] = self._path.put(
                {
                    "id": told.position,
                    "path": path,
                    "pub": told.subject,
                    "valid_from": told.effect,
                    "valid_to": FOREVER,
                }
            )

    def _give_reason(self, told: Told, text: str, redirect: str | None) -> None:
        self._reason.put(
            {
                "id": told.position,
                "pub": told.subject,
                "valid_from": told.effect,
                "kind": type(told.event).__name__.lower(),
                "text": text,
                "redirect": redirect,
            }
        )

    def _lay(self, told: Told, **changes: Any) -> None:
        """Close the top at the event's instant and open a changed copy."""
        top = self._held[told.subject].segments[-1]
        top["valid_to"] = told.effect
        moved = {
            "id": told.position,
            "valid_from": told.effect,
            "valid_to": FOREVER,
            "recorded": told.recorded,
        }
        self._open_segment(top | moved | changes)

    # ---- loading and writing

    def _fetch(self, raw: sqlite3.Connection, touched: list[str]) -> None:
        held = self._held
        held.update((pub, Held()) for pub in touched)
        self._desk.fetch(raw, touched)
        for row in self._edition.fetch(raw, "pub", touched):
            held[row["pub"]].editions[row["number"]] = row
        for row in self._path.fetch(raw, "pub", touched):
            held[row["pub"]].paths[row["path"]] = row
        for row in sorted(self._note.fetch(raw, "pub", touched), key=_by_id):
            held[row["pub"]].notes.append(row)
        for row in sorted(self._segment.fetch(raw, "pub", touched), key=_by_id):
            held[row["pub"]].segments.append(row)

    def _write_facets(self, raw: sqlite3.Connection) -> None:
        gone = [(s["id"],) for s in self._segment.dropped()]
        kept = []
        for s in self._segment.changed():
            if s["suppressed"] == tables.REDACTED:
                gone.append((s["id"],))
            else:
                kept.append((s["valid_to"], s["suppressed"], s["id"]))
        added = [row for s in self._segment.added() for row in self._facets(s)]
        if gone:
            raw.executemany("DELETE FROM facet WHERE segment = ?", gone)
        if kept:
            raw.executemany("UPDATE facet SET valid_to = ?, suppressed = ? WHERE segment = ?", kept)
        if added:
            raw.executemany(tables.insert_sql(tables.facet), added)

    def _facets(self, segment: Row) -> list[tuple[Any, ...]]:
        """Rows in the order of the table's columns."""
        if segment["suppressed"] == tables.REDACTED:
            return []
        copied = tuple(segment[name] for name in _COPIED)
        return [(segment["id"], facet, *copied) for facet in facets(self._edition_of(segment))]

    def _count(self) -> Counts:
        """What the batch changes in the numbers of what is live."""
        counts = Counts()
        editions = {(row["pub"], row["number"]): row for row in self._edition.held()}
        for before in self._segment.outdated():
            counts.take(before, labels(editions[before["pub"], before["edition"]]))
        for now in (*self._segment.changed(), *self._segment.added()):
            counts.add(now, labels(self._edition_of(now)))
        return counts

    def _settle(self, publication: str) -> None:
        """Tell the desk what stands."""
        held = self._held[publication]
        top = held.segments[-1] if held.segments else None
        self._desk.stands(publication, top, held.editions[top["edition"]]["sha256"] if top else None)

    def _edition_of(self, segment: Row) -> Row:
        return self._held[segment["pub"]].editions[segment["edition"]]


_COPIED = ("status", "published", "bumped", "pub", "valid_from", "valid_to", "suppressed")

_LINES: dict[type[Any], Callable[[PublicationFold, Told], None]] = {
    Publication.Drafted: PublicationFold._drafted,
    Publication.Revised: PublicationFold._saved,
    Publication.DraftDiscarded: PublicationFold._discarded,
    Publication.Submitted: PublicationFold._reviewed,
    Publication.ChangesRequested: PublicationFold._reviewed,
    Publication.Approved: PublicationFold._reviewed,
    Publication.Expedited: PublicationFold._reviewed,
    Publication.Published: PublicationFold._published,
    Publication.Amended: PublicationFold._amended,
    Publication.ScheduleCancelled: PublicationFold._cancelled,
    Publication.NoteAmended: PublicationFold._note_amended,
    Publication.Moved: PublicationFold._moved,
    Publication.Withdrawn: PublicationFold._withdrawn,
    Publication.Reinstated: PublicationFold._reinstated,
    Publication.Removed: PublicationFold._removed,
    Publication.Redacted: PublicationFold._redacted,
}


def _by_id(row: Row) -> int:
    position: int = row["id"]
    return position

"""What each event does to the rows of the read models, in memory, one batch at a time."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from ..domain.account import Account
from ..domain.content import Content, slug_of
from ..domain.instants import FOREVER, to_micros
from ..domain.masthead import Masthead, Setting
from ..domain.publication import Publication, Status
from ..domain.recorded import Effective
from . import tables
from .counting import Counts
from .sheets import Row, Sheet

Contents = Callable[[str], bytes | None]
"""Canonical bytes by their hash; None where they were forgotten."""

_WHOLE = (tables.facet, tables.tally, tables.highest)
"""Tables that are written as a whole, not from a sheet."""
_MONTH = re.compile(r"/(\d{4})/(\d{2})/")
_TAG = re.compile(r"<[^>]*>")
_EMPTY = {"kind": "", "language": "", "title": "", "summary": "", "topics": "[]", "speakers": "[]"}


@dataclass(kw_only=True, slots=True)
class Held:
    """A publication's rows: the segments from the first to the top, editions by number, paths."""

    segments: list[Row] = field(default_factory=list)
    editions: dict[int, Row] = field(default_factory=dict)
    notes: list[Row] = field(default_factory=list)
    paths: dict[str, Row] = field(default_factory=dict)
    desk: Row = field(default_factory=dict)


class Fold:
    """The rows of one batch of events: `load` once, `apply` each in turn, `write` once."""

    def __init__(self, contents: Contents) -> None:
        self.public: int | None = None
        """The last position of public effect in this batch."""
        self._contents = contents
        self._known: dict[str, Content | None] = {}
        self._sheets = {table.name: Sheet(table) for table in tables.COMPARED if table not in _WHOLE}
        self._held: dict[str, Held] = {}
        self._settings: dict[tuple[str, str], Row] = {}
        self._editions: dict[int, Content] = {}
        self._forgotten: set[int] = set()
        self._steps: list[tuple[int, int]] = []

    def load(self, raw: sqlite3.Connection, events: Iterable[tuple[int, Any]]) -> None:
        """Fetch the rows that the events may change."""
        batch = [event for _, event in events]
        fresh = {str(e.originator_id) for e in batch if isinstance(e, Publication.Drafted)}
        touched = {str(e.originator_id) for e in batch if isinstance(e, Publication.Event)} - fresh
        accounts = {str(e.originator_id) for e in batch if isinstance(e, Account.Event)}
        if touched:
            self._load_publications(raw, sorted(touched))
        if accounts:
            self._sheets["account"].fetch(raw, "id", sorted(accounts))
        if any(isinstance(e, Setting) for e in batch):
            for row in self._sheets["masthead"].fetch(raw, "valid_to", [FOREVER]):
                self._settings[row["what"], row["key"]] = row

    def apply(self, position: int, event: Any) -> None:
        """Change the rows by one event."""
        note_event = _LINES.get(type(event))
        if isinstance(event, Setting):
            self._set(position, event)
        elif note_event is not None:
            note_event(self, position, event)
        public = _public_from(event)
        if public is not None:
            self.public = position
            self._rise(public, position)
        self._sheets["event"].put(_event_row(position, event, public))

    def write(self, raw: sqlite3.Connection) -> None:
        """Store what changed, by the driver's executemany."""
        self._write_facets(raw)
        self._count().write(raw)
        self._write_steps(raw)
        for sheet in self._sheets.values():
            sheet.write(raw)
        self._write_search(raw)

    # ---- the desk

    def _drafted(self, position: int, event: Any) -> None:
        pub = str(event.originator_id)
        desk = {"pub": pub, "discarded": 0, "status": None, "published": None, "due": None}
        self._held[pub] = Held(desk=desk)
        self._saved(position, event)
        self._sheets["desk"].put(desk)

    def _saved(self, _position: int, event: Any) -> None:
        pub, recorded = str(event.originator_id), to_micros(event.timestamp)
        content = self._content(event.content_sha256)
        self._held[pub].desk.update(
            title=content.title if content else "",
            kind=content.kind if content else "",
            language=content.language if content else "",
            revision=event.revision,
            sha256=event.content_sha256,
            saved_at=recorded,
            saved_by=event.actor,
        )
        self._sheets["revision"].put(
            {
                "pub": pub,
                "number": event.revision,
                "sha256": event.content_sha256,
                "recorded": recorded,
                "actor": event.actor,
            }
        )

    def _discarded(self, _position: int, event: Any) -> None:
        self._held[str(event.originator_id)].desk["discarded"] = 1

    # ---- the stack of segments

    def _published(self, position: int, event: Any) -> None:
        pub, e = str(event.originator_id), to_micros(event.effective_at)
        month = _MONTH.match(event.path)
        self._open_edition(position, event, None)
        self._open_segment(
            {
                "id": position,
                "pub": pub,
                "valid_from": e,
                "valid_to": FOREVER,
                "recorded": to_micros(event.timestamp),
                "status": str(Status.LIVE),
                "edition": event.edition,
                "revision": event.revision,
                "path": event.path,
                "month": "-".join(month.groups()) if month else "",
                "published": e,
                "bumped": e,
                "suppressed": tables.SHOWN,
            }
        )
        self._open_path(position, pub, event.path, e)

    def _amended(self, position: int, event: Any) -> None:
        e = to_micros(event.effective_at)
        self._open_edition(position, event, event.significance)
        self._open_note(position, event, event.note, e)
        bump = {} if event.significance == "minor" else {"bumped": e}
        self._lay(
            position,
            event,
            edition=event.edition,
            revision=event.revision,
            suppressed=tables.SHOWN,
            **bump,
        )

    def _cancelled(self, _position: int, event: Any) -> None:
        held = self._held[str(event.originator_id)]
        self._sheets["segment"].drop(held.segments.pop())
        row = held.editions.pop(event.edition)
        self._sheets["edition"].drop(row)
        self._forget(row["id"])
        for note in [n for n in held.notes if n["edition"] == event.edition]:
            self._sheets["note"].drop(note)
            held.notes.remove(note)
        if held.segments:
            held.segments[-1]["valid_to"] = FOREVER
        else:
            for path in held.paths.values():
                self._sheets["path"].drop(path)
            held.paths.clear()
        _settle(held)

    def _moved(self, position: int, event: Any) -> None:
        self._lay(position, event, path=event.new)
        self._open_path(position, str(event.originator_id), event.new, to_micros(event.effective_at))

    def _withdrawn(self, position: int, event: Any) -> None:
        self._lay(position, event, status=str(Status.WITHDRAWN), bumped=to_micros(event.effective_at))
        self._give_reason(position, event, event.reason, None)

    def _reinstated(self, position: int, event: Any) -> None:
        self._lay(position, event, status=str(Status.LIVE), bumped=to_micros(event.effective_at))

    def _removed(self, position: int, event: Any) -> None:
        self._lay(position, event, status=str(Status.REMOVED), bumped=to_micros(event.effective_at))
        self._give_reason(position, event, event.explanation, event.redirect)
        held = self._held[str(event.originator_id)]
        for segment in held.segments:
            segment["suppressed"] = tables.REMOVED
        for row in held.editions.values():
            row.update(title="", summary="")
            self._forget(row["id"])

    def _redacted(self, _position: int, event: Any) -> None:
        held = self._held[str(event.originator_id)]
        for segment in held.segments:
            if segment["edition"] == event.edition:
                segment["suppressed"] = tables.REDACTED
        row = held.editions[event.edition]
        row.update(_EMPTY, redacted=event.legal_basis)
        self._forget(row["id"])
        if held.desk["sha256"] in event.content_sha256s:
            held.desk.update(title="", kind="", language="")

    def _note_amended(self, position: int, event: Any) -> None:
        held = self._held[str(event.originator_id)]
        e = max(to_micros(event.effective_at), held.editions[event.edition]["valid_from"])
        for note in held.notes:
            if note["edition"] == event.edition and note["valid_to"] == FOREVER:
                note["valid_to"] = e
        self._open_note(position, event, event.new, e)

    # ---- the masthead and the accounts

    def _set(self, position: int, event: Setting) -> None:
        what, key, value = event.setting()
        e = to_micros(event.effective_at)
        last = self._settings.pop((what, key), None)
        if last is not None:
            last["valid_to"] = e
        if value is None:
            return
        # A counter that is reworded keeps its day and its zone.
        whole = (json.loads(last["value"]) if last else {}) | value
        self._settings[what, key] = self._sheets["masthead"].put(
            {
                "id": position,
                "what": what,
                "key": key,
                "ord": whole.get("order", 0),
                "value": _json(whole),
                "valid_from": e,
                "valid_to": FOREVER,
                "recorded": to_micros(event.timestamp),  # type: ignore[attr-defined]
            }
        )

    def _account_opened(self, _position: int, event: Any) -> None:
        self._sheets["account"].put({"id": str(event.originator_id), "roles": "[]", "closed": 0})

    def _role_granted(self, _position: int, event: Any) -> None:
        row = self._account(event)
        row["roles"] = _json(sorted({*json.loads(row["roles"]), event.role}))

    def _role_revoked(self, _position: int, event: Any) -> None:
        row = self._account(event)
        row["roles"] = _json(sorted({*json.loads(row["roles"])} - {event.role}))

    def _account_closed(self, _position: int, event: Any) -> None:
        self._account(event)["closed"] = 1

    # ---- rows

    def _account(self, event: Any) -> Row:
        return self._sheets["account"].now[str(event.originator_id),]

    def _open_edition(self, position: int, event: Any, significance: str | None) -> None:
        pub = str(event.originator_id)
        content = self._content(event.content_sha256)
        self._held[pub].editions[event.edition] = self._sheets["edition"].put(
            {
                "id": position,
                "pub": pub,
                "number": event.edition,
                "revision": event.revision,
                "sha256": event.content_sha256,
                "significance": significance,
                "valid_from": to_micros(event.effective_at),
                "recorded": to_micros(event.timestamp),
                **(_described(content) if content else _EMPTY),
                "redacted": None,
            }
        )
        if content:
            self._editions[position] = content

    def _open_segment(self, row: Row) -> None:
        held = self._held[row["pub"]]
        held.segments.append(self._sheets["segment"].put(row))
        _settle(held)

    def _open_note(self, position: int, event: Any, text: str, e: int) -> None:
        pub = str(event.originator_id)
        self._held[pub].notes.append(
            self._sheets["note"].put(
                {
                    "id": position,
                    "pub": pub,
                    "edition": event.edition,
                    "valid_from": e,
                    "valid_to": FOREVER,
                    "recorded": to_micros(event.timestamp),
                    "text": text,
                }
            )
        )

    def _open_path(self, position: int, pub: str, path: str, e: int) -> None:
        """A path once public finds its publication for ever: its row stays open."""
        paths = self._held[pub].paths
        if path not in paths:
            paths[path] = self._sheets["path"].put(
                {"id": position, "path": path, "pub": pub, "valid_from": e, "valid_to": FOREVER}
            )

    def _give_reason(self, position: int, event: Any, text: str, redirect: str | None) -> None:
        self._sheets["reason"].put(
            {
                "id": position,
                "pub": str(event.originator_id),
                "valid_from": to_micros(event.effective_at),
                "kind": type(event).__name__.lower(),
                "text": text,
                "redirect": redirect,
            }
        )

    def _lay(self, position: int, event: Any, **changes: Any) -> None:
        """Close the top at the event's instant and open a changed copy."""
        e = to_micros(event.effective_at)
        top = self._held[str(event.originator_id)].segments[-1]
        top["valid_to"] = e
        moved = {
            "id": position,
            "valid_from": e,
            "valid_to": FOREVER,
            "recorded": to_micros(event.timestamp),
        }
        self._open_segment(top | moved | changes)

    def _forget(self, edition_id: int) -> None:
        if self._editions.pop(edition_id, None) is None:
            self._forgotten.add(edition_id)

    def _content(self, sha256: str) -> Content | None:
        if sha256 not in self._known:
            stored = self._contents(sha256)
            self._known[sha256] = Content.parse(stored) if stored is not None else None
        return self._known[sha256]

    # ---- loading and writing

    def _load_publications(self, raw: sqlite3.Connection, touched: list[str]) -> None:
        held = {pub: Held() for pub in touched}
        self._held = held
        for row in self._sheets["desk"].fetch(raw, "pub", touched):
            held[row["pub"]].desk = row
        for row in self._sheets["edition"].fetch(raw, "pub", touched):
            held[row["pub"]].editions[row["number"]] = row
        for row in self._sheets["path"].fetch(raw, "pub", touched):
            held[row["pub"]].paths[row["path"]] = row
        for row in sorted(self._sheets["note"].fetch(raw, "pub", touched), key=_by_id):
            held[row["pub"]].notes.append(row)
        for row in sorted(self._sheets["segment"].fetch(raw, "pub", touched), key=_by_id):
            held[row["pub"]].segments.append(row)

    def _write_facets(self, raw: sqlite3.Connection) -> None:
        segments = self._sheets["segment"]
        gone = [(s["id"],) for s in segments.dropped()]
        kept = []
        for s in segments.changed():
            if s["suppressed"] == tables.REDACTED:
                gone.append((s["id"],))
            else:
                kept.append((s["valid_to"], s["suppressed"], s["id"]))
        added = [row for s in segments.added() for row in self._facets(s)]
        if gone:
            raw.executemany("DELETE FROM facet WHERE segment = ?", gone)
        if kept:
            raw.executemany("UPDATE facet SET valid_to = ?, suppressed = ? WHERE segment = ?", kept)
        if added:
            raw.executemany(tables.insert_sql(tables.facet), added)

    def _count(self) -> Counts:
        """What the batch changes in the numbers of what is live."""
        counts, segments = Counts(), self._sheets["segment"]
        editions = {(row["pub"], row["number"]): row for row in self._sheets["edition"].held()}
        for before in segments.outdated():
            counts.take(before, _labels(editions[before["pub"], before["edition"]]))
        for now in (*segments.changed(), *segments.added()):
            counts.add(now, _labels(self._held[now["pub"]].editions[now["edition"]]))
        return counts

    def _facets(self, segment: Row) -> list[Row]:
        edition = self._held[segment["pub"]].editions[segment["edition"]]
        if segment["suppressed"] == tables.REDACTED:
            return []
        copied = ("status", "published", "bumped", "pub", "valid_from", "valid_to", "suppressed")
        shared = {name: segment[name] for name in copied}
        return [{"segment": segment["id"], "facet": facet, **shared} for facet in _labels(edition)]

    def _rise(self, public: int, position: int) -> None:
        while self._steps and self._steps[-1][0] >= public:
            self._steps.pop()
        self._steps.append((public, position))

    def _write_steps(self, raw: sqlite3.Connection) -> None:
        if self._steps:
            raw.execute("DELETE FROM highest WHERE public >= ?", self._steps[0][:1])
            raw.executemany("INSERT INTO highest (public, position) VALUES (?, ?)", self._steps)

    def _write_search(self, raw: sqlite3.Connection) -> None:
        if self._forgotten:
            raw.executemany(
                "DELETE FROM search_text WHERE rowid = ?", [(i,) for i in sorted(self._forgotten)]
            )
        texts = [(i, c.title, c.summary, _plain(c)) for i, c in self._editions.items()]
        if texts:
            raw.executemany(
                "INSERT INTO search_text(rowid, title, summary, body) VALUES (?, ?, ?, ?)", texts
            )


_LINES: dict[type, Callable[[Fold, int, Any], None]] = {
    Publication.Drafted: Fold._drafted,
    Publication.Revised: Fold._saved,
    Publication.DraftDiscarded: Fold._discarded,
    Publication.Published: Fold._published,
    Publication.Amended: Fold._amended,
    Publication.ScheduleCancelled: Fold._cancelled,
    Publication.NoteAmended: Fold._note_amended,
    Publication.Moved: Fold._moved,
    Publication.Withdrawn: Fold._withdrawn,
    Publication.Reinstated: Fold._reinstated,
    Publication.Removed: Fold._removed,
    Publication.Redacted: Fold._redacted,
    Account.Opened: Fold._account_opened,
    Account.RoleGranted: Fold._role_granted,
    Account.RoleRevoked: Fold._role_revoked,
    Account.Closed: Fold._account_closed,
}


def _public_from(event: Any) -> int | None:
    """The instant from which public answers depend on the event; None: never."""
    if isinstance(event, (Publication.Removed, Publication.Redacted)):
        return -FOREVER
    if isinstance(event, Effective) and isinstance(event, (Publication.Event, Masthead.Event)):
        return to_micros(event.effective_at)
    return None


def _event_row(position: int, event: Any, public: int | None) -> Row:
    topic: str = event.TOPIC
    return {
        "position": position,
        "recorded": to_micros(event.timestamp),
        "effective": to_micros(event.effective_at) if isinstance(event, Effective) else None,
        "public": public,
        "type": topic,
        "actor": event.actor,
        "subject": f"{topic.split('.')[1]}/{event.originator_id}",
        "command": event.command_id,
        "rehearsal": int(event.rehearsal),
    }


def _settle(held: Held) -> None:
    """What the desk shows of the stack: the top's status, the first instant, the last instant."""
    top = held.segments[-1] if held.segments else None
    held.desk.update(
        status=top["status"] if top else None,
        published=top["published"] if top else None,
        due=top["valid_from"] if top else None,
    )


def _described(content: Content) -> Row:
    return {
        "kind": content.kind,
        "language": content.language,
        "title": content.title,
        "summary": content.summary,
        "topics": _json(list(content.topics)),
        "speakers": _json(list(content.speakers)),
    }


def _labels(edition: Row) -> dict[str, str]:
    """The facets of an edition, each with its words; none where it was redacted."""
    if not edition["kind"]:
        return {}
    labels = {f"topic:{topic}": topic for topic in json.loads(edition["topics"])}
    for speaker in json.loads(edition["speakers"]):
        labels.setdefault(f"person:{slug_of(speaker)}", speaker)
    labels[f"kind:{edition['kind']}"] = edition["kind"]
    labels[f"language:{edition['language']}"] = edition["language"]
    return labels


def _plain(content: Content) -> str:
    return _TAG.sub(" ", content.body) if content.markup == "html" else content.body


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _by_id(row: Row) -> int:
    position: int = row["id"]
    return position

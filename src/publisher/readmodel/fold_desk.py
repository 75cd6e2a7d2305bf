"""What the events of publications do to the desk: the newest save, its review, and what became of it."""

import sqlite3
from collections.abc import Collection
from typing import Any

from ..domain.content import Content
from ..domain.publication import Publication
from . import tables
from .sheets import Row, Sheet
from .told import Told

SUBMITTED, CHANGES, APPROVED, EXPEDITED = "submitted", "changes-requested", "approved", "expedited"

_KINDS: dict[type[Any], str] = {
    Publication.Submitted: SUBMITTED,
    Publication.ChangesRequested: CHANGES,
    Publication.Approved: APPROVED,
    Publication.Expedited: EXPEDITED,
}


class DeskFold:
    """The desk's rows of one batch, by publication."""

    def __init__(self) -> None:
        self._desk, self._revision = Sheet(tables.desk), Sheet(tables.revision)
        self._review = Sheet(tables.review)
        self._rows: dict[str, Row] = {}
        self._reviews: dict[str, list[Row]] = {}

    def fetch(self, raw: sqlite3.Connection, touched: list[str]) -> None:
        """Load the rows of publications that were drafted in earlier batches."""
        for row in self._desk.fetch(raw, "pub", touched):
            self._rows[row["pub"]] = row
            self._reviews[row["pub"]] = []
        for row in sorted(self._review.fetch(raw, "pub", touched), key=lambda row: int(row["id"])):
            self._reviews[row["pub"]].append(row)

    def drafted(self, told: Told, content: Content | None) -> None:
        row: Row = dict.fromkeys(("status", "published", "due", "public_sha256", "review"))
        self._rows[told.subject] = row | {"pub": told.subject, "discarded": 0, "unreviewed": 0}
        self._reviews[told.subject] = []
        self.saved(told, content)
        self._desk.put(self._rows[told.subject])

    def saved(self, told: Told, content: Content | None) -> None:
        """A further revision; `content` is None where it was forgotten since."""
        event = told.event
        self._rows[told.subject].update(
            title=content.title if content else "",
            folded=content.title.casefold() if content else "",
            kind=content.kind if content else "",
            language=content.language if content else "",
            original=content.translates.publication if content and content.translates else None,
            translated=content.translates.edition if content and content.translates else None,
            revision=event.revision,
            sha256=event.content_sha256,
            saved_at=told.recorded,
            saved_by=event.actor,
        )
        self._revision.put(
            {
                "pub": told.subject,
                "number": event.revision,
                "sha256": event.content_sha256,
                "recorded": told.recorded,
                "actor": event.actor,
            }
        )
        self._settle(told.subject)

    def discarded(self, told: Told) -> None:
        self._rows[told.subject]["discarded"] = 1

    def reviewed(self, told: Told) -> None:
        """Submitted, given back, approved, or let past review."""
        event = told.event
        row = {
            "id": told.position,
            "pub": told.subject,
            "kind": _KINDS[type(event)],
            "revision": event.revision,
            "sha256": getattr(event, "content_sha256", None),
            "recorded": told.recorded,
            "actor": event.actor,
            "text": getattr(event, "comment", None) or getattr(event, "reason", None),
        }
        self._reviews[told.subject].append(self._review.put(row))
        self._settle(told.subject)

    def stands(self, publication: str, top: Row | None, sha256: str | None) -> None:
        """The newest segment of a publication, None for none, and what its edition says."""
        self._rows[publication].update(
            status=top["status"] if top else None,
            published=top["published"] if top else None,
            due=top["valid_from"] if top else None,
            public_sha256=sha256,
        )
        self._settle(publication)

    def forgotten(self, publication: str, sha256s: Collection[str]) -> None:
        row = self._rows[publication]
        if row["sha256"] in sha256s:
            row.update(title="", folded="", kind="", language="", original=None, translated=None)

    def write(self, raw: sqlite3.Connection) -> None:
        for sheet in (self._desk, self._revision, self._review):
            sheet.write(raw)

    def _settle(self, publication: str) -> None:
        """An approval is of a text, whichever its revision; an answer is of a revision."""
        row, reviews = self._rows[publication], self._reviews[publication]
        if not reviews:
            return
        approved = {each["sha256"] for each in reviews if each["kind"] == APPROVED}
        expedited = {each["sha256"] for each in reviews if each["kind"] == EXPEDITED}
        answers = [
            each["kind"]
            for each in reviews
            if each["revision"] == row["revision"] and each["kind"] in (SUBMITTED, CHANGES)
        ]
        row["review"] = APPROVED if row["sha256"] in approved else answers[-1] if answers else None
        row["unreviewed"] = int(row["public_sha256"] in expedited - approved)

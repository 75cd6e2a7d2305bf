"""What can happen to a publication: its events, and what each changes in the aggregate.

The draft's events come first, then those of review, then those that readers see.
"""

from typing import TYPE_CHECKING

from eventsourcing.domain import Aggregate

from .recorded import Effective, Marked
from .standing import Standing, Status

if TYPE_CHECKING:
    from .publication import Publication


class Event(Marked, Aggregate.Event):
    pass


class Drafted(Event, Aggregate.Created):
    TOPIC = "publisher.publication.drafted"
    revision: int
    content_sha256: str

    def assign(self, publication: "Publication") -> None:
        publication.saved(self.content_sha256, self.actor)


class Revised(Event):
    TOPIC = "publisher.publication.revised"
    revision: int
    content_sha256: str

    def assign(self, publication: "Publication") -> None:
        publication.saved(self.content_sha256, self.actor)


class DraftDiscarded(Event):
    TOPIC = "publisher.publication.draft-discarded"

    def assign(self, publication: "Publication") -> None:
        publication.discarded = True


class Submitted(Event):
    TOPIC = "publisher.publication.submitted"
    revision: int

    def assign(self, publication: "Publication") -> None:
        publication.review.submitted = self.revision


class ChangesRequested(Event):
    TOPIC = "publisher.publication.changes-requested"
    revision: int
    comment: str

    def assign(self, publication: "Publication") -> None:
        publication.review.submitted = None


class Approved(Event):
    TOPIC = "publisher.publication.approved"
    revision: int
    content_sha256: str

    def assign(self, publication: "Publication") -> None:
        publication.review.approved[self.content_sha256] = self.actor
        if publication.review.submitted == self.revision:
            publication.review.submitted = None


class Expedited(Event):
    """A chief lets a text go public past review, in the save that publishes it."""

    TOPIC = "publisher.publication.expedited"
    revision: int
    content_sha256: str
    reason: str

    def assign(self, publication: "Publication") -> None:
        publication.review.expedited[self.content_sha256] = self.actor


class Published(Effective, Event):
    TOPIC = "publisher.publication.published"
    edition: int
    revision: int
    content_sha256: str
    path: str

    def assign(self, publication: "Publication") -> None:
        publication.stack.append(
            Standing(
                status=Status.LIVE,
                edition=self.edition,
                revision=self.revision,
                content_sha256=self.content_sha256,
                path=self.path,
                effective_at=self.effective_at,
                rehearsal=self.rehearsal,
                opens_edition=True,
            )
        )


class Amended(Effective, Event):
    TOPIC = "publisher.publication.amended"
    edition: int
    revision: int
    content_sha256: str
    significance: str
    note: str

    def assign(self, publication: "Publication") -> None:
        publication.stack.lay(
            self,
            edition=self.edition,
            revision=self.revision,
            content_sha256=self.content_sha256,
            opens_edition=True,
        )
        publication.notes[self.edition] = (self.note, self.effective_at)


class ScheduleCancelled(Effective, Event):
    TOPIC = "publisher.publication.schedule-cancelled"
    edition: int

    def assign(self, publication: "Publication") -> None:
        publication.stack.pop()
        publication.notes.pop(self.edition, None)


class NoteAmended(Effective, Event):
    TOPIC = "publisher.publication.note-amended"
    edition: int
    old: str
    new: str

    def assign(self, publication: "Publication") -> None:
        publication.notes[self.edition] = (self.new, self.effective_at)


class Moved(Effective, Event):
    TOPIC = "publisher.publication.moved"
    old: str
    new: str

    def assign(self, publication: "Publication") -> None:
        publication.stack.lay(self, path=self.new)


class Withdrawn(Effective, Event):
    TOPIC = "publisher.publication.withdrawn"
    reason: str

    def assign(self, publication: "Publication") -> None:
        publication.stack.lay(self, status=Status.WITHDRAWN)


class Reinstated(Effective, Event):
    TOPIC = "publisher.publication.reinstated"

    def assign(self, publication: "Publication") -> None:
        publication.stack.lay(self, status=Status.LIVE)


class Removed(Effective, Event):
    TOPIC = "publisher.publication.removed"
    explanation: str
    redirect: str | None

    def assign(self, publication: "Publication") -> None:
        publication.stack.lay(self, status=Status.REMOVED)


class Redacted(Effective, Event):
    TOPIC = "publisher.publication.redacted"
    edition: int
    legal_basis: str
    content_sha256s: list[str]

    def assign(self, publication: "Publication") -> None:
        publication.redacted.update(self.content_sha256s)

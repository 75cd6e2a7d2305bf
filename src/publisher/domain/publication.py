"""A publication: its revisions on the desk, and the stack of acts that readers see.

The stack mirrors the segments of the read models: each public act lays one Standing on top,
a cancelled schedule takes the top off again.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Self
from uuid import UUID

from eventsourcing.domain import Aggregate

from . import errors
from . import publication_events as events
from .recorded import Act, Recorded, registered
from .review import Review
from .standing import CANCEL_MARGIN, Stack, Standing, Status, holds_from

__all__ = ["CANCEL_MARGIN", "Publication", "Significance", "Standing", "Status"]


class Significance(StrEnum):
    """What an amendment means to readers; only `minor` spares subscribers the alert."""

    MINOR = "minor"
    MAJOR = "major"
    CORRECTION = "correction"


@registered
class Publication(Recorded, Aggregate):
    """A draft and a live edition side by side; numbers count from 1."""

    TOPIC = "publisher.publication"

    Event = events.Event  # type: ignore[assignment]  # a class of its own module
    Created = None  # type: ignore[assignment]  # the created event has a name of its own
    Drafted = events.Drafted
    Revised = events.Revised
    DraftDiscarded = events.DraftDiscarded
    Submitted = events.Submitted
    ChangesRequested = events.ChangesRequested
    Approved = events.Approved
    Expedited = events.Expedited
    Published = events.Published
    Amended = events.Amended
    ScheduleCancelled = events.ScheduleCancelled
    NoteAmended = events.NoteAmended
    Moved = events.Moved
    Withdrawn = events.Withdrawn
    Reinstated = events.Reinstated
    Removed = events.Removed
    Redacted = events.Redacted

    def __init__(self) -> None:
        super().__init__()
        self.revisions: list[str] = []
        self.review = Review()
        self.stack = Stack()
        self.notes: dict[int, tuple[str, datetime]] = {}
        self.redacted: set[str] = set()
        self.discarded = False

    # ---- what stands

    @property
    def revision(self) -> int:
        """The number of the newest revision."""
        return len(self.revisions)

    @property
    def top(self) -> Standing | None:
        return self.stack.top

    def pending(self, act: Act) -> Standing | None:
        """The edition that is scheduled and not yet due."""
        return self.stack.pending(act)

    def content_of(self, revision: int) -> str:
        """The content hash of a revision. Raises UnknownRevision, ContentRedacted."""
        if not 1 <= revision <= self.revision:
            raise errors.UnknownRevision(revision)
        sha256 = self.revisions[revision - 1]
        if sha256 in self.redacted:
            raise errors.ContentRedacted(sha256)
        return sha256

    def says(self, sha256s: Collection[str]) -> bool:
        """Whether readers are shown one of these texts, or will be, or the desk's newest draft is one.

        Nothing of a discarded draft or of a removed publication is shown ever again.
        """
        if self.discarded or (self.top and self.top.status is Status.REMOVED):
            return False
        said = {self.revisions[-1], *(standing.content_sha256 for standing in self.stack)}
        return not said.isdisjoint(set(sha256s) - self.redacted)

    # ---- the desk

    @classmethod
    def draft(cls, publication: UUID, content_sha256: str, act: Act) -> Self:
        """Revision 1 of a new publication."""
        return cls._create(
            cls.Drafted, id=publication, revision=1, content_sha256=content_sha256, **act.marks()
        )

    def revise(self, base: int, content_sha256: str, act: Act) -> None:
        """Save a revision on top of revision `base`. Raises StaleRevision, NothingChanged."""
        self._check_open()
        if base != self.revision:
            raise errors.StaleRevision(base, self.revision)
        if content_sha256 == self.revisions[-1]:
            raise errors.NothingChanged
        self.act(self.Revised, act, revision=self.revision + 1, content_sha256=content_sha256)

    def discard_draft(self, act: Act) -> None:
        """Give up a draft that is neither public nor scheduled."""
        self.check_unpublished()
        self.act(self.DraftDiscarded, act)

    def saved(self, content_sha256: str, actor: str) -> None:
        """A further revision (for events only)."""
        self.revisions.append(content_sha256)
        self.review.saved(content_sha256, actor)

    # ---- review

    def submit(self, revision: int, act: Act) -> None:
        """Ask for a review of the newest revision.

        Raises StaleRevision, AlreadyApproved, AlreadySubmitted.
        """
        self._check_open()
        sha256 = self.content_of(revision)
        if revision != self.revision:
            raise errors.StaleRevision(revision, self.revision)
        self.review.check_submittable(revision, sha256)
        self.act(self.Submitted, act, revision=revision)

    def request_changes(self, revision: int, comment: str, act: Act) -> None:
        """Give what was submitted back, with what is to change. Raises NotSubmitted, AlreadyApproved."""
        self._check_open()
        if not comment.strip():
            raise errors.ReasonMissing("comment", "ask for changes")
        self.review.check_answerable(revision, self.content_of(revision))
        self.act(self.ChangesRequested, act, revision=revision, comment=comment)

    def approve(self, revision: int, act: Act) -> None:
        """Say of another's text that it may go public, or that it rightly went past review.

        Later revisions need their own. Raises NotSubmitted, AlreadyApproved, NotYourOwnApproval.
        """
        self._check_open()
        sha256 = self.content_of(revision)
        self.review.check_answerable(revision, sha256)
        self.review.check_somebody_else(sha256, act.actor)
        self.act(self.Approved, act, revision=revision, content_sha256=sha256)

    # ---- public acts

    def publish(
        self,
        revision: int,
        path: str,
        act: Act,
        *,
        due: datetime | None = None,
        imported: bool = False,
        expedite: str | None = None,
    ) -> None:
        """Edition 1 at `path`, at once, at the later instant `due`, or at an imported one.

        `expedite` is the reason why it goes past review. Raises NotApproved.
        """
        self.check_unpublished()
        sha256 = self.content_of(revision)
        effective_at = holds_from(act, None, due, imported=imported)
        self._check_reviewed(revision, sha256, expedite, act)
        self._expedite(revision, sha256, expedite, act)
        self.act(
            self.Published,
            act,
            edition=1,
            revision=revision,
            content_sha256=sha256,
            path=path,
            effective_at=effective_at,
        )

    def amend(
        self,
        revision: int,
        significance: Significance,
        note: str,
        act: Act,
        *,
        due: datetime | None = None,
        cancel: bool = False,
        imported: bool = False,
        expedite: str | None = None,
    ) -> None:
        """The next edition, with what it means to readers and a note that says what changed."""
        top = self._base("amend", act, cancel=cancel)
        if top.status is not Status.LIVE:
            raise errors.NotLive(top.status, "amended")
        if not note.strip():
            raise errors.ReasonMissing("note", "amend")
        sha256 = self.content_of(revision)
        if sha256 == top.content_sha256:
            raise errors.NothingChanged
        effective_at = holds_from(act, top, due, imported=imported)
        self._check_reviewed(revision, sha256, expedite, act)
        self._cancel_pending(act)
        self._expedite(revision, sha256, expedite, act)
        self.act(
            self.Amended,
            act,
            edition=top.edition + 1,
            revision=revision,
            content_sha256=sha256,
            significance=str(significance),
            note=note,
            effective_at=effective_at,
        )

    def cancel_schedule(self, edition: int, act: Act) -> str | None:
        """Take a pending edition back; the path that is free again, where there is one.

        Raises NothingScheduled, AlreadyPublic.
        """
        self._check_open()
        top = self.top
        if top is None or top.edition != edition or not top.opens_edition:
            raise errors.NothingScheduled(edition)
        top.check_cancellable(act)
        self.act(self.ScheduleCancelled, act, edition=edition, effective_at=act.at)
        return top.path if edition == 1 else None

    def amend_note(self, edition: int, old: str, new: str, act: Act) -> None:
        """Change the public note of an edition; the old note stays in the history."""
        self._check_public("amend")
        if edition not in self.notes:
            raise errors.UnknownEdition(edition)
        current, since = self.notes[edition]
        if old != current:
            raise errors.StaleRevision(edition, edition)
        if new == current:
            raise errors.NothingChanged("the note")
        if not new.strip():
            raise errors.ReasonMissing("note", "amend the note")
        pending = self.pending(act)
        if pending is not None and pending.edition == edition:
            raise errors.ScheduleStands(edition, since)
        self.act(self.NoteAmended, act, edition=edition, old=old, new=new, effective_at=act.after(since))

    def move(self, path: str, act: Act, *, cancel: bool = False) -> None:
        """To another address; the old one leads here from then on."""
        top = self._base("move", act, cancel=cancel)
        if path == top.path:
            raise errors.NothingChanged("the address")
        effective_at = holds_from(act, top)
        self._cancel_pending(act)
        self.act(self.Moved, act, old=top.path, new=path, effective_at=effective_at)

    def withdraw(self, reason: str, act: Act, *, cancel: bool = False) -> None:
        """The text stays readable under a banner with the reason."""
        if not reason.strip():
            raise errors.ReasonMissing("reason", "withdraw")
        top = self._base("withdraw", act, cancel=cancel)
        if top.status is not Status.LIVE:
            raise errors.NotLive(top.status, "withdrawn")
        effective_at = holds_from(act, top)
        self._cancel_pending(act)
        self.act(self.Withdrawn, act, reason=reason, effective_at=effective_at)

    def reinstate(self, act: Act) -> None:
        """Take a withdrawal back."""
        top = self._base("reinstate", act, cancel=False)
        if top.status is not Status.WITHDRAWN:
            raise errors.NotWithdrawn
        self.act(self.Reinstated, act, effective_at=holds_from(act, top))

    def remove(
        self, explanation: str, act: Act, *, redirect: str | None = None, cancel: bool = False
    ) -> None:
        """Final: the text is suppressed at every instant, the explanation stands in its place."""
        if not explanation.strip():
            raise errors.ReasonMissing("explanation", "remove")
        target = (redirect or "").partition("?")[0].partition("#")[0]
        if target in {act.path for act in self.stack}:
            raise errors.BadText("redirect", "it is an address of this message itself: choose another")
        effective_at = holds_from(act, self._base("remove", act, cancel=cancel))
        self._cancel_pending(act)
        self.act(
            self.Removed,
            act,
            explanation=explanation,
            redirect=redirect,
            effective_at=effective_at,
        )

    def redact(
        self,
        edition: int,
        legal_basis: str,
        act: Act,
        *,
        cancel: bool = False,
        files_of: Callable[[Sequence[str]], Sequence[str]] = lambda _: (),
    ) -> Sequence[str]:
        """Suppress an edition at every instant; the hashes of the texts that are to be forgotten with it.

        The edition's content, and every revision that was saved since the edition before it. The event
        names besides them their files that nothing else uses, as `files_of` tells them.
        """
        if not legal_basis.strip():
            raise errors.ReasonMissing("legal_basis", "redact")
        top = self._base("redact", act, cancel=cancel)
        opened = self.stack.editions(act)
        if edition not in opened:
            raise errors.UnknownEdition(edition)
        forgotten = self._forgotten(edition, opened)
        effective_at = holds_from(act, top)
        self._cancel_pending(act)
        self.act(
            self.Redacted,
            act,
            edition=edition,
            legal_basis=legal_basis,
            content_sha256s=[*forgotten, *files_of(forgotten)],
            effective_at=effective_at,
        )
        return forgotten

    def _forgotten(self, edition: int, opened: dict[int, Standing]) -> list[str]:
        before = opened[edition - 1].revision if edition > 1 else 0
        kept = {s.content_sha256 for n, s in opened.items() if n != edition}
        # An edition can go back to a revision older than the edition before it, so name its own too.
        drafts = [*self.revisions[before : opened[edition].revision], opened[edition].content_sha256]
        return [sha for sha in dict.fromkeys(drafts) if sha not in kept]

    # ---- guards

    def check_unpublished(self) -> None:
        """Raises AlreadyPublished where an edition is public or scheduled, Discarded."""
        self._check_open()
        if self.stack:
            raise errors.AlreadyPublished

    def _check_open(self) -> None:
        if self.discarded:
            raise errors.Discarded
        if self.top and self.top.status is Status.REMOVED:
            raise errors.Gone

    def _check_public(self, act_name: str) -> None:
        self._check_open()
        if not self.stack:
            raise errors.NotPublished(act_name)

    def _base(self, act_name: str, act: Act, *, cancel: bool) -> Standing:
        """What a public act changes, once a pending edition is cancelled."""
        self._check_open()
        return self.stack.base(act_name, act, cancel=cancel)

    def _check_reviewed(self, revision: int, sha256: str, expedite: str | None, act: Act) -> None:
        """Raises NotApproved where nobody else has read a text, and no reason is given to go past that."""
        if expedite is not None and not expedite.strip():
            raise errors.ReasonMissing("expedite", "publish past review")
        if expedite is None and self.review.needed(sha256, act):
            raise errors.NotApproved(revision)

    def _expedite(self, revision: int, sha256: str, expedite: str | None, act: Act) -> None:
        """Say why a text goes past review, where it does. What is approved needs no reason."""
        if expedite is not None and self.review.needed(sha256, act):
            self.act(self.Expedited, act, revision=revision, content_sha256=sha256, reason=expedite)

    def _cancel_pending(self, act: Act) -> None:
        """Called once nothing can be refused any more, so that a refusal leaves nothing behind."""
        pending = self.pending(act)
        if pending is not None:
            self.cancel_schedule(pending.edition, act)

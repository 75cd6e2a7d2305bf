"""The stack of public acts that stand: what a new one is laid upon, and from when it holds."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from . import errors
from .recorded import Act

CANCEL_MARGIN = timedelta(seconds=30)
"""A schedule nearer than this is as good as public."""


class Status(StrEnum):
    """What stands at a publication's address."""

    LIVE = "live"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """One public act that stands, valid from `effective_at` until the one above it."""

    status: Status
    edition: int
    revision: int
    content_sha256: str
    path: str
    effective_at: datetime
    rehearsal: bool
    opens_edition: bool

    def check_cancellable(self, act: Act) -> None:
        """Raises AlreadyPublic."""
        nearest = self.effective_at - CANCEL_MARGIN
        if act.at > nearest or (not self.rehearsal and act.timestamp > nearest):
            raise errors.AlreadyPublic(self.edition)


class Stack(list[Standing]):
    """The acts of one publication, oldest first, as the segments of the read models hold them."""

    @property
    def top(self) -> Standing | None:
        return self[-1] if self else None

    def edition(self, number: int) -> Standing | None:
        """The act that opened an edition, scheduled ones included; None where there is none."""
        return next((act for act in self if act.edition == number and act.opens_edition), None)

    def lay(self, event: Any, **changes: Any) -> None:
        """Lay a changed copy of the top on it (for events only)."""
        kept = {"opens_edition": False, "effective_at": event.effective_at, "rehearsal": event.rehearsal}
        self.append(replace(self[-1], **kept | changes))

    def pending(self, act: Act) -> Standing | None:
        """The edition that is scheduled and not yet due.

        To a rehearsal in the past, what readers have really seen since is history, not a schedule.
        """
        top = self.top
        if top is None or not top.opens_edition or top.effective_at <= act.horizon:
            return None
        return top if top.rehearsal or top.effective_at > act.timestamp else None

    def base(self, act_name: str, act: Act, *, cancel: bool) -> Standing:
        """What a public act changes, once a pending edition is cancelled: that takes `cancel`.

        Raises NotPublished, ScheduleStands, AlreadyPublic.
        """
        if not self:
            raise errors.NotPublished(act_name)
        pending = self.pending(act)
        if pending is None:
            return self[-1]
        if not cancel:
            raise errors.ScheduleStands(pending.edition, pending.effective_at)
        if pending.edition == 1:
            raise errors.NotPublished(act_name)
        pending.check_cancellable(act)
        return self[-2]

    def editions(self, act: Act) -> dict[int, Standing]:
        """The acts that opened the public editions, by their numbers."""
        pending = self.pending(act)
        return {s.edition: s for s in self if s.opens_edition and s is not pending}


def holds_from(
    act: Act, base: Standing | None, due: datetime | None = None, *, imported: bool = False
) -> datetime:
    """From when an act holds: strictly later than what it is laid upon.

    At once, or at `due`: a later instant, or whichever an import gives. Raises InstantPassed,
    InstantTooEarly, RehearsalBehindHistory.
    """
    last = base.effective_at if base else None
    if due is None:
        return act.after(last)
    if imported and last is not None and due <= last:
        raise errors.InstantTooEarly(due, last)
    if not imported and due <= act.horizon:
        raise errors.InstantPassed(due)
    return due

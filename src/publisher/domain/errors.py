"""Every refusal of the newsroom, named by its reason.

A refusal leaves nothing behind. Its text is one sentence for the person who asked.
"""

from collections.abc import Sequence
from datetime import datetime


class PublisherError(Exception):
    """The root of all errors of this package."""

    def __str__(self) -> str:
        # What a sentence quotes may hold lone surrogates, which no page or terminal can carry.
        return super().__str__().encode("utf-8", "replace").decode()


class Refused(PublisherError):
    """A command that the rules do not admit."""


class NotFound(Refused):
    """Nothing of that name or number is here."""


class BadValue(Refused):
    """A value whose form is wrong; `field` names where, when that is known."""

    field: str | None = None


class BadInstant(BadValue):
    def __init__(self, text: str) -> None:
        super().__init__(
            f"“{text}” is not an instant: write RFC 3339 with an offset, "
            "such as 2026-11-24T09:00:00Z or 2026-11-24T09:00:00+01:00."
        )


class UnknownZone(BadValue):
    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” is not a time zone: use a tz database name such as Europe/London.")


class BadText(BadValue):
    """A text with characters or a length that can't be published."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class BadTranslation(BadText):
    """A text that says that it translates what it can't be a translation of."""

    def __init__(self, reason: str) -> None:
        super().__init__("translates", reason)


class NotWeighed(BadValue):
    """A change that is marked as minor touches what readers may have to know of; nobody confirmed it."""

    field = "confirmed"
    reason = (
        "This change touches what readers may have to know of: look at it, and confirm that they need not."
    )

    def __init__(self) -> None:
        super().__init__(self.reason)


class UnknownPublication(NotFound):
    def __init__(self, publication: object) -> None:
        super().__init__(f"There is no publication {publication}.")


class UnknownRevision(NotFound):
    def __init__(self, revision: int) -> None:
        super().__init__(f"There is no revision {revision} of this publication.")


class UnknownEdition(NotFound):
    def __init__(self, edition: int) -> None:
        super().__init__(f"There is no edition {edition} of this publication.")


class UnknownAccount(NotFound):
    def __init__(self, account: object) -> None:
        super().__init__(f"There is no account {account}.")


class StaleRevision(Refused):
    """Somebody saved in between: `current` is the newest revision, `given` what the command knew."""

    def __init__(self, given: int, current: int) -> None:
        super().__init__(
            f"Somebody saved revision {current} while you worked on revision {given}: "
            "compare the two texts and save again."
        )
        self.given = given
        self.current = current


class StaleMasthead(Refused):
    """Somebody changed the masthead after the version that the command knew of."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody changed the masthead since you read it: "
            "read it again, and send yours with its new ETag."
        )


class NothingChanged(Refused):
    def __init__(self, what: str = "the text") -> None:
        super().__init__(f"Nothing would change: {what} is the same already.")


class AlreadySubmitted(Refused):
    def __init__(self, revision: int) -> None:
        super().__init__(f"Revision {revision} is in review already.")


class NotSubmitted(Refused):
    def __init__(self, revision: int) -> None:
        super().__init__(f"Revision {revision} is not in review: it has to be submitted first.")


class AlreadyApproved(Refused):
    def __init__(self, revision: int) -> None:
        super().__init__(f"Revision {revision} is approved already.")


class NotApproved(Refused):
    """A text that nobody else has read."""

    def __init__(self, revision: int) -> None:
        super().__init__(
            f"Revision {revision} is not approved: submit it for review, "
            "or have a chief publish it past review."
        )


class NotYourOwnApproval(Refused):
    def __init__(self) -> None:
        super().__init__("Nobody approves their own text: ask somebody else.")


class AlreadyPublished(Refused):
    def __init__(self) -> None:
        super().__init__("This publication is public already: amend it instead.")


class NotPublished(Refused):
    def __init__(self, act: str) -> None:
        super().__init__(f"This publication was never public, so there is nothing to {act}.")


class NotLive(Refused):
    def __init__(self, status: str, act: str) -> None:
        super().__init__(f"This publication is {status}, so it can't be {act}.")


class NotWithdrawn(Refused):
    def __init__(self) -> None:
        super().__init__("Only a withdrawn publication can be reinstated.")


class Discarded(Refused):
    def __init__(self) -> None:
        super().__init__("This draft was discarded.")


class Gone(Refused):
    def __init__(self) -> None:
        super().__init__("This publication was removed, which is final.")


class ScheduleStands(Refused):
    """An edition is due later: the act must cancel it first, and was not told to."""

    def __init__(self, edition: int, due: datetime) -> None:
        super().__init__(
            f"Edition {edition} is scheduled for {due:%Y-%m-%d %H:%M:%S} UTC: "
            "this would cancel it first. Confirm that it may be cancelled."
        )
        self.edition = edition
        self.due = due


class NothingScheduled(Refused):
    def __init__(self, edition: int) -> None:
        super().__init__(f"Edition {edition} is not scheduled, so there is nothing to cancel.")


class AlreadyPublic(Refused):
    def __init__(self, edition: int) -> None:
        super().__init__(
            f"Edition {edition} is public or due within 30 seconds, so its schedule can't be cancelled."
        )


class InstantPassed(Refused):
    def __init__(self, instant: datetime) -> None:
        super().__init__(
            f"{instant:%Y-%m-%d %H:%M:%S} UTC has passed: choose a later instant, or publish now."
        )


class InstantTooEarly(Refused):
    """An imported act that is not later than every act that stands."""

    def __init__(self, instant: datetime, last: datetime) -> None:
        super().__init__(
            f"{instant:%Y-%m-%dT%H:%M:%S.%fZ} is not later than what stands since "
            f"{last:%Y-%m-%dT%H:%M:%S.%fZ}: history is only ever added at its end."
        )


class RehearsalBehindHistory(Refused):
    def __init__(self, last: datetime) -> None:
        super().__init__(
            f"The rehearsal's instant lies before what stands since {last:%Y-%m-%dT%H:%M:%S.%fZ}: "
            "choose a later PUBLISHER_NOW."
        )


class RehearsalInFuture(Refused):
    def __init__(self) -> None:
        super().__init__(
            "PUBLISHER_NOW is later than this machine's clock: a future can be looked at, not written to."
        )


class AddressTaken(Refused):
    def __init__(self, path: str) -> None:
        super().__init__(f"The address {path} is taken: choose another slug.")
        self.path = path


class BadSlug(BadValue):
    field = "slug"

    def __init__(self, slug: str) -> None:
        super().__init__(f"“{slug}” is not a slug: use 1 to 80 of a to z, 0 to 9 and hyphens.")


class ReasonMissing(BadValue):
    def __init__(self, field: str, act: str) -> None:
        super().__init__(f"To {act}, say why in “{field}”: readers will see it.")
        self.field = field


class ContentRedacted(Refused):
    def __init__(self, sha256: str) -> None:
        super().__init__(f"The text {sha256[:12]} was redacted and can't be stored again.")


class FileRedacted(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"The file {name} was redacted and can't be stored again: take it out of the text."
        )


class ContentShared(Refused):
    """A text that is to be forgotten stands elsewhere too; `publications` are paths, or ids of drafts."""

    def __init__(self, publications: Sequence[str]) -> None:
        super().__init__(
            f"The same text stands in {', '.join(publications)} too: remove it there, revise or discard "
            "it where it is a draft, and redact then."
        )
        self.publications = tuple(publications)


class CommandReused(Refused):
    """A command id that came before with another payload."""

    def __init__(self, command_id: str) -> None:
        super().__init__(f"The command {command_id} was already used for something else.")


class CounterFromFuture(BadValue):
    field = "since"

    def __init__(self, key: str, since: object) -> None:
        super().__init__(f"The counter “{key}” counts from {since}, which has not come yet.")
        self.key = key


class UnknownSetting(NotFound):
    def __init__(self, what: str, key: str) -> None:
        super().__init__(f"The masthead has no {what} “{key}”.")


class AccountClosed(Refused):
    def __init__(self) -> None:
        super().__init__("This account is closed.")


class RoleHeld(Refused):
    def __init__(self, role: str) -> None:
        super().__init__(f"The account has the role {role} already.")


class RoleNotHeld(Refused):
    def __init__(self, role: str) -> None:
        super().__init__(f"The account does not have the role {role}.")


class NotYourself(Refused):
    def __init__(self) -> None:
        super().__init__("Nobody changes their own roles or closes their own account.")


class LastAdmin(Refused):
    def __init__(self) -> None:
        super().__init__("This is the last admin: open another one first.")


class Forbidden(Refused):
    def __init__(self, action: str) -> None:
        super().__init__(f"Your roles do not admit this: {action}.")


class NewsroomNotEmpty(Refused):
    def __init__(self) -> None:
        super().__init__("This newsroom has content already: the demo fills an empty one only.")


class LogNewer(PublisherError):
    """The log holds something that this version of the code can't know."""


class LogBroken(PublisherError):
    """The log holds an event that nobody can have written so."""

    def __init__(self, what: str, reason: object) -> None:
        super().__init__(f"The log is broken, {what} can't be read: {reason}.")


class LogUnavailable(PublisherError):
    """The log can't be opened, locked or written."""

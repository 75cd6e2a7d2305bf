"""Review: who saved a text, who approved it, and what went public past that."""

from dataclasses import dataclass, field

from . import errors
from .recorded import Act


@dataclass(kw_only=True, slots=True)
class Review:
    """What is known of a publication's texts, by content hash, so that a later save changes nothing of it.

    `submitted` is the revision that a reviewer was asked to read, until there is an answer.
    """

    submitted: int | None = None
    savers: dict[str, set[str]] = field(default_factory=dict)
    approved: dict[str, str] = field(default_factory=dict)
    expedited: dict[str, str] = field(default_factory=dict)

    def saved(self, sha256: str, actor: str) -> None:
        self.savers.setdefault(sha256, set()).add(actor)

    def waits(self, sha256: str) -> bool:
        """Whether the text went public past review, and nobody has read it since."""
        return sha256 in self.expedited and sha256 not in self.approved

    def check_submittable(self, revision: int, sha256: str) -> None:
        """Raises AlreadyApproved, AlreadySubmitted."""
        if sha256 in self.approved:
            raise errors.AlreadyApproved(revision)
        if revision == self.submitted:
            raise errors.AlreadySubmitted(revision)

    def check_answerable(self, revision: int, sha256: str) -> None:
        """Whether a reviewer is asked about the revision. Raises AlreadyApproved, NotSubmitted."""
        if sha256 in self.approved:
            raise errors.AlreadyApproved(revision)
        if revision != self.submitted and not self.waits(sha256):
            raise errors.NotSubmitted(revision)

    def check_somebody_else(self, sha256: str, actor: str) -> None:
        """Raises NotYourOwnApproval for who saved the text, and for who let it past review."""
        if actor in self.savers[sha256] or actor == self.expedited.get(sha256):
            raise errors.NotYourOwnApproval

    def needed(self, sha256: str, act: Act) -> bool:
        """Whether the text may not go public yet. The command line is above review, and imports with it."""
        return not act.from_command_line and sha256 not in self.approved

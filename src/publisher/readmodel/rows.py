"""The frozen rows that the library answers with. Instants are aware UTC datetimes."""

from dataclasses import dataclass
from datetime import date, datetime

from ..domain.content import Content


@dataclass(frozen=True, kw_only=True, slots=True)
class ClockRow:
    label: str
    zone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactRow:
    label: str
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CounterRow:
    """A claim: `text` holds `{days}` once, the calendar days since `since` in `zone`."""

    key: str
    since: date
    zone: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CounterStep:
    """What became of a counter at an instant; the claim is as it read from then on.

    `kind` is started, restarted (it counts from another day or in another zone), reworded or
    stopped. `before` is the text that another took the place of, `reason` why it stopped.
    """

    kind: str
    at: datetime
    claim: CounterRow
    before: str | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeRow:
    id: str
    level: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MastheadRow:
    """The masthead as of an instant; `name` and `zone` are None where none was set yet."""

    name: str | None
    zone: str | None
    clocks: tuple[ClockRow, ...] = ()
    contacts: tuple[ContactRow, ...] = ()
    counters: tuple[CounterRow, ...] = ()
    notices: tuple[NoticeRow, ...] = ()
    pinned: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedRow:
    """A publication in a list, as of an instant.

    `edition` above 1 means that it was amended; `significance` and `note` are then those of that
    edition, `amended` its instant; all three are None on edition 1.
    """

    publication: str
    path: str
    kind: str
    language: str
    title: str
    summary: str
    published: datetime
    edition: int
    significance: str | None = None
    note: str | None = None
    amended: datetime | None = None
    pinned: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class PageOf:
    """One page of a list: its rows, the number of all, and where it stands (numbers from 1)."""

    rows: tuple[ListedRow, ...]
    total: int
    number: int
    size: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))


@dataclass(frozen=True, kw_only=True, slots=True)
class EditionRow:
    """One public edition in a publication's history. `note` and `significance` are None on edition 1."""

    number: int
    revision: int
    content_sha256: str
    effective_at: datetime
    recorded_at: datetime
    title: str
    significance: str | None = None
    note: str | None = None
    redacted: str | None = None
    """The legal basis, where the edition was redacted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StandingRow:
    """What a path leads to, as of an instant.

    `status` is live, withdrawn or removed. `path` is where the publication is at that instant:
    another than the asked one means 301. `content` is None where it was removed or redacted.
    `reason` is that of the withdrawal or removal, `redirect` the target of a removal.
    """

    publication: str
    path: str
    status: str
    since: datetime
    published: datetime
    bumped: datetime
    edition: EditionRow
    content: Content | None
    reason: str | None = None
    redirect: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedRow:
    """An entry of a feed, as of an instant. `updated` is the instant that orders feeds.

    `status` withdrawn or removed: the entry says so (`reason`), for 30 days after `updated`.
    """

    publication: str
    path: str
    status: str
    published: datetime
    updated: datetime
    edition: int
    content: Content | None
    title: str
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchiveTail:
    """The end of a feed's archive: `full` pages, and one begun with `count` entries of publications.

    `redactions` is how many there were in the whole log.
    """

    full: int
    begun: frozenset[str]
    count: int
    redactions: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchivePage:
    """A page of a feed's archive: entries as they were when they came, the newest first.

    `complete` is the instant at which the last of them came; `name` and `zone` are the newsroom's then.
    `hidden` is how many are left out since their publication was removed.
    """

    rows: tuple[FeedRow, ...]
    complete: datetime
    redactions: int
    hidden: int
    name: str | None
    zone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """How many publications a year, month, kind, topic or person has."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """What every public answer at an instant depends on: the source of its validators.

    `position` is the highest log position whose row holds at that instant, `boundary` the latest
    instant at which anything public changed (an event's effect or its recording).
    """

    position: int
    boundary: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class EventRow:
    """An event in the auditors' list; its data is read from the log by its position."""

    position: int
    recorded_at: datetime
    effective_at: datetime | None
    type: str
    actor: str
    subject: str
    """`publication/<uuid>`, `address/<uuid>`, `masthead/<uuid>` or `account/<uuid>`."""
    command_id: str
    rehearsal: bool
    title: str | None = None
    """The title of the publication concerned, as of the log's head, where there is one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskRow:
    """A publication on the desk, as of the log's head.

    `state` is draft, scheduled, published, withdrawn, removed or discarded; `due` the instant of a
    pending edition; `revision` the newest one, `live_revision` that of the newest standing edition.
    `review` tells where the newest revision stands: submitted, changes-requested, approved, or None;
    `fresh` whether it says something else than the newest edition; `unreviewed` whether that edition
    went past review and nobody else has read it since. `translated` is the edition of the `original`
    that the newest revision translates; `behind` the later one that is live beside it, where there is one.
    """

    publication: str
    title: str
    kind: str
    language: str
    state: str
    revision: int
    live_revision: int | None
    edition: int | None
    path: str | None
    due: datetime | None
    saved_at: datetime
    saved_by: str
    review: str | None = None
    fresh: bool = True
    unreviewed: bool = False
    original: str | None = None
    translated: int | None = None
    behind: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewRow:
    """A step of review: submitted, changes-requested, approved or expedited, with what was said."""

    kind: str
    revision: int
    actor: str
    recorded_at: datetime
    text: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class RevisionRow:
    number: int
    content_sha256: str
    recorded_at: datetime
    actor: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StageRow:
    """One stage of a publication's public life: a status at a path, with an edition, from an instant.

    Two stages that follow each other tell an amendment, a move, a withdrawal, a reinstatement or a
    removal. `reason` is that of a withdrawal or removal.
    """

    status: str
    path: str
    edition: int
    since: datetime
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FileRow:
    """A file as a text names it; `width` and `height` are those of an image, in pixels."""

    sha256: str
    name: str
    media_type: str
    size: int
    width: int | None = None
    height: int | None = None

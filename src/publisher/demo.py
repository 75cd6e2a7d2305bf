"""The sample newsroom: an invented lake authority's three years, told relative to a given instant.

The texts stand in `demo/`, one file a publication, named by its key: fields, an empty line,
the body in Markdown, then each amendment after a line `===`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from importlib import resources

from .domain import zones
from .domain.content import Content
from .domain.masthead import Clock, Contact, Counter, MastheadText, Notice
from .domain.publication import Significance
from .interchange.bundle import AmendmentLine, Bundle, MastheadLine, PublicationLine

ZONE = "Europe/Zurich"
"""The sample newsroom's zone: its days and times of day are meant in it."""
FLOOD = 412
OPENED = 1_090
PIER_CLOSED = 20
"""Days before the given instant: the flood, the first masthead, the standing notice."""
ILLUSTRATED = "annual-figures"
PICTURE, TABLE = "passengers-by-month.png", "the-year-in-figures.csv"
"""The files that are added to a text of the past."""
SCHEDULED = "second-gauge"
IN_REVIEW = "pier-reopening"
"""The texts that are not public yet."""
TRANSLATION = "jahreszahlen"
"""What says the illustrated text in German, as it was before it had a picture."""
LIVE = (SCHEDULED, IN_REVIEW, TRANSLATION)
"""The texts that are no part of the past."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Withdrawal:
    key: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    key: str
    slug: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """A publication that becomes public at `at`, an aware UTC datetime."""

    slug: str
    content: Content
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Illustration:
    """What a publication says once it has a picture, named in its text, and a table."""

    key: str
    content: Content
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Translation:
    """What says edition 1 of the publication `key` in another language."""

    key: str
    slug: str
    content: Content


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoActs:
    """What editors do after the import, as people do it; `pinned` and the keys are the bundle's."""

    withdrawal: Withdrawal
    move: Move
    translation: Translation
    illustration: Illustration
    schedule: Schedule
    in_review: Content
    pinned: str


def demo_bundle(now: datetime) -> Bundle:
    """The newsroom's past, the last publication on the day before `now` (aware)."""
    mastheads = tuple(_mastheads(now))
    texts = {key: text for key, text in _texts() if key not in LIVE}
    lines = [_publication(key, text, now) for key, text in texts.items()]
    lines.sort(key=lambda line: (line.published_at, line.key))
    return Bundle(
        mastheads=mastheads,
        publications=tuple(_numbered(lines, len(mastheads) + 1)),
    )


def demo_acts(now: datetime) -> DemoActs:
    """What is done live at `now` (aware): a withdrawal, a move, a translation, an amendment of its original
    with a picture, a schedule for tomorrow 09:00, a draft that waits for a reviewer, a pin.
    """
    texts = dict(_texts())
    due = _publication(SCHEDULED, texts[SCHEDULED], now)
    return DemoActs(
        withdrawal=Withdrawal(
            key="mooring-queue",
            reason=(
                "The board has taken back the decision that this statement explains: moorings in "
                "Hallbruck Bay are not drawn by lot until those on the waiting list have been heard."
            ),
        ),
        move=Move(key="open-data", slug="sixty-years-of-open-data"),
        translation=Translation(
            key=ILLUSTRATED,
            slug=TRANSLATION,
            content=_publication(TRANSLATION, texts[TRANSLATION], now).content,
        ),
        illustration=Illustration(
            key=ILLUSTRATED,
            content=_illustrated(_publication(ILLUSTRATED, texts[ILLUSTRATED], now).content),
            note="A chart of the ferries’ passengers by month was added, and the figures as a table.",
        ),
        schedule=Schedule(slug=SCHEDULED, content=due.content, at=due.published_at),
        in_review=_publication(IN_REVIEW, texts[IN_REVIEW], now).content,
        pinned="level-rule-briefing",
    )


def _illustrated(content: Content) -> Content:
    """With the picture after the table of the text."""
    before, _, after = content.body.partition("\n\nThree figures")
    picture = f'![]({PICTURE} "Passengers of the ferries by month, in thousands.")'
    return content.changed(body=f"{before}\n\n{picture}\n\nThree figures{after}")


def table_of(content: Content) -> str:
    """The table of a text as CSV."""
    rows = [line for line in content.body.splitlines() if line.startswith("|") and "---" not in line]
    cells = ([cell.strip() for cell in row.strip("|").split("|")] for row in rows)
    return "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in cells)


def _mastheads(now: datetime) -> Iterator[MastheadLine]:
    notice = Notice(
        level="information",
        text="The ferry pier at Varn is closed for repairs. Boats call at Quill Point; a bus meets them.",
    )
    stages: Sequence[tuple[int, int, tuple[Notice, ...]]] = (
        (OPENED, 1_713, ()),
        (FLOOD, FLOOD, ()),
        (PIER_CLOSED, FLOOD, (notice,)),
    )
    for number, (days, flood, notices) in enumerate(stages, 1):
        text = _masthead_text(now, flood, notices)
        yield MastheadLine(number=number, at=_instant(now, days, "5:30"), text=text)


def _masthead_text(now: datetime, flood: int, notices: tuple[Notice, ...]) -> MastheadText:
    today = zones.local_date(now, ZONE)
    return MastheadText(
        name="Lake Ondrel Authority",
        zone=ZONE,
        clocks=(Clock(label="Hallbruck", zone=ZONE), Clock(label="Universal time", zone="Etc/UTC")),
        contacts=(
            Contact(label="Press office", value="+44 1632 960100"),
            Contact(label="Harbour desk", value="+44 1632 960142"),
            Contact(label="Flood desk, day and night", value="+44 1632 960111"),
        ),
        counters=(
            Counter(
                key="flood-mark",
                since=today - timedelta(days=flood),
                zone=ZONE,
                text="{days} days since the lake last passed the flood mark at Hallbruck",
            ),
            Counter(
                key="safe-work",
                since=today - timedelta(days=1_264),
                zone=ZONE,
                text="{days} days without a serious accident on our piers and vessels",
            ),
        ),
        notices=notices,
    )


def _texts() -> Iterator[tuple[str, str]]:
    """Keys and texts, in order of the keys."""
    for file in sorted(resources.files(__package__).joinpath("demo").iterdir(), key=lambda f: f.name):
        yield file.name.removesuffix(".md"), file.read_text("utf-8")


def _publication(key: str, text: str, now: datetime) -> PublicationLine:
    first, *amended = text.split("\n===\n")
    head, _, body = first.partition("\n\n")
    fields = _fields(head)
    content = Content(
        kind=fields["kind"],
        language=fields.get("language", "en-GB"),
        title=fields["title"],
        summary=fields["summary"],
        body=body.strip(),
        topics=tuple(fields["topics"].split(", ")),
        speakers=tuple(filter(None, fields.get("speakers", "").split(", "))),
    )
    return PublicationLine(
        number=0,
        key=key,
        slug=key,
        published_at=_instant(now, int(fields["days"]), fields["time"]),
        content=content,
        amendments=tuple(_amendments(content, amended, now)),
    )


def _amendments(content: Content, blocks: Iterable[str], now: datetime) -> Iterator[AmendmentLine]:
    for block in blocks:
        head, _, new = block.partition("\nwith: ")
        fields = _fields(head)
        content = content.changed(
            summary=fields.get("summary", content.summary),
            body=content.body.replace(fields["replace"], new.strip()),
        )
        yield AmendmentLine(
            at=_instant(now, int(fields["days"]), fields["time"]),
            significance=Significance(fields["significance"]),
            note=fields["note"],
            content=content,
        )


def _fields(head: str) -> dict[str, str]:
    return {name: value for name, _, value in (line.partition(": ") for line in head.splitlines())}


def _instant(now: datetime, days: int, clock: str) -> datetime:
    """The time of day `clock` in the newsroom's zone, `days` before the day of `now`, in UTC."""
    hour, minute = map(int, clock.split(":"))
    day = zones.local_date(now, ZONE) - timedelta(days=days)
    return datetime.combine(day, time(hour, minute), zones.zone(ZONE)).astimezone(UTC)


def _numbered(lines: Iterable[PublicationLine], start: int) -> Iterator[PublicationLine]:
    for number, line in enumerate(lines, start):
        yield PublicationLine(
            number=number,
            key=line.key,
            slug=line.slug,
            published_at=line.published_at,
            content=line.content,
            amendments=line.amendments,
        )

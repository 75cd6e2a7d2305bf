"""An invented newsroom of any size, the same for the same size and instant."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from publisher.domain.content import Content
from publisher.domain.masthead import Clock, Contact, Counter, MastheadText, Notice
from publisher.domain.publication import Significance
from publisher.interchange.bundle import AmendmentLine, Bundle, MastheadLine, PublicationLine

SPAN = timedelta(days=365 * 12)
"""From the first publication to the last one."""
KINDS = ("statement", "press-release", "transcript", "interview", "notice")
RARE = 100
"""One publication in so many holds the same rare word."""
COMMON = "breakwater"
"""A word of every text."""

_WORDS = (
    "harbour quay ferry tide council survey repair notice channel buoy dredger timetable pilot "
    "committee berth ledger signal lantern winter harvest measure report public meeting minister "
    "engineer inspection bridge storm warning regular service passenger freight customs"
).split()


def bundle(now: datetime, publications: int, editions: int = 3, body: int = 6_000) -> Bundle:
    """`publications` over twelve years up to the day before `now`, each with `editions`.

    `body` is the length of a text in bytes, near enough.
    """
    first = now - timedelta(days=1) - SPAN
    return Bundle(
        mastheads=(MastheadLine(number=1, at=first - timedelta(days=30), text=_masthead(first)),),
        publications=tuple(_publications(first, publications, editions, body)),
    )


def rare_word(number: int) -> str:
    """The rare word of the publication `number`."""
    return f"lighthouse{number % RARE:02}"


def content(number: int, body: int = 6_000) -> Content:
    """The first edition's text of the publication `number`."""
    return Content(
        kind=KINDS[number % len(KINDS)],
        language="en-GB",
        title=f"{_word(number).capitalize()} {_word(number * 7 + 3)} {number}",
        summary=f"What the {_word(number * 3)} means for the {_word(number * 5 + 1)}.",
        body=_body(number, body),
        topics=(f"topic-{number % 40}", f"place-{number % 17}"),
        speakers=(f"Speaker {number % 60}",),
    )


def amended(said: Content, edition: int) -> Content:
    """The text of a later edition: one more paragraph."""
    return said.changed(body=f"{said.body}\nAdded in edition {edition}: the {_word(edition)} stands.\n")


def _publications(first: datetime, count: int, editions: int, body: int) -> Iterator[PublicationLine]:
    for number in range(count):
        published = first + SPAN * (number + 1) / count - timedelta(hours=editions)
        said = content(number, body)
        yield PublicationLine(
            number=number + 2,
            key=f"bench-{number}",
            published_at=published,
            content=said,
            amendments=tuple(_amendments(said, published, editions)),
        )


def _amendments(said: Content, published: datetime, editions: int) -> Iterator[AmendmentLine]:
    for edition in range(2, editions + 1):
        said = amended(said, edition)
        yield AmendmentLine(
            at=published + timedelta(hours=edition - 1),
            significance=(Significance.MAJOR, Significance.MINOR, Significance.CORRECTION)[edition % 3],
            note=f"Edition {edition} says more.",
            content=said,
        )


def _body(number: int, length: int) -> str:
    paragraphs: list[str] = []
    written, step = 0, 0
    while written < length:
        words = " ".join(_word(number * 31 + step * 17 + i * i) for i in range(60))
        paragraph = f"{words.capitalize()} at the {COMMON}."
        if step == 0:
            paragraph += f" See {rare_word(number)}."
        paragraphs.append(paragraph)
        written, step = written + len(paragraph) + 2, step + 1
    return "\n\n".join(paragraphs) + "\n"


def _word(number: int) -> str:
    return _WORDS[number % len(_WORDS)]


def _masthead(first: datetime) -> MastheadText:
    since = (first - timedelta(days=100)).date()
    return MastheadText(
        name="Bench Harbour Authority",
        zone="Europe/London",
        clocks=(Clock(label="Harbour", zone="Europe/London"), Clock(label="Capital", zone="Asia/Tokyo")),
        contacts=(Contact(label="Press desk", value="press@harbour.example"),),
        counters=(
            Counter(key="flood", since=since, zone="Europe/London", text="{days} days since the flood."),
            Counter(key="bridge", since=since, zone="Asia/Tokyo", text="{days} days without a bridge."),
        ),
        notices=(Notice(level="info", text="The office is open."),),
    )

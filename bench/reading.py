"""What the library's questions cost, now and as of an instant five years back."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from publisher.readmodel.fold_archives import PAGE
from publisher.readmodel.library import Library

from . import material
from .measuring import Bar, Row, microseconds

YEARS_BACK = timedelta(days=365 * 5)

Question = Callable[[datetime], object]


def questions(library: Library, now: datetime) -> Iterator[Row]:
    """One row a question: its microseconds as of five years back, beside those of now."""
    asked = _questions(library, now - YEARS_BACK)
    bar = Bar("questions", len(asked))
    for what, ask in asked.items():
        present = microseconds(lambda ask=ask: ask(now))  # type: ignore[misc]
        past = microseconds(lambda ask=ask: ask(now - YEARS_BACK))  # type: ignore[misc]
        yield Row(
            what=f"{what}, five years back",
            value=past,
            unit="us",
            against=present,
            baseline="now",
            ratio=past / present,
        )
        bar.step()
    yield _archive(library, now)
    bar.end()


def _archive(library: Library, now: datetime) -> Row:
    """What a page in the midst of the feed's archive costs, beside the feed."""
    middle = library.archive_tail(now).full // 2
    feed = microseconds(lambda: library.feed(now))
    page = microseconds(lambda: library.archive_page(now, None, middle, PAGE))
    return Row(
        what="a page of the feed's archive",
        value=page,
        unit="us",
        against=feed,
        baseline="feed",
        ratio=page / feed,
    )


def _questions(library: Library, past: datetime) -> dict[str, Question]:
    path = library.latest(past, 1)[0].path
    rare = material.rare_word(7)
    return {
        "front page": library.front,
        "feed": library.feed,
        "feed of a topic": lambda t: library.feed(t, "topic:topic-7"),
        "page by path": lambda t: library.at_path(t, path),
        "search, a rare word": lambda t: library.search(t, rare),
        "search, a word of every text": lambda t: library.search(t, material.COMMON),
        "listing, page 1": lambda t: library.listing(t),
        "listing, page 100": lambda t: library.listing(t, page=100),
        "listing of a topic": lambda t: library.listing(t, facet="topic:topic-7"),
        "tallies by year": lambda t: library.tallies(t, "year"),
        "corrections": lambda t: library.corrections(t, 5),
        "masthead": library.masthead,
        "next change": library.next_change,
        "version": library.version,
    }

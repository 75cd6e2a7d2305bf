"""What writing and rebuilding cost, beside the library's own saving and decoding."""

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from itertools import groupby, islice
from pathlib import Path
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import Mapper

from publisher.application import By, Newsroom
from publisher.config import machine_clock
from publisher.domain.content import Content
from publisher.domain.publication import Publication, Significance
from publisher.interchange.importing import import_bundle
from publisher.readmodel import rebuild
from publisher.readmodel.tables import SEARCH
from publisher.readmodel.texts import PORTION

from . import material
from .measuring import Bar, Row, cpu_seconds, seconds

ROUNDS = 3
PAGE = 5_000


def importing(newsroom: Newsroom, now: datetime, publications: int, editions: int) -> Iterator[Row]:
    """Fill an empty newsroom from a bundle."""
    bundle = material.bundle(now, publications, editions)
    bar = Bar("import", publications)
    started = time.perf_counter()
    worked = cpu_seconds(lambda: import_bundle(newsroom, bundle, By(), bar.step))
    took = time.perf_counter() - started
    bar.end()
    head = newsroom.reader.head()
    yield Row(what="import", value=took, unit="s")
    yield Row(what=f"import of {head:,} events", value=head / worked, unit="events/CPU s")


def appending(publications: int) -> Row:
    """Draft, publish, revise and amend, beside `save()` of the same events in the same groups."""
    ours: list[float] = []
    theirs: list[float] = []
    texts = [material.content(number) for number in range(publications)]
    said = [(text, material.amended(text, 2)) for text in texts]
    bar = Bar("append", ROUNDS)
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            newsroom = Newsroom(folder, machine_clock, default_zone="UTC")
            took = seconds(lambda room=newsroom: _work(room, said))  # type: ignore[misc]
            events = [event for _, event in newsroom.reader.select(0, publications * 20)]
            newsroom.close()
            ours.append(len(events) / took)
            theirs.append(len(events) / library_save(folder / "plain.db", events))
        bar.step()
    bar.end()
    return _compared("append, one by one", ours, theirs, "the library's save()")


def rebuilding(newsroom: Newsroom, path: Path) -> Iterator[Row]:
    """All views anew at `path`, beside reading and decoding the log with the library's mapper.

    And beside the least that views with a search need: decoding it, reading its texts, indexing them.
    """
    bar = Bar("rebuild", 3)
    decoding = cpu_seconds(lambda: _decode(newsroom))
    bar.step()
    took = cpu_seconds(lambda: rebuild.ensure(path, newsroom.reader))
    bar.step()
    least = cpu_seconds(lambda: _index(newsroom))
    bar.end()
    for against, baseline in ((decoding, "the library's decoding"), (least, "decoding and indexing alone")):
        yield Row(
            what="rebuild",
            value=newsroom.reader.head() / took,
            unit="events/CPU s",
            against=newsroom.reader.head() / against,
            baseline=baseline,
            ratio=against / took,
        )


def _work(newsroom: Newsroom, texts: list[tuple[Content, Content]]) -> None:
    for first, second in texts:
        drafted = newsroom.draft(first, By())
        newsroom.publish(drafted.id, 1, By())
        newsroom.revise(drafted.id, 1, second, By())
        newsroom.amend(drafted.id, 2, Significance.MAJOR, "More.", By())


def library_save(file: Path, events: list[Any]) -> float:
    """Seconds of the library's own saving of the same events, grouped as they were written."""
    saves = [list(group) for _, group in groupby(events, key=lambda event: event.command_id)]
    plain: Application[UUID] = Application(
        {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(file)}
    )

    def save_all() -> None:
        for group in saves:
            plain.save(*group)

    took = seconds(save_all)
    plain.close()
    return took


def _decode(newsroom: Newsroom) -> None:
    for _ in _decoded(newsroom):
        pass


def _decoded(newsroom: Newsroom) -> Iterator[tuple[int, Any]]:
    mapper: Mapper[UUID] = Mapper(newsroom.mapper.transcoder)
    recorder, last = newsroom.events_recorder, 0
    while found := recorder.select_notifications(last, PAGE, inclusive_of_start=False):
        for notification in found:
            yield notification.id, mapper.to_domain_event(notification)
        last = found[-1].id


def _index(newsroom: Newsroom) -> None:
    """Every edition's text into a search table that nothing else stands beside."""
    opening = (Publication.Published, Publication.Amended)
    editions = ((p, e.content_sha256) for p, e in _decoded(newsroom) if isinstance(e, opening))
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(sqlite3.connect(Path(folder) / "index.db")) as index,
    ):
        index.execute("PRAGMA synchronous = OFF")
        index.execute(SEARCH)
        while portion := dict(islice(editions, PORTION)):
            found = newsroom.reader.contents_of(set(portion.values()))
            texts = ((p, Content.parse(found[sha256])) for p, sha256 in portion.items())
            index.executemany(
                "INSERT INTO search_text (rowid, title, summary, body) VALUES (?, ?, ?, ?)",
                [(p, text.title, text.summary, text.body) for p, text in texts],
            )
        index.commit()


def _compared(what: str, ours: list[float], theirs: list[float], baseline: str) -> Row:
    """Medians, and the median of the rounds' own ratios."""
    return Row(
        what=what,
        value=statistics.median(ours),
        unit="events/s",
        against=statistics.median(theirs),
        baseline=baseline,
        ratio=statistics.median(a / b for a, b in zip(ours, theirs, strict=True)),
    )

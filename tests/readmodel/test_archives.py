"""Any history of commands: the archives of the feeds hold every entry, and no page ever changes."""

import json
import sqlite3
import tempfile
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from helper_histories import STEP, Step, played
from helper_log import Log, Views
from helper_naive import Naive
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from movable_clock import MovableClock
from publisher.application import By
from publisher.bootstrap import open_publisher
from publisher.config import Config
from publisher.domain.content import Content, canonical_tag, slug_of
from publisher.readmodel.fold_archives import PAGE
from publisher.readmodel.library import Library
from publisher.readmodel.rebuild import rebuild


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STEP, min_size=1, max_size=40))
def test_a_page_of_an_archive_never_says_anything_else(steps: list[Step]) -> None:
    """Under its name: how much of which page, and what was hidden of it by then."""
    log = Log()
    known: dict[tuple[Any, ...], Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        views = Views(log, Path(folder) / "views.db")
        try:
            for _ in played(log, steps):
                library = views.read()
                for feed in (None, "topic:alpha", "kind:statement"):
                    tail = library.archive_tail(log.now, feed)
                    known.setdefault((feed, tail.full + 1, tail.count, tail.redactions, 0), None)
                for name in [*known]:
                    _check_page(library, log.now, known, name)
            for pub in log.publications:  # what was saved on the way to an act that was refused
                log.save(pub)
            for t in (log.now, log.now + timedelta(days=40)):
                _check_archives(log, views.read(), t)
            assert rebuild(views.path, log).differences == ()
        finally:
            views.close()


def test_what_waits_is_written_alike_by_every_process(tmp_path: Path, clock: MovableClock) -> None:
    """A rebuild would find a difference otherwise, where there is none."""
    topics = tuple(f"topic-{letter}" for letter in "hgfedcba")
    said = Content(kind="notice", language="en", title="T", summary="", body="B.", topics=topics)
    with closing(open_publisher(Config(data=tmp_path / "var"), clock)) as publisher:
        drafted = publisher.newsroom.draft(said, By())
        publisher.newsroom.publish(drafted.id, 1, By(), due=clock.now + timedelta(hours=1))
        publisher.projector.catch_up()
        with closing(sqlite3.connect(tmp_path / "var" / "views.db")) as views:
            ((feeds,),) = views.execute("SELECT feeds FROM waiting").fetchall()
    names = ["", "kind:notice", "language:en", *(f"topic:{topic}" for topic in sorted(topics))]
    assert json.loads(feeds) == names


def _check_page(
    library: Library, t: datetime, known: dict[tuple[Any, ...], Any], name: tuple[Any, ...]
) -> None:
    feed, page, count, redactions, hidden = name
    found = library.archive_page(t, feed, page, count) if count else None
    if found is None:
        assert count == 0 or (feed and redactions < library.archive_tail(t).redactions)
        return
    assert (found.redactions, found.hidden) >= (redactions, hidden)
    before = known.setdefault((feed, page, count, found.redactions, found.hidden), found)
    if before is None:
        known[feed, page, count, found.redactions, found.hidden] = found
    else:
        assert before == found


def _check_archives(log: Log, library: Library, t: datetime) -> None:
    """Every entry of every list, in the order in which they came, as they were; the hidden left out."""
    entries = _entries(log, t)
    for feed in (None, "topic:alpha", "kind:statement", "person:anna-ray", "language:de"):
        held = [(key, row) for key, feeds, row in entries if feed is None or feed in feeds]
        tail = library.archive_tail(t, feed)
        assert (tail.full, tail.count) == divmod(len(held), PAGE)
        for number in range(tail.full + 1):
            part = held[number * PAGE :][:PAGE]
            if not part:
                continue
            newest = {row[0]: row for _, row in part}
            found = library.archive_page(t, feed, number + 1, len(part))
            assert found is not None
            seen = [newest.pop(row[0]) for _, row in reversed(part) if row[0] in newest]
            assert [(r.publication, r.status, r.updated, r.content) for r in found.rows] == [
                row for row in seen if row[1] == "removed" or row[3] is not None
            ]


def _entries(log: Log, t: datetime) -> list[tuple[Any, set[str], tuple[str, str, datetime, Any]]]:
    positions = {id(event): position for position, event in enumerate(log.events)}
    found = []
    for pub in log.publications:
        events = [e for e in log.events if e.originator_id == pub.id]
        naive = Naive(events, log.contents)
        for event in naive.acts():
            name = type(event).__name__
            if name in ("Moved", "NoteAmended", "Redacted") or event.effective_at > t:
                continue
            if name == "Amended" and event.significance == "minor":
                continue
            then = Naive([e for e in events if positions[id(e)] <= positions[id(event)]], log.contents)
            state = then.at(event.effective_at)
            assert state is not None
            text = log.contents.get(state["sha256"])
            feeds = (
                _lists(Content.parse(text)) if text and state["edition"] not in naive.redacted else set()
            )
            hidden = naive.removed is not None or state["edition"] in naive.redacted or not text
            content = None if hidden else Content.parse(text)
            row = (str(pub.id), state["status"], state["bumped"], content)
            found.append(((max(event.effective_at, event.timestamp), positions[id(event)]), feeds, row))
    return sorted(found, key=lambda entry: entry[0])


def _lists(content: Content) -> set[str]:
    found = {f"topic:{topic}" for topic in content.topics} | {f"kind:{content.kind}"}
    found |= {f"person:{slug_of(speaker)}" for speaker in content.speakers}
    return found | {f"language:{canonical_tag(content.language)}"}

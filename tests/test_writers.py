"""Several writers on one log: processes that take turns, and what a conflict or a killed writer leaves."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest

from publisher.application import By, Newsroom
from publisher.domain import errors
from publisher.domain.content import Content
from publisher.log import WriterLock

Make = Callable[..., Newsroom]
TEXT = Content(kind="statement", language="en", title="Title", summary="", body="Body.\n")

WRITING = """
import sys
from pathlib import Path
from publisher.application import By, Newsroom
from publisher.config import machine_clock
from publisher.domain.content import Content

folder, name, count = sys.argv[1:]
room = Newsroom(Path(folder), machine_clock, default_zone="UTC")
for number in range(int(count)):
    text = Content(kind="statement", language="en", title="Title", summary=f"{name} {number}", body="")
    drafted = room.draft(text, By())
    print(room.publish(drafted.id, 1, By()).path, flush=True)
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Interrupted(Content):
    """A content during whose check, after the loading and before the saving, something else happens."""

    meanwhile: Callable[[], object]

    def check(self) -> None:
        self.meanwhile()

    def canonical(self) -> bytes:
        return TEXT.changed(title=self.title).canonical()


def interrupted(title: str, meanwhile: Callable[[], object]) -> Interrupted:
    return Interrupted(
        kind="statement", language="en", title=title, summary="", body="", meanwhile=meanwhile
    )


def lawless(newsroom: Newsroom, tmp_path: Path) -> Newsroom:
    """A newsroom that does not know the others' lock file."""
    newsroom._writers = WriterLock(tmp_path / "another.lock")
    return newsroom


def writer(folder: Path, name: str, count: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", WRITING, str(folder), name, str(count)], stdout=subprocess.PIPE, text=True
    )


def test_processes_that_write_at_once_take_turns(tmp_path: Path, newsroom: Make) -> None:
    """Nothing is lost, no address given twice, and timestamps follow the log's order."""
    processes = [writer(tmp_path / "var", name, 8) for name in ("one", "two", "three")]
    paths: list[str] = []
    for process in processes:
        paths += process.communicate(timeout=25)[0].split()
        assert process.returncode == 0
    assert len(paths) == len(set(paths)) == 24
    stored = newsroom().reader.stored(0, 1_000)
    assert [position for position, _ in stored] == list(range(1, len(stored) + 1))
    assert [event.topic for _, event in stored].count("publisher.masthead.opened") == 1
    commands = [(json.loads(e.state)["timestamp"], json.loads(e.state)["command_id"]) for _, e in stored]
    assert all(b[0] > a[0] for a, b in pairwise(commands) if a[1] != b[1])
    assert all(b[0] == a[0] for a, b in pairwise(commands) if a[1] == b[1])


def test_what_a_killed_writer_was_answered_is_in_the_log(tmp_path: Path, newsroom: Make) -> None:
    """A receipt means stored; a text without its events is never found."""
    with writer(tmp_path / "var", "victim", 10_000) as process:
        assert process.stdout is not None
        answered = [process.stdout.readline().strip() for _ in range(5)]
        process.kill()
    room = newsroom()
    events = [event for _, event in room.reader.select(0, 10_000)]
    paths = [event.path for event in events if event.TOPIC == "publisher.publication.published"]
    assert paths[:5] == answered
    hashes = {event.content_sha256 for event in events if event.TOPIC == "publisher.publication.drafted"}
    with closing(sqlite3.connect(tmp_path / "var" / "log.db")) as connection:
        assert {row[0] for row in connection.execute("SELECT sha256 FROM contents")} == hashes
    assert room.draft(TEXT, By()).revision == 1


def test_after_a_conflict_the_rules_are_asked_again(newsroom: Make, tmp_path: Path) -> None:
    """A save that came between, lock or not, makes the revision stale."""
    here, there = newsroom(), lawless(newsroom(), tmp_path)
    drafted = here.draft(TEXT, By())
    first = By(command_id=UUID(int=1))

    def meanwhile() -> None:
        there.revise(drafted.id, 1, TEXT.changed(title="Theirs"), first)

    with pytest.raises(errors.StaleRevision) as raised:
        here.revise(drafted.id, 1, interrupted("Mine", meanwhile), By())
    assert (raised.value.given, raised.value.current) == (1, 2)
    assert here.repository.get(drafted.id).revisions[1:] == [TEXT.changed(title="Theirs").sha256]
    assert here.reader.content(TEXT.changed(title="Mine").sha256) is None


def test_after_a_conflict_the_same_command_returns_the_stored_result(
    newsroom: Make, tmp_path: Path
) -> None:
    """It was carried out elsewhere in between: once is enough."""
    here, there = newsroom(), lawless(newsroom(), tmp_path)
    drafted = here.draft(TEXT, By())
    command = By(command_id=UUID(int=1))
    text = TEXT.changed(title="Second")
    answered = []

    def meanwhile() -> None:
        answered.append(there.revise(drafted.id, 1, text, command))

    receipt = here.revise(drafted.id, 1, interrupted("Second", meanwhile), command)
    assert answered == [receipt]
    assert here.repository.get(drafted.id).revision == 2


def test_a_conflict_that_does_not_end_is_told_in_words(newsroom: Make, tmp_path: Path) -> None:
    """Three times, then nothing was stored."""
    here, there = newsroom(), lawless(newsroom(), tmp_path)
    drafted = here.draft(TEXT, By())
    there.publish(drafted.id, 1, By())
    steps = [
        lambda: there.withdraw(drafted.id, "Wrong.", By()),
        lambda: there.reinstate(drafted.id, By()),
        lambda: there.move(drafted.id, "other", By()),
    ]
    with pytest.raises(errors.LogUnavailable, match="three times"):
        here.revise(drafted.id, 1, interrupted("Mine", lambda: steps.pop(0)()), By())
    assert steps == []
    assert here.repository.get(drafted.id).revision == 1


@pytest.mark.parametrize("table", ["stored_events", "contents"])
def test_a_log_that_breaks_while_it_is_open_is_told_in_words(
    newsroom: Make, tmp_path: Path, table: str
) -> None:
    """Whether the reading or the writing fails: one sentence, no trace of SQL's own errors."""
    room = newsroom()
    drafted = room.draft(TEXT, By())
    with closing(sqlite3.connect(tmp_path / "var" / "log.db")) as connection:
        connection.execute(f"ALTER TABLE {table} RENAME TO lost")
    with pytest.raises(errors.LogUnavailable):
        room.revise(drafted.id, 1, TEXT.changed(title="Second"), By())

"""The log on SQLite: durable, strict about what it reads, one writer at a time."""

import fcntl
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import StoredEvent

from publisher.application import By, Newsroom
from publisher.domain.content import Content
from publisher.domain.errors import LogBroken, LogNewer, LogUnavailable
from publisher.log import SCHEMA_VERSION, EventTranscoder, LogMapper, WriterLock, uri_of

Make = Callable[..., Newsroom]
TEXT = Content(kind="statement", language="en", title="Title", summary="", body="Body.\n")
TRAP = "trap_that_is_importable"


@pytest.fixture
def mapper() -> LogMapper:
    return LogMapper(EventTranscoder())


@contextmanager
def database(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(folder / "var" / "log.db", isolation_level=None)) as connection:
        yield connection


def a_stored_event(newsroom: Newsroom) -> StoredEvent:
    newsroom.draft(TEXT, By())
    return newsroom.reader.stored(1, 1)[0][1]


def changed_state(event: StoredEvent, **fields: Any) -> StoredEvent:
    return replace(event, state=json.dumps(json.loads(event.state) | fields).encode())


# ---- durability


def test_commits_reach_the_disk(newsroom: Make) -> None:
    """WAL with synchronous=FULL, on every connection that writes."""
    room = newsroom()
    assert room.events_recorder.durability() == ("wal", 2)
    datastore = room.events_recorder.datastore
    with datastore.transaction(commit=False) as first, datastore.transaction(commit=False) as second:
        for cursor in (first, second):
            cursor.execute("PRAGMA synchronous")
            assert cursor.fetchone()[0] == 2


def test_events_outlive_the_process(newsroom: Make) -> None:
    """What is stored is there when the newsroom is opened again."""
    room = newsroom()
    drafted = room.draft(TEXT, By())
    room.close()
    assert newsroom().repository.get(drafted.id).revisions == [TEXT.sha256]


def test_a_log_that_is_not_a_database_is_refused_in_words(newsroom: Make, tmp_path: Path) -> None:
    """A broken file is no crash."""
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "log.db").write_bytes(b"This is no database. " * 100)
    with pytest.raises(LogUnavailable, match=r"log\.db can't be opened"):
        newsroom()


def test_a_folder_in_the_logs_place_is_refused_in_words(newsroom: Make, tmp_path: Path) -> None:
    """Whatever SQLite calls it."""
    (tmp_path / "var" / "log.db").mkdir(parents=True)
    with pytest.raises(LogUnavailable, match=r"log\.db can't be opened"):
        newsroom()


def test_a_folder_below_a_file_is_refused_in_words(newsroom: Make, tmp_path: Path) -> None:
    """So is a folder that can't be made."""
    (tmp_path / "file").write_text("a regular file")
    with pytest.raises(LogUnavailable, match="can't be opened for writing"):
        newsroom(folder="file/var")


def test_names_with_signs_of_a_uri_are_files(newsroom: Make, tmp_path: Path) -> None:
    """A question mark or a percent sign in a folder's name is only that."""
    newsroom(folder="a?b#c%41 d").draft(TEXT, By())
    assert (tmp_path / "a?b#c%41 d" / "log.db").is_file()
    assert uri_of(Path("/a?b")) == "file:/a%3Fb"


# ---- what a log may hold


def test_events_are_plain_json_text(newsroom: Make, tmp_path: Path) -> None:
    """Any tool can read the state of an event: no types of the library's own in it."""
    newsroom().draft(TEXT, By())
    with database(tmp_path) as connection:
        rows = connection.execute("SELECT topic, state FROM stored_events").fetchall()
    states = {topic: json.loads(state) for topic, state in rows}
    drafted = states["publisher.publication.drafted"]
    assert drafted["revision"] == 1
    assert drafted["content_sha256"] == TEXT.sha256
    assert all(not isinstance(value, dict) for state in states.values() for value in state.values())


def test_an_instant_is_stored_in_utc_with_six_decimals() -> None:
    """Equal instants are equal strings, whatever zone they were written in."""
    coder = EventTranscoder()
    there = datetime(2026, 11, 24, 1, 0, 0, 5, tzinfo=timezone(timedelta(hours=3)))
    stored = coder.encode({"effective_at": there, "actor": UUID(int=10)})
    assert json.loads(stored) == {
        "effective_at": "2026-11-23T22:00:00.000005Z",
        "actor": "00000000-0000-0000-0000-00000000000a",
    }
    assert coder.decode(stored)["effective_at"] == there.astimezone(UTC)


def test_what_is_stored_is_read_back_equal(newsroom: Make, mapper: LogMapper) -> None:
    """Writing an event that was read gives the same bytes."""
    event = a_stored_event(newsroom())
    again = mapper.to_stored_event(mapper.to_domain_event(event))
    assert (again.topic, again.originator_id, again.originator_version) == (
        event.topic,
        event.originator_id,
        event.originator_version,
    )
    assert again.state == event.state


def test_an_event_of_a_newer_version_is_refused(newsroom: Make, mapper: LogMapper) -> None:
    """Guessing at fields that this version can't know would be a silent error."""
    newer = changed_state(a_stored_event(newsroom()), class_version=2)
    with pytest.raises(LogNewer, match=r"version 2 of publisher\.publication\.drafted"):
        mapper.to_domain_event(newer)


@pytest.mark.parametrize("state", [b"{", b"\xff"])
def test_a_state_that_is_no_json_is_refused(newsroom: Make, mapper: LogMapper, state: bytes) -> None:
    """The event is named, since nobody can have written it so."""
    broken = replace(a_stored_event(newsroom()), state=state)
    with pytest.raises(LogBroken, match=str(broken.originator_id)):
        mapper.to_domain_event(broken)


def test_an_unknown_topic_is_refused(newsroom: Make, mapper: LogMapper) -> None:
    """An event that this version does not know is never skipped."""
    unknown = replace(a_stored_event(newsroom()), topic="publisher.publication.sung")
    with pytest.raises(LogNewer, match=r"publisher\.publication\.sung"):
        mapper.to_domain_event(unknown)


def test_a_newsroom_with_an_unknown_event_refuses_to_read_it(newsroom: Make, tmp_path: Path) -> None:
    """Readers of the log stop there, loudly."""
    room = newsroom()
    drafted = room.draft(TEXT, By())
    room.close()
    with database(tmp_path) as connection:
        connection.execute("UPDATE stored_events SET topic = 'publisher.publication.sung' WHERE rowid = 2")
    again = newsroom()
    with pytest.raises(LogNewer):
        again.reader.select(0, 10)
    with pytest.raises(LogNewer):
        again.revise(drafted.id, 1, TEXT.changed(title="New"), By())


@pytest.mark.parametrize("topic", [TRAP, f"{TRAP}:Event", f"{TRAP}.Event", "os:system"])
def test_topics_that_name_modules_are_never_imported(
    newsroom: Make, mapper: LogMapper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, topic: str
) -> None:
    """A log from elsewhere can't run code here."""
    (tmp_path / f"{TRAP}.py").write_text("class Event:\n    pass\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    event = a_stored_event(newsroom())
    with pytest.raises(LogNewer):
        mapper.to_domain_event(replace(event, topic=topic))
    assert TRAP not in sys.modules


def test_an_aggregates_topic_in_a_state_is_not_imported_either(
    newsroom: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The creating event names its aggregate's class: that name is not trusted more than a topic."""
    (tmp_path / f"{TRAP}.py").write_text("class Aggregate:\n    pass\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    room = newsroom()
    drafted = room.draft(TEXT, By())
    event = room.reader.stored(1, 1)[0][1]
    room.close()
    state = changed_state(event, originator_topic=f"{TRAP}:Aggregate").state
    with database(tmp_path) as connection:
        connection.execute("UPDATE stored_events SET state = ? WHERE rowid = 2", (state,))
    again = newsroom()
    with pytest.raises(LogNewer):
        again.repository.get(drafted.id)
    assert TRAP not in sys.modules


def test_a_newer_format_of_the_file_is_refused(newsroom: Make, tmp_path: Path) -> None:
    """Before anything is written to it."""
    newsroom().close()
    with database(tmp_path) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(LogNewer, match=f"format {SCHEMA_VERSION + 1}"):
        newsroom()
    with database(tmp_path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION + 1,)


def test_a_log_carries_its_format(newsroom: Make, tmp_path: Path) -> None:
    """So that a later version can tell."""
    newsroom().close()
    with database(tmp_path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


# ---- the reader


def test_the_reader_follows_the_log_in_its_order(newsroom: Make) -> None:
    """Events after a position, so many at a time, and where the log ends."""
    room = newsroom()
    assert (room.reader.head(), room.reader.stored(0, 10)) == (0, [])
    for number in range(3):
        room.draft(TEXT.changed(title=f"Title {number}"), By())
    assert room.reader.head() == 4
    assert [position for position, _ in room.reader.stored(1, 2)] == [2, 3]
    assert [position for position, _ in room.reader.select(3, 10)] == [4]
    assert room.reader.stored(4, 10) == []


def test_the_head_is_seen_by_another_newsroom_at_once(newsroom: Make) -> None:
    """Whichever worker answers, it knows that the log has moved."""
    here, there = newsroom(), newsroom()
    here.draft(TEXT, By())
    assert there.reader.head() == here.reader.head() == 2


# ---- one writer at a time


def test_a_second_descriptor_waits_and_gives_up(tmp_path: Path) -> None:
    """Threads of one process take turns as well."""
    first, second = (WriterLock(tmp_path / "log.lock", timeout=0.05) for _ in range(2))
    with first.held(), pytest.raises(LogUnavailable, match="Another writer holds the log"), second.held():
        pass
    with second.held():
        assert (tmp_path / "log.lock").exists()


def test_another_process_keeps_the_lock_to_itself(tmp_path: Path) -> None:
    """The lock is the file's, and ends with the process that holds it."""
    file = tmp_path / "log.lock"
    holding = (
        "import fcntl, sys; f = open(sys.argv[1], 'w'); fcntl.flock(f, fcntl.LOCK_EX); "
        "print('held', flush=True); sys.stdin.read()"
    )
    lock = WriterLock(file, timeout=0.05)
    with subprocess.Popen(
        [sys.executable, "-c", holding, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(LogUnavailable), lock.held():
            pass
        process.kill()
    with lock.held():
        assert process.returncode != 0


def test_the_lock_is_released_by_a_refusal(tmp_path: Path) -> None:
    """An error inside a turn does not lock the newsroom out."""
    lock = WriterLock(tmp_path / "log.lock", timeout=0.05)
    with pytest.raises(ZeroDivisionError), lock.held():
        raise ZeroDivisionError
    with lock.held():
        assert True


def test_a_command_waits_for_the_writer_before_it_loads(newsroom: Make, tmp_path: Path) -> None:
    """A newsroom whose lock is held stores nothing."""
    room = newsroom()
    room._writers = WriterLock(tmp_path / "var" / "log.lock", timeout=0.05)
    descriptor = os.open(tmp_path / "var" / "log.lock", os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    with pytest.raises(LogUnavailable):
        room.draft(TEXT, By())
    assert room.reader.head() == 0
    os.close(descriptor)
    assert room.draft(TEXT, By(command_id=uuid4())).revision == 1


def test_a_lock_below_a_file_is_refused_in_words(tmp_path: Path) -> None:
    """A lock that can't be opened is a log that can't be written."""
    (tmp_path / "file").write_text("a regular file")
    with pytest.raises(LogUnavailable, match="can't be opened"), WriterLock(tmp_path / "file/lock").held():
        pass

"""Texts by hash: stored with their events or not at all, and forgotten for ever."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from eventsourcing.persistence import IntegrityError

from publisher import contents
from publisher.application import By, Newsroom
from publisher.domain import errors
from publisher.domain.content import Content

Make = Callable[..., Newsroom]
TEXT = Content(kind="statement", language="en", title="Title", summary="", body="Body.\n")


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in contents.SCHEMA:
            connection.execute(statement)
        yield connection


def test_contents_are_found_by_hash(connection: sqlite3.Connection) -> None:
    """What was stored comes back byte for byte; what was not is None."""
    contents.store(connection.cursor(), {"aa": b"\x00text"})
    assert contents.load(connection.cursor(), "aa") == b"\x00text"
    assert contents.load(connection.cursor(), "bb") is None


def test_the_same_content_twice_is_one_row(connection: sqlite3.Connection) -> None:
    """A text that two revisions share is kept once."""
    for _ in range(2):
        contents.store(connection.cursor(), {"aa": b"text"})
    assert connection.execute("SELECT count(*) FROM contents").fetchone() == (1,)


def test_a_forgotten_hash_is_refused_for_ever(connection: sqlite3.Connection) -> None:
    """The row goes, and the hash never comes back."""
    contents.store(connection.cursor(), {"aa": b"text", "bb": b"other"})
    contents.forget(connection.cursor(), ["aa"])
    assert contents.load(connection.cursor(), "aa") is None
    assert contents.load(connection.cursor(), "bb") == b"other"
    with pytest.raises(errors.ContentRedacted):
        contents.store(connection.cursor(), {"aa": b"text"})


def test_what_was_never_stored_can_be_forgotten_beforehand(connection: sqlite3.Connection) -> None:
    """Forgetting a row that is gone already is no error, and holds all the same."""
    contents.forget(connection.cursor(), ["aa", "aa"])
    with pytest.raises(errors.ContentRedacted):
        contents.store(connection.cursor(), {"aa": b"text"})


def test_a_drafts_text_is_in_the_log_under_its_hash(newsroom: Make) -> None:
    """The bytes are the canonical JSON, so that anybody can check the hash."""
    room = newsroom()
    room.draft(TEXT, By())
    stored = room.reader.content(TEXT.sha256)
    assert stored == TEXT.canonical()
    assert hashlib.sha256(stored).hexdigest() == TEXT.sha256


def test_a_failing_save_leaves_neither_events_nor_contents(newsroom: Make) -> None:
    """Both stand in one transaction: a conflict on the events takes the text back."""
    room = newsroom()
    drafted = room.draft(TEXT, By())
    head = room.reader.head()
    taken = [event for _, event in room.reader.stored(head - 1, 1)]
    with pytest.raises(IntegrityError):
        room.events_recorder.insert_events(taken, contents={"new": b"text"})
    assert room.reader.content("new") is None
    assert room.reader.head() == head
    assert room.repository.get(drafted.id).revision == 1


def test_a_redacted_text_is_refused_with_its_events(newsroom: Make) -> None:
    """Neither a draft nor a revision brings a forgotten text back, and other texts of the save go too."""
    room = newsroom()
    drafted = room.draft(TEXT, By())
    with room.events_recorder.datastore.transaction(commit=True) as c:
        contents.forget(c, [TEXT.sha256])
    head = room.reader.head()
    with pytest.raises(errors.ContentRedacted):
        room.draft(TEXT, By())
    with pytest.raises(errors.ContentRedacted):
        room.publish(drafted.id, 1, By())
    room.revise(drafted.id, 1, TEXT.changed(title="Other"), By())
    with pytest.raises(errors.ContentRedacted):
        room.revise(drafted.id, 2, TEXT, By())
    assert room.reader.head() == head + 1
    assert room.reader.content(TEXT.sha256) is None


def test_forgetting_happens_in_the_events_own_transaction(newsroom: Make) -> None:
    """A failing save forgets nothing either."""
    room = newsroom()
    room.draft(TEXT, By())
    taken = [event for _, event in room.reader.stored(0, 1)]
    with pytest.raises(IntegrityError):
        room.events_recorder.insert_events(taken, forgotten=[TEXT.sha256])
    assert room.reader.content(TEXT.sha256) == TEXT.canonical()


def test_contents_live_in_the_logs_own_file(newsroom: Make, tmp_path: Path) -> None:
    """One file to copy, one transaction to trust."""
    newsroom().draft(TEXT, By())
    with closing(sqlite3.connect(tmp_path / "var" / "log.db")) as connection:
        assert connection.execute("SELECT sha256 FROM contents").fetchall() == [(TEXT.sha256,)]

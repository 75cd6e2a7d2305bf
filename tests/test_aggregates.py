"""Aggregates kept in memory from turn to turn: never older, and never other, than the log."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from publisher import aggregates
from publisher.application import By, Command, Newsroom
from publisher.domain import errors
from publisher.domain.content import Content

Make = Callable[..., Newsroom]
TEXT = Content(kind="statement", language="en", title="Title", summary="", body="Body.\n")


def text(number: int) -> Content:
    return TEXT.changed(title=f"Title {number}")


def revise_twice_alike(room: Newsroom, publication: UUID) -> None:
    """One turn whose second act is refused."""
    with room.turn() as turn:
        act = turn.act(Command(name="revise", arguments={}, by=By()))
        found = turn.publication(publication)
        found.revise(1, turn.keep(text(2)), act)
        found.revise(2, turn.keep(text(2)), act)


def test_what_a_refused_turn_changed_is_forgotten(newsroom: Make) -> None:
    """A rule that refuses after it has changed an aggregate leaves the log's own state to the next."""
    room = newsroom()
    drafted = room.draft(text(1), By())
    with pytest.raises(errors.NothingChanged):
        revise_twice_alike(room, drafted.id)
    assert room.revise(drafted.id, 1, text(3), By()).revision == 2
    assert room.repository.get(drafted.id).revisions == [text(1).sha256, text(3).sha256]


def test_what_another_writer_stored_is_known_at_the_next_turn(newsroom: Make) -> None:
    """Both keep the publication in memory, and write in turns."""
    here, there = newsroom(), newsroom()
    drafted = here.draft(text(1), By())
    for number in range(1, 7, 2):
        assert there.revise(drafted.id, number, text(number + 1), By()).revision == number + 1
        assert here.revise(drafted.id, number + 1, text(number + 2), By()).revision == number + 2
    with pytest.raises(errors.StaleRevision):
        there.revise(drafted.id, 6, text(9), By())


def test_a_publication_that_nobody_asked_for_meanwhile_is_followed_too(newsroom: Make) -> None:
    """Others' events are missed neither at the first turn after them nor at a later one."""
    here, there = newsroom(), newsroom()
    drafted = here.draft(text(1), By())
    there.revise(drafted.id, 1, text(2), By())
    here.draft(text(3), By())
    assert here.revise(drafted.id, 2, text(4), By()).revision == 3


def test_more_publications_than_are_kept_can_be_changed(
    newsroom: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that went from memory come from the log again."""
    monkeypatch.setattr(aggregates, "KEPT", 2)
    room = newsroom()
    drafted = [room.draft(text(number), By()).id for number in range(4)]
    assert [room.revise(each, 1, text(9), By()).revision for each in drafted] == [2, 2, 2, 2]


def test_a_hole_behind_what_is_kept_is_told_in_words(newsroom: Make, tmp_path: Path) -> None:
    """An event of the publication that is not the next one."""
    room = newsroom()
    drafted = room.draft(text(1), By())
    newsroom().revise(drafted.id, 1, text(2), By())
    with closing(sqlite3.connect(tmp_path / "var" / "log.db", isolation_level=None)) as connection:
        connection.execute("UPDATE stored_events SET originator_version = 7 WHERE originator_version = 2")
    with pytest.raises(errors.LogBroken, match="in a row"):
        room.revise(drafted.id, 2, text(3), By())

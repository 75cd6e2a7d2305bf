"""Rebuilding: the same rows again, found differences, and a switch that readers don't notice."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from helper_dump import dumped
from helper_log import Log, Views, text

from publisher.readmodel.rebuild import ensure, rebuild


def spoil(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql)


def test_a_rebuild_of_right_views_finds_nothing(log: Log, views: Views) -> None:
    """Redactions included: what was projected with its text equals what is rebuilt without."""
    log.publish(text("One", topics=("trade",), speakers=("Anna Ray",)))
    pub = log.publish(text("Two", topics=("trade",), speakers=("Anna Ray",)))
    views.read()
    log.amend(pub, text("Two again"))
    views.read()
    log.redact(pub, 1)
    views.read()
    log.publications[0].remove("Unlawful.", log.act())
    log.save(log.publications[0])
    views.read()
    outcome = rebuild(views.path, log)
    assert (outcome.same_code, outcome.differences, outcome.switched) == (True, (), False)
    assert outcome.position == log.head()


def test_differences_are_named_and_repaired_only_when_told(log: Log, views: Views) -> None:
    """Check and plain rebuild leave the live views; repair puts the new ones in their place."""
    log.publish(text("One"))
    log.publish(text("Two"))
    views.read()
    right = dumped(views.path)
    spoil(views.path, "UPDATE edition SET title = 'Forged' WHERE id = 2")
    spoil(views.path, "DELETE FROM path WHERE id = 4")
    spoil(views.path, "INSERT INTO note VALUES (9, 'p', 1, 0, 1, 0, 'extra')")
    spoil(views.path, "UPDATE search_text SET body = 'x' WHERE rowid = 2")
    outcome = rebuild(views.path, log)
    assert outcome.differences == (
        "edition 2: title differ",
        "note 9: the live views have this row, the new ones don't",
        "path 4: the live views lack this row",
        "search_text 2: body differ",
    )
    assert not outcome.switched
    assert not rebuild(views.path, log, check=True, repair=True).switched
    assert rebuild(views.path, log, repair=True).switched
    assert dumped(views.path) == right


def test_views_of_other_code_are_replaced(log: Log, views: Views) -> None:
    """Where the fingerprint differs nothing is compared; only `check` leaves them."""
    log.publish()
    views.read()
    spoil(views.path, "UPDATE fingerprint SET value = 'older'")
    spoil(views.path, "DROP TABLE masthead")
    assert not rebuild(views.path, log, check=True).switched
    outcome = rebuild(views.path, log)
    assert (outcome.same_code, outcome.switched) == (False, True)
    assert len(views.read().latest(log.now, 5)) == 1
    assert views.read().masthead(log.now).name is None


@pytest.mark.parametrize("spoiled", ["missing", "older", "not a database"])
def test_views_are_made_where_they_are_missing_or_of_other_code(
    spoiled: str, log: Log, tmp_path: Path
) -> None:
    """At the start; the second time nothing is made."""
    log.publish()
    path = tmp_path / "views.db"
    if spoiled == "not a database":
        path.write_bytes(b"no database at all, but a text that is long enough to be taken for one")
    elif spoiled == "older":
        ensure(path, Log())
        spoil(path, "UPDATE fingerprint SET value = 'older'")
    assert ensure(path, log)
    assert not ensure(path, log)
    assert len(dumped(path)["segment"]) == 1
    assert [p.name for p in tmp_path.iterdir() if "rebuild" in p.name] == []


def test_a_reader_sees_the_old_or_the_new_views_whole(log: Log, views: Views) -> None:
    """While the views are switched under open connections, no answer fails or mixes the two."""
    for number in range(40):
        log.publish(text(f"Right {number}"))
    views.read()
    spoil(views.path, "UPDATE edition SET title = 'Wrong'")
    seen: list[tuple[int, int]] = []
    failures: list[Exception] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                rows = views.library.latest(log.now, 40)
            except Exception as error:  # noqa: BLE001
                failures.append(error)
                return
            seen.append((len(rows), sum(row.title == "Wrong" for row in rows)))

    reader = threading.Thread(target=read)
    reader.start()
    outcome = rebuild(views.path, log, repair=True)
    views.library.latest(log.now, 1)
    while not failures and (not seen or seen[-1][1]):
        pass
    done.set()
    reader.join()
    assert outcome.switched
    assert failures == []
    assert set(seen) == {(40, 40), (40, 0)}


def test_a_reading_that_lasts_keeps_its_whole_through_a_switch(log: Log, views: Views) -> None:
    """One read transaction is one state, also while other views take the place of its own."""
    log.publish(text("Right"))
    views.read()
    spoil(views.path, "UPDATE edition SET title = 'Wrong'")
    with views.library.at_once() as library:
        assert library.latest(log.now, 1)[0].title == "Wrong"
        assert rebuild(views.path, log, repair=True).switched
        assert library.latest(log.now, 1)[0].title == "Wrong"
    assert views.library.latest(log.now, 1)[0].title == "Right"


def test_missing_views_are_moved_into_place(log: Log, tmp_path: Path) -> None:
    """Once written: beside what is there already they are copied, which costs as much again."""
    path = tmp_path / "views.db"
    ensure(path, log)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["views.db"]
    first = path.stat().st_ino
    spoil(path, "UPDATE fingerprint SET value = 'older'")
    assert ensure(path, log)
    assert path.stat().st_ino == first


def test_two_that_make_missing_views_at_once_leave_them_whole(log: Log, tmp_path: Path) -> None:
    """As two workers do that start together: one is first, the other finds or replaces its views."""
    for number in range(20):
        log.publish(text(f"Title {number}"))
    path = tmp_path / "views.db"
    threads = [threading.Thread(target=ensure, args=(path, log)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    alone = tmp_path / "alone.db"
    ensure(alone, log)
    assert dumped(path) == dumped(alone)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert [p.name for p in tmp_path.iterdir() if "rebuild" in p.name] == []

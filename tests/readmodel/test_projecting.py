"""Projecting: batches, poison, threads and processes."""

import multiprocessing
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from helper_dump import dumped
from helper_log import Log, Views, text
from sqlalchemy.exc import OperationalError

from publisher.domain.masthead import Contact, Counter, MastheadText
from publisher.domain.policy import Role
from publisher.readmodel.database import open_engine
from publisher.readmodel.projector import Projector
from publisher.readmodel.rebuild import ensure


def history(log: Log) -> None:
    """A little of everything."""
    log.account("ann", Role.EDITOR, Role.CHIEF)
    counter = Counter(key="peace", since=log.now.date(), zone="Europe/Paris", text="{days} days of peace.")
    log.say(MastheadText(name="Embassy", zone="Europe/Moscow", counters=(counter,)))
    for number in range(12):
        pub = log.publish(text(f"Title {number}", topics=("trade",), speakers=("Anna Ray", "Ánna Ray")))
        if number % 2:
            log.amend(pub, text(f"Title {number} again"), "minor" if number % 3 else "correction")
        if number % 4 == 1:
            log.amend(pub, text("Never public"), due=log.now.replace(year=2030))
            pub.cancel_schedule(3, log.act())
            pub.amend_note(2, "Changed.", "Changed well.", log.act())
        if number % 5 == 2:
            pub.move(f"/2026/03/moved-{number}", log.act())
            pub.withdraw("Doubt.", log.act())
        log.save(pub)
    log.redact(log.publications[1], 1)
    log.redact(log.publications[4], 1)
    log.publications[5].remove("Unlawful.", log.act())
    log.save(log.publications[5])
    log.say(MastheadText(name="Embassy", contacts=(Contact(label="Press", value="1"),)))


@pytest.mark.parametrize("batch", [1, 2, 7])
def test_the_size_of_the_batches_changes_nothing(batch: int, log: Log, tmp_path: Path) -> None:
    """Rows are the same however the log was cut."""
    history(log)
    dumps = []
    for name, size in (("whole", 500), ("cut", batch)):
        views = Views(log, tmp_path / f"{name}.db", batch=size)
        views.read()
        views.close()
        dumps.append(dumped(views.path))
    assert dumps[0] == dumps[1]
    assert len(dumps[0]["segment"]) > 12


def test_threads_that_project_at_once_give_the_same_rows(log: Log, tmp_path: Path) -> None:
    """Each with its own projector, as two workers have, on one file."""
    history(log)
    alone = Views(log, tmp_path / "alone.db")
    alone.read()
    alone.close()
    path = tmp_path / "shared.db"
    ensure(path, Log())
    projectors = [Projector(path, log, batch=3) for _ in range(3)]
    threads = [threading.Thread(target=p.catch_up) for p in projectors for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {p.status().position for p in projectors} == {log.head()}
    for projector in projectors:
        projector.close()
    assert dumped(path) == dumped(alone.path)


def _project(path: Path, log: Log, start: Any) -> None:
    projector = Projector(path, log, batch=1)
    start.wait()
    projector.catch_up()
    projector.close()


def test_processes_that_project_at_once_give_the_same_rows(log: Log, tmp_path: Path) -> None:
    """The fence on the position is in the database, so that it holds between processes."""
    history(log)
    alone = Views(log, tmp_path / "alone.db")
    alone.read()
    alone.close()
    path = tmp_path / "shared.db"
    ensure(path, Log())
    context = multiprocessing.get_context("spawn")
    start = context.Event()
    workers = [context.Process(target=_project, args=(path, log, start)) for _ in range(2)]
    for worker in workers:
        worker.start()
    start.set()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert dumped(path) == dumped(alone.path)


def test_poison_stops_the_views_at_the_last_good_event(log: Log, tmp_path: Path) -> None:
    """Readers get the state before it, and the status says where and why."""
    log.publish(text("Good"))
    poisoned = log.head() + 1
    log.publish(text("Bad"))
    good = log.events[poisoned - 1]
    log.events[poisoned - 1] = replace(good, content_sha256=["no hash"])
    moments = [0.0]
    path = tmp_path / "views.db"
    ensure(path, Log())
    projector = Projector(path, log, monotonic=lambda: moments[0])
    projector.catch_up()
    status = projector.status()
    assert (status.position, status.stopped_at, status.head) == (poisoned - 1, poisoned, log.head())
    assert status.error is not None
    assert "unhashable" in status.error
    log.events[poisoned - 1] = good
    moments[0] = 4.9
    projector.catch_up()
    assert projector.status().stopped_at == poisoned
    moments[0] = 5.1
    projector.catch_up()
    status = projector.status()
    assert (status.position, status.stopped_at, status.error) == (log.head(), None, None)
    projector.close()


def test_an_event_that_the_tables_refuse_is_poison_too(log: Log, tmp_path: Path) -> None:
    """What precedes it in its batch is kept."""
    log.publish(text("Good"))
    log.publish(text("Bad"))
    poisoned = log.head()
    log.events[poisoned - 1] = replace(log.events[poisoned - 1], revision=None)
    log.publish(text("Later"))
    views = Views(log, tmp_path / "views.db")
    assert [row.title for row in views.read().latest(log.now, 5)] == ["Good"]
    status = views.projector.status()
    assert (status.position, status.stopped_at) == (poisoned - 1, poisoned)
    views.close()


class Unreadable(Log):
    """A log whose last event can't be decoded."""

    def select(self, after: int, limit: int) -> Any:
        if after + limit >= self.head():
            raise ValueError("not an event")
        return super().select(after, limit)


def test_an_event_that_cannot_be_read_stops_the_views_before_it(tmp_path: Path) -> None:
    """The log is read one by one up to it."""
    log = Unreadable()
    log.publish(text("Good"))
    log.draft(text("Unreadable"))
    views = Views(log, tmp_path / "views.db")
    assert len(views.read().latest(log.now, 5)) == 1
    status = views.projector.status()
    assert (status.position, status.stopped_at, status.error) == (2, 3, "ValueError: not an event")
    views.close()


def test_a_locked_database_is_not_taken_for_poison(log: Log, views: Views) -> None:
    """It is raised to the reader, and the next reading goes on."""
    log.publish()
    hasty = open_engine(views.path, writing=True, busy_seconds=0)
    projector = Projector(views.path, log, engine=hasty)
    with closing(sqlite3.connect(views.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"):
            projector.catch_up()
    projector.catch_up()
    status = projector.status()
    assert (status.position, status.stopped_at) == (log.head(), None)
    projector.close()

"""Threads and processes that command one newsroom at the same time."""

import threading

from newsroom_acts import Make, by, content, named, refused

from publisher.application import By, Receipt
from publisher.domain import errors


def test_of_two_threads_saving_the_same_revision_one_is_stale(newsroom: Make) -> None:
    """The other learns the revision that was accepted."""
    room = newsroom()
    drafted = room.draft(content(), By())
    barrier = threading.Barrier(2)
    outcomes: list[object] = []

    def save(title: str) -> None:
        barrier.wait()
        try:
            outcomes.append(room.revise(drafted.id, 1, content(title), By()).revision)
        except errors.StaleRevision as refusal:
            outcomes.append((refusal.given, refusal.current))

    threads = [threading.Thread(target=save, args=(title,)) for title in ("Mine", "Yours")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes, key=str) == [(1, 2), 2]
    assert named(room).count("publication.revised") == 1


def test_the_same_command_from_two_threads_is_carried_out_once(newsroom: Make) -> None:
    """A double click stores one revision, and both are told the same."""
    room = newsroom()
    drafted = room.draft(content(), By())
    barrier = threading.Barrier(2)
    receipts: list[Receipt] = []

    def save() -> None:
        barrier.wait()
        receipts.append(room.revise(drafted.id, 1, content("Second"), by(7)))

    threads = [threading.Thread(target=save) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert receipts[0] == receipts[1]
    assert named(room).count("publication.revised") == 1


def test_two_processes_see_each_others_events_before_they_judge(newsroom: Make) -> None:
    """What one newsroom holds in memory is brought up to the log in each turn."""
    here, there = newsroom(), newsroom()
    drafted = here.draft(content(), By())
    there.revise(drafted.id, 1, content("Second"), By())
    with refused(here, errors.StaleRevision):
        here.revise(drafted.id, 1, content("Other"), By())
    assert here.revise(drafted.id, 2, content("Third"), By()).revision == 3
    assert there.publish(drafted.id, 3, By()).path == "/2026/05/third"

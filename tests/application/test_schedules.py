"""What is scheduled, rescheduled and cancelled."""

from datetime import timedelta

import pytest
from newsroom_acts import MAJOR, Make, content, named, published, refused, stored

from movable_clock import MovableClock
from publisher.application import By
from publisher.domain import errors
from publisher.domain.address import Address


def test_a_schedule_is_recorded_now_for_a_later_instant(newsroom: Make, clock: MovableClock) -> None:
    """Publication and address carry the instant from which they hold."""
    room = newsroom()
    due = clock.now + timedelta(days=20)
    receipt = published(room, due=due)
    states = dict(stored(room))
    assert receipt.path == "/2026/06/budget-adopted"
    for topic in ("publisher.publication.published", "publisher.address.claimed"):
        assert states[topic]["effective_at"] == "2026-06-09T09:00:00.000000Z"
        assert states[topic]["timestamp"] < "2026-05-21"


def test_a_cancelled_schedule_frees_its_path_for_another(newsroom: Make, clock: MovableClock) -> None:
    """A path that was never public can be claimed by another publication."""
    room = newsroom()
    due = clock.now + timedelta(days=1)
    first = published(room, slug="budget", due=due)
    clock.move(seconds=1)
    cancelled = room.cancel_schedule(first.id, 1, By())
    assert (cancelled.edition, cancelled.path) == (None, None)
    assert named(room)[-2:] == ["publication.schedule-cancelled", "address.released"]
    second = published(room, "Other", slug="budget", due=due)
    assert second.path == first.path
    assert room.repository.get(Address.id_of("/2026/05/budget")).publication == str(second.id)
    with refused(room, errors.AddressTaken):
        room.publish(first.id, 1, By(), slug="budget", due=due)


def test_a_rescheduled_publication_gets_its_path_anew(newsroom: Make, clock: MovableClock) -> None:
    """Year and month are frozen by the first public instant only."""
    room = newsroom()
    first = published(room, due=clock.now + timedelta(days=1))
    room.cancel_schedule(first.id, 1, By())
    again = room.publish(first.id, 1, By(), due=clock.now + timedelta(days=60))
    assert (first.path, again.path) == ("/2026/05/budget-adopted", "/2026/07/budget-adopted")
    assert again.edition == 1


def test_a_released_path_is_numbered_like_any_free_one(newsroom: Make, clock: MovableClock) -> None:
    """The same publication rescheduled in its month takes its old path again."""
    room = newsroom()
    first = published(room, due=clock.now + timedelta(days=1))
    room.cancel_schedule(first.id, 1, By())
    again = room.publish(first.id, 1, By(), due=clock.now + timedelta(days=2))
    assert again.path == first.path


def test_a_cancelled_amendment_leaves_the_path_claimed(newsroom: Make, clock: MovableClock) -> None:
    """Only edition 1 gives its path back; the number is used again."""
    room = newsroom()
    public = published(room)
    room.revise(public.id, 1, content("Second"), By())
    clock.move(seconds=1)
    due = clock.now + timedelta(days=1)
    assert room.amend(public.id, 2, MAJOR, "More.", By(), due=due).edition == 2
    assert room.cancel_schedule(public.id, 2, By()).edition == 1
    assert "address.released" not in named(room)
    assert room.amend(public.id, 2, MAJOR, "More.", By()).edition == 2


@pytest.mark.parametrize("seconds", [29, 0, -5])
def test_a_schedule_nearer_than_thirty_seconds_is_not_cancelled(
    newsroom: Make, clock: MovableClock, seconds: int
) -> None:
    """It is as good as public."""
    room = newsroom()
    due = clock.now + timedelta(hours=1)
    first = published(room, due=due)
    clock.now = due - timedelta(seconds=seconds)
    with refused(room, errors.AlreadyPublic):
        room.cancel_schedule(first.id, 1, By())


def test_public_acts_ask_before_they_cancel_a_pending_edition(newsroom: Make, clock: MovableClock) -> None:
    """Withdrawing under a pending edition is refused until it is told to cancel it."""
    room = newsroom()
    public = published(room)
    room.revise(public.id, 1, content("Second"), By())
    clock.move(seconds=1)
    room.amend(public.id, 2, MAJOR, "More.", By(), due=clock.now + timedelta(days=1))
    with refused(room, errors.ScheduleStands):
        room.withdraw(public.id, "Wrong.", By())
    room.withdraw(public.id, "Wrong.", By(), cancel=True)
    assert named(room)[-2:] == ["publication.schedule-cancelled", "publication.withdrawn"]


def test_a_schedule_pins_its_revision(newsroom: Make, clock: MovableClock) -> None:
    """Later saves do not touch what is due."""
    room = newsroom()
    first = published(room, due=clock.now + timedelta(days=1))
    room.revise(first.id, 1, content("Rewritten"), By())
    assert room.repository.get(first.id).top.content_sha256 == content().sha256

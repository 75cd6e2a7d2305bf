"""What the log holds after a command: its forms, and instants that strictly increase."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

from newsroom_acts import Make, by, content, named, published, refused, stored

from movable_clock import MovableClock
from publisher.application import By
from publisher.domain import errors


def test_the_first_command_opens_the_masthead_once(newsroom: Make) -> None:
    """The newsroom's own id comes with the first event and stays."""
    room = newsroom()
    room.draft(content(), By())
    source = room.newsroom_id()
    room.draft(content("Second"), By())
    assert named(room) == ["masthead.opened", "publication.drafted", "publication.drafted"]
    assert source is not None
    assert source.version == 4
    assert newsroom().newsroom_id() == source


def test_stored_state_has_the_forms_that_other_tools_rely_on(newsroom: Make, clock: MovableClock) -> None:
    """RFC 3339 with six decimals and Z, dashed ids, lowercase hashes in fields named _sha256."""
    room = newsroom()
    account = uuid4()
    drafted = room.draft(content(), by(255, actor=str(account)))
    room.publish(drafted.id, 1, By(actor=str(account)), expedite="Urgent.")
    states = dict(stored(room))
    opened, event = states["publisher.masthead.opened"], states["publisher.publication.published"]
    first = states["publisher.publication.drafted"]
    assert UUID(opened["newsroom"]).hex != opened["newsroom"] == str(room.newsroom_id())
    assert first["command_id"] == "00000000-0000-0000-0000-0000000000ff"
    assert first["timestamp"] == "2026-05-20T09:00:00.000000Z"
    assert states["publisher.publication.expedited"]["reason"] == "Urgent."
    assert event["timestamp"] == event["effective_at"] == "2026-05-20T09:00:00.000001Z"
    assert event["actor"] == str(account)
    assert event["rehearsal"] is False
    assert event["content_sha256"] == content().sha256 == content().sha256.lower()
    assert event["path"] == "/2026/05/budget-adopted"
    assert states["publisher.address.claimed"]["publication"] == str(drafted.id)


def test_timestamps_strictly_increase_with_a_clock_that_stands_still_or_goes_back(
    newsroom: Make, clock: MovableClock
) -> None:
    """Between commands; the events of one command share theirs."""
    room = newsroom()
    for number, span in enumerate([0, 0, -3600, 1, 7200, -1]):
        clock.move(seconds=span)
        room.draft(content(f"Title {number}"), By())
    drafted = [s["timestamp"] for topic, s in stored(room) if topic.endswith("drafted")]
    assert all(a < b for a, b in pairwise(drafted))
    assert drafted[2] == "2026-05-20T09:00:00.000002Z"


def test_timestamps_increase_over_processes(newsroom: Make, clock: MovableClock) -> None:
    """A second process with a slow clock writes after the first."""
    newsroom().draft(content("One"), By())
    clock.move(days=-1)
    room = newsroom()
    room.draft(content("Two"), By())
    assert stored(room)[-1][1]["timestamp"] == "2026-05-20T09:00:00.000001Z"


def test_acts_of_one_publication_take_effect_one_after_the_other(
    newsroom: Make, clock: MovableClock
) -> None:
    """Two public acts never share an instant, even where the clock stands."""
    room = newsroom()
    public = published(room)
    withdrawn = room.withdraw(public.id, "Under review.", By())
    reinstated = room.reinstate(public.id, By())
    moved = room.move(public.id, "other", By())
    removed = room.remove(public.id, "Sent in error.", By())
    instants = [r.effective_at for r in (public, withdrawn, reinstated, moved, removed)]
    assert instants == sorted(set(instants), key=str)
    assert room.repository.get(public.id).top.status == "removed"


def test_a_rehearsal_marks_its_events_and_acts_at_its_instant(newsroom: Make, clock: MovableClock) -> None:
    """`at` is PUBLISHER_NOW, `timestamp` stays the machine's."""
    room = newsroom(rehearsal=datetime(2020, 2, 3, 12, tzinfo=UTC))
    public = published(room)
    states = stored(room)
    assert all(state["rehearsal"] is True for _, state in states)
    assert all(state["timestamp"] >= "2026-05-20T09:00:00" for _, state in states)
    effective = {state["effective_at"] for _, state in states if "effective_at" in state}
    assert effective == {"2020-02-03T12:00:00.000000Z"}
    assert public.effective_at == datetime(2020, 2, 3, 12, tzinfo=UTC)
    assert public.path == "/2020/02/budget-adopted"


def test_a_rehearsal_later_than_the_clock_refuses_commands(newsroom: Make, clock: MovableClock) -> None:
    """A future can be looked at, not written to."""
    room = newsroom(rehearsal=clock.now + timedelta(seconds=1))
    with refused(room, errors.RehearsalInFuture):
        room.draft(content(), By())
    clock.move(seconds=1)
    assert room.draft(content(), By()).revision == 1

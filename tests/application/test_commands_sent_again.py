"""A command that is sent again is answered as it was, and carried out once."""

from datetime import timedelta
from uuid import uuid4, uuid5

import pytest
from newsroom_acts import MAJOR, Make, by, content, named, published, refused, stored

from movable_clock import MovableClock
from publisher.application import By
from publisher.domain import errors
from publisher.domain.masthead import MastheadText
from publisher.domain.policy import Role


def test_the_same_command_gives_the_stored_result_after_later_commands(newsroom: Make) -> None:
    """What a command answered stands, whatever has happened since."""
    room = newsroom()
    drafted = room.draft(content(), by(1))
    revised = room.revise(drafted.id, 1, content("Budget adopted today"), by(2))
    public = room.publish(drafted.id, 1, by(3))
    room.amend(drafted.id, 2, MAJOR, "Says when.", by(4))
    head = room.reader.head()

    assert room.draft(content(), by(1)) == drafted
    assert room.revise(drafted.id, 1, content("Budget adopted today"), by(2)) == revised
    assert room.publish(drafted.id, 1, by(3)) == public
    assert (public.edition, public.revision) == (1, 2)
    assert room.reader.head() == head


def test_the_same_command_gives_the_stored_result_in_another_process(newsroom: Make) -> None:
    """The memory of commands is in the log, not in the process."""
    drafted = newsroom().draft(content(), by(1))
    assert newsroom().draft(content(), by(1)) == drafted


def test_a_scheduled_publication_is_answered_the_same_once_its_instant_has_passed(
    newsroom: Make, clock: MovableClock
) -> None:
    """A retry that arrives late is not told that its instant has passed."""
    room = newsroom()
    drafted = room.draft(content(), by(1))
    due = clock.now + timedelta(hours=1)
    scheduled = room.publish(drafted.id, 1, by(2), due=due)
    clock.move(hours=2)
    assert room.publish(drafted.id, 1, by(2), due=due) == scheduled
    assert scheduled.effective_at == due


def test_a_cancelling_amendment_is_carried_out_once(newsroom: Make, clock: MovableClock) -> None:
    """Two events of one command are remembered as one."""
    room = newsroom()
    public = published(room)
    room.revise(public.id, 1, content("Second"), By())
    room.revise(public.id, 2, content("Third"), By())
    clock.move(seconds=1)
    room.amend(public.id, 2, MAJOR, "Later.", By(), due=clock.now + timedelta(days=1))
    amended = room.amend(public.id, 3, MAJOR, "Now.", by(9), cancel=True)
    assert room.amend(public.id, 3, MAJOR, "Now.", by(9), cancel=True) == amended
    assert named(room)[-2:] == ["publication.schedule-cancelled", "publication.amended"]
    assert amended.edition == 2


def test_a_masthead_command_sent_again_changes_nothing(newsroom: Make) -> None:
    """The masthead remembers its commands too."""
    room = newsroom()
    first = room.replace_masthead(MastheadText(name="Press office"), by(1), stop_reason="r")
    room.replace_masthead(MastheadText(name="Media office"), by(2), stop_reason="r")
    assert room.replace_masthead(MastheadText(name="Press office"), by(1), stop_reason="r") == first
    assert named(room) == ["masthead.opened", "masthead.named", "masthead.named"]


def test_pins_change_places_once(newsroom: Make) -> None:
    """However often the command is sent."""
    room = newsroom()
    first, second = (room.draft(content(title), By()).id for title in ("First", "Second"))
    for each in (first, second):
        room.pin(each, By())
    shifted = room.shift_pin(second, by(2), earlier=True)
    assert room.shift_pin(second, by(2), earlier=True) == shifted
    assert named(room)[-2:] == ["masthead.unpinned", "masthead.pinned"]
    with refused(room, errors.NothingChanged):
        room.shift_pin(second, By(), earlier=True)


def test_accounts_and_pins_are_idempotent(newsroom: Make) -> None:
    """Neither an account nor a pin comes twice."""
    room = newsroom()
    account = room.open_account([Role.ADMIN, Role.CHIEF], by(1))
    public = published(room)
    pinned = room.pin(public.id, by(2))
    unpinned = room.unpin(public.id, by(3))
    head = room.reader.head()
    assert room.open_account([Role.ADMIN, Role.CHIEF], by(1)) == account
    assert room.pin(public.id, by(2)) == pinned
    assert room.unpin(public.id, by(3)) == unpinned
    assert room.reader.head() == head


@pytest.mark.parametrize("late", [False, True])
def test_a_command_id_with_another_payload_is_refused(newsroom: Make, late: bool) -> None:
    """An id names one command for ever, also after later ones."""
    room = newsroom()
    drafted = room.draft(content(), by(1))
    room.revise(drafted.id, 1, content("Second"), by(2))
    if late:
        room.revise(drafted.id, 2, content("Third"), by(3))
    with refused(room, errors.CommandReused):
        room.draft(content("Something else"), by(1))
    with refused(room, errors.CommandReused):
        room.revise(drafted.id, 1, content("Something else"), by(2))
    with refused(room, errors.CommandReused):
        room.publish(drafted.id, 1, by(2))
    room.replace_masthead(MastheadText(name="Press office"), by(4), stop_reason="One.")
    with refused(room, errors.CommandReused):
        room.replace_masthead(MastheadText(name="Press office"), by(4), stop_reason="Another.")


def test_a_new_aggregates_id_is_derived_from_newsroom_and_command(newsroom: Make) -> None:
    """uuid5(newsroom, command_id), for publications and accounts."""
    room = newsroom()
    command = uuid4()
    drafted = room.draft(content(), By(command_id=command))
    source = room.newsroom_id()
    assert source is not None
    assert drafted.id == uuid5(source, str(command))
    other = uuid4()
    assert room.open_account([Role.EDITOR], By(command_id=other)).id == uuid5(source, str(other))


def test_a_command_keeps_its_hash_whatever_the_hour(newsroom: Make, clock: MovableClock) -> None:
    """The instant of asking is no part of `command_sha256`, the arguments are."""
    rooms = [newsroom(folder=name) for name in ("a", "b", "c")]
    hashes = []
    for number, room in enumerate(rooms):
        clock.move(hours=1)
        room.draft(content("Other" if number == 2 else "Same"), by(number))
        hashes.append(stored(room)[-1][1]["command_sha256"])
    assert hashes[0] == hashes[1] != hashes[2]
    assert len(hashes[0]) == 64

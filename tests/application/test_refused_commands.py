"""A refused command leaves nothing behind."""

from datetime import timedelta
from uuid import uuid4

from newsroom_acts import Make, by, content, published, refused

from movable_clock import MovableClock
from publisher.application import By
from publisher.domain import errors
from publisher.domain.masthead import Masthead


def test_refused_commands_leave_the_log_as_it_was(newsroom: Make, clock: MovableClock) -> None:
    """Refusals are not events, and store no texts."""
    room = newsroom()
    public = published(room, slug="budget")
    draft = room.draft(content("Draft"), By())
    nobody = uuid4()
    with refused(room, errors.UnknownPublication):
        room.revise(nobody, 1, content("New"), By())
    with refused(room, errors.UnknownPublication):
        room.publish(Masthead.ID, 1, By())
    with refused(room, errors.UnknownPublication):
        room.pin(nobody, By())
    with refused(room, errors.StaleRevision):
        room.revise(draft.id, 7, content("New"), By())
    with refused(room, errors.NothingChanged):
        room.revise(draft.id, 1, content("Draft"), By())
    with refused(room, errors.UnknownRevision):
        room.publish(draft.id, 2, By())
    with refused(room, errors.UnknownRevision):
        room.publish(draft.id, 0, By())
    with refused(room, errors.AddressTaken):
        room.publish(draft.id, 1, By(), slug="budget")
    with refused(room, errors.BadSlug):
        room.publish(draft.id, 1, By(), slug="No Slug")
    with refused(room, errors.InstantPassed):
        room.publish(draft.id, 1, By(), due=clock.now - timedelta(days=1))
    with refused(room, errors.AlreadyPublished):
        room.publish(public.id, 1, By())
    with refused(room, errors.NothingScheduled):
        room.cancel_schedule(public.id, 2, By())
    with refused(room, errors.AlreadyPublic):
        room.cancel_schedule(public.id, 1, By())
    with refused(room, errors.ReasonMissing):
        room.withdraw(public.id, " ", By())
    with refused(room, errors.BadText):
        room.withdraw(public.id, "\x00", By())
    with refused(room, errors.NotWithdrawn):
        room.reinstate(public.id, By())
    with refused(room, errors.NotPublished):
        room.move(draft.id, "other", By())
    with refused(room, errors.BadText):
        room.draft(content(" "), By())
    with refused(room, errors.UnknownSetting):
        room.unpin(public.id, By())


def test_a_refused_first_command_leaves_an_empty_log(newsroom: Make) -> None:
    """Not even the masthead is opened by what was refused."""
    room = newsroom()
    with refused(room, errors.BadText):
        room.draft(content("\x07"), By())
    assert room.reader.head() == 0
    assert room.newsroom_id() is None


def test_a_refused_command_can_be_sent_again(newsroom: Make) -> None:
    """A refusal is not remembered: the id is free once the reason is gone."""
    room = newsroom()
    public = published(room, slug="budget")
    draft = room.draft(content("Draft"), By())
    with refused(room, errors.AddressTaken):
        room.publish(draft.id, 1, by(5), slug="budget")
    room.move(public.id, "budget-2", By())
    with refused(room, errors.AddressTaken):  # the old path still leads to what was there
        room.publish(draft.id, 1, by(5), slug="budget")
    assert room.publish(draft.id, 1, by(5), slug="other").path == "/2026/05/other"

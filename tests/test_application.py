"""The newsroom's use cases: idempotent, refused without a trace, addressed and scheduled."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest

from movable_clock import MovableClock
from publisher.application import By, Newsroom, Receipt
from publisher.domain import errors
from publisher.domain.address import Address
from publisher.domain.content import Content
from publisher.domain.masthead import Clock, Contact, Counter, Masthead, MastheadText, Notice
from publisher.domain.policy import Role
from publisher.domain.publication import Significance

Make = Callable[..., Newsroom]
MAJOR = Significance.MAJOR


def content(title: str = "Budget adopted", **fields: Any) -> Content:
    texts = {"kind": "press-release", "language": "en-GB", "summary": "S.", "body": f"{title}.\n"}
    return Content(title=title, **texts | fields)


def by(number: int, actor: str = "cli") -> By:
    return By(actor=actor, command_id=UUID(int=number))


def stored(newsroom: Newsroom) -> list[tuple[str, dict[str, Any]]]:
    """(topic, state) of every event of the log."""
    return [(e.topic, json.loads(e.state)) for _, e in newsroom.reader.stored(0, 10_000)]


def named(newsroom: Newsroom) -> list[str]:
    """Every event's topic without the package's name."""
    return [topic.removeprefix("publisher.") for topic, _ in stored(newsroom)]


def published(newsroom: Newsroom, title: str = "Budget adopted", **options: Any) -> Receipt:
    drafted = newsroom.draft(content(title), By())
    return newsroom.publish(drafted.id, 1, By(), **options)


@contextmanager
def refused(newsroom: Newsroom, refusal: type[errors.Refused]) -> Iterator[Any]:
    """The refusal is raised, and events and contents are what they were before."""

    def everything() -> tuple[object, object]:
        with newsroom.events_recorder.datastore.transaction(commit=False) as c:
            c.execute("SELECT sha256 FROM contents ORDER BY sha256")
            return newsroom.reader.stored(0, 10_000), [row[0] for row in c.fetchall()]

    before = everything()
    with pytest.raises(refusal) as raised:
        yield raised
    assert everything() == before


# ---- commands are idempotent


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


# ---- refusals leave nothing behind


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


# ---- what the log says


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


# ---- rehearsals


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


# ---- addresses


def test_a_derived_slug_is_numbered_until_it_is_free(newsroom: Make) -> None:
    """The title's slug, then -2, then -3."""
    room = newsroom()
    paths = [published(room, "Überblick: Haushalt’s Plan").path for _ in range(3)]
    assert paths == [
        "/2026/05/uberblick-haushalts-plan",
        "/2026/05/uberblick-haushalts-plan-2",
        "/2026/05/uberblick-haushalts-plan-3",
    ]


def test_a_title_without_letters_is_addressed_by_its_kind(newsroom: Make) -> None:
    """There is always a slug."""
    assert published(newsroom(), "!?").path == "/2026/05/press-release"


def test_a_given_slug_that_is_taken_is_refused_and_names_the_path(newsroom: Make) -> None:
    """It is never numbered behind the editor's back."""
    room = newsroom()
    published(room, slug="budget")
    draft = room.draft(content("Two"), By())
    with refused(room, errors.AddressTaken) as raised:
        room.publish(draft.id, 1, By(), slug="budget")
    assert raised.value.path == "/2026/05/budget"


@pytest.mark.parametrize(
    ("zone", "instant", "month"),
    [
        ("Europe/London", datetime(2026, 5, 31, 23, 30, tzinfo=UTC), "/2026/06/"),
        ("Europe/London", datetime(2026, 5, 31, 22, 59, 59, tzinfo=UTC), "/2026/05/"),
        ("UTC", datetime(2026, 5, 31, 23, 30, tzinfo=UTC), "/2026/05/"),
        ("Europe/London", datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "/2026/12/"),
        ("Asia/Tokyo", datetime(2026, 12, 31, 15, 0, tzinfo=UTC), "/2027/01/"),
    ],
)
def test_a_paths_month_is_that_of_the_newsrooms_zone(
    newsroom: Make, clock: MovableClock, zone: str, instant: datetime, month: str
) -> None:
    """Of edition 1's instant, scheduled or at once."""
    room = newsroom(zone=zone)
    scheduled = published(room, "Scheduled", due=instant)
    assert scheduled.path == f"{month}scheduled"
    clock.now = instant
    assert published(room, "Live").path == f"{month}live"


def test_the_masthead_zone_replaces_the_default_from_its_instant_on(
    newsroom: Make, clock: MovableClock
) -> None:
    """Settings give a zone until the first ZoneSet."""
    clock.now = datetime(2026, 5, 31, 16, tzinfo=UTC)
    room = newsroom(zone="Asia/Tokyo")
    assert published(room, "Before").path == "/2026/06/before"
    clock.move(seconds=1)
    text = MastheadText(name="Office", zone="Europe/London")
    room.replace_masthead(text, By(), stop_reason="r")
    assert published(room, "After").path == "/2026/05/after"


def test_a_move_keeps_year_and_month_and_the_old_path_stays_claimed(
    newsroom: Make, clock: MovableClock
) -> None:
    """A path once public is never released."""
    room = newsroom()
    public = published(room, slug="budget")
    clock.move(days=40)
    assert room.move(public.id, "budget-2026", By()).path == "/2026/05/budget-2026"
    clock.move(days=-40)
    draft = room.draft(content("Two"), By())
    with refused(room, errors.AddressTaken):
        room.publish(draft.id, 1, By(), slug="budget", due=datetime(2026, 5, 31, tzinfo=UTC))


def test_a_publication_moves_back_to_a_path_of_its_own(newsroom: Make) -> None:
    """It owns the old path still."""
    room = newsroom()
    public = published(room, slug="budget")
    room.move(public.id, "other", By())
    assert room.move(public.id, "budget", By()).path == "/2026/05/budget"


# ---- schedules


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


# ---- several writers


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


# ---- the masthead


def test_a_masthead_is_replaced_by_the_fewest_events(newsroom: Make) -> None:
    """What did not change has no event; what is missing is removed."""
    room = newsroom()
    counter = Counter(
        key="strike", since=datetime(2026, 1, 1, tzinfo=UTC).date(), zone="UTC", text="{days} days."
    )
    full = MastheadText(
        name="Office",
        zone="Europe/London",
        clocks=(Clock(label="Moscow", zone="Europe/Moscow"),),
        contacts=(Contact(label="Press", value="+44"),),
        counters=(counter,),
        notices=(Notice(level="warning", text="Closed."),),
    )
    room.replace_masthead(full, By(), stop_reason="Over.")
    before = room.reader.head()
    with refused(room, errors.NothingChanged):
        room.replace_masthead(full, By(), stop_reason="Over.")
    room.replace_masthead(MastheadText(name="Office"), By(), stop_reason="Over.")
    assert named(room)[before:] == [
        "masthead.clock-removed",
        "masthead.contact-removed",
        "masthead.counter-stopped",
        "masthead.notice-taken-down",
    ]
    assert stored(room)[before + 2][1]["reason"] == "Over."


def test_a_counter_from_the_future_is_refused(newsroom: Make, clock: MovableClock) -> None:
    """No day counter starts below zero."""
    room = newsroom()
    tomorrow = (clock.now + timedelta(days=1)).date()
    text = MastheadText(
        name="Office", counters=(Counter(key="k", since=tomorrow, zone="UTC", text="{days}"),)
    )
    with refused(room, errors.CounterFromFuture):
        room.replace_masthead(text, By(), stop_reason="r")


# ---- addresses and the past


def test_a_path_is_not_claimed_for_a_time_when_it_was_taken(newsroom: Make, clock: MovableClock) -> None:
    """A rehearsal of the past finds it taken until the instant of its release."""
    live = newsroom()
    first = published(live, slug="budget", due=clock.now + timedelta(days=1))
    released = clock.move(hours=2)
    live.cancel_schedule(first.id, 1, By())
    clock.move(hours=2)
    past = newsroom(rehearsal=released - timedelta(hours=1))
    draft = past.draft(content("Other"), By())
    with refused(past, errors.AddressTaken):
        past.publish(draft.id, 1, By(), slug="budget")
    assert live.publish(draft.id, 1, By(), slug="budget").path == "/2026/05/budget"


def test_a_numbered_slug_stays_within_the_limit(newsroom: Make) -> None:
    """A long title that comes twice is cut before its number."""
    room = newsroom()
    title = "Word " * 40
    slugs = [str(published(room, title.strip()).path).rpartition("/")[2] for _ in range(11)]
    assert len(set(slugs)) == 11
    assert slugs[10].endswith("-11")
    assert max(map(len, slugs)) <= 80


def test_another_month_has_the_same_slugs_free(newsroom: Make, clock: MovableClock) -> None:
    """Paths are unique, slugs are not."""
    room = newsroom()
    published(room, slug="budget")
    clock.move(days=30)
    assert published(room, "Again", slug="budget").path == "/2026/06/budget"

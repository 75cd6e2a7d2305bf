"""Schedules and rehearsals: what is due later, and what an instant means to each act."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from domain_samples import (
    HOUR,
    MICROSECOND,
    MINOR,
    NOON,
    PATH,
    SECOND,
    act,
    draft,
    last,
    names,
    published,
    refused,
    rehearsed,
    scheduled,
    sha,
)

from publisher.domain import errors
from publisher.domain.publication import CANCEL_MARGIN, Publication, Status
from publisher.domain.recorded import Act

DUE = NOON + HOUR

PUBLIC_ACTS: dict[str, Callable[[Publication, Act, bool], object]] = {
    "Amended": lambda p, a, cancel: p.amend(3, MINOR, "Another date.", a, cancel=cancel),
    "Moved": lambda p, a, cancel: p.move("/2026/11/other", a, cancel=cancel),
    "Withdrawn": lambda p, a, cancel: p.withdraw("A reason.", a, cancel=cancel),
    "Removed": lambda p, a, cancel: p.remove("An explanation.", a, cancel=cancel),
    "Redacted": lambda p, a, cancel: p.redact(1, "A law.", a, cancel=cancel),
}


def due_first(due: datetime = DUE) -> Publication:
    """A draft whose edition 1 is due an hour after noon."""
    publication = draft(revisions=3)
    publication.publish(1, PATH, act(NOON - HOUR), due=due)
    publication.collect_events()
    return publication


# ---- scheduling


def test_a_scheduled_publication_holds_from_its_instant() -> None:
    """The event is recorded now, its interval starts then."""
    publication = draft()
    publication.publish(1, PATH, act(), due=DUE)
    assert (last(publication).timestamp, last(publication).effective_at) == (NOON, DUE)
    assert publication.pending(act()) is publication.top


def test_a_scheduled_edition_is_pending_until_its_instant() -> None:
    """At its instant it is public."""
    publication = scheduled()
    before, then = publication.pending(act(DUE - MICROSECOND)), publication.pending(act(DUE))
    assert (before is not None, then) == (True, None)


@pytest.mark.parametrize("due", [NOON, NOON - MICROSECOND, NOON - timedelta(days=3650)])
def test_scheduling_for_what_has_passed_is_refused(due: datetime) -> None:
    """Now is no schedule either."""
    fresh, live = draft(), published()
    with refused(fresh, errors.InstantPassed):
        fresh.publish(1, PATH, act(), due=due)
    with refused(live, errors.InstantPassed):
        live.amend(2, MINOR, "A date.", act(), due=due)


def test_the_next_microsecond_can_be_scheduled() -> None:
    """Whatever lies after now."""
    publication = draft()
    publication.publish(1, PATH, act(), due=NOON + MICROSECOND)
    assert last(publication).effective_at == NOON + MICROSECOND


def test_publishing_what_is_scheduled_is_refused() -> None:
    """It must be cancelled first."""
    publication = due_first()
    with refused(publication, errors.AlreadyPublished):
        publication.publish(1, PATH, act())


# ---- cancelling


def test_cancelling_opens_what_stood_below_again() -> None:
    """Edition and note are gone; no path is free."""
    publication = scheduled()
    freed = publication.cancel_schedule(2, act())
    assert (names(publication), last(publication).effective_at, freed) == (
        ["ScheduleCancelled"],
        NOON,
        None,
    )
    assert publication.top is not None
    assert (publication.top.edition, publication.notes) == (1, {})


def test_cancelling_the_first_edition_frees_its_path() -> None:
    """It was never public."""
    publication = due_first()
    assert publication.cancel_schedule(1, act()) == PATH
    assert publication.top is None


def test_the_number_of_a_cancelled_edition_is_used_again() -> None:
    """It was never public, so no reader saw the number."""
    publication = scheduled()
    publication.cancel_schedule(2, act())
    publication.amend(3, MINOR, "Another date.", act(NOON + SECOND))
    assert (last(publication).edition, publication.notes[2][0]) == (2, "Another date.")


def test_the_number_of_a_cancelled_first_edition_is_used_again() -> None:
    """Edition 1 can be published at once after its schedule was cancelled."""
    publication = due_first()
    publication.cancel_schedule(1, act())
    publication.publish(2, "/2026/11/other", act(NOON + SECOND))
    assert (last(publication).edition, last(publication).effective_at) == (1, NOON + SECOND)


def test_a_draft_can_be_discarded_after_its_schedule_was_cancelled() -> None:
    """It is a draft again."""
    publication = due_first()
    publication.cancel_schedule(1, act())
    publication.discard_draft(act())
    assert publication.discarded


def test_thirty_seconds_before_it_can_be_cancelled() -> None:
    """The margin itself is still early enough."""
    publication = scheduled()
    publication.cancel_schedule(2, act(DUE - CANCEL_MARGIN))
    assert names(publication) == ["ScheduleCancelled"]


@pytest.mark.parametrize(
    "at", [DUE - timedelta(seconds=30) + MICROSECOND, DUE - MICROSECOND, DUE, DUE + HOUR]
)
def test_nearer_than_thirty_seconds_it_is_as_good_as_public(at: datetime) -> None:
    """From then on for ever."""
    publication = scheduled()
    with refused(publication, errors.AlreadyPublic):
        publication.cancel_schedule(2, act(at))


@pytest.mark.parametrize("edition", [0, 1, 3])
def test_cancelling_another_edition_is_refused(edition: int) -> None:
    """Only the pending one can be cancelled."""
    publication = scheduled()
    with refused(publication, errors.NothingScheduled):
        publication.cancel_schedule(edition, act())


def test_cancelling_an_edition_beneath_another_act_is_refused() -> None:
    """A move opened no edition, so there is none to take back."""
    publication = published()
    publication.move("/2026/11/other", act())
    publication.collect_events()
    with refused(publication, errors.NothingScheduled):
        publication.cancel_schedule(1, act())


def test_cancelling_a_draft_is_refused() -> None:
    """Nothing is scheduled."""
    publication = draft()
    with refused(publication, errors.NothingScheduled):
        publication.cancel_schedule(1, act())


# ---- other acts while an edition is pending


@pytest.mark.parametrize("name", PUBLIC_ACTS)
def test_an_act_asks_before_it_cancels_a_schedule(name: str) -> None:
    """The refusal names edition and instant."""
    publication = scheduled()
    with refused(publication, errors.ScheduleStands) as caught:
        PUBLIC_ACTS[name](publication, act(), False)
    assert (caught.value.edition, caught.value.due) == (2, DUE)


@pytest.mark.parametrize("name", PUBLIC_ACTS)
def test_an_act_that_may_cancels_first(name: str) -> None:
    """Both events are saved together, in that order."""
    publication = scheduled()
    PUBLIC_ACTS[name](publication, act(), True)
    assert names(publication) == ["ScheduleCancelled", name]
    assert [e.effective_at for e in publication.pending_events] == [NOON, NOON]


@pytest.mark.parametrize("name", PUBLIC_ACTS)
def test_an_act_cancels_nothing_within_the_margin(name: str) -> None:
    """What is as good as public can't be pushed aside either."""
    publication = scheduled()
    with refused(publication, errors.AlreadyPublic):
        PUBLIC_ACTS[name](publication, act(DUE - SECOND), True)


@pytest.mark.parametrize("name", PUBLIC_ACTS)
def test_once_it_is_due_an_act_needs_no_leave(name: str) -> None:
    """The edition stands, and the act changes it."""
    publication = scheduled()
    PUBLIC_ACTS[name](publication, act(DUE), False)
    assert names(publication) == [name]


@pytest.mark.parametrize("name", PUBLIC_ACTS)
def test_before_the_first_edition_is_due_there_is_nothing_to_change(name: str) -> None:
    """Cancelling it would leave a draft."""
    publication = due_first()
    with refused(publication, errors.NotPublished):
        PUBLIC_ACTS[name](publication, act(), True)


def test_a_refused_act_cancels_nothing() -> None:
    """Every rule is asked before the schedule is touched."""
    publication = scheduled()
    with refused(publication, errors.NothingChanged):
        publication.move(PATH, act(), cancel=True)
    with refused(publication, errors.NothingChanged):
        publication.amend(1, MINOR, "Back again.", act(), cancel=True)
    with refused(publication, errors.ReasonMissing):
        publication.amend(3, MINOR, "", act(), cancel=True)
    with refused(publication, errors.UnknownRevision):
        publication.amend(9, MINOR, "A date.", act(), cancel=True)
    with refused(publication, errors.InstantPassed):
        publication.amend(3, MINOR, "A date.", act(), due=NOON, cancel=True)
    with refused(publication, errors.UnknownEdition):
        publication.redact(2, "A law.", act(), cancel=True)


def test_a_schedule_can_be_put_off() -> None:
    """The pending edition is cancelled and another one scheduled by one act."""
    publication = scheduled()
    publication.amend(2, MINOR, "A date.", act(), due=DUE + HOUR, cancel=True)
    assert names(publication) == ["ScheduleCancelled", "Amended"]
    assert (last(publication).edition, last(publication).effective_at) == (2, DUE + HOUR)


def test_the_cancelled_text_can_be_published_at_once() -> None:
    """What was pending does not count as what stands."""
    publication = scheduled()
    publication.amend(2, MINOR, "A date.", act(), cancel=True)
    assert (last(publication).edition, last(publication).effective_at) == (2, NOON)


def test_redacting_forgets_a_text_that_only_a_cancelled_edition_holds() -> None:
    """Only what stands keeps a text."""
    publication = draft(revisions=3)
    publication.publish(2, PATH, act(NOON - HOUR))
    publication.amend(1, MINOR, "A date.", act(NOON - HOUR / 2), due=DUE)
    publication.collect_events()
    assert publication.redact(1, "A law.", act(), cancel=True) == [sha(1), sha(2)]


def test_reinstating_never_meets_a_schedule() -> None:
    """What is withdrawn can't be amended, so nothing can be pending."""
    publication = scheduled()
    publication.withdraw("A reason.", act(), cancel=True)
    publication.reinstate(act(NOON + SECOND))
    assert publication.top is not None
    assert (publication.top.edition, publication.top.status) == (1, Status.LIVE)


def test_reinstating_beneath_a_schedule_is_refused() -> None:
    """What is live with an edition pending says so."""
    publication = scheduled()
    with refused(publication, errors.ScheduleStands):
        publication.reinstate(act())


def test_the_note_of_a_pending_edition_cant_be_amended() -> None:
    """Its schedule is changed instead."""
    publication = scheduled()
    with refused(publication, errors.ScheduleStands):
        publication.amend_note(2, "A date.", "The date.", act())


def test_the_note_of_an_earlier_edition_can_be_amended_meanwhile() -> None:
    """It touches no interval of the stack."""
    publication = published(revisions=4)
    publication.amend(2, MINOR, "A date.", act(NOON - HOUR / 2))
    publication.amend(3, MINOR, "Another date.", act(NOON - HOUR / 3), due=DUE)
    publication.collect_events()
    publication.amend_note(2, "A date.", "The date.", act())
    assert (names(publication), last(publication).effective_at) == (["NoteAmended"], NOON)


# ---- imports


def test_an_import_may_look_back() -> None:
    """When it creates the publication."""
    publication = draft()
    long_ago = NOON - timedelta(days=5000)
    publication.publish(1, PATH, act(), due=long_ago, imported=True)
    assert (last(publication).timestamp, last(publication).effective_at) == (NOON, long_ago)


def test_an_import_appends_later_instants() -> None:
    """In the past, after what stands."""
    publication = published(at=NOON - timedelta(days=5000))
    then = NOON - timedelta(days=4000)
    publication.amend(2, MINOR, "A date.", act(), due=then, imported=True)
    assert last(publication).effective_at == then


@pytest.mark.parametrize("due", [NOON - HOUR, NOON - HOUR - MICROSECOND])
def test_an_import_before_what_stands_is_refused(due: datetime) -> None:
    """History is only ever added at its end."""
    publication = published()
    with refused(publication, errors.InstantTooEarly):
        publication.amend(2, MINOR, "A date.", act(), due=due, imported=True)


def test_an_import_while_an_edition_is_pending_is_refused() -> None:
    """It may not cancel what somebody scheduled."""
    publication = scheduled()
    with refused(publication, errors.ScheduleStands):
        publication.amend(3, MINOR, "A date.", act(), due=DUE + HOUR, imported=True)


def test_an_import_may_schedule() -> None:
    """An instant still to come is a schedule like any other."""
    publication = draft()
    publication.publish(1, PATH, act(), due=DUE, imported=True)
    assert publication.pending(act()) is publication.top


# ---- rehearsals


def test_a_rehearsal_acts_at_its_own_instant() -> None:
    """Recorded by the machine's clock, effective at PUBLISHER_NOW, and marked."""
    publication = draft()
    publication.publish(1, PATH, rehearsed())
    event = last(publication)
    assert (event.effective_at, event.timestamp, event.rehearsal) == (
        NOON,
        NOON + timedelta(days=1000),
        True,
    )


def test_a_rehearsals_second_takes_several_acts() -> None:
    """Each a microsecond after the one before, and none of them pending."""
    publication = draft(revisions=3)
    publication.publish(1, PATH, rehearsed())
    publication.amend(2, MINOR, "A date.", rehearsed())
    publication.withdraw("A reason.", rehearsed())
    publication.reinstate(rehearsed())
    assert [e.effective_at - NOON for e in publication.pending_events] == [
        n * MICROSECOND for n in range(4)
    ]


@pytest.mark.parametrize("due", [NOON, NOON + SECOND - MICROSECOND])
def test_a_rehearsal_schedules_nothing_within_its_second(due: datetime) -> None:
    """The whole second is now."""
    publication = draft()
    with refused(publication, errors.InstantPassed):
        publication.publish(1, PATH, rehearsed(), due=due)


def test_a_rehearsal_schedules_from_the_next_second_on() -> None:
    """Which is later than its own."""
    publication = draft()
    publication.publish(1, PATH, rehearsed(), due=NOON + SECOND)
    assert publication.pending(rehearsed()) is publication.top


def test_what_stands_at_the_end_of_a_rehearsals_second_is_not_pending() -> None:
    """From the next second on it is."""
    publication = scheduled(due=DUE)
    within = publication.pending(act(DUE - SECOND + MICROSECOND, rehearsal=True))
    before = publication.pending(act(DUE - SECOND, rehearsal=True))
    assert (within, before is not None) == (None, True)


def test_a_rehearsal_behind_history_is_refused() -> None:
    """An act can't be laid beneath what stands."""
    publication = published()
    publication.move("/2026/11/other", act())
    publication.collect_events()
    with refused(publication, errors.RehearsalBehindHistory):
        publication.withdraw("A reason.", rehearsed(NOON - SECOND))


@pytest.mark.parametrize("cancel", [False, True])
@pytest.mark.parametrize("name", PUBLIC_ACTS)
def test_to_a_rehearsal_what_was_really_public_is_no_schedule(name: str, *, cancel: bool) -> None:
    """Edition 2 was seen by readers since: no leave to cancel it helps."""
    publication = scheduled()
    with refused(publication, errors.RehearsalBehindHistory):
        PUBLIC_ACTS[name](publication, rehearsed(), cancel)


def test_a_rehearsal_behind_a_note_is_refused() -> None:
    """The note was amended after its instant."""
    publication = published()
    publication.amend(2, MINOR, "A date.", act(NOON - HOUR / 2))
    publication.amend_note(2, "A date.", "The date.", act())
    publication.collect_events()
    with refused(publication, errors.RehearsalBehindHistory):
        publication.amend_note(2, "The date.", "That date.", rehearsed(NOON - SECOND))


def test_a_rehearsal_up_to_the_end_of_its_second_is_not_behind() -> None:
    """What stands within its second is followed by the next microsecond."""
    publication = published()
    publication.move("/2026/11/other", act(NOON + SECOND / 2))
    publication.withdraw("A reason.", rehearsed())
    assert last(publication).effective_at == NOON + SECOND / 2 + MICROSECOND


def test_a_rehearsals_full_second_takes_no_more() -> None:
    """The last microsecond of it is taken."""
    publication = published()
    publication.move("/2026/11/other", act(NOON + SECOND - MICROSECOND))
    publication.collect_events()
    with refused(publication, errors.RehearsalBehindHistory):
        publication.withdraw("A reason.", rehearsed())


def test_a_rehearsals_own_schedule_is_cancelled_by_its_own_instant() -> None:
    """Although the machine's clock is years past it: nobody was served it."""
    publication = published()
    publication.amend(2, MINOR, "A date.", rehearsed(), due=DUE)
    publication.collect_events()
    publication.cancel_schedule(2, rehearsed())
    assert names(publication) == ["ScheduleCancelled"]


def test_a_rehearsal_cant_cancel_what_was_really_public() -> None:
    """Its instant lies before, but readers have seen the edition."""
    publication = scheduled()
    with refused(publication, errors.AlreadyPublic):
        publication.cancel_schedule(2, rehearsed())

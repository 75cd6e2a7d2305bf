"""Review: nothing that only its author has read goes public, unless a chief says why."""

from datetime import datetime
from uuid import uuid4

import pytest
from domain_samples import HOUR, MINOR, NOON, PATH, act, draft, last, names, refused, sha

from publisher.domain import errors
from publisher.domain.publication import Publication
from publisher.domain.recorded import Act

LATER = NOON + HOUR


def by(actor: str, at: datetime = NOON) -> Act:
    return act(at, actor=actor)


def written(revisions: int = 1, author: str = "ann") -> Publication:
    """A draft whose revision n has the content sha(n), all saved by the author."""
    publication = Publication.draft(uuid4(), sha(1), by(author))
    for number in range(2, revisions + 1):
        publication.revise(number - 1, sha(number), by(author))
    publication.collect_events()
    return publication


def submitted(author: str = "ann") -> Publication:
    publication = written(author=author)
    publication.submit(1, by(author))
    publication.collect_events()
    return publication


def approved(revisions: int = 1) -> Publication:
    """The newest revision of ann's draft, approved by bob."""
    publication = written(revisions)
    publication.submit(revisions, by("ann"))
    publication.approve(revisions, by("bob"))
    publication.collect_events()
    return publication


def live() -> Publication:
    publication = approved()
    publication.publish(1, PATH, by("ann"))
    publication.collect_events()
    return publication


def expedited() -> Publication:
    """Ann's draft, let past review by the chief eve."""
    publication = written()
    publication.publish(1, PATH, by("eve"), expedite="Flood warning.")
    publication.collect_events()
    return publication


def test_the_newest_revision_is_submitted() -> None:
    """The event names it."""
    publication = written(revisions=2)
    publication.submit(2, by("ann"))
    assert (names(publication), last(publication).revision) == (["Submitted"], 2)


def test_an_older_revision_is_not_submitted() -> None:
    """A reviewer is asked about what the desk says now."""
    publication = written(revisions=2)
    with refused(publication, errors.StaleRevision):
        publication.submit(1, by("ann"))


def test_nothing_is_submitted_twice() -> None:
    publication = submitted()
    with refused(publication, errors.AlreadySubmitted):
        publication.submit(1, by("ann"))


def test_what_is_approved_is_not_submitted() -> None:
    publication = approved()
    with refused(publication, errors.AlreadyApproved):
        publication.submit(1, by("ann"))


def test_an_approval_names_the_revision_and_its_content() -> None:
    publication = submitted()
    publication.approve(1, by("bob"))
    assert (names(publication), last(publication).revision, last(publication).content_sha256) == (
        ["Approved"],
        1,
        sha(1),
    )


def test_what_was_not_submitted_is_not_approved() -> None:
    publication = written()
    with refused(publication, errors.NotSubmitted):
        publication.approve(1, by("bob"))


def test_nobody_approves_their_own_text() -> None:
    publication = submitted(author="ann")
    with refused(publication, errors.NotYourOwnApproval):
        publication.approve(1, by("ann"))


def test_who_ever_saved_the_same_text_does_not_approve_it() -> None:
    """Another's save of it in between makes it no other text."""
    publication = written(author="ann")
    publication.revise(1, sha(2), by("bob"))
    publication.revise(2, sha(1), by("bob"))
    publication.submit(3, by("bob"))
    publication.collect_events()
    with refused(publication, errors.NotYourOwnApproval):
        publication.approve(3, by("ann"))


def test_changes_are_requested_with_a_comment() -> None:
    """The text can be approved once it was submitted again."""
    publication = submitted()
    publication.request_changes(1, "Name the source.", by("bob"))
    assert (names(publication), last(publication).revision, last(publication).comment) == (
        ["ChangesRequested"],
        1,
        "Name the source.",
    )
    publication.collect_events()
    with refused(publication, errors.NotSubmitted):
        publication.approve(1, by("bob"))


def test_changes_are_not_requested_without_saying_which() -> None:
    publication = submitted()
    with refused(publication, errors.ReasonMissing):
        publication.request_changes(1, " ", by("bob"))


def test_changes_are_requested_of_what_was_submitted_alone() -> None:
    publication = written()
    with refused(publication, errors.NotSubmitted):
        publication.request_changes(1, "Why?", by("bob"))


def test_what_nobody_approved_does_not_go_public() -> None:
    """Neither as the first edition nor as a later one."""
    publication = submitted()
    with refused(publication, errors.NotApproved):
        publication.publish(1, PATH, by("eve"))
    publication = live()
    publication.revise(1, sha(2), by("ann"))
    publication.collect_events()
    with refused(publication, errors.NotApproved):
        publication.amend(2, MINOR, "A date.", by("eve"))


def test_the_approved_text_goes_public_by_whomever() -> None:
    publication = approved()
    publication.publish(1, PATH, by("ann"))
    assert names(publication) == ["Published"]


def test_a_later_save_needs_its_own_approval_and_leaves_the_earlier_one() -> None:
    """Approval is of a content: revision 1 may go out, revision 2 may not."""
    publication = approved()
    publication.revise(1, sha(2), by("ann"))
    publication.collect_events()
    with refused(publication, errors.NotApproved):
        publication.publish(2, PATH, by("ann"))
    publication.publish(1, PATH, by("ann"))
    assert names(publication) == ["Published"]


def test_a_later_save_leaves_the_schedule() -> None:
    """It pins what was approved."""
    publication = approved()
    publication.publish(1, PATH, by("ann"), due=LATER)
    publication.revise(1, sha(2), by("ann"))
    assert publication.top is not None
    assert (publication.top.content_sha256, publication.top.effective_at) == (sha(1), LATER)


def test_a_submitted_revision_can_be_approved_after_a_later_save() -> None:
    """The reviewer answers about what was asked."""
    publication = submitted()
    publication.revise(1, sha(2), by("ann"))
    publication.approve(1, by("bob"))
    publication.collect_events()
    with refused(publication, errors.NotSubmitted):
        publication.approve(2, by("bob"))


def test_what_was_approved_once_may_be_restored_and_published() -> None:
    """The same content has the same approval, whichever its revision."""
    publication = live()
    publication.revise(1, sha(2), by("ann"))
    publication.submit(2, by("ann"))
    publication.approve(2, by("bob"))
    publication.amend(2, MINOR, "A date.", by("ann"))
    publication.revise(2, sha(1), by("ann"))
    publication.collect_events()
    publication.amend(3, MINOR, "The date again.", by("ann", LATER))
    assert names(publication) == ["Amended"]


def test_a_chief_lets_a_text_past_review_with_a_reason() -> None:
    """The reason is an event of its own, in the save that publishes."""
    publication = written()
    publication.publish(1, PATH, by("eve"), expedite="Flood warning.")
    assert names(publication) == ["Expedited", "Published"]
    assert publication.pending_events[0].reason == "Flood warning."
    assert publication.review.waits(sha(1))


def test_an_amendment_goes_past_review_after_the_schedule_is_cancelled() -> None:
    """Whatever is recorded before the edition stands before it in the log."""
    publication = approved(revisions=2)
    publication.publish(2, PATH, by("ann"))
    publication.amend(1, MINOR, "Later.", by("eve"), due=LATER, expedite="Agreed by phone.")
    publication.revise(2, sha(3), by("ann"))
    publication.collect_events()
    publication.amend(3, MINOR, "Now.", by("eve"), cancel=True, expedite="Flood warning.")
    assert names(publication) == ["ScheduleCancelled", "Expedited", "Amended"]


def test_no_reason_is_recorded_for_what_is_approved() -> None:
    publication = approved()
    publication.publish(1, PATH, by("eve"), expedite="In a hurry.")
    assert names(publication) == ["Published"]


@pytest.mark.parametrize("reason", ["", " \n"])
def test_an_empty_reason_is_none(reason: str) -> None:
    publication = written()
    with refused(publication, errors.ReasonMissing):
        publication.publish(1, PATH, by("eve"), expedite=reason)


def test_what_went_past_review_waits_until_somebody_else_approves_it() -> None:
    """Neither its author nor the chief who let it out."""
    publication = expedited()
    for involved in ("ann", "eve"):
        with refused(publication, errors.NotYourOwnApproval):
            publication.approve(1, by(involved))
    publication.approve(1, by("bob"))
    assert not publication.review.waits(sha(1))


def test_a_reviewer_may_ask_for_changes_of_what_went_past_review() -> None:
    """It waits on, and is not hidden."""
    publication = expedited()
    publication.request_changes(1, "The figure is wrong.", by("bob"))
    assert publication.review.waits(sha(1))


def test_the_command_line_is_above_review() -> None:
    """Imports publish what was public elsewhere."""
    publication = draft()
    publication.publish(1, PATH, act())
    assert names(publication) == ["Published"]


def test_nothing_discarded_is_reviewed() -> None:
    publication = submitted()
    publication.discard_draft(by("ann"))
    publication.collect_events()
    with refused(publication, errors.Discarded):
        publication.approve(1, by("bob"))
    with refused(publication, errors.Discarded):
        publication.submit(1, by("ann"))

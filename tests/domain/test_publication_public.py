"""A publication's public acts: what each does to the stack, and what each refuses."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from domain_samples import (
    HOUR,
    MICROSECOND,
    MINOR,
    NOON,
    PATH,
    act,
    draft,
    last,
    names,
    published,
    refused,
    sha,
)

from publisher.domain import errors
from publisher.domain.publication import Publication, Significance, Status

MAJOR = Significance.MAJOR

ACTS: dict[str, Callable[[Publication], object]] = {
    "amend": lambda p: p.amend(2, MINOR, "A date.", act()),
    "move": lambda p: p.move("/2026/11/other", act()),
    "withdraw": lambda p: p.withdraw("A reason.", act()),
    "reinstate": lambda p: p.reinstate(act()),
    "remove": lambda p: p.remove("An explanation.", act()),
    "redact": lambda p: p.redact(1, "A law.", act()),
    "amend note": lambda p: p.amend_note(1, "", "A note.", act()),
}


def withdrawn() -> Publication:
    publication = published()
    publication.withdraw("A reason.", act(NOON - HOUR / 2))
    publication.collect_events()
    return publication


def removed() -> Publication:
    publication = published()
    publication.remove("An explanation.", act(NOON - HOUR / 2))
    publication.collect_events()
    return publication


def amended(editions: int = 2) -> Publication:
    """Edition n has revision n."""
    publication = published()
    for number in range(2, editions + 1):
        publication.amend(number, MINOR, f"Note {number}.", act(NOON - HOUR / number))
    publication.collect_events()
    return publication


# ---- publishing


def test_publishing_opens_edition_one() -> None:
    """Live from the act's instant on, at its path, with the revision's content."""
    publication = draft(revisions=2)
    publication.publish(2, PATH, act())
    event = last(publication)
    assert (event.edition, event.revision, event.content_sha256, event.path, event.effective_at) == (
        1, 2, sha(2), PATH, NOON,
    )  # fmt: skip
    assert publication.top is not None
    assert (publication.top.status, publication.top.edition, publication.top.path) == (Status.LIVE, 1, PATH)


@pytest.mark.parametrize("revision", [0, -1, 2])
def test_publishing_an_unknown_revision_is_refused(revision: int) -> None:
    """Only what was saved can be published."""
    publication = draft()
    with refused(publication, errors.UnknownRevision):
        publication.publish(revision, PATH, act())


@pytest.mark.parametrize("made", [published, withdrawn, amended])
def test_publishing_twice_is_refused(made: Callable[[], Publication]) -> None:
    """What was public is amended or reinstated."""
    publication = made()
    with refused(publication, errors.AlreadyPublished):
        publication.publish(1, PATH, act())


# ---- amending


def test_amending_opens_the_next_edition() -> None:
    """With its note, its significance, and the path that stands."""
    publication = published()
    publication.amend(3, MAJOR, "Two dates.", act())
    event = last(publication)
    assert (event.edition, event.revision, event.content_sha256) == (2, 3, sha(3))
    assert (event.significance, event.note, event.effective_at) == ("major", "Two dates.", NOON)
    assert publication.notes == {2: ("Two dates.", NOON)}
    assert publication.top is not None
    assert (publication.top.edition, publication.top.path) == (2, PATH)


def test_amending_with_the_same_text_is_refused() -> None:
    """An edition that changes nothing is none."""
    publication = published()
    with refused(publication, errors.NothingChanged):
        publication.amend(1, MINOR, "A date.", act())


def test_going_back_to_an_earlier_edition_is_an_edition() -> None:
    """Edition 3 may say what edition 1 said."""
    publication = amended()
    publication.amend(1, MINOR, "Back again.", act())
    assert (last(publication).edition, last(publication).content_sha256) == (3, sha(1))


@pytest.mark.parametrize("note", ["", "  \n\t"])
def test_amending_without_a_note_is_refused(note: str) -> None:
    """No silent edits: the field is named."""
    publication = published()
    with refused(publication, errors.ReasonMissing) as caught:
        publication.amend(2, MINOR, note, act())
    assert caught.value.field == "note"


@pytest.mark.parametrize("revision", [0, 4])
def test_amending_to_an_unknown_revision_is_refused(revision: int) -> None:
    """Only what was saved can become an edition."""
    publication = published()
    with refused(publication, errors.UnknownRevision):
        publication.amend(revision, MINOR, "A date.", act())


def test_amending_what_is_withdrawn_is_refused() -> None:
    """It is reinstated first."""
    publication = withdrawn()
    with refused(publication, errors.NotLive, "withdrawn, so it can't be amended"):
        publication.amend(2, MINOR, "A date.", act())


# ---- moving, withdrawing, reinstating, removing


def test_moving_keeps_edition_and_status() -> None:
    """Only the path changes; old and new are both told."""
    publication = amended()
    publication.move("/2026/11/other", act())
    event = last(publication)
    assert (event.old, event.new, event.effective_at) == (PATH, "/2026/11/other", NOON)
    assert publication.top is not None
    assert (publication.top.edition, publication.top.path) == (2, "/2026/11/other")
    assert not publication.top.opens_edition


def test_moving_to_where_it_is_is_refused() -> None:
    """The same address is no move."""
    publication = published()
    with refused(publication, errors.NothingChanged, "the address"):
        publication.move(PATH, act())


def test_moving_back_is_allowed() -> None:
    """A publication's own former address is free for it."""
    publication = published()
    publication.move("/2026/11/other", act(NOON - MICROSECOND))
    publication.move(PATH, act())
    assert [s.path for s in publication.stack] == [PATH, "/2026/11/other", PATH]


def test_what_is_withdrawn_can_be_moved() -> None:
    """It stays withdrawn at its new address."""
    publication = withdrawn()
    publication.move("/2026/11/other", act())
    assert publication.top is not None
    assert publication.top.status is Status.WITHDRAWN


def test_withdrawing_keeps_the_text_and_says_why() -> None:
    """The status changes, the edition stays."""
    publication = published()
    publication.withdraw("A reason.", act())
    assert publication.top is not None
    assert (last(publication).reason, publication.top.status, publication.top.edition) == (
        "A reason.", Status.WITHDRAWN, 1,
    )  # fmt: skip


def test_withdrawing_without_a_reason_is_refused() -> None:
    """Readers will see it."""
    publication = published()
    with refused(publication, errors.ReasonMissing) as caught:
        publication.withdraw(" ", act())
    assert caught.value.field == "reason"


def test_withdrawing_twice_is_refused() -> None:
    """Only what is live can be withdrawn."""
    publication = withdrawn()
    with refused(publication, errors.NotLive, "withdrawn, so it can't be withdrawn"):
        publication.withdraw("Another reason.", act())


def test_reinstating_makes_it_live_again() -> None:
    """The edition that was withdrawn stands again."""
    publication = withdrawn()
    publication.reinstate(act())
    assert publication.top is not None
    assert (names(publication), publication.top.status) == (["Reinstated"], Status.LIVE)


def test_reinstating_what_is_live_is_refused() -> None:
    """Only a withdrawal can be taken back."""
    publication = published()
    with refused(publication, errors.NotWithdrawn):
        publication.reinstate(act())


@pytest.mark.parametrize("made", [published, withdrawn, amended])
def test_removing_explains_itself(made: Callable[[], Publication]) -> None:
    """Whatever stood there, the explanation and the target are told."""
    publication = made()
    publication.remove("An explanation.", act(), redirect="/2026/11/better")
    event = last(publication)
    assert (event.explanation, event.redirect) == ("An explanation.", "/2026/11/better")
    assert publication.top is not None
    assert publication.top.status is Status.REMOVED


def test_removing_without_an_explanation_is_refused() -> None:
    """It stands in the text's place."""
    publication = published()
    with refused(publication, errors.ReasonMissing) as caught:
        publication.remove("", act())
    assert caught.value.field == "explanation"


@pytest.mark.parametrize("name", ACTS)
def test_removal_is_final(name: str) -> None:
    """No public act follows."""
    publication = removed()
    with refused(publication, errors.Gone):
        ACTS[name](publication)


def test_a_removed_publication_takes_no_revision_and_no_publishing() -> None:
    """Nor does the desk go on with it."""
    publication = removed()
    with refused(publication, errors.Gone):
        publication.revise(3, sha(4), act())
    with refused(publication, errors.Gone):
        publication.publish(1, PATH, act())


@pytest.mark.parametrize("name", ACTS)
def test_a_draft_has_nothing_to_change(name: str) -> None:
    """Acts on what is public need something public."""
    publication = draft(revisions=2)
    with refused(publication, errors.NotPublished, "nothing to " + name.partition(" ")[0]):
        ACTS[name](publication)


@pytest.mark.parametrize("name", ACTS)
def test_a_discarded_draft_has_nothing_to_change(name: str) -> None:
    """It says that it was discarded."""
    publication = draft(revisions=2)
    publication.discard_draft(act())
    publication.collect_events()
    with refused(publication, errors.Discarded):
        ACTS[name](publication)


# ---- notes


def test_a_note_can_be_amended() -> None:
    """Old and new are both told, and hold from the act on."""
    publication = amended()
    publication.amend_note(2, "Note 2.", "Note two.", act())
    event = last(publication)
    assert (event.edition, event.old, event.new, event.effective_at) == (2, "Note 2.", "Note two.", NOON)
    assert publication.notes[2] == ("Note two.", NOON)


def test_a_note_of_an_unknown_edition_is_refused() -> None:
    """Edition 1 has no note either."""
    publication = amended()
    for edition in (0, 1, 3):
        with refused(publication, errors.UnknownEdition):
            publication.amend_note(edition, "Note 2.", "Note two.", act())


def test_a_note_that_changed_meanwhile_is_refused() -> None:
    """Who did not see the present note can't replace it."""
    publication = amended()
    with refused(publication, errors.StaleRevision):
        publication.amend_note(2, "Note 1.", "Note two.", act())


def test_the_same_note_is_refused() -> None:
    """Nothing would change."""
    publication = amended()
    with refused(publication, errors.NothingChanged, "the note"):
        publication.amend_note(2, "Note 2.", "Note 2.", act())


def test_an_empty_note_is_refused() -> None:
    """A note can't be amended away."""
    publication = amended()
    with refused(publication, errors.ReasonMissing) as caught:
        publication.amend_note(2, "Note 2.", " ", act())
    assert caught.value.field == "note"


def test_notes_amended_at_one_instant_stand_one_after_the_other() -> None:
    """Their instants increase strictly."""
    publication = amended()
    publication.amend_note(2, "Note 2.", "Note two.", act())
    publication.amend_note(2, "Note two.", "Note no. 2.", act())
    assert [e.effective_at for e in publication.pending_events] == [NOON, NOON + MICROSECOND]


# ---- redacting


def test_redacting_names_every_text_saved_since_the_edition_before() -> None:
    """Drafts on the way to an edition may hold what must go."""
    publication = published(revisions=4)
    publication.amend(3, MINOR, "A date.", act(NOON - MICROSECOND))
    publication.collect_events()
    forgotten = publication.redact(2, "A law.", act())
    event = last(publication)
    assert (forgotten, event.content_sha256s) == ([sha(2), sha(3)], [sha(2), sha(3)])
    assert (event.edition, event.legal_basis, event.effective_at) == (2, "A law.", NOON)


def test_redacting_the_first_edition_names_its_drafts() -> None:
    """From revision 1 on."""
    publication = draft(revisions=3)
    publication.publish(2, PATH, act(NOON - HOUR))
    publication.collect_events()
    assert publication.redact(1, "A law.", act()) == [sha(1), sha(2)]


def test_redacting_keeps_what_another_edition_says() -> None:
    """A text that stands in another edition of it is not forgotten."""
    publication = amended()
    publication.amend(1, MINOR, "Back again.", act(NOON - MICROSECOND))
    publication.collect_events()
    assert publication.redact(1, "A law.", act()) == []


def test_redacting_an_edition_of_an_older_revision_names_its_own_text() -> None:
    """Editions need not follow the order of the revisions."""
    publication = draft(revisions=3)
    publication.publish(2, PATH, act(NOON - HOUR))
    publication.amend(3, MINOR, "A date.", act(NOON - HOUR / 2))
    publication.amend(1, MINOR, "Another date.", act(NOON - HOUR / 3))
    publication.collect_events()
    assert publication.redact(3, "A law.", act()) == [sha(1)]


def test_redacting_leaves_the_stack_as_it_is() -> None:
    """The interval stays, its text is suppressed."""
    publication = amended()
    before = list(publication.stack)
    publication.redact(2, "A law.", act())
    assert publication.stack == before


def test_a_redacted_text_cant_become_an_edition_again() -> None:
    """Its hash is remembered."""
    publication = published()
    publication.amend(2, MINOR, "A date.", act(NOON - HOUR / 2))
    publication.amend(3, MINOR, "Another date.", act(NOON - HOUR / 3))
    publication.redact(2, "A law.", act(NOON - MICROSECOND))
    publication.collect_events()
    with refused(publication, errors.ContentRedacted):
        publication.amend(2, MINOR, "Back again.", act())


@pytest.mark.parametrize("edition", [0, 3])
def test_redacting_an_unknown_edition_is_refused(edition: int) -> None:
    """Only an edition that was public can be redacted."""
    publication = amended()
    with refused(publication, errors.UnknownEdition):
        publication.redact(edition, "A law.", act())


def test_redacting_without_a_legal_basis_is_refused() -> None:
    """The field is named."""
    publication = published()
    with refused(publication, errors.ReasonMissing) as caught:
        publication.redact(1, "", act())
    assert caught.value.field == "legal_basis"


# ---- the order of instants


def test_acts_at_one_instant_stand_one_after_the_other() -> None:
    """A live act takes the instant after the last, where the clock has not moved on."""
    publication = published(at=NOON)
    publication.withdraw("A reason.", act())
    assert last(publication).effective_at == NOON + MICROSECOND


def test_effective_instants_increase_strictly() -> None:
    """Through all kinds of acts."""
    publication = published(at=NOON)
    publication.amend(2, MINOR, "A date.", act(NOON))
    publication.move("/2026/11/other", act(NOON + MICROSECOND))
    publication.withdraw("A reason.", act(NOON + 2 * MICROSECOND))
    publication.reinstate(act(NOON + timedelta(hours=3)))
    stack = [s.effective_at - NOON for s in publication.stack]
    assert stack == [MICROSECOND * n for n in range(4)] + [timedelta(hours=3)]

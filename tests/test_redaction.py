"""A redaction forgets texts: their rows, their bytes on disk, and the right to store them again."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from movable_clock import MovableClock
from publisher.application import By, Newsroom, Receipt
from publisher.domain import errors
from publisher.domain.content import Content
from publisher.domain.publication import Significance

Make = Callable[..., Newsroom]
LAW = "Art. 17 GDPR"


def text(title: str) -> Content:
    return Content(kind="notice", language="en-GB", title=title, summary="S.", body=f"Of {title}.\n")


def published(room: Newsroom, *titles: str, slug: str) -> Receipt:
    """A publication that is public with the last of some revisions."""
    drafted = room.draft(text(titles[0]), By())
    for number, title in enumerate(titles[1:], 1):
        room.revise(drafted.id, number, text(title), By())
    return room.publish(drafted.id, len(titles), By(), slug=slug)


def amended(room: Newsroom, public: Receipt, title: str) -> Receipt:
    assert public.revision is not None
    revised = room.revise(public.id, public.revision, text(title), By())
    assert revised.revision is not None
    return room.amend(public.id, revised.revision, Significance.CORRECTION, "Anew.", By())


def kept(room: Newsroom, *titles: str) -> list[bool]:
    """Whether each text is still in the log's contents."""
    return [room.reader.content(text(title).sha256) is not None for title in titles]


def test_the_text_and_its_drafts_are_deleted_and_refused(newsroom: Make) -> None:
    """What led to the edition goes with it; what was said since stays; nothing brings it back."""
    room = newsroom()
    public = published(room, "First draft", "Secret", slug="s")
    amended(room, public, "Harmless")
    room.redact(public.id, 1, LAW, By())

    assert kept(room, "First draft", "Secret", "Harmless") == [False, False, True]
    for title in ("First draft", "Secret"):
        with pytest.raises(errors.ContentRedacted):
            room.draft(text(title), By())


def test_the_event_names_what_it_forgets_and_the_log_stays_whole(newsroom: Make) -> None:
    """The record says which texts are missing, and why; every event before it is as it was."""
    room = newsroom()
    public = published(room, "First draft", "Secret", slug="s")
    amended(room, public, "Harmless")
    before = room.reader.stored(0, 100)
    receipt = room.redact(public.id, 1, LAW, By())

    *earlier, (_, event) = room.reader.select(0, 100)
    assert (event.edition, event.legal_basis) == (1, LAW)
    assert event.content_sha256s == [text("First draft").sha256, text("Secret").sha256]
    assert len(earlier) == len(before)
    assert room.reader.stored(0, len(before)) == before
    assert (receipt.edition, receipt.path) == (2, public.path)


def test_no_byte_of_the_text_is_left_on_disk(newsroom: Make, tmp_path: Path) -> None:
    """Neither in the database's free pages nor in its write-ahead log."""
    room = newsroom()
    public = published(room, "Unmistakable", slug="s")
    files = sorted((tmp_path / "var").glob("log.db*"))
    assert any(b"Of Unmistakable." in file.read_bytes() for file in files)
    amended(room, public, "Harmless")
    room.redact(public.id, 1, LAW, By())
    assert not any(b"Of Unmistakable." in file.read_bytes() for file in files)


def test_a_text_that_stands_elsewhere_too_is_not_forgotten(newsroom: Make) -> None:
    """The refusal names public pages by their paths and drafts by their ids, and leaves all as it was."""
    room = newsroom()
    public = published(room, "Secret", slug="one")
    other = published(room, "Secret", slug="two")
    draft = room.draft(text("Secret"), By())
    head = room.reader.head()

    with pytest.raises(errors.ContentShared) as refusal:
        room.redact(public.id, 1, LAW, By())
    assert set(refusal.value.publications) == {other.path, str(draft.id)}
    assert kept(room, "Secret") == [True]
    assert room.reader.head() == head


def test_a_scheduled_edition_elsewhere_stands_in_the_way_too(newsroom: Make, clock: MovableClock) -> None:
    """What readers will be shown is not deleted beneath them."""
    room = newsroom()
    public = published(room, "Secret", slug="one")
    other = published(room, "Other", slug="two")
    room.revise(other.id, 1, text("Secret"), By())
    due = clock.move(days=1)
    clock.move(days=-1)
    room.amend(other.id, 2, Significance.MAJOR, "Later.", By(), due=due)
    room.revise(other.id, 2, text("Something else"), By())
    with pytest.raises(errors.ContentShared):
        room.redact(public.id, 1, LAW, By())


def test_drafts_that_say_something_else_by_now_and_what_is_gone_stand_in_no_ones_way(
    newsroom: Make,
) -> None:
    """Revised, discarded and removed publications show the text to nobody."""
    room = newsroom()
    public = published(room, "Secret", slug="one")
    revised = room.draft(text("Secret"), By())
    discarded = room.draft(text("Secret"), By())
    removed = published(room, "Secret", slug="two")
    room.revise(revised.id, 1, text("Something else"), By())
    room.discard_draft(discarded.id, By())
    room.remove(removed.id, "An error.", By())
    room.redact(public.id, 1, LAW, By())
    assert kept(room, "Secret") == [False]


def test_a_revision_whose_text_was_forgotten_elsewhere_becomes_no_edition(newsroom: Make) -> None:
    """No event names a text that is not there."""
    room = newsroom()
    public = published(room, "Secret", slug="one")
    other = published(room, "Other", slug="two")
    room.revise(other.id, 1, text("Secret"), By())
    room.revise(other.id, 2, text("Something else"), By())
    room.redact(public.id, 1, LAW, By())
    with pytest.raises(errors.ContentRedacted):
        room.amend(other.id, 2, Significance.MAJOR, "Back.", By())
    assert room.amend(other.id, 3, Significance.MAJOR, "On.", By()).edition == 2


def test_the_same_redaction_sent_again_changes_nothing(newsroom: Make) -> None:
    """A retry is answered as it was the first time."""
    room = newsroom()
    public = published(room, "Secret", slug="s")
    by = By(command_id=UUID(int=7))
    receipt = room.redact(public.id, 1, LAW, by)
    head = room.reader.head()
    assert room.redact(public.id, 1, LAW, by) == receipt
    assert room.reader.head() == head


def test_a_redaction_says_upon_which_law_and_of_what(newsroom: Make) -> None:
    """Refusals forget nothing."""
    room = newsroom()
    public = published(room, "Secret", slug="s")
    with pytest.raises(errors.ReasonMissing):
        room.redact(public.id, 1, " ", By())
    with pytest.raises(errors.BadText):
        room.redact(public.id, 1, "\x00", By())
    with pytest.raises(errors.UnknownEdition):
        room.redact(public.id, 2, LAW, By())
    assert kept(room, "Secret") == [True]

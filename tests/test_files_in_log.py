"""Files are stored with the text that names them, by their hash, and go with it when it is redacted."""

from collections.abc import Callable

import pytest

from file_samples import PDF, png, taken
from publisher.application import By, Newsroom, Receipt
from publisher.domain import errors
from publisher.domain.content import Content
from publisher.domain.file import File
from publisher.domain.publication import Significance

Make = Callable[..., Newsroom]
MAP, MAP_BYTES = taken("map.png", png())
REPORT, REPORT_BYTES = taken("report.pdf", PDF)


def text(title: str, *files: File) -> Content:
    return Content(kind="notice", language="en", title=title, summary="", body="Body.", files=files)


def held(room: Newsroom, file: File) -> bool:
    return room.reader.content(file.sha256) is not None


def published(room: Newsroom, title: str, *files: File) -> Receipt:
    made = room.draft(text(title, *files), By(), files=MAP_BYTES | REPORT_BYTES)
    return room.publish(made.id, 1, By(), slug=title.lower())


def amended(room: Newsroom, public: Receipt, title: str, *files: File) -> Receipt:
    room.revise(public.id, 1, text(title, *files), By())
    return room.amend(public.id, 2, Significance.MAJOR, "Anew.", By())


def test_the_bytes_are_stored_with_the_text_and_once(newsroom: Make) -> None:
    """A later text that names the same file needs no bytes; bytes that no text names are not stored."""
    room = newsroom()
    made = room.draft(text("A", MAP), By(), files=MAP_BYTES | REPORT_BYTES)
    assert room.reader.content(MAP.sha256) == MAP_BYTES[MAP.sha256]
    assert not held(room, REPORT)
    room.revise(made.id, 1, text("B", MAP), By())
    room.draft(text("C", MAP), By())


def test_a_text_whose_file_is_nowhere_is_refused_and_leaves_nothing(newsroom: Make) -> None:
    """The sentence names the file; other bytes under its hash are not taken for it."""
    room = newsroom()
    for files in ({}, {MAP.sha256: b"other bytes"}):
        with pytest.raises(errors.BadText, match=r"map\.png is not here any more"):
            room.draft(text("A", MAP), By(), files=files)
    assert room.reader.head() == 0
    assert not held(room, MAP)


def test_a_redaction_forgets_the_files_and_names_them(newsroom: Make) -> None:
    """The bytes are gone and refused for ever; the event lists the text first, then its files."""
    room = newsroom()
    public = published(room, "Secret", MAP, REPORT)
    amended(room, public, "Harmless")
    room.redact(public.id, 1, "Article 17", By())
    assert not held(room, MAP)
    assert not held(room, REPORT)
    ((_, event),) = [(p, e) for p, e in room.reader.select(0, 99) if type(e).__name__ == "Redacted"]
    assert event.content_sha256s[1:] == [MAP.sha256, REPORT.sha256]
    with pytest.raises(errors.FileRedacted, match=r"map\.png"):
        room.draft(text("Again", MAP), By(), files=MAP_BYTES)


def test_a_file_that_a_later_edition_shows_stays(newsroom: Make) -> None:
    """What is redacted is the text; the other file, which nothing else shows, goes."""
    room = newsroom()
    public = published(room, "Secret", MAP, REPORT)
    amended(room, public, "Harmless", MAP)
    room.redact(public.id, 1, "Article 17", By())
    assert held(room, MAP)
    assert not held(room, REPORT)


def test_a_file_that_another_publication_uses_stays(newsroom: Make) -> None:
    """Public ones and newest drafts use one; a text that only writes the hash down does not."""
    room = newsroom()
    public = published(room, "Secret", MAP, REPORT)
    amended(room, public, "Harmless")
    room.draft(text("Other", MAP), By())
    room.draft(text(f"Of {REPORT.sha256}"), By())
    room.redact(public.id, 1, "Article 17", By())
    assert held(room, MAP)
    assert not held(room, REPORT)


def test_a_file_of_a_discarded_draft_or_an_older_revision_elsewhere_goes(newsroom: Make) -> None:
    """As with texts, what nobody is shown any more is no use."""
    room = newsroom()
    public = published(room, "Secret", MAP, REPORT)
    amended(room, public, "Harmless")
    room.discard_draft(room.draft(text("Dropped", MAP), By()).id, By())
    older = room.draft(text("Older", REPORT), By()).id
    room.revise(older, 1, text("Newer"), By())
    room.redact(public.id, 1, "Article 17", By())
    assert not held(room, MAP)
    assert not held(room, REPORT)
    with pytest.raises(errors.FileRedacted):
        room.publish(older, 1, By())
    with pytest.raises(errors.FileRedacted):
        room.restore(older, 2, 1, By())

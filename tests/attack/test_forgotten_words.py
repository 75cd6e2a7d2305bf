"""Whoever reads the newsroom's files finds no word of a text that was redacted."""

from pathlib import Path
from uuid import UUID

import pytest

from file_samples import taken
from movable_clock import MovableClock
from publisher.application import By
from publisher.bootstrap import Publisher
from publisher.domain.content import Content
from publisher.domain.publication import Significance

WORD = "quokkaword"
NOTICE, DATA = taken("notice.txt", f"Of {WORD}.".encode(), alt=f"Words {WORD}")


def text(word: str, *, with_file: bool = False) -> Content:
    return Content(
        kind="statement",
        language="en-GB",
        title=f"Title {word}",
        summary=f"Summary {word}",
        body=f"Body {word}.\n" * 50,
        speakers=(f"Person {word}",),
        files=(NOTICE,) if with_file else (),
    )


def published(publisher: Publisher, number: int) -> UUID:
    content = text(f"of harmless matter {number}")
    made = publisher.newsroom.draft(content, By()).id
    publisher.newsroom.publish(made, 1, By())
    return made


def where(folder: Path) -> list[str]:
    """The files that hold the word, or most of it, as an index might."""
    return sorted(file.name for file in folder.iterdir() if WORD[:8].encode() in file.read_bytes())


@pytest.fixture
def redacted(besieged: Publisher, clock: MovableClock) -> Publisher:
    """A newsroom whose views were brought up with each event, as readers do."""
    room, catch_up = besieged.newsroom, besieged.projector.catch_up
    for number in range(5):
        published(besieged, number)
        catch_up()
    secret = room.draft(text(WORD, with_file=True), By(), files=DATA).id
    catch_up()
    room.publish(secret, 1, By(), slug="s")
    catch_up()
    clock.move(minutes=1)
    room.revise(secret, 1, text("amended"), By())
    room.amend(secret, 2, Significance.CORRECTION, "Anew.", By())
    for number in range(5, 10):
        published(besieged, number)
        catch_up()
    assert where(besieged.config.data)
    room.redact(secret, 1, "Art. 17 GDPR", By())
    catch_up()
    return besieged


def test_no_file_of_the_newsroom_holds_a_redacted_word(redacted: Publisher) -> None:
    """Neither the search index, nor a page that was freed, nor a write-ahead log."""
    assert where(redacted.config.data) == []
    assert redacted.projector.status().position == redacted.projector.status().head


def test_the_other_texts_are_found_as_before(redacted: Publisher) -> None:
    assert len(redacted.library.search(redacted.now(), "harmless").rows) == 10

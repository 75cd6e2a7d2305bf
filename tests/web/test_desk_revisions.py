"""A publication's revisions, and which ways on its page offers."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from desk_people import PASSWORD, TEXT, Person

from movable_clock import MovableClock
from publisher import contents
from publisher.bootstrap import Publisher

ACTS = ("pin", "unpin", "withdraw", "reinstate", "remove", "cancel", "move", "discard")


def offered(page: str, publication: str) -> set[str]:
    """The acts that the publication's page leads to."""
    return set(re.findall(rf'href="/desk/{publication}/([a-z]+)"', page)) & set(ACTS)


def revise(person: Person, publication: str, base: int, **changes: str) -> None:
    answer = person.post(f"/desk/{publication}", **(TEXT | {"base": str(base)} | changes))
    assert answer.status_code == 303


def test_every_revision_is_listed_with_its_instant_and_its_writer(
    chief: Person, signed_in: Callable[..., Person], clock: MovableClock
) -> None:
    """Newest first, the public one marked, in the newsroom's time."""
    publication = chief.draft()
    chief.publish(publication)
    clock.move(minutes=5)
    other = signed_in("contributor")
    revise(other, publication, 1, body="Ten boats.")
    page = chief.get(f"/desk/{publication}").text
    found = re.findall(rf'<li><a href="/desk/{publication}/revisions/(\d)">(.*?)</li>', page)
    assert [number for number, _ in found] == ["2", "1"]
    newest, first = (re.sub("<.*?>", "", words) for _, words in found)
    assert newest == f"Revision 2, 20 May 2026, 10:05, {other.name}"
    assert first == f"Revision 1, 20 May 2026, 10:00, {chief.name}, public"


def test_many_revisions_are_folded_but_none_is_left_out(chief: Person) -> None:
    """Eight stand open, the others behind a summary that counts them."""
    publication = chief.draft()
    for base in range(1, 11):
        revise(chief, publication, base, body=f"Boats: {base}.")
    page = chief.get(f"/desk/{publication}").text
    listed = [int(n) for n in re.findall(r"/revisions/(\d+)", page)]
    assert listed == [*range(11, 0, -1)]
    assert "<summary>3 older revisions</summary>" in page
    assert len(re.findall("/revisions/", page.partition("<summary>3 older")[0])) == 8


def test_a_revision_is_shown_as_it_was_saved(chief: Person, visitor: Person) -> None:
    """Its fields, its text as readers would see it, and the revisions beside it."""
    publication = chief.draft(summary="The <first> one.", speakers="Ada Brandt\nBo Weir")
    revise(chief, publication, 1, title="Another title", body="Ten boats.")
    first = chief.get(f"/desk/{publication}/revisions/1").text
    assert "<strong>nine</strong> boats" in first
    assert "The &lt;first&gt; one." in first
    assert "Ada Brandt, Bo Weir" in first
    assert "Ten boats." not in first
    assert f'rel="next" href="/desk/{publication}/revisions/2"' in first
    assert 'rel="prev"' not in first
    second = chief.get(f"/desk/{publication}/revisions/2").text
    assert "newest text on the desk" in second
    assert f'rel="prev" href="/desk/{publication}/revisions/1"' in second
    assert 'rel="next"' not in second
    chief.publish(publication, revision="1")
    assert "that readers see" in chief.get(f"/desk/{publication}/revisions/1").text
    assert visitor.get(f"/desk/{publication}/revisions/1").status_code == 303


@pytest.mark.parametrize("number", ["0", "2", "99999999999999999999", "x", "-1"])
def test_a_revision_that_is_not_there_is_not_found(chief: Person, number: str) -> None:
    """404, of a publication that exists and of one that does not."""
    assert chief.get(f"/desk/{chief.draft()}/revisions/{number}").status_code == 404
    assert chief.get(f"/desk/{uuid4()}/revisions/1").status_code == 404


def test_only_acts_that_can_be_done_are_offered(chief: Person, clock: MovableClock) -> None:
    """Pinning where it is not pinned, unpinning where it is, and each state its own acts."""
    publication = chief.draft()
    there = f"/desk/{publication}"
    assert offered(chief.get(there).text, publication) == {"discard"}
    chief.publish(publication)
    live = {"withdraw", "remove", "move"}
    assert offered(chief.get(there).text, publication) == live | {"pin"}
    chief.post(f"{there}/pin")
    assert offered(chief.get(there).text, publication) == live | {"unpin"}
    clock.move(seconds=1)
    chief.post(f"{there}/withdraw", reason="Under review.")
    assert offered(chief.get(there).text, publication) == {"reinstate", "remove", "move", "unpin"}
    clock.move(seconds=1)
    chief.post(f"{there}/unpin")
    assert "pin" not in offered(chief.get(there).text, publication)


def test_the_way_to_the_public_page_is_offered_while_there_is_one(
    chief: Person, clock: MovableClock
) -> None:
    """Not of a draft nor of what is scheduled; of what is live or withdrawn."""
    link = '<a href="/2026/05/ferry-timetable-for-the-summer">'
    publication = chief.draft()
    assert link not in chief.get(f"/desk/{publication}").text
    chief.publish(publication, when="later", date="2026-05-20", time="11:00")
    assert link not in chief.get(f"/desk/{publication}").text
    clock.move(hours=1)
    assert link in chief.get(f"/desk/{publication}").text
    chief.post(f"/desk/{publication}/withdraw", reason="Under review.")
    assert link in chief.get(f"/desk/{publication}").text
    clock.move(seconds=1)
    chief.post(f"/desk/{publication}/remove", explanation="A court asked us.", proof=PASSWORD)
    assert link not in chief.get(f"/desk/{publication}").text


def test_who_can_change_nothing_sees_the_text_and_no_form(
    chief: Person, signed_in: Callable[..., Person], clock: MovableClock
) -> None:
    """An auditor on a draft, and a chief on what was discarded: text and revisions, nothing to fill in."""
    publication = chief.draft()
    page = signed_in("auditor").get(f"/desk/{publication}").text
    assert "<textarea" not in page
    assert "Nothing can be changed here." in page
    assert "What else can be done" not in page
    assert "<strong>nine</strong> boats" in page
    assert f'href="/desk/{publication}/revisions/1"' in page
    assert "<textarea" in chief.get(f"/desk/{publication}").text
    chief.post(f"/desk/{publication}/discard")
    assert "<textarea" not in chief.get(f"/desk/{publication}").text


def test_a_redacted_revision_says_so_and_shows_nothing(chief: Person, publisher: Publisher) -> None:
    """Its page and the form of the publication still open, without the text."""
    publication = chief.draft(body="Never to be read again.")
    revise(chief, publication, 1, body="Ten boats.")
    publisher.projector.catch_up()
    first, second = (row.content_sha256 for row in publisher.library.revisions(publication))
    forget(publisher, first)
    page = chief.get(f"/desk/{publication}/revisions/1")
    assert page.status_code == 200
    assert "was redacted" in page.text
    assert "Never to be read" not in page.text
    forget(publisher, second)
    page = chief.get(f"/desk/{publication}")
    assert page.status_code == 200
    assert "Ten boats." not in page.text


def forget(publisher: Publisher, sha256: str) -> None:
    """Delete a content's row, as a redaction does."""
    with publisher.newsroom.events_recorder.datastore.transaction(commit=True) as cursor:
        contents.forget(cursor, [sha256])

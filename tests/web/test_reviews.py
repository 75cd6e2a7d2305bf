"""Review on the desk: what only its author has read does not go public."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from desk_people import TEXT, Person, fields_of
from lxml import html

from publisher.bootstrap import Publisher

Signed = Callable[..., Person]


@pytest.fixture
def author(signed_in: Signed) -> Person:
    return signed_in("contributor")


@pytest.fixture
def editor(signed_in: Signed) -> Person:
    return signed_in("editor")


def submitted(author: Person) -> str:
    """A draft that was saved and submitted in one go."""
    answer = author.post("/desk/new", then="submit", **TEXT)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"]).rpartition("/")[2]


def titles(person: Person, shelf: str) -> bool:
    return TEXT["title"] in person.get(f"/desk/?shelf={shelf}").text


def test_a_text_goes_from_one_person_over_another_to_readers(author: Person, editor: Person) -> None:
    """Submitted, given back, saved and submitted again, approved, published."""
    publication = submitted(author)
    assert titles(editor, "waiting")
    assert not titles(author, "waiting")
    page = editor.get(f"/desk/{publication}/review").text
    assert "<strong>nine</strong> boats" in page
    form = fields_of(page, f"/desk/{publication}/request-changes")
    assert (
        editor.post(
            f"/desk/{publication}/request-changes", **(form | {"comment": "Until when?"})
        ).status_code
        == 303
    )
    assert titles(author, "waiting")
    desk = author.get(f"/desk/{publication}").text
    assert "Until when?" in desk
    again = fields_of(desk, f"/desk/{publication}") | {"body": "Until 1 September.", "then": "submit"}
    assert author.post(f"/desk/{publication}", **again).status_code == 303
    form = fields_of(editor.get(f"/desk/{publication}/review").text, f"/desk/{publication}/approve")
    assert form["revision"] == "2"
    assert editor.post(f"/desk/{publication}/approve", **form).status_code == 303
    assert titles(editor, "approved")
    assert titles(editor, "waiting")
    answer = editor.post(f"/desk/{publication}/publish", revision="2", when="now", expedite="")
    assert answer.status_code == 303
    assert "Until 1 September." in editor.get(f"/id/{publication}", follow_redirects=True).text


def test_what_nobody_approved_is_not_published(
    author: Person, editor: Person, events: Callable[[], int]
) -> None:
    """The form comes back with one sentence, and nothing is stored."""
    publication, before = submitted(author), events()
    answer = editor.post(f"/desk/{publication}/publish", revision="1", when="now", expedite="")
    assert answer.status_code == 409
    assert "Revision 1 is not approved: submit it for review" in answer.text
    assert events() == before


def test_nobody_approves_their_own_text(editor: Person, events: Callable[[], int]) -> None:
    publication, before = submitted(editor), events()
    answer = editor.post(f"/desk/{publication}/approve", revision="1")
    assert answer.status_code == 409
    assert "Nobody approves their own text: ask somebody else." in answer.text
    assert events() == before


def test_a_comment_is_asked_for_and_what_stands_is_kept(author: Person, editor: Person) -> None:
    publication = submitted(author)
    answer = editor.post(f"/desk/{publication}/request-changes", revision="1", comment=" ")
    assert (answer.status_code, "It is empty: write one." in answer.text) == (422, True)
    assert titles(editor, "review")


def test_only_a_chief_publishes_past_review(
    author: Person, editor: Person, events: Callable[[], int]
) -> None:
    """An editor who sends the field all the same is refused."""
    publication, before = submitted(author), events()
    page = editor.get(f"/desk/{publication}/publish").text
    assert 'name="expedite"' not in page
    answer = editor.post(f"/desk/{publication}/publish", revision="1", when="now", expedite="In a hurry.")
    assert answer.status_code == 403
    assert events() == before


def test_what_went_past_review_is_marked_until_somebody_else_has_read_it(
    author: Person, editor: Person, chief: Person, publisher: Publisher
) -> None:
    publication = author.draft()
    page = chief.get(f"/desk/{publication}/publish").text
    assert "Why does it go out past review?" in page
    assert (
        chief.post(f"/desk/{publication}/publish", revision="1", when="now", expedite="Flood.").status_code
        == 303
    )
    assert "Not reviewed" in chief.get("/desk/").text
    assert titles(editor, "waiting")
    assert "waits for somebody else" in editor.get(f"/desk/{publication}/review").text
    assert chief.post(f"/desk/{publication}/approve", revision="1").status_code == 409
    assert editor.post(f"/desk/{publication}/approve", revision="1").status_code == 303
    assert "Not reviewed" not in chief.get("/desk/").text
    assert not titles(editor, "waiting")


def test_a_change_of_a_public_text_is_shown_to_the_reviewer(
    author: Person, editor: Person, chief: Person
) -> None:
    """By words, beside the whole text."""
    publication = author.draft()
    chief.publish(publication)
    changed = {**TEXT, "base": "1", "then": "submit", "title": "Ferry timetable for the winter"}
    assert author.post(f"/desk/{publication}", **changed).status_code == 303
    page = editor.get(f"/desk/{publication}/review").text
    assert "What it changes of edition 1" in page
    assert "summer" in page.partition("<del>")[2].partition("</del>")[0]
    assert "winter" in page.partition("<ins>")[2].partition("</ins>")[0]


def test_saving_what_is_there_already_submits_it(author: Person, editor: Person) -> None:
    """Whoever forgot to, need not change a word."""
    publication = author.draft()
    form = fields_of(author.get(f"/desk/{publication}").text, f"/desk/{publication}")
    assert author.post(f"/desk/{publication}", **(form | {"then": "submit"})).status_code == 303
    assert titles(editor, "review")


def test_an_older_text_is_restored_as_the_newest_revision(author: Person) -> None:
    publication = author.draft()
    author.post(f"/desk/{publication}", **(TEXT | {"base": "1", "body": "Ten boats."}))
    page = author.get(f"/desk/{publication}/revisions/1").text
    address = f"/desk/{publication}/restore"
    assert f"{address}?revision=1" in page
    form = fields_of(author.get(f"{address}?revision=1").text, address)
    assert author.post(address, **form).status_code == 303
    desk = author.get(f"/desk/{publication}").text
    assert "nine" in fields_of(desk, f"/desk/{publication}")["body"]
    assert "Revision 3" in desk


def test_the_page_of_a_text_says_who_acts_next(author: Person, editor: Person, signed_in: Signed) -> None:
    """After each step, to whoever took it and to the others; what was asked for stands there too."""
    publication = submitted(author)
    address = f"/desk/{publication}"

    def told(person: Person) -> str:
        page = html.document_fromstring(person.get(address).text)
        return " ".join(" ".join(page.xpath("//p[@class='what-next']//text()")).split())

    assert told(author) == "Submitted for review: somebody else reads it next."
    assert told(editor) == "It waits for your review."
    editor.post(f"{address}/request-changes", revision="1", comment="Until when?")
    assert told(author) == "Changes are asked for: make them and submit it again. Until when?"
    again = fields_of(author.get(address).text, address) | {"body": "Until September."}
    author.post(address, **again)
    assert told(author) == ""
    author.post(address, **(again | {"base": "2", "then": "submit", "command_id": str(uuid4())}))
    editor.post(f"{address}/approve", revision="2")
    assert told(author) == "Approved: an editor publishes it next."
    assert told(editor) == "Approved: you can publish it."
    editor.post(f"{address}/publish", revision="2", when="now", expedite="")
    assert told(author) == ""


def test_what_went_past_review_says_that_somebody_has_yet_to_read_it(signed_in: Signed) -> None:
    chief = signed_in("chief")
    publication = chief.draft()
    told = "Past review: somebody else has yet to read it."
    assert told not in chief.get(f"/desk/{publication}").text
    chief.publish(publication)
    assert told in chief.get(f"/desk/{publication}").text
    signed_in("editor").post(f"/desk/{publication}/approve", revision="1")
    assert told not in chief.get(f"/desk/{publication}").text

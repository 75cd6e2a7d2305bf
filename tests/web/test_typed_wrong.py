"""What is typed wrong is named, and nothing that was typed is lost."""

import re
from collections.abc import Callable
from html import unescape
from uuid import uuid4

import pytest
from desk_people import PATH, TEXT, Person, problem

from publisher.bootstrap import Publisher


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("title", " ", "empty"),
        ("title", "x" * 5000, "shorten"),
        ("kind", "!!!", "can't be used"),
        ("language", "english!", "BCP 47"),
        ("topics", "!!!", "can't be used"),
        ("speakers", "!!!", "can't have a page"),
        ("summary", "a\x07b", "take it out"),
        ("body", "a\x07b", "take it out"),
    ],
)
def test_a_bad_field_is_named_and_everything_typed_is_kept(
    chief: Person, events: Callable[[], int], field: str, value: str, says: str
) -> None:
    """422, the message beside its field, each other field as it was sent, and nothing stored."""
    before = events()
    answer = chief.post("/desk/new", **(TEXT | {field: value}))
    assert answer.status_code == 422
    assert says in problem(answer.text, field)
    assert f'aria-describedby="{field}-wrong' in answer.text
    shown = TEXT | {"kind": "Press release", "language": "English (United Kingdom)"}
    for name, text in shown.items():
        assert name == field or text in unescape(answer.text)
    assert events() == before


def test_markup_in_every_field_comes_back_as_text(chief: Person) -> None:
    """What looks like HTML is shown as it was typed, in a refused form and in a stored one."""
    attack = '"><script>alert(1)</script>'
    refused = chief.post("/desk/new", **dict.fromkeys(TEXT, attack))
    assert refused.status_code == 422
    assert "<script>alert" not in refused.text
    assert refused.text.count("&lt;script&gt;alert") >= len(TEXT)
    publication = chief.draft(
        title=attack, summary=attack, body=attack, speakers="A <script>alert</script>"
    )
    for address in (publication, "", f"{publication}/publish", f"{publication}/discard"):
        page = chief.get(f"/desk/{address}").text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_a_text_that_begins_with_a_line_break_keeps_it(chief: Person) -> None:
    """A browser drops the first line break in a text field: the form gives it one to drop."""
    page = chief.get(f"/desk/{chief.draft(body='First line')}").text
    assert re.search(r'<textarea id="body"[^>]*>\nFirst line</textarea>', page)


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"date": "2027-03-28", "time": "01:30"}, "time", "skip this time"),
        ({"date": "2026-10-25", "time": "01:30"}, "fold", "twice"),
        ({"date": "tomorrow", "time": "01:30"}, "date", "YYYY-MM-DD"),
        ({"date": "2026-10-25", "time": "noon"}, "time", "HH:MM"),
        ({"date": "", "time": ""}, "date", "empty"),
        ({"date": "9999-12-31", "time": "23:59", "slug": "No Slug"}, "slug", "can't be used"),
    ],
)
def test_a_time_that_does_not_exist_or_comes_twice_is_asked_again(
    chief: Person, events: Callable[[], int], fields: dict[str, str], field: str, says: str
) -> None:
    """422 beside the field, and the draft stays a draft."""
    publication = chief.draft()
    before = events()
    answer = chief.publish(publication, **({"when": "later"} | fields))
    assert answer.status_code == 422
    assert says in problem(answer.text, field)
    assert events() == before


@pytest.mark.parametrize(("fold", "utc"), [("first", "00:30"), ("second", "01:30")])
def test_of_a_time_that_comes_twice_the_chosen_one_is_taken(
    chief: Person, publisher: Publisher, fold: str, utc: str
) -> None:
    """01:30 in London on 25 October 2026 is first 00:30, then 01:30 UTC."""
    publication = chief.draft()
    chief.publish(publication, when="later", date="2026-10-25", time="01:30", fold=fold)
    chief.get("/desk/")
    row = publisher.library.desk_row(publisher.now(), publication)
    assert row is not None
    assert row.due is not None
    assert f"{row.due:%H:%M}" == utc


def test_an_instant_that_has_passed_is_refused(chief: Person) -> None:
    """409, with what was chosen still in the form."""
    answer = chief.publish(chief.draft(), when="later", date="2026-05-19", time="09:00")
    assert answer.status_code == 409
    assert "has passed" in answer.text
    assert 'value="2026-05-19"' in answer.text


def test_an_amendment_has_to_say_what_it_is(chief: Person) -> None:
    """Without a significance or a note it is refused, and the other one is kept."""
    publication = chief.draft()
    chief.publish(publication)
    chief.post(f"/desk/{publication}", **(TEXT | {"body": "Changed.", "base": "1"}))
    answer = chief.post(f"/desk/{publication}/amend", revision="2", note="Kept note")
    assert answer.status_code == 422
    assert problem(answer.text, "significance")
    assert "Kept note" in answer.text
    answer = chief.post(f"/desk/{publication}/amend", revision="2", significance="major", note=" ")
    assert answer.status_code == 422
    assert problem(answer.text, "note")
    assert re.search(r'value="major"[^>]* checked', answer.text)


def test_a_removal_leads_to_no_foreign_scheme(chief: Person, visitor: Person) -> None:
    """A target is a path of this site or an http(s) address."""
    publication = chief.draft()
    chief.publish(publication)
    for target in ("javascript:alert(1)", "//evil.example/", "data:text/html,x"):
        answer = chief.post(f"/desk/{publication}/remove", explanation="Moved.", redirect=target)
        assert answer.status_code == 422
        assert "https" in problem(answer.text, "redirect")
    answer = chief.post(f"/desk/{publication}/remove", explanation="Moved.", redirect="/archive")
    assert answer.status_code == 303
    assert visitor.get(PATH).headers["Location"].endswith("/archive")


def test_a_revision_upon_an_old_one_shows_both_texts_and_can_be_saved_on_top(
    chief: Person, signed_in: Callable[..., Person], events: Callable[[], int]
) -> None:
    """409 with what was typed and what was saved meanwhile; the page's own form then saves it."""
    publication = chief.draft()
    other = signed_in("contributor")
    other.post(f"/desk/{publication}", **(TEXT | {"body": "Theirs & first.", "base": "1"}))
    before = events()
    mine = TEXT | {"body": "Mine <b>typed</b>.", "topics": "mine", "base": "1"}
    answer = chief.post(f"/desk/{publication}", **mine)
    assert answer.status_code == 409
    assert "Theirs &amp; first." in answer.text
    assert "Mine &lt;b&gt;typed&lt;/b&gt;." in answer.text
    assert events() == before
    assert 'name="base" value="2"' in answer.text
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.text))
    sent = {name: unescape(text) for name, text in fields.items()}
    sent = {name: sent[name] for name in TEXT}
    assert sent == {name: mine[name] for name in TEXT}
    assert chief.post(f"/desk/{publication}", **sent, base="2").status_code == 303
    assert "Mine &lt;b&gt;typed&lt;/b&gt;." in chief.get(f"/desk/{publication}").text


def test_what_is_not_there_is_not_found(chief: Person) -> None:
    """An unknown publication is 404 on every page of it."""
    for act in ("", "/publish", "/move", "/pin"):
        assert chief.get(f"/desk/{uuid4()}{act}").status_code == 404

"""Two people save one text: what each changed is put together, by whoever came second."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from desk_people import TEXT, Person, fields_of
from lxml import html

from publisher.bootstrap import Publisher

BODY = "The lake rose.\n\nThe ferry waits for calm.\n\nNobody was hurt."


@pytest.fixture
def other(signed_in: Callable[..., Person]) -> Person:
    return signed_in("editor")


@pytest.fixture
def content_of(publisher: Publisher) -> Callable[[str, int], object]:
    def content(publication: str, revision: int) -> object:
        publisher.projector.catch_up()
        return publisher.library.revision_content(publication, revision)

    return content


def both(chief: Person, other: Person, theirs: dict[str, str], mine: dict[str, str]) -> tuple[str, str]:
    """A draft that the other saved before the chief, and the page that the chief then gets."""
    publication = chief.draft(body=BODY)
    saved = other.post(f"/desk/{publication}", **(TEXT | {"body": BODY, "base": "1"} | theirs))
    assert saved.status_code == 303
    answer = chief.post(f"/desk/{publication}", **(TEXT | {"body": BODY, "base": "1"} | mine))
    assert answer.status_code == 409
    return publication, answer.text


def test_changes_that_fit_together_are_saved_with_one_click(
    chief: Person, other: Person, content_of: Callable[[str, int], object]
) -> None:
    publication, page = both(
        chief,
        other,
        {"title": "Their title", "body": BODY.replace("rose", "fell")},
        {"summary": "My summary.", "body": BODY.replace("Nobody", "No one")},
    )
    assert "nothing has to be chosen" in page
    assert f"{other.name} saved revision 2" in page
    answer = chief.post(f"/desk/{publication}/merge", **fields_of(page, f"/desk/{publication}/merge"))
    assert answer.status_code == 303
    found = content_of(publication, 3)
    assert (found.title, found.summary) == ("Their title", "My summary.")
    assert found.body == BODY.replace("rose", "fell").replace("Nobody", "No one")


def test_what_both_changed_is_chosen_passage_by_passage(
    chief: Person, other: Person, content_of: Callable[[str, int], object]
) -> None:
    publication, page = both(
        chief,
        other,
        {"title": "Their title", "body": BODY.replace("rose", "fell").replace("hurt", "harmed")},
        {"title": "My title", "body": BODY.replace("rose", "froze").replace("hurt", "wet")},
    )
    names = {
        e.get("name") for e in html.document_fromstring(page).iter("input") if e.get("type") == "radio"
    }
    assert names == {"pick-title", "pick-body-0", "pick-body-2"}
    fields = fields_of(page, f"/desk/{publication}/merge")
    chosen = {"pick-title": "theirs", "pick-body-0": "both", "pick-body-2": "mine"}
    assert chief.post(f"/desk/{publication}/merge", **(fields | chosen)).status_code == 303
    found = content_of(publication, 3)
    assert found.title == "Their title"
    assert found.body == "\n\n".join(
        ["The lake fell.", "The lake froze.", "The ferry waits for calm.", "Nobody was wet."]
    )


def test_what_is_not_chosen_is_asked_for_and_the_other_choices_stay(
    chief: Person, other: Person, events: Callable[[], int]
) -> None:
    publication, page = both(
        chief, other, {"title": "Theirs", "kind": "notice"}, {"title": "Mine", "kind": "speech"}
    )
    before = events()
    fields = fields_of(page, f"/desk/{publication}/merge")
    answer = chief.post(f"/desk/{publication}/merge", **(fields | {"pick-title": "theirs"}))
    assert answer.status_code == 422
    assert answer.text.count("Choose whose words stand here.") == 1
    again = fields_of(answer.text, f"/desk/{publication}/merge")
    assert (again["pick-title"], again["title"], "pick-kind" in again) == ("theirs", "Mine", False)
    assert events() == before


def test_it_can_be_put_together_and_gone_on_with(
    chief: Person, other: Person, events: Callable[[], int]
) -> None:
    """In the form, unsaved."""
    publication, page = both(chief, other, {"title": "Theirs"}, {"summary": "Mine."})
    before = events()
    fields = fields_of(page, f"/desk/{publication}/merge") | {"then": "edit"}
    form = fields_of(chief.post(f"/desk/{publication}/merge", **fields).text, f"/desk/{publication}")
    assert (form["title"], form["summary"], form["base"]) == ("Theirs", "Mine.", "2")
    assert events() == before
    assert chief.post(f"/desk/{publication}", **form).status_code == 303


def test_who_is_second_again_merges_again(
    chief: Person, other: Person, content_of: Callable[[str, int], object]
) -> None:
    """What was put together is mine now, and began from the revision that it was put together with."""
    publication, page = both(chief, other, {"title": "Theirs"}, {"summary": "Mine."})
    later = TEXT | {"body": f"{BODY}\n\nIt snows.", "title": "Theirs", "base": "2"}
    assert other.post(f"/desk/{publication}", **later).status_code == 303
    second = chief.post(f"/desk/{publication}/merge", **fields_of(page, f"/desk/{publication}/merge"))
    assert second.status_code == 409
    fields = fields_of(second.text, f"/desk/{publication}/merge")
    assert (fields["title"], fields["summary"], fields["base"], fields["onto"]) == (
        "Theirs",
        "Mine.",
        "2",
        "3",
    )
    assert chief.post(f"/desk/{publication}/merge", **fields).status_code == 303
    found = content_of(publication, 4)
    assert (found.title, found.summary, found.body) == ("Theirs", "Mine.", f"{BODY}\n\nIt snows.")


def test_a_page_that_is_left_loses_nothing(chief: Person, other: Person) -> None:
    """Mine lies in a working paper, and merges when it is saved."""
    publication, _ = both(chief, other, {"title": "Theirs"}, {"summary": "Mine."})
    form = fields_of(chief.get(f"/desk/{publication}").text, f"/desk/{publication}")
    assert (form["summary"], form["base"]) == ("Mine.", "1")
    assert chief.post(f"/desk/{publication}", **form).status_code == 409


def test_a_merge_survives_the_end_of_a_session(chief: Person, other: Person) -> None:
    """With what was chosen."""
    publication, page = both(chief, other, {"title": "Theirs"}, {"title": "Mine"})
    fields = fields_of(page, f"/desk/{publication}/merge") | {"pick-title": "theirs"}
    chief.client.delete_cookie("session")
    for cookie in list(chief.client._cookies.values()):  # whatever its name is
        chief.client.delete_cookie(cookie.key)
    asked = chief.post(f"/desk/{publication}/merge", _token=False, **fields)
    carried = html.document_fromstring(asked.text)
    values = {e.get("name"): e.get("value") for e in carried.iter("input")}
    assert values["kept-pick-title"] == "theirs"
    assert values["kept-title"] == "Mine"


def test_a_broken_form_is_shown_as_a_text_and_stores_nothing(
    chief: Person, other: Person, events: Callable[[], int]
) -> None:
    publication, page = both(chief, other, {"title": "Theirs"}, {"title": "Mine"})
    before = events()
    fields = fields_of(page, f"/desk/{publication}/merge") | {"title": "", "pick-title": "mine"}
    answer = chief.post(f"/desk/{publication}/merge", **fields)
    assert answer.status_code == 422
    assert 'name="body"' in answer.text
    assert events() == before
    assert chief.post(f"/desk/{publication}/merge", title="x").status_code == 422
    assert chief.post(f"/desk/{uuid4()}/merge", **fields).status_code == 404


def test_a_second_click_stores_once(chief: Person, other: Person, events: Callable[[], int]) -> None:
    publication, page = both(chief, other, {"title": "Theirs"}, {"summary": "Mine."})
    fields = fields_of(page, f"/desk/{publication}/merge")
    before = events()
    answers = [chief.post(f"/desk/{publication}/merge", **fields).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert events() == before + 1

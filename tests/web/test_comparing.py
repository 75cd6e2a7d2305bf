"""Two revisions compared at the desk: chosen, shown, and restored."""

from collections.abc import Callable
from uuid import UUID

import pytest
from desk_people import TEXT, Person

from publisher.application import By
from publisher.bootstrap import Publisher


def revise(person: Person, publication: str, base: int, **changes: str) -> None:
    answer = person.post(f"/desk/{publication}", **(TEXT | {"base": str(base)} | changes))
    assert answer.status_code == 303


@pytest.fixture
def thrice(chief: Person) -> str:
    """A draft of three revisions."""
    publication = chief.draft(body="Nine boats.")
    revise(chief, publication, 1, body="Ten boats.")
    revise(chief, publication, 2, title="Timetable", body="Ten boats.\n\nIn winter too.")
    return publication


def test_any_two_revisions_are_compared(chief: Person, thrice: str) -> None:
    """Words within paragraphs and fields, with words for screen readers."""
    page = chief.get(f"/desk/{thrice}/compare/1..2").text
    assert 'inserted: </span>Ten<span class="unseen"> end of insertion' in page
    assert 'deleted: </span>Nine<span class="unseen"> end of deletion' in page
    assert "In winter too." not in page
    assert "In winter too." in chief.get(f"/desk/{thrice}/compare/1..3").text


def test_two_are_chosen_from_the_list_of_revisions(chief: Person, thrice: str) -> None:
    """The form on the publication's page leads to the address with both numbers, the older first."""
    page = chief.get(f"/desk/{thrice}").text
    assert f'action="/desk/{thrice}/compare"' in page
    for query, pair in (("old=1&new=3", "1..3"), ("old=3&new=2", "2..3"), ("", "2..3")):
        answer = chief.get(f"/desk/{thrice}/compare?{query}")
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/desk/{thrice}/compare/{pair}")


@pytest.mark.parametrize("rest", ["/0..1", "/1..4", "/x..2", "?old=x", "?new=99999999999999999999"])
def test_what_is_no_pair_of_revisions_is_not_found(chief: Person, thrice: str, rest: str) -> None:
    assert chief.get(f"/desk/{thrice}/compare{rest}").status_code == 404


def test_a_pair_the_wrong_way_round_leads_to_the_right_one(chief: Person, thrice: str) -> None:
    answer = chief.get(f"/desk/{thrice}/compare/3..1")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/desk/{thrice}/compare/1..3")


def test_a_revision_compared_with_itself_says_that_nothing_differs(chief: Person, thrice: str) -> None:
    assert "Nothing that readers see differs." in chief.get(f"/desk/{thrice}/compare/2..2").text


def test_an_older_text_can_be_restored_from_there(
    chief: Person, thrice: str, signed_in: Callable[..., Person]
) -> None:
    """By those who may draft; the newest one needs no restoring."""
    page = chief.get(f"/desk/{thrice}/compare/2..3").text
    assert f'href="/desk/{thrice}/restore?revision=2"' in page
    assert f'href="/desk/{thrice}/restore?revision=3"' not in page
    assert "/restore?" not in signed_in("auditor").get(f"/desk/{thrice}/compare/2..3").text


def test_revisions_name_the_editions_that_they_became(chief: Person, thrice: str) -> None:
    assert chief.publish(thrice, revision="3").status_code == 303
    page = " ".join(chief.get(f"/desk/{thrice}/compare/1..3").text.split())
    assert page.count("(edition 1)") == 3  # in both choices and at the text itself
    assert '<option value="3" selected>Revision 3 (edition 1)' in page


def test_a_redacted_text_is_not_compared(chief: Person, thrice: str, publisher: Publisher) -> None:
    """The page says so, and offers no restoring of it."""
    assert chief.publish(thrice, revision="2").status_code == 303
    amended = chief.post(
        f"/desk/{thrice}/amend", revision="3", significance="major", note="Winter.", when="now"
    )
    assert amended.status_code == 303
    publisher.newsroom.redact(UUID(thrice), 1, "Order 12", By())
    page = chief.get(f"/desk/{thrice}/compare/1..3").text
    assert "There is nothing to compare" in page
    assert "Nine" not in page
    assert f"/desk/{thrice}/restore?revision=1" not in page


def test_strangers_see_no_difference(visitor: Person, thrice: str) -> None:
    for rest in ("compare/1..2", "compare"):
        answer = visitor.get(f"/desk/{thrice}/{rest}")
        assert answer.status_code == 303
        assert "/desk/sign-in" in answer.headers["Location"]

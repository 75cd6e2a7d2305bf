"""A form that is forged is refused; one that is sent twice is stored once."""

from collections.abc import Callable
from uuid import uuid4

from desk_people import TEXT, Person


def test_a_form_without_its_token_is_refused_and_stores_nothing(
    chief: Person, events: Callable[[], int]
) -> None:
    """400 for every form of the desk, signing in and out included."""
    publication = chief.draft()
    before = events()
    for address in ("new", publication, f"{publication}/publish", "masthead", "sign-in", "sign-out"):
        answer = chief.post(f"/desk/{address}", _token=False, **(TEXT | {"base": "1", "revision": "1"}))
        assert answer.status_code == 400
    assert events() == before
    assert chief.get("/desk/").status_code == 200


def test_a_token_of_another_browser_is_refused(chief: Person, signed_in: Callable[..., Person]) -> None:
    """A token holds for the browser that it was given to."""
    other = signed_in("chief")
    chief.token = other.token
    assert chief.post("/desk/new", **TEXT).status_code == 400


def test_a_form_that_is_sent_twice_is_stored_once(chief: Person, events: Callable[[], int]) -> None:
    """The same command id leads to the same result, and to no further event."""
    command = str(uuid4())
    first = chief.post("/desk/new", **TEXT, command_id=command)
    stored = events()
    second = chief.post("/desk/new", **TEXT, command_id=command)
    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]
    assert events() == stored
    publication = first.headers["Location"].rpartition("/")[2]
    again = str(uuid4())
    assert chief.publish(publication, command_id=again).status_code == 303
    stored = events()
    assert chief.publish(publication, command_id=again).status_code == 303
    assert events() == stored

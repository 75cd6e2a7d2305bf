"""A minor change that touches something of weight goes out only after somebody has looked."""

from collections.abc import Callable

import pytest
from desk_people import TEXT, Person, fields_of
from lxml import html

from movable_clock import MovableClock

SAID = {"revision": "2", "significance": "minor", "note": "Put right.", "when": "now"}


@pytest.fixture
def changed(chief: Person, clock: MovableClock) -> Callable[..., str]:
    """A factory: a public text that was changed since, and gives its id."""

    def made(**changes: str) -> str:
        publication = chief.draft()
        chief.publish(publication)
        clock.move(minutes=1)
        saved = chief.post(f"/desk/{publication}", **(TEXT | changes), base="1")
        assert saved.status_code == 303
        return publication

    return made


def test_the_page_says_what_the_change_touches(chief: Person, changed: Callable[..., str]) -> None:
    """From the start, before anything is chosen, with the way to see all."""
    publication = changed(body="From 2 June there are no boats.")
    page = html.document_fromstring(chief.get(f"/desk/{publication}/amend").text)
    found = [
        " ".join(item.text_content().split()) for item in page.xpath("//*[contains(@class,'weighed')]//li")
    ]
    assert found == ["A number: before 1, nine now 2", "A negation: now no"]
    assert page.xpath(f"//a[@href='/desk/{publication}/compare/1..2']")


def test_a_minor_change_of_weight_is_asked_about(
    chief: Person, changed: Callable[..., str], events: Callable[[], int]
) -> None:
    """Nothing goes out, and nothing that was typed is lost; with the tick it goes."""
    publication = changed(body="From 1 June there are ten boats a day.")
    before = events()
    asked = chief.post(f"/desk/{publication}/amend", **SAID)
    assert asked.status_code == 422
    assert "confirm that they need not" in asked.text
    assert events() == before
    again = fields_of(asked.text, f"/desk/{publication}/amend")
    assert {name: again[name] for name in SAID} == SAID
    done = chief.post(f"/desk/{publication}/amend", **(again | {"confirmed": "yes"}))
    assert done.status_code == 303
    assert events() > before


@pytest.mark.parametrize("significance", ["major", "correction"])
def test_a_change_that_readers_are_told_of_is_not_asked_about(
    chief: Person, changed: Callable[..., str], significance: str
) -> None:
    publication = changed(body="There are ten boats.")
    done = chief.post(f"/desk/{publication}/amend", **(SAID | {"significance": significance}))
    assert done.status_code == 303


def test_a_change_without_weight_goes_out_at_once(chief: Person, changed: Callable[..., str]) -> None:
    """The page has no warning then either."""
    publication = changed(body="From 1 June on there are **nine** boats a day.")
    assert "weighed" not in chief.get(f"/desk/{publication}/amend").text
    assert chief.post(f"/desk/{publication}/amend", **SAID).status_code == 303


def test_what_was_sent_twice_is_done_once(chief: Person, changed: Callable[..., str]) -> None:
    """Also where another edition came between: what was carried out is not weighed again."""
    publication = changed(body="There are ten boats.")
    command = {"command_id": "5a0b8f4e-1111-4222-8333-444455556666"}
    first = chief.post(f"/desk/{publication}/amend", **SAID, **command, confirmed="yes")
    assert first.status_code == 303
    chief.post(f"/desk/{publication}", **(TEXT | {"body": "There are no boats.", "base": "2"}))
    chief.post(f"/desk/{publication}/amend", **(SAID | {"revision": "3", "significance": "major"}))
    again = chief.post(f"/desk/{publication}/amend", **SAID, **command, confirmed="")
    assert again.status_code == 303


def test_a_text_that_was_never_public_has_nothing_to_weigh(chief: Person) -> None:
    publication = chief.draft()
    assert chief.get(f"/desk/{publication}/amend").status_code == 200
    assert chief.post(f"/desk/{publication}/amend", **(SAID | {"revision": "1"})).status_code == 409

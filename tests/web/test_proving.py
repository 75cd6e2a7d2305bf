"""What can't be undone asks for the password anew, and keeps the form meanwhile."""

from collections.abc import Callable

import pytest
from desk_people import PASSWORD, Person, fields_of
from lxml import html

from movable_clock import MovableClock
from publisher.bootstrap import Publisher
from publisher.state.attempts import NAME_LIMIT

NOTE = 'It named "somebody" <b>\nwho had not agreed.'
FORMS = {
    "remove": {"explanation": NOTE, "redirect": "/archive"},
    "redact": {"edition": "1", "legal_basis": NOTE},
}
"""What is typed into each form that asks for the password, by the last part of its address."""


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def address(chief: Person, form: str) -> str:
    """Where the form is sent to, of a publication that is public."""
    publication = chief.draft()
    assert chief.publish(publication).status_code == 303
    return f"/desk/{publication}/{form}"


def test_a_password_of_the_last_five_minutes_is_enough(
    chief: Person, clock: MovableClock, address: str, form: str
) -> None:
    """Whoever signed in just now is not asked twice."""
    clock.move(minutes=4, seconds=59)
    assert chief.post(address, **FORMS[form]).status_code == 303


def test_after_five_minutes_the_password_is_asked_for_and_the_form_is_kept(
    chief: Person, clock: MovableClock, address: str, form: str, events: Callable[[], int]
) -> None:
    """401 and no event; the password alone carries out what was typed, and holds for the next act."""
    clock.move(minutes=5)
    before = events()
    asked = chief.post(address, **FORMS[form])
    assert (asked.status_code, asked.headers["Cache-Control"]) == (401, "no-store")
    assert "Confirm that it is you" in asked.text
    assert events() == before
    fields = fields_of(asked.text, address)
    assert {name: fields[name] for name in FORMS[form]} == FORMS[form]
    assert chief.client.post(address, data=fields | {"proof": PASSWORD}).status_code == 303
    assert events() > before
    other = chief.draft(body="Other words.")
    chief.publish(other)
    assert chief.post(f"/desk/{other}/remove", explanation="Typed.").status_code == 303


def test_another_password_is_refused_and_the_form_still_kept(
    chief: Person, clock: MovableClock, address: str, form: str, events: Callable[[], int]
) -> None:
    """One sentence beside the field, and the password that was typed is nowhere in the page."""
    clock.move(minutes=5)
    before = events()
    answer = chief.post(address, **FORMS[form], proof="not this one at all")
    assert answer.status_code == 401
    assert "That is not your password." in answer.text
    assert "not this one" not in answer.text
    assert fields_of(answer.text, address)["command_id"]
    assert events() == before


def test_the_password_of_somebody_else_is_not_yours(
    chief: Person, clock: MovableClock, address: str, form: str, publisher: Publisher
) -> None:
    """It is checked for the account that is signed in."""
    clock.move(minutes=5)
    account = publisher.accounts.id_of(chief.name)
    assert account
    publisher.accounts.set_password(account, "yet another pass phrase")
    assert chief.post(address, **FORMS[form], proof=PASSWORD).status_code == 401


def test_the_password_can_not_be_tried_out_there(
    chief: Person, clock: MovableClock, address: str, form: str
) -> None:
    """The attempts count as those of signing in, and the form outlasts the wait."""
    clock.move(minutes=5)
    for _ in range(NAME_LIMIT):
        assert chief.post(address, **FORMS[form], proof="wrong").status_code == 401
    answer = chief.post(address, **FORMS[form], proof=PASSWORD)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "900"
    assert {name: fields_of(answer.text, address)[name] for name in FORMS[form]} == FORMS[form]


def test_a_role_that_was_lost_is_told_before_the_password_is_asked_for(
    chief: Person, signed_in: Callable[..., Person], clock: MovableClock, address: str, form: str
) -> None:
    """403, as if the password had been given."""
    editor = signed_in("editor")
    clock.move(minutes=5)
    assert editor.post(address, **FORMS[form]).status_code == 403


def test_acts_that_can_be_undone_ask_for_nothing(chief: Person, clock: MovableClock) -> None:
    """A day at the desk is not interrupted."""
    publication = chief.draft()
    clock.move(minutes=30)
    assert chief.publish(publication).status_code == 303
    assert chief.post(f"/desk/{publication}/withdraw", reason="A mistake.").status_code == 303


def test_a_chief_redacts_an_edition_on_the_desk(chief: Person, visitor: Person) -> None:
    """The page offers every edition; the text is gone for readers and for the desk."""
    publication = chief.draft()
    path = "/2026/05/ferries"
    chief.publish(publication, slug="ferries")
    page = chief.get(f"/desk/{publication}")
    assert f'href="/desk/{publication}/redact"' in page.text
    asked = html.document_fromstring(chief.get(f"/desk/{publication}/redact").text)
    assert asked.xpath("//select[@name='edition']/option/@value") == ["1"]
    answer = chief.post(f"/desk/{publication}/redact", edition="1", legal_basis="Order 4 K 12/26.")
    assert answer.status_code == 303
    shown = visitor.get(path).text
    assert "nine" not in shown
    assert "Order 4 K 12/26." in shown


@pytest.mark.parametrize(
    ("fields", "status", "says"),
    [
        ({"edition": "1", "legal_basis": " "}, 422, "It is empty: write one."),
        ({"edition": "1"}, 422, "It is empty: write one."),
        ({"edition": "7", "legal_basis": "Typed."}, 404, "There is no edition 7 of this publication."),
        ({"edition": "x", "legal_basis": "Typed."}, 422, "was sent without its edition"),
    ],
)
def test_a_redaction_that_can_not_be_is_told_and_nothing_is_stored(
    chief: Person, fields: dict[str, str], status: int, says: str, events: Callable[[], int]
) -> None:
    """One sentence, and what was typed."""
    publication = chief.draft()
    chief.publish(publication)
    before = events()
    answer = chief.post(f"/desk/{publication}/redact", **fields)
    assert (answer.status_code, says in answer.text) == (status, True)
    assert events() == before


def test_a_text_that_stands_elsewhere_too_is_not_redacted(chief: Person) -> None:
    """The sentence names the other page."""
    publications = [chief.draft(), chief.draft()]
    for number, publication in enumerate(publications):
        chief.publish(publication, slug=f"ferries-{number}")
    answer = chief.post(f"/desk/{publications[0]}/redact", edition="1", legal_basis="Order.")
    assert answer.status_code == 409
    assert "The same text stands in /2026/05/ferries-1 too" in answer.text
    assert "Order." in answer.text

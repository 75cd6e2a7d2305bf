"""Bearer tokens at the desk: people make their own, an admin sees and revokes all."""

import re
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from desk_people import PASSWORD, Person, fields_of

from movable_clock import MovableClock
from publisher import accounts
from publisher.bootstrap import Publisher

HERE = "/desk/tokens"


def make(person: Person, **fields: str) -> str:
    """The secret of a new token, as the page shows it."""
    answer = person.post(HERE, **{"do": "make", "label": "The wire", "role": "chief", "days": "9"} | fields)
    found = re.search(r'value="(publisher_[\w-]{43})"', answer.text)
    assert found, answer.text
    return found[1]


def status(person: Person, secret: str, address: str = "/api/publications") -> int:
    return person.client.get(address, headers={"Authorization": f"Bearer {secret}"}).status_code


def ids(publisher: Publisher, person: Person) -> list[UUID]:
    return [row.id for row in publisher.tokens.of(accounts.find(publisher, person.name))]


def test_a_token_is_shown_once_and_opens_the_machine_interface(chief: Person, visitor: Person) -> None:
    """With its role alone; the list says what it is for, when it ends and when it was used."""
    secret = make(chief)
    before = chief.get(HERE).text
    assert "The wire" in before
    assert "Never used." in before
    assert status(visitor, secret) == 200
    assert status(visitor, secret, "/api/events") == 403
    after = chief.get(HERE).text
    assert "Last used" in after
    assert secret not in before + after


def test_a_token_is_over_after_its_days(chief: Person, visitor: Person, clock: MovableClock) -> None:
    """And leaves the list."""
    secret = make(chief, days="2")
    clock.move(days=2)
    assert status(visitor, secret) == 401
    chief.post("/desk/sign-in", name=chief.name, password=PASSWORD)
    assert "You have none." in chief.get(HERE).text


def test_a_token_is_revoked_at_once(chief: Person, visitor: Person, publisher: Publisher) -> None:
    """Twice is told, and does no harm."""
    secret = make(chief)
    (token,) = ids(publisher, chief)
    assert chief.post(HERE, do="revoke", token=str(token)).status_code == 303
    assert "The token is revoked." in chief.get(HERE).text
    assert status(visitor, secret) == 401
    again = chief.post(HERE, do="revoke", token=str(token))
    assert (again.status_code, "over or revoked already" in again.text) == (422, True)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"role": "auditor"}, "role"),
        ({"role": ""}, "role"),
        ({"role": "emperor"}, "role"),
        ({"days": "366"}, "days"),
        ({"days": "0"}, "days"),
        ({"days": "a year"}, "days"),
        ({"days": ""}, "days"),
        ({"days": "٣"}, "days"),
        ({"label": " "}, "label"),
        ({"label": "x" * 101}, "label"),
    ],
)
def test_a_token_that_can_not_be_is_told_and_none_is_made(
    chief: Person, publisher: Publisher, fields: dict[str, str], field: str
) -> None:
    """One sentence beside its field, and all that was typed."""
    form = {"label": "The wire", "role": "chief", "days": "9"} | fields
    answer = chief.post(HERE, do="make", **form)
    assert (answer.status_code, f'id="{field}-wrong"' in answer.text) == (422, True)
    kept = fields_of(answer.text, HERE)
    assert (kept["label"], kept["days"]) == (form["label"], form["days"])
    assert ids(publisher, chief) == []


def test_making_and_revoking_ask_for_the_password_after_five_minutes(
    chief: Person, publisher: Publisher, clock: MovableClock
) -> None:
    """The form goes on as it was typed."""
    clock.move(minutes=5)
    asked = chief.post(HERE, do="make", label="The wire", role="chief", days="9")
    assert (asked.status_code, ids(publisher, chief)) == (401, [])
    form = fields_of(asked.text, HERE) | {"proof": PASSWORD}
    assert "publisher_" in chief.client.post(HERE, data=form).text
    (token,) = ids(publisher, chief)
    clock.move(minutes=5)
    assert chief.post(HERE, do="revoke", token=str(token)).status_code == 401
    assert ids(publisher, chief) == [token]


def test_a_double_click_makes_one_token(chief: Person, visitor: Person, publisher: Publisher) -> None:
    """The page that is seen last has the secret that holds."""
    command = str(uuid4())
    first, second = make(chief, command_id=command), make(chief, command_id=command)
    assert len(ids(publisher, chief)) == 1
    assert [status(visitor, secret) for secret in (first, second)] == [401, 200]


def test_the_command_of_somebody_elses_token_takes_it_from_nobody(
    chief: Person, visitor: Person, signed_in: Callable[..., Person], publisher: Publisher
) -> None:
    """Whoever learns the id of a token can't replace it."""
    secret = make(chief)
    (token,) = ids(publisher, chief)
    other = signed_in("chief")
    other.post(HERE, do="make", label="Mine", role="chief", days="9", command_id=str(token))
    assert status(visitor, secret) == 200
    assert ids(publisher, chief) == [token]


def test_an_admin_sees_and_revokes_the_tokens_of_all(
    chief: Person, signed_in: Callable[..., Person], visitor: Person, publisher: Publisher
) -> None:
    """With whose they are; nobody else does."""
    secret = make(chief)
    (token,) = ids(publisher, chief)
    editor, admin = signed_in("editor"), signed_in("admin")
    assert "The wire" not in editor.get(HERE).text
    assert editor.post(HERE, do="revoke", token=str(token)).status_code == 422
    assert status(visitor, secret) == 200
    page = admin.get(HERE).text
    assert "Tokens of others" in page
    assert chief.name in page
    assert admin.post(HERE, do="revoke", token=str(token)).status_code == 303
    assert status(visitor, secret) == 401


@pytest.mark.parametrize("do", ["", "show"])
def test_what_the_page_does_not_offer_is_a_bad_request(chief: Person, do: str) -> None:
    assert chief.post(HERE, do=do).status_code == 400


def test_the_own_page_says_how_many_programs_act_in_ones_name(chief: Person) -> None:
    assert "No program may act in your name." in chief.get("/desk/me").text
    make(chief)
    assert "1 program may act in your name." in chief.get("/desk/me").text

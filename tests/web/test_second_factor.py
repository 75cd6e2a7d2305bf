"""The second factor at the desk: set up, asked for when signing in and for proof, lost, and turned off."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pyotp
import pytest
from desk_people import PASSWORD, Person, fields_of, token_of
from flask import Flask
from werkzeug.test import TestResponse

from movable_clock import MovableClock
from publisher import accounts
from publisher.bootstrap import Publisher
from publisher.state.attempts import NAME_LIMIT

HERE = "/desk/me/second-factor"
WRONG = "That code is not right, or was used already: wait for the next one."


@dataclass
class Authenticator:
    """Somebody with an authenticator, and their recovery codes."""

    person: Person
    secret: str
    codes: list[str]
    clock: MovableClock

    def code(self) -> str:
        """What it shows now."""
        return pyotp.TOTP(self.secret).at(self.clock())


def set_up(person: Person, clock: MovableClock) -> Authenticator:
    assert person.post(HERE, do="begin").status_code == 303
    page = person.get(HERE).text
    found = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', page)
    assert found, page
    made = Authenticator(person, found[1].replace(" ", ""), [], clock)
    answer = person.post(HERE, do="confirm", first_code=made.code())
    made.codes = re.findall(r"<li><code>([a-z0-9-]{31})</code></li>", answer.text)
    assert len(made.codes) == 10, answer.text
    clock.move(minutes=1)
    return made


@pytest.fixture
def phone(chief: Person, clock: MovableClock) -> Authenticator:
    """A chief whose second factor is on."""
    return set_up(chief, clock)


@pytest.fixture
def begun(app: Flask, phone: Authenticator) -> Callable[..., tuple[Person, dict[str, str]]]:
    """A factory: another browser of the chief, and the form that asks it for the code."""

    def first_step(**fields: str) -> tuple[Person, dict[str, str]]:
        made = Person(client=app.test_client(), name=phone.person.name)
        answer = made.post("/desk/sign-in", name=made.name, password=PASSWORD, **fields)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
        assert "Set-Cookie" not in answer.headers
        return made, fields_of(answer.text, "/desk/sign-in")

    return first_step


def second_step(person: Person, form: dict[str, str], code: str) -> TestResponse:
    return person.client.post("/desk/sign-in", data=form | {"code": code})


def test_signing_in_asks_for_the_code_and_then_begins(
    begun: Callable[..., tuple[Person, dict[str, str]]], phone: Authenticator
) -> None:
    """The right code leads where the person wanted to go, with a session of its own."""
    person, form = begun(next="/desk/?shelf=draft")
    answer = second_step(person, form, phone.code())
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/?shelf=draft")
    assert "session_id=" in answer.headers["Set-Cookie"]
    assert person.get("/desk/").status_code == 200


def test_a_sign_in_that_waits_for_its_code_opens_nothing(
    begun: Callable[..., tuple[Person, dict[str, str]]],
) -> None:
    """Neither with the cookies that the browser has, nor with the token as one."""
    person, form = begun()
    assert person.get("/desk/").status_code == 303
    person.client.set_cookie("session_id", form["challenge"])
    assert person.get("/desk/").status_code == 303
    assert person.get("/desk/me").status_code == 303


def test_the_session_begins_with_the_code_and_an_older_one_ends(
    chief: Person, phone: Authenticator, app: Flask
) -> None:
    """The cookie that the browser came with opens nothing more."""
    before = chief.client.get_cookie("session_id")
    assert before
    answer = chief.client.post(
        "/desk/sign-in", data={"csrf_token": chief.token, "name": chief.name, "password": PASSWORD}
    )
    form = fields_of(answer.text, "/desk/sign-in")
    assert second_step(chief, form, phone.code()).status_code == 303
    after = chief.client.get_cookie("session_id")
    assert after
    assert after.value != before.value
    other = Person(client=app.test_client())
    other.client.set_cookie("session_id", before.value)
    assert other.get("/desk/").status_code == 303


@pytest.mark.parametrize("code", ["", "000000", "abcd"])
def test_a_wrong_code_is_told_and_may_be_followed_by_the_right_one(
    begun: Callable[..., tuple[Person, dict[str, str]]], phone: Authenticator, code: str
) -> None:
    person, form = begun()
    answer = second_step(person, form, code)
    assert (answer.status_code, WRONG in answer.text) == (401, True)
    again = fields_of(answer.text, "/desk/sign-in")
    assert second_step(person, again, phone.code()).status_code == 303


def test_a_code_signs_in_once(
    begun: Callable[..., tuple[Person, dict[str, str]]], phone: Authenticator
) -> None:
    """Whoever read it over a shoulder waits for one that they can't see."""
    first, form = begun()
    second, other_form = begun()
    code = phone.code()
    assert second_step(first, form, code).status_code == 303
    assert second_step(second, other_form, code).status_code == 401


def test_the_same_form_again_signs_nobody_in(
    begun: Callable[..., tuple[Person, dict[str, str]]], phone: Authenticator
) -> None:
    """What waited has come; with the next code too it is over."""
    person, form = begun()
    assert second_step(person, form, phone.code()).status_code == 303
    phone.clock.move(seconds=30)
    form |= {"csrf_token": token_of(person.get("/desk/sign-in").text)}
    assert second_step(person, form, phone.code()).status_code == 401


def test_a_code_that_comes_too_late_begins_again(
    begun: Callable[..., tuple[Person, dict[str, str]]], phone: Authenticator
) -> None:
    """After five minutes the password is asked for anew; what was typed before is still carried."""
    person, form = begun(next="/desk/new", **{"kept-title": "Typed"})
    phone.clock.move(minutes=5)
    answer = second_step(person, form, phone.code())
    assert answer.status_code == 401
    assert "waited too long" in answer.text
    assert 'name="password"' in answer.text
    assert 'name="kept-title" value="Typed"' in answer.text


def test_what_was_typed_before_signing_in_survives_the_second_step(
    begun: Callable[..., tuple[Person, dict[str, str]]], phone: Authenticator
) -> None:
    person, form = begun(next="/desk/new", **{"kept-title": "Typed before"})
    answer = second_step(person, form, phone.code())
    assert answer.status_code == 200
    assert fields_of(answer.text, "/desk/new")["title"] == "Typed before"


def test_codes_can_not_be_tried_out_by_whoever_knows_the_password(
    begun: Callable[..., tuple[Person, dict[str, str]]], phone: Authenticator
) -> None:
    """The right password in between frees none of the attempts; after the wait the code is heard again."""
    for number in range(NAME_LIMIT):
        person, form = begun()
        assert second_step(person, form, f"{number:06}").status_code == 401
    person, form = begun()
    answer = second_step(person, form, phone.code())
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
    phone.clock.move(minutes=15)
    person, form = begun()
    assert second_step(person, form, phone.code()).status_code == 303


def test_no_typed_name_locks_or_frees_the_codes_of_an_account(
    begun: Callable[..., tuple[Person, dict[str, str]]],
    phone: Authenticator,
    publisher: Publisher,
    visitor: Person,
) -> None:
    """Codes are counted apart from names, whatever is typed for one."""
    account = publisher.accounts.id_of(phone.person.name)
    for name in (f"second factor {account}", str(account), f"code: {account}"):
        for _ in range(NAME_LIMIT):
            visitor.post("/desk/sign-in", name=name, password="no password of anybody")
    person, form = begun()
    assert second_step(person, form, phone.code()).status_code == 303


def test_a_password_that_was_changed_meanwhile_ends_the_sign_in_that_waits(
    begun: Callable[..., tuple[Person, dict[str, str]]], phone: Authenticator, publisher: Publisher
) -> None:
    """Whoever had the old one is out before the code."""
    person, form = begun()
    accounts.change_password(publisher, accounts.find(publisher, person.name), "entirely other words")
    assert second_step(person, form, phone.code()).status_code == 401


def test_a_recovery_code_signs_in_once(
    begun: Callable[..., tuple[Person, dict[str, str]]], phone: Authenticator
) -> None:
    person, form = begun()
    assert second_step(person, form, phone.codes[0]).status_code == 303
    assert "9 recovery codes are left." in person.get("/desk/me").text
    person, form = begun()
    assert second_step(person, form, phone.codes[0]).status_code == 401


def test_without_a_second_factor_signing_in_asks_for_none(
    chief: Person, app: Flask, signed_in: Callable[..., Person]
) -> None:
    """A secret that waits for its first code changes nothing yet."""
    chief.post(HERE, do="begin")
    other = Person(client=app.test_client())
    assert other.post("/desk/sign-in", name=chief.name, password=PASSWORD).status_code == 303


def test_setting_up_shows_the_secret_as_a_picture_and_as_text_and_to_nobody_else(
    chief: Person, signed_in: Callable[..., Person], phone: Authenticator, clock: MovableClock
) -> None:
    """Once it is on, no page says it or the recovery codes again."""
    editor = signed_in("editor")
    editor.post(HERE, do="begin")
    page = editor.get(HERE)
    assert page.headers["Cache-Control"] == "no-store"
    assert 'class="qr"' in page.text
    assert "style=" not in page.text
    whole = chief.get(HERE).text + chief.get("/desk/me").text
    assert phone.secret[:4] not in re.findall(r"[A-Z2-7]{4}", whole)
    assert not any(code in whole for code in phone.codes)


def test_turning_it_on_ends_the_other_sessions(chief: Person, app: Flask, clock: MovableClock) -> None:
    other = Person(client=app.test_client())
    other.post("/desk/sign-in", name=chief.name, password=PASSWORD)
    assert other.get("/desk/").status_code == 200
    set_up(chief, clock)
    assert (other.get("/desk/").status_code, chief.get("/desk/").status_code) == (303, 200)


def test_setting_up_asks_for_the_password_after_five_minutes(chief: Person, clock: MovableClock) -> None:
    clock.move(minutes=5)
    asked = chief.post(HERE, do="begin")
    assert asked.status_code == 401
    assert 'class="qr"' not in chief.get(HERE).text
    form = fields_of(asked.text, HERE) | {"proof": PASSWORD}
    assert chief.client.post(HERE, data=form).status_code == 303
    assert 'class="qr"' in chief.get(HERE).text


@pytest.mark.parametrize(
    ("fields", "status", "says"),
    [
        ({"do": "confirm", "first_code": "123"}, 409, "That is not the code of now"),
        ({"do": "codes"}, 409, "No second factor is on."),
    ],
)
def test_what_can_not_be_is_told(chief: Person, fields: dict[str, str], status: int, says: str) -> None:
    chief.post(HERE, do="begin")
    answer = chief.post(HERE, **fields)
    assert (answer.status_code, says in answer.text) == (status, True)


def test_a_set_up_that_was_never_begun_is_told(chief: Person) -> None:
    answer = chief.post(HERE, do="confirm", first_code="123456")
    assert (answer.status_code, "Setting it up took too long" in answer.text) == (409, True)


def test_it_is_not_set_up_twice(phone: Authenticator) -> None:
    answer = phone.person.post(HERE, do="begin")
    assert (answer.status_code, "A second factor is on already" in answer.text) == (409, True)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"proof": "not this one at all", "proof_code": "000000"}, "proof"),
        ({"proof": PASSWORD, "proof_code": "000000"}, "proof_code"),
        ({"proof": PASSWORD, "proof_code": ""}, "proof_code"),
        ({"proof": "", "proof_code": ""}, "proof"),
    ],
)
def test_turning_it_off_asks_for_password_and_code(
    phone: Authenticator, fields: dict[str, str], field: str
) -> None:
    """Both, however lately they were given; one sentence stands beside the one that is wrong."""
    answer = phone.person.post(HERE, do="off", **fields)
    assert (answer.status_code, f'id="{field}-wrong"' in answer.text) == (401, True)
    assert "Turn it off" in phone.person.get(HERE).text


def test_what_is_turned_off_is_asked_for_no_more(phone: Authenticator, app: Flask) -> None:
    answer = phone.person.post(HERE, do="off", proof=PASSWORD, proof_code=phone.code())
    assert answer.status_code == 303
    assert "The second factor is off." in phone.person.get("/desk/me").text
    other = Person(client=app.test_client())
    assert other.post("/desk/sign-in", name=phone.person.name, password=PASSWORD).status_code == 303


def test_acts_that_ask_for_the_password_ask_for_the_code_too(
    phone: Authenticator, events: Callable[[], int]
) -> None:
    """The form is kept; the password alone is not enough, and a code that was used is none."""
    publication = phone.person.draft()
    phone.person.publish(publication)
    phone.clock.move(minutes=5)
    address = f"/desk/{publication}/remove"
    before = events()
    asked = phone.person.post(address, explanation="It named somebody.")
    assert (asked.status_code, 'name="proof_code"' in asked.text) == (401, True)
    form = fields_of(asked.text, address)
    missing = phone.person.client.post(address, data=form | {"proof": PASSWORD})
    assert (missing.status_code, "Type the code" in missing.text) == (401, True)
    wrong = phone.person.client.post(address, data=form | {"proof": PASSWORD, "proof_code": "123"})
    assert (wrong.status_code, WRONG in wrong.text) == (401, True)
    assert fields_of(wrong.text, address)["explanation"] == "It named somebody."
    assert events() == before
    right = {"proof": PASSWORD, "proof_code": phone.code()}
    assert phone.person.client.post(address, data=form | right).status_code == 303


def test_another_password_asks_for_the_code_too(phone: Authenticator) -> None:
    form = {
        "do": "password",
        "proof": PASSWORD,
        "password": "other words for it",
        "again": "other words for it",
    }
    assert phone.person.post("/desk/me", **form).status_code == 401
    assert phone.person.post("/desk/me", **form, proof_code=phone.code()).status_code == 303


def test_new_recovery_codes_end_the_old_ones(
    begun: Callable[..., tuple[Person, dict[str, str]]], phone: Authenticator
) -> None:
    answer = phone.person.post(HERE, do="codes")
    new = re.findall(r"<li><code>([a-z0-9-]{31})</code></li>", answer.text)
    assert len(new) == 10
    person, form = begun()
    assert second_step(person, form, phone.codes[0]).status_code == 401
    assert second_step(person, form, new[0]).status_code == 303


def test_an_admin_resets_it_and_its_holder_is_told(
    phone: Authenticator, signed_in: Callable[..., Person], app: Flask, publisher: Publisher
) -> None:
    """Signed out everywhere; the next sign-in leads to the notice, until they know."""
    admin = signed_in("admin")
    address = f"/desk/accounts/{accounts.find(publisher, phone.person.name)}"
    assert "Second factor on." in admin.get("/desk/accounts").text
    assert admin.post(address, do="reset-factor").status_code == 303
    assert "Second factor on." not in admin.get("/desk/accounts").text
    assert phone.person.get("/desk/").status_code == 303
    other = Person(client=app.test_client(), name=phone.person.name)
    answer = other.post("/desk/sign-in", name=other.name, password=PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (303, HERE)
    other.token = token_of(other.get(HERE).text)
    assert "An admin turned off your second factor" in other.get(HERE).text
    assert "An admin turned it off" in other.get("/desk/me").text
    assert other.post(HERE, do="known").status_code == 303
    assert "An admin turned off" not in other.get(HERE).text


def test_an_admin_resets_it_with_proof_and_not_their_own(
    phone: Authenticator, signed_in: Callable[..., Person], clock: MovableClock, publisher: Publisher
) -> None:
    """Their own they turn off like everybody else; what is not on is not reset."""
    admin = signed_in("admin")
    own = f"/desk/accounts/{accounts.find(publisher, admin.name)}"
    set_up(admin, clock)
    assert admin.post(own, do="reset-factor").status_code == 400
    clock.move(minutes=5)
    address = f"/desk/accounts/{accounts.find(publisher, phone.person.name)}"
    assert admin.post(address, do="reset-factor").status_code == 401
    assert publisher.factors.of(accounts.find(publisher, phone.person.name))
    other = signed_in("admin")
    assert other.post(address, do="reset-factor").status_code == 303
    again = other.post(address, do="reset-factor")
    assert (again.status_code, "No second factor is on." in again.text) == (409, True)


@pytest.mark.parametrize("do", ["", "reset"])
def test_what_the_page_does_not_offer_is_a_bad_request(chief: Person, do: str) -> None:
    assert chief.post(HERE, do=do).status_code == 400


def test_no_event_tells_of_a_second_factor(
    chief: Person, clock: MovableClock, events: Callable[[], int]
) -> None:
    """It belongs to the account's secrets, which can be forgotten, and not to its roles."""
    before = events()
    set_up(chief, clock)
    assert events() == before

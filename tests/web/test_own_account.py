"""Somebody's own account at the desk: another password, and the browsers that are signed in."""

from collections.abc import Callable

import pytest
from desk_people import PASSWORD, Person, fields_of, token_of
from flask import Flask
from lxml import html

from movable_clock import MovableClock
from publisher import accounts
from publisher.application import By
from publisher.bootstrap import Publisher
from publisher.domain.policy import Role
from publisher.state.attempts import NAME_LIMIT

NEW = "entirely other words for it"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1"


@pytest.fixture
def elsewhere(app: Flask, chief: Person) -> Callable[[str], Person]:
    """A factory: the chief signed in in another browser."""

    def signed_in(agent: str = PHONE) -> Person:
        made = Person(client=app.test_client(), name=chief.name)
        form = {"csrf_token": token_of(made.get("/desk/sign-in").text), "name": chief.name}
        answer = made.client.post(
            "/desk/sign-in", data=form | {"password": PASSWORD}, headers={"User-Agent": agent}
        )
        assert answer.status_code == 303
        made.token = token_of(made.get("/desk/sign-in").text)
        return made

    return signed_in


def change(person: Person, **fields: str) -> tuple[int, str]:
    form = {"do": "password", "proof": PASSWORD, "password": NEW, "again": NEW}
    answer = person.post("/desk/me", **form | fields)
    return answer.status_code, answer.text


def status_of_signing_in(app: Flask, name: str, password: str) -> int:
    return Person(client=app.test_client()).post("/desk/sign-in", name=name, password=password).status_code


def keys_of(publisher: Publisher, person: Person) -> dict[str, str]:
    """The keys of somebody's sessions by what their browser is called."""
    account = publisher.accounts.id_of(person.name)
    assert account
    return {row.browser: row.key for row in publisher.sessions.of(account)}


def test_everybody_finds_their_own_page_from_every_other(signed_in: Callable[..., Person]) -> None:
    """An admin too, who may not read the desk."""
    for role, address in (("admin", "/desk/accounts"), ("auditor", "/desk/"), ("contributor", "/desk/new")):
        person = signed_in(role)
        assert 'href="/desk/me"' in person.get(address).text
        assert person.name in person.get("/desk/me").text


def test_another_password_takes_the_place_of_the_first(chief: Person, app: Flask) -> None:
    """From the next time on that somebody signs in."""
    assert change(chief)[0] == 303
    assert "Your password is changed" in chief.get("/desk/me").text
    assert status_of_signing_in(app, chief.name, PASSWORD) == 401
    assert status_of_signing_in(app, chief.name, NEW) == 303


def test_another_password_ends_the_other_sessions_and_not_this_one(
    chief: Person, elsewhere: Callable[..., Person]
) -> None:
    """Whoever knew the old one is out."""
    there = elsewhere()
    change(chief)
    assert there.get("/desk/").status_code == 303
    assert chief.get("/desk/").status_code == 200


@pytest.mark.parametrize(
    ("fields", "status", "says"),
    [
        ({"proof": "not this one at all"}, 401, "That is not your password."),
        ({"proof": ""}, 401, "Type the password that you have now."),
        ({"again": "something else"}, 422, "The two do not say the same"),
        ({"password": "elevenchars", "again": "elevenchars"}, 422, "The password is too short"),
        ({"password": "Password2026!", "again": "Password2026!"}, 422, "Many people use this password"),
        ({"password": "", "again": ""}, 422, "The password is too short"),
    ],
)
def test_a_change_that_can_not_be_is_told_and_the_old_password_stands(
    chief: Person,
    app: Flask,
    elsewhere: Callable[..., Person],
    fields: dict[str, str],
    status: int,
    says: str,
) -> None:
    """One sentence beside its field; the sessions stand, and no password is in the page."""
    there = elsewhere()
    answer, page = change(chief, **fields)
    assert (answer, says in page) == (status, True)
    assert not any(typed in page for typed in (PASSWORD, NEW, *filter(None, fields.values())))
    assert status_of_signing_in(app, chief.name, PASSWORD) == 303
    assert there.get("/desk/").status_code == 200


def test_the_current_password_is_asked_for_even_right_after_signing_in(chief: Person) -> None:
    """A desk that was left alone for a minute gives nobody the account."""
    assert change(chief, proof="")[0] == 401


def test_the_current_password_can_not_be_tried_out_there(chief: Person) -> None:
    """The attempts count as those of signing in."""
    for _ in range(NAME_LIMIT):
        assert change(chief, proof="wrong")[0] == 401
    answer = chief.post("/desk/me", do="password", proof=PASSWORD, password=NEW, again=NEW)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")


def test_the_browsers_are_listed_in_plain_words_and_this_one_is_marked(
    chief: Person, elsewhere: Callable[..., Person], clock: MovableClock
) -> None:
    """Each with when it was used last; nothing of a token is in the page but what ends a session."""
    elsewhere(FIREFOX)
    clock.move(minutes=5)
    page = elsewhere(PHONE).get("/desk/me").text
    assert "Safari, iPhone" in page
    assert "Firefox, Linux" in page
    assert "A browser that does not say which" in page
    assert page.count("this browser") == 1
    assert page.count('value="end"') == 2


def test_one_session_is_ended_and_the_others_go_on(
    chief: Person, elsewhere: Callable[..., Person], publisher: Publisher
) -> None:
    """Twice is told, and does no harm."""
    phone, laptop = elsewhere(PHONE), elsewhere(FIREFOX)
    key = keys_of(publisher, chief)["Safari, iPhone"]
    assert chief.post("/desk/me", do="end", session=key).status_code == 303
    assert [who.get("/desk/").status_code for who in (phone, laptop, chief)] == [303, 200, 200]
    again = chief.post("/desk/me", do="end", session=key)
    assert (again.status_code, "That session is over already." in again.text) == (422, True)


def test_all_other_sessions_are_ended_at_once(chief: Person, elsewhere: Callable[..., Person]) -> None:
    """This one goes on."""
    others = [elsewhere(PHONE), elsewhere(FIREFOX)]
    assert chief.post("/desk/me", do="end-others").status_code == 303
    assert [who.get("/desk/").status_code for who in (*others, chief)] == [303, 303, 200]
    assert "Sign out everywhere but here" not in chief.get("/desk/me").text


@pytest.mark.parametrize("do", ["end", "end-others"])
def test_ending_sessions_asks_for_the_password_after_five_minutes(
    chief: Person, elsewhere: Callable[..., Person], publisher: Publisher, clock: MovableClock, do: str
) -> None:
    """The form goes on as it was sent once it is given."""
    there = elsewhere()
    key = keys_of(publisher, chief)["Safari, iPhone"]
    clock.move(minutes=5)
    asked = chief.post("/desk/me", do=do, session=key)
    assert asked.status_code == 401
    assert there.get("/desk/").status_code == 200
    form = fields_of(asked.text, "/desk/me") | {"proof": PASSWORD}
    assert chief.client.post("/desk/me", data=form).status_code == 303
    assert there.get("/desk/").status_code == 303


def test_nobody_ends_the_session_of_somebody_else(
    chief: Person, signed_in: Callable[..., Person], publisher: Publisher
) -> None:
    """Its key is worth nothing to others."""
    (key,) = keys_of(publisher, chief).values()
    assert signed_in("admin").post("/desk/me", do="end", session=key).status_code == 422
    assert chief.get("/desk/").status_code == 200


@pytest.mark.parametrize("do", ["", "close"])
def test_what_the_page_does_not_offer_is_a_bad_request(chief: Person, do: str) -> None:
    assert chief.post("/desk/me", do=do).status_code == 400


def test_an_admin_signs_an_account_out_everywhere(
    chief: Person, elsewhere: Callable[..., Person], signed_in: Callable[..., Person], publisher: Publisher
) -> None:
    """Its page says in how many browsers it was; the admin's own sessions go on."""
    elsewhere()
    admin = signed_in("admin")
    address = f"/desk/accounts/{accounts.find(publisher, chief.name)}"
    assert "It is signed in in 2 browsers." in admin.get(address).text
    assert admin.post(address, do="sign-out").status_code == 303
    assert "It is signed in nowhere." in admin.get(address).text
    assert chief.get("/desk/").status_code == 303
    assert admin.get("/desk/accounts").status_code == 200


def test_a_session_that_is_not_used_ends_after_twelve_hours(chief: Person, clock: MovableClock) -> None:
    """The desk leads to signing in, and its cookie opens nothing more."""
    clock.move(hours=11, minutes=59)
    assert chief.get("/desk/").status_code == 200
    clock.move(hours=12)
    assert chief.get("/desk/").status_code == 303


def test_a_session_ends_after_seven_days_however_it_is_used(chief: Person, clock: MovableClock) -> None:
    """The absolute limit, reached in steps below the idle one."""
    answers = []
    for _ in range(15):
        clock.move(hours=11, minutes=30)
        answers.append(chief.get("/desk/").status_code)
    assert answers == [200] * 14 + [303]


def test_a_role_that_is_revoked_at_the_desk_takes_its_tokens_along(
    chief: Person, signed_in: Callable[..., Person], publisher: Publisher
) -> None:
    """As on the command line."""
    account = accounts.find(publisher, chief.name)
    publisher.newsroom.grant(account, Role("auditor"), By())
    publisher.projector.catch_up()
    accounts.make_token(publisher, account, "auditor", "reads", 9)
    kept = accounts.make_token(publisher, account, "chief", "writes", 9)
    address = f"/desk/accounts/{account}"
    assert signed_in("admin").post(address, do="revoke", role="auditor").status_code == 303
    assert [row.role for row in publisher.tokens.of(account)] == ["chief"]
    assert publisher.tokens.find(kept)


def test_password_fields_hide_what_is_typed_and_can_be_filled_in(chief: Person, visitor: Person) -> None:
    """By a password manager, which is told what each is; nothing stands in the way of pasting."""
    wanted = {"proof": "current-password", "password": "new-password", "again": "new-password"}
    page = html.document_fromstring(chief.get("/desk/me").text)
    assert {f.name: f.get("autocomplete") for f in page.xpath("//input[@type='password']")} == wanted
    (field,) = html.document_fromstring(visitor.get("/desk/sign-in").text).xpath(
        "//input[@type='password']"
    )
    assert field.get("autocomplete") == "current-password"


@pytest.mark.parametrize("address", ["/desk/", "/desk/new", "/desk/masthead", "/desk/me"])
def test_every_page_of_the_desk_offers_to_sign_out(chief: Person, address: str) -> None:
    """In its head."""
    assert html.document_fromstring(chief.get(address).text).xpath(
        "//header//form[@action='/desk/sign-out']"
    )

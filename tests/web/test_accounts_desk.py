"""Accounts on the desk: an admin invites, grants, revokes and closes, and never for themselves."""

import re
from collections.abc import Callable

import pytest
from desk_people import PASSWORD, Person, fields_of, token_of
from flask import Flask

from movable_clock import MovableClock
from publisher import accounts
from publisher.bootstrap import Publisher

OTHER = "yet another pass phrase"


@pytest.fixture
def admin(signed_in: Callable[..., Person]) -> Person:
    return signed_in("admin")


@pytest.fixture
def page_of(publisher: Publisher) -> Callable[[str], str]:
    """The address of an account's page, by its name."""
    return lambda name: f"/desk/accounts/{accounts.find(publisher, name)}"


def invited(admin: Person, name: str = "Jonas", **fields: str) -> str:
    """The path of the link by which somebody new chooses a password."""
    answer = admin.post("/desk/accounts", name=name, **({"role-editor": "yes"} | fields))
    assert answer.status_code == 200, answer.text
    found = re.search(r"http://localhost(/desk/welcome/[\w-]{43})", answer.text)
    assert found, answer.text
    return found[1]


def set_password(app: Flask, link: str, password: str = PASSWORD) -> int:
    client = app.test_client()
    asked = client.get(link)
    if asked.status_code != 200:
        return asked.status_code
    form = {"csrf_token": token_of(asked.text), "password": password}
    return client.post(link, data=form).status_code


def sign_in(app: Flask, name: str, password: str = PASSWORD) -> int:
    client = app.test_client()
    form = {"csrf_token": token_of(client.get("/desk/sign-in").text), "name": name, "password": password}
    return client.post("/desk/sign-in", data=form).status_code


@pytest.mark.parametrize("begun", ["/desk/sign-in", "/desk/"])
def test_an_admin_begins_at_the_accounts(app: Flask, account: Callable[..., str], begun: str) -> None:
    """They may not read the desk, so signing in leads them where their work lies, from the desk too."""
    client = app.test_client()
    page = client.get(begun, follow_redirects=True).text
    form = fields_of(page, "/desk/sign-in") | {"name": account("admin")}
    answer = client.post("/desk/sign-in", data=form | {"password": PASSWORD})
    assert answer.headers["Location"] == "/desk/accounts"
    assert client.get("/desk/accounts").status_code == 200


def test_who_was_invited_chooses_a_password_and_signs_in(admin: Person, app: Flask) -> None:
    """With the name that the admin gave, and the roles."""
    link = invited(admin, **{"role-chief": "yes"})
    assert sign_in(app, "Jonas") == 401
    assert set_password(app, link) == 303
    assert sign_in(app, "jonas") == 303
    page = admin.get("/desk/accounts").text
    assert "Jonas" in page
    assert "chief, editor" in page


def test_an_invitation_works_once(admin: Person, app: Flask) -> None:
    """409 with one sentence, and the password stands."""
    link = invited(admin)
    assert set_password(app, link) == 303
    assert set_password(app, link, OTHER) == 409
    assert "used already" in app.test_client().get(link).text
    assert sign_in(app, "Jonas") == 303


def test_an_invitation_holds_for_three_days(
    admin: Person, app: Flask, clock: MovableClock, page_of: Callable[[str], str]
) -> None:
    """After that a new link is made, which takes the place of the first."""
    link = invited(admin)
    clock.move(days=3)
    assert set_password(app, link) == 409
    form = {"name": admin.name, "password": PASSWORD, "next": page_of("Jonas")}
    admin.post("/desk/sign-in", **form)
    admin.token = ""
    page = admin.get(page_of("Jonas")).text
    assert "the link is over" in page.lower()
    form = fields_of(page, page_of("Jonas")) | {"do": "link"}
    answer = admin.client.post(page_of("Jonas"), data=form)
    found = re.search(r"/desk/welcome/[\w-]{43}", answer.text)
    assert found
    assert set_password(app, found[0]) == 303


def test_a_newer_link_ends_the_one_before_it(
    admin: Person, app: Flask, page_of: Callable[[str], str]
) -> None:
    """Whoever has the first, by whatever way, comes too late."""
    first = invited(admin)
    answer = admin.post(page_of("Jonas"), do="link")
    assert answer.status_code == 200
    assert set_password(app, first) == 409


def test_no_link_is_made_for_an_account_that_has_a_password(
    admin: Person, chief: Person, page_of: Callable[[str], str]
) -> None:
    """An admin manages accounts, and can't become somebody else."""
    answer = admin.post(page_of(chief.name), do="link")
    assert answer.status_code == 409
    assert "/desk/welcome/" not in answer.text


def test_a_double_click_opens_one_account(admin: Person, app: Flask, events: Callable[[], int]) -> None:
    """The page that is seen last has the link that holds."""
    command = "11111111-1111-4111-8111-111111111111"
    first = invited(admin, command_id=command)
    before = events()
    second = invited(admin, command_id=command)
    assert events() == before
    assert set_password(app, first) == 409
    assert set_password(app, second) == 303


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": "Jonas"}, "Choose at least one role."),
        ({"name": " ", "role-editor": "yes"}, "Give a name of 1 to 200 printable characters."),
        ({"name": "ADA", "role-editor": "yes"}, "There is an account “ADA” already"),
    ],
)
def test_an_invitation_that_can_not_be_is_told_and_nothing_is_stored(
    admin: Person, publisher: Publisher, fields: dict[str, str], says: str, events: Callable[[], int]
) -> None:
    """One sentence beside its field, and all that was typed."""
    accounts.open_with_secret(publisher, "Ada", PASSWORD, [])
    before = events()
    answer = admin.post("/desk/accounts", **fields)
    assert answer.status_code == 422 or "ADA" in fields["name"]
    assert says in answer.text
    assert fields_of(answer.text, "/desk/accounts").items() >= fields.items()
    assert events() == before


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("elevenchars", "The password is too short"),
        ("Password2026!", "Many people use this password"),
        ("x1" * 513, "The password is too long"),
    ],
)
def test_a_bad_password_is_told_and_the_link_goes_on_holding(
    admin: Person, app: Flask, password: str, says: str
) -> None:
    """The page says what is wrong, and never the password."""
    link = invited(admin)
    client = app.test_client()
    form = {"csrf_token": token_of(client.get(link).text), "password": password}
    answer = client.post(link, data=form)
    assert answer.status_code == 422
    assert says in answer.text
    assert password not in answer.text
    assert set_password(app, link) == 303


def test_a_role_that_is_granted_holds_at_once_and_is_an_event(
    admin: Person, chief: Person, page_of: Callable[[str], str], publisher: Publisher, clock: MovableClock
) -> None:
    """By the admin's id, in the log; the next page of whoever has it shows what it opens."""
    assert chief.get("/audit/").status_code == 403
    assert admin.post(page_of(chief.name), do="grant", role="auditor").status_code == 303
    assert chief.get("/audit/").status_code == 200
    newest = publisher.library.events(limit=1)[0]
    assert newest.type == "publisher.account.role-granted"
    assert newest.actor == str(publisher.accounts.id_of(admin.name))
    assert admin.post(page_of(chief.name), do="revoke", role="auditor").status_code == 303
    assert chief.get("/audit/").status_code == 403


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"do": "grant", "role": "chief"}, "The account has the role chief already."),
        ({"do": "revoke", "role": "editor"}, "The account does not have the role editor."),
        ({"do": "grant", "role": "emperor"}, "Choose one of the roles."),
    ],
)
def test_a_change_that_can_not_be_is_told(
    admin: Person, chief: Person, page_of: Callable[[str], str], fields: dict[str, str], says: str
) -> None:
    """On the page of the account."""
    answer = admin.post(page_of(chief.name), **fields)
    assert answer.status_code in (409, 422)
    assert says in answer.text


@pytest.mark.parametrize("fields", [{"do": "grant", "role": "chief"}, {"do": "close"}])
def test_nobody_changes_their_own_roles(
    admin: Person, page_of: Callable[[str], str], fields: dict[str, str], events: Callable[[], int]
) -> None:
    """The page offers it not, and a form that comes all the same is refused."""
    admin.post("/desk/accounts", name="Second", **{"role-admin": "yes"})
    before = events()
    assert 'name="do"' not in admin.get(page_of(admin.name)).text
    answer = admin.post(page_of(admin.name), **fields)
    assert answer.status_code == 409
    assert "Nobody changes their own roles" in answer.text
    assert events() == before


def test_a_closed_account_is_signed_out_and_stays_out(
    admin: Person, chief: Person, app: Flask, page_of: Callable[[str], str]
) -> None:
    """Its page offers nothing more, and its name stands in the list."""
    assert admin.post(page_of(chief.name), do="close").status_code == 303
    assert chief.get("/desk/").status_code == 303
    assert sign_in(app, chief.name) == 401
    assert 'name="do"' not in admin.get(page_of(chief.name)).text
    assert chief.name in admin.get("/desk/accounts").text


def test_an_invitation_to_a_closed_account_is_over(
    admin: Person, app: Flask, page_of: Callable[[str], str]
) -> None:
    """Whoever has the link finds it so."""
    link = invited(admin)
    admin.post(page_of("Jonas"), do="close")
    assert set_password(app, link) == 409


def test_changes_of_roles_ask_for_the_password_after_five_minutes(
    admin: Person,
    chief: Person,
    page_of: Callable[[str], str],
    clock: MovableClock,
    events: Callable[[], int],
) -> None:
    """And invitations do; with it the form goes on as it was typed."""
    clock.move(minutes=5)
    before = events()
    address = page_of(chief.name)
    asked = admin.post(address, do="grant", role="auditor")
    assert asked.status_code == 401
    invitation = admin.post("/desk/accounts", name="Jonas", **{"role-editor": "yes", "role-chief": "yes"})
    assert invitation.status_code == 401
    assert events() == before
    fields = fields_of(invitation.text, "/desk/accounts")
    assert fields["role-chief"] == fields["role-editor"] == "yes"
    fields = fields_of(asked.text, address) | {"proof": PASSWORD}
    assert admin.client.post(address, data=fields).status_code == 303
    assert chief.get("/audit/").status_code == 200


@pytest.mark.parametrize("address", ["/desk/accounts/00000000-0000-4000-8000-000000000000"])
def test_an_account_that_is_none_is_not_found(admin: Person, address: str) -> None:
    """Whatever is asked of it."""
    assert admin.get(address).status_code == admin.post(address, do="close").status_code == 404

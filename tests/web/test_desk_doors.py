"""Forms without a session, a token or a role for them: nothing typed is lost, nothing is stored."""

from collections.abc import Callable

import pytest
from desk_people import PASSWORD, TEXT, Person, fields_of, shown
from werkzeug.test import TestResponse

from movable_clock import MovableClock
from publisher import accounts
from publisher.application import By
from publisher.bootstrap import Publisher
from publisher.domain.policy import Role

NOTE = 'Nine boats, not ten.\nSee the "timetable" <b>.'
FORMS = {
    "new": TEXT | {"body": NOTE},
    "": TEXT | {"body": NOTE, "base": "1"},
    "publish": {"revision": "1", "slug": "ferries", "when": "later", "date": "2026-06-01", "time": "09:00"},
    "amend": {"revision": "2", "significance": "correction", "note": NOTE, "when": "now"},
    "move": {"slug": "summer-ferries"},
    "withdraw": {"reason": NOTE},
    "remove": {"explanation": NOTE, "redirect": "/archive"},
    "masthead": {
        "name": "Harbour Office",
        "zone": "Europe/London",
        "clocks-0-label": "Moscow",
        "clocks-0-zone": "Europe/Moscow",
        "contacts-0-label": "Press line",
        "contacts-0-value": "112",
        "contacts-1-label": "Desk",
        "contacts-1-value": "113",
        "counters-0-key": "storm",
        "counters-0-since": "2026-05-01",
        "counters-0-zone": "Europe/London",
        "counters-0-text": "{days} days",
        "notices-0-level": "warning",
        "notices-0-text": "The quay is closed.",
    },
}
"""What is typed into each form, by the last part of its address."""


def address_of(form: str, publication: str) -> str:
    part = form if form in ("new", "masthead") else f"{publication}/{form}".rstrip("/")
    return f"/desk/{part}"


def ready(person: Person, form: str) -> str:
    """The address of the form, of a publication with which its act can be done."""
    publication = person.draft()
    if form in ("amend", "move", "withdraw", "remove"):
        person.publish(publication)
        person.post(f"/desk/{publication}", **(TEXT | {"body": "Ten boats.", "base": "1"}))
    return address_of(form, publication)


def sign_in_again(person: Person, answer: TestResponse, **changes: str) -> TestResponse:
    """Fill in the form for signing in that stands on a page, and send it."""
    fields = fields_of(answer.text, "/desk/sign-in")
    return person.client.post(
        "/desk/sign-in", data=fields | {"name": person.name, "password": PASSWORD} | changes
    )


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> str:
    """The last part of the address of a form."""
    return str(request.param)


def test_a_form_that_comes_after_the_session_ended_is_there_again_after_signing_in(
    chief: Person, clock: MovableClock, events: Callable[[], int], form: str
) -> None:
    """401, then the same form with all that was typed; it is stored once it is sent again."""
    address = ready(chief, form)
    before = events()
    clock.move(hours=13)
    answer = chief.post(address, **FORMS[form])
    assert answer.status_code == 401
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Your session had ended" in answer.text
    again = sign_in_again(chief, answer)
    assert again.status_code == 200
    assert again.headers["Cache-Control"] == "no-store"
    assert events() == before
    fields = fields_of(again.text, address)
    assert {name: fields[name] for name in FORMS[form]} == shown(FORMS[form])
    assert chief.client.post(address, data=fields).status_code == 303
    assert events() > before


def test_a_form_whose_token_does_not_hold_is_there_again_with_a_new_one(
    chief: Person, events: Callable[[], int], form: str
) -> None:
    """400, one sentence, all that was typed, and a token that holds."""
    address = ready(chief, form)
    before = events()
    answer = chief.post(address, _token=False, **FORMS[form])
    assert answer.status_code == 400
    assert "open for too long" in answer.text
    assert events() == before
    fields = fields_of(answer.text, address)
    assert {name: fields[name] for name in FORMS[form]} == shown(FORMS[form])
    assert chief.client.post(address, data=fields).status_code == 303


def test_a_form_without_session_and_token_asks_to_sign_in_first(
    chief: Person, clock: MovableClock, form: str
) -> None:
    """401 as well, and the form after it: a browser that was closed has lost both."""
    address = ready(chief, form)
    clock.move(days=8)
    chief.client.delete_cookie("form")
    answer = chief.post(address, _token=False, **FORMS[form])
    assert answer.status_code == 401
    fields = fields_of(sign_in_again(chief, answer).text, address)
    assert {name: fields[name] for name in FORMS[form]} == shown(FORMS[form])


def test_a_wrong_password_or_a_lost_token_on_the_way_loses_nothing(
    chief: Person, clock: MovableClock
) -> None:
    """The form for signing in goes on carrying what was typed, and never the password."""
    clock.move(hours=13)
    answer = chief.post("/desk/new", **TEXT)
    wrong = sign_in_again(chief, answer, password="not this one at all")
    assert wrong.status_code == 401
    old = sign_in_again(chief, wrong, csrf_token="")
    assert old.status_code == 400
    assert "not this one" not in wrong.text
    assert PASSWORD not in old.text
    fields = fields_of(sign_in_again(chief, old).text, "/desk/new")
    assert {name: fields[name] for name in TEXT} == shown(TEXT)


def test_only_fields_of_the_desks_forms_are_carried(visitor: Person) -> None:
    """A password, a command or a field of nobody's is not in the page that asks to sign in."""
    answer = visitor.post("/desk/new", title="Typed", password="secret words", unknown="x")
    fields = fields_of(answer.text, "/desk/sign-in")
    assert {name for name in fields if name.startswith("kept-")} == {"kept-title"}
    assert "secret words" not in answer.text


def test_an_act_without_fields_is_asked_again_by_its_page(chief: Person, clock: MovableClock) -> None:
    """Nothing was typed, so signing in leads to the page that asks for the act."""
    publication = chief.draft()
    clock.move(hours=13)
    answer = chief.post(f"/desk/{publication}/discard")
    assert answer.status_code == 401
    there = sign_in_again(chief, answer)
    assert there.status_code == 303
    assert there.headers["Location"] == f"/desk/{publication}/discard"


def test_an_account_that_may_not_send_the_form_leaves_it_to_another_one(
    chief: Person, signed_in: Callable[..., Person], clock: MovableClock
) -> None:
    """403 with the form still carried, nobody signed in; the next account goes on with it."""
    auditor = signed_in("auditor")
    clock.move(hours=13)
    answer = sign_in_again(auditor, chief.post("/desk/new", **TEXT))
    assert answer.status_code == 400  # the token is of the chief's browser
    answer = sign_in_again(chief, chief.post("/desk/new", **TEXT), name=auditor.name)
    assert answer.status_code == 403
    assert "may not send that form" in answer.text
    assert chief.get("/desk/").status_code == 303
    fields = fields_of(sign_in_again(chief, answer).text, "/desk/new")
    assert fields["body"] == TEXT["body"]


def test_a_form_of_somebody_whose_role_was_revoked_is_kept_for_who_may_send_it(
    signed_in: Callable[..., Person],
    chief: Person,
    publisher: Publisher,
    events: Callable[[], int],
    form: str,
) -> None:
    """403, one sentence, nothing stored; whoever signs in there has the form with all that was typed."""
    address, person = ready(chief, form), signed_in("chief", "auditor")
    account = accounts.find(publisher, person.name)
    publisher.newsroom.revoke(account, Role.CHIEF, By())
    before = events()
    answer = person.post(address, **FORMS[form])
    assert answer.status_code == 403
    assert answer.headers["Cache-Control"] == "no-store"
    assert "This account may not send that form" in answer.text
    assert events() == before
    again = sign_in_again(person, answer, name=chief.name)
    fields = fields_of(again.text, address)
    assert {name: fields[name] for name in FORMS[form]} == shown(FORMS[form])


@pytest.mark.parametrize(
    "target", ["/desk/nowhere", "/desk/sign-out", "/audit/", "/desk/%ZZ", "//evil/desk/"]
)
def test_what_is_carried_to_no_form_is_passed_over(
    visitor: Person, account: Callable[..., str], target: str
) -> None:
    """Signing in leads on as if nothing were carried."""
    fields = {"next": target, "kept-title": "Typed"}
    answer = visitor.post("/desk/sign-in", name=account("editor"), password=PASSWORD, **fields)
    assert answer.status_code == 303
    assert answer.headers["Location"] == (target if target.startswith(("/desk", "/audit")) else "/desk/")


def test_a_form_of_what_is_not_there_is_not_found(visitor: Person, account: Callable[..., str]) -> None:
    """An unknown publication has no form to come back to."""
    fields = {"next": f"/desk/{'0' * 8}-0000-4000-8000-{'0' * 12}", "kept-title": "Typed"}
    answer = visitor.post("/desk/sign-in", name=account("editor"), password=PASSWORD, **fields)
    assert answer.status_code == 404


def test_signing_out_without_a_token_signs_nobody_out(chief: Person) -> None:
    """400 and one sentence, and the desk is still open."""
    answer = chief.post("/desk/sign-out", _token=False)
    assert answer.status_code == 400
    assert "open for too long" in answer.text
    assert chief.get("/desk/").status_code == 200


def test_who_may_not_send_a_form_does_not_see_it_for_want_of_a_token(
    chief: Person, signed_in: Callable[..., Person]
) -> None:
    """400 without the form: a contributor sees no form to remove."""
    publication = chief.draft()
    answer = signed_in("contributor").post(
        f"/desk/{publication}/remove", _token=False, explanation="Typed."
    )
    assert answer.status_code == 400
    assert "<textarea" not in answer.text


def test_signing_out_drops_what_the_browser_kept(chief: Person) -> None:
    """Whoever uses the browser next finds no page of the desk in it."""
    form = fields_of(chief.get("/desk/").text, "/desk/sign-out")
    answer = chief.client.post("/desk/sign-out", data=form)
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_signing_in_drops_what_the_browser_kept(chief: Person) -> None:
    """Pages from before could else be shown instead of what was just published."""
    chief.client.post("/desk/sign-out", data=fields_of(chief.get("/desk/").text, "/desk/sign-out"))
    asked = chief.client.get("/desk/sign-in")
    assert "Clear-Site-Data" not in asked.headers
    assert sign_in_again(chief, asked).headers["Clear-Site-Data"] == '"cache"'

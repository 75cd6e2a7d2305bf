"""Who may ask the machine interface what, and how refusals are worded."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from api_program import TEXT, Program
from flask import Flask
from werkzeug.test import TestResponse

from movable_clock import MovableClock
from publisher import accounts
from publisher.application import By
from publisher.bootstrap import Publisher
from publisher.domain import policy
from publisher.domain.errors import RoleNotHeld
from publisher.domain.policy import Role


def operations(app: Flask) -> list[tuple[str, str, str]]:
    """The name, method and path of each operation that the document names."""
    paths: dict[str, Any] = app.test_client().get("/api/openapi.json").get_json()["paths"]
    return [
        (item[method]["operationId"], method.upper(), path)
        for path, item in paths.items()
        for method in item
        if method in ("get", "post", "put")
    ]


def problem(answer: TestResponse) -> dict[str, Any]:
    """The problem that an answer tells of, as RFC 9457 words it."""
    assert answer.content_type == "application/problem+json"
    said: dict[str, Any] = answer.get_json()
    assert said["status"] == answer.status_code
    assert said["type"].startswith("/api/docs#")
    assert said["detail"].endswith((".", "?"))
    return said


def test_nothing_is_given_without_a_token(app: Flask) -> None:
    """Every operation answers 401 with a challenge, whatever else is wrong with the request."""
    for _, method, path in operations(app):
        answer = app.test_client().open(
            path.format(publication=uuid4(), number=1, position=1), method=method, data=b"{"
        )
        problem(answer)
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer realm=publisher")


@pytest.mark.parametrize("sent", ["Bearer nothing", "Basic YTpi", "Bearer", "bearer \xff"])
def test_a_wrong_token_is_none(app: Flask, sent: str) -> None:
    answer = app.test_client().get("/api/", headers={"Authorization": sent})
    assert answer.status_code == 401
    assert problem(answer)


def test_a_cookie_is_nobody(app: Flask, publisher: Publisher, program: Callable[..., Program]) -> None:
    """Neither alone nor beside a token, and none is set."""
    browser = app.test_client()
    chief = program("chief")
    browser.set_cookie("session_id", publisher.sessions.start(chief.account))
    assert browser.get("/api/publications").status_code == 401
    auditor = program("auditor")
    answer = browser.get("/api/", headers={"Authorization": f"Bearer {auditor.token}"})
    assert answer.json["role"] == "auditor"
    assert "Set-Cookie" not in answer.headers


def test_nobody_keeps_an_answer(app: Flask, chief: Program) -> None:
    there = chief.draft()
    answers = [
        chief.get("/api/"),
        chief.get(there),
        chief.get("/api/nowhere"),
        chief.get("/api/events"),
        app.test_client().get("/api/"),
    ]
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}


def test_a_token_acts_by_its_role_alone(program: Callable[..., Program]) -> None:
    """A chief's token with the role of an auditor can't draft."""
    both = program("auditor", "chief")
    assert both.get("/api/events").status_code == 200
    assert both.post("/api/publications", **TEXT).status_code == 403


@pytest.mark.parametrize("role", list(Role))
def test_every_pair_of_role_and_operation_is_as_the_table_says(
    app: Flask, program: Callable[..., Program], role: Role, events: Callable[[], int]
) -> None:
    """Refused with 403 and no event; allowed otherwise, whatever the rules say then."""
    caller = program(role)
    before = events()
    for name, method, path in operations(app):
        address = path.format(publication=uuid4(), number=1, position=1)
        answer = caller.client.open(
            address, method=method, headers={"Authorization": f"Bearer {caller.token}"}
        )
        action = ACTIONS[name]
        allowed = action is None or policy.allows([role], action)
        assert (answer.status_code == 403) is not allowed, (name, answer.text)
    assert events() == before


A = policy.Action
ACTIONS = {
    "whoami": None,
    "publications": A.READ_DESK,
    "publication": A.READ_DESK,
    "revision": A.READ_DESK,
    "masthead": A.READ_DESK,
    "events": A.READ_RECORD,
    "event": A.READ_RECORD,
    **dict.fromkeys(("draft", "revise", "submit", "restore", "discard", "upload"), A.DRAFT),
    **dict.fromkeys(("approve", "request_changes"), A.REVIEW),
    **dict.fromkeys(("publish", "amend", "cancel", "move"), A.PUBLISH),
    **dict.fromkeys(("withdraw", "reinstate"), A.WITHDRAW),
    "remove": A.REMOVE,
    **dict.fromkeys(("replace_masthead", "pin", "unpin"), A.MASTHEAD),
}
"""What each operation asks of a role: the desk's table, said once more."""


def test_an_editor_does_not_expedite(program: Callable[..., Program], events: Callable[[], int]) -> None:
    editor = program("editor")
    there = editor.draft()
    before = events()
    assert editor.post(f"{there}/publish", revision=1, expedite="Now.").status_code == 403
    assert editor.post(f"{there}/publish", revision=1).json["type"] == "/api/docs#not-approved"
    assert events() == before


@pytest.mark.parametrize("end", ["role", "account", "time", "revoked", "granted again"])
def test_a_token_dies(
    program: Callable[..., Program], publisher: Publisher, clock: MovableClock, end: str
) -> None:
    """With its role, with its account, at its end, when it is revoked; and stays dead."""
    caller = program("editor", "auditor")
    assert caller.get("/api/").status_code == 200
    match end:
        case "role":
            publisher.newsroom.revoke(caller.account, Role.EDITOR, By())
        case "account":
            program("admin")
            accounts.close(publisher, caller.account)
        case "time":
            clock.move(days=30)
        case "revoked":
            (row,) = publisher.tokens.of(caller.account)
            publisher.tokens.revoke(caller.account, row.id)
        case _:
            accounts.revoke(publisher, caller.account, Role.EDITOR, By())
            publisher.newsroom.grant(caller.account, Role.EDITOR, By())
    answer = caller.get("/api/")
    challenge = "Bearer realm=publisher, error=invalid_token"
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, challenge)


def test_a_token_is_of_a_role_that_the_account_has(
    publisher: Publisher, program: Callable[..., Program]
) -> None:
    account = program("contributor").account
    with pytest.raises(RoleNotHeld):
        accounts.make_token(publisher, account, "chief", "test", 1)


def test_every_wrong_field_is_pointed_at(chief: Program, events: Callable[[], int]) -> None:
    """Those of lists by their number, an unknown one too."""
    before = events()
    body = TEXT | {"kind": "N", "topics": ["ok", "B A D"], "~/x": 1}
    said = problem(chief.post("/api/publications", **body))
    assert said["status"] == 422
    assert {e["pointer"] for e in said["errors"]} == {"/kind", "/topics/1", "/~0~1x"}
    assert said["detail"].startswith(tuple(e["field"] for e in said["errors"]))
    assert events() == before


@pytest.mark.parametrize(
    ("sent", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b'{"title": 1, "title": 2}', "application/json", 400),
        (b'{"title": NaN}', "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"1" * 5000, "application/json", 400),
        (b"[]", "application/json", 422),
        (b"null", "application/json", 422),
        (b'{"title": "\\ud800"}', "application/json", 422),
        (b"title=x", "application/x-www-form-urlencoded", 415),
        (b"", "application/json", 422),
        (b" " * (9 * 1024 * 1024), "application/json", 413),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_body_that_cant_be_read_is_refused(chief: Program, sent: bytes, kind: str, status: int) -> None:
    answer = chief.client.post(
        "/api/publications",
        data=sent,
        content_type=kind,
        headers={"Authorization": f"Bearer {chief.token}"},
    )
    assert problem(answer)["status"] == status


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/nowhere", 404),
        ("/api/publications/not-an-id", 404),
        (f"/api/publications/{UUID(int=1)}", 404),
        ("/api/events/999999999999999999999", 404),
        ("/api/publications?limit=201", 422),
        ("/api/publications?page=0", 422),
        ("/api/publications?page=1&page=2", 422),
        ("/api/publications?shelf=attic", 422),
        ("/api/publications?color=red", 422),
        ("/api/events?before=-1", 422),
    ],
)
def test_an_address_that_names_nothing_is_a_problem(
    program: Callable[..., Program], address: str, status: int
) -> None:
    assert problem(program("auditor").get(address))["status"] == status


def test_a_method_that_is_not_taken_is_a_problem(chief: Program) -> None:
    answer = chief.client.delete("/api/masthead")
    assert problem(answer)["status"] == 405
    assert "PUT" in answer.headers["Allow"]


def test_the_past_has_no_machine_interface(app: Flask) -> None:
    assert app.test_client().get("/web/20200101000000/api/").status_code == 404
    assert app.test_client().get("/web/20200101000000/api/docs").status_code == 404


def test_the_tokens_use_is_shown(chief: Program, publisher: Publisher) -> None:
    tokens = publisher.tokens
    assert tokens.of(chief.account)[0].used_at is None
    chief.get("/api/")
    assert tokens.of(chief.account)[0].used_at is not None

"""What is written down about who came in: enough to look into it later, and nothing that was typed."""

import json
import logging
from collections.abc import Callable
from datetime import datetime

import pytest
from desk_people import PASSWORD, Person

from publisher import accounts
from publisher.bootstrap import Publisher
from publisher.state.attempts import NAME_LIMIT
from publisher.web import security_log


@pytest.fixture
def noted(capsys: pytest.CaptureFixture[str]) -> Callable[[], list[dict[str, str]]]:
    """The lines that were written since they were read last."""

    def lines() -> list[dict[str, str]]:
        return [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]

    return lines


def test_coming_in_and_going_is_noted_with_time_account_and_address(
    noted: Callable[[], list[dict[str, str]]], chief: Person, publisher: Publisher
) -> None:
    """When, in UTC; who, by the account's id; from where."""
    first = noted()[-1]
    assert first["event"] == "signed in"
    assert first["by"] == "password"
    assert first["account"] == str(publisher.accounts.id_of(chief.name))
    assert first["address"] == "127.0.0.1"
    offset = datetime.fromisoformat(first["at"]).utcoffset()
    assert offset is not None
    assert not offset
    chief.post("/desk/sign-out")
    assert [line["event"] for line in noted()] == ["signed out"]


def test_a_password_that_was_refused_is_noted_without_what_was_typed(
    visitor: Person, account: Callable[..., str], publisher: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unknown name is noted as nobody: people type passwords there."""
    name = account("editor")
    for typed in (name, "a secret\nin the wrong field"):
        visitor.post("/desk/sign-in", name=typed, password="not this one at all")
    written = capsys.readouterr().err
    lines = [json.loads(line) for line in written.splitlines()]
    assert [line["event"] for line in lines] == ["password refused"] * 2
    assert [line.get("account") for line in lines] == [str(publisher.accounts.id_of(name)), None]
    assert not any(typed in written for typed in (name, "a secret", "not this one"))


def test_attempts_that_are_not_heard_are_noted(
    visitor: Person, noted: Callable[[], list[dict[str, str]]]
) -> None:
    for _ in range(NAME_LIMIT + 1):
        visitor.post("/desk/sign-in", name="anna", password="x")
    assert noted()[-1]["event"] == "attempt not heard"


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_a_role_does_not_admit_is_noted(
    chief: Person, noted: Callable[[], list[dict[str, str]]], method: str
) -> None:
    """With the address's name and the action of the policy."""
    noted()
    answer = getattr(chief, method)("/desk/accounts")
    assert answer.status_code == 403
    (line,) = noted()
    assert (line["event"], line["action"], line["method"]) == (
        "not allowed",
        "manage accounts",
        method.upper(),
    )


def test_a_token_that_is_none_or_may_not_is_noted_without_it(
    chief: Person, publisher: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    found = accounts.find(publisher, chief.name)
    secret = accounts.make_token(publisher, found, "chief", "reads", 9)
    capsys.readouterr()
    for token, address in (("publisher_none", "/api/publications"), (secret, "/api/events")):
        chief.get(address, headers={"Authorization": f"Bearer {token}"})
    written = capsys.readouterr().err
    assert [json.loads(line)["event"] for line in written.splitlines()] == ["token refused", "not allowed"]
    assert secret not in written


def test_another_password_is_noted(chief: Person, noted: Callable[[], list[dict[str, str]]]) -> None:
    words = "entirely other words for it"
    chief.post("/desk/me", do="password", proof=PASSWORD, password=words, again=words)
    assert noted()[-1]["event"] == "password changed"


def test_whatever_stands_in_a_header_stays_on_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody forges an entry."""
    security_log.note("signed in", forged='x"}\n{"event": "signed in"\u2028')
    written = capsys.readouterr().err
    assert len(written.splitlines()) == 1
    assert json.loads(written)["forged"].startswith('x"}\n{')


def test_other_tools_can_listen_by_the_loggers_name(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, security_log.NAME):
        security_log.note("signed in")
    assert [record.getMessage() for record in caplog.records] == ["signed in"]

"""Every address of the desk and the record, asked by every role: allowed, or 403 and no event."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from desk_people import Person
from flask import Flask

from publisher import accounts
from publisher.bootstrap import Publisher
from publisher.domain.policy import ALLOWED, Action, Role

OPEN = None
"""Who is not signed in may ask too."""

ANYBODY = "anybody"
"""Whoever is signed in may, with whatever role."""

DOORS: dict[str, Action | str | None] = {
    "GET desk.sign_in": OPEN,
    "POST desk.signed_in": OPEN,
    "POST desk.sign_out": OPEN,
    "GET desk.index": Action.READ_DESK,
    "GET desk.choose": Action.READ_DESK,
    "GET desk.compare": Action.READ_DESK,
    "GET desk.edit": Action.READ_DESK,
    "GET desk.revision": Action.READ_DESK,
    "GET desk.file": Action.READ_DESK,
    "GET desk.new": Action.DRAFT,
    "POST desk.draft": Action.DRAFT,
    "POST desk.revise": Action.DRAFT,
    "GET desk.transcript": Action.DRAFT,
    "POST desk.transcribe": Action.DRAFT,
    "POST desk.preview": Action.DRAFT,
    "POST desk.keep": Action.DRAFT,
    "POST desk.attach": Action.DRAFT,
    "POST desk.attach_new": Action.DRAFT,
    "POST desk.throw_away": Action.DRAFT,
    "GET desk.previews_of": Action.DRAFT,
    "POST desk.make_preview": Action.DRAFT,
    "POST desk.revoke_preview": Action.DRAFT,
    "GET desk.submit": Action.DRAFT,
    "POST desk.submit": Action.DRAFT,
    "GET desk.restore": Action.DRAFT,
    "POST desk.restore": Action.DRAFT,
    "GET desk.discard": Action.DRAFT,
    "POST desk.discard": Action.DRAFT,
    "GET desk.review": Action.REVIEW,
    "POST desk.approve": Action.REVIEW,
    "POST desk.request_changes": Action.REVIEW,
    "GET desk.publish": Action.PUBLISH,
    "POST desk.publish": Action.PUBLISH,
    "GET desk.amend": Action.PUBLISH,
    "POST desk.amend": Action.PUBLISH,
    "GET desk.cancel": Action.PUBLISH,
    "POST desk.cancel": Action.PUBLISH,
    "GET desk.move": Action.PUBLISH,
    "POST desk.move": Action.PUBLISH,
    "GET desk.withdraw": Action.WITHDRAW,
    "POST desk.withdraw": Action.WITHDRAW,
    "GET desk.reinstate": Action.WITHDRAW,
    "POST desk.reinstate": Action.WITHDRAW,
    "GET desk.remove": Action.REMOVE,
    "POST desk.remove": Action.REMOVE,
    "GET desk.redact": Action.REMOVE,
    "POST desk.redact": Action.REMOVE,
    "GET desk.pin": Action.MASTHEAD,
    "POST desk.pin": Action.MASTHEAD,
    "GET desk.unpin": Action.MASTHEAD,
    "POST desk.unpin": Action.MASTHEAD,
    "GET desk.all_accounts": Action.ACCOUNTS,
    "POST desk.invite": Action.ACCOUNTS,
    "GET desk.one_account": Action.ACCOUNTS,
    "POST desk.manage": Action.ACCOUNTS,
    "GET desk.welcome": OPEN,
    "POST desk.welcomed": OPEN,
    "POST desk.merge": Action.DRAFT,
    "GET desk.new_from_files": Action.DRAFT,
    "GET desk.edit_from_files": Action.READ_DESK,
    "GET desk.edit_from_merge": Action.READ_DESK,
    "GET desk.review_from_approve": Action.REVIEW,
    "GET desk.review_from_request-changes": Action.REVIEW,
    "GET desk.masthead_from_pins": Action.MASTHEAD,
    "GET desk.own": ANYBODY,
    "POST desk.change_own": ANYBODY,
    "GET desk.second_factor": ANYBODY,
    "POST desk.change_factor": ANYBODY,
    "GET desk.tokens": ANYBODY,
    "POST desk.change_tokens": ANYBODY,
    "GET desk.masthead": Action.MASTHEAD,
    "GET desk.readers": Action.READ_DESK,
    "POST desk.masthead": Action.MASTHEAD,
    "POST desk.pins": Action.MASTHEAD,
    "GET audit.index": Action.READ_RECORD,
    "GET audit.event": Action.READ_RECORD,
}
"""What each address asks of whoever comes, by method and endpoint."""
GUARDED = {door: action for door, action in DOORS.items() if action is not OPEN}
FIELDS = {
    "revision": "1",
    "base": "1",
    "edition": "1",
    "title": "Typed",
    "kind": "notice",
    "language": "en",
}
FIELDS |= {
    "reason": "Typed.",
    "explanation": "Typed.",
    "comment": "Typed.",
    "slug": "typed",
    "note": "Typed.",
}
FIELDS |= {"significance": "major", "when": "now", "name": "Typed", "zone": "Europe/London", "expedite": ""}
FIELDS |= {"do": "grant", "role": "auditor", "role-editor": "yes"}
"""Enough for most of the forms to be carried out, were they not refused."""

Ask = Callable[[Person, str], int]


@pytest.fixture
def ask(app: Flask, chief: Person, publisher: Publisher) -> Ask:
    """Asks a door for somebody and gives the status; what it is about is new each time."""

    def status(person: Person, door: str) -> int:
        method, endpoint = door.split(" ")
        publication = chief.draft()
        values = {"publication": publication, "wanted": 1, "position": 1, "key": uuid4(), "place": uuid4()}
        values |= {"old": 1, "new": 1, "sha256": "0" * 64, "name": "map.png"}
        values |= {"old": 1, "new": 1, "link": uuid4()}
        values["account"] = accounts.find(publisher, chief.name)
        rule = next(rule for rule in app.url_map.iter_rules(endpoint) if method in (rule.methods or ()))
        with app.test_request_context():
            found = app.url_map.bind("").build(
                endpoint, {name: values[name] for name in rule.arguments}, method
            )
        address = "/" + found.split("//", 1)[-1].split("/", 1)[-1]
        answer = person.get(address) if method == "GET" else person.post(address, **FIELDS)
        return answer.status_code

    return status


def doors(app: Flask) -> Iterator[str]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] in ("desk", "audit"):
            yield from (f"{m} {rule.endpoint}" for m in (rule.methods or set()) - {"HEAD", "OPTIONS"})


def allowed(role: Role, door: str) -> bool:
    return GUARDED[door] == ANYBODY or GUARDED[door] in ALLOWED[role]


def test_every_address_has_its_place_in_the_table(app: Flask) -> None:
    """Whoever adds one says here what it asks for."""
    assert sorted(doors(app)) == sorted(DOORS)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_what_the_policy_allows_it_and_nothing_else(
    ask: Ask, signed_in: Callable[..., Person], role: Role
) -> None:
    """403 for exactly those doors whose action the role has not, and no fault behind any."""
    person = signed_in(role)
    answers = {door: ask(person, door) for door in GUARDED}
    refused = {door for door, status in answers.items() if status == 403}
    assert refused == {door for door in GUARDED if not allowed(role, door)}
    assert not {door: status for door, status in answers.items() if status == 401 or status >= 500}


@pytest.mark.parametrize("role", list(Role))
def test_what_is_refused_leaves_no_event(
    ask: Ask, signed_in: Callable[..., Person], events: Callable[[], int], chief: Person, role: Role
) -> None:
    """The log grows by the draft that was asked about and by nothing else."""
    person = signed_in(role)
    before = events()
    chief.draft()
    a_draft = events() - before
    for door in GUARDED:
        if not allowed(role, door):
            before = events()
            ask(person, door)
            assert events() == before + a_draft, door


def test_who_is_not_signed_in_is_led_to_the_door(ask: Ask, visitor: Person) -> None:
    """A page leads to signing in; a form is kept and asks for it."""
    answers = {door: ask(visitor, door) for door in GUARDED}
    assert {s for door, s in answers.items() if door.startswith("GET")} == {303}
    assert {s for door, s in answers.items() if door.startswith("POST")} == {401}


def test_every_action_of_the_policy_opens_a_door_or_is_known_to_open_none() -> None:
    """An action that no address asks for would be a rule without a place."""
    inside = {Action.EXPEDITE}
    """A reason in the forms that publish and amend."""
    missing = set(Action) - {*GUARDED.values()} - inside
    assert not missing


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("act", ["publish", "amend"])
def test_a_reason_to_go_past_review_is_a_chiefs_alone(
    chief: Person, signed_in: Callable[..., Person], events: Callable[[], int], role: Role, act: str
) -> None:
    """An editor may publish, and is refused as soon as a reason to expedite is given."""
    publication, person = chief.draft(), signed_in(role)
    before = events()
    answer = person.post(f"/desk/{publication}/{act}", **FIELDS | {"expedite": "Nobody is in."})
    assert (answer.status_code == 403) == (Action.EXPEDITE not in ALLOWED[role])
    if answer.status_code == 403:
        assert events() == before

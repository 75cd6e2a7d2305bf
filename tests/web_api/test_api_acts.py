"""What programs do to publications and the masthead, and that a key makes it happen once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from api_program import TEXT, Program
from flask import Flask

from file_samples import png, taken
from movable_clock import MovableClock
from publisher.application import By
from publisher.bootstrap import Publisher


def test_a_text_goes_from_draft_to_public(program: Callable[..., Program], app: Flask) -> None:
    """Drafted and submitted by one, approved by another, published under its slug."""
    writer, editor = program("contributor"), program("editor")
    there = writer.draft()
    assert writer.post(f"{there}/submit", revision=1).status_code == 200
    assert writer.post(f"{there}/publish", revision=1).status_code == 403
    assert editor.post(f"{there}/approve", revision=1).status_code == 200
    said = editor.post(f"{there}/publish", revision=1, slug="ferries").get_json()
    assert (said["edition"], said["path"].rpartition("/")[2]) == (1, "ferries")
    assert "nine" in app.test_client().get(said["path"]).text


def test_nobody_approves_their_own_text(program: Callable[..., Program]) -> None:
    editor = program("editor")
    there = editor.draft()
    editor.post(f"{there}/submit", revision=1)
    answer = editor.post(f"{there}/approve", revision=1)
    assert (answer.status_code, answer.json["type"]) == (409, "/api/docs#not-your-own-approval")


def test_a_reviewer_gives_a_text_back(program: Callable[..., Program]) -> None:
    writer, editor = program("contributor"), program("editor")
    there = writer.draft()
    writer.post(f"{there}/submit", revision=1)
    editor.post(f"{there}/request-changes", revision=1, comment="Ten boats, not nine.")
    steps = writer.get(there).json["reviews"]
    assert [(s["kind"], s["text"]) for s in steps] == [
        ("submitted", None),
        ("changes-requested", "Ten boats, not nine."),
    ]


def test_every_public_act_can_be_done(chief: Program) -> None:
    """One after another, on one publication."""
    there = chief.draft()
    chief.post(f"{there}/publish", revision=1, expedite="Nobody else is in.")
    chief.post(f"{there}/revisions", base=1, **(TEXT | {"body": "Ten boats."}))
    amended = chief.post(
        f"{there}/amend", revision=2, significance="correction", note="Ten.", expedite="Urgent."
    )
    assert amended.json["edition"] == 2
    assert chief.post(f"{there}/move", slug="ten-boats").json["path"].endswith("/ten-boats")
    assert chief.post(f"{there}/pin").status_code == 204
    assert chief.get("/api/masthead").json["pinned"] == [there.rpartition("/")[2]]
    assert chief.post(f"{there}/unpin").status_code == 204
    assert chief.post(f"{there}/withdraw", reason="It was wrong.").status_code == 200
    assert chief.get(there).json["standing"]["status"] == "withdrawn"
    assert chief.post(f"{there}/reinstate").status_code == 200
    assert chief.post(f"{there}/remove", explanation="A court said so.").status_code == 200
    assert chief.get(there).json["standing"]["reason"] == "A court said so."


def test_a_minor_change_of_weight_has_to_be_confirmed(chief: Program) -> None:
    """By the same rule as at the desk; the problem names the field."""
    there = chief.draft()
    chief.post(f"{there}/publish", revision=1, expedite="Nobody else is in.")
    chief.post(f"{there}/revisions", base=1, **(TEXT | {"body": "Ten boats."}))
    said = {"revision": 2, "significance": "minor", "note": "Ten.", "expedite": "Urgent."}
    refused = chief.post(f"{there}/amend", **said)
    assert refused.status_code == 422
    assert [problem["pointer"] for problem in refused.json["errors"]] == ["/confirmed"]
    assert chief.post(f"{there}/amend", **said, confirmed=True).json["edition"] == 2


def test_a_removed_text_lies_in_no_working_paper(chief: Program, publisher: Publisher) -> None:
    """Whoever was typing at it."""
    there = chief.draft()
    chief.post(f"{there}/publish", revision=1, expedite="Nobody else is in.")
    writer = UUID(next(iter(publisher.accounts.names())))
    publisher.papers.keep(writer, UUID(there.rpartition("/")[2]), {"body": "The very words."})
    assert chief.post(f"{there}/remove", explanation="Unlawful.").status_code == 200
    assert publisher.papers.of(writer) == ()


def test_a_schedule_stands_until_it_is_cancelled(chief: Program, clock: MovableClock, app: Flask) -> None:
    there = chief.draft()
    due = (clock() + timedelta(days=1)).isoformat()
    said = chief.post(f"{there}/publish", revision=1, due=due, expedite="Urgent.").json
    assert chief.get(there).json["state"] == "scheduled"
    assert app.test_client().get(said["path"]).status_code == 404
    assert chief.post(f"{there}/cancel", edition=1).status_code == 200
    assert chief.get(there).json["state"] == "draft"


def test_an_older_text_is_restored(chief: Program) -> None:
    there = chief.draft()
    chief.post(f"{there}/revisions", base=1, **(TEXT | {"body": "Ten boats."}))
    assert chief.post(f"{there}/restore", base=2, revision=1).json["revision"] == 3
    assert chief.get(there).json["content"]["body"] == TEXT["body"]


def test_a_draft_is_discarded(chief: Program) -> None:
    there = chief.draft()
    assert chief.post(f"{there}/discard").status_code == 200
    assert chief.get(there).json["state"] == "discarded"
    assert chief.post(f"{there}/discard").status_code == 409


def test_a_stale_save_is_told_of_and_stores_nothing(chief: Program, events: Callable[[], int]) -> None:
    """With the number of the revision that stands."""
    there = chief.draft()
    chief.post(f"{there}/revisions", base=1, **(TEXT | {"body": "Ten boats."}))
    before = events()
    answer = chief.post(f"{there}/revisions", base=1, **(TEXT | {"body": "Eleven boats."}))
    assert (answer.status_code, answer.json["given"], answer.json["current"]) == (409, 1, 2)
    assert events() == before


def test_a_save_keeps_files_that_it_does_not_name(chief: Program, publisher: Publisher) -> None:
    """What a program can't say it does not lose."""
    there = chief.draft()
    key = there.rpartition("/")[2]
    shown, data = taken("map.png", png())
    publisher.projector.catch_up()
    content = publisher.library.revision_content(key, 1)
    assert content
    with_file = content.changed(files=(shown,))
    publisher.newsroom.revise(UUID(key), 1, with_file, By(), files=data)
    assert chief.post(f"{there}/revisions", base=2, **(TEXT | {"body": "Ten."})).status_code == 201
    assert [f["name"] for f in chief.get(there).json["content"]["files"]] == ["map.png"]


@pytest.mark.parametrize("where", ["header", "body"])
def test_a_command_sent_twice_happens_once(chief: Program, events: Callable[[], int], where: str) -> None:
    """By its key in the header or in the body; the answer is the same."""
    key = str(uuid4())
    said = {"key": key} if where == "header" else {"command_id": key}
    first = chief.post("/api/publications", **TEXT, **said)
    before = events()
    again = chief.post("/api/publications", **TEXT, **said)
    assert (first.status_code, first.json) == (again.status_code, again.json) == (201, first.json)
    assert events() == before


def test_a_key_with_another_payload_is_refused(chief: Program, events: Callable[[], int]) -> None:
    key = str(uuid4())
    there = chief.post("/api/publications", key=key, **TEXT).headers["Location"]
    before = events()
    answer = chief.post("/api/publications", key=key, **(TEXT | {"title": "Another"}))
    assert (answer.status_code, answer.json["type"]) == (409, "/api/docs#command-reused")
    assert chief.post(f"{there}/submit", key=key, revision=1).status_code == 409
    assert events() == before


def test_a_key_of_one_publication_is_refused_for_another(chief: Program) -> None:
    key, one, other = str(uuid4()), chief.draft(), chief.draft(title="Another")
    assert chief.post(f"{one}/submit", key=key, revision=1).status_code == 200
    assert chief.post(f"{other}/submit", key=key, revision=1).status_code == 409
    assert chief.post(f"{one}/submit", key=f'"{key}"', revision=1).status_code == 200


def test_two_keys_that_differ_are_refused(chief: Program) -> None:
    answer = chief.post("/api/publications", key=str(uuid4()), command_id=str(uuid4()), **TEXT)
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "Idempotency-Key")


def test_the_masthead_is_replaced_whole(chief: Program, app: Flask) -> None:
    """And sent again it changes nothing, which is no fault."""
    text = {
        "name": "Harbour Office",
        "zone": "Europe/London",
        "clocks": [{"label": "Moscow", "zone": "Europe/Moscow"}],
        "counters": [
            {"key": "storm", "since": "2020-03-04", "zone": "Europe/London", "text": "{days} days on"}
        ],
    }
    assert chief.put("/api/masthead", **text).status_code == 204
    assert chief.put("/api/masthead", **text).status_code == 204
    said = chief.get("/api/masthead").json
    assert {name: said[name] for name in text} == text
    assert "Harbour Office" in app.test_client().get("/").text


def test_a_masthead_is_replaced_upon_the_version_that_was_read(
    chief: Program, program: Callable[..., Program], events: Callable[[], int]
) -> None:
    """Of two that read the same, the second is told and reads again; no event is left of its try."""
    other, tag = program("chief"), chief.get("/api/masthead").headers["ETag"]
    done = chief.put("/api/masthead", match=tag, name="First")
    assert done.status_code == 204
    before = events()
    late = other.put("/api/masthead", match=tag, name="Second")
    assert (late.status_code, late.json["type"]) == (412, "/api/docs#stale-masthead")
    assert events() == before
    assert chief.get("/api/masthead").json["name"] == "First"
    now = other.get("/api/masthead").headers["ETag"]
    assert now == done.headers["ETag"] != tag
    assert other.put("/api/masthead", match=now, name="Second").status_code == 204


def test_a_pin_is_a_change_of_what_was_read(chief: Program) -> None:
    """It stands in the same answer."""
    tag = chief.get("/api/masthead").headers["ETag"]
    there = chief.draft()
    assert chief.post(f"{there}/publish", revision=1, expedite="Nobody is in.").status_code == 200
    assert chief.post(f"{there}/pin").status_code == 204
    assert chief.put("/api/masthead", match=tag, name="First").status_code == 412


def test_a_masthead_is_not_replaced_by_who_does_not_say_what_they_read(
    chief: Program, events: Callable[[], int]
) -> None:
    """428 without If-Match; a tag that was never given, or a weak one, is none of now."""
    before, tag = events(), chief.get("/api/masthead").headers["ETag"]
    answer = chief.put("/api/masthead", match=None, name="First")
    assert (answer.status_code, "If-Match" in answer.json["detail"]) == (428, True)
    for wrong in ("W/" + tag, '"0"', "1", '"x"', f'{tag}, "9"', '"' + "9" * 40 + '"'):
        assert chief.put("/api/masthead", match=wrong, name="First").status_code == 412, wrong
    assert events() == before


def test_a_replacement_that_is_sent_again_is_answered_as_it_was(chief: Program, app: Flask) -> None:
    """Its tag is an old one by then; its key says that it is the same."""
    tag, key = chief.get("/api/masthead").headers["ETag"], str(uuid4())
    for _ in range(2):
        answer = chief.put("/api/masthead", match=tag, command_id=key, name="First")
        assert answer.status_code == 204


def test_what_a_masthead_names_twice_is_told_with_its_field(chief: Program) -> None:
    clock = {"label": "Moscow", "zone": "Europe/Moscow"}
    answer = chief.put("/api/masthead", name="Office", clocks=[clock, clock])
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/clocks")


def test_a_due_instant_at_the_calendars_end_is_refused(chief: Program) -> None:
    answer = chief.post(f"{chief.draft()}/publish", revision=1, due="9999-12-31T23:59:59Z", expedite="x")
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/due")


def test_an_instant_of_the_answers_is_utc(chief: Program) -> None:
    saved = datetime.fromisoformat(chief.get(chief.draft()).json["saved_at"])
    assert saved.tzinfo == UTC

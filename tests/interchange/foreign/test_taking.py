"""Items into the log: each whole or named, in one turn, and once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid5

import pytest

from movable_clock import MovableClock
from publisher.application import By, Newsroom
from publisher.domain.content import Content
from publisher.domain.publication import Publication
from publisher.interchange.bundle import read_bundle
from publisher.interchange.foreign.items import Item
from publisher.interchange.foreign.taking import OTHER_TEXT, Outcome, Verdict, import_items
from publisher.interchange.importing import import_bundle

Make = Callable[..., Newsroom]
AT = "2020-05-12T10:00:00Z"


def item(number: int = 1, **fields: Any) -> Item:
    """One that can be taken; `published_at` None makes a draft of it."""
    said = {
        "key": f"urn:{number}",
        "kind": "article",
        "language": "en",
        "slug": f"message-{number}",
        "title": f"Message {number}",
        "summary": "",
        "body": "Text.",
        "markup": "html",
        "topics": [],
        "speakers": [],
        "published_at": AT,
    } | fields
    kept = {name: value for name, value in said.items() if name != "published_at" or value}
    return Item(number=number, name=f"item {number}", title=str(said["title"]), said=kept)


def taken(room: Newsroom, *items: Item, check: bool = False) -> list[Outcome]:
    return import_items(room, items, By(), check=check)


def verdicts(outcomes: list[Outcome]) -> list[Verdict]:
    return [each.verdict for each in outcomes]


def id_of(room: Newsroom, key: str) -> UUID:
    source = room.newsroom_id()
    assert source is not None
    return uuid5(source, str(uuid5(source, f"import:{key}")))


def found(room: Newsroom, key: str) -> Publication | None:
    with room.turn() as turn:
        publication: Publication | None = turn.find(id_of(room, key))
        return publication


def test_two_of_one_slug_in_one_month_are_both_taken(newsroom: Make) -> None:
    """The later one is numbered, which is told, and found again by itself."""
    room = newsroom()
    items = (
        item(1, slug="budget"),
        item(2, slug="budget"),
        item(3, slug="budget", published_at="2020-06-12T00:00:00Z"),
    )
    first = taken(room, *items)
    assert [each.path for each in first] == ["/2020/05/budget", "/2020/05/budget-2", "/2020/06/budget"]
    assert [each.notes for each in first] == [
        (),
        ("its slug budget was taken in that month: it is at /2020/05/budget-2",),
        (),
    ]
    again = taken(room, *reversed(items))
    assert verdicts(again) == [Verdict.KNOWN] * 3
    assert [each.path for each in again] == [each.path for each in first]


def test_a_slug_of_the_newsrooms_own_stays_its_own(newsroom: Make, clock: MovableClock) -> None:
    room = newsroom()
    own = room.draft(Content(kind="x", language="en", title="Budget", summary="", body="b"), By())
    path = room.publish(own.id, 1, By(), slug="budget", expedite="It is urgent.").path
    (outcome,) = taken(room, item(slug="budget", published_at=clock().isoformat(timespec="seconds")))
    assert outcome.path == f"{path}-2"


def test_the_same_item_twice_in_a_file_is_taken_once(newsroom: Make) -> None:
    """And one of the same key that says something else is refused."""
    twin = Item(number=2, name="item 2", said=item(1).said)
    other = Item(number=3, name="item 3", said=item(1, body="Other.").said)
    outcomes = taken(newsroom(), item(1), twin, other)
    assert verdicts(outcomes) == [Verdict.PUBLISHED, Verdict.PASSED_OVER, Verdict.REFUSED]
    assert [each.reason for each in outcomes[1:]] == [
        "it is item 1 again",
        "key: It is that of item 1, with another text.",
    ]


@pytest.mark.parametrize(
    "changed", [{"body": "Other."}, {"published_at": "2020-05-13T10:00:00Z"}, {"published_at": None}]
)
def test_what_was_imported_otherwise_is_refused_and_the_others_are_stored(
    newsroom: Make, changed: dict[str, Any]
) -> None:
    """What changed since has to be said at the desk."""
    room = newsroom()
    taken(room, item(1))
    outcomes = taken(room, item(1, **changed), item(2))
    assert verdicts(outcomes) == [Verdict.REFUSED, Verdict.PUBLISHED]
    assert outcomes[0].reason == OTHER_TEXT
    assert found(room, "urn:2") is not None


def test_an_item_that_the_rules_refuse_leaves_nothing_behind(newsroom: Make) -> None:
    """Neither its address nor its draft, while those around it are stored."""
    room = newsroom()
    outcomes = taken(room, item(1), item(2, title=" "), item(3, topics=["No Key"]), item(4))
    assert verdicts(outcomes) == [Verdict.PUBLISHED, Verdict.REFUSED, Verdict.REFUSED, Verdict.PUBLISHED]
    assert outcomes[1].reason == "title: It is empty: write one."
    assert outcomes[2].reason.startswith("topics[0]: “No Key” can't be used")
    assert found(room, "urn:2") is None


def test_items_of_which_none_can_be_taken_store_nothing(newsroom: Make) -> None:
    room = newsroom()
    outcomes = taken(
        room, item(1, body="x" * (1024 * 1024 + 1)), Item(number=2, name="item 2", refused="No.")
    )
    assert verdicts(outcomes) == [Verdict.REFUSED] * 2
    assert room.newsroom_id() is None


def test_an_instant_still_to_come_is_scheduled(newsroom: Make, clock: MovableClock) -> None:
    room = newsroom()
    later = clock() + timedelta(days=3)
    (outcome,) = taken(room, item(published_at=later.isoformat(timespec="seconds")))
    publication = found(room, "urn:1")
    assert publication is not None
    assert publication.top is not None
    assert publication.top.effective_at == later.astimezone(UTC)
    assert outcome.verdict is Verdict.PUBLISHED


def test_a_draft_is_at_the_desk_and_known_the_next_time(newsroom: Make) -> None:
    """Published there since, it is refused: what became of it here is for the desk."""
    room = newsroom()
    draft = item(published_at=None)
    assert verdicts(taken(room, draft)) == [Verdict.DRAFT]
    publication = found(room, "urn:1")
    assert publication is not None
    assert (publication.revision, publication.top) == (1, None)
    assert verdicts(taken(room, draft)) == [Verdict.KNOWN]
    assert verdicts(taken(room, item())) == [Verdict.REFUSED]


@pytest.mark.parametrize("check", [True, False])
def test_a_text_that_was_redacted_is_refused_under_another_key(newsroom: Make, *, check: bool) -> None:
    """A check says so too; the one that was imported then is known."""
    room = newsroom()
    taken(room, item(1))
    room.redact(id_of(room, "urn:1"), 1, "A law.", By())
    again = Item(number=2, name="item 2", said={**(item(1).said or {}), "key": "urn:2"})
    outcomes = taken(room, item(1), again, item(3), check=check)
    assert verdicts(outcomes) == [Verdict.KNOWN, Verdict.REFUSED, Verdict.PUBLISHED]
    assert "was redacted and can't be stored again" in outcomes[1].reason
    assert (found(room, "urn:3") is None) is check


def test_a_bundle_of_the_same_line_is_the_same_command(newsroom: Make) -> None:
    """Whatever format it came in."""
    room = newsroom()
    taken(room, item(1))
    line = (
        '{"publication": {"key": "urn:1", "kind": "article", "language": "en", "slug": "message-1",'
        ' "title": "Message 1", "summary": "", "body": "Text.", "markup": "html",'
        f' "published_at": "{AT}"}}}}\n'
    )
    assert import_bundle(room, read_bundle(BytesIO(line.encode())), By()).passed_over == 1


def test_what_is_stored_was_public_when_it_was(newsroom: Make) -> None:
    room = newsroom()
    taken(room, item(1))
    publication = found(room, "urn:1")
    assert publication is not None
    assert publication.top is not None
    assert publication.top.effective_at == datetime(2020, 5, 12, 10, tzinfo=UTC)

"""The log as CloudEvents 1.0."""

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from movable_clock import MovableClock
from publisher.application import By, Newsroom
from publisher.domain import errors
from publisher.domain.content import Content
from publisher.interchange import cloudevents as module
from publisher.interchange.cloudevents import cloudevents, subject_of

Make = Callable[..., Newsroom]
TEXT = Content(kind="statement", language="en", title="Überschrift", summary="", body="Body.\n")


@pytest.fixture
def room(newsroom: Make, clock: MovableClock) -> Newsroom:
    """One draft at 09:00:00, published half a second later."""
    room: Newsroom = newsroom()
    drafted = room.draft(TEXT, By(actor="cli", command_id=UUID(int=1)))
    clock.move(seconds=0.5)
    room.publish(drafted.id, 1, By(actor="cli", command_id=UUID(int=2)))
    return room


def source(room: Newsroom) -> UUID:
    found = room.newsroom_id()
    assert found is not None
    return found


def test_an_event_has_exactly_the_promised_shape(room: Newsroom) -> None:
    """Attributes in their order, and the event's own fields as data."""
    event = next(iter(cloudevents(room.reader, source(room), type_="publisher.publication.published")))
    stored = {e.topic: e for _, e in room.reader.stored(0, 10)}["publisher.publication.published"]
    assert event == {
        "specversion": "1.0",
        "id": event["id"],
        "source": f"urn:uuid:{source(room)}",
        "type": "publisher.publication.published",
        "subject": f"publication/{stored.originator_id}",
        "time": "2026-05-20T09:00:00.5Z",
        "datacontenttype": "application/json",
        "data": {
            "actor": "cli",
            "command_id": "00000000-0000-0000-0000-000000000002",
            "command_sha256": json.loads(stored.state)["command_sha256"],
            "rehearsal": False,
            "effective_at": "2026-05-20T09:00:00.500000Z",
            "edition": 1,
            "revision": 1,
            "content_sha256": TEXT.sha256,
            "path": "/2026/05/uberschrift",
        },
    }
    order = ["specversion", "id", "source", "type", "subject", "time", "datacontenttype", "data"]
    assert list(event) == order


def test_ids_are_the_positions_in_the_log(room: Newsroom) -> None:
    """All of them, in order."""
    events = list(cloudevents(room.reader, source(room)))
    assert [event["id"] for event in events] == [str(n) for n in range(1, room.reader.head() + 1)]
    assert events[0]["type"] == "publisher.masthead.opened"


def test_an_event_that_cant_be_read_is_named_by_its_position(room: Newsroom) -> None:
    """What stands before it is printed."""
    with room.events_recorder.datastore.transaction(commit=True) as c:
        c.execute("UPDATE stored_events SET state = x'7b' WHERE rowid = 3")
    events = cloudevents(room.reader, source(room))
    assert [next(events)["id"], next(events)["id"]] == ["1", "2"]
    with pytest.raises(errors.LogBroken, match="position 3"):
        next(events)


def test_a_first_events_data_has_its_own_fields_only(room: Newsroom) -> None:
    """Nothing of the library's bookkeeping; the time stands outside."""
    opened = next(iter(cloudevents(room.reader, source(room))))
    marks = {"actor", "command_id", "command_sha256", "rehearsal"}
    assert set(opened["data"]) == marks | {"newsroom"}
    assert opened["data"]["newsroom"] == str(source(room))


@pytest.mark.parametrize(
    ("micros", "time"),
    [
        (0, "09:00:00Z"),
        (1, "09:00:00.000001Z"),
        (120_000, "09:00:00.12Z"),
        (60_000_000, "09:01:00Z"),
        (600_000_000, "09:10:00Z"),
    ],
)
def test_times_are_written_without_idle_zeros(
    newsroom: Make, clock: MovableClock, micros: int, time: str
) -> None:
    """RFC 3339, in UTC."""
    room = newsroom()
    clock.now += timedelta(microseconds=micros)
    room.draft(TEXT, By())
    assert next(iter(cloudevents(room.reader, source(room))))["time"] == f"2026-05-20T{time}"


def test_events_are_chosen_by_position_type_and_subject(room: Newsroom) -> None:
    """Each alone, and together."""
    events = list(cloudevents(room.reader, source(room)))

    def chosen(**options: object) -> list[dict[str, object]]:
        return list(cloudevents(room.reader, source(room), **options))  # type: ignore[arg-type]

    publication = next(e["subject"] for e in events if e["subject"].startswith("publication/"))
    assert chosen(after=2) == events[2:]
    assert chosen(after=99) == []
    assert chosen(type_="publisher.address.claimed") == [
        e for e in events if e["type"] == "publisher.address.claimed"
    ]
    assert chosen(subject=publication) == [e for e in events if e["subject"] == publication]
    drafted = chosen(subject=publication, type_="publisher.publication.drafted", after=1)
    assert [e["id"] for e in drafted] == ["2"]
    assert chosen(subject=publication, type_="publisher.address.claimed") == []


def test_a_long_log_is_read_to_its_end(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches are not seen, also where a filter passes whole ones over."""
    whole = list(cloudevents(room.reader, source(room)))
    monkeypatch.setattr(module, "BATCH", 2)
    assert list(cloudevents(room.reader, source(room))) == whole
    last = list(cloudevents(room.reader, source(room), type_=whole[-1]["type"]))
    assert last[-1] == whole[-1]


def test_a_subject_is_aggregate_and_id() -> None:
    """The type's second word, and the dashed id."""
    assert (
        subject_of("publisher.masthead.clock-set", UUID(int=1))
        == "masthead/00000000-0000-0000-0000-000000000001"
    )

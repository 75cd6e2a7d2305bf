"""Every kind of event that was ever recorded can still be read: one stored line of each."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from eventsourcing.persistence import StoredEvent

from publisher.application import Newsroom
from publisher.domain import instants
from publisher.domain.account import Account
from publisher.domain.address import Address
from publisher.domain.masthead import Masthead
from publisher.domain.publication import Publication
from publisher.domain.recorded import EVENTS
from publisher.log import EventTranscoder, LogMapper

EDITOR = "1b4e28ba-2fa1-41d2-883f-0016d3cca427"
AGGREGATES = {each.TOPIC for each in (Account, Address, Masthead, Publication)}
LINES = [
    json.loads(line) for line in Path(__file__).with_name("corpus.jsonl").read_text("utf-8").splitlines()
]

# The fields of each event of the corpus beside the marks that all have. A line and its fields are
# never changed: an event of a newer version gets a line more.
EXPECTED: dict[str, dict[str, Any]] = {
    "account.closed": {},
    "account.opened": {},
    "account.role-granted": {"role": "editor"},
    "account.role-revoked": {"role": "auditor"},
    "address.claimed": {
        "effective_at": "2026-11-25T09:00:09.250000Z",
        "publication": "d3b8178d-a81b-51f0-b4ed-9a9608026af3",
    },
    "address.opened": {"path": "/2026/11/budget-adopted"},
    "address.released": {
        "effective_at": "2026-11-24T09:00:11.250000Z",
        "publication": "d3b8178d-a81b-51f0-b4ed-9a9608026af3",
    },
    "masthead.clock-removed": {"effective_at": "2026-11-24T09:00:03.250000Z", "zone": "Europe/Moscow"},
    "masthead.clock-set": {
        "effective_at": "2026-11-24T09:00:01.250000Z",
        "zone": "Europe/Moscow",
        "label": "Moscow",
        "order": 0,
    },
    "masthead.contact-removed": {"effective_at": "2026-11-24T09:00:03.250000Z", "label": "Press"},
    "masthead.contact-set": {
        "effective_at": "2026-11-24T09:00:01.250000Z",
        "label": "Press",
        "value": "+44 20 0000 0000",
        "order": 0,
    },
    "masthead.counter-reworded": {
        "effective_at": "2026-11-24T09:00:02.250000Z",
        "key": "strike",
        "text": "Strike for {days} days",
        "order": 0,
    },
    "masthead.counter-started": {
        "effective_at": "2026-11-24T09:00:01.250000Z",
        "key": "strike",
        "since": "2026-01-01",
        "zone": "Europe/London",
        "text": "{days} days of strike",
        "order": 0,
    },
    "masthead.counter-stopped": {
        "effective_at": "2026-11-24T09:00:03.250000Z",
        "key": "strike",
        "reason": "The strike is over.",
    },
    "masthead.named": {"effective_at": "2026-11-24T09:00:01.250000Z", "name": "Press office"},
    "masthead.notice-posted": {
        "effective_at": "2026-11-24T09:00:01.250000Z",
        "notice": "8e113a0a-bfa1-5493-8144-edcbc455fb75",
        "level": "warning",
        "text": "Closed on Friday.",
        "order": 0,
    },
    "masthead.notice-taken-down": {
        "effective_at": "2026-11-24T09:00:03.250000Z",
        "notice": "8e113a0a-bfa1-5493-8144-edcbc455fb75",
    },
    "masthead.opened": {"newsroom": "cbf27734-ac10-4525-8b66-402800e03d2c"},
    "masthead.pinned": {
        "effective_at": "2026-11-24T09:00:13.250000Z",
        "publication": "d3b8178d-a81b-51f0-b4ed-9a9608026af3",
    },
    "masthead.unpinned": {
        "effective_at": "2026-11-24T09:00:14.250000Z",
        "publication": "d3b8178d-a81b-51f0-b4ed-9a9608026af3",
    },
    "masthead.zone-set": {"effective_at": "2026-11-24T09:00:01.250000Z", "zone": "Europe/London"},
    "publication.amended": {
        "effective_at": "2026-11-24T09:00:16.250000Z",
        "edition": 2,
        "revision": 2,
        "content_sha256": "8c82280e1eb5bec4e2fb14db7eb5dcbe4df99752ae77ed67b23c9c5883282703",
        "significance": "major",
        "note": "Says when.",
    },
    "publication.draft-discarded": {},
    "publication.drafted": {
        "revision": 1,
        "content_sha256": "06727e1a83953b88e623624472b6b3cbe20f4b627ede0a1f5bfc58afcb35120a",
    },
    "publication.moved": {
        "effective_at": "2026-11-24T09:00:18.250000Z",
        "old": "/2026/11/budget-adopted",
        "new": "/2026/11/budget",
    },
    "publication.note-amended": {
        "effective_at": "2026-11-24T09:00:17.250000Z",
        "edition": 2,
        "old": "Says when.",
        "new": "Says on which day.",
    },
    "publication.published": {
        "effective_at": "2026-11-25T09:00:09.250000Z",
        "edition": 1,
        "revision": 1,
        "content_sha256": "c4fc9b6335ac6c2ea36057d4c873cdaaf189614db56cab0e1d86a0c0a9c16d58",
        "path": "/2026/11/budget-adopted",
    },
    "publication.redacted": {
        "effective_at": "2026-11-24T09:00:21.250000Z",
        "edition": 1,
        "legal_basis": "Article 17 GDPR",
        "content_sha256s": ["c4fc9b6335ac6c2ea36057d4c873cdaaf189614db56cab0e1d86a0c0a9c16d58"],
    },
    "publication.reinstated": {"effective_at": "2026-11-24T09:00:20.250000Z"},
    "publication.removed": {
        "effective_at": "2026-11-24T09:00:22.250000Z",
        "explanation": "Sent in error.",
        "redirect": "/2026/11/other",
    },
    "publication.revised": {
        "revision": 2,
        "content_sha256": "8c82280e1eb5bec4e2fb14db7eb5dcbe4df99752ae77ed67b23c9c5883282703",
    },
    "publication.schedule-cancelled": {"effective_at": "2026-11-24T09:00:11.250000Z", "edition": 1},
    "publication.submitted": {"revision": 2},
    "publication.changes-requested": {"revision": 2, "comment": "Name the source of the figure."},
    "publication.approved": {
        "revision": 2,
        "content_sha256": "8c82280e1eb5bec4e2fb14db7eb5dcbe4df99752ae77ed67b23c9c5883282703",
    },
    "publication.expedited": {
        "revision": 2,
        "content_sha256": "8c82280e1eb5bec4e2fb14db7eb5dcbe4df99752ae77ed67b23c9c5883282703",
        "reason": "Flood warning.",
    },
    "publication.withdrawn": {"effective_at": "2026-11-24T09:00:19.250000Z", "reason": "Under review."},
}


def test_every_topic_has_a_line() -> None:
    """A new kind of event is recorded here once, so that it can be read for ever."""
    assert set(EVENTS) - {line["topic"] for line in LINES} == set()
    assert {f"publisher.{topic}" for topic in EXPECTED} == {line["topic"] for line in LINES}


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["topic"])
def test_a_recorded_event_is_read_as_it_was_meant(line: dict[str, Any]) -> None:
    """Its class, its fields and the marks of every event, instants as aware UTC."""
    event = read(line)
    assert type(event) is EVENTS[line["topic"]]
    assert event.originator_id == UUID(line["originator_id"])
    assert event.originator_version == line["originator_version"]
    for name, value in EXPECTED[line["topic"].removeprefix("publisher.")].items():
        assert textual(getattr(event, name)) == value, name
    assert (
        datetime(2026, 11, 24, 9, tzinfo=UTC) < event.timestamp < datetime(2026, 11, 24, 9, 1, tzinfo=UTC)
    )
    assert event.actor == EDITOR
    assert event.rehearsal is False
    assert str(UUID(event.command_id)) == event.command_id
    assert bytes.fromhex(event.command_sha256).hex() == event.command_sha256


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["topic"])
def test_a_recorded_event_is_written_as_it_was(line: dict[str, Any]) -> None:
    """Its stored form is part of the record: other people's proofs stand on the bytes."""
    again = LogMapper(EventTranscoder()).to_stored_event(read(line))
    assert again.topic == line["topic"]
    assert again.state.decode() == line["state"]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["topic"])
def test_a_recorded_first_event_names_a_known_aggregate(line: dict[str, Any]) -> None:
    """First events have version 1 and their aggregate's topic, the others have neither."""
    named = json.loads(line["state"]).get("originator_topic")
    assert (named is not None) == (line["originator_version"] == 1)
    assert named is None or named in AGGREGATES


def test_recorded_first_events_open_their_aggregates(newsroom: Callable[..., Newsroom]) -> None:
    """Replayed from a log, they make what they name."""
    room = newsroom()
    first = [line for line in LINES if line["originator_version"] == 1]
    room.events_recorder.insert_events([stored(line) for line in first])
    made = {type(room.repository.get(UUID(line["originator_id"]))) for line in first}
    assert made == {Account, Address, Masthead, Publication}


def stored(line: dict[str, Any]) -> StoredEvent:
    return StoredEvent(
        originator_id=UUID(line["originator_id"]),
        originator_version=line["originator_version"],
        topic=line["topic"],
        state=line["state"].encode(),
    )


def read(line: dict[str, Any]) -> Any:
    return LogMapper(EventTranscoder()).to_domain_event(stored(line))


def textual(value: Any) -> Any:
    return instants.written(value) if isinstance(value, datetime) else value

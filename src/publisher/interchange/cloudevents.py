"""The log as CloudEvents 1.0, one JSON object an event, as it is stored."""

import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from ..domain.errors import LogBroken
from ..log import LogReader

BATCH = 500
_HIDDEN = ("timestamp", "originator_topic", "class_version")


def subject_of(topic: str, originator: UUID | str) -> str:
    """`publication/<uuid>` of an event type and its aggregate's id."""
    return f"{topic.split('.')[1]}/{originator}"


def cloudevent(position: int, event: StoredEvent, newsroom: UUID) -> dict[str, Any]:
    """One stored event; `id` is its position, `data` its own fields. Raises LogBroken."""
    try:
        state: dict[str, Any] = json.loads(event.state)
    except ValueError as error:
        raise LogBroken(f"position {position}", error) from None
    return {
        "specversion": "1.0",
        "id": str(position),
        "source": f"urn:uuid:{newsroom}",
        "type": event.topic,
        "subject": subject_of(event.topic, event.originator_id),
        "time": _shortest(state["timestamp"]),
        "datacontenttype": "application/json",
        "data": {k: v for k, v in state.items() if k not in _HIDDEN},
    }


def cloudevents(
    reader: LogReader,
    newsroom: UUID,
    *,
    after: int = 0,
    type_: str | None = None,
    subject: str | None = None,
) -> Iterator[dict[str, Any]]:
    """The log after a position, in its order, in flat memory; of one type or subject where given."""
    while batch := reader.stored(after, BATCH):
        for after, event in batch:
            if type_ and event.topic != type_:
                continue
            if subject and subject_of(event.topic, event.originator_id) != subject:
                continue
            yield cloudevent(after, event, newsroom)


def _shortest(stored: str) -> str:
    """RFC 3339 without the zeros that say nothing."""
    return re.sub(r"\.?0+Z$", "Z", stored) if "." in stored else stored

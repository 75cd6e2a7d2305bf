"""Acts, hashes and publications for the tests of the rules."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from eventsourcing.domain import Aggregate

from publisher.domain.errors import PublisherError
from publisher.domain.publication import Publication, Significance
from publisher.domain.recorded import Act

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
MICROSECOND = timedelta(microseconds=1)
PATH = "/2026/11/notice"
MINOR = Significance.MINOR


def act(
    at: datetime = NOON,
    *,
    actor: str = "cli",
    clock: datetime | None = None,
    rehearsal: bool = False,
    command: UUID | None = None,
) -> Act:
    return Act(
        actor=actor,
        command_id=str(command or uuid4()),
        command_sha256="c" * 64,
        timestamp=clock or at,
        at=at,
        rehearsal=rehearsal,
    )


def rehearsed(at: datetime = NOON) -> Act:
    """An act at PUBLISHER_NOW, years before the machine's clock."""
    return act(at, clock=at + timedelta(days=1000), rehearsal=True)


def sha(number: int) -> str:
    return f"{number:064x}"


def draft(revisions: int = 1) -> Publication:
    """A draft whose revision n has the content sha(n)."""
    publication = Publication.draft(uuid4(), sha(1), act(NOON - 2 * HOUR))
    for number in range(2, revisions + 1):
        publication.revise(number - 1, sha(number), act(NOON - 2 * HOUR))
    publication.collect_events()
    return publication


def published(revisions: int = 3, at: datetime = NOON - HOUR) -> Publication:
    """A publication that is live since an hour before noon, with further revisions."""
    publication = draft(revisions)
    publication.publish(1, PATH, act(at))
    publication.collect_events()
    return publication


def scheduled(due: datetime = NOON + HOUR) -> Publication:
    """A live publication whose edition 2 is due an hour after noon."""
    publication = published()
    publication.amend(2, MINOR, "A date.", act(NOON - HOUR / 2), due=due)
    publication.collect_events()
    return publication


def names(aggregate: Aggregate) -> list[str]:
    """The names of the events that wait to be stored."""
    return [type(event).__name__ for event in aggregate.pending_events]


def last(aggregate: Aggregate) -> Any:
    """The newest event that waits to be stored."""
    return aggregate.pending_events[-1]


@contextmanager
def refused(aggregate: Aggregate, error: type[PublisherError], match: str | None = None) -> Iterator[Any]:
    """The block is refused by just this error, and the aggregate is as it was."""
    held = {k: repr(v) for k, v in vars(aggregate).items()}
    with pytest.raises(error, match=match) as caught:
        yield caught
    assert type(caught.value) is error
    assert names(aggregate) == []
    assert {k: repr(v) for k, v in vars(aggregate).items()} == held

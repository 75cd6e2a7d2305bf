"""What the tests of the use cases do to a newsroom, and how they read its log."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest

from publisher.application import By, Newsroom, Receipt
from publisher.domain import errors
from publisher.domain.content import Content
from publisher.domain.publication import Significance

Make = Callable[..., Newsroom]
MAJOR = Significance.MAJOR


def content(title: str = "Budget adopted", **fields: Any) -> Content:
    texts = {"kind": "press-release", "language": "en-GB", "summary": "S.", "body": f"{title}.\n"}
    return Content(title=title, **texts | fields)


def by(number: int, actor: str = "cli") -> By:
    return By(actor=actor, command_id=UUID(int=number))


def stored(newsroom: Newsroom) -> list[tuple[str, dict[str, Any]]]:
    """(topic, state) of every event of the log."""
    return [(e.topic, json.loads(e.state)) for _, e in newsroom.reader.stored(0, 10_000)]


def named(newsroom: Newsroom) -> list[str]:
    """Every event's topic without the package's name."""
    return [topic.removeprefix("publisher.") for topic, _ in stored(newsroom)]


def published(newsroom: Newsroom, title: str = "Budget adopted", **options: Any) -> Receipt:
    drafted = newsroom.draft(content(title), By())
    return newsroom.publish(drafted.id, 1, By(), **options)


@contextmanager
def refused(newsroom: Newsroom, refusal: type[errors.Refused]) -> Iterator[Any]:
    """The refusal is raised, and events and contents are what they were before."""

    def everything() -> tuple[object, object]:
        with newsroom.events_recorder.datastore.transaction(commit=False) as c:
            c.execute("SELECT sha256 FROM contents ORDER BY sha256")
            return newsroom.reader.stored(0, 10_000), [row[0] for row in c.fetchall()]

    before = everything()
    with pytest.raises(refusal) as raised:
        yield raised
    assert everything() == before

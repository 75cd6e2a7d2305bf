"""What it takes from a publication's act until its page and the feed show it, beside raw appends."""

import statistics
from collections.abc import Iterator

from publisher import bootstrap
from publisher.application import By
from publisher.config import Config
from publisher.web import create_app

from . import material
from .measuring import Bar, Row, seconds
from .writing import library_save

ROUNDS = 20


def publishing(config: Config) -> Iterator[Row]:
    """Publish, catch up, answer with the page and the feed, neither of which was kept."""
    with bootstrap.opened(config) as publisher:
        client, newsroom = create_app(publisher).test_client(), publisher.newsroom
        took: list[float] = []
        bar = Bar("publish to visible", ROUNDS)

        def publish(text_number: int) -> None:
            drafted = newsroom.draft(material.content(text_number), By())

            def act() -> None:
                published = newsroom.publish(drafted.id, 1, By())
                for path in (str(published.path), "/feed.atom"):
                    assert client.get(path).status_code == 200

            took.append(seconds(act))
            bar.step()

        head = newsroom.reader.head()
        for number in range(ROUNDS):
            publish(10**7 + number)
        bar.end()
        events = [event for _, event in newsroom.reader.select(head, ROUNDS * 10)]
        raw = library_save(config.data / "raw.db", events)
    visible, append = statistics.median(took) * 1e6, raw / len(events) * 1e6
    yield Row(
        what="publish to visible, page and feed",
        value=visible,
        unit="us",
        against=append,
        baseline="a raw append",
        ratio=visible / append,
    )

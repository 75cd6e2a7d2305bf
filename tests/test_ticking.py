"""A hub is told of every feed that changed: not before its instant, not lost, whatever the hub does."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

import helper_hub
from movable_clock import MovableClock
from publisher import ticking
from publisher.application import By
from publisher.bootstrap import Publisher, open_publisher, rebuild_views
from publisher.config import Config
from publisher.domain.content import Content
from publisher.domain.publication import Significance
from publisher.ticking import tick
from publisher.web import create_app

BASE = "http://127.0.0.1:8000"
Open = Callable[..., Publisher]


@pytest.fixture
def hub() -> Iterator[helper_hub.Hub]:
    with helper_hub.running() as found:
        yield found


@pytest.fixture
def open_newsroom(tmp_path: Path, clock: MovableClock, hub: helper_hub.Hub) -> Iterator[Open]:
    """A factory: each call opens the one newsroom, as another process would."""
    opened: list[Publisher] = []

    def make(**settings: object) -> Publisher:
        usual = {"data": tmp_path / "var", "hub": hub.address}
        opened.append(open_publisher(Config(**usual | settings), clock))  # type: ignore[arg-type]
        return opened[-1]

    yield make
    for each in opened:
        each.close()


@pytest.fixture
def publisher(open_newsroom: Open) -> Publisher:
    """A newsroom that has ticked once: what was before is nobody's news."""
    made = open_newsroom()
    tick(made)
    return made


def content(title: str = "Boats", **changes: object) -> Content:
    usual = {"kind": "notice", "language": "en-GB", "title": title, "summary": "", "body": "Nine."}
    return Content(**usual | {"topics": ("ferries",), "speakers": ("Ada Brandt",)} | changes)  # type: ignore[arg-type]


def publish(publisher: Publisher, title: str = "Boats", **options: object) -> UUID:
    drafted = publisher.newsroom.draft(content(title), By())
    publisher.newsroom.publish(drafted.id, 1, By(), **options)  # type: ignore[arg-type]
    return drafted.id


STEMS = (
    "/feed",
    "/kinds/notice/feed",
    "/topics/ferries/feed",
    "/people/ada-brandt/feed",
    "/languages/en-GB/feed",
    "/corrections",
    "/2026/05/boats/history",
)
FEEDS = sorted(f"{BASE}{stem}.{fmt}" for stem in STEMS for fmt in ("atom", "rss", "json"))


def test_a_publication_is_told_of_at_every_feed_it_is_in(publisher: Publisher, hub: helper_hub.Hub) -> None:
    """Once each, and not again."""
    publish(publisher)
    assert (tick(publisher).told, sorted(hub.told)) == (len(FEEDS), FEEDS)
    assert (tick(publisher).told, sorted(hub.told)) == (0, FEEDS)


def test_the_feeds_that_are_told_of_are_there(publisher: Publisher, hub: helper_hub.Hub) -> None:
    publish(publisher)
    tick(publisher)
    client = create_app(publisher).test_client()
    for topic in hub.topics:
        assert client.get(topic.removeprefix(BASE)).status_code == 200, topic


@pytest.mark.parametrize("what", ["draft", "submit", "discard"])
def test_what_is_not_public_is_not_told(publisher: Publisher, hub: helper_hub.Hub, what: str) -> None:
    drafted = publisher.newsroom.draft(content(), By()).id
    if what == "submit":
        publisher.newsroom.submit(drafted, 1, By())
    if what == "discard":
        publisher.newsroom.discard_draft(drafted, By())
    assert tick(publisher).told == 0
    assert hub.told == []


def test_a_scheduled_publication_is_told_of_at_its_instant_and_not_before(
    publisher: Publisher, hub: helper_hub.Hub, clock: MovableClock
) -> None:
    due = clock.now + timedelta(hours=2)
    publish(publisher, due=due)
    clock.now = due - timedelta(microseconds=1)
    assert tick(publisher).told == 0
    clock.now = due
    assert tick(publisher).told == len(FEEDS)
    assert hub.topics == FEEDS


def test_a_schedule_that_was_cancelled_is_never_told_of(
    publisher: Publisher, hub: helper_hub.Hub, clock: MovableClock
) -> None:
    due = clock.now + timedelta(hours=2)
    publication = publish(publisher, due=due)
    tick(publisher)
    publisher.newsroom.cancel_schedule(publication, 1, By())
    tick(publisher)
    clock.now = due + timedelta(hours=1)
    tick(publisher)
    assert hub.told == []


@pytest.mark.parametrize("act", ["amend", "withdraw", "remove", "move"])
def test_every_public_act_is_told_of(publisher: Publisher, hub: helper_hub.Hub, act: str) -> None:
    publication, newsroom = publish(publisher), publisher.newsroom
    tick(publisher)
    hub.told.clear()
    if act == "amend":
        newsroom.revise(publication, 1, content(body="Ten.", topics=()), By())
        newsroom.amend(publication, 2, Significance.CORRECTION, "Ten, not nine.", By())
    elif act == "withdraw":
        newsroom.withdraw(publication, "Wrong.", By())
    elif act == "remove":
        newsroom.remove(publication, "Unlawful.", By())
    else:
        newsroom.move(publication, "ships", By())
    tick(publisher)
    assert {f"{BASE}/feed.atom", f"{BASE}/topics/ferries/feed.atom", f"{BASE}/corrections.atom"} <= set(
        hub.told
    )


@pytest.mark.parametrize("status", [404, 429, 500, 503, 301, 307, None])
def test_a_hub_that_fails_is_told_again_later(
    publisher: Publisher, hub: helper_hub.Hub, clock: MovableClock, status: int | None
) -> None:
    """Each time after a longer wait, until it takes it."""
    hub.answer = lambda: status
    publish(publisher)
    failed = tick(publisher)
    assert (failed.told, failed.waiting) == (0, len(FEEDS))
    assert failed.error
    assert hub.address in failed.error
    hub.answer = lambda: 202
    clock.move(hours=3)
    while tick(publisher).told:
        pass
    assert sorted(hub.told) == FEEDS


def test_the_waits_double_up_to_an_hour(
    publisher: Publisher, hub: helper_hub.Hub, clock: MovableClock
) -> None:
    """So that a hub that is down is not hammered, and one that is up again is not left waiting."""
    publish(publisher)
    ticking._follow(publisher)
    told, *others = publisher.deliveries.ready(len(FEEDS))
    for other in others:
        publisher.deliveries.done(other)
    waits = []
    for _ in range(12):
        (told,) = publisher.deliveries.ready(1)
        publisher.deliveries.failed(told, "It is down.")
        before = clock.now
        while not publisher.deliveries.ready(1):
            clock.move(seconds=5)
        waits.append((clock.now - before).total_seconds())
    assert waits == [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]


def test_a_hub_that_is_not_there_loses_nothing(
    publisher: Publisher, open_newsroom: Open, hub: helper_hub.Hub, clock: MovableClock
) -> None:
    """Over a restart too."""
    away = open_newsroom(hub="http://127.0.0.1:9/")
    publish(away)
    assert tick(away).waiting == len(FEEDS)
    clock.move(hours=2)
    again = open_newsroom()
    while tick(again).told:
        pass
    assert sorted(hub.told) == FEEDS


def test_a_change_while_a_hub_is_told_is_told_again(publisher: Publisher, hub: helper_hub.Hub) -> None:
    """The hub may have fetched the feed before the second one."""
    publish(publisher)
    ready = []

    def answer() -> int:
        if not ready:
            ready.append(True)
            publish(publisher, "Trains")
            ticking._follow(publisher)
        return 204

    hub.answer = answer
    while tick(publisher).told:
        pass
    assert f"{BASE}/2026/05/trains/history.atom" in hub.told
    assert hub.told.count(f"{BASE}/feed.atom") in (1, 2)
    assert publisher.deliveries.waiting()[0] == 0


def test_two_processes_tell_a_hub_once(
    publisher: Publisher, open_newsroom: Open, hub: helper_hub.Hub
) -> None:
    other = open_newsroom()
    publish(publisher)
    ticking._follow(publisher)
    ticking._follow(other)
    tick(publisher)
    tick(other)
    assert sorted(hub.told) == FEEDS


def test_one_process_alone_has_the_lease(
    publisher: Publisher, open_newsroom: Open, clock: MovableClock
) -> None:
    """Until it was silent for a while."""
    other, while_ = open_newsroom(), timedelta(seconds=60)
    assert publisher.deliveries.lease("one", while_)
    assert not other.deliveries.lease("two", while_)
    assert publisher.deliveries.lease("one", while_)
    clock.move(seconds=61)
    assert other.deliveries.lease("two", while_)
    assert not publisher.deliveries.lease("one", while_)


def test_what_was_public_before_there_was_a_hub_is_no_news(
    open_newsroom: Open, hub: helper_hub.Hub
) -> None:
    first = open_newsroom(hub=None)
    publish(first)
    assert tick(first).told == 0
    second = open_newsroom()
    tick(second)
    assert hub.told == []
    publish(second, "Trains")
    assert tick(second).told == len(FEEDS)


def test_a_rehearsal_tells_nobody(open_newsroom: Open, hub: helper_hub.Hub, clock: MovableClock) -> None:
    rehearsal = open_newsroom(now=clock.now)
    tick(rehearsal)
    publish(rehearsal)
    assert tick(rehearsal).told == 0
    assert hub.told == []


def test_a_rebuild_of_the_views_tells_nothing_anew(
    publisher: Publisher, open_newsroom: Open, hub: helper_hub.Hub
) -> None:
    publish(publisher)
    tick(publisher)
    rebuild_views(publisher.config, check=False, repair=True)
    assert tick(publisher).told == 0
    assert tick(open_newsroom()).told == 0
    assert sorted(hub.told) == FEEDS


def test_a_schedule_is_told_of_without_any_request(
    publisher: Publisher, hub: helper_hub.Hub, clock: MovableClock
) -> None:
    """The thread that ticks sees that its instant has come."""
    due = clock.now + timedelta(hours=2)
    publish(publisher, due=due)
    stop = ticking.keep_ticking(publisher)
    try:
        time.sleep(1.2)
        assert hub.told == []
        clock.now = due
        for _ in range(500):
            if hub.topics == FEEDS:
                break
            time.sleep(0.02)
    finally:
        stop()
    assert hub.topics == FEEDS


def test_a_tick_without_news_writes_nothing(publisher: Publisher, clock: MovableClock) -> None:
    """Two a second would wear a disk out for nothing."""
    assert publisher.deliveries.lease("one", ticking.LEASE)
    state = publisher.config.data / "state.db-wal"
    tick(publisher)
    before = state.read_bytes()
    for _ in range(3):
        clock.move(seconds=1)
        assert publisher.deliveries.lease("one", ticking.LEASE)
        tick(publisher)
    assert state.read_bytes() == before

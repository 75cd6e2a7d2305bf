"""A hub that is slow, dead, lying or flapping, over restarts: nothing is lost, early, or felt."""

import os
import random
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest
from soak_acts import content
from soak_clock import SharedClock
from soak_hub import Hub, running
from soak_workers import served

from publisher.application import By
from publisher.bootstrap import Publisher, open_publisher
from publisher.config import Config
from publisher.ticking import tick

SECONDS = float(os.environ.get("SOAK_SECONDS", "60"))
STARTS = 3
DEAD = "http://127.0.0.1:9/"
BASE = "http://127.0.0.1:8000"
SEED = int(os.environ.get("SOAK_SEED", "1"))

pytestmark = pytest.mark.soak

Instants = dict[str, datetime]
"""When each publication became public, by the address of the feed of its editions."""


def test_a_hub_that_misbehaves_is_told_of_everything_and_of_nothing_early(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the serving processes' thread and by single ticks, each of which ends in the midst of it."""
    clock = SharedClock.starting(tmp_path / "clock", datetime(2026, 5, 20, 9, tzinfo=UTC))
    hub, public = Hub(clock, SEED), Instants()
    with running(hub):
        config = Config(data=tmp_path / "var", hub=hub.address)
        with closing(open_publisher(config, clock)) as publisher:
            tick(publisher)  # what was before is nobody's news
            hub.well = False
            for _ in range(STARTS):
                _with_a_server(publisher, tmp_path, clock, public)
                tick(publisher)
                with closing(open_publisher(replace(config, hub=DEAD), clock)) as lost:
                    assert tick(lost).told == 0
        hub.well = True
        last = _after_all_that(config, hub, clock, public)
    assert any(not told.taken for told in hub.told)
    for topic, instant in public.items():
        told = [each.at for each in hub.told if each.topic == topic]
        assert told, f"{topic} was never told of"
        assert min(told) >= instant, f"{topic} was told of at {min(told)}, before {instant}"
        assert any(at >= instant for at in hub.taken(topic)), f"{topic} was lost"
    assert max(hub.taken(f"{BASE}/feed.atom")) >= max(public.values())
    late = min(hub.taken(last)) - public[last]
    with capsys.disabled():
        refused = sum(not told.taken for told in hub.told)
        print(
            f"\n{len(public)} publications, {len(hub.told):,} tellings, {refused:,} of them in vain;",
            end=" ",
        )
        print(f"a schedule was told of after {late.total_seconds():.2f} s")


def _with_a_server(publisher: Publisher, folder: Path, clock: SharedClock, public: Instants) -> None:
    """Publish and schedule beside two workers, which answer readers at once whatever the hub does."""
    chance = random.Random(SEED + len(public))
    hub = str(publisher.config.hub)
    with served(folder / "var", folder / "clock", PUBLISHER_HUB=hub) as port:
        deadline = time.monotonic() + SECONDS / STARTS
        while time.monotonic() < deadline:
            _publish(publisher, clock, public, chance.choice((None, 2.0, 5.0)))
            for path in ("/", "/feed.atom"):
                with urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
                    assert answer.status == 200
            time.sleep(chance.uniform(0.1, 0.8))
            if chance.random() < 0.2:  # so that the waits of some deliveries, and leases, are over
                clock.jump_to(clock() + timedelta(minutes=chance.choice((1, 20))))


def _publish(publisher: Publisher, clock: SharedClock, public: Instants, seconds: float | None) -> str:
    """At once, or so many seconds from now; the address of the feed of its editions."""
    number = len(public) + 1
    drafted = publisher.newsroom.draft(content(number, 1), By())
    begun = clock()
    due = begun + timedelta(seconds=seconds) if seconds else None
    published = publisher.newsroom.publish(drafted.id, 1, By(), slug=f"tide-{number}", due=due)
    topic = f"{BASE}{published.path}/history.atom"
    public[topic] = due or begun
    return topic


def _after_all_that(config: Config, hub: Hub, clock: SharedClock, public: Instants) -> str:
    """The hub is well again: one more process tells what waits, and then of a schedule, which is given."""
    clock.jump_to(clock() + timedelta(hours=2))
    with closing(open_publisher(config, clock)) as publisher:
        while tick(publisher).waiting:
            time.sleep(0.1)
        last = _publish(publisher, clock, public, 3.0)
        while not hub.taken(last):
            tick(publisher)
            time.sleep(0.1)
    return last

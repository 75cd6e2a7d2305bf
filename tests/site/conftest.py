"""Sites over real newsrooms in a folder of the test's own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from helper_site import Site

from movable_clock import MovableClock
from publisher.bootstrap import Publisher, open_publisher
from publisher.config import Config


@pytest.fixture
def open_site(tmp_path: Path, clock: MovableClock) -> Iterator[Callable[..., Site]]:
    """A factory: each call opens a site over the newsroom in `folder`, one of its own by default."""
    opened: list[Publisher] = []

    def make(*, folder: str = "var", **settings: Any) -> Site:
        publisher = open_publisher(Config(data=tmp_path / folder, **settings), clock)
        opened.append(publisher)
        return Site(publisher=publisher, clock=clock)

    yield make
    for each in opened:
        each.close()


@pytest.fixture
def site(open_site: Callable[..., Site]) -> Site:
    """The site of an empty newsroom."""
    return open_site()

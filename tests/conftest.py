"""What every test may ask for: a clock that it moves, and newsrooms on real SQLite files."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import Phase, settings

from movable_clock import MovableClock
from publisher.application import Newsroom

settings.register_profile("untimed", deadline=None)  # a busy machine is no fault of what is tested
settings.register_profile("unshrunk", deadline=None, phases=(Phase.explicit, Phase.generate))
settings.load_profile("untimed")


@pytest.fixture
def clock() -> MovableClock:
    """The machine's clock of the newsrooms that this test opens."""
    return MovableClock()


@pytest.fixture
def newsroom(tmp_path: Path, clock: MovableClock) -> Iterator[Callable[..., Newsroom]]:
    """A factory: each call opens one more newsroom on the same files, or those in `folder`."""
    opened: list[Newsroom] = []

    def make(
        *, folder: str = "var", rehearsal: datetime | None = None, zone: str = "Europe/London"
    ) -> Newsroom:
        made = Newsroom(tmp_path / folder, clock, default_zone=zone, rehearsal=rehearsal)
        opened.append(made)
        return made

    yield make
    for each in opened:
        each.close()

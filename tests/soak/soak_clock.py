"""A clock that processes share: it runs as time does, and jumps forward where one of them moves it."""

import mmap
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

MICROSECOND = timedelta(microseconds=1)


class SharedClock:
    """Reads an aware UTC datetime: the system's monotonic time, and a shared shift."""

    def __init__(self, file: Path) -> None:
        with file.open("r+b") as opened:
            # Eight aligned bytes are written at once: nobody reads half of a jump.
            self._shift = memoryview(mmap.mmap(opened.fileno(), 8)).cast("q")

    @classmethod
    def starting(cls, file: Path, at: datetime) -> "SharedClock":
        """A new clock in `file` that says `at` now."""
        file.write_bytes(bytes(8))
        clock = cls(file)
        clock.jump_to(at)
        return clock

    def __call__(self) -> datetime:
        return datetime.fromtimestamp(0, UTC) + MICROSECOND * (time.monotonic_ns() // 1000 + self._shift[0])

    def jump_to(self, instant: datetime) -> None:
        """Say `instant` now. For one process alone."""
        self._shift[0] += (instant - self()) // MICROSECOND

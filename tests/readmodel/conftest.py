"""A log and the views of it, on real SQLite."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from helper_log import Log, Views


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def views(log: Log, tmp_path: Path) -> Iterator[Views]:
    opened = Views(log, tmp_path / "views.db")
    yield opened
    opened.close()

"""Newsrooms on real addresses, and the readers' software that is there."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from helper_served import Served

HERE = Path(__file__).parent


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    newsroom = Served(tmp_path / "var")
    yield newsroom
    newsroom.close()


@pytest.fixture
def newsboat() -> str:
    return command("newsboat", "apt-get install newsboat")


@pytest.fixture
def sfeed_update() -> str:
    return command("sfeed_update", "apt-get install sfeed curl")


@pytest.fixture
def sfeed() -> str:
    return command("sfeed", "apt-get install sfeed")


@pytest.fixture
def node() -> str:
    """Node.js, with the parsers that are read with."""
    found = command("node", "apt-get install nodejs npm")
    if not (HERE / "node_modules").is_dir():
        lacking("the parsers for Node.js are missing: npm ci --prefix tests/clients")
    return found


def command(name: str, how: str) -> str:
    """Where a program is; the test is skipped where it is not, and fails where all are to run."""
    return shutil.which(name) or lacking(f"{name} is missing: {how}")


def lacking(reason: str) -> str:
    if os.environ.get("PUBLISHER_ALL_TESTS"):
        pytest.fail(reason)
    pytest.skip(reason)

"""A minute of two processes that write and read one newsroom at once."""

import json
import multiprocessing
import os
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest
from soak_writer import write_for

from publisher import bootstrap
from publisher.config import Config
from publisher.readmodel import rebuild

SECONDS = float(os.environ.get("SOAK_SECONDS", "60"))
NAMES = ("north", "south")

pytestmark = pytest.mark.soak


def test_two_processes_lose_nothing_show_nothing_stale_and_leave_views_equal_to_a_rebuild(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each acknowledged command is in the log once; each writer saw its own and the other's at once."""
    codes = _write_at_once(tmp_path)
    assert codes == [0, 0], "a writer found something stale or failed: its trace is above"
    acknowledged = [line["command"] for name in NAMES for line in _lines(tmp_path / f"{name}.jsonl")]
    assert all(int((tmp_path / f"{name}.asked").read_text()) > 0 for name in NAMES)
    config = Config(data=tmp_path / "var")
    with bootstrap.opened(config) as publisher:
        stored = publisher.newsroom.reader.select(0, 10**9)
        outcome = rebuild.rebuild(bootstrap.views_path(config), publisher.newsroom.reader, check=True)
    assert [position for position, _ in stored] == list(range(1, len(stored) + 1))
    saves = Counter(command for command, _ in groupby(event.command_id for _, event in stored))
    assert saves == Counter(acknowledged)
    assert set(saves.values()) == {1}
    assert outcome.same_code
    assert outcome.differences == ()
    assert outcome.position == len(stored)
    with capsys.disabled():
        print(f"\n{len(acknowledged):,} commands, {len(stored):,} events in {SECONDS:g} s by two processes")


def _write_at_once(folder: Path) -> list[int | None]:
    spawn = multiprocessing.get_context("spawn")
    north, south = NAMES
    processes = [
        spawn.Process(target=write_for, args=(folder, name, other, SECONDS))
        for name, other in ((north, south), (south, north))
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(SECONDS + 120)
    for process in processes:
        if process.is_alive():
            process.kill()
            process.join()
    return [process.exitcode for process in processes]


def _lines(file: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in file.read_text().splitlines()]

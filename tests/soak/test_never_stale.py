"""A minute of two worker processes under load, beside a writer: no answer is stale, or ahead of facts."""

import json
import multiprocessing
import os
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from soak_acts import MASTHEAD, STANDING, Write, act_for
from soak_checking import Written, faults
from soak_clock import SharedClock
from soak_readers import Answer, Reader
from soak_workers import served

SECONDS = float(os.environ.get("SOAK_SECONDS", "60"))
READERS = 3
SEED = int(os.environ.get("SOAK_SEED", "1"))

pytestmark = pytest.mark.soak


def test_no_answer_is_stale_after_its_write_was_acknowledged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Pages and feeds, whole, encoded and as 304, over midnights, schedules and rebuilds."""
    clock = SharedClock.starting(tmp_path / "clock", datetime(2026, 5, 20, 9, tzinfo=UTC))
    notes = tmp_path / "writes.jsonl"
    with served(tmp_path / "var", tmp_path / "clock") as port:
        answers, code = _asked_while_written(tmp_path, port, clock, notes)
    assert code == 0, "the writer failed: its trace is above"
    writes = [Write(**json.loads(line)) for line in notes.read_text().splitlines()]
    found = list(faults(answers, Written(writes)))
    assert not found, f"{len(found)} faults of {len(answers)} answers:\n" + "\n".join(found[:20])
    _expect_variety(answers, writes)
    with capsys.disabled():
        print(f"\n{len(answers):,} answers beside {len(writes):,} public acts in {SECONDS:g} s, none stale")


def _asked_while_written(
    folder: Path, port: int, clock: SharedClock, notes: Path
) -> tuple[list[Answer], int | None]:
    over = threading.Event()
    readers = [Reader(port, clock, notes, over, SEED + number) for number in range(READERS)]
    writer = multiprocessing.get_context("spawn").Process(
        target=act_for, args=(folder / "var", folder / "clock", notes, SECONDS, SEED)
    )
    writer.start()
    _await_the_first(notes, writer)
    for reader in readers:
        reader.start()
    try:
        writer.join(SECONDS + 120)
    finally:
        over.set()
        for reader in readers:
            reader.join()
        if writer.is_alive():
            writer.kill()
            writer.join()
    answers = [answer for reader in readers for answer in reader.answered()]
    return sorted(answers, key=lambda answer: answer.start), writer.exitcode


def _await_the_first(notes: Path, writer: BaseProcess) -> None:
    """Until every feed has its first entry: before that it is not there."""
    while writer.is_alive() and not (notes.exists() and notes.read_text().count("\n") > STANDING):
        time.sleep(0.02)


def _expect_variety(answers: list[Answer], writes: list[Write]) -> None:
    """That the minute had all that it is about."""
    assert len({answer.headers.get("soak-worker") for answer in answers}) == 2
    statuses = Counter(answer.status for answer in answers)
    assert set(statuses) == {200, 304, 404}, statuses
    codings = {answer.headers.get("content-encoding") for answer in answers}
    assert codings == {None, "gzip", "br"}
    midnights = {answer.headers["day-counters"] for answer in answers if "day-counters" in answer.headers}
    assert len(midnights) > SECONDS / 10
    assert sum(write.effect > 0 for write in writes) > SECONDS / 10
    assert sum(write.number == MASTHEAD for write in writes) > SECONDS / 20
    assert any("last-modified" in answer.headers for answer in answers)

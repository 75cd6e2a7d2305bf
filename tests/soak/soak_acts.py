"""The writer beside the worker processes: it writes, moves the clock and rebuilds, and notes what it did.

Every text bears a mark, `m3v17e`: the newsroom's publication 3 as its 17th write has it. So an answer's
bytes say which writes it knows of.
"""

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TextIO
from uuid import UUID

from soak_clock import SharedClock

from publisher import bootstrap
from publisher.application import By, Newsroom, Receipt
from publisher.config import Config
from publisher.domain.content import Content
from publisher.domain.instants import to_micros
from publisher.domain.masthead import Counter, MastheadText, Notice
from publisher.domain.publication import Significance
from publisher.domain.zones import next_midnight

MASTHEAD = 0
"""The number under which the masthead's notice bears its marks."""
STANDING, TO_COME = 10, 6
"""Publications that are there at the start, and drafts that are scheduled later: fewer than a feed has."""
KEYS = {"thames": "Europe/London", "sumida": "Asia/Tokyo"}
"""The zones of the day counters, by key."""
SINCE = date(2026, 1, 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Write:
    """What was written of the publication `number`, from when it was begun until it was acknowledged.

    `begun` and `acknowledged` are nanoseconds of the system's monotonic clock; `effect` is the instant
    from which it holds, in microseconds of the shared clock.
    """

    number: int
    version: int
    begun: int
    acknowledged: int
    effect: int
    path: str | None = None


def mark(number: int, version: int) -> str:
    return f"m{number}v{version}e"


def masthead(version: int) -> MastheadText:
    """Counters that turn at two midnights, and a notice with its mark."""
    return MastheadText(
        name="Soak Harbour",
        zone=KEYS["thames"],
        counters=tuple(
            Counter(key=key, since=SINCE, zone=zone, text=f"{{days}} days by {key}.")
            for key, zone in KEYS.items()
        ),
        notices=(Notice(level="info", text=f"Notice {mark(MASTHEAD, version)}."),),
    )


def content(number: int, version: int) -> Content:
    return Content(
        kind="notice",
        language="en-GB",
        title=f"Tide {mark(number, version)}",
        summary="",
        body="The water rises. " * 40,
        topics=("tides",),
    )


def act_for(data: Path, clock: Path, notes: Path, seconds: float, seed: int) -> None:
    """Write into `notes` what was done, a line each, flushed, until `seconds` have passed."""
    moved = SharedClock(clock)
    newsroom = bootstrap.open_newsroom(Config(data=data), moved)
    try:
        with notes.open("a") as noted:
            acts = _Acts(newsroom, moved, noted, random.Random(seed))
            acts.begin()
            acts.go_on(seconds, data)
    finally:
        newsroom.close()


class _Acts:
    def __init__(
        self, newsroom: Newsroom, clock: SharedClock, noted: TextIO, chance: random.Random
    ) -> None:
        self._newsroom, self._clock, self._noted, self._chance = newsroom, clock, noted, chance
        self._ids: dict[int, UUID] = {}
        self._versions = dict.fromkeys(range(STANDING + TO_COME + 1), 0)
        self._revisions: dict[int, int] = {}
        self._due: dict[int, datetime] = {}

    def begin(self) -> None:
        self._replace_masthead()
        for number in range(1, STANDING + 1):
            self._publish(number, None)

    def go_on(self, seconds: float, data: Path) -> None:
        """Some writes at a time, then a pause, then something that changes answers without an event."""
        deadline, rounds = time.monotonic() + seconds, 0
        rebuilds: list[subprocess.Popen[bytes]] = []
        while time.monotonic() < deadline:
            for _ in range(self._chance.randint(1, 6)):
                self._write()
                time.sleep(self._chance.choice((0, 0.01, 0.1)))
            time.sleep(self._chance.choice((0.2, 1.0)))
            rounds += 1
            if rounds % 4 == 0:
                rebuilds.append(_rebuild(data))  # beside what follows
            if rounds % 2:
                self._pass_midnight()
            else:
                self._pass_schedule()
        assert [each.wait(60) for each in rebuilds] == [0] * len(rebuilds)

    def _write(self) -> None:
        free = [number for number in self._ids if not self._waits(number)]
        drafts = sorted(set(range(1, STANDING + TO_COME + 1)) - set(self._ids))
        act = self._chance.choice(("amend", "amend", "amend", "schedule", "first", "masthead"))
        if act == "masthead":
            self._replace_masthead()
        elif act == "first" and drafts:
            self._publish(drafts[0], self._soon())
        elif free:
            self._amend(self._chance.choice(free), self._soon() if act == "schedule" else None)

    def _waits(self, number: int) -> bool:
        """Whether a schedule of it is still to come: another act would cancel it."""
        return number in self._due and self._due[number] > self._clock()

    def _soon(self) -> datetime:
        return self._clock() + timedelta(seconds=self._chance.uniform(2, 40))

    def _replace_masthead(self) -> None:
        text = masthead(self._versions[MASTHEAD] + 1)
        self._note(MASTHEAD, lambda: self._newsroom.replace_masthead(text, By(), stop_reason="New."))

    def _publish(self, number: int, due: datetime | None) -> None:
        drafted = self._newsroom.draft(content(number, self._versions[number] + 1), By())
        self._ids[number], self._revisions[number] = drafted.id, 1
        slug = f"tide-{number}"
        self._note(number, lambda: self._newsroom.publish(drafted.id, 1, By(), slug=slug, due=due), due)

    def _amend(self, number: int, due: datetime | None) -> None:
        publication, base = self._ids[number], self._revisions[number]
        self._newsroom.revise(publication, base, content(number, self._versions[number] + 1), By())
        self._revisions[number] = base + 1
        how = self._chance.choice(list(Significance))
        self._note(
            number,
            lambda: self._newsroom.amend(publication, base + 1, how, "The water rose.", By(), due=due),
            due,
        )

    def _note(self, number: int, act: Callable[[], Receipt], due: datetime | None = None) -> None:
        """Act, and write down when that was begun and acknowledged."""
        begun = time.monotonic_ns()
        receipt = act()
        acknowledged = time.monotonic_ns()
        self._versions[number] += 1
        if due:
            self._due[number] = due
        write = Write(
            number=number,
            version=self._versions[number],
            begun=begun,
            acknowledged=acknowledged,
            # An act that is public at once holds for whoever asks after its acknowledgement.
            effect=to_micros(due) if due else 0,
            path=receipt.path,
        )
        self._noted.write(json.dumps(asdict(write)) + "\n")
        self._noted.flush()

    def _pass_midnight(self) -> None:
        """Stand just before the next one of any counter, and let the clock run over it."""
        turn = min(next_midnight(self._clock(), zone) for zone in KEYS.values())
        self._clock.jump_to(turn - timedelta(seconds=0.7))
        time.sleep(self._chance.uniform(0.7, 1.5))

    def _pass_schedule(self) -> None:
        """Let the clock run over the next one, or over all that are set."""
        to_come = sorted(due for due in self._due.values() if due > self._clock())
        if to_come:
            due = self._chance.choice((to_come[0], to_come[-1]))
            self._clock.jump_to(max(self._clock(), due - timedelta(seconds=0.5)))
            time.sleep(self._chance.uniform(0.5, 1.2))


def _rebuild(data: Path) -> "subprocess.Popen[bytes]":
    """As after a change of the code: the views are made anew beside the live ones, and switched."""
    with closing(sqlite3.connect(data / "views.db", timeout=30)) as views, views:
        views.execute("UPDATE fingerprint SET value = 'of other code'")
    command = [sys.executable, "-m", "publisher", "rebuild"]
    environ = {**os.environ, "PUBLISHER_DATA": str(data)}
    return subprocess.Popen(command, env=environ)

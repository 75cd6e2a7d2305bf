"""Finds answers that were stale, or ahead of the facts, by what readers had and what was written."""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import islice

from soak_acts import KEYS, MASTHEAD, SINCE, Write
from soak_readers import Answer, Body, bare_tag

from publisher.domain.instants import to_micros
from publisher.domain.zones import days_since, next_midnight

SECOND = timedelta(seconds=1)


class Written:
    """The writes, by what they are of, in their order."""

    def __init__(self, writes: Iterable[Write]) -> None:
        self.of: dict[int, list[Write]] = defaultdict(list)
        for write in writes:
            self.of[write.number].append(write)
        self.numbers = {
            write.path: write.number for found in self.of.values() for write in found if write.path
        }

    def least(self, number: int, answer: Answer) -> int:
        """The version that was acknowledged, and held, before the answer was asked for."""
        instant = to_micros(answer.earliest)
        held = (w for w in self.of[number] if w.acknowledged < answer.start and w.effect <= instant)
        return max((write.version for write in held), default=0)

    def most(self, number: int, answer: Answer) -> int:
        """The version that was begun, and held, when the answer had come."""
        instant = to_micros(answer.latest)
        held = (w for w in self.of[number] if w.begun < answer.end and w.effect <= instant)
        return max((write.version for write in held), default=0)

    def next_due(self, answer: Answer) -> int | None:
        """The instant of the next schedule, of those that were acknowledged before it was asked for."""
        instant = to_micros(answer.latest)
        every = (write for found in self.of.values() for write in found)
        to_come = (w.effect for w in every if w.acknowledged < answer.start and w.effect > instant)
        return min(to_come, default=None)


def faults(answers: Sequence[Answer], written: Written) -> Iterator[str]:
    """A line for each thing that is wrong."""
    for answer in answers:
        for fault in (*_versions(answer, written), *_days(answer), *_freshness(answer, written)):
            validators = {
                name: answer.headers.get(name) for name in ("etag", "last-modified", "cache-control")
            }
            yield f"{answer.earliest:%d %H:%M:%S.%f} {answer.status} {answer.url}: {fault} {validators}"
    yield from _told_apart(answers)


def _versions(answer: Answer, written: Written) -> Iterator[str]:
    """Whether what the reader has now is what stands; a 304 says that it is what it had."""
    body = _held(answer)
    if answer.status == 404:
        number = written.numbers[answer.url.removesuffix("/history.atom")]
        if written.least(number, answer):
            yield "is not there, though it was acknowledged"
    elif body is None and answer.status not in (200, 304):
        yield "is neither whole nor unchanged"
    if body is None:
        return
    for number in _expected(answer, written):
        least, most = written.least(number, answer), written.most(number, answer)
        if not least <= body.versions.get(number, 0) <= most:
            yield f"has version {body.versions.get(number, 0)} of {number}, not {least} to {most}"


def _expected(answer: Answer, written: Written) -> set[int]:
    """Of what the answer has to show the newest version."""
    page = written.numbers.get(answer.url.removesuffix("/history.atom"))
    shown = set(written.of) - {MASTHEAD} if page is None else {page}
    return shown if "/feed" in answer.url or "/history" in answer.url else shown | {MASTHEAD}


def _days(answer: Answer) -> Iterator[str]:
    body = _held(answer)
    counted = "counters=none" not in answer.url and answer.status in (200, 304)
    header = dict(re.findall(r"([a-z]+)=(\d+)", answer.headers.get("day-counters", "")))
    for key, zone in KEYS.items() if counted else ():
        first, last = (days_since(SINCE, zone, t) for t in (answer.earliest, answer.latest))
        if not first <= int(header.get(key, -1)) <= last:
            yield f"Day-Counters says {header.get(key)} by {key}, not {first} to {last}"
        if body and not first <= body.days.get(key, -1) <= last:
            yield f"its bytes say {body.days.get(key)} days by {key}, not {first} to {last}"


def _freshness(answer: Answer, written: Written) -> Iterator[str]:
    """No cache may keep it beyond an instant at which it changes without an event."""
    found = re.search(r"max-age=(\d+)", answer.headers.get("cache-control", ""))
    if answer.status not in (200, 304) or found is None:
        return
    kept_until = answer.earliest + int(found[1]) * SECOND
    due = written.next_due(answer)
    if due is not None and to_micros(kept_until) > due:
        yield "may be kept beyond a schedule"
    if "counters=none" not in answer.url and any(
        kept_until > next_midnight(answer.latest, zone) for zone in KEYS.values()
    ):
        yield "may be kept beyond a midnight"


def _told_apart(answers: Sequence[Answer]) -> Iterator[str]:
    """One validator of an address is of one sequence of bytes, whoever of the workers gives it."""
    tagged: dict[tuple[str, str], str] = {}
    dated: dict[tuple[str, str], str] = {}
    for answer in answers:
        if answer.body is None:
            continue
        text, tag, date = answer.body.text, bare_tag(answer), answer.headers.get("last-modified")
        if tagged.setdefault((answer.url, tag), text) != text:
            yield f"{answer.url} has other bytes under {tag}:{_difference(tagged[answer.url, tag], text)}"
        if date and dated.setdefault((answer.url, date), text) != text:
            yield f"{answer.url} has other bytes of {date}:{_difference(dated[answer.url, date], text)}"


def _difference(one: str, other: str) -> str:
    lines = difflib.unified_diff(one.splitlines(), other.splitlines(), lineterm="", n=0)
    return "".join(f"\n    {line[:300]}" for line in islice(lines, 3, 20))


def _held(answer: Answer) -> Body | None:
    """The bytes that the reader has after the answer."""
    return answer.known if answer.status == 304 else answer.body

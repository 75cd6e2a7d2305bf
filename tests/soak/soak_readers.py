"""Readers of the soak test: they ask at random, as browsers and feed readers do, and keep what they got."""

import contextlib
import gzip
import http.client
import random
import re
import sys
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import brotli
from soak_acts import KEYS
from soak_clock import SharedClock

FEEDS = tuple(
    f"{stem}.{fmt}{query}"
    for stem in ("/feed", "/topics/tides/feed")
    for fmt in ("atom", "rss", "json")
    for query in ("", "?counters=none")
)
CODINGS = ("identity", "gzip", "br", "gzip, br")
REQUESTS_A_CONNECTION = 15
"""Then another is opened, which another worker may take."""
_MARK = re.compile(r"m(\d+)v(\d+)e")
_DAYS = re.compile(rf"(\d+)(?:</span>)? days by ({'|'.join(KEYS)})\b")


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """What the bytes of an answer say."""

    text: str
    versions: dict[int, int]
    """The highest mark of each publication, and of the masthead."""
    days: dict[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """An answer, with when it was asked for and had, by the monotonic clock and by the shared one."""

    url: str
    status: int
    start: int
    end: int
    earliest: datetime
    latest: datetime
    headers: dict[str, str]
    body: Body | None
    """None of a 304 and of a HEAD."""
    known: Body | None
    """What the reader had, and made its request conditional upon."""


class Reader(threading.Thread):
    """Asks until it is told that it is over; a fault of its own is raised by `answered`."""

    def __init__(
        self, port: int, clock: SharedClock, paths: Path, over: threading.Event, seed: int
    ) -> None:
        super().__init__()
        self._port, self._clock, self._paths, self._over = port, clock, paths, over
        self._chance = random.Random(seed)
        self._had: dict[str, Answer] = {}
        self._answers: list[Answer] = []
        self._fault: BaseException | None = None

    def answered(self) -> list[Answer]:
        if self._fault is not None:
            raise self._fault
        return self._answers

    def run(self) -> None:
        try:
            while not self._over.is_set():
                connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
                with contextlib.closing(connection):
                    urls = ["/", *FEEDS, *self._known_paths()]
                    for _ in range(REQUESTS_A_CONNECTION):
                        self._ask(connection, self._chance.choice(urls))
        except BaseException as error:  # noqa: BLE001 - the test raises it
            self._fault = error

    def _known_paths(self) -> list[str]:
        """Addresses that the writer has noted, some of them to come."""
        found = re.findall(r'"path": "([^"]+)"', self._paths.read_text()) if self._paths.exists() else []
        return sorted({*found, *(f"{path}/history.atom" for path in found)})

    def _ask(self, connection: http.client.HTTPConnection, url: str) -> None:
        method = "HEAD" if self._chance.random() < 0.05 else "GET"
        had = self._had.get(url)
        condition = self._condition(had) if had else {}
        earliest, start = self._clock(), time.monotonic_ns()
        connection.request(
            method, url, headers={"Accept-Encoding": self._chance.choice(CODINGS), **condition}
        )
        response = connection.getresponse()
        read = response.read()
        end, latest = time.monotonic_ns(), self._clock()
        headers = {name.lower(): value for name, value in response.getheaders()}
        whole = response.status == 200 and method == "GET"
        answer = Answer(
            url=url,
            status=response.status,
            start=start,
            end=end,
            earliest=earliest,
            latest=latest,
            headers=headers,
            body=_body(_decoded(read, headers.get("content-encoding"))) if whole else None,
            known=had.body if had and condition else None,
        )
        self._answers.append(answer)
        if whole:
            self._had[url] = answer

    def _condition(self, had: Answer) -> dict[str, str]:
        """As clients that have it already ask, by its tag or by its date."""
        way = self._chance.random()
        if way < 0.5:
            return {"If-None-Match": had.headers["etag"]}
        if way < 0.7 and "last-modified" in had.headers:
            return {"If-Modified-Since": had.headers["last-modified"]}
        return {}


def bare_tag(answer: Answer) -> str:
    """Its entity tag without the coding's end."""
    return re.sub(r"-(br|gzip)(?=\"$)", "", answer.headers["etag"])


def _decoded(read: bytes, coding: str | None) -> bytes:
    return {"gzip": gzip.decompress, "br": brotli.decompress, None: bytes}[coding](read)


def _body(read: bytes) -> Body:
    text, versions = read.decode(), dict[int, int]()
    for number, version in _MARK.findall(text):
        versions[int(number)] = max(int(version), versions.get(int(number), 0))
    days = {key: int(found) for found, key in _DAYS.findall(text)}
    return Body(text=sys.intern(text), versions=versions, days=days)

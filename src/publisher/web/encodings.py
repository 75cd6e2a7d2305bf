"""Kept bodies in fewer bytes (RFC 9110, section 8.4): made once each, by a thread of its own."""

import gzip
from collections.abc import Callable
from functools import lru_cache
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any

import brotli
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: bytes(brotli.compress(body, mode=brotli.MODE_TEXT, quality=9)),
    "gzip": lambda body: gzip.compress(body, compresslevel=9, mtime=0),
}
"""By the name of the coding, those first that clients are given first."""
SMALLEST = 600
"""Bodies of fewer bytes fit one packet as they are."""
WORTH = 0.9
"""What is not shorter than this share of the body is not kept."""
TEXTS = ("text/", "application/atom+xml", "application/rss+xml", "application/feed+json", "application/xml")


def encodable(media_type: str, body: bytes) -> bool:
    """Whether a body of this type gets shorter."""
    return len(body) >= SMALLEST and media_type.startswith(TEXTS)


@lru_cache(maxsize=256)
def accepted(header: str) -> tuple[str, ...]:
    """Those of our codings that an Accept-Encoding takes, in our order (RFC 9110, section 12.5.3)."""
    asked = parse_accept_header(header, Accept)
    return tuple(name for name in ENCODERS if asked.quality(name) > 0)


class Encoding:
    """A thread that encodes what it is given, one after the other, and hands each result back."""

    def __init__(self, done: Callable[[Any, str, bytes], None]) -> None:
        self._done, self._lock = done, Lock()
        self._waiting: SimpleQueue[tuple[Any, bytes]] = SimpleQueue()
        self._thread: Thread | None = None

    def later(self, key: Any, body: bytes) -> None:
        """Encode a body in every coding; `done(key, coding, bytes)` is called for each that pays."""
        self._waiting.put((key, body))
        with self._lock:  # not before the first: a server may have forked since this was made
            if self._thread is None:
                self._thread = Thread(target=self._run, name="encoding", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            key, body = self._waiting.get()
            for name, encode in ENCODERS.items():
                encoded = encode(body)
                if len(encoded) < WORTH * len(body):
                    self._done(key, name, encoded)

"""Tells clients that ask without a pause when to ask again, before anything is looked up (RFC 6585).

Each process counts for itself and in memory: a counter that all share would cost more than the answers
that are kept. So a newsroom with two workers lets twice as much through.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from math import ceil
from threading import Lock
from typing import Any

from flask import Response

from .clients import address_of, private

BURST = 600
"""How many answers an address may have at once: a whole office behind one may open the page of the day."""
RATE = 20.0
"""How many more a second."""
CHEAP = 0.05
"""What a 304 counts, and a refusal: they cost us a twentieth of an answer, and are what we ask clients for.
Not nothing: who asks a thousand times a second is at fault, even politely."""
LONGEST = 60.0
"""Seconds after which whoever was refused may ask again, however often they asked meanwhile."""
CLIENTS = 10_000
"""How many addresses are counted: who was heard of least recently is forgotten first."""

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Throttling:
    """WSGI: passes on what is asked for, but for whoever asks too much.

    Only reading is counted: who writes has shown who they are, and signing in has limits of its own.
    Addresses that no stranger has are not counted: programs on this machine, and a proxy on another
    machine of our network, behind which all readers look like one.
    """

    def __init__(self, application: Application, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._application, self._monotonic = application, monotonic
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._application(environ, start_response)
        client = address_of(environ)
        if private(client):
            return self._application(environ, start_response)
        seconds = self._ask(client)
        if seconds:
            return _refusal(seconds)(environ, start_response)

        def start(status: str, *rest: Any) -> Any:
            if status.startswith("304"):
                self._take(client, CHEAP - 1)
            return start_response(status, *rest)

        return self._application(environ, start)

    def _ask(self, client: str) -> int:
        """Count an answer; the seconds to wait where the client has none left."""
        with self._lock:
            left = self._now_left(client)
            if left >= 1:
                self._put(client, left - 1)
                return 0
            left = max(left - CHEAP, 1 - LONGEST * RATE)
            self._put(client, left)
            return ceil((1 - left) / RATE)

    def _take(self, client: str, cost: float) -> None:
        with self._lock:
            self._put(client, self._now_left(client) - cost)

    def _now_left(self, client: str) -> float:
        left, at = self._left.get(client, (BURST, 0.0))
        return min(BURST, left + (self._monotonic() - at) * RATE)

    def _put(self, client: str, left: float) -> None:
        self._left[client] = left, self._monotonic()
        self._left.move_to_end(client)
        if len(self._left) > CLIENTS:
            self._left.popitem(last=False)


def _refusal(seconds: int) -> Response:
    text = f"You ask more often than we can answer. Ask again in {seconds} s.\n"
    response = Response(text, status=429, mimetype="text/plain")
    response.headers["Retry-After"] = str(seconds)
    response.headers["Cache-Control"] = "no-store"
    return response

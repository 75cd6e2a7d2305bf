"""Counts who asks for the feeds, by the name of their software, off the way of the answer.

A request costs a look at its path, and a feed's an addition in memory; a thread of its own names the
software and stores what was counted, some seconds after the first. What a process has not stored when it
ends is lost: these are figures, and no record.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from threading import Lock, Timer
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from ..feeds.addresses import FORMATS
from ..state.polls import Asked, Count, Polls
from . import software

ENDS = tuple(f".{fmt}" for fmt in FORMATS)
PAUSE = 10.0
"""Seconds from counting to storing."""
ROOM = 10_000
"""How many pairs of a client's own words and a feed are counted between two times; more are left out."""
AGENT_LIMIT = 300
_LOG = logging.getLogger(__name__)

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Polling:
    """WSGI: passes everything on, and counts the answers of feeds that are there."""

    def __init__(self, application: Application, polls: Polls, pause: float = PAUSE) -> None:
        self._application, self._polls, self._pause = application, polls, pause
        self._counted: Counter[tuple[str, str, bool]] = Counter()
        self._lock = Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not path.endswith(ENDS) or path.startswith(("/web/", "/api/")):
            return self._application(environ, start_response)

        def start(status: str, *rest: Any) -> Any:
            if status.startswith(("200", "304")):
                agent = environ.get("HTTP_USER_AGENT", "")[:AGENT_LIMIT]
                self._count((agent, path, status.startswith("304")))
            return start_response(status, *rest)

        return self._application(environ, start)

    def store(self) -> None:
        """Store what was counted until now; it is dropped where that fails, and the fault noted."""
        with self._lock:
            counted, self._counted = self._counted, Counter()
        day, sums = self._polls.today(), dict[Asked, Count]()
        for (agent, path, unchanged), number in counted.items():
            asked = Asked(day=day, software=software.named(agent), feed=path)
            whole = Count(
                whole=0 if unchanged else number,
                unchanged=number if unchanged else 0,
                subscribers=software.subscribers(agent),
            )
            sums[asked] = sums.get(asked, Count()) + whole
        try:
            self._polls.add(sums)
        except SQLAlchemyError:
            _LOG.exception("How often the feeds were asked for could not be stored")

    def _count(self, key: tuple[str, str, bool]) -> None:
        with self._lock:
            if not self._counted:
                timer = Timer(self._pause, self.store)
                timer.daemon = True
                timer.start()
            if key in self._counted or len(self._counted) < ROOM:
                self._counted[key] += 1

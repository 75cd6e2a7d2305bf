"""The product's own worker, but with the clock that the test moves, and each answer says whose it is."""

import os
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from soak_clock import SharedClock

from publisher import bootstrap, serving


def load() -> Callable[..., Iterable[bytes]]:
    """What `publisher serve` has its workers load; the clock is in the file SOAK_CLOCK."""
    clock = SharedClock(Path(os.environ["SOAK_CLOCK"]))
    bootstrap.open_publisher = partial(bootstrap.open_publisher, clock=clock)  # type: ignore[assignment]
    application, worker = serving.load(), ("Soak-Worker", str(os.getpid()))

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, worker], *rest)

        found: Iterable[bytes] = application(environ, start)
        return found

    return answer

"""What the server answers a second, beside a bare callable with the same bytes on the same server."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from .measuring import Bar, Row

SECONDS = 3
CONNECTIONS = 16
PAGES = {"front page": "/", "feed": "/feed.atom"}


def missing() -> str | None:
    """Why nothing can be measured here, and what to do, or None."""
    if shutil.which("wrk") is None:
        return (
            "served pages are left out: wrk is missing (Debian: apt install wrk; macOS: brew install wrk)"
        )
    return None


def serving(data: Path) -> Iterator[Row]:
    """Front page and feed of the newsroom in `data`, whole and as 304, in requests/s."""
    bar = Bar("served", 4 * len(PAGES))
    with _server("publisher.serving:load", {"PUBLISHER_DATA": str(data)}) as ours:
        for what, page in PAGES.items():
            _await_room_in_the_minute()
            with urlopen(ours + page, timeout=60) as answer:
                body, kind, etag = answer.read(), answer.headers["Content-Type"], answer.headers["ETag"]
            file = data / "bench-body"
            file.write_bytes(body)
            with _server("bench.bare:load", {"BENCH_BODY": str(file), "BENCH_TYPE": kind}) as bare:
                for status, known in (("200", None), ("304", etag)):
                    there = _requests(bare + page, known)
                    bar.step()
                    here = _requests(ours + page, known)
                    bar.step()
                    yield Row(
                        what=f"{what} ({len(body) / 1000:.0f} KB), {status}",
                        value=here,
                        unit="requests/s",
                        against=there,
                        baseline="a bare callable",
                        ratio=here / there,
                    )
    bar.end()


def _await_room_in_the_minute() -> None:
    """A page with a clock has another ETag each minute: its rounds must not run over the end of one."""
    left = 60 - time.time() % 60
    if left < SECONDS * 4 + 8:
        time.sleep(left + 0.1)


def _requests(url: str, etag: str | None) -> float:
    """Requests a second, as wrk counts them; an answer that is no 2xx or 3xx is an error."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s"]
    if etag:
        command += ["-H", f"If-None-Match: {etag}"]
    told = subprocess.run(
        [*command, url], check=True, capture_output=True, text=True, preexec_fn=lambda: _pin(-1)
    ).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    if found is None or "Non-2xx" in told:
        raise RuntimeError(f"wrk could not measure {url}:\n{told}")
    return float(found[1])


@contextmanager
def _server(target: str, environ: Mapping[str, str]) -> Iterator[str]:
    """One worker of granian with the settings of `publisher serve`; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = "--interface wsgi --factory --workers 1 --blocking-threads 8 --backpressure 64 --no-log"
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", *options.split(), "--port", str(port), target],
        env={**os.environ, **environ},
        preexec_fn=lambda: _pin(0),
    )
    try:
        url = f"http://127.0.0.1:{port}"
        wait(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    """Until a server that was started answers. Raises RuntimeError where it ends or takes a minute."""
    for _ in range(1200):
        try:
            with urlopen(f"{url}/healthz", timeout=5):
                return
        except (URLError, OSError):
            if process.poll() is not None:
                raise RuntimeError("the server ended before it answered") from None
            time.sleep(0.05)
    raise RuntimeError("the server did not answer within a minute")


def _pin(which: int) -> None:
    """Server and load generator each on a processor of their own, where the system can do that."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[which]})

"""Worker processes with the settings of `publisher serve`, whose clock a test moves."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.served import wait

OPTIONS = (
    "--interface wsgi --factory --blocking-threads 8 --backpressure 64 --no-log --respawn-failed-workers"
)


@contextmanager
def served(data: Path, clock: Path, *, workers: int = 2, port: int = 0, **settings: str) -> Iterator[int]:
    """Their port on loopback, any free one for 0, until the block ends."""
    port = port or free_port()
    command = [sys.executable, "-m", "granian", *OPTIONS.split(), "--workers", str(workers)]
    environ = {"PUBLISHER_DATA": str(data), "SOAK_CLOCK": str(clock), **settings}
    process = subprocess.Popen(
        [*command, "--port", str(port), "soak_site:load"],
        cwd=Path(__file__).parent,
        env={**os.environ, **environ},
    )
    try:
        wait(f"http://127.0.0.1:{port}", process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

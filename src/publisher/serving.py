"""The production server: granian's worker processes, each opening the newsroom for itself."""

import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from granian import Granian
from granian.constants import Interfaces

from . import bootstrap, config
from .domain.errors import PublisherError
from .state.secret import secret_key
from .ticking import keep_ticking


class CannotListen(PublisherError):
    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"{host}:{port} can't be listened on: {reason}.")


def serve(host: str, port: int, workers: int, announce: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; `announce` is given the address once it answers.

    Port 0 takes any free one. Raises CannotListen, and what opening the newsroom raises.
    """
    settings = config.from_environment(os.environ)
    with bootstrap.opened(settings) as publisher:  # what is wrong shows here, before any worker starts
        publisher.projector.catch_up()
        secret_key(settings.data)
    host, port = free_address(host, port)
    # A fork would hand the workers this process's threads' locks and open databases.
    multiprocessing.set_start_method("spawn", force=True)
    server = _Server(
        "publisher.serving:load",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=8,
        backpressure=64,
        log_enabled=False,
        respawn_failed_workers=True,
    )
    _tell_when_answering(url_of(host, port), announce)
    signal.signal(signal.SIGTERM, _stop)
    server.serve()


class _Server(Granian):  # type: ignore[misc, valid-type, unused-ignore]
    """Its workers begin with SIGINT blocked: Ctrl-C may come before they get to block it, see `load`."""

    def _spawn_workers(self, *given: Any) -> None:
        with _sigint_blocked():
            super()._spawn_workers(*given)

    def _respawn_workers(self, *given: Any, **named: Any) -> None:
        with _sigint_blocked():
            super()._respawn_workers(*given, **named)


@contextmanager
def _sigint_blocked() -> Iterator[None]:
    """Block it in this thread, and in the processes that it starts meanwhile; it comes afterwards."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def url_of(host: str, port: int) -> str:
    """The address of a server, an IPv6 host in brackets (RFC 3986 section 3.2.2)."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def free_address(host: str, port: int) -> tuple[str, int]:
    """The IP address of `host`, as the server takes no names, and a port that is free on it.

    Raises CannotListen.
    """
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            address, chosen, *_ = probe.getsockname()
            return address, chosen
    except (OSError, UnicodeError) as error:
        raise CannotListen(host, port, getattr(error, "strerror", None) or str(error)) from None


def load() -> Any:
    """The WSGI application of one worker process.

    Ctrl-C reaches every process of a terminal: workers leave it to the server, which ends them by SIGTERM.
    One that ended by itself would be started anew meanwhile, and the server would wait for it for ever.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    from .web import create_app  # the server's own process needs no pages

    publisher = bootstrap.open_publisher(config.from_environment(os.environ))
    if publisher.config.hub and not publisher.config.now:
        keep_ticking(publisher)
    return create_app(publisher)


def _tell_when_answering(url: str, announce: Callable[[str], None]) -> None:
    def wait() -> None:
        while True:
            try:
                with urlopen(f"{url}/healthz", timeout=5):  # noqa: S310 - our own address
                    announce(url)
                    return
            except (URLError, OSError):
                time.sleep(0.05)

    threading.Thread(target=wait, daemon=True).start()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt

"""A hub on loopback that answers as a test wants it to, and remembers what it was told."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

Answer = Callable[[], int | None]
"""The status to answer with; None ends the connection without a word."""


class Hub:
    """What was told, in order, and the status that the next request gets."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.answer: Answer = lambda: 204
        self.address = ""

    @property
    def topics(self) -> list[str]:
        return sorted(set(self.told))


@contextmanager
def running() -> Iterator[Hub]:
    """A hub that listens until the block ends."""
    hub = Hub()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            fields = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            status = hub.answer()
            if status is None:
                self.close_connection = True
                return
            if 200 <= status < 300 and fields["hub.mode"] == ["publish"]:
                hub.told += fields["hub.url"]
            self.send_response(status)
            if status in (301, 302, 307):
                self.send_header("Location", hub.address)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    hub.address = f"http://127.0.0.1:{server.server_address[1]}/"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

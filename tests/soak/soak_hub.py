"""A hub that misbehaves in every way, and notes when it was told of what, and whether it took it."""

import random
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qs

TAKEN = b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"
ANSWERS = {
    "takes it": TAKEN,
    "fails": b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n",
    "sends elsewhere": b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n",
    "babbles": b"\x00\xff\r\n\r\n202 Accepted",
    "breaks off": b"HTTP/1.1 20",
    "says nothing": b"",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """That the hub was told of a feed at an instant of the shared clock."""

    topic: str
    at: datetime
    taken: bool


class Hub:
    """`well` until a test says otherwise; then each answer is another one."""

    def __init__(self, clock: Callable[[], datetime], seed: int) -> None:
        self.told: list[Told] = []
        self.well = True
        self.address = ""
        self._clock, self._chance, self._lock = clock, random.Random(seed), threading.Lock()

    def answer(self, topic: str) -> bytes:
        """Some of them come late, and a few hang for longer than anyone waits."""
        with self._lock:
            how = "takes it" if self.well else self._chance.choice(list(ANSWERS))
            pause = 0.0 if self.well else self._chance.choice((0, 0, 0, 0.3, 2, 15))
            taken = how == "takes it" and pause < 10
            self.told.append(Told(topic=topic, at=self._clock(), taken=taken))
        time.sleep(pause)
        return ANSWERS[how]

    def taken(self, topic: str) -> list[datetime]:
        return [told.at for told in self.told if told.topic == topic and told.taken]


@contextmanager
def running(hub: Hub) -> Iterator[None]:
    """It listens until the block ends."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            length = 0
            while (line := self.rfile.readline().strip()) != b"":
                if line.lower().startswith(b"content-length:"):
                    length = int(line.partition(b":")[2])
            fields = parse_qs(self.rfile.read(length).decode())
            if fields:
                self._say(hub.answer(fields["hub.url"][0]))

        def _say(self, answer: bytes) -> None:
            try:
                self.wfile.write(answer)
            except OSError:  # whoever asked has gone, or was killed
                return

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads, allow_reuse_address, block_on_close = True, True, False

    with Server(("127.0.0.1", 0), Handler) as server:
        hub.address = f"http://127.0.0.1:{server.server_address[1]}/"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()

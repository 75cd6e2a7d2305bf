"""A newsroom on a real address, with a clock that the test moves; what its readers' software asked for."""

import threading
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from movable_clock import MovableClock
from publisher.application import By
from publisher.bootstrap import Publisher, open_publisher, rebuild_views
from publisher.config import Config
from publisher.domain.content import Content
from publisher.domain.publication import Significance
from publisher.web import create_app


class _Quiet(WSGIRequestHandler):
    def log(self, *_: Any) -> None:
        """Nothing: the tests look at `Served.answers`."""


@dataclass
class Served:
    """Open on construction; `close` ends it."""

    data: Path
    clock: MovableClock = field(default_factory=MovableClock)
    answers: list[tuple[str, int]] = field(default_factory=list)
    """Path and status of what was asked for since `answers` was cleared."""

    def __post_init__(self) -> None:
        self._port = 0
        self._open()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self.publisher.close()

    def restart(self) -> None:
        """Another process would serve the same folder at the same address."""
        self.close()
        self._open()

    def rebuild(self) -> None:
        rebuild_views(self.publisher.config, check=False, repair=True)

    # ---- the desk

    def publish(self, title: str, *, due: datetime | None = None, **fields: Any) -> UUID:
        newsroom = self.publisher.newsroom
        drafted = newsroom.draft(text(title, **fields), By())
        newsroom.publish(drafted.id, 1, By(), due=due)
        return drafted.id

    def amend(self, publication: UUID, title: str, significance: str, **fields: Any) -> None:
        newsroom = self.publisher.newsroom
        base = newsroom.repository.get(publication).revision
        newsroom.revise(publication, base, text(title, **fields), By())
        newsroom.amend(publication, base + 1, Significance(significance), "What changed.", By())

    # ---- serving

    def _open(self) -> None:
        # The address is part of the settings, so the port is taken before there is an application.
        self._server: BaseWSGIServer = make_server(
            "127.0.0.1", self._port, self._answer, threaded=True, request_handler=_Quiet
        )
        self._port = self._server.server_port
        config = Config(data=self.data, base_url=self.address)
        self.publisher: Publisher = open_publisher(config, self.clock)
        self._app = create_app(self.publisher)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Any:
        def start(status: str, *rest: Any) -> Any:
            self.answers.append((environ["PATH_INFO"], int(status[:3])))
            return start_response(status, *rest)

        return self._app(environ, start)


def text(title: str, **fields: Any) -> Content:
    """A short statement, with what the test cares about put in."""
    usual: dict[str, Any] = {
        "kind": "statement",
        "language": "en-GB",
        "summary": "",
        "body": f"{title}, at first.",
    }
    return Content(title=title, **usual | fields)

"""Named questions to the views, each as of an instant, answered with frozen rows."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Self

from sqlalchemy import Connection, Engine

from .audit import AuditQueries
from .changes import ChangeQueries
from .feeding import FeedQueries
from .listing import ListingQueries
from .pages import PageQueries
from .searching import SearchQueries


class Library(ListingQueries, FeedQueries, SearchQueries, PageQueries, ChangeQueries, AuditQueries):
    """The readers' side. `contents` gives canonical bytes by hash, None where redacted.

    `zone` is the newsroom's time zone while the log has set none. Every answer that depends on
    time is as of `t`, an aware datetime; whether `t` may be asked is the caller's rule.
    """

    def __init__(
        self, engine: Engine, contents: Callable[[str], bytes | None], zone: str = "Europe/London"
    ) -> None:
        self._engine = engine
        self._contents = contents
        self._zone = zone
        self._held: Connection | None = None

    @contextlib.contextmanager
    def at_once(self) -> Iterator[Self]:
        """A library whose answers all come from one read transaction, so that they agree.

        For one thread, for as long as the block lasts.
        """
        with self._engine.connect() as connection:
            held = type(self)(self._engine, self._contents, self._zone)
            held._held = connection
            yield held

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Connection]:
        if self._held is not None:
            yield self._held
            return
        with self._engine.connect() as connection:
            yield connection

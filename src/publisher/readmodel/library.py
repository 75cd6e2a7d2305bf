"""Named questions to the views, each as of an instant, answered with frozen rows."""

import contextlib
import sqlite3
from collections.abc import Iterator
from typing import Self

from sqlalchemy import Engine

from .archiving import ArchiveQueries
from .asking import Contents
from .audit import AuditQueries
from .changes import ChangeQueries
from .claims import ClaimQueries
from .database import Readers
from .desking import DeskQueries
from .feeding import FeedQueries
from .filing import FileQueries
from .following import FollowQueries
from .listing import ListingQueries
from .pages import PageQueries
from .searching import SearchQueries
from .translating import TranslationQueries


class Library(
    ListingQueries,
    FeedQueries,
    ArchiveQueries,
    SearchQueries,
    PageQueries,
    FileQueries,
    FollowQueries,
    TranslationQueries,
    ChangeQueries,
    ClaimQueries,
    DeskQueries,
    AuditQueries,
):
    """The readers' side. `contents` gives canonical bytes by hash, without those that were redacted.

    `zone` is the newsroom's time zone while the log has set none. Every answer that depends on
    time is as of `t`, an aware datetime; whether `t` may be asked is the caller's rule.
    """

    def __init__(self, engine: Engine, contents: Contents, zone: str = "Europe/London") -> None:
        self._engine = engine
        self._readers = Readers(engine)
        self._contents = contents
        self._zone = zone

    @contextlib.contextmanager
    def at_once(self) -> Iterator[Self]:
        """A library whose answers all come from one read transaction, so that they agree.

        For one thread, for as long as the block lasts.
        """
        with self._readers.transaction() as connection:
            held = type(self)(self._engine, self._contents, self._zone)
            held._reading = lambda: contextlib.nullcontext(connection)  # type: ignore[method-assign]
            yield held

    def holding(self) -> contextlib.AbstractContextManager[None]:
        """A block in which all that the calling thread asks is answered from one state of the views."""
        return self._readers.holding()

    def _reading(self) -> contextlib.AbstractContextManager[sqlite3.Connection]:
        return self._readers.transaction()

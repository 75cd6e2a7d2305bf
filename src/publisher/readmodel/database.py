"""Opening the views' database: SQLite in WAL mode, with transactions that begin when we say so."""

import contextlib
import logging
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

BUSY_SECONDS = 30
_LOG = logging.getLogger(__name__)


def open_engine(path: Path, *, writing: bool = False, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """An engine on the views at `path`; `writing` begins each transaction as a writer's,
    which waits `busy_seconds` for another one.

    The file is made where it is missing. WAL, `synchronous=NORMAL`: the views can be made anew,
    so a lost last transaction costs nothing but a catch-up.
    """
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"isolation_level": None, "timeout": busy_seconds},
    )
    begin = "BEGIN IMMEDIATE" if writing else "BEGIN"

    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", start)
    return engine


def driver(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection, for many rows at once."""
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


def wipe(raw: sqlite3.Connection) -> None:
    """Write the file anew without what was deleted, and empty the write-ahead log.

    Does what it can: where another connection reads all the time, the rest follows at a later checkpoint.
    """
    try:
        raw.execute("VACUUM")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlite3.OperationalError as error:
        _LOG.warning("The views may hold deleted words (%s): run publisher rebuild --repair.", error)


class Readers:
    """Connections of an engine, for reading: each thread keeps its own, which end with it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._idle = _Idle()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A connection in a read transaction: all its answers are of one state.

        Another one inside the block has a connection, and a state, of its own, but for `holding`.
        """
        held = self._idle.held
        if held is not None:
            yield held
            return
        idle = self._idle.connections
        connection = idle.pop() if idle else self._open()
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            connection.execute("ROLLBACK")
            idle.append(connection)

    @contextlib.contextmanager
    def holding(self) -> Iterator[None]:
        """One transaction for all that the calling thread asks until the block ends."""
        with self.transaction() as connection:
            before, self._idle.held = self._idle.held, connection
            try:
                yield
            finally:
                self._idle.held = before

    def close(self) -> None:
        """Close the idle connections of the calling thread."""
        while self._idle.connections:
            self._idle.connections.pop().close()

    def _open(self) -> sqlite3.Connection:
        pooled = self._engine.raw_connection()
        connection = pooled.driver_connection
        pooled.detach()  # the engine's pool would hand it to other threads
        assert isinstance(connection, sqlite3.Connection)
        return connection


class _Idle(threading.local):
    def __init__(self) -> None:
        self.connections: list[sqlite3.Connection] = []
        self.held: sqlite3.Connection | None = None

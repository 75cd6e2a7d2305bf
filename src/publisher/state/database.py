"""The state database's file, its version and its transactions."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError

from ..domain.errors import PublisherError
from .tables import metadata

VERSION = 2
"""The version of the tables, stored in the file as `PRAGMA user_version`."""
BUSY_TIMEOUT = 30.0
"""How long a statement waits for another writer, in seconds."""


class StateNewer(PublisherError):
    """The state database was written by a later version of this program."""

    def __init__(self, found: int) -> None:
        super().__init__(
            f"The state database has version {found}, this program knows {VERSION}: "
            "install the program that wrote it, or a later one."
        )


class StateUnavailable(PublisherError):
    """The state database can't be opened."""

    def __init__(self, path: Path, reason: object) -> None:
        super().__init__(f"The state database {path} can't be opened: {reason}.")


def open_state(path: Path) -> Engine:
    """The engine of the state database at `path`, which is created where it is missing.

    Safe to share between threads, and to open from several processes at once. The file is
    readable by its owner alone. Raises StateNewer, StateUnavailable.
    """
    try:
        _create_private(path)
        engine = _engine(path)
        _bring_up(engine)
    except (OSError, DatabaseError) as error:
        raise StateUnavailable(path, getattr(error, "orig", None) or error) from None
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that holds the write lock from its first statement on.

    A transaction that reads first and writes later can be refused halfway; this one waits at its
    beginning. Committed at the end, rolled back on an exception.
    """
    with engine.execution_options(begin="IMMEDIATE").begin() as connection:
        yield connection


def wipe(engine: Engine) -> None:
    """Copy the write-ahead log into the file and empty it, so that deleted bytes are gone from disk.

    Does what it can: where another connection is reading, the rest follows at a later checkpoint.
    """
    driver = engine.raw_connection()
    try:
        driver.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        driver.close()


def _create_private(path: Path) -> None:
    # SQLite gives the files beside the database the same permissions as the database itself.
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _engine(path: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"isolation_level": None, "timeout": BUSY_TIMEOUT, "check_same_thread": False},
    )
    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", _begin)
    return engine


def prepare(driver: sqlite3.Connection, _record: Any) -> None:
    """Make a new connection durable. Raises OperationalError where it can't be."""
    if driver.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        driver.execute("PRAGMA journal_mode = WAL")
    driver.execute("PRAGMA synchronous = FULL")
    driver.execute("PRAGMA foreign_keys = ON")
    driver.execute("PRAGMA secure_delete = ON")
    held = (
        driver.execute("PRAGMA journal_mode").fetchone(),
        driver.execute("PRAGMA synchronous").fetchone(),
    )
    if held != (("wal",), (2,)):
        raise sqlite3.OperationalError(f"its file system does not offer durable transactions, found {held}")


def _begin(connection: Connection) -> None:
    # The driver's own transactions are switched off: they would begin too late, at the first write.
    mode = connection.get_execution_options().get("begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")


def _bring_up(engine: Engine) -> None:
    with writing(engine) as connection:
        found: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if found > VERSION:
            raise StateNewer(found)
        if found == 1:  # sessions knew less: everybody signs in again
            connection.exec_driver_sql("DROP TABLE session")
        metadata.create_all(connection)  # a file of this version may lack tables that came later
        if found < VERSION:
            connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")

"""Opening the views' database: SQLite in WAL mode, with transactions that begin when we say so."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

BUSY_SECONDS = 30


def open_engine(path: Path, *, writing: bool = False, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """An engine on the views at `path`; `writing` begins each transaction as a writer's,
    which waits `busy_seconds` for another one.

    The file is made where it is missing. WAL, `synchronous=NORMAL`: the views can be made anew,
    so a lost last transaction costs nothing but a catch-up.
    """
    engine = create_engine(
        f"sqlite:///{path}", connect_args={"isolation_level": None, "timeout": busy_seconds}
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

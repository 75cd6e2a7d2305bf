"""Views made anew beside the live ones, compared with them, and put in their place."""

import contextlib
import itertools
import os
import sqlite3
import threading
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event

from . import tables
from .database import BUSY_SECONDS
from .projector import NAME, Projector, Source, Status, code_fingerprint, start_tracking

BATCH = 5_000
FIRST_DIFFERENCES = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What a rebuild found. `differences` are sentences; empty where the live views are right.

    `stopped_at` is the position of an event that can't be projected: then nothing was switched.
    """

    position: int
    same_code: bool
    differences: tuple[str, ...]
    switched: bool
    stopped_at: int | None = None
    error: str | None = None


def rebuild(
    path: Path, source: Source, *, check: bool = False, repair: bool = False, batch: int = BATCH
) -> Outcome:
    """Make the views anew and put them in place of those at `path`, where that is due.

    Where the live views come from other code they are replaced; where they come from the same
    code, both are compared as of the same position, and replaced only with `repair`. `check`
    never replaces. Processes that have the live views open see the old or the new whole.
    """
    beside = _beside(path)
    try:
        with _unfinished(beside) as engine:
            same_code = _fingerprint(path) == code_fingerprint()
            status = _build(engine, beside, source, batch)
            differences: tuple[str, ...] = ()
            if same_code:
                _catch_up(path, source, batch)
                with contextlib.closing(_differences(path, beside, engine, source)) as found:
                    differences = tuple(itertools.islice(found, FIRST_DIFFERENCES))
            wanted = repair and bool(differences) if same_code else True
            due = wanted and not check and status.stopped_at is None
            if due:
                _project(engine, beside, source, batch)
        if due:
            _switch(beside, path)
        return Outcome(
            position=status.position,
            same_code=same_code,
            differences=differences,
            switched=due,
            stopped_at=status.stopped_at,
            error=status.error,
        )
    finally:
        _delete(beside)


def ensure(path: Path, source: Source, *, batch: int = BATCH) -> bool:
    """Views of this code at `path`: made or made anew where they are missing or of other code.

    True where they were made. Call it once, before the projector and the library are opened.
    """
    if _fingerprint(path) == code_fingerprint():
        return False
    beside = _beside(path)
    try:
        with _unfinished(beside) as engine:
            _build(engine, beside, source, batch)
        _switch(beside, path)
    finally:
        _delete(beside)
    return True


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.rebuild-{os.getpid()}-{threading.get_ident()}")


@contextlib.contextmanager
def _unfinished(beside: Path) -> Iterator[Engine]:
    """An engine on a file that nobody else reads and that a crash may spoil."""
    _delete(beside)
    engine = create_engine(
        URL.create("sqlite", database=str(beside)), connect_args={"isolation_level": None}
    )

    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute("PRAGMA synchronous = OFF")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        yield engine
    finally:
        engine.dispose()


def _build(engine: Engine, beside: Path, source: Source, batch: int) -> Status:
    """Project the whole log; the readers' indexes are made last, which halves the time."""
    with engine.begin() as connection:
        tables.create(connection, listings=False)
        start_tracking(connection)
    status = _project(engine, beside, source, batch)
    with engine.begin() as connection:
        tables.create_listings(connection)
    return status


def _project(engine: Engine, beside: Path, source: Source, batch: int) -> Status:
    """Bring views that nobody else reads up to the source's head."""
    projector = Projector(beside, source, batch=batch, engine=engine)
    try:
        projector.catch_up()
        return projector.status()
    finally:
        projector.close()


def _fingerprint(path: Path) -> str | None:
    if not path.exists():
        return None
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
            row = connection.execute("SELECT value FROM fingerprint").fetchone()
    except sqlite3.DatabaseError:
        return None
    return str(row[0]) if row else None


def _catch_up(path: Path, source: Source, batch: int) -> None:
    projector = Projector(path, source, batch=batch)
    try:
        projector.catch_up()
    finally:
        projector.close()


def _differences(live: Path, beside: Path, engine: Engine, source: Source) -> Generator[str, None, None]:
    """The first rows that differ, in sentences; the new views are brought to the live position."""
    with (
        contextlib.closing(sqlite3.connect(live, timeout=BUSY_SECONDS, isolation_level=None)) as old,
        contextlib.closing(sqlite3.connect(beside, isolation_level=None)) as new,
    ):
        old.execute("BEGIN")  # what the live views hold stays the same while it is read
        position = _position(old)
        _project(engine, beside, _Until(source, position), BATCH)
        if _position(new) != position:
            yield f"the live views stand at position {position}, the new ones at {_position(new)}"
            return
        for name, columns, keys in _shapes():
            order = ", ".join(keys)
            sql = f"SELECT {', '.join(columns)} FROM {name} ORDER BY {order}"  # noqa: S608
            yield from _compare(name, columns, len(keys), old.execute(sql), new.execute(sql))


def _shapes() -> Iterator[tuple[str, list[str], list[str]]]:
    """Name, columns (the key's first) and key of everything that is compared."""
    for table in tables.COMPARED:
        keys = [column.name for column in table.primary_key.columns]
        yield table.name, keys + [c.name for c in table.columns if c.name not in keys], keys
    yield "search_text", ["rowid", "title", "summary", "body"], ["rowid"]


def _compare(
    name: str, columns: list[str], width: int, old: Iterator[Any], new: Iterator[Any]
) -> Iterator[str]:
    """Walk two results in the order of their keys."""
    ours, theirs = next(old, None), next(new, None)
    while ours is not None or theirs is not None:
        if ours == theirs:
            ours, theirs = next(old, None), next(new, None)
        elif theirs is None or (ours is not None and ours[:width] < theirs[:width]):
            assert ours is not None
            yield f"{name} {_named(ours, width)}: the live views have this row, the new ones don't"
            ours = next(old, None)
        elif ours is None or theirs[:width] < ours[:width]:
            yield f"{name} {_named(theirs, width)}: the live views lack this row"
            theirs = next(new, None)
        else:
            fields = [c for c, a, b in zip(columns, ours, theirs, strict=True) if a != b]
            yield f"{name} {_named(ours, width)}: {', '.join(fields)} differ"
            ours, theirs = next(old, None), next(new, None)


def _named(row: tuple[Any, ...], width: int) -> str:
    return " ".join(str(value) for value in row[:width])


def _position(connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT position FROM tracking WHERE name = ?", (NAME,)).fetchone()
    return int(row[0])


def _switch(beside: Path, path: Path) -> None:
    """Copy the new views over the live ones in one transaction of SQLite's backup interface.

    Replacing the file would leave open connections on the old one for ever. Only a file that is
    no database, which nobody can have open, is taken away.
    """
    if path.exists() and _is_foreign(path):
        _delete(path)
    if _move(beside, path):
        return
    with (
        contextlib.closing(sqlite3.connect(beside)) as new,
        contextlib.closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as live,
    ):
        live.execute("PRAGMA journal_mode = WAL")
        new.backup(live)


def _move(beside: Path, path: Path) -> bool:
    """Give the new views the name of the live ones, where there are none, nor any trace of them."""
    if any(each.exists() for each in _files(path)):
        return False
    with contextlib.closing(sqlite3.connect(beside)) as new:
        new.execute("PRAGMA journal_mode = WAL")
    with beside.open("rb") as made:
        os.fsync(made.fileno())
    try:
        path.hardlink_to(beside)
    except OSError:  # somebody else was first, or the disk knows no links
        return False
    return True


def _is_foreign(path: Path) -> bool:
    """Whether the file is something else than a database of SQLite."""
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
            connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.DatabaseError as error:
        return error.sqlite_errorcode == sqlite3.SQLITE_NOTADB
    return False


def _delete(database: Path) -> None:
    for file in _files(database):
        file.unlink(missing_ok=True)


def _files(database: Path) -> list[Path]:
    """The file of a database, and those that SQLite lays beside it."""
    return [database.with_name(database.name + suffix) for suffix in ("", "-journal", "-wal", "-shm")]


class _Until:
    """A log that ends at a position."""

    def __init__(self, source: Source, end: int) -> None:
        self._source = source
        self._end = end

    def select(self, after: int, limit: int) -> Sequence[tuple[int, Any]]:
        return [(p, e) for p, e in self._source.select(after, limit) if p <= self._end]

    def head(self) -> int:
        return min(self._source.head(), self._end)

    def contents_of(self, sha256s: Collection[str]) -> Mapping[str, bytes]:
        return self._source.contents_of(sha256s)

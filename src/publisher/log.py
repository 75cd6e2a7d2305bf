"""The log: eventsourcing's recorder on SQLite, made durable, strict, and single-writer."""

import fcntl
import json
import os
import sqlite3
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent
from eventsourcing.sqlite import (
    SQLiteApplicationRecorder,
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteFactory,
)

from . import contents as contents_table
from .domain import instants
from .domain.errors import LogBroken, LogNewer, LogUnavailable
from .domain.recorded import EVENTS

SCHEMA_VERSION = 1
LOCK_TIMEOUT = 30.0
"""How long a writer waits for another, in seconds."""
CACHE_KIBIBYTES = 8_000
"""Of each connection: the texts of a feed, which are read again and again, fit in."""
INSTANT_FIELDS = frozenset({"timestamp", "effective_at"})
_FIELDS = {topic: frozenset(field.name for field in fields(event)) for topic, event in EVENTS.items()}
"""What an event of a topic can't do without."""


class EventTranscoder(JSONTranscoder):
    """An event's fields as one plain JSON object: instants in RFC 3339, ids dashed."""

    def _encode_obj(self, o: Any) -> Any:
        if isinstance(o, datetime):
            return instants.written(o)
        if isinstance(o, UUID):
            return str(o)
        return super()._encode_obj(o)

    def _decode_obj(self, d: dict[str, Any]) -> Any:
        for field in INSTANT_FIELDS:
            if field in d:
                d[field] = datetime.fromisoformat(d[field])
        return d


class LogMapper(Mapper[UUID]):
    """Stored events to domain events, refusing what this version of the code can't know."""

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        event_class = EVENTS.get(stored_event.topic)
        if event_class is None:
            raise LogNewer(
                f"The log holds an event of the type {stored_event.topic}, which this version of "
                "Publisher does not know: install the version that wrote it, or a later one."
            )
        state = self._state(stored_event)
        self._check_aggregate(stored_event.topic, state)
        written, known = state.pop("class_version", 1), getattr(event_class, "class_version", 1)
        if written > known:
            raise LogNewer(
                f"The log holds version {written} of {stored_event.topic}, this version of Publisher "
                f"knows {known}: install the version that wrote it, or a later one."
            )
        for version in range(written, known):
            getattr(event_class, f"upcast_v{version}_v{version + 1}")(state)
        state["originator_id"] = stored_event.originator_id
        state["originator_version"] = stored_event.originator_version
        if not _FIELDS[stored_event.topic] <= state.keys():
            lacking = min(_FIELDS[stored_event.topic] - state.keys())
            raise LogBroken(_name(stored_event), f"it lacks {lacking}")
        event = object.__new__(event_class)
        event.__dict__.update(state)
        return event

    def _state(self, stored_event: StoredEvent) -> dict[str, Any]:
        """The fields of an event, as they were stored. Raises LogBroken."""
        try:
            state = self.transcoder.decode(stored_event.state)
        except ValueError as error:
            raise LogBroken(_name(stored_event), error) from None
        if not isinstance(state, dict):
            raise LogBroken(_name(stored_event), "it is not an object")
        return state

    def _check_aggregate(self, topic: str, state: Mapping[str, Any]) -> None:
        """The library imports what a first event names as its aggregate: let it be that of its topic."""
        if "originator_topic" in state and state["originator_topic"] != topic.rpartition(".")[0]:
            raise LogNewer(
                f"The log holds a {topic} of the aggregate {state['originator_topic']}, which this version "
                "of Publisher does not know: install the version that wrote it, or a later one."
            )


class DurablePool(SQLiteConnectionPool):
    """Connections on which a commit has reached the disk when it returns, and a deleted text is zeroed."""

    def _create_connection(self) -> SQLiteConnection:
        connection = super()._create_connection()
        connection._sqlite_conn.execute("PRAGMA synchronous = FULL")
        connection._sqlite_conn.execute("PRAGMA secure_delete = ON")
        connection._sqlite_conn.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
        return connection


class LogRecorder(SQLiteApplicationRecorder):
    """Events, and the contents they point to, in one transaction."""

    def construct_create_table_statements(self) -> list[str]:
        return [*super().construct_create_table_statements(), *contents_table.SCHEMA]

    def _create_table(self, c: SQLiteCursor) -> None:
        c.execute("PRAGMA user_version")
        found = c.fetchone()[0]
        if found > SCHEMA_VERSION:
            raise LogNewer(
                f"log.db has the format {found}, this version of Publisher knows {SCHEMA_VERSION}: "
                "install the version that wrote it, or a later one."
            )
        super()._create_table(c)
        if found < SCHEMA_VERSION:  # opening an old log writes nothing, so that it waits for nobody
            c.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _insert_events(
        self,
        c: SQLiteCursor,
        stored_events: Sequence[StoredEvent],
        *,
        contents: Mapping[str, bytes] | None = None,
        forgotten: Iterable[str] = (),
        **kwargs: Any,
    ) -> Sequence[int] | None:
        contents_table.store(c, contents or {})
        positions = super()._insert_events(c, stored_events, **kwargs)
        contents_table.forget(c, forgotten)
        return positions

    def durability(self) -> tuple[str, int]:
        """(journal mode, synchronous): ("wal", 2) where commits are durable."""
        with self.datastore.transaction(commit=False) as c:
            c.execute("PRAGMA journal_mode")
            mode = c.fetchone()[0]
            c.execute("PRAGMA synchronous")
            return str(mode), int(c.fetchone()[0])

    def naming(self, field: str, values: Collection[str]) -> list[UUID]:
        """The aggregates with an event whose `field` is one of `values`, by a scan of the whole log."""
        with self.datastore.transaction(commit=False) as c:
            c.execute(
                "SELECT DISTINCT originator_id FROM stored_events "
                "WHERE json_extract(CAST(state AS TEXT), '$.' || ?) "
                "IN (SELECT value FROM json_each(?)) ORDER BY originator_id",
                (field, json.dumps(list(values))),
            )
            return [UUID(row[0]) for row in c.fetchall()]

    def wipe(self) -> None:
        """Copy the write-ahead log into the file and empty it, so that deleted bytes are gone from disk.

        Does what it can: where another connection is reading, the rest follows at a later checkpoint.
        """
        file = self.datastore.pool.db_name
        with closing(sqlite3.connect(file, uri=True, isolation_level=None)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def content(self, sha256: str) -> bytes | None:
        """The bytes of a content hash, None where it is not there or was redacted."""
        with self.datastore.transaction(commit=False) as c:
            return contents_table.load(c, sha256)

    def contents_of(self, sha256s: Collection[str]) -> dict[str, bytes]:
        """The bytes of many content hashes, without those that are not there or were redacted."""
        with self.datastore.transaction(commit=False) as c:
            return contents_table.load_each(c, sha256s)

    def holds(self, sha256s: Collection[str]) -> set[str]:
        """Those of the hashes whose bytes are there."""
        with self.datastore.transaction(commit=False) as c:
            return contents_table.stored(c, sha256s)

    def contents_with(self, piece: bytes) -> dict[str, bytes]:
        """The contents that have some bytes in them, by a scan of all."""
        with self.datastore.transaction(commit=False) as c:
            return contents_table.holding(c, piece)

    def redacted(self, sha256s: Collection[str]) -> set[str]:
        """Those of the content hashes that can't be stored again."""
        with self.datastore.transaction(commit=False) as c:
            return contents_table.redacted(c, sha256s)


class LogFactory(SQLiteFactory):
    """Puts the durable pool and the recorder with contents in place of the library's own."""

    application_recorder_class = LogRecorder

    def __init__(self, env: Any) -> None:
        super().__init__(env)
        library_pool = self.datastore.pool
        library_pool.close()
        self.datastore.pool = DurablePool(
            db_name=library_pool.db_name, lock_timeout=library_pool.lock_timeout, pool_timeout=LOCK_TIMEOUT
        )


_BEHIND = (
    "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events "
    "WHERE rowid > ? ORDER BY rowid LIMIT ?"
)


class LogReader:
    """What followers need of the log: events after a position, the head, contents.

    Its end is asked on one connection for the process, behind a lock.
    """

    def __init__(self, recorder: LogRecorder, mapper: LogMapper, file: Path) -> None:
        self._recorder, self._mapper = recorder, mapper
        self._lock = threading.Lock()
        self._head = sqlite3.connect(uri_of(file), uri=True, check_same_thread=False, isolation_level=None)
        self._head.execute("PRAGMA query_only = 1")

    def head(self) -> int:
        """The position of the last event, 0 of an empty log."""
        with self._lock:
            row = self._head.execute("SELECT max(rowid) FROM stored_events").fetchone()
        return row[0] or 0

    def last(self) -> tuple[int, datetime | None]:
        """The last event's position and `timestamp`; 0 and None of an empty log. Raises LogBroken."""
        with self._lock:
            row = self._head.execute(
                "SELECT rowid, state FROM stored_events ORDER BY rowid DESC LIMIT 1"
            ).fetchone()
        try:
            return (row[0], datetime.fromisoformat(json.loads(row[1])["timestamp"])) if row else (0, None)
        except (ValueError, TypeError, KeyError) as error:
            raise LogBroken("its last event", error) from None

    def select(self, after: int, limit: int) -> Sequence[tuple[int, Any]]:
        """Up to `limit` (position, domain event) after a position, in log order."""
        decode = self._mapper.to_domain_event
        return [(position, decode(event)) for position, event in self.stored(after, limit)]

    def stored(self, after: int, limit: int) -> Sequence[tuple[int, StoredEvent]]:
        """The same as they are stored, undecoded."""
        with self._recorder.datastore.transaction(commit=False) as c:
            c.execute(_BEHIND, (after, limit))
            return [
                (position, StoredEvent(UUID(originator), version, topic, state))
                for position, originator, version, topic, state in c.fetchall()
            ]

    def content(self, sha256: str) -> bytes | None:
        return self._recorder.content(sha256)

    def contents_of(self, sha256s: Collection[str]) -> dict[str, bytes]:
        """The bytes of many hashes, without those that are not there or were redacted."""
        return self._recorder.contents_of(sha256s) if sha256s else {}

    def redacted(self, sha256s: Collection[str]) -> set[str]:
        """Those of the hashes that are refused for ever."""
        return self._recorder.redacted(sha256s) if sha256s else set()

    def close(self) -> None:
        self._head.close()


class WriterLock:
    """One writer of the embedded log at a time, over threads and processes (flock)."""

    def __init__(self, file: Path, timeout: float = LOCK_TIMEOUT) -> None:
        self._file, self._timeout = file, timeout

    @contextmanager
    def held(self) -> Iterator[None]:
        """Raises LogUnavailable when another writer does not end in time."""
        try:
            descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise LogUnavailable(f"{self._file} can't be opened for writing: {error.strerror}.") from None
        try:
            self._wait(descriptor)
            yield
        finally:
            os.close(descriptor)

    def _wait(self, descriptor: int) -> None:
        deadline = time.monotonic() + self._timeout
        pause = 0.001
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise LogUnavailable(
                        "Another writer holds the log: nothing was stored, try again in a moment."
                    ) from None
                time.sleep(pause)
                pause = min(pause * 2, 0.05)
            else:
                return


def _name(event: StoredEvent) -> str:
    return f"version {event.originator_version} of {event.originator_id}"


def uri_of(file: Path) -> str:
    """A file's name as SQLite takes it with uri=True."""
    return f"file:{quote(str(file))}"

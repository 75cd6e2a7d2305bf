"""From the log to the views: a pull projector, fenced by its position, that stops at poison."""

import hashlib
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from ..domain.instants import from_micros, to_micros
from . import (
    counting,
    fold_desk,
    fold_publications,
    fold_settings,
    folding,
    sheets,
    steps,
    tables,
    texts,
    told,
)
from .database import Readers, driver, open_engine, wipe
from .folding import Fold

NAME = "views"
RETRY_SECONDS = 5.0
"""A poison event is tried again when asked, but not more often."""


_FORMING = (
    tables,
    sheets,
    told,
    texts,
    steps,
    counting,
    fold_publications,
    fold_desk,
    fold_settings,
    folding,
)


class Source(Protocol):
    """The log, as the projector sees it."""

    def select(self, after: int, limit: int) -> Sequence[tuple[int, Any]]:
        """At most `limit` events behind position `after`, in order, each with its position."""

    def head(self) -> int:
        """The last position of the log; 0 where it is empty."""

    def contents_of(self, sha256s: Collection[str]) -> Mapping[str, bytes]:
        """Canonical bytes of contents by hash, without those that were redacted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """Where the views stand. `recorded` is the last event's recording, UTC.

    `stopped_at` is the position of an event that can't be projected, `error` says why.
    """

    position: int
    head: int
    public: int
    stopped_at: int | None
    error: str | None
    recorded: datetime | None


@dataclass(frozen=True, slots=True)
class Stand:
    """Which views answer, and as of which last event of public effect: the same, the same answers."""

    made: str
    public: int


def code_fingerprint() -> str:
    """SHA-256 of the source text that gives the views their form and their content."""
    digest = hashlib.sha256()
    for module in _FORMING:
        digest.update(Path(str(module.__file__)).read_bytes())
    digest.update(Path(__file__).read_bytes())
    return digest.hexdigest()


class Projector:
    """Brings the views at `path` up to the log's head; for any number of threads and processes."""

    def __init__(
        self,
        path: Path,
        source: Source,
        *,
        batch: int = 500,
        monotonic: Callable[[], float] = time.monotonic,
        engine: Engine | None = None,
    ) -> None:
        self._source = source
        self._batch = batch
        self._monotonic = monotonic
        self._engine = engine or open_engine(path, writing=True)
        self._readers = Readers(self._engine)
        self._lock = threading.Lock()
        self._tried: float | None = None

    def catch_up(self) -> None:
        """Project what is new. Cheap where nothing is; raises nothing for a poison event."""
        # The position is read each time: a rebuild may have put other views in place.
        head = self._source.head()
        with self._readers.transaction() as raw:
            start, _ = _standing(raw)
        if start < head:
            with self._lock, self._engine.connect() as connection:
                self._run(connection, head)

    def stand(self) -> tuple[Stand, datetime | None]:
        """Where the views stand once they have caught up; with the last event's recording."""
        head = self._source.head()
        position, *found = self._stand()
        if position < head:  # as a rule it is not: every kept answer is given after one look at each file
            self.catch_up()
            _, *found = self._stand()
        made, public, recorded = found
        return Stand(made, public), from_micros(recorded) if recorded is not None else None

    def status(self) -> Status:
        """Where the views stand, and against what."""
        with self._readers.transaction() as raw:
            row = raw.execute(_STATUS, (NAME,)).fetchone()
        position, public, recorded, stopped_at, error = row
        return Status(
            position=position,
            head=self._source.head(),
            public=public,
            stopped_at=stopped_at,
            error=error,
            recorded=from_micros(recorded) if recorded is not None else None,
        )

    def close(self) -> None:
        self._readers.close()
        self._engine.dispose()

    def _stand(self) -> Sequence[Any]:
        with self._readers.transaction() as raw:
            found: Sequence[Any] = raw.execute(_STAND, (NAME,)).fetchone()
        return found

    def _run(self, connection: Connection, head: int) -> None:
        while True:
            start, stopped_at = _standing(driver(connection))
            if start >= head or (stopped_at is not None and not self._may_retry()):
                return
            if not self._step(connection, start):
                return

    def _may_retry(self) -> bool:
        now = self._monotonic()
        if self._tried is not None and now - self._tried < RETRY_SECONDS:
            return False
        self._tried = now
        return True

    def _step(self, connection: Connection, start: int) -> bool:
        """One batch; whether to go on."""
        try:
            events = self._source.select(start, self._batch)
        except Exception as error:  # noqa: BLE001 - an unreadable event stops the views, not the readers
            return self._step_singly(connection, start, error)
        if not events:
            return False
        return self._project(connection, start, events)

    def _step_singly(self, connection: Connection, start: int, error: Exception) -> bool:
        """Up to the event that can't be read, one by one."""
        for _ in range(self._batch):
            try:
                events = self._source.select(start, 1)
            except Exception as found:  # noqa: BLE001
                self._stop(connection, start, start + 1, found)
                return False
            if not events:
                self._stop(connection, start, start + 1, error)
                return False
            if not self._project(connection, start, events):
                return False
            start = events[-1][0]
        return True

    def _project(self, connection: Connection, start: int, events: Sequence[tuple[int, Any]]) -> bool:
        """Store a batch, or what precedes the event that can't be projected."""
        try:
            self._store(connection, start, events)
        except _Poison as poison:
            good = [(p, e) for p, e in events if p < poison.position]
            if good and not self._project(connection, start, good):
                return False
            self._stop(connection, good[-1][0] if good else start, poison.position, poison.cause)
            return False
        except (sqlite3.OperationalError, OperationalError):
            raise  # the disk's or a lock's trouble, not the event's
        except Exception as error:  # noqa: BLE001 - whatever a write refuses, halving finds whose row it is
            if len(events) == 1:
                self._stop(connection, start, events[0][0], error)
                return False
            half = len(events) // 2
            return self._project(connection, start, events[:half]) and self._project(
                connection, events[half - 1][0], events[half:]
            )
        return True

    def _store(self, connection: Connection, start: int, events: Sequence[tuple[int, Any]]) -> None:
        last, event = events[-1]
        with connection.begin() as transaction:
            raw = driver(connection)
            moved = raw.execute(_FENCE, (last, _recorded(event), NAME, start))
            if moved.rowcount == 0:
                # Another thread or process was here first: read again where the views stand.
                transaction.rollback()
                return
            fold = Fold(self._source.contents_of)
            for each in fold.load(raw, events):
                try:
                    fold.apply(each)
                except sqlite3.OperationalError:
                    raise
                except Exception as error:
                    # Whatever an event does to the folding, its position has to be named: the views stop
                    # there, are served as they stand, and doctor says which event it is.
                    raise _Poison(each.position, error) from error
            fold.write(raw)
            if fold.public is not None:
                raw.execute("UPDATE tracking SET public = ? WHERE name = ?", (fold.public, NAME))
        if fold.erased:
            wipe(raw)

    def _stop(self, connection: Connection, start: int, position: int, error: Exception) -> None:
        self._tried = self._monotonic()
        with connection.begin():
            driver(connection).execute(_STOP, (position, f"{type(error).__name__}: {error}", NAME, start))


def _standing(raw: sqlite3.Connection) -> tuple[int, int | None]:
    """The position of the views, and that of the event that stopped them."""
    sql = "SELECT position, stopped_at FROM tracking WHERE name = ?"
    position, stopped_at = raw.execute(sql, (NAME,)).fetchone()
    return position, stopped_at


def start_tracking(connection: Connection) -> None:
    """The projector's own row, in tables just made, and the code that they belong to."""
    raw = driver(connection)
    raw.execute(
        "INSERT OR IGNORE INTO tracking (name, made, position, public) VALUES (?, ?, 0, 0)",
        (NAME, uuid4().hex),
    )
    raw.execute("DELETE FROM fingerprint")
    raw.execute("INSERT INTO fingerprint (value) VALUES (?)", (code_fingerprint(),))


_FENCE = (
    "UPDATE tracking SET position = ?, recorded = ?, stopped_at = NULL, error = NULL "
    "WHERE name = ? AND position = ?"
)
_STOP = "UPDATE tracking SET stopped_at = ?, error = ? WHERE name = ? AND position = ?"
_STAND = "SELECT position, made, public, recorded FROM tracking WHERE name = ?"
_STATUS = "SELECT position, public, recorded, stopped_at, error FROM tracking WHERE name = ?"


class _Poison(Exception):
    def __init__(self, position: int, cause: Exception) -> None:
        super().__init__(position)
        self.position = position
        self.cause = cause


def _recorded(event: Any) -> int | None:
    timestamp = getattr(event, "timestamp", None)
    return to_micros(timestamp) if timestamp is not None else None

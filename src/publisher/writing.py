"""How the write side works: opened on its log, one turn at a time, each command carried out once."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import IntegrityError, PersistenceError
from eventsourcing.utils import Environment

from .aggregates import Aggregates, LogRepository
from .commands import Command, Receipt, receipt_of
from .domain import errors
from .domain.instants import MICROSECOND
from .domain.recorded import Act
from .log import EventTranscoder, LogFactory, LogMapper, LogReader, LogRecorder, WriterLock, uri_of
from .turn import Turn

Clock = Callable[[], datetime]
ATTEMPTS = 3
"""How often a command is asked again when the log changed beside it."""


class Writer(Application[UUID]):
    """The log with its lock, and the way in which every command is carried out.

    `clock` gives the machine's aware UTC time; `rehearsal` is PUBLISHER_NOW; `default_zone` is
    the newsroom's zone before its masthead sets one. Raises LogUnavailable, LogNewer.
    """

    name = "newsroom"

    def __init__(
        self, folder: Path, clock: Clock, *, default_zone: str, rehearsal: datetime | None = None
    ) -> None:
        self.clock, self.default_zone, self.rehearsal = clock, default_zone, rehearsal
        self._writers = WriterLock(folder / "log.lock")
        file = folder / "log.db"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with self._writers.held():
                super().__init__(
                    {
                        "SQLITE_DBNAME": uri_of(file),
                        "SQLITE_LOCK_TIMEOUT": "30",
                    }
                )
        except (OSError, sqlite3.Error, PersistenceError) as error:
            raise errors.LogUnavailable(f"{file} can't be opened for writing: {error}.") from None
        self.events_recorder: LogRecorder = self.recorder  # type: ignore[assignment]
        if self.events_recorder.durability() != ("wal", 2):
            raise errors.LogUnavailable(f"{file} is not durable: it needs WAL and synchronous=FULL.")
        self.reader = LogReader(self.events_recorder, self.mapper, file)  # type: ignore[arg-type]
        self._aggregates = Aggregates(self.repository)  # type: ignore[arg-type]

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """A writer's turn; what it changed is stored, whole or not at all, when it ends."""
        with _failures_worded(), self._writers.held():
            now = self.clock()
            if self.rehearsal is not None and self.rehearsal > now:
                raise errors.RehearsalInFuture
            position, last = self.reader.last()
            self._aggregates.begin(position)
            turn = Turn(
                self._aggregates,
                self.events_recorder,
                timestamp=max(now, last + MICROSECOND) if last else now,
                rehearsal=self.rehearsal,
                default_zone=self.default_zone,
            )
            yield turn
            position = self._store(turn) or position
            self._aggregates.give_back(turn.aggregates(), position)
            if turn.forgotten:
                self.events_recorder.wipe()

    def carry_out(
        self,
        command: Command,
        primary: Callable[[Turn], UUID | None],
        run: Callable[[Turn, Act], UUID],
    ) -> Receipt:
        """Once, whatever was sent how often: on a conflict everything is asked again.

        `primary` names the aggregate that remembers the command, where it can exist already;
        `run` asks the rules, and names the aggregate that the receipt is of.
        """
        for attempt in range(ATTEMPTS):
            try:
                with self.turn() as turn:
                    known = primary(turn)
                    receipt = self._remembered(turn, known, command) if known else None
                    if receipt is None:
                        receipt = receipt_of(turn.find(run(turn, turn.act(command))))
                return receipt
            except IntegrityError:
                if attempt == ATTEMPTS - 1:
                    raise errors.LogUnavailable(
                        "The log changed beside this command three times: nothing was stored, try again."
                    ) from None
        raise AssertionError

    def close(self) -> None:
        if hasattr(self, "reader"):
            self.reader.close()
        super().close()

    def _store(self, turn: Turn) -> int | None:
        """The position of the last event that was stored, None where there was nothing to store."""
        events = [event for aggregate in turn.aggregates() for event in aggregate.collect_events()]
        if not events:
            return None
        stored = self.events.put(events, contents=turn.contents, forgotten=turn.forgotten)
        return stored[-1].notification.id

    def _remembered(self, turn: Turn, primary: UUID, command: Command) -> Receipt | None:
        aggregate = turn.find(primary)
        remembered = aggregate.commands.get(str(command.by.command_id)) if aggregate else None
        if remembered is None:
            return None
        if remembered.sha256 != command.sha256:
            raise errors.CommandReused(str(command.by.command_id))
        return receipt_of(self.repository.get(primary, version=remembered.version))

    # ---- the library's parts, as this log needs them

    def construct_repository(self) -> LogRepository:
        return LogRepository(event_store=self.events)

    def construct_env(self, name: str, env: Mapping[str, str] | None = None) -> Environment:
        """What is given alone: the library would add the process's own environment."""
        return Environment(name, env)

    def construct_factory(self, env: Environment) -> LogFactory:  # type: ignore[override]
        return LogFactory(env)

    def construct_mapper(self) -> LogMapper:
        return LogMapper(EventTranscoder())


@contextmanager
def _failures_worded() -> Iterator[None]:
    """What the database can't do is LogUnavailable; a conflict stays what it is, to be asked again."""
    try:
        yield
    except IntegrityError:
        raise
    except (PersistenceError, sqlite3.Error) as error:
        raise errors.LogUnavailable(f"The log can't be used: {error}.") from None

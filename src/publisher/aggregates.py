"""Aggregates from the log's events, the newest ones kept in memory from turn to turn."""

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from eventsourcing.application import AggregateNotFoundError, Repository, project_aggregate
from eventsourcing.domain import OriginatorIDError, OriginatorVersionError

from .domain.errors import LogBroken

KEPT = 512
"""How many aggregates are kept; those that were used longest ago go first."""


class LogRepository(Repository[UUID]):
    """Aggregates from their events, of which none is missing."""

    def get(self, aggregate_id: UUID, **options: Any) -> Any:
        """Raises AggregateNotFoundError, LogBroken."""
        try:
            return super().get(aggregate_id, **options)
        except (OriginatorIDError, OriginatorVersionError):
            raise _broken(aggregate_id) from None

    def follow(self, aggregate: Any) -> Any:
        """An aggregate with what was stored of it since. Raises LogBroken."""
        events = self.event_store.get(aggregate.id, gt=aggregate.version)
        try:
            return project_aggregate(aggregate, events)
        except (OriginatorIDError, OriginatorVersionError):
            raise _broken(aggregate.id) from None


class Aggregates:
    """What turns load, each for the next one: for whoever holds the writer's lock alone.

    A turn takes aggregates out, changes them, and gives them back once its events are stored. One
    that fails gives nothing back, so what it changed is gone with it.
    """

    def __init__(self, repository: LogRepository) -> None:
        self._repository = repository
        self._kept: OrderedDict[UUID, tuple[int, Any]] = OrderedDict()
        self._position = 0
        self._visits = 0
        """How often another process was found to have written."""

    def begin(self, position: int) -> None:
        """A turn begins, with `position` as the log's last one."""
        self._visits += position != self._position

    def take(self, aggregate_id: UUID) -> Any | None:
        """The aggregate as the log has it, or None. Raises LogBroken."""
        visits, known = self._kept.pop(aggregate_id, (0, None))
        if known is not None:
            return known if visits == self._visits else self._repository.follow(known)
        try:
            return self._repository.get(aggregate_id)
        except AggregateNotFoundError:
            return None

    def give_back(self, aggregates: Iterable[Any], position: int) -> None:
        """A turn ends that took or made these, with `position` as the log's last one."""
        self._position = position
        for aggregate in aggregates:
            self._kept[aggregate.id] = self._visits, aggregate
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)


def _broken(aggregate_id: UUID) -> LogBroken:
    return LogBroken(str(aggregate_id), "its events are not in a row")

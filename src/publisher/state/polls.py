"""How often the feeds were asked for, by the software that asked: by day, feed and name, and nothing else.

No address, no time of day and nothing that a client says of itself is kept but the name of software
that many people use, so that no row is about a person.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from .database import writing
from .tables import poll as table

KEPT_FOR = timedelta(days=90)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Who asked for what: `feed` is the path of the feed, `day` one of UTC."""

    day: date
    software: str
    feed: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """How many answers had a body and how many said that nothing changed (304).

    `subscribers` are the people for whom a service says that it asks, the largest number of the day.
    """

    whole: int = 0
    unchanged: int = 0
    subscribers: int | None = None

    @property
    def polls(self) -> int:
        return self.whole + self.unchanged

    def __add__(self, other: "Count") -> "Count":
        told = [each for each in (self.subscribers, other.subscribers) if each is not None]
        return Count(
            whole=self.whole + other.whole,
            unchanged=self.unchanged + other.unchanged,
            subscribers=max(told, default=None),
        )


class Polls:
    """The counts in the state database; safe to share between threads. `clock` as in Sessions."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock = engine, clock

    def today(self) -> date:
        return self._clock().astimezone(UTC).date()

    def add(self, counts: Mapping[Asked, Count]) -> None:
        """Add what was counted; what is older than KEPT_FOR goes."""
        if not counts:
            return
        with writing(self._engine) as connection:
            for asked, count in counts.items():
                new = insert(table).values(
                    day=asked.day.isoformat(),
                    software=asked.software,
                    feed=asked.feed,
                    whole=count.whole,
                    unchanged=count.unchanged,
                    subscribers=count.subscribers,
                )
                larger = func.max(
                    func.coalesce(table.c.subscribers, new.excluded.subscribers),
                    func.coalesce(new.excluded.subscribers, table.c.subscribers),
                )
                connection.execute(
                    new.on_conflict_do_update(
                        index_elements=["day", "software", "feed"],
                        set_={
                            "whole": table.c.whole + new.excluded.whole,
                            "unchanged": table.c.unchanged + new.excluded.unchanged,
                            "subscribers": larger,
                        },
                    )
                )
            oldest = self.today() - KEPT_FOR
            connection.execute(delete(table).where(table.c.day < oldest.isoformat()))

    def since(self, day: date) -> dict[Asked, Count]:
        """What was counted on this day and later."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(table).where(table.c.day >= day.isoformat())).all()
        return {
            Asked(day=date.fromisoformat(row.day), software=row.software, feed=row.feed): Count(
                whole=row.whole, unchanged=row.unchanged, subscribers=row.subscribers
            )
            for row in rows
        }

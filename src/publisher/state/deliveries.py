"""Deliveries: what a hub has still to be told, kept until it has taken it.

A feed that changed waits once, however often it changes before the hub is reached. How far the newsroom's
changes were followed is stored with the deliveries that came of them, so that none is lost or made twice.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from ..domain.instants import from_micros, to_micros
from .database import writing
from .tables import delivery, follower, lease

HUB = "hub"
FIRST, LONGEST = timedelta(seconds=5), timedelta(hours=1)
"""The waits after a failure: each is twice the one before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Followed:
    """Up to where changes were followed: a position of the log, and an instant."""

    position: int
    until: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """That a hub has to be told of the feed at `topic`; `version` tells a later change of it apart."""

    topic: str
    version: int
    tries: int
    next: datetime
    error: str | None = None


class Deliveries:
    """The deliveries in the state database; `clock` gives the machine's time, an aware UTC datetime."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock = engine, clock

    def followed(self) -> Followed | None:
        """Up to where, None before the first time."""
        with self._engine.connect() as connection:
            row = connection.execute(select(follower).where(follower.c.name == HUB)).first()
        return Followed(position=row.position, until=from_micros(row.until)) if row else None

    def follow(self, before: Followed | None, now: Followed, topics: Collection[str]) -> bool:
        """Note how far was followed and what has to be told; False where somebody else was faster."""
        at = {"position": now.position, "until": to_micros(now.until)}
        next_ = to_micros(self._clock())
        with writing(self._engine) as connection:
            if before is None:
                new = insert(follower).values(name=HUB, **at).on_conflict_do_nothing()
                moved = connection.execute(new).rowcount
            else:
                same = (follower.c.position == before.position) & (
                    follower.c.until == to_micros(before.until)
                )
                moved = connection.execute(
                    update(follower).where(follower.c.name == HUB, same).values(**at)
                ).rowcount
            if not moved:
                return False
            for topic in topics:
                row = insert(delivery).values(topic=topic, version=1, tries=0, next=next_, error=None)
                again = {"version": delivery.c.version + 1, "tries": 0, "next": next_}
                connection.execute(row.on_conflict_do_update(index_elements=["topic"], set_=again))
        return True

    def ready(self, limit: int) -> tuple[Delivery, ...]:
        """Those whose time has come, the longest due first."""
        wanted = select(delivery).where(delivery.c.next <= to_micros(self._clock()))
        with self._engine.connect() as connection:
            found = connection.execute(
                wanted.order_by(delivery.c.next, delivery.c.topic).limit(limit)
            ).all()
        return tuple(
            Delivery(
                topic=row.topic,
                version=row.version,
                tries=row.tries,
                next=from_micros(row.next),
                error=row.error,
            )
            for row in found
        )

    def done(self, told: Delivery) -> None:
        """The hub has taken it; a change that came meanwhile still waits."""
        with writing(self._engine) as connection:
            connection.execute(delete(delivery).where(_is(told)))

    def failed(self, told: Delivery, error: str) -> None:
        """Try again later, each time after twice the wait."""
        wait = min(FIRST * 2 ** min(told.tries, 20), LONGEST)
        later = {"tries": told.tries + 1, "next": to_micros(self._clock() + wait), "error": error[:300]}
        with writing(self._engine) as connection:
            connection.execute(update(delivery).where(_is(told)).values(**later))

    def waiting(self) -> tuple[int, str | None]:
        """How many wait, and why the one that failed most did."""
        with self._engine.connect() as connection:
            number = connection.scalar(select(func.count()).select_from(delivery)) or 0
            worst = select(delivery.c.error).where(delivery.c.tries > 0).order_by(delivery.c.tries.desc())
            return number, connection.scalar(worst.limit(1))

    def lease(self, holder: str, time: timedelta) -> bool:
        """Whether `holder` alone does the work for a while: it had the lease, or nobody has it now.

        Written only where something changes: most are asked for by who has it, or cannot have it.
        """
        now = self._clock()
        with self._engine.connect() as connection:
            held = connection.execute(select(lease).where(lease.c.name == HUB)).first()
        if held and held.until > to_micros(now + time / 2 if held.holder == holder else now):
            return bool(held.holder == holder)
        with writing(self._engine) as connection:
            row = insert(lease).values(name=HUB, holder=holder, until=to_micros(now + time))
            free = (lease.c.holder == holder) | (lease.c.until <= to_micros(now))
            taken = row.on_conflict_do_update(
                index_elements=["name"],
                set_={"holder": holder, "until": to_micros(now + time)},
                where=free,
            )
            return bool(connection.execute(taken).rowcount)


def _is(told: Delivery) -> ColumnElement[bool]:
    return (delivery.c.topic == told.topic) & (delivery.c.version == told.version)

"""Working papers: what somebody has typed and not yet saved, and who has which text open.

They are nobody's history: each belongs to one account, and goes when its text is saved.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects.sqlite import insert

from ..domain.instants import from_micros, to_micros
from .database import writing
from .tables import paper as table
from .tables import presence

HERE = timedelta(minutes=2)
"""Whoever was not heard of for so long is not here any more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A form's fields as they were typed. `place` is a publication's id, or one made for a new text."""

    place: UUID
    fields: Mapping[str, str]
    saved_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Present:
    """Somebody who has a text open."""

    account: UUID
    since: datetime


class Papers:
    """The working papers in the state database; safe to share between threads. `clock` as in Sessions."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock = engine, clock

    def keep(self, account: UUID, place: UUID, fields: Mapping[str, str]) -> Paper:
        """Keep what was typed in place of what was kept there before."""
        now = self._clock()
        row = {"fields": json.dumps(dict(fields), ensure_ascii=False), "saved": to_micros(now)}
        statement = insert(table).values(account=str(account), place=str(place), **row)
        with writing(self._engine) as connection:
            connection.execute(
                statement.on_conflict_do_update(index_elements=["account", "place"], set_=row)
            )
        return Paper(place=place, fields=dict(fields), saved_at=now)

    def find(self, account: UUID, place: UUID) -> Paper | None:
        with self._engine.connect() as connection:
            wanted = select(table).where(table.c.account == str(account), table.c.place == str(place))
            row = connection.execute(wanted).first()
        return _paper(row) if row is not None else None

    def of(self, account: UUID) -> tuple[Paper, ...]:
        """All of an account's, newest first."""
        with self._engine.connect() as connection:
            mine = select(table).where(table.c.account == str(account))
            return tuple(
                map(_paper, connection.execute(mine.order_by(table.c.saved.desc(), table.c.place)))
            )

    def drop(self, account: UUID, place: UUID) -> None:
        with writing(self._engine) as connection:
            connection.execute(
                delete(table).where(table.c.account == str(account), table.c.place == str(place))
            )

    def beat(self, account: UUID, place: UUID) -> tuple[Present, ...]:
        """Say that an account has a text open; who else has, the longest first."""
        now = self._clock()
        micros, gone = to_micros(now), to_micros(now - HERE)
        with writing(self._engine) as connection:
            connection.execute(delete(presence).where(presence.c.seen < gone))
            mine = insert(presence).values(
                account=str(account), place=str(place), since=micros, seen=micros
            )
            connection.execute(
                mine.on_conflict_do_update(index_elements=["account", "place"], set_={"seen": micros})
            )
        return self.others(account, place)

    def others(self, account: UUID, place: UUID) -> tuple[Present, ...]:
        """Who else has a text open, the longest first."""
        gone = to_micros(self._clock() - HERE)
        wanted = select(presence).where(
            presence.c.place == str(place), presence.c.account != str(account), presence.c.seen >= gone
        )
        with self._engine.connect() as connection:
            found = connection.execute(wanted.order_by(presence.c.since, presence.c.account)).all()
        return tuple(Present(account=UUID(r.account), since=from_micros(r.since)) for r in found)


def _paper(row: Any) -> Paper:
    return Paper(place=UUID(row.place), fields=json.loads(row.fields), saved_at=from_micros(row.saved))

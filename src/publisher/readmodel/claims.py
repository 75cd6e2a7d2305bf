"""What became of a day counter: every step of its claim that was public by an instant."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select

from ..domain.instants import from_micros, to_micros
from .asking import AT, Queries
from .rows import CounterRow, CounterStep
from .statements import Found, Statement, a_text
from .tables import masthead


class ClaimQueries(Queries):
    """The counters' own histories."""

    def counter_steps(self, t: datetime, key: str) -> tuple[CounterStep, ...]:
        """The steps of the counter with that key, oldest first; none where it was never public by `t`."""
        with self._reading() as connection:
            found = _CLAIMS.all(connection, at=to_micros(t), key=key)
        return tuple(_steps(found, key, to_micros(t)))


_CLAIMS = Statement(
    select(masthead.c.value, masthead.c.valid_from, masthead.c.valid_to, masthead.c.reason)
    .where(masthead.c.what == "counter", masthead.c.key == a_text("key"), masthead.c.valid_from <= AT)
    .order_by(masthead.c.valid_from, masthead.c.id)
)


def _steps(rows: Sequence[Found], key: str, at: int) -> Iterator[CounterStep]:
    last: CounterRow | None = None
    for row in rows:
        claim = _claim(row, key)
        step = _step(last, claim, from_micros(row.valid_from))
        if step is not None:
            yield step
        last = claim
        if row.reason is not None and row.valid_to <= at:
            yield CounterStep(kind="stopped", at=from_micros(row.valid_to), claim=claim, reason=row.reason)
            last = None


def _step(last: CounterRow | None, claim: CounterRow, at: datetime) -> CounterStep | None:
    """None where only its place among the others changed."""
    if last is None:
        return CounterStep(kind="started", at=at, claim=claim)
    if last == claim:
        return None
    kind = "reworded" if replace(last, text=claim.text) == claim else "restarted"
    return CounterStep(kind=kind, at=at, claim=claim, before=last.text if last.text != claim.text else None)


def _claim(row: Found, key: str) -> CounterRow:
    said = json.loads(row.value)
    return CounterRow(
        key=key, since=date.fromisoformat(said["since"]), zone=said["zone"], text=said["text"]
    )

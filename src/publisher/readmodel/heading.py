"""What the head of every page says as of an instant."""

import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from ..domain.instants import to_micros
from .asking import Queries, holds
from .rows import ClockRow, ContactRow, CounterRow, MastheadRow, NoticeRow
from .statements import Statement
from .tables import masthead

Said = list[tuple[str, dict[str, Any]]]


class HeadingQueries(Queries):
    """The masthead's settings that hold at `t`."""

    def masthead(self, t: datetime) -> MastheadRow:
        """Name, zone, clocks, contacts, counters, notices and pins, each in its order."""
        said: dict[str, Said] = {}
        with self._reading() as connection:
            found = _SETTINGS.all(connection, at=to_micros(t))
        for row in found:
            said.setdefault(row.what, []).append((row.key, json.loads(row.value)))
        return _masthead_row(said)


_SETTINGS = Statement(
    select(masthead.c.what, masthead.c.key, masthead.c.value)
    .where(holds(masthead))
    .order_by(masthead.c.ord, masthead.c.id)
)


def _masthead_row(said: dict[str, Said]) -> MastheadRow:
    return MastheadRow(
        name=next((v["name"] for _, v in said.get("name", [])), None),
        zone=next((v["zone"] for _, v in said.get("zone", [])), None),
        clocks=tuple(ClockRow(label=v["label"], zone=k) for k, v in said.get("clock", [])),
        contacts=tuple(ContactRow(label=k, value=v["value"]) for k, v in said.get("contact", [])),
        counters=tuple(
            CounterRow(key=k, since=date.fromisoformat(v["since"]), zone=v["zone"], text=v["text"])
            for k, v in said.get("counter", [])
        ),
        notices=tuple(NoticeRow(id=k, level=v["level"], text=v["text"]) for k, v in said.get("notice", [])),
        pinned=tuple(k for k, _ in said.get("pin", [])),
    )

"""The rows of a batch in memory: what the database held, what it shall hold, and the difference."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from typing import Any

from sqlalchemy import Table

from . import tables

Row = dict[str, Any]
Key = tuple[Any, ...]

CHUNK = 500
"""How many keys one prefetching query asks for."""


class Sheet:
    """The rows of one table that a batch touches, by primary key."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.names = [column.name for column in table.columns]
        self._cells: Callable[[Row], tuple[Any, ...]] = itemgetter(*self.names)
        self._keys = [column.name for column in table.primary_key.columns]
        self.now: dict[Key, Row] = {}
        self._before: dict[Key, Row] = {}

    def fetch(self, raw: sqlite3.Connection, column: str, values: Iterable[Any]) -> list[Row]:
        """Load the rows whose `column` has one of `values`; the rows, to be changed in place."""
        wanted = list(values)
        found = []
        for at in range(0, len(wanted), CHUNK):
            part = wanted[at : at + CHUNK]
            marks = ", ".join("?" * len(part))
            sql = f"SELECT {', '.join(self.names)} FROM {self.table.name} WHERE {column} IN ({marks})"  # noqa: S608
            found += [self._hold(dict(zip(self.names, row, strict=True))) for row in raw.execute(sql, part)]
        return found

    def put(self, row: Row) -> Row:
        """Add a row, or take the place of the one with its key."""
        self.now[self._key(row)] = row
        return row

    def drop(self, row: Row) -> None:
        del self.now[self._key(row)]

    def held(self) -> Iterable[Row]:
        """Rows as the database holds them."""
        return self._before.values()

    def outdated(self) -> list[Row]:
        """Those of them that were changed or dropped."""
        return [row for key, row in self._before.items() if self.now.get(key) != row]

    def dropped(self) -> list[Row]:
        return [row for key, row in self._before.items() if key not in self.now]

    def changed(self) -> list[Row]:
        """Rows that the database holds in another form."""
        return [self.now[key] for key, row in self._before.items() if self.now.get(key, row) != row]

    def added(self) -> Iterator[Row]:
        return (row for key, row in self.now.items() if key not in self._before)

    def write(self, raw: sqlite3.Connection) -> None:
        """Deletes, updates, inserts, in this order: keys are used again."""
        if dropped := self.dropped():
            raw.executemany(tables.delete_sql(self.table), dropped)
        if changed := self.changed():
            raw.executemany(tables.update_sql(self.table), changed)
        raw.executemany(tables.insert_sql(self.table), map(self._cells, self.added()))

    def _hold(self, row: Row) -> Row:
        key = self._key(row)
        self._before[key] = row
        return self.now.setdefault(key, dict(row))

    def _key(self, row: Row) -> Key:
        return tuple([row[name] for name in self._keys])

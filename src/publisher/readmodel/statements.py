"""A query in SQLAlchemy Core, compiled once and asked of the driver any number of times."""

import sqlite3
from collections import namedtuple
from collections.abc import Callable
from typing import Any

from sqlalchemy import BindParameter, Integer, Select, Text, bindparam
from sqlalchemy.dialects.sqlite.base import SQLiteDialect

Found = Any
"""A row of a result, its columns as attributes."""


class Statement:
    """A query whose `bindparam`s are given by name at each asking.

    SQLAlchemy's own execution costs ten times what SQLite needs for such a question, for every one.
    """

    def __init__(self, wanted: Select[Any]) -> None:
        compiled = wanted.compile(dialect=_DIALECT)
        self.sql = str(compiled)
        self._names: list[str] = compiled.positiontup or []
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}
        columns = [str(column.key) for column in wanted.selected_columns]
        shape: Any = namedtuple("Row", columns)  # type: ignore[misc]
        self._row: Callable[[Any], Found] = shape._make

    def all(self, connection: sqlite3.Connection, **given: Any) -> list[Found]:
        """Every row."""
        return list(map(self._row, connection.execute(self.sql, self.values(given)).fetchall()))

    def first(self, connection: sqlite3.Connection, **given: Any) -> Found | None:
        """The first row, or None."""
        found = connection.execute(self.sql, self.values(given)).fetchall()
        return self._row(found[0]) if found else None

    def scalar(self, connection: sqlite3.Connection, **given: Any) -> Any:
        """The first column of the first row, or None."""
        found = connection.execute(self.sql, self.values(given)).fetchall()
        return found[0][0] if found else None

    def values(self, given: dict[str, Any]) -> list[Any]:
        """What the driver binds, in the order of the marks."""
        bound = self._fixed | given
        return [bound[name] for name in self._names]


def a_number(name: str) -> BindParameter[int]:
    """A number to be given at each asking."""
    return bindparam(name, type_=Integer)


def a_text(name: str) -> BindParameter[str]:
    """A text to be given at each asking."""
    return bindparam(name, type_=Text)


_DIALECT = SQLiteDialect(paramstyle="qmark")

"""Every row of the views, to compare two of them."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from publisher.readmodel import tables


def dumped(path: Path) -> dict[str, list[Any]]:
    """Rows by table, sorted, the search table's included."""
    columns = {table.name: "*" for table in tables.COMPARED}
    columns |= {"search_text": "rowid, *", "tracking": "name, position, public"}
    with closing(sqlite3.connect(path)) as connection:
        return {
            name: sorted(connection.execute(f"SELECT {what} FROM {name}").fetchall(), key=repr)
            for name, what in columns.items()
        }

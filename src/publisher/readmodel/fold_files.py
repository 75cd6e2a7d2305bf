"""What the events of publications do to the files that readers may be given: which content names which."""

import sqlite3
from collections.abc import Iterable

from ..domain.content import Content
from . import tables

Cells = tuple[str, int, str, str, str, int, int | None, int | None]


class FileFold:
    """The rows of one batch, by content: a content names the same files for ever."""

    def __init__(self) -> None:
        self._added: dict[str, list[Cells]] = {}
        self._forgotten: set[str] = set()

    def saved(self, sha256: str, content: Content | None) -> None:
        """A content was saved; None where it was forgotten since."""
        if content and content.files:
            self._forgotten.discard(sha256)
            self._added[sha256] = [
                (sha256, order, f.sha256, f.name, f.media_type, f.size, f.width, f.height)
                for order, f in enumerate(content.files)
            ]

    def forgotten(self, sha256s: Iterable[str]) -> None:
        """Contents, or files of contents, are no more."""
        for sha256 in sha256s:
            self._added.pop(sha256, None)
            self._forgotten.add(sha256)

    def write(self, raw: sqlite3.Connection) -> None:
        if self._forgotten:
            gone = [(sha256,) for sha256 in sorted(self._forgotten)]
            raw.executemany("DELETE FROM file WHERE content = ?", gone)
        insert = tables.insert_sql(tables.file).replace("INSERT", "INSERT OR IGNORE", 1)
        raw.executemany(insert, (row for rows in self._added.values() for row in rows))

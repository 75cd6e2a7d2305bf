"""Files: which are shown to readers as of an instant, and which the desk knows."""

from datetime import datetime

from sqlalchemy import exists, select

from ..domain.instants import to_micros
from .asking import AT, Queries
from .rows import FileRow
from .statements import Found, Statement, a_text
from .tables import edition, file, reason


class FileQueries(Queries):
    """Files by the hash of their bytes."""

    def public_file(self, t: datetime, sha256: str, name: str) -> FileRow | None:
        """The file where an edition that was public by `t` names it so; None otherwise.

        As with an edition's text, a redaction or removal hides it at every instant.
        """
        with self._reading() as connection:
            found = _PUBLIC.first(connection, at=to_micros(t), sha256=sha256, name=name)
        return _row(found) if found is not None else None

    def saved_file(self, sha256: str) -> FileRow | None:
        """The file of any text that was ever saved and not forgotten, under one of its names."""
        with self._reading() as connection:
            found = _SAVED.first(connection, sha256=sha256)
        return _row(found) if found is not None else None


_COLUMNS = (file.c.sha256, file.c.name, file.c.media_type, file.c.size, file.c.width, file.c.height)
_OF_HASH = file.c.sha256 == a_text("sha256")
_REMOVED = exists().where(reason.c.pub == edition.c.pub, reason.c.kind == "removed")

_PUBLIC = Statement(
    select(*_COLUMNS)
    .join(edition, edition.c.sha256 == file.c.content)
    .where(_OF_HASH, file.c.name == a_text("name"))
    .where(edition.c.valid_from <= AT, edition.c.redacted.is_(None), ~_REMOVED)
    .limit(1)
)
_SAVED = Statement(select(*_COLUMNS).where(_OF_HASH).order_by(file.c.content, file.c.ord).limit(1))


def _row(found: Found) -> FileRow:
    return FileRow(
        sha256=found.sha256,
        name=found.name,
        media_type=found.media_type,
        size=found.size,
        width=found.width,
        height=found.height,
    )

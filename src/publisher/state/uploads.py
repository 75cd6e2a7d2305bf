"""Uploads: files that somebody added to a text and that no saved text has yet."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, Engine, delete, exists, func, select
from sqlalchemy.dialects.sqlite import insert

from ..domain.errors import BadText
from ..domain.instants import to_micros
from .database import wipe, writing
from .tables import paper
from .tables import upload as table

ACCOUNT_LIMIT = 100_000_000
"""How many bytes of files one account may have waiting."""
KEPT_FOR = timedelta(days=7)
"""After so long a file goes that no working paper names."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Upload:
    """A file that waits; `width` and `height` are those of an image, in pixels."""

    sha256: str
    name: str
    media_type: str
    size: int
    width: int | None = None
    height: int | None = None


class Uploads:
    """The files that wait, in the state database; safe to share between threads. `clock` as in Sessions."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock = engine, clock

    def keep(self, account: UUID, upload: Upload, data: bytes) -> None:
        """Keep a file until a text with it is saved. Raises BadText where the account has too many."""
        now = self._clock()
        row = {"name": upload.name, "at": to_micros(now)}
        statement = insert(table).values(
            account=str(account),
            sha256=upload.sha256,
            media_type=upload.media_type,
            size=upload.size,
            width=upload.width,
            height=upload.height,
            bytes=data,
            **row,
        )
        with writing(self._engine) as connection:
            _expire(connection, now)
            others = table.c.account == str(account), table.c.sha256 != upload.sha256
            waiting = connection.execute(
                select(func.coalesce(func.sum(table.c.size), 0)).where(*others)
            ).scalar_one()
            if waiting + upload.size > ACCOUNT_LIMIT:
                limit = ACCOUNT_LIMIT // 10**6
                raise BadText(
                    "files", f"your files that no saved text has yet fill {limit} MB: save those texts"
                )
            connection.execute(
                statement.on_conflict_do_update(index_elements=["account", "sha256"], set_=row)
            )

    def find(self, sha256: str) -> Upload | None:
        """The file, whoever added it."""
        columns = [column for column in table.c if column.name not in ("account", "bytes", "at")]
        with self._engine.connect() as connection:
            row = connection.execute(select(*columns).where(table.c.sha256 == sha256)).first()
        return Upload(**row._mapping) if row is not None else None

    def bytes_of(self, sha256s: Collection[str]) -> dict[str, bytes]:
        """The bytes of those files that wait."""
        wanted = select(table.c.sha256, table.c.bytes).where(table.c.sha256.in_(sha256s))
        with self._engine.connect() as connection:
            return {row.sha256: row.bytes for row in connection.execute(wanted)}

    def drop(self, account: UUID, sha256s: Collection[str]) -> None:
        """Let an account's files go, once a saved text has them."""
        with writing(self._engine) as connection:
            connection.execute(
                delete(table).where(table.c.account == str(account), table.c.sha256.in_(sha256s))
            )

    def all(self) -> set[str]:
        """The hashes of all files that wait."""
        with self._engine.connect() as connection:
            return set(connection.execute(select(table.c.sha256)).scalars())

    def forget(self, sha256s: Collection[str]) -> None:
        """Drop everybody's, where a file must not be kept any more."""
        with writing(self._engine) as connection:
            connection.execute(delete(table).where(table.c.sha256.in_(sha256s)))
        wipe(self._engine)


def _expire(connection: Connection, now: datetime) -> None:
    named = exists().where(func.instr(paper.c.fields, table.c.sha256) > 0)
    connection.execute(delete(table).where(table.c.at < to_micros(now - KEPT_FOR), ~named))

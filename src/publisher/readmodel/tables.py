"""The shapes of the read models: every table, index and the search table, as SQLAlchemy Core.

All instants are integer microseconds since 1970 in UTC; an open end is `instants.FOREVER`.
A row's id is the log position of the event that opened it, so that a rebuild gives equal rows.
"""

from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, MetaData, Table, Text
from sqlalchemy.schema import CreateTable

metadata = MetaData()

SHOWN, REMOVED, REDACTED = 0, 1, 2
"""`suppressed`: whether a segment's text may be seen, decided by the log's head at every instant."""


def _integer(name: str, **options: Any) -> Column[int]:
    return Column(name, Integer, nullable=False, **options)


def _text(name: str, **options: Any) -> Column[str]:
    return Column(name, Text, nullable=False, **options)


def _interval() -> tuple[Column[int], Column[int]]:
    return _integer("valid_from"), _integer("valid_to")


segment = Table(
    "segment",
    metadata,
    _integer("id", primary_key=True, autoincrement=False),
    _text("pub"),
    *_interval(),
    _integer("recorded"),
    _text("status"),
    _integer("edition"),
    _integer("revision"),
    _text("path"),
    _text("month"),
    _integer("published"),
    _integer("bumped"),
    _integer("suppressed"),
)
edition = Table(
    "edition",
    metadata,
    _integer("id", primary_key=True, autoincrement=False),
    _text("pub"),
    _integer("number"),
    _integer("revision"),
    _text("sha256"),
    Column("significance", Text),
    _integer("valid_from"),
    _integer("recorded"),
    _text("kind"),
    _text("language"),
    _text("title"),
    _text("summary"),
    _text("topics"),
    _text("speakers"),
    # The publication that it says in another language.
    Column("original", Text),
    Column("redacted", Text),
)
note = Table(
    "note",
    metadata,
    _integer("id", primary_key=True, autoincrement=False),
    _text("pub"),
    _integer("edition"),
    *_interval(),
    _integer("recorded"),
    _text("text"),
)
path = Table(
    "path",
    metadata,
    _integer("id", primary_key=True, autoincrement=False),
    _text("path"),
    _text("pub"),
    *_interval(),
)
reason = Table(
    "reason",
    metadata,
    _integer("id", primary_key=True, autoincrement=False),
    _text("pub"),
    _integer("valid_from"),
    _text("kind"),
    _text("text"),
    Column("redirect", Text),
)
facet = Table(
    "facet",
    metadata,
    _integer("segment", primary_key=True, autoincrement=False),
    _text("facet", primary_key=True),
    _text("status"),
    _integer("published"),
    _integer("bumped"),
    _text("pub"),
    *_interval(),
    _integer("suppressed"),
    sqlite_with_rowid=False,
)
# The entries of a feed in the order in which they came, as the ids of segments: `feed` is a facet, or
# nothing for everything.
archive = Table(
    "archive",
    metadata,
    _text("feed", primary_key=True),
    _integer("page", primary_key=True, autoincrement=False),
    _text("entries"),
    sqlite_with_rowid=False,
)
# Entries that were scheduled, and have no place in an archive yet.
waiting = Table(
    "waiting",
    metadata,
    _integer("segment", primary_key=True, autoincrement=False),
    _integer("due"),
    _text("feeds"),
)
tally = Table(
    "tally",
    metadata,
    _text("what", primary_key=True),
    _integer("grain", primary_key=True, autoincrement=False),
    _integer("start", primary_key=True, autoincrement=False),
    _text("key", primary_key=True),
    _text("label", primary_key=True),
    _integer("number"),
    sqlite_with_rowid=False,
)
masthead = Table(
    "masthead",
    metadata,
    _integer("id", primary_key=True, autoincrement=False),
    _text("what"),
    _text("key"),
    _integer("ord"),
    _text("value"),
    *_interval(),
    _integer("recorded"),
    Column("reason", Text),
)
event = Table(
    "event",
    metadata,
    _integer("position", primary_key=True, autoincrement=False),
    _integer("recorded"),
    Column("effective", Integer),
    # From which instant on public answers depend on the event: all of them after a suppression.
    Column("public", Integer),
    _text("type"),
    _text("actor"),
    _text("subject"),
    _text("command"),
    _integer("rehearsal"),
)
# The steps by which the highest position of all that is public by an instant rises: what is public
# earlier than an event before it takes that one's step away, as imports and suppressions do.
highest = Table(
    "highest",
    metadata,
    _integer("public", primary_key=True, autoincrement=False),
    _integer("position"),
)
desk = Table(
    "desk",
    metadata,
    _text("pub", primary_key=True),
    _text("title"),
    _text("folded"),  # the title without case, for finding words in it
    _text("kind"),
    _text("language"),
    _integer("revision"),
    _text("sha256"),
    _integer("saved_at"),
    _text("saved_by"),
    _integer("discarded"),
    Column("status", Text),
    Column("published", Integer),
    Column("due", Integer),
    # What the newest edition says, scheduled ones included.
    Column("public_sha256", Text),
    # Where the newest revision stands in review, see `fold_desk`; None where nobody was asked.
    Column("review", Text),
    _integer("unreviewed"),
    # What the newest revision translates.
    Column("original", Text),
    Column("translated", Integer),
)
review = Table(
    "review",
    metadata,
    _integer("id", primary_key=True, autoincrement=False),
    _text("pub"),
    _text("kind"),
    _integer("revision"),
    Column("sha256", Text),
    _integer("recorded"),
    _text("actor"),
    Column("text", Text),
)
revision = Table(
    "revision",
    metadata,
    _text("pub", primary_key=True),
    _integer("number", primary_key=True, autoincrement=False),
    _text("sha256"),
    _integer("recorded"),
    _text("actor"),
    sqlite_with_rowid=False,
)
file = Table(
    "file",
    metadata,
    # The hash of the content that names it, a row a file in the content's order.
    _text("content", primary_key=True),
    _integer("ord", primary_key=True, autoincrement=False),
    _text("sha256"),
    _text("name"),
    _text("media_type"),
    _integer("size"),
    Column("width", Integer),
    Column("height", Integer),
    sqlite_with_rowid=False,
)
account = Table(
    "account",
    metadata,
    _text("id", primary_key=True),
    _text("roles"),
    _integer("closed"),
)
tracking = Table(
    "tracking",
    metadata,
    _text("name", primary_key=True),
    # Told apart from any other views, a rebuild of the same log included.
    _text("made"),
    _integer("position"),
    _integer("public"),
    Column("recorded", Integer),
    Column("stopped_at", Integer),
    Column("error", Text),
)
fingerprint = Table("fingerprint", metadata, _text("value", primary_key=True))

COMPARED = (
    segment,
    edition,
    note,
    path,
    reason,
    facet,
    archive,
    waiting,
    tally,
    masthead,
    event,
    highest,
    desk,
    review,
    revision,
    file,
    account,
)
"""The tables that a rebuild must give again, row by row."""

KEYS = (
    Index("ix_pub", segment.c.pub, segment.c.valid_from, segment.c.id),
    Index("ix_edition", edition.c.pub, edition.c.number, unique=True),
    Index("ix_note", note.c.pub, note.c.edition, note.c.valid_from),
    Index("ix_path", path.c.path, path.c.id),
    Index("ix_path_pub", path.c.pub),
    Index("ix_reason", reason.c.pub, reason.c.valid_from),
    Index("ix_review", review.c.pub, review.c.id),
    Index("ix_masthead", masthead.c.valid_to, masthead.c.valid_from),
    Index("ix_masthead_key", masthead.c.what, masthead.c.key, masthead.c.valid_from),
    Index("ix_tally_nothing", tally.c.number, sqlite_where=tally.c.number == 0),
)
"""Indexes that projecting itself needs."""

_IS_PUBLIC = event.c.public.is_not(None)
_span = ("valid_from", "valid_to", "suppressed")

LISTINGS = (
    Index(
        "ix_front",
        segment.c.status,
        segment.c.published.desc(),
        segment.c.pub,
        *(segment.c[n] for n in _span),
    ),
    Index(
        "ix_feed",
        segment.c.status,
        segment.c.bumped.desc(),
        segment.c.pub,
        *(segment.c[n] for n in _span),
    ),
    Index(
        "ix_month",
        segment.c.status,
        segment.c.month,
        segment.c.published.desc(),
        segment.c.pub,
        *(segment.c[n] for n in _span),
    ),
    # Not partial: a rehearsal asks for the next change at instants before the recording.
    Index("ix_sched", segment.c.valid_from),
    Index("ix_note_from", note.c.valid_from),
    Index("ix_correction", edition.c.significance, edition.c.valid_from.desc()),
    Index(
        "ix_facet_front",
        facet.c.facet,
        facet.c.status,
        facet.c.published.desc(),
        facet.c.pub,
        *(facet.c[n] for n in _span),
    ),
    Index(
        "ix_facet_feed",
        facet.c.facet,
        facet.c.status,
        facet.c.bumped.desc(),
        facet.c.pub,
        *(facet.c[n] for n in _span),
    ),
    Index("ix_file", file.c.sha256),
    Index("ix_edition_content", edition.c.sha256),
    Index("ix_event_type", event.c.type, event.c.position),
    Index("ix_event_actor", event.c.actor, event.c.position),
    Index("ix_event_subject", event.c.subject, event.c.position),
    Index("ix_event_command", event.c.command, event.c.position),
    Index("ix_event_public", event.c.public, sqlite_where=_IS_PUBLIC),
    Index("ix_event_recorded", event.c.recorded, event.c.public, sqlite_where=_IS_PUBLIC),
    Index("ix_desk", desk.c.saved_at.desc(), desk.c.pub),
)
"""Indexes that only readers need: a rebuild makes them last."""

SEARCH = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_text USING fts5("
    "title, summary, body, tokenize = 'unicode61 remove_diacritics 2')"
)
"""The search table of SQLite's FTS5; its rowid is the edition's id."""


def create(connection: Connection, *, listings: bool = True) -> None:
    """Make every table that is missing; without `listings`, leave the readers' indexes for later."""
    for table in metadata.sorted_tables:
        _create_bare(connection, table)
    connection.exec_driver_sql(SEARCH)
    for index in KEYS:
        index.create(connection, checkfirst=True)
    if listings:
        create_listings(connection)


def create_listings(connection: Connection) -> None:
    """Make the readers' indexes, where they are missing."""
    for index in LISTINGS:
        index.create(connection, checkfirst=True)


def insert_sql(table: Table) -> str:
    """The driver's INSERT of a whole row, in the order of the columns."""
    marks = ", ".join("?" * len(table.columns))
    return f"INSERT INTO {table.name} VALUES ({marks})"  # noqa: S608


def update_sql(table: Table) -> str:
    """The driver's UPDATE of a whole row by its primary key, by name."""
    keys = [column.name for column in table.primary_key.columns]
    changed = ", ".join(f"{c.name} = :{c.name}" for c in table.columns if c.name not in keys)
    return f"UPDATE {table.name} SET {changed} WHERE {_match(keys)}"  # noqa: S608


def delete_sql(table: Table) -> str:
    """The driver's DELETE of a row by its primary key, by name."""
    keys = [column.name for column in table.primary_key.columns]
    return f"DELETE FROM {table.name} WHERE {_match(keys)}"  # noqa: S608


def _match(names: list[str]) -> str:
    return " AND ".join(f"{name} = :{name}" for name in names)


def _create_bare(connection: Connection, table: Table) -> None:
    """The table alone: SQLAlchemy would make its indexes with it."""
    connection.execute(CreateTable(table, if_not_exists=True))

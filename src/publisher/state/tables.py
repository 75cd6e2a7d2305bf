"""The tables of the state database. Instants are integer microseconds since 1970 in UTC."""

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table

metadata = MetaData()

account = Table(
    "account",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("name_key", String, nullable=False, unique=True),
    Column("password_hash", String, nullable=False),
)

session = Table(
    "session",
    metadata,
    Column("token_sha256", String, primary_key=True),
    Column("account", String, ForeignKey("account.id", ondelete="CASCADE"), nullable=False),
    Column("started", Integer, nullable=False),
    Column("seen", Integer, nullable=False),
    Index("ix_session_account", "account"),
)

token = Table(
    "token",
    metadata,
    Column("id", String, primary_key=True),
    Column("token_sha256", String, nullable=False, unique=True),
    Column("account", String, ForeignKey("account.id", ondelete="CASCADE"), nullable=False),
    Column("role", String, nullable=False),
    Column("label", String, nullable=False),
    Column("made", Integer, nullable=False),
    Column("ends", Integer, nullable=False),
    Column("used", Integer),
    Index("ix_token_account", "account"),
)

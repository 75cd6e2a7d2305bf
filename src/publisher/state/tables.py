"""The tables of the state database. Instants are integer microseconds since 1970 in UTC."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table

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

preview = Table(
    "preview",
    metadata,
    Column("id", String, primary_key=True),
    Column("token_sha256", String, nullable=False, unique=True),
    Column("publication", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("note", String, nullable=False),
    Column("account", String, ForeignKey("account.id", ondelete="CASCADE"), nullable=False),
    Column("made", Integer, nullable=False),
    Column("ends", Integer, nullable=False),
    Column("opened", Integer),
    Column("openings", Integer, nullable=False, default=0),
    Index("ix_preview_publication", "publication"),
    Index("ix_preview_account", "account"),
)

session_detail = Table(
    "session_detail",
    metadata,
    Column("token_sha256", ForeignKey("session.token_sha256", ondelete="CASCADE"), primary_key=True),
    Column("browser", String, nullable=False),
    Column("proved", Integer, nullable=False),
)

invitation = Table(
    "invitation",
    metadata,
    Column("account", ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("token_sha256", String, nullable=False, unique=True),
    Column("expires", Integer, nullable=False),
)

challenge = Table(
    "challenge",
    metadata,
    Column("token_sha256", String, primary_key=True),
    Column("account", ForeignKey("account.id", ondelete="CASCADE"), nullable=False),
    Column("expires", Integer, nullable=False),
    Index("ix_challenge_account", "account"),
)

factor = Table(
    "factor",
    metadata,
    Column("account", ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("salt", String, nullable=False),
    Column("begun", Integer, nullable=False),
    Column("confirmed", Integer),
    Column("step", Integer),
)

recovery = Table(
    "recovery",
    metadata,
    Column("account", ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("code_sha256", String, primary_key=True),
)

factor_reset = Table(
    "factor_reset",
    metadata,
    Column("account", ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("at", Integer, nullable=False),
)

attempt = Table(
    "attempt",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name_sha256", String, nullable=False),
    Column("address_sha256", String, nullable=False),
    Column("at", Integer, nullable=False),
    Index("ix_attempt_name", "name_sha256", "at"),
    Index("ix_attempt_address", "address_sha256", "at"),
)

paper = Table(
    "paper",
    metadata,
    Column("account", String, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("place", String, primary_key=True),
    Column("fields", String, nullable=False),
    Column("saved", Integer, nullable=False),
)

presence = Table(
    "presence",
    metadata,
    Column("account", String, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("place", String, primary_key=True),
    Column("since", Integer, nullable=False),
    Column("seen", Integer, nullable=False),
    Index("ix_presence_place", "place", "seen"),
)

upload = Table(
    "upload",
    metadata,
    Column("account", String, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("sha256", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("media_type", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    Column("bytes", LargeBinary, nullable=False),
    Column("at", Integer, nullable=False),
    Index("ix_upload_sha256", "sha256"),
    Index("ix_upload_at", "at"),
)

follower = Table(
    "follower",
    metadata,
    Column("name", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("until", Integer, nullable=False),
)

delivery = Table(
    "delivery",
    metadata,
    Column("topic", String, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next", Integer, nullable=False),
    Column("error", String),
    Index("ix_delivery_next", "next"),
)

poll = Table(
    "poll",
    metadata,
    Column("day", String, primary_key=True),
    Column("software", String, primary_key=True),
    Column("feed", String, primary_key=True),
    Column("whole", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("subscribers", Integer),
)

lease = Table(
    "lease",
    metadata,
    Column("name", String, primary_key=True),
    Column("holder", String, nullable=False),
    Column("until", Integer, nullable=False),
)

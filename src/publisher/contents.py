"""Texts and files by their SHA-256, kept in the log's own database and transaction.

A row may be deleted (redaction forgets it); its hash is then refused for ever.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from .domain.errors import ContentRedacted

CHUNK = 500
"""How many hashes one query asks for."""

SCHEMA = (
    "CREATE TABLE IF NOT EXISTS contents (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS redacted_contents (sha256 TEXT PRIMARY KEY) WITHOUT ROWID",
)


def store(cursor: Any, contents: Mapping[str, bytes]) -> None:
    """Store contents by hash inside the caller's transaction. Raises ContentRedacted."""
    cursor_rows = list(contents.items())
    for row in cursor_rows:
        cursor.execute("INSERT OR IGNORE INTO contents VALUES (?, ?)", row)
    for sha256 in contents:
        cursor.execute("SELECT 1 FROM redacted_contents WHERE sha256 = ?", (sha256,))
        if cursor.fetchone():
            raise ContentRedacted(sha256)


def forget(cursor: Any, sha256s: Iterable[str]) -> None:
    """Delete contents and refuse their hashes from now on, inside the caller's transaction."""
    for sha256 in sha256s:
        cursor.execute("INSERT OR IGNORE INTO redacted_contents VALUES (?)", (sha256,))
        cursor.execute("DELETE FROM contents WHERE sha256 = ?", (sha256,))


def redacted(cursor: Any, sha256s: Collection[str]) -> set[str]:
    """Those of the hashes that are refused for ever."""
    wanted, found = list(sha256s), set[str]()
    for at in range(0, len(wanted), CHUNK):
        part = wanted[at : at + CHUNK]
        marks = ", ".join("?" * len(part))
        cursor.execute(f"SELECT sha256 FROM redacted_contents WHERE sha256 IN ({marks})", part)  # noqa: S608
        found |= {row[0] for row in cursor.fetchall()}
    return found


def stored(cursor: Any, sha256s: Collection[str]) -> set[str]:
    """Those of the hashes whose bytes are there."""
    wanted, found = list(sha256s), set[str]()
    for at in range(0, len(wanted), CHUNK):
        part = wanted[at : at + CHUNK]
        marks = ", ".join("?" * len(part))
        cursor.execute(f"SELECT sha256 FROM contents WHERE sha256 IN ({marks})", part)  # noqa: S608
        found |= {row[0] for row in cursor.fetchall()}
    return found


def holding(cursor: Any, piece: bytes) -> dict[str, bytes]:
    """The contents that have some bytes in them, by a scan of all."""
    cursor.execute("SELECT sha256, bytes FROM contents WHERE instr(bytes, ?)", (piece,))
    return {row[0]: bytes(row[1]) for row in cursor.fetchall()}


def load_each(cursor: Any, sha256s: Collection[str]) -> dict[str, bytes]:
    """The bytes of many hashes, without those that were never stored or were redacted."""
    wanted, found = list(sha256s), dict[str, bytes]()
    for at in range(0, len(wanted), CHUNK):
        part = wanted[at : at + CHUNK]
        marks = ", ".join("?" * len(part))
        cursor.execute(f"SELECT sha256, bytes FROM contents WHERE sha256 IN ({marks})", part)  # noqa: S608
        found |= {row[0]: bytes(row[1]) for row in cursor.fetchall()}
    return found


def load(cursor: Any, sha256: str) -> bytes | None:
    """The bytes of a hash, or None where it was never stored or was redacted."""
    cursor.execute("SELECT bytes FROM contents WHERE sha256 = ?", (sha256,))
    row = cursor.fetchone()
    return bytes(row[0]) if row else None

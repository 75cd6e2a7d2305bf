"""What `publisher doctor` looks at: settings, versions, durability, the views' lag."""

import platform
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version

from . import __version__
from .bootstrap import Publisher

WAL_SOUND_SINCE = (3, 51, 3)
"""SQLite before this can, rarely, corrupt a WAL when two connections write at once."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing that was looked at. `says` tells what was found and, where unsound, what to do."""

    what: str
    says: str
    sound: bool = True


def examine(publisher: Publisher) -> Iterator[Finding]:
    """Everything in turn, sound or not."""
    config = publisher.config
    yield _versions()
    yield Finding(what="data", says=str(config.data.resolve()))
    yield Finding(what="base URL", says=config.base_url)
    yield _zone(publisher)
    yield Finding(what="language", says=config.language)
    yield _sqlite()
    yield _durability(publisher)
    yield _rehearsal(publisher)
    yield _views(publisher)
    yield _backups()


def _versions() -> Finding:
    parts = [f"{name} {version(name)}" for name in ("eventsourcing", "flask", "granian", "sqlalchemy")]
    says = f"Publisher {__version__}, Python {platform.python_version()}, {', '.join(parts)}"
    return Finding(what="versions", says=says)


def _zone(publisher: Publisher) -> Finding:
    said = publisher.library.masthead(publisher.now()).zone
    whose = "the masthead's" if said else "PUBLISHER_TIMEZONE, until the masthead sets one"
    return Finding(what="time zone", says=f"{said or publisher.config.timezone}, {whose}")


def _sqlite() -> Finding:
    if sqlite3.sqlite_version_info >= WAL_SOUND_SINCE:
        return Finding(what="SQLite", says=sqlite3.sqlite_version)
    return Finding(
        what="SQLite",
        says=f"{sqlite3.sqlite_version}, which before 3.51.3 needs the writer's lock that Publisher takes; "
        "let no other program write log.db",
    )


def _durability(publisher: Publisher) -> Finding:
    mode, synchronous = publisher.newsroom.events_recorder.durability()
    sound = (mode, synchronous) == ("wal", 2)
    return Finding(what="durability", says=f"journal {mode}, synchronous {synchronous}", sound=sound)


def _rehearsal(publisher: Publisher) -> Finding:
    now = publisher.config.now
    return Finding(what="clock", says=f"rehearsal at {now.isoformat()}" if now else "the machine's")


def _views(publisher: Publisher) -> Finding:
    status = publisher.projector.status()
    if status.stopped_at is not None:
        return Finding(
            what="views",
            says=f"stopped at position {status.stopped_at}: {status.error}. Install the version that "
            "can read it, then run `publisher rebuild`",
            sound=False,
        )
    behind = status.head - status.position
    return Finding(what="views", says=f"at position {status.position}, {behind} behind", sound=behind == 0)


def _backups() -> Finding:
    return Finding(
        what="backups",
        says="Publisher makes none: copy state.db, then log.db, with SQLite's backup API",
    )

"""A Config becomes the collaborators: the one place where they are put together."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy.exc import DatabaseError

from .application import Newsroom
from .config import Config, machine_clock
from .domain.errors import PublisherError
from .readmodel import rebuild
from .readmodel.database import open_engine
from .readmodel.library import Library
from .readmodel.projector import Projector, Stand
from .state.accounts import Accounts
from .state.attempts import Attempts
from .state.challenges import Challenges
from .state.database import open_state
from .state.deliveries import Deliveries
from .state.factors import Factors
from .state.invitations import Invitations
from .state.papers import Papers
from .state.polls import Polls
from .state.previews import Previews
from .state.secret import secret_key
from .state.sessions import Sessions
from .state.tokens import Tokens
from .state.uploads import Uploads


class ViewsUnavailable(PublisherError):
    """The read models can't be opened or made; they hold nothing that the log does not."""

    def __init__(self, file: Path, reason: object) -> None:
        super().__init__(
            f"{file} can't be used: {reason}. Stop every Publisher on it and delete it: "
            "it is made anew from the log."
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Publisher:
    """The newsroom with its readers' side and its state."""

    config: Config
    newsroom: Newsroom
    projector: Projector
    library: Library
    accounts: Accounts
    sessions: Sessions
    tokens: Tokens
    attempts: Attempts
    factors: Factors
    challenges: Challenges
    invitations: Invitations
    papers: Papers
    uploads: Uploads
    previews: Previews
    deliveries: Deliveries
    polls: Polls
    clock: Callable[[], datetime]

    def stand(self) -> tuple[Stand, datetime]:
        """Where the views stand once they have caught up with the log, and the present."""
        stand, recorded = self.projector.stand()
        return stand, self._present(recorded)

    def now(self) -> datetime:
        """The present of every public answer, UTC.

        A rehearsal stands for the whole of its second. Otherwise the clock, or the newest event
        that the views hold where the clock is behind it.
        """
        return self._present(self.projector.status().recorded)

    def _present(self, recorded: datetime | None) -> datetime:
        if self.config.now is not None:
            return self.config.now + timedelta(microseconds=999_999)
        clock = self.clock()
        return max(clock, recorded) if recorded else clock

    def newsroom_id(self) -> UUID:
        """The newsroom's own id; nil before the first command."""
        return self.newsroom.newsroom_id() or UUID(int=0)

    def close(self) -> None:
        self.projector.close()
        self.newsroom.close()


def views_path(config: Config) -> Path:
    return config.data / "views.db"


def open_newsroom(config: Config, clock: Callable[[], datetime] = machine_clock) -> Newsroom:
    """The write side of the newsroom in `config.data`. Raises LogUnavailable, LogNewer."""
    return Newsroom(config.data, clock, default_zone=config.timezone, rehearsal=config.now)


def open_publisher(config: Config, clock: Callable[[], datetime] = machine_clock) -> Publisher:
    """All of it; the views are made first where they are missing or of other code.

    Raises LogUnavailable, LogNewer, ViewsUnavailable, StateUnavailable, StateNewer.
    """
    newsroom = open_newsroom(config, clock)
    with _views_worded(config):
        rebuild.ensure(views_path(config), newsroom.reader)
    state = open_state(config.data / "state.db")
    return Publisher(
        config=config,
        newsroom=newsroom,
        projector=Projector(views_path(config), newsroom.reader),
        library=Library(open_engine(views_path(config)), newsroom.reader.contents_of, zone=config.timezone),
        accounts=Accounts(state),
        sessions=Sessions(state, clock),
        papers=Papers(state, clock),
        uploads=Uploads(state, clock),
        previews=Previews(state, clock),
        deliveries=Deliveries(state, clock),
        polls=Polls(state, clock),
        tokens=Tokens(state, clock),
        attempts=Attempts(state, clock),
        factors=Factors(state, clock, lambda: secret_key(config.data)),
        challenges=Challenges(state, clock),
        invitations=Invitations(state, clock),
        clock=clock,
    )


def rebuild_views(config: Config, *, check: bool, repair: bool) -> rebuild.Outcome:
    """The views anew beside the live ones, which nothing but this may make or switch before.

    Raises LogUnavailable, LogNewer, ViewsUnavailable.
    """
    newsroom = open_newsroom(config)
    try:
        with _views_worded(config):
            return rebuild.rebuild(views_path(config), newsroom.reader, check=check, repair=repair)
    finally:
        newsroom.close()


@contextmanager
def opened(config: Config) -> Iterator[Publisher]:
    """A publisher that is closed at the end."""
    publisher = open_publisher(config)
    try:
        yield publisher
    finally:
        publisher.close()


@contextmanager
def _views_worded(config: Config) -> Iterator[None]:
    try:
        yield
    except (sqlite3.DatabaseError, DatabaseError) as error:
        raise ViewsUnavailable(views_path(config), getattr(error, "orig", None) or error) from None

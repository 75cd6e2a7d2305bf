"""A log in memory, filled by the real aggregates: the projector's source in the tests."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from publisher.domain.account import Account
from publisher.domain.content import Content
from publisher.domain.masthead import Masthead, MastheadText
from publisher.domain.publication import Publication, Significance
from publisher.domain.recorded import Act
from publisher.readmodel.database import open_engine
from publisher.readmodel.library import Library
from publisher.readmodel.projector import Projector
from publisher.readmodel.rebuild import ensure

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SPACE = UUID("7c1cf3a0-42e7-4b86-9c2b-6a3c8a9b0001")
MINUTE = timedelta(minutes=1)
MICRO = timedelta(microseconds=1)


def text(title: str = "Treaty", **fields: Any) -> Content:
    given = {
        "kind": "statement",
        "language": "en-GB",
        "title": title,
        "summary": f"About {title}",
        "body": f"The body of {title}.",
    }
    return Content(**(given | fields))


def publication_id(number: int) -> UUID:
    """The id of the publication that is drafted after `number` others."""
    return uuid5(SPACE, f"p{number}")


@dataclass
class Log:
    """Events in order, contents by hash, and a clock that each act moves on by a minute."""

    events: list[Any] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)
    now: datetime = START
    commands: int = 0
    publications: list[Publication] = field(default_factory=list)
    masthead: Masthead | None = None

    # ---- the projector's side

    def select(self, after: int, limit: int) -> Sequence[tuple[int, Any]]:
        return list(enumerate(self.events[after : after + limit], after + 1))

    def head(self) -> int:
        return len(self.events)

    def contents_of(self, sha256s: Collection[str]) -> dict[str, bytes]:
        return {sha256: self.contents[sha256] for sha256 in sha256s if sha256 in self.contents}

    # ---- the newsroom's side

    def act(self, at: datetime | None = None, actor: str = "cli") -> Act:
        if at is None:
            self.now += MINUTE
        self.now = max(self.now, at or self.now)
        self.commands += 1
        return Act(
            actor=actor,
            command_id=str(uuid5(SPACE, str(self.commands))),
            command_sha256="0" * 64,
            timestamp=self.now,
            at=at or self.now,
        )

    def keep(self, content: Content) -> str:
        self.contents[content.sha256] = content.canonical()
        return content.sha256

    def save(self, aggregate: Any) -> None:
        self.events += aggregate.collect_events()

    def draft(self, content: Content, act: Act | None = None) -> Publication:
        pub = Publication.draft(
            publication_id(len(self.publications)), self.keep(content), act or self.act()
        )
        self.publications.append(pub)
        self.save(pub)
        return pub

    def publish(
        self, content: Content | None = None, path: str = "", *, due: datetime | None = None
    ) -> Publication:
        pub = self.draft(content or text())
        pub.publish(1, path or f"/2026/03/p{len(self.publications)}", self.act(), due=due)
        self.save(pub)
        return pub

    def amend(
        self,
        pub: Publication,
        content: Content,
        significance: str = "major",
        note: str = "Changed.",
        due: datetime | None = None,
    ) -> None:
        pub.revise(pub.revision, self.keep(content), self.act())
        pub.amend(pub.revision, Significance(significance), note, self.act(), due=due)
        self.save(pub)

    def redact(self, pub: Publication, edition: int, basis: str = "Art. 17") -> None:
        for sha256 in pub.redact(edition, basis, self.act(), cancel=True):
            self.contents.pop(sha256, None)
        self.save(pub)

    def say(self, said: MastheadText, at: datetime | None = None) -> None:
        if self.masthead is None:
            self.masthead = Masthead.open(uuid5(SPACE, "newsroom"), self.act(at))
        self.masthead.replace(said, self.act(at), stop_reason="over")
        self.save(self.masthead)

    def account(self, name: str, *roles: Any) -> Account:
        opened = Account.open(uuid5(SPACE, name), roles, self.act())
        self.save(opened)
        return opened


@dataclass
class Views:
    """The views of a log in a folder, caught up before each reading."""

    log: Log
    path: Path
    batch: int = 500

    def __post_init__(self) -> None:
        ensure(self.path, Log())
        self.projector = Projector(self.path, self.log, batch=self.batch)
        self.engine = open_engine(self.path)
        self.library = Library(self.engine, self.log.contents_of, "Europe/London")

    def read(self) -> Library:
        self.projector.catch_up()
        return self.library

    def close(self) -> None:
        self.projector.close()
        self.engine.dispose()
